//! Who signed in last, where the data of each account lies, and what was chosen on this computer whoever signs in: small
//! JSON files beside the stores.
//!
//! With them the program opens and reads without network and without keychain. No secret is ever written here.

use domain::session::SignedIn;
use domain::settings::Settings;
use serde::{Deserialize, Serialize};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Folder of the demo company. No real account can get it: theirs begin with `account-`.
const DEMO_FOLDER: &str = "demo";
const STORE_FILE: &str = "switchboard.db";
const PROFILE_FILE: &str = "profile.json";
const LAST_FILE: &str = "last-account.json";
const SETTINGS_FILE: &str = "settings.json";

/// Names one account on this computer: its folder and its place in the keychain.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountKey(String);

/// How the person signed in, which decides how a renewal is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInWay {
    Browser,
    Jwt,
    Demo,
}

/// An account that signed in here before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    pub account: AccountKey,
    pub signed_in: SignedIn,
    pub way: SignInWay,
    pub base_url: String,
    pub client_id: String,
    /// The vendor's id of the account.
    pub account_id: String,
    /// The vendor's id of the extension that signed in.
    pub extension_id: String,
    /// ISO 3166-1 alpha-2, from the account's regional settings.
    pub home_country: Option<String>,
}

/// The folder that holds one subfolder per account.
#[derive(Debug, Clone)]
pub struct Profiles {
    data_folder: PathBuf,
}

#[derive(Serialize, Deserialize)]
struct LastAccount {
    account: AccountKey,
}

impl AccountKey {
    /// The demo company, of which there is one.
    pub fn demo() -> Self {
        Self(DEMO_FOLDER.to_owned())
    }

    /// A real account: the same person at another server is somebody else.
    pub fn real(base_url: &str, account_id: &str, extension_id: &str) -> Self {
        let host = url::Url::parse(base_url)
            .ok()
            .and_then(|url| {
                let host = url.host_str()?.to_owned();
                Some(url.port().map_or(host.clone(), |port| format!("{host}-{port}")))
            })
            .unwrap_or_else(|| "server".to_owned());
        Self(format!(
            "account-{}-{}-{}",
            plain(&host),
            plain(account_id),
            plain(extension_id)
        ))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Only keys of our own making name a folder; a damaged file must not lead elsewhere.
    fn is_sound(&self) -> bool {
        self.0 == DEMO_FOLDER || (self.0.starts_with("account-") && plain(&self.0) == self.0)
    }
}

impl Profiles {
    pub fn new(data_folder: impl Into<PathBuf>) -> Self {
        Self {
            data_folder: data_folder.into(),
        }
    }

    pub fn data_folder(&self) -> &Path {
        &self.data_folder
    }

    /// Where an account keeps its store and files.
    pub fn folder(&self, account: &AccountKey) -> PathBuf {
        self.data_folder.join(account.as_str())
    }

    /// The store of an account.
    pub fn store_file(&self, account: &AccountKey) -> PathBuf {
        self.folder(account).join(STORE_FILE)
    }

    /// The account that was used last, if its files can be read. A damaged file is the same as none: the person signs
    /// in again and finds all data where it was.
    pub fn last(&self) -> Option<Profile> {
        let last: LastAccount = read_json(&self.data_folder.join(LAST_FILE))?;
        if !last.account.is_sound() {
            return None;
        }
        let profile: Profile = read_json(&self.folder(&last.account).join(PROFILE_FILE))?;
        (profile.account == last.account).then_some(profile)
    }

    /// Remembers the profile as the one to open next time.
    ///
    /// # Errors
    /// When the folder cannot be made or written.
    pub fn remember(&self, profile: &Profile) -> io::Result<()> {
        let folder = self.folder(&profile.account);
        std::fs::create_dir_all(&folder)?;
        write_json(&folder.join(PROFILE_FILE), profile)?;
        write_json(
            &self.data_folder.join(LAST_FILE),
            &LastAccount {
                account: profile.account.clone(),
            },
        )
    }

    /// The next start opens no account. The data stays.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub fn forget_last(&self) -> io::Result<()> {
        match std::fs::remove_file(self.data_folder.join(LAST_FILE)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// What was chosen on this computer; `None` before anything was.
    pub fn settings(&self) -> Option<Settings> {
        read_json(&self.data_folder.join(SETTINGS_FILE))
    }

    /// Remembers what was chosen on this computer.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remember_settings(&self, settings: &Settings) -> io::Result<()> {
        write_json(&self.data_folder.join(SETTINGS_FILE), settings)
    }

    /// Removes everything an account has on this computer.
    ///
    /// # Errors
    /// When a file is in use or cannot be removed.
    pub fn erase(&self, account: &AccountKey) -> io::Result<()> {
        match std::fs::remove_dir_all(self.folder(account)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' || c == '.' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Option<T> {
    let text = std::fs::read(path).ok()?;
    serde_json::from_slice(&text)
        .inspect_err(|error| tracing::warn!(file = %path.display(), %error, "a profile file cannot be read"))
        .ok()
}

/// Written aside and renamed, so that a crash leaves the old file or the new one and never half of one.
fn write_json<T: Serialize>(path: &Path, value: &T) -> io::Result<()> {
    let text = serde_json::to_vec_pretty(value).map_err(io::Error::other)?;
    let aside = path.with_extension("json.new");
    let mut file = std::fs::File::create(&aside)?;
    file.write_all(&text)?;
    // Else a power cut could leave the new name and not what it names.
    file.sync_all()?;
    std::fs::rename(&aside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(account: AccountKey) -> Profile {
        Profile {
            account,
            signed_in: SignedIn {
                name: "Rosa Marin".into(),
                extension: "101".into(),
                company: "Rebar Works".into(),
                direct_number: None,
                is_demo: false,
                server: "https://platform.example".into(),
            },
            way: SignInWay::Browser,
            base_url: "https://platform.example".into(),
            client_id: "client".into(),
            account_id: "1".into(),
            extension_id: "2".into(),
            home_country: Some("US".into()),
        }
    }

    #[test]
    fn the_last_account_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = Profiles::new(folder.path());
        assert_eq!(profiles.last(), None);
        let kept = profile(AccountKey::real("https://platform.example", "1", "2"));
        profiles.remember(&kept).unwrap();
        assert_eq!(profiles.last(), Some(kept));
        profiles.forget_last().unwrap();
        assert_eq!(profiles.last(), None);
    }

    #[test]
    fn no_real_account_can_get_the_folder_of_the_demo() {
        for (host, account, extension) in [
            ("demo", "", ""),
            ("https://demo", "demo", "../demo"),
            ("", "/", "\\"),
        ] {
            let key = AccountKey::real(host, account, extension);
            assert_ne!(key, AccountKey::demo());
            assert!(key.as_str().starts_with("account-") && key.is_sound(), "{key:?}");
            assert!(!key.as_str().contains(['/', '\\']), "{key:?}");
        }
    }

    #[test]
    fn a_damaged_or_foreign_file_opens_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let profiles = Profiles::new(folder.path());
        profiles
            .remember(&profile(AccountKey::real("https://a.example", "1", "2")))
            .unwrap();
        let last = folder.path().join(LAST_FILE);
        std::fs::write(&last, b"{\"account\":\"../../etc\"}").unwrap();
        assert_eq!(profiles.last(), None);
        std::fs::write(&last, b"{\"acc").unwrap();
        assert_eq!(profiles.last(), None);
    }
}

//! What works on this computer and what does not, in words for whoever has to mend it.
//!
//! Each check tries the thing itself and changes nothing that matters: a file is written and removed, a secret is kept and
//! forgotten, a store is read.
//! What belongs to the desktop (notifications, sound) is checked by whoever has one.

use crate::session::{OsKeychain, Profiles};
use crate::store::Store;
use crate::switchboard::Config;
use serde::Serialize;
use std::path::Path;

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What was looked at: `Keychain`.
    pub name: &'static str,
    pub works: bool,
    /// What was seen, and if it does not work, what to do.
    pub words: String,
}

impl Check {
    /// Something that works.
    pub fn works(name: &'static str, words: impl Into<String>) -> Self {
        Self {
            name,
            works: true,
            words: words.into(),
        }
    }

    /// Something that does not; the words say what to do.
    pub fn fails(name: &'static str, words: impl Into<String>) -> Self {
        Self {
            name,
            works: false,
            words: words.into(),
        }
    }
}

/// Looks at the data folder, the store of the account that signed in last, the keychain and the way to `server`.
pub async fn examine(config: &Config, server: &str) -> Vec<Check> {
    vec![
        data_folder(&config.data_folder).await,
        database(config).await,
        keychain().await,
        network(config, server).await,
    ]
}

async fn data_folder(folder: &Path) -> Check {
    const NAME: &str = "Data folder";
    let probe = folder.join(".write-test");
    let tried = async {
        tokio::fs::create_dir_all(folder).await?;
        tokio::fs::write(&probe, b"test").await?;
        tokio::fs::remove_file(&probe).await
    };
    match tried.await {
        Ok(()) => Check::works(NAME, format!("{} can be written", folder.display())),
        Err(error) => Check::fails(
            NAME,
            format!(
                "{} cannot be written ({error}). Check its owner and the free space.",
                folder.display()
            ),
        ),
    }
}

async fn database(config: &Config) -> Check {
    const NAME: &str = "Database";
    let profiles = Profiles::new(&config.data_folder);
    let Some(profile) = profiles.last() else {
        return Check::works(NAME, "Nobody has signed in here yet, so there is none");
    };
    let file = profiles.store_file(&profile.account);
    let checked = async {
        let store = Store::open(&file, config.clock.clone(), crate::change_feed::ChangeFeed::new()).await?;
        let problems = store.problems().await;
        store.close().await;
        problems
    };
    match checked.await {
        Ok(problems) if problems.is_empty() => Check::works(NAME, format!("{} is sound", file.display())),
        Ok(problems) => Check::fails(
            NAME,
            format!(
                "{} is damaged: {}. Restore a copy of it, or move it away; everything still at RingCentral arrives again.",
                file.display(),
                problems.join("; ")
            ),
        ),
        Err(error) => Check::fails(NAME, error.to_string()),
    }
}

async fn keychain() -> Check {
    const NAME: &str = "Keychain";
    match OsKeychain.try_out().await {
        Ok(()) => Check::works(NAME, "The sign-in can be kept in the keychain of this computer"),
        Err(error) => Check::fails(
            NAME,
            format!("{error} The sign-in is kept in memory only, so every start asks for it again."),
        ),
    }
}

async fn network(config: &Config, server: &str) -> Check {
    const NAME: &str = "Network";
    let Ok(url) = url::Url::parse(server) else {
        return Check::fails(
            NAME,
            format!("{server} is no address. It should look like https://platform.ringcentral.com."),
        );
    };
    // The version is public; no client id is looked at.
    let mut wire = ringcentral::Config::new(url, "doctor");
    wire.user_agent = format!("Switchboard/{}", config.app_version);
    match ringcentral::api::versions::server_version(wire).await {
        Ok(version) => Check::works(NAME, format!("{server} answers (API {version})")),
        Err(error) => Check::fails(
            NAME,
            format!("{server} cannot be reached: {error}. Check the network, a proxy or a firewall."),
        ),
    }
}

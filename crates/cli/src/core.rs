//! Opening the core as the command line needs it: nothing runs in the background, no browser is opened.

use crate::args::Account;
use crate::{Failure, exit_code};
use domain::session::Server;
use std::io;
use std::path::PathBuf;
use switchboard_core::switchboard::OpenBrowser;
use switchboard_core::{Config, Switchboard};

/// Folder below the system's place for data, the same as the desktop app's.
const FOLDER: &str = "switchboard";

/// Where the accounts' data lies.
pub(crate) fn data_folder(account: &Account) -> Result<PathBuf, Failure> {
    account
        .data_folder
        .clone()
        .or_else(|| dirs::data_dir().map(|folder| folder.join(FOLDER)))
        .ok_or_else(|| Failure {
            code: exit_code::USAGE,
            message: "This user has no folder for data; name one with --data-folder.".to_owned(),
        })
}

/// The data of the account that signed in last. Needs no network.
pub(crate) async fn open_to_read(account: &Account) -> Result<Switchboard, Failure> {
    Ok(Switchboard::open(config(account)?).await?)
}

/// The same, signed in with the JWT when one was given.
pub(crate) async fn open_signed_in(account: &Account) -> Result<Switchboard, Failure> {
    let core = open_to_read(account).await?;
    if let Some(jwt) = &account.jwt {
        let client_id = account.client_id.clone().ok_or_else(|| Failure {
            code: exit_code::USAGE,
            message: "A JWT belongs to an application; name it with --client-id.".to_owned(),
        })?;
        let server = Server {
            base_url: account.server.clone(),
            client_id,
            client_secret: account.client_secret.clone(),
        };
        core.sign_in_with_jwt(domain::ipc::session::SignInWithJwt {
            server,
            jwt: jwt.clone(),
        })
        .await?;
    }
    Ok(core)
}

pub(crate) fn config(account: &Account) -> Result<Config, Failure> {
    let data_folder = data_folder(account)?;
    let downloads = dirs::download_dir().unwrap_or_else(|| data_folder.join("downloads"));
    let no_browser = OpenBrowser::new(|_| Err(io::Error::other("the command line opens no browser")));
    Ok(Config {
        runs_in_background: false,
        ..Config::new(data_folder, downloads, no_browser)
    })
}

//! What the shell decides: where data lies, how a browser is opened, where secrets are kept.

use crate::clock::Clock;
use crate::session::SecretKeeping;
use crate::sync::SyncOptions;
use jiff::SignedDuration;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Opens the system browser at an address.
#[derive(Clone)]
pub struct OpenBrowser(Arc<Opener>);

type Opener = dyn Fn(&url::Url) -> io::Result<()> + Send + Sync;

/// The configuration of a [`super::Switchboard`].
#[derive(Debug, Clone)]
pub struct Config {
    /// Holds one folder per account.
    pub data_folder: PathBuf,
    /// Where saved attachments go.
    pub downloads_folder: PathBuf,
    pub clock: Clock,
    pub secrets: Arc<dyn SecretKeeping>,
    pub open_browser: OpenBrowser,
    /// The port that the browser is sent back to. RingCentral compares the redirect address with the one registered for
    /// the application, so it is fixed: `http://127.0.0.1:<port>/callback`. 0 takes a free one.
    pub redirect_port: u16,
    /// Whether synchronisation and live events run by themselves. Without, their steps are called one by one.
    pub runs_in_background: bool,
    /// The pause between two pages of older history, so that other work is never kept waiting.
    pub history_pause: SignedDuration,
    /// Rate windows go by [`Self::clock`] instead of the runtime's: for tests that drive both sides by one clock.
    pub rate_windows_follow_clock: bool,
    /// The program that reads what stands on faxes; `None` looks for `tesseract` where programs are.
    pub tesseract: Option<PathBuf>,
    /// The version that is shown and sent as `User-Agent`.
    pub app_version: String,
}

/// To be registered as `http://127.0.0.1:47923/callback` in RingCentral's developer console.
pub const DEFAULT_REDIRECT_PORT: u16 = 47923;

impl Config {
    /// The configuration of the program as it is shipped: keychain, system clock, running by itself.
    pub fn new(
        data_folder: impl Into<PathBuf>,
        downloads_folder: impl Into<PathBuf>,
        open_browser: OpenBrowser,
    ) -> Self {
        Self {
            data_folder: data_folder.into(),
            downloads_folder: downloads_folder.into(),
            clock: Clock::system(),
            secrets: Arc::new(crate::session::KeychainOrMemory::default()),
            open_browser,
            redirect_port: DEFAULT_REDIRECT_PORT,
            runs_in_background: true,
            history_pause: SyncOptions::default().history_pause,
            rate_windows_follow_clock: false,
            tesseract: None,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl OpenBrowser {
    /// Wraps what the shell does to open a page.
    pub fn new(open: impl Fn(&url::Url) -> io::Result<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(open))
    }

    pub(crate) fn at(&self, url: &url::Url) -> io::Result<()> {
        (self.0)(url)
    }
}

impl fmt::Debug for OpenBrowser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpenBrowser")
    }
}

//! Starts the app.

// Without this Windows would open a console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::path::PathBuf;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

/// The telephony command center of a small company.
#[derive(clap::Parser)]
#[command(version)]
struct Arguments {
    /// Keeps all data in this folder instead of the usual one.
    #[arg(long, env = "SWITCHBOARD_DATA_FOLDER", value_name = "FOLDER")]
    data_folder: Option<PathBuf>,
    /// Starts in the tray, without a window.
    #[arg(long)]
    hidden: bool,
    /// A tel:, callto: or sms: link to look up.
    #[arg(value_name = "LINK")]
    _link: Option<String>,
}

fn main() -> anyhow::Result<()> {
    // Before anything else: such a process has to do with faxes of strangers, and with nothing of the person's.
    if switchboard_app::was_reader() {
        return Ok(());
    }
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            EnvFilter::try_from_env("SWITCHBOARD_LOG")
                .unwrap_or_else(|_| EnvFilter::new("warn,switchboard=info")),
        )
        .with_writer(std::io::stderr)
        .init();
    switchboard_app::run(switchboard_app::Options {
        data_folder: arguments.data_folder,
        is_hidden: arguments.hidden,
    })?;
    Ok(())
}

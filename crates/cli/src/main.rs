//! Switchboard without a window, for administrators and scripts.
//!
//! It reads the command line, calls the core, and prints. Whatever it can do, the core does; it links no web view.

mod args;
mod commands;
mod core;
mod exit_code;
mod output;

use args::{Arguments, Command, Contacts};
use clap::Parser;
use output::Output;
use std::process::ExitCode;

/// How a command ended.
pub(crate) type Outcome = Result<u8, Failure>;

/// Why a command could not do what it was asked.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) code: u8,
    pub(crate) message: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("SWITCHBOARD_LOG").unwrap_or_else(|_| "error".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let output = Output::new(arguments.json);
    let account = &arguments.account;
    let outcome = match &arguments.command {
        Command::Sync(options) => commands::sync::run(account, options, &output).await,
        Command::Search(options) => commands::search::run(account, options, &output).await,
        Command::Contacts(Contacts::Import(options)) => {
            commands::import::run(account, options, &output).await
        }
        Command::Export(options) => commands::export::run(account, options, &output).await,
        Command::Doctor => commands::doctor::run(account, &output).await,
    };
    match outcome {
        Ok(code) => exit_code::exit(code),
        Err(failure) => {
            output.failure(&failure);
            exit_code::exit(failure.code)
        }
    }
}

impl Failure {
    /// A file named on the command line cannot be used.
    pub(crate) fn file(message: String) -> Self {
        Self {
            code: exit_code::FILE,
            message,
        }
    }
}

impl From<switchboard_core::CoreError> for Failure {
    fn from(error: switchboard_core::CoreError) -> Self {
        Self {
            code: exit_code::for_error(error.code()),
            message: error.to_string(),
        }
    }
}

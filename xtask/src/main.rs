//! Build steps that cargo alone cannot express.
//!
//! It installs nothing: `scripts/set-up` does that, and `make` calls both in the right order.

use clap::{Parser, Subcommand};

mod paths;
mod ui;

/// Build steps that cargo alone cannot express.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// Builds the front end into ui/dist; does nothing when it is up to date.
    Ui {
        /// Small and fast, for the installed app; without it quick to build, for working on it.
        #[arg(long)]
        release: bool,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().step {
        Step::Ui { release } => ui::build(release),
    }
}

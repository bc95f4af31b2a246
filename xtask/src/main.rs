//! Build steps that cargo alone cannot express.
//!
//! It installs nothing: `scripts/set-up` does that, and `make` calls both in the right order.

use clap::{Parser, Subcommand};
use ui::Bundle;

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
        /// With sample data, into target/ui-preview: to look at the pages in an ordinary browser.
        #[arg(long, conflicts_with = "release")]
        preview: bool,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().step {
        Step::Ui { preview: true, .. } => ui::build(Bundle::Preview),
        Step::Ui { release: true, .. } => ui::build(Bundle::Release),
        Step::Ui { .. } => ui::build(Bundle::Development),
    }
}

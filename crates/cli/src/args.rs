//! What may stand on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use domain::import::ColumnTarget;
use std::path::PathBuf;

/// Switchboard without a window.
#[derive(Debug, Parser)]
#[command(name = "switchboardctl", version, about, after_help = crate::exit_code::HELP)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub account: Account,
    /// Print one JSON document instead of text.
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// Which data, which server, and as whom. Without a JWT the account that signed in last on this computer is used.
#[derive(Debug, Args)]
pub(crate) struct Account {
    /// Folder that holds the accounts' data; by default the desktop app's.
    #[arg(long, global = true, env = "SWITCHBOARD_DATA_FOLDER", value_name = "FOLDER")]
    pub data_folder: Option<PathBuf>,
    /// RingCentral server.
    #[arg(
        long,
        global = true,
        env = "SWITCHBOARD_SERVER",
        default_value = "https://platform.ringcentral.com"
    )]
    pub server: String,
    /// Client id of the registered RingCentral application.
    #[arg(long, global = true, env = "SWITCHBOARD_CLIENT_ID", value_name = "ID")]
    pub client_id: Option<String>,
    /// Client secret, for confidential applications. Taken from the environment only, where no process list shows it.
    #[arg(skip = secret_from_environment("SWITCHBOARD_CLIENT_SECRET"))]
    pub client_secret: Option<String>,
    /// Sign in with this JWT credential. Taken from the environment only.
    #[arg(skip = secret_from_environment("SWITCHBOARD_JWT"))]
    pub jwt: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Bring the local copy up to date.
    Sync(Sync),
    /// Find people, numbers and words in the local copy. Needs no network.
    Search(Search),
    /// Work with contacts.
    #[command(subcommand)]
    Contacts(Contacts),
    /// Write the local copy out, newest first. Needs no network.
    Export(Export),
    /// Say what works on this computer and what does not.
    Doctor,
}

#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// Fetch what is new, then stop.
    #[arg(long, required = true)]
    pub once: bool,
    /// Also fetch all older history before stopping.
    #[arg(long)]
    pub backfill: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// A name, a company, a word of a text, or any part of a number.
    pub query: String,
    /// At most so many of each kind.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub limit: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Contacts {
    /// Read a CSV or vCard file.
    Import(Import),
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A .csv, .txt, .vcf or .vcard file.
    pub file: PathBuf,
    /// What the columns of a CSV file hold, in order: full-name, first-name, last-name, company, job-title, email,
    /// mobile, work, home, main, fax, other-number, tags, notes or ignore. Guessed from the headers when left out.
    #[arg(long, value_delimiter = ',', value_name = "COLUMNS", value_parser = column)]
    pub map: Option<Vec<ColumnTarget>>,
    /// Say what would happen; change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// Only these kinds.
    #[arg(long, value_delimiter = ',')]
    pub kind: Vec<ExportKind>,
    /// Only what happened on this day or later (YYYY-MM-DD, in the local time zone).
    #[arg(long, value_name = "DAY")]
    pub since: Option<jiff::civil::Date>,
    /// How each communication is written.
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    pub format: ExportFormat,
    /// Write to this file instead of standard output. It appears only when complete.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportKind {
    Calls,
    Texts,
    Voicemail,
    Faxes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// One line each, safe to open in a spreadsheet.
    Csv,
    /// One JSON object a line.
    Jsonl,
}

/// `full-name` is [`ColumnTarget::FullName`].
fn column(name: &str) -> Result<ColumnTarget, String> {
    let pascal: String = name
        .split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .into_iter()
                .flat_map(char::to_uppercase)
                .chain(letters)
                .collect::<String>()
        })
        .collect();
    serde_json::from_value(pascal.into()).map_err(|_| format!("{name} is no kind of column; see --help"))
}

fn secret_from_environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn columns_are_named_as_the_help_names_them() {
        let named = "full-name,first-name,last-name,company,job-title,email,mobile,work,home,main,fax,other-number,tags,notes,ignore";
        assert!(named.split(',').all(|name| column(name).is_ok()));
        assert_eq!(column("other-number"), Ok(ColumnTarget::OtherNumber));
        assert!(column("phone").is_err());
    }

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}

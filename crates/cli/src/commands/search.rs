//! `search`.

use crate::args::{Account, Search};
use crate::output::Output;
use crate::{Outcome, core};
use domain::communication::{Communication, Direction, Kind};
use domain::ipc::inbox::Search as Request;
use domain::search::{SearchResults, Snippet};

pub(crate) async fn run(account: &Account, options: &Search, output: &Output) -> Outcome {
    let core = core::open_to_read(account).await?;
    let results = core
        .search(Request {
            query: options.query.clone(),
            limit: options.limit,
        })
        .await?;
    output.result(&results, || text(&results));
    Ok(0)
}

fn text(results: &SearchResults) -> String {
    let mut lines = Vec::new();
    for hit in &results.contacts {
        let numbers: Vec<_> = hit
            .contact
            .numbers
            .iter()
            .map(|entry| entry.number.formatted.as_str())
            .collect();
        lines.push(format!("contact    {}  {}", hit.contact.name, numbers.join(", ")));
    }
    for hit in &results.communications {
        lines.push(format!(
            "{:<10} {}  {}",
            kind(&hit.item),
            heading(&hit.item),
            plain(&hit.snippet)
        ));
    }
    if lines.is_empty() {
        lines.push("Nothing found.".to_owned());
    }
    if results.is_cut {
        lines.push("There is more; raise --limit to see it.".to_owned());
    }
    lines.join("\n")
}

/// When, with whom, which way.
fn heading(item: &Communication) -> String {
    let arrow = match item.direction {
        Direction::Inbound => "from",
        Direction::Outbound => "to",
    };
    format!(
        "{} {arrow} {}",
        item.occurred_at.strftime("%Y-%m-%d %H:%M UTC"),
        item.party.label
    )
}

/// The kind as exports and searches name it.
pub(crate) fn kind(item: &Communication) -> &'static str {
    match item.kind() {
        Kind::Call => "call",
        Kind::Text => "text",
        Kind::Voicemail => "voicemail",
        Kind::Fax => "fax",
    }
}

fn plain(snippet: &Snippet) -> String {
    let text: String = snippet.parts.iter().map(|part| part.text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

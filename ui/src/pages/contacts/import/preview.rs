//! What an import would do, row by row.

use crate::components::{Glyph, Icon};
use crate::format::{counted, grouped};
use domain::import::{ImportAction, ImportPreview, ImportRow};
use std::rc::Rc;
use yew::{Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub preview: Rc<ImportPreview>,
}

/// The totals and the first rows.
#[component]
pub(crate) fn Preview(props: &Props) -> Html {
    let ImportPreview {
        rows,
        adds,
        merges,
        skips,
        ..
    } = &*props.preview;
    let total = adds + merges + skips;
    let hidden = total.saturating_sub(rows.len() as u64);
    html! {
        <section class="import-preview" aria-label="Preview">
            <h3>{ "What would happen" }</h3>
            <p role="status">
                { format!("{} added, {} completed with new numbers, {} left out", counted(*adds, "contact", "contacts"), grouped(*merges), grouped(*skips)) }
            </p>
            <table>
                <thead><tr><th>{ "Row" }</th><th>{ "Name" }</th><th>{ "Company" }</th><th>{ "Numbers" }</th><th>{ "What happens" }</th></tr></thead>
                <tbody>{ for rows.iter().map(row) }</tbody>
            </table>
            if hidden > 0 { <p class="quiet">{ format!("… and {}", counted(hidden, "more row", "more rows")) }</p> }
        </section>
    }
}

fn row(row: &ImportRow) -> Html {
    let name = format!("{} {}", row.draft.first_name, row.draft.last_name);
    let numbers = row
        .draft
        .numbers
        .iter()
        .map(|number| number.number.as_str())
        .collect::<Vec<_>>()
        .join(", ");
    let action = match &row.action {
        ImportAction::Add => "Added".to_owned(),
        ImportAction::Merge { into } => format!("Completes {}", into.name),
        ImportAction::Skip { reason } => format!("Left out: {reason}"),
    };
    html! {
        <tr key={row.position}>
            <td>{ row.position }</td>
            <td>{ name.trim() }</td>
            <td>{ &row.draft.company }</td>
            <td>{ numbers }</td>
            <td>
                { action }
                { for row.warnings.iter().map(|warning| html! {
                    <span class="import-warning"><Glyph icon={Icon::Warning} small={true} />{ warning }</span>
                }) }
            </td>
        </tr>
    }
}

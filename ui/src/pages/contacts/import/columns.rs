//! Saying what each column of a CSV file holds.

use crate::components::Choice;
use domain::import::{ColumnTarget, ImportColumn};
use yew::{AttrValue, Callback, Html, Properties, component, html};

const TARGETS: [(ColumnTarget, &str); 15] = [
    (ColumnTarget::Ignore, "Leave out"),
    (ColumnTarget::FullName, "Name"),
    (ColumnTarget::FirstName, "First name"),
    (ColumnTarget::LastName, "Last name"),
    (ColumnTarget::Company, "Company"),
    (ColumnTarget::JobTitle, "Job title"),
    (ColumnTarget::Email, "Email"),
    (ColumnTarget::Mobile, "Mobile number"),
    (ColumnTarget::Work, "Work number"),
    (ColumnTarget::Home, "Home number"),
    (ColumnTarget::Main, "Main number"),
    (ColumnTarget::Fax, "Fax number"),
    (ColumnTarget::OtherNumber, "Other number"),
    (ColumnTarget::Tags, "Tags"),
    (ColumnTarget::Notes, "Note"),
];

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub columns: Vec<ImportColumn>,
    /// With the target of every column, in order.
    pub onchange: Callback<Vec<ColumnTarget>>,
}

/// A line per column.
#[component]
pub(crate) fn Columns(props: &Props) -> Html {
    let options: Vec<(ColumnTarget, AttrValue)> = TARGETS
        .into_iter()
        .map(|(target, words)| (target, AttrValue::Static(words)))
        .collect();
    html! {
        <section class="import-columns" aria-label="Columns">
            <h3>{ "What the columns hold" }</h3>
            { for props.columns.iter().enumerate().map(|(index, column)| {
                let onchange = {
                    let (columns, onchange) = (props.columns.clone(), props.onchange.clone());
                    Callback::from(move |target| {
                        onchange.emit(columns.iter().enumerate().map(|(at, column)| if at == index { target } else { column.target }).collect());
                    })
                };
                html! {
                    <div key={index} class="import-column">
                        <span class="import-header">{ &column.header }</span>
                        <span class="import-samples">{ samples(column) }</span>
                        <Choice<ColumnTarget> label={format!("Column {} holds", column.header)} hides_label={true}
                            options={options.clone()} value={column.target} {onchange} />
                    </div>
                }
            }) }
        </section>
    }
}

fn samples(column: &ImportColumn) -> String {
    let filled = column.samples.iter().map(|sample| sample.trim());
    filled
        .filter(|sample| !sample.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

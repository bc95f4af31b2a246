//! Saying which column holds the numbers, and which fills which placeholder.

use super::super::plan::PickedFile;
use crate::components::Choice;
use domain::template::Variable;
use yew::{AttrValue, Callback, Html, Properties, component, html};

/// What can come from a list. The rest is the sender's own, or the number itself.
const OFFERED: [Variable; 6] = [
    Variable::Name,
    Variable::FirstName,
    Variable::LastName,
    Variable::Company,
    Variable::JobTitle,
    Variable::Email,
];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    LeftOut,
    Number,
    Fills(Variable),
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub file: PickedFile,
    pub onchange: Callback<PickedFile>,
}

/// A line per column, with the first few values.
#[component]
pub(super) fn Columns(props: &Props) -> Html {
    let file = &props.file;
    let mut options: Vec<(Target, AttrValue)> = vec![
        (Target::LeftOut, "Leave out".into()),
        (Target::Number, "Number to text".into()),
    ];
    options.extend(
        OFFERED
            .into_iter()
            .map(|one| (Target::Fills(one), format!("Fills {{{one}}}").into())),
    );
    html! {
        <section class="import-columns" aria-label="Columns">
            <h3>{ "What the columns hold" }</h3>
            { for file.columns.headers.iter().enumerate().map(|(index, header)| {
                let onchange = {
                    let file = file.clone();
                    props.onchange.reform(move |target| with(file.clone(), index, target))
                };
                html! {
                    <div key={index} class="import-column">
                        <span class="import-header">{ header }</span>
                        <span class="import-samples">{ samples(file, index) }</span>
                        <Choice<Target> label={format!("Column {header} holds")} hides_label={true} options={options.clone()}
                            value={target(file, index)} {onchange} />
                    </div>
                }
            }) }
        </section>
    }
}

fn target(file: &PickedFile, column: usize) -> Target {
    if file.number_column == Some(column) {
        return Target::Number;
    }
    file.values
        .iter()
        .find(|(index, _)| *index == column)
        .and_then(|(_, name)| Variable::of_name(name))
        .map_or(Target::LeftOut, Target::Fills)
}

/// There is one column of numbers, and one for each placeholder: whoever had it before is left out.
fn with(mut file: PickedFile, column: usize, target: Target) -> PickedFile {
    if file.number_column == Some(column) {
        file.number_column = None;
    }
    file.values.retain(|(index, _)| *index != column);
    match target {
        Target::LeftOut => {}
        Target::Number => file.number_column = Some(column),
        Target::Fills(variable) => {
            file.values.retain(|(_, name)| name != variable.name());
            file.values.push((column, variable.name().to_owned()));
        }
    }
    file
}

fn samples(file: &PickedFile, column: usize) -> String {
    let rows = file.columns.samples.iter();
    rows.filter_map(|row| row.get(column))
        .map(|sample| sample.trim())
        .filter(|sample| !sample.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::campaign::CsvColumns;

    fn file() -> PickedFile {
        PickedFile {
            name: "list.csv".to_owned(),
            content: String::new(),
            columns: CsvColumns {
                headers: vec!["Phone".to_owned(), "Who".to_owned()],
                samples: Vec::new(),
                rows: 2,
                number_column: Some(0),
                values: vec![(1, "name".to_owned())],
            },
            number_column: Some(0),
            values: vec![(1, "name".to_owned())],
        }
    }

    #[test]
    fn another_column_of_numbers_frees_the_first() {
        let changed = with(file(), 1, Target::Number);
        assert_eq!(changed.number_column, Some(1));
        assert_eq!(target(&changed, 0), Target::LeftOut);
        assert!(changed.values.is_empty());
    }

    #[test]
    fn a_placeholder_is_filled_by_one_column() {
        let changed = with(file(), 0, Target::Fills(Variable::Name));
        assert_eq!(changed.number_column, None);
        assert_eq!(target(&changed, 1), Target::LeftOut);
        assert_eq!(target(&changed, 0), Target::Fills(Variable::Name));
    }
}

//! One file with all that can happen to a row, whatever file is chosen.

use super::answers::reply;
use super::failure;
use super::world;
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use domain::import::{
    ColumnTarget, ImportAction, ImportColumn, ImportFormat, ImportPreview, ImportReport, ImportRow,
};
use domain::ipc::contacts::{ImportContacts, PreviewImport};
use domain::ipc::{Command, IpcError};
use serde_json::Value;

const COLUMNS: [(&str, [&str; 3], ColumnTarget); 7] = [
    (
        "Full Name",
        ["Olga Petrenko", "Rafael Núñez", "Bart Visser"],
        ColumnTarget::FullName,
    ),
    (
        "Company",
        [
            "Petrenko Steel",
            "Núñez & Hijos Concrete Pumping and Placement",
            "Ironline Builders",
        ],
        ColumnTarget::Company,
    ),
    (
        "Mobile Phone",
        ["510-555-0101", "(925) 555-0102", "5105550147"],
        ColumnTarget::Mobile,
    ),
    ("Office", ["510-555-0103", "", "12"], ColumnTarget::Work),
    (
        "E-mail Address",
        ["olga@petrenko.example", "rafael@nunez.example", ""],
        ColumnTarget::Email,
    ),
    ("Customer since", ["2019", "2021", "2024"], ColumnTarget::Ignore),
    ("Remarks", ["", "Call after 10", ""], ColumnTarget::Notes),
];

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        PreviewImport::NAME => reply(request, |asked: PreviewImport| Ok(preview(&asked))),
        ImportContacts::NAME => reply(request, |_: ImportContacts| {
            let undo = world::with(|world| world.undoable("Contacts imported".to_owned()));
            Ok(ImportReport {
                added: 1_204,
                merged: 38,
                skipped: 3,
                linked: 212,
                undo: undo.token,
            })
        }),
        _ => Err(failure(name)),
    }
}

fn preview(asked: &PreviewImport) -> ImportPreview {
    let chosen = |index: usize, guess| {
        let mapping = asked.mapping.as_ref();
        mapping
            .and_then(|mapping| mapping.get(index).copied())
            .unwrap_or(guess)
    };
    let columns = COLUMNS
        .iter()
        .enumerate()
        .map(|(index, (header, samples, guess))| ImportColumn {
            header: (*header).to_owned(),
            samples: samples.iter().map(|sample| (*sample).to_owned()).collect(),
            target: chosen(index, *guess),
        });
    let known = world::with(|world| world.contacts.first().map(super::history::reference));
    let merge = known.map_or(ImportAction::Add, |into| ImportAction::Merge { into });
    ImportPreview {
        columns: if asked.format == ImportFormat::Csv {
            columns.collect()
        } else {
            Vec::new()
        },
        rows: vec![
            row(
                2,
                "Olga",
                "Petrenko",
                "Petrenko Steel",
                "(510) 555-0101",
                ImportAction::Add,
                None,
            ),
            row(
                3,
                "Rafael",
                "Núñez",
                "Núñez & Hijos Concrete Pumping and Placement",
                "(925) 555-0102",
                ImportAction::Add,
                None,
            ),
            row(
                4,
                "Bart",
                "Visser",
                "Ironline Builders",
                "(510) 555-0147",
                merge,
                Some("“12” is no telephone number and is left out."),
            ),
            row(
                5,
                "",
                "",
                "",
                "",
                ImportAction::Skip {
                    reason: "it has neither a name nor a number".to_owned(),
                },
                None,
            ),
        ],
        adds: 1_204,
        merges: 38,
        skips: 3,
    }
}

fn row(
    position: u64,
    first: &str,
    last: &str,
    company: &str,
    number: &str,
    action: ImportAction,
    warning: Option<&str>,
) -> ImportRow {
    let numbers = Some(number)
        .filter(|number| !number.is_empty())
        .map(|number| NumberDraft {
            label: NumberLabel::Mobile,
            number: number.to_owned(),
        });
    ImportRow {
        position,
        draft: ContactDraft {
            first_name: first.to_owned(),
            last_name: last.to_owned(),
            company: company.to_owned(),
            numbers: numbers.into_iter().collect(),
            ..ContactDraft::default()
        },
        action,
        warnings: warning.into_iter().map(str::to_owned).collect(),
    }
}

//! `contacts import`.

use crate::args::{Account, Import};
use crate::output::Output;
use crate::{Failure, Outcome, core, exit_code};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::import::{ColumnTarget, ImportAction, ImportFormat, ImportPreview};
use domain::ipc::contacts::{ImportContacts, PreviewImport};
use std::path::Path;

pub(crate) async fn run(account: &Account, options: &Import, output: &Output) -> Outcome {
    let bytes = std::fs::read(&options.file)
        .map_err(|error| Failure::file(format!("{} cannot be read: {error}", options.file.display())))?;
    let format = format(&options.file, &bytes);
    let content_base64 = STANDARD.encode(&bytes);
    let mapping = mapping(options, format)?;
    let core = core::open_to_read(account).await?;
    if options.dry_run {
        let preview = core
            .preview_import(PreviewImport {
                format,
                content_base64,
                mapping,
            })
            .await?;
        output.result(&preview, || preview_text(&preview));
        return Ok(0);
    }
    let report = core
        .import_contacts(ImportContacts {
            format,
            content_base64,
            mapping,
        })
        .await?;
    core.shut_down().await;
    output.result(&report, || {
        format!(
            "{} added, {} completed, {} left out, {} earlier calls and messages linked",
            report.added, report.merged, report.skipped, report.linked
        )
    });
    Ok(if report.skipped > 0 { exit_code::PARTIAL } else { 0 })
}

fn format(file: &Path, bytes: &[u8]) -> ImportFormat {
    let is_card_by_name = file.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("vcf") || extension.eq_ignore_ascii_case("vcard")
    });
    let start = bytes
        .iter()
        .copied()
        .filter(u8::is_ascii_graphic)
        .take(11)
        .collect::<Vec<_>>();
    if is_card_by_name || start.eq_ignore_ascii_case(b"BEGIN:VCARD") {
        ImportFormat::VCard
    } else {
        ImportFormat::Csv
    }
}

fn mapping(options: &Import, format: ImportFormat) -> Result<Option<Vec<ColumnTarget>>, Failure> {
    match (&options.map, format) {
        (Some(_), ImportFormat::VCard) => Err(Failure {
            code: exit_code::USAGE,
            message: "A vCard file has no columns; leave out --map.".to_owned(),
        }),
        (map, _) => Ok(map.clone()),
    }
}

fn preview_text(preview: &ImportPreview) -> String {
    let mut lines = vec![format!(
        "{} would be added, {} completed, {} left out",
        preview.adds, preview.merges, preview.skips
    )];
    for row in &preview.rows {
        let action = match &row.action {
            ImportAction::Add => "add".to_owned(),
            ImportAction::Merge { into } => format!("complete {}", into.name),
            ImportAction::Skip { reason } => format!("leave out: {reason}"),
        };
        let name = format!("{} {}", row.draft.first_name, row.draft.last_name);
        lines.push(format!("{:>6}  {:<28} {action}", row.position, name.trim()));
        lines.extend(row.warnings.iter().map(|warning| format!("        {warning}")));
    }
    lines.join("\n")
}

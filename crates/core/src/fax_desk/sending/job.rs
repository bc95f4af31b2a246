//! What leaves for a draft: the files as they were dropped, and those that are made of their pages.

use super::super::bundle::{self, Part};
use super::super::documents::away;
use super::super::{FaxDesk, cover, file_names, recipients};
use crate::error::CoreError;
use crate::store::{FaxDraftRecord, FaxJob, FaxJobRecipient, JobFile};
use domain::fax::{CoverSheet, FaxResolution, MOST_BYTES, MOST_PAGES};
use domain::phone_number::E164;

/// Longest name that is printed on RingCentral's cover sheet.
const LONGEST_NAME: usize = 64;

impl FaxDesk {
    /// What is to be sent, complete: nothing is looked up again when its turn comes.
    pub(super) async fn job(&self, record: &FaxDraftRecord) -> Result<FaxJob, CoreError> {
        let page_count = self.page_count(record).await?;
        let original = record.original.clone().filter(|_| {
            record.cover.sheet == CoverSheet::None
                && record.resolution == FaxResolution::default()
                && bundle::is_untouched(&record.files, &record.pages)
        });
        let mut files = Vec::new();
        if original.is_none() {
            if record.cover.sheet == CoverSheet::Own {
                let facts = self.cover_facts(record).await?;
                let made = away(move || cover::own(&facts)).await?;
                files.push(self.made("Cover sheet.pdf".to_owned(), &made).await?);
            }
            for part in bundle::parts(&record.files, &record.pages) {
                files.push(self.document(record, part).await?);
            }
        }
        let bytes = files
            .iter()
            .map(|file| file.size_bytes)
            .fold(0, u64::saturating_add);
        if bytes > MOST_BYTES {
            return Err(CoreError::Invalid(format!(
                "The documents have {} MB in all; RingCentral takes 50 MB at once. Send some of them as another fax.",
                bytes.div_ceil(1024 * 1024)
            )));
        }
        if page_count.is_some_and(|count| count > MOST_PAGES) {
            return Err(CoreError::Invalid(format!(
                "RingCentral sends {MOST_PAGES} pages at once at most."
            )));
        }
        let (cover_index, cover_note) = match record.cover.sheet {
            CoverSheet::RingCentral { index } => {
                let note = record.cover.note.trim_end();
                (index, (!note.is_empty()).then(|| note.to_owned()))
            }
            CoverSheet::None | CoverSheet::Own => (0, None),
        };
        Ok(FaxJob {
            to: self.named(&record.to).await?,
            title: title(record),
            resolution: record.resolution,
            cover_index,
            cover_note,
            send_at: record.send_at,
            files,
            original,
            page_count,
        })
    }

    async fn document(&self, record: &FaxDraftRecord, part: Part) -> Result<JobFile, CoreError> {
        let file = record
            .files
            .iter()
            .find(|file| file.id == part.file())
            .ok_or(CoreError::NotFound { what: "This file" })?;
        match part {
            Part::AsDropped(_) => Ok(JobFile {
                file: file.facts.file.clone(),
                file_name: file.facts.file_name.clone(),
                content_type: file.facts.content_type.clone(),
                size_bytes: file.facts.size_bytes,
            }),
            Part::Made { pages, .. } => {
                let made = self.documents.cut(file, pages).await?;
                let name = &file.facts.file_name;
                let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
                self.made(format!("{stem}.pdf"), &made).await
            }
        }
    }

    async fn made(&self, file_name: String, content: &[u8]) -> Result<JobFile, CoreError> {
        let file = self.documents.put(content).await?;
        Ok(JobFile {
            file,
            file_name: file_names::as_kept(Some(&file_name), "application/pdf", self.store.clock().now()),
            content_type: "application/pdf".to_owned(),
            size_bytes: u64::try_from(content.len()).unwrap_or(u64::MAX),
        })
    }

    pub(super) async fn named(&self, to: &[E164]) -> Result<Vec<FaxJobRecipient>, CoreError> {
        let mut named = Vec::with_capacity(to.len());
        for number in to {
            let one = recipients::recipient(&self.store, number).await?;
            named.push(FaxJobRecipient {
                number: number.clone(),
                name: one
                    .contact
                    .map(|contact| contact.name.chars().take(LONGEST_NAME).collect()),
            });
        }
        Ok(named)
    }
}

/// The names of the files.
fn title(record: &FaxDraftRecord) -> String {
    let used: Vec<&str> = record
        .files
        .iter()
        .filter(|file| record.pages.iter().any(|choice| choice.file == file.id))
        .map(|file| file.facts.file_name.as_str())
        .collect();
    match used.as_slice() {
        [] => "Cover sheet".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one}, {two}"),
        [one, others @ ..] => format!("{one} and {} others", others.len()),
    }
}

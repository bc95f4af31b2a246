//! Everything that could be wrong with a fax, in plain language, before it is sent.
//!
//! Limits: developers.ringcentral.com/guide/messaging/fax/sending-faxes and the API reference, `createFaxMessage`.

use super::bundle::{self, Part};
use super::legibility::Look;
use super::{FaxDesk, cover, file_names, pdf};
use crate::error::CoreError;
use crate::store::{FaxDraftRecord, FaxFileRecord};
use domain::fax::{
    CoverSheet, FaxCheck, FaxFileKind, FaxHint, FaxResolution, MOST_BYTES, MOST_NOTE_CHARS, MOST_PAGES,
};
use domain::ids::FaxDraftId;
use ringcentral::Client;

/// Seconds that a page of words is on the line, at least and at most
/// (developers.ringcentral.com/guide/messaging/fax/sending-faxes: about a minute).
const WORDS_SECONDS: (u32, u32) = (40, 75);
/// A page of pictures: "5 minutes or more" (same source), less where much of it is white.
const GRAPHIC_SECONDS: (u32, u32) = (150, 360);

impl FaxDesk {
    /// Looks at everything that could be wrong with it, its pages included.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it is no draft any more, [`CoreError::Store`].
    pub async fn check(&self, client: Option<&Client>, id: FaxDraftId) -> Result<FaxCheck, CoreError> {
        let record = self.open_record(id).await?;
        let mut problems = self.problems(&record).await?;
        problems.extend(self.blocked(client).await);
        let looks = self.looks.of(&self.documents, &record.files, &record.pages).await;
        let mut hints = hints_of_files(&record);
        hints.extend(hints_of_pages(&looks, record.resolution));
        hints.extend(self.hints_of_texts(&record).await?);
        hints.extend(self.hint_of_cover(&record).await?);
        let page_count = self.page_count(&record).await?;
        Ok(FaxCheck {
            missing: missing(&record),
            problems,
            hints,
            page_count,
            size_bytes: size(&record),
            minutes: page_count.map(|count| minutes(count, &looks, record.resolution)),
        })
    }

    /// What stands in the way of a finished fax, without looking at pages.
    pub(super) async fn problems(&self, record: &FaxDraftRecord) -> Result<Vec<String>, CoreError> {
        let mut problems = Vec::new();
        let has_sheet = record.cover.sheet != CoverSheet::None;
        problems.extend(
            record
                .files
                .iter()
                .filter_map(|file| file.facts.fault.as_ref())
                .map(|fault| format!("{fault} Or remove it from this fax.")),
        );
        let bytes = size(record);
        if bytes > MOST_BYTES {
            problems.push(format!(
                "The documents have {} MB in all; RingCentral takes 50 MB at once. Send some of them as another fax.",
                bytes.div_ceil(1024 * 1024)
            ));
        }
        let known = self.known_pages(record).await?;
        if known > MOST_PAGES {
            problems.push(format!(
                "The fax has {known} pages; RingCentral sends {MOST_PAGES} at once, the cover sheet included. Send some of \
                 them as another fax."
            ));
        }
        let letters = record.cover.note.encode_utf16().count();
        if has_sheet && letters > MOST_NOTE_CHARS {
            problems.push(format!(
                "The note has {letters} characters; RingCentral takes {MOST_NOTE_CHARS}. Shorten it."
            ));
        }
        if record.send_at.is_some_and(|at| at <= self.store.clock().now()) {
            problems
                .push("The time for sending it has passed. Choose a later one, or send it now.".to_owned());
        }
        Ok(problems)
    }

    /// All pages, the cover sheet included; `None` when RingCentral converts a file.
    pub(super) async fn page_count(&self, record: &FaxDraftRecord) -> Result<Option<u32>, CoreError> {
        let is_known = record
            .pages
            .iter()
            .filter_map(|choice| record.files.iter().find(|file| file.id == choice.file))
            .all(|file| file.facts.kind != FaxFileKind::ConvertedByRingCentral);
        Ok(if is_known {
            Some(self.known_pages(record).await?)
        } else {
            None
        })
    }

    /// Of a file that RingCentral converts one page is counted: it has that many at least.
    async fn known_pages(&self, record: &FaxDraftRecord) -> Result<u32, CoreError> {
        let pages = u32::try_from(record.pages.len()).unwrap_or(u32::MAX);
        Ok(pages.saturating_add(match record.cover.sheet {
            CoverSheet::None => 0,
            CoverSheet::RingCentral { .. } => 1,
            CoverSheet::Own => cover::page_count(&self.cover_facts(record).await?),
        }))
    }

    async fn hint_of_cover(&self, record: &FaxDraftRecord) -> Result<Option<FaxHint>, CoreError> {
        if record.cover.sheet != CoverSheet::Own {
            return Ok(None);
        }
        let missing = pdf::unwritable(&self.cover_facts(record).await?.words(), pdf::Font::Plain);
        if missing.is_empty() {
            return Ok(None);
        }
        Ok(Some(FaxHint {
            page: None,
            words: format!(
                "Our cover sheet cannot show {}; a question mark stands there instead.",
                named(&missing)
            ),
        }))
    }

    /// Texts that are printed here because some of their pages go, and what RingCentral prints itself.
    async fn hints_of_texts(&self, record: &FaxDraftRecord) -> Result<Vec<FaxHint>, CoreError> {
        let mut hints = Vec::new();
        for part in bundle::parts(&record.files, &record.pages) {
            let Some(file) = record.files.iter().find(|file| file.id == part.file()) else {
                continue;
            };
            if file.facts.kind != FaxFileKind::Text {
                continue;
            }
            let content = self.documents.read(&file.facts.file).await?;
            let missing = pdf::unwritable(&pdf::words_of(&content), pdf::Font::Typewriter);
            if missing.is_empty() {
                continue;
            }
            let (name, missing) = (&file.facts.file_name, named(&missing));
            let words = match part {
                Part::Made { .. } => format!(
                    "“{name}” has {missing}, which cannot be printed; a question mark stands there instead. Save it as a PDF to \
                     have it printed as it is."
                ),
                Part::AsDropped(_) => format!(
                    "“{name}” has {missing}, which cannot be shown here. RingCentral prints this text itself and may not have \
                     it either: save it as a PDF to be sure."
                ),
            };
            hints.push(FaxHint { page: None, words });
        }
        Ok(hints)
    }
}

fn named(letters: &[char]) -> String {
    let named: Vec<String> = letters.iter().map(|letter| format!("“{letter}”")).collect();
    named.join(", ")
}

/// What is not there yet.
pub(super) fn missing(record: &FaxDraftRecord) -> Vec<String> {
    let mut missing = Vec::new();
    if record.to.is_empty() {
        missing.push("Nobody is named yet. Add a recipient.".to_owned());
    }
    if record.pages.is_empty() && record.files.iter().all(|file| file.facts.fault.is_none()) {
        missing.push(if record.cover.sheet == CoverSheet::None {
            "There is nothing to send yet. Add a file.".to_owned()
        } else {
            "There are no pages behind the cover sheet yet. Add a file.".to_owned()
        });
    }
    missing
}

/// Bytes that leave: files as they are; of what is made of some of their pages a share is expected.
fn size(record: &FaxDraftRecord) -> u64 {
    bundle::parts(&record.files, &record.pages)
        .iter()
        .filter_map(|part| {
            let file = record.files.iter().find(|file| file.id == part.file())?;
            Some(match part {
                Part::AsDropped(_) => file.facts.size_bytes,
                Part::Made { pages, .. } => share(file, pages.len()),
            })
        })
        .fold(0, u64::saturating_add)
}

fn share(file: &FaxFileRecord, pages: usize) -> u64 {
    let pages = u64::try_from(pages).unwrap_or(u64::MAX);
    let of = u64::from(file.facts.shown_pages()).max(1);
    file.facts.size_bytes.saturating_mul(pages.min(of)).div_ceil(of)
}

fn hints_of_files(record: &FaxDraftRecord) -> Vec<FaxHint> {
    let used = |file: &&FaxFileRecord| record.pages.iter().any(|choice| choice.file == file.id);
    record
        .files
        .iter()
        .filter(used)
        .filter(|file| !file_names::is_allowed(&file.facts.file_name))
        .map(|file| {
            let name = &file.facts.file_name;
            let sent = file_names::as_sent(name, &file.facts.content_type);
            FaxHint {
                page: None,
                words: format!(
                    "“{name}” is sent as “{sent}”: RingCentral allows no & @ # $ % ^ * in names of files."
                ),
            }
        })
        .collect()
}

fn hints_of_pages(looks: &[Option<Look>], resolution: FaxResolution) -> Vec<FaxHint> {
    let mut hints = Vec::new();
    for (page, look) in (0_u32..).zip(looks) {
        let Some(look) = look else { continue };
        let mut hint = |words: &str| {
            hints.push(FaxHint {
                page: Some(page),
                words: words.to_owned(),
            });
        };
        if look.is_blank {
            hint("This page is empty.");
            continue;
        }
        if look.is_tiny {
            hint(match resolution {
                FaxResolution::High => "The print is very small and may not be legible after faxing.",
                FaxResolution::Low => {
                    "The print is very small. Send it in high resolution, or it will not be legible."
                }
            });
        }
        if look.is_colourful {
            hint("Colours and photographs become black and white dots, and take long to send.");
        }
        if look.is_dark {
            hint("Much of this page is dark: it takes long to send, and may arrive hard to read.");
        }
    }
    hints
}

/// How long the line will be busy for one recipient. A page that was not looked at counts as words.
fn minutes(page_count: u32, looks: &[Option<Look>], resolution: FaxResolution) -> (u32, u32) {
    let graphic = looks.iter().flatten().filter(|look| look.is_graphic).count();
    let graphic = u32::try_from(graphic).unwrap_or(u32::MAX).min(page_count);
    let words = page_count.saturating_sub(graphic);
    let seconds = |of_words: u32, of_graphic: u32| {
        let all = words
            .saturating_mul(of_words)
            .saturating_add(graphic.saturating_mul(of_graphic));
        match resolution {
            FaxResolution::High => all,
            FaxResolution::Low => all / 2,
        }
    };
    let minutes = |seconds: u32| seconds.div_ceil(60).max(1);
    (
        minutes(seconds(WORDS_SECONDS.0, GRAPHIC_SECONDS.0)),
        minutes(seconds(WORDS_SECONDS.1, GRAPHIC_SECONDS.1)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_words_is_about_a_minute_and_one_of_pictures_several() {
        assert_eq!(minutes(1, &[None], FaxResolution::High), (1, 2));
        assert_eq!(minutes(10, &[None; 10], FaxResolution::High), (7, 13));
        assert_eq!(minutes(10, &[None; 10], FaxResolution::Low), (4, 7));
        let photo = Some(Look {
            is_graphic: true,
            ..Look::default()
        });
        assert_eq!(minutes(1, &[photo], FaxResolution::High), (3, 6));
    }
}

//! Faxes as files for other programs: as they were received, as PDF, as fax machines write them, as pictures. Nothing is ever
//! overwritten, and nothing is drawn anew that can be kept as it is.

mod fax_tiff;

use super::{Faxes, Opened};
use crate::attachments::{AttachmentError, file_name, write_new};
use crate::error::CoreError;
use crate::fax;
use crate::fax::PdfPart;
use crate::store::StoredFax;
use domain::attachment::{AttachmentKind, FaxPage};
use domain::communication::Direction;
use domain::fax::FaxFormat;
use domain::ids::{AttachmentId, CommunicationId};
use fax_tiff::FaxTiff;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ringcentral::{Client, Priority};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

const NOT_SAVED: &str = "The fax could not be saved in the download folder.";
const NOT_BOUND: &str = "A document of this fax cannot be made into another PDF. Save it as it was received.";
/// As fine as RingCentral sends a fax.
const DOTS_PER_INCH: u32 = 200;
const POINTS_PER_INCH: u32 = 72;
/// After so many folders of one name something else is wrong.
const MOST_COPIES: u32 = 999;

type Turned = HashMap<(AttachmentId, u32), u8>;

impl Faxes {
    /// Saves a fax under the other side's name and the day: one file, or a folder where there have to be several.
    ///
    /// # Errors
    /// As [`Self::open`]; [`CoreError::Store`] when the folder cannot be written or a document cannot be read.
    pub async fn save(
        &self,
        client: Option<&Client>,
        id: CommunicationId,
        format: FaxFormat,
        downloads: &Path,
    ) -> Result<PathBuf, CoreError> {
        let held = self.store.fax(id).await?;
        let item = self.store.communication(id).await?;
        let turned = self.store.turned_pages(id).await?;
        tokio::fs::create_dir_all(downloads).await.map_err(not_saved)?;
        let name = name(
            &item.party.label,
            held.direction,
            item.occurred_at,
            &TimeZone::system(),
        );
        let target = Target {
            downloads,
            name,
            occurred_at: item.occurred_at,
        };
        match format {
            FaxFormat::AsReceived => self.save_as_received(client, &held, &target).await,
            FaxFormat::Pdf => {
                let opened = self.all_opened(client, &held).await?;
                target.file("pdf", &self.pdf_of(&opened, &turned).await?).await
            }
            FaxFormat::Tiff => {
                let opened = self.all_opened(client, &held).await?;
                target.file("tiff", &tiff_of(&opened, &turned).await?).await
            }
            FaxFormat::Png => {
                let opened = self.all_opened(client, &held).await?;
                save_pictures(&opened, &turned, &target).await
            }
        }
    }

    async fn save_as_received(
        &self,
        client: Option<&Client>,
        held: &StoredFax,
        target: &Target<'_>,
    ) -> Result<PathBuf, CoreError> {
        let mut documents = Vec::with_capacity(held.documents.len());
        for one in &held.documents {
            let (_, path) = self
                .attachments
                .fetched(client, one.attachment, Priority::Interactive)
                .await?;
            documents.push(tokio::fs::read(&path).await.map_err(not_saved)?);
        }
        match documents.as_slice() {
            [] => Err(CoreError::NotFound {
                what: "The document of this fax",
            }),
            [one] => target.file(ending(one), one).await,
            several => {
                let folder = target.folder().await?;
                for (number, one) in (1..).zip(several) {
                    let name = format!("Document {number}.{}", ending(one));
                    write_new(&folder, &name, one).await.map_err(not_saved)?;
                }
                Ok(folder)
            }
        }
    }

    async fn pdf_of(&self, opened: &[Opened], turned: &Turned) -> Result<Vec<u8>, CoreError> {
        let mut parts = Vec::with_capacity(opened.len());
        for one in opened {
            let (_, path) = self
                .attachments
                .fetched(None, one.attachment, Priority::Interactive)
                .await?;
            let content = tokio::fs::read(&path).await.map_err(not_saved)?;
            let chosen: Vec<fax::Turned> = pages(one)
                .map(|(index, _)| fax::Turned {
                    index,
                    quarter_turns: turns(turned, one, index),
                })
                .collect();
            if ending(&content) == "pdf" {
                if opened.len() == 1 && chosen.iter().all(|page| page.quarter_turns == 0) {
                    return Ok(content);
                }
                parts.push(PdfPart::Pages { pdf: content, chosen });
            } else {
                for ((index, size), page) in pages(one).zip(chosen) {
                    parts.push(PdfPart::Picture {
                        png: fax::draw_own(&one.document, index).await?,
                        size,
                        quarter_turns: page.quarter_turns,
                    });
                }
            }
        }
        fax::make_pdf(parts)
            .await
            .map_err(|error| CoreError::store(NOT_BOUND, error))
    }
}

/// Where something is saved.
struct Target<'a> {
    downloads: &'a Path,
    name: String,
    occurred_at: Timestamp,
}

impl Target<'_> {
    async fn file(&self, ending: &str, content: &[u8]) -> Result<PathBuf, CoreError> {
        let name = self.safe(&format!("{}.{ending}", self.name));
        write_new(self.downloads, &name, content).await.map_err(not_saved)
    }

    /// A folder that did not exist before.
    async fn folder(&self) -> Result<PathBuf, CoreError> {
        let name = self.safe(&format!("{}.pdf", self.name));
        let name = name.strip_suffix(".pdf").unwrap_or(&name);
        for copy in 1..=MOST_COPIES {
            let path = if copy == 1 {
                self.downloads.join(name)
            } else {
                self.downloads.join(format!("{name} ({copy})"))
            };
            match tokio::fs::create_dir(&path).await {
                Ok(()) => return Ok(path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(not_saved(error)),
            }
        }
        Err(not_saved(io::Error::from(io::ErrorKind::AlreadyExists)))
    }

    fn safe(&self, name: &str) -> String {
        file_name::safe(
            Some(name),
            AttachmentKind::FaxDocument,
            "application/pdf",
            self.occurred_at,
        )
    }
}

async fn tiff_of(opened: &[Opened], turned: &Turned) -> Result<Vec<u8>, CoreError> {
    let mut file = FaxTiff::new();
    for one in opened {
        for (index, size) in pages(one) {
            let turns = turns(turned, one, index);
            let (width, height) = fax_tiff::dots(turned_size(size, turns));
            // It is drawn as it came and turned afterwards.
            let (across, down) = if turns.is_multiple_of(2) {
                (width, height)
            } else {
                (height, width)
            };
            let picture = fax::draw_dots(&one.document, index, across, down).await?;
            file = aside(move || {
                let page = fax::black_and_white(&picture, turns)?;
                file.add(&page)?;
                Ok(file)
            })
            .await?;
        }
    }
    aside(move || file.finish()).await
}

async fn save_pictures(
    opened: &[Opened],
    turned: &Turned,
    target: &Target<'_>,
) -> Result<PathBuf, CoreError> {
    let mut number = 0_u32;
    let folder = target.folder().await?;
    for one in opened {
        for (index, size) in pages(one) {
            number += 1;
            let width = size.width.saturating_mul(DOTS_PER_INCH) / POINTS_PER_INCH;
            let picture = fax::draw_page(&one.document, index, width).await?;
            let turns = turns(turned, one, index);
            let picture = aside(move || Ok(fax::turned(picture, turns)?)).await?;
            let name = format!("Page {number:03}.png");
            write_new(&folder, &name, &picture).await.map_err(not_saved)?;
        }
    }
    Ok(folder)
}

fn pages(opened: &Opened) -> impl Iterator<Item = (u32, FaxPage)> + '_ {
    (0..).zip(opened.pages.iter().copied())
}

fn turns(turned: &Turned, opened: &Opened, index: u32) -> u8 {
    turned.get(&(opened.attachment, index)).copied().unwrap_or(0)
}

fn turned_size(size: FaxPage, quarter_turns: u8) -> FaxPage {
    if quarter_turns.is_multiple_of(2) {
        size
    } else {
        FaxPage {
            width: size.height,
            height: size.width,
        }
    }
}

/// `Fax from Dana Whitaker 2026-11-24 14.05`
fn name(label: &str, direction: Direction, occurred_at: Timestamp, zone: &TimeZone) -> String {
    let when = occurred_at.to_zoned(zone.clone());
    let whence = match direction {
        Direction::Inbound => "from",
        Direction::Outbound => "to",
    };
    format!("Fax {whence} {label} {}", when.strftime("%Y-%m-%d %H.%M"))
}

/// What it is, whatever it was called.
fn ending(content: &[u8]) -> &'static str {
    match content {
        [b'I', b'I', ..] | [b'M', b'M', ..] => "tiff",
        _ => "pdf",
    }
}

fn not_saved(error: io::Error) -> CoreError {
    AttachmentError::disk(NOT_SAVED, error).into()
}

/// Runs on a thread that may be busy, and may fail in any way without harm.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CoreError> + Send + 'static,
) -> Result<T, CoreError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| CoreError::internal("saving a fax", error))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_fax_is_named_after_the_other_side_and_its_day() {
        let at: Timestamp = "2026-11-24T22:05:09Z".parse().unwrap();
        let zone = TimeZone::fixed(jiff::tz::offset(-8));
        let named = |label: &str, direction| {
            let target = Target {
                downloads: Path::new(""),
                name: name(label, direction, at, &zone),
                occurred_at: at,
            };
            target.safe(&format!("{}.pdf", target.name))
        };
        assert_eq!(
            named("Dana Whitaker", Direction::Inbound),
            "Fax from Dana Whitaker 2026-11-24 14.05.pdf"
        );
        assert_eq!(
            named("(415) 555-0100", Direction::Outbound),
            "Fax to (415) 555-0100 2026-11-24 14.05.pdf"
        );
        let hostile = named("../../evil\\name: *", Direction::Inbound);
        assert!(!hostile.contains(['/', '\\', ':', '*']), "{hostile}");
    }
}

//! Drafts: begun, changed, and shown as the window wants them.

use super::documents::Source;
use super::pdf::LETTER;
use super::{FaxDesk, recipients};
use crate::error::CoreError;
use crate::store::{FaxDraftRecord, FaxFileRecord};
use domain::attachment::{AttachmentKind, FaxPage};
use domain::communication::{Body, Communication};
use domain::fax::{
    Cover, DraftPage, FaxDraft, FaxFile, FaxOptions, FaxResolution, MOST_NOTE_CHARS, PageChoice,
};
use domain::ids::{CommunicationId, FaxDraftId, FaxFileId};
use jiff::Timestamp;
use ringcentral::{Client, Priority};
use std::path::PathBuf;

/// Files of one fax; RingCentral sends no more pages.
const MOST_FILES: usize = 200;
/// More places for pages than can be sent, so that nothing is lost while somebody chooses.
const MOST_CHOSEN: usize = 1_000;
const MOST_LISTED: u32 = 50;
const LONGEST_SUBJECT: usize = 200;

/// What a fax begins with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beginning {
    /// Numbers, however they are written.
    pub to: Vec<String>,
    /// To the other side of this item.
    pub reply_to: Option<CommunicationId>,
    /// With the pages of this fax.
    pub forward: Option<CommunicationId>,
}

impl FaxDesk {
    /// What can be chosen.
    ///
    /// # Errors
    /// None at present; what cannot be found out is left open.
    pub async fn options(&self, client: Option<&Client>) -> Result<FaxOptions, CoreError> {
        Ok(FaxOptions {
            cover_sheets: self.cover_sheets(client).await,
            blocked: self.blocked(client).await,
        })
    }

    /// Begins a fax.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when a number is none or an item cannot be answered or forwarded by fax, [`CoreError::NotFound`],
    /// and the errors of the server when the pages that are to be forwarded have to be fetched.
    pub async fn begin(&self, client: Option<&Client>, beginning: &Beginning) -> Result<FaxDraft, CoreError> {
        let mut to = recipients::read(&self.store, &beginning.to)?;
        if let Some(item) = beginning.reply_to {
            let number = self.store.communication(item).await?.party.number;
            let number = number.and_then(|number| number.e164).ok_or_else(|| {
                CoreError::Invalid("There is no number here that a fax could be sent to.".to_owned())
            })?;
            if !to.contains(&number) {
                to.push(number);
            }
        }
        let forwarded = match beginning.forward {
            Some(item) => Some(self.forwarded(client, item).await?),
            None => None,
        };
        let _held = self.documents.hold().await;
        let original = forwarded.as_ref().and_then(|one| one.remote_id.as_deref());
        let id = self.store.begin_fax(&to, original).await?;
        for source in forwarded.iter().flat_map(|one| &one.documents) {
            let file = self.documents.copy(source).await?;
            self.store.add_fax_file(id, &file).await?;
        }
        self.draft(id).await
    }

    /// One that was begun.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when it was sent or thrown away; so for all that follow.
    pub async fn draft(&self, id: FaxDraftId) -> Result<FaxDraft, CoreError> {
        let record = self.open_record(id).await?;
        self.shown_draft(record).await
    }

    /// Those that were begun, the one that was changed last first.
    ///
    /// # Errors
    /// [`CoreError::Store`].
    pub async fn drafts(&self) -> Result<Vec<FaxDraft>, CoreError> {
        let mut drafts = Vec::new();
        for record in self.store.open_fax_drafts(MOST_LISTED).await? {
            drafts.push(self.shown_draft(record).await?);
        }
        Ok(drafts)
    }

    /// Adds files of this computer. One that cannot be sent is added with the reason.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for too many files, [`CoreError::Store`] when they cannot be kept.
    pub async fn add_files(&self, id: FaxDraftId, files: Vec<PathBuf>) -> Result<FaxDraft, CoreError> {
        let held = self.open_record(id).await?.files.len();
        if held.saturating_add(files.len()) > MOST_FILES {
            return Err(CoreError::Invalid(format!(
                "A fax can have {MOST_FILES} files at most. Send the others as another fax."
            )));
        }
        for path in files {
            let _held = self.documents.hold().await;
            let source = Source {
                path,
                name: None,
                is_original: false,
            };
            let file = self.documents.copy(&source).await?;
            self.store.add_fax_file(id, &file).await?;
        }
        self.draft(id).await
    }

    /// Takes a file away with its pages.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub async fn remove_file(&self, id: FaxDraftId, file: FaxFileId) -> Result<FaxDraft, CoreError> {
        self.store.remove_fax_file(id, file).await?;
        self.draft(id).await
    }

    /// Whom it goes to.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] naming the one that is no number; nothing is changed then.
    pub async fn set_recipients(&self, id: FaxDraftId, to: &[String]) -> Result<FaxDraft, CoreError> {
        let to = recipients::read(&self.store, to)?;
        self.store.set_fax_recipients(id, &to).await?;
        self.draft(id).await
    }

    /// Which pages go, in which order.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for pages that are not there.
    pub async fn set_pages(&self, id: FaxDraftId, pages: &[PageChoice]) -> Result<FaxDraft, CoreError> {
        let record = self.open_record(id).await?;
        let is_there = |choice: &PageChoice| {
            record
                .files
                .iter()
                .any(|file| file.id == choice.file && choice.index < file.facts.shown_pages())
        };
        if pages.len() > MOST_CHOSEN || !pages.iter().all(is_there) {
            return Err(CoreError::Invalid(
                "Some of these pages are not here any more. Look at the fax again.".to_owned(),
            ));
        }
        let pages: Vec<PageChoice> = pages
            .iter()
            .map(|choice| PageChoice {
                quarter_turns: choice.quarter_turns % 4,
                ..*choice
            })
            .collect();
        self.store.set_fax_pages(id, &pages).await?;
        self.draft(id).await
    }

    /// The first page.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when the note or the subject is too long.
    pub async fn set_cover(&self, id: FaxDraftId, cover: &Cover) -> Result<FaxDraft, CoreError> {
        let letters = cover.note.encode_utf16().count();
        if letters > MOST_NOTE_CHARS {
            return Err(CoreError::Invalid(format!(
                "The note has {letters} characters; RingCentral takes {MOST_NOTE_CHARS}. Shorten it."
            )));
        }
        if cover.subject.chars().count() > LONGEST_SUBJECT {
            return Err(CoreError::Invalid(format!(
                "The subject is longer than {LONGEST_SUBJECT} characters. Shorten it."
            )));
        }
        self.store.set_fax_cover(id, cover).await?;
        self.draft(id).await
    }

    /// How and when it is sent.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for a time that has passed.
    pub async fn set_sending(
        &self,
        id: FaxDraftId,
        resolution: FaxResolution,
        send_at: Option<Timestamp>,
    ) -> Result<FaxDraft, CoreError> {
        if send_at.is_some_and(|at| at <= self.store.clock().now()) {
            return Err(CoreError::Invalid(
                "That time has passed already. Choose a later one, or send it now.".to_owned(),
            ));
        }
        self.store.set_fax_sending(id, resolution, send_at).await?;
        self.draft(id).await
    }

    /// Throws it away.
    ///
    /// # Errors
    /// As [`Self::draft`].
    pub async fn discard_draft(&self, id: FaxDraftId) -> Result<(), CoreError> {
        self.store.discard_fax_draft(id).await?;
        self.sweep().await
    }

    /// A page of a file as PNG, not turned.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for one that only RingCentral can draw.
    pub async fn draw_page(
        &self,
        id: FaxDraftId,
        file: FaxFileId,
        index: u32,
        width_px: u32,
    ) -> Result<Vec<u8>, CoreError> {
        let record = self.store.fax_draft(id).await?;
        let file = record.files.into_iter().find(|one| one.id == file);
        let file = file.ok_or(CoreError::NotFound { what: "This file" })?;
        self.documents.draw(&file, index, width_px).await
    }

    pub(super) async fn open_record(&self, id: FaxDraftId) -> Result<FaxDraftRecord, CoreError> {
        let record = self.store.fax_draft(id).await?;
        match record.sent_as {
            None => Ok(record),
            Some(_) => Err(CoreError::NotFound { what: "This draft" }),
        }
    }

    pub(super) async fn shown_draft(&self, record: FaxDraftRecord) -> Result<FaxDraft, CoreError> {
        let mut to = Vec::with_capacity(record.to.len());
        for number in &record.to {
            to.push(recipients::recipient(&self.store, number).await?);
        }
        let pages = record
            .pages
            .iter()
            .map(|choice| DraftPage {
                file: choice.file,
                index: choice.index,
                size: size_of(&record.files, choice),
                quarter_turns: choice.quarter_turns,
            })
            .collect();
        Ok(FaxDraft {
            id: record.id,
            to,
            files: record.files.iter().map(shown_file).collect(),
            pages,
            cover: record.cover,
            resolution: record.resolution,
            send_at: record.send_at,
        })
    }

    /// The documents of a fax that came in or was sent, fetched where that is needed.
    async fn forwarded(
        &self,
        client: Option<&Client>,
        item: CommunicationId,
    ) -> Result<Forwarded, CoreError> {
        let held: Communication = self.store.communication(item).await?;
        if !matches!(held.body, Body::Fax { .. }) {
            return Err(CoreError::Invalid("Only faxes can be sent on by fax.".to_owned()));
        }
        let mut documents = Vec::new();
        for attachment in &held.attachments {
            if attachment.kind != AttachmentKind::FaxDocument {
                continue;
            }
            let fetched = self
                .attachments
                .fetched(client, attachment.id, Priority::Interactive)
                .await?;
            documents.push(Source {
                path: fetched.1,
                name: Some(attachment.file_name.clone()),
                is_original: true,
            });
        }
        if documents.is_empty() {
            return Err(CoreError::Invalid(
                "There are no pages here to be sent on.".to_owned(),
            ));
        }
        Ok(Forwarded {
            remote_id: self.store.fax_there(item).await?,
            documents,
        })
    }
}

struct Forwarded {
    /// The message, while RingCentral has it.
    remote_id: Option<String>,
    documents: Vec<Source>,
}

fn size_of(files: &[FaxFileRecord], choice: &PageChoice) -> FaxPage {
    let index = usize::try_from(choice.index).unwrap_or(usize::MAX);
    files
        .iter()
        .find(|file| file.id == choice.file)
        .and_then(|file| file.facts.pages.as_ref()?.get(index).copied())
        .unwrap_or(LETTER)
}

fn shown_file(file: &FaxFileRecord) -> FaxFile {
    let facts = &file.facts;
    FaxFile {
        id: file.id,
        file_name: facts.file_name.clone(),
        content_type: facts.content_type.clone(),
        size_bytes: facts.size_bytes,
        kind: facts.kind,
        page_count: facts
            .pages
            .as_ref()
            .map(|pages| u32::try_from(pages.len()).unwrap_or(u32::MAX)),
        fault: facts.fault.clone(),
    }
}

//! From a draft to a row of the outbox, and back while there is time; and what can be done about faxes that RingCentral has.

use super::bundle::{self, Part};
use super::check::missing;
use super::cover::{self, CoverFacts};
use super::documents::away;
use super::{FaxDesk, error_words, file_names, recipients};
use crate::error::CoreError;
use crate::fax;
use crate::store::{FaxDraftRecord, FaxJob, FaxJobRecipient, Job, JobFile, NewJob};
use domain::fax::{CoverSheet, FaxDraft, FaxResolution, MOST_BYTES, MOST_PAGES};
use domain::ids::{CommunicationId, FaxDraftId, OutgoingId};
use domain::ipc::texting::Written;
use domain::outgoing::{OutgoingState, TAKE_BACK_SECONDS};
use domain::phone_number::E164;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ringcentral::Client;

/// Longest name that is printed on RingCentral's cover sheet.
const LONGEST_NAME: usize = 64;

impl FaxDesk {
    /// Sends a fax: it is no draft any more, and leaves after a moment in which it can be taken back.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when it cannot be sent as it is; the draft stays then. [`CoreError::Store`].
    pub async fn send(&self, client: Option<&Client>, id: FaxDraftId) -> Result<Written, CoreError> {
        let record = self.open_record(id).await?;
        let mut problems = missing(&record);
        problems.extend(self.problems(&record).await?);
        problems.extend(self.blocked(client).await);
        if !problems.is_empty() {
            return Err(CoreError::Invalid(problems.join(" ")));
        }
        let _held = self.documents.hold().await;
        let job = self.job(&record).await?;
        let leaves_at = self.leaves_at();
        let row = self
            .store
            .send_fax_draft(id, &NewJob::for_person(Job::Fax(job), leaves_at))
            .await?;
        Ok(Written { id: row, leaves_at })
    }

    /// Takes a fax back that has not begun to leave.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it has.
    pub async fn take_back(&self, id: OutgoingId) -> Result<FaxDraft, CoreError> {
        // What was made of it is asked for first: a row that no draft belongs to is not ours to cancel.
        self.store.fax_draft_of(id).await?.ok_or(CoreError::TooLate)?;
        self.store.cancel_job(id).await?.ok_or(CoreError::TooLate)?;
        self.draft_again(id).await
    }

    /// Stops an upload. What has left already is looked for.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when none is under way.
    pub fn cancel_upload(&self, id: OutgoingId) -> Result<(), CoreError> {
        if self.uploads.stop(id) {
            Ok(())
        } else {
            Err(CoreError::TooLate)
        }
    }

    /// Sends a failed fax again as it is. One that RingCentral has is not uploaded again.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not failed any more, [`CoreError::Invalid`] when that cannot help.
    pub async fn retry(&self, id: OutgoingId) -> Result<Written, CoreError> {
        let row = self.store.job(id).await?;
        if let (Some(remote_id), OutgoingState::Failed { .. }) = (&row.remote_id, &row.state)
            && let Some(item) = self.store.message_of_job(remote_id).await?
        {
            return self.resend(item).await;
        }
        let again = self.store.retry_job(id).await?;
        if again != id {
            self.store.hand_fax_draft_on(id, again).await?;
        }
        Ok(Written {
            id: again,
            leaves_at: self.store.clock().now(),
        })
    }

    /// Makes a failed fax a draft again.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not failed any more, [`CoreError::Invalid`] when nothing of it is here to be changed.
    pub async fn edit(&self, id: OutgoingId) -> Result<FaxDraft, CoreError> {
        let row = self.store.job(id).await?;
        if !matches!(row.state, OutgoingState::Failed { .. }) {
            return Err(CoreError::TooLate);
        }
        if self.store.fax_draft_of(id).await?.is_none() {
            return Err(CoreError::Invalid(
                "This fax was sent on from RingCentral, so there is nothing here to change. Begin a new one."
                    .to_owned(),
            ));
        }
        self.store.dismiss_job(id).await?.ok_or(CoreError::TooLate)?;
        self.draft_again(id).await
    }

    /// Puts a failed or unknown fax away. An unknown one is not sent again then.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is neither any more.
    pub async fn discard(&self, id: OutgoingId) -> Result<(), CoreError> {
        self.store
            .dismiss_job(id)
            .await?
            .map(|_| ())
            .ok_or(CoreError::TooLate)
    }

    /// Takes [`Self::discard`] back.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it was found out meanwhile what became of it.
    pub async fn restore(&self, id: OutgoingId) -> Result<(), CoreError> {
        Ok(self.store.restore_job(id).await?)
    }

    /// Has RingCentral send a fax again to those whom it did not reach, without uploading it.
    ///
    /// # Errors
    /// [`CoreError::NotFound`]; [`CoreError::Invalid`] with the advice when sending it again cannot help.
    pub async fn resend(&self, item: CommunicationId) -> Result<Written, CoreError> {
        let sent = self.store.sent_fax(item).await?;
        if sent.is_gone {
            return Err(CoreError::Invalid(
                "RingCentral does not have this fax any more. Send its pages as a new one.".to_owned(),
            ));
        }
        let mut advice = None;
        let mut to: Vec<E164> = Vec::new();
        if sent.recipients.is_empty() && sent.is_failed {
            to.extend(sent.party);
        }
        for recipient in sent.recipients {
            let meaning = error_words::outcome(recipient.status.as_deref(), recipient.error_code.as_deref());
            if meaning.can_resend {
                to.extend(recipient.e164.filter(|number| !to.contains(number)));
            } else if !meaning.advice.is_empty() {
                advice = Some(meaning.advice);
            }
        }
        if to.is_empty() {
            return Err(CoreError::Invalid(advice.unwrap_or_else(|| {
                "It has not failed at anybody, so there is nothing to send again.".to_owned()
            })));
        }
        let row = self.store.job_of_message(item).await?;
        let named = match row {
            Some(row) => Some(self.store.job(row).await?),
            None => None,
        };
        let earlier = named.and_then(|row| match row.job {
            Job::Fax(fax) => Some(fax),
            _ => None,
        });
        let job = FaxJob {
            to: self.named(&to).await?,
            title: earlier
                .as_ref()
                .map_or_else(|| "Fax sent again".to_owned(), |fax| fax.title.clone()),
            resolution: earlier
                .as_ref()
                .map_or(FaxResolution::default(), |fax| fax.resolution),
            cover_index: 0,
            cover_note: None,
            send_at: None,
            files: Vec::new(),
            original: Some(sent.remote_id.clone()),
            page_count: earlier.and_then(|fax| fax.page_count),
        };
        // Whoever presses the button twice wants it once.
        if let Some(open) = self.store.open_resend(&job.lane(), &sent.remote_id).await? {
            return Ok(Written {
                id: open,
                leaves_at: self.store.clock().now(),
            });
        }
        let leaves_at = self.store.clock().now();
        let rows = self
            .store
            .enqueue(&[NewJob::for_person(Job::Fax(job), leaves_at)])
            .await?;
        let id = rows.into_iter().next().ok_or(CoreError::TooLate)?;
        if let Some(row) = row {
            // The failed one is dealt with; should it have been put away already, that is just as well.
            self.store.dismiss_job(row).await?;
        }
        Ok(Written { id, leaves_at })
    }

    /// Calls a fax back that RingCentral would send later: it is deleted there, and only it.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it is not queued there any more, [`CoreError::NotFound`].
    pub async fn call_back(&self, item: CommunicationId) -> Result<(), CoreError> {
        let sent = self.store.sent_fax(item).await?;
        if !sent.is_queued || sent.is_gone {
            return Err(CoreError::TooLate);
        }
        Ok(self.store.call_fax_back(item).await?)
    }

    /// The cover sheet as PNG: ours as it is sent, RingCentral's as a sketch.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when none is chosen.
    pub async fn draw_cover(
        &self,
        client: Option<&Client>,
        id: FaxDraftId,
        width_px: u32,
    ) -> Result<Vec<u8>, CoreError> {
        let record = self.store.fax_draft(id).await?;
        let facts = self.cover_facts(&record).await?;
        let made = match record.cover.sheet {
            CoverSheet::None => {
                return Err(CoreError::Invalid(
                    "This fax goes without a cover sheet.".to_owned(),
                ));
            }
            CoverSheet::Own => away(move || cover::own(&facts)).await?,
            CoverSheet::RingCentral { index } => {
                let sheets = self.cover_sheets(client).await;
                let name = sheets
                    .into_iter()
                    .find(|sheet| sheet.index == index)
                    .map_or_else(|| format!("Cover sheet {index}"), |sheet| sheet.name);
                away(move || cover::sketch(&facts, &name)).await?
            }
        };
        fax::draw(made, 0, width_px).await
    }

    pub(super) async fn cover_facts(&self, record: &FaxDraftRecord) -> Result<CoverFacts, CoreError> {
        let mut to = Vec::with_capacity(record.to.len());
        for number in &record.to {
            let one = recipients::recipient(&self.store, number).await?;
            let company = one
                .contact
                .as_ref()
                .and_then(|contact| contact.company.clone())
                .filter(|company| *company != one.label);
            let parts = [
                Some(one.label.clone()),
                company,
                (one.label != one.number.formatted).then(|| one.number.formatted.clone()),
            ];
            to.push(parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        }
        let is_known = record.pages.iter().all(|choice| {
            record
                .files
                .iter()
                .any(|file| file.id == choice.file && file.facts.pages.is_some())
        });
        let sender = &self.sender;
        let from = [Some(sender.name.clone()), sender.direct_number.clone()];
        Ok(CoverFacts {
            company: sender.company.clone(),
            from: from.into_iter().flatten().collect::<Vec<_>>().join(", "),
            to,
            date: date(record.send_at.unwrap_or_else(|| self.store.clock().now())),
            document_pages: is_known.then(|| u32::try_from(record.pages.len()).unwrap_or(u32::MAX)),
            subject: record.cover.subject.clone(),
            note: record.cover.note.clone(),
        })
    }

    /// What is to be sent, complete: nothing is looked up again when its turn comes.
    async fn job(&self, record: &FaxDraftRecord) -> Result<FaxJob, CoreError> {
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

    async fn named(&self, to: &[E164]) -> Result<Vec<FaxJobRecipient>, CoreError> {
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

    async fn draft_again(&self, row: OutgoingId) -> Result<FaxDraft, CoreError> {
        let id = self.store.fax_is_draft_again(row).await?;
        self.draft(id).await
    }

    fn leaves_at(&self) -> Timestamp {
        let now = self.store.clock().now();
        now.saturating_add(SignedDuration::from_secs(TAKE_BACK_SECONDS))
            .unwrap_or(now)
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

/// As it is written where this computer stands.
fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%B %-d, %Y").to_string()
}

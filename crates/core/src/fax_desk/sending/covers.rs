//! What stands on the cover sheet of a draft, and how it looks. Drawing it is the business of [`cover`].

use super::super::cover::{self, CoverFacts};
use super::super::documents::away;
use super::super::{FaxDesk, recipients};
use crate::error::CoreError;
use crate::fax;
use crate::store::FaxDraftRecord;
use domain::fax::CoverSheet;
use domain::ids::FaxDraftId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use ringcentral::Client;

impl FaxDesk {
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

    pub(in crate::fax_desk) async fn cover_facts(
        &self,
        record: &FaxDraftRecord,
    ) -> Result<CoverFacts, CoreError> {
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
}

/// As it is written where this computer stands.
fn date(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%B %-d, %Y").to_string()
}

//! The other side of a call or message before it is stored, and of one that is.

use super::facts::PartyFacts;
use super::rows::shown_number;
use super::words::NumberKind;
use super::{PartyRecord, Result, Store, StoreError};
use domain::ids::CommunicationId;
use domain::matching::NoMatchReason;
use domain::phone_number::{E164, PhoneNumber};

/// A party as far as its number tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownParty {
    /// As it is shown; `None` when withheld.
    pub number: Option<PhoneNumber>,
    /// What a contact can be matched by.
    pub e164: Option<E164>,
    /// One of our own extensions.
    pub extension: Option<String>,
    /// Why nobody is found, if nobody is.
    pub no_match: NoMatchReason,
}

impl Store {
    /// Understands what the vendor wrote about a party.
    pub fn known_party(&self, record: &PartyRecord) -> KnownParty {
        let plan = self.numbering();
        let facts = PartyFacts::of(record, plan);
        let e164 = facts.e164.as_deref().and_then(|e164| E164::new(e164).ok());
        let number = facts.number.as_deref();
        KnownParty {
            number: shown_number(
                plan,
                facts.kind,
                e164.as_ref(),
                number,
                facts.extension.as_deref(),
            ),
            e164,
            extension: facts.extension,
            no_match: match facts.kind {
                NumberKind::Number | NumberKind::Extension => NoMatchReason::UnknownNumber,
                NumberKind::Short => NoMatchReason::ShortNumber,
                NumberKind::Malformed => NoMatchReason::Malformed,
                NumberKind::Withheld => NoMatchReason::Withheld,
            },
        }
    }

    /// A number of the vendor's as it is shown; `None` when there is none or it is withheld.
    pub fn shown_number(&self, number: Option<&str>) -> Option<PhoneNumber> {
        let record = PartyRecord {
            number: number.map(str::to_owned),
            ..PartyRecord::default()
        };
        self.known_party(&record).number
    }

    /// The other side of a stored item, as the vendor wrote it.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when the item was deleted meanwhile.
    pub async fn party_record(&self, id: CommunicationId) -> Result<PartyRecord> {
        let row: Option<(Option<String>, Option<String>, Option<String>)> =
            sqlx::query_as("SELECT number, extension, caller_id_name FROM communications WHERE id = ?")
                .bind(id.0)
                .fetch_optional(self.readers())
                .await?;
        let (number, extension, name) = row.ok_or(StoreError::NotFound { what: "This item" })?;
        Ok(PartyRecord {
            number,
            extension,
            name,
        })
    }
}

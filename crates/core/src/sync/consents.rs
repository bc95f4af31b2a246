//! Who wants no texts any more, as RingCentral keeps it for the whole account: from words that people wrote elsewhere, and
//! from what others entered. What people wrote to us stands in their messages and needs no list.
//!
//! The list is read before anything is added to it: what was entered here must not overwrite a STOP of which we had not
//! heard yet.

mod upload;

use super::lane::{Lane, Next};
use super::{Sync, SyncError};
use crate::numbers::{NumberingPlan, ParsedNumber};
use crate::store::ListedConsent;
use domain::consent::ConsentState;
use domain::phone_number::E164;
use jiff::Timestamp;
use ringcentral::api::sms_consents::{ConsentFilter, ConsentRecord, ConsentSource, OptStatus};
use ringcentral::{Error, Priority};

/// Records that are asked for at once; the vendor allows so many.
const PER_PAGE: u32 = 1000;

impl Sync {
    pub(super) async fn consents_step(&self) -> Result<Next, SyncError> {
        let Some(listed) = self.listed_consents().await? else {
            return Ok(Lane::Consents.rest());
        };
        self.store().note_listed_consents(&listed).await?;
        // What was added is read once more: only then is it known as ours.
        Ok(if self.upload_consents().await? {
            Next::Again
        } else {
            Lane::Consents.rest()
        })
    }

    /// The whole list; `None` where there is none. Not every account has it, and not everybody may read it.
    async fn listed_consents(&self) -> Result<Option<Vec<ListedConsent>>, SyncError> {
        let now = self.now();
        let plan = self.store().numbering();
        let mut listed = Vec::new();
        for status in [OptStatus::OptOut, OptStatus::OptIn] {
            let mut which = ConsentFilter {
                status: Some(status),
                per_page: Some(PER_PAGE),
                ..ConsentFilter::default()
            };
            loop {
                let page = match self
                    .client()
                    .sms_consents()
                    .list(&which, Priority::Backfill)
                    .await
                {
                    Ok(page) => page,
                    Err(error) if has_no_list(&error) => return Ok(None),
                    Err(error) => return Err(error.into()),
                };
                listed.extend(
                    page.records
                        .iter()
                        .filter_map(|record| listed_consent(record, plan, now)),
                );
                // A server that names the same page again would keep us here for ever.
                if page.next_page_token.is_none() || page.next_page_token == which.page_token {
                    break;
                }
                which.page_token = page.next_page_token;
            }
        }
        Ok(Some(listed))
    }
}

fn has_no_list(error: &Error) -> bool {
    error.status() == Some(403) || error.is_not_found()
}

fn listed_consent(record: &ConsentRecord, plan: NumberingPlan, now: Timestamp) -> Option<ListedConsent> {
    Some(ListedConsent {
        sender: record.from.as_deref().and_then(|from| number(from, plan)),
        recipient: number(&record.to, plan)?,
        state: match record.opt_status {
            OptStatus::OptOut => ConsentState::OptedOut,
            OptStatus::OptIn => ConsentState::OptedIn,
            OptStatus::Unknown(_) => return None,
        },
        stated_at: record.last_modified_at.unwrap_or(now),
        is_from_app: record.source == Some(ConsentSource::Api),
    })
}

fn number(written: &str, plan: NumberingPlan) -> Option<E164> {
    match plan.parse(written) {
        ParsedNumber::Number { e164, .. } => Some(e164),
        ParsedNumber::Short(_) | ParsedNumber::Withheld | ParsedNumber::Malformed(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(record: serde_json::Value) -> Option<ListedConsent> {
        let record: ConsentRecord = serde_json::from_value(record).unwrap();
        listed_consent(&record, NumberingPlan::default(), Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_star_means_all_our_numbers_and_an_unknown_state_means_nothing() {
        let all =
            read(serde_json::json!({ "from": "*", "to": "15105550147", "optStatus": "OptOut" })).unwrap();
        assert_eq!((all.sender, all.recipient.as_str()), (None, "+15105550147"));
        let pair =
            read(serde_json::json!({ "from": "+15105550100", "to": "+15105550147", "optStatus": "OptIn" }));
        assert!(pair.unwrap().sender.is_some());
        assert_eq!(
            read(serde_json::json!({ "to": "+15105550147", "optStatus": "Perhaps" })),
            None
        );
    }
}

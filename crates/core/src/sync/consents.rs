//! Who wants no texts any more, as RingCentral keeps it for the whole account: from words that people wrote elsewhere, and
//! from what others entered. What people wrote to us stands in their messages and needs no list.

use super::lane::{Lane, Next};
use super::{Sync, SyncError};
use crate::numbers::{NumberingPlan, ParsedNumber};
use domain::consent::{Consent, ConsentSource, ConsentState};
use domain::phone_number::E164;
use jiff::Timestamp;
use ringcentral::api::sms_consents::{ConsentFilter, ConsentRecord, OptStatus};
use ringcentral::{Error, Priority};

/// Records that are asked for at once; the vendor allows so many.
const PER_PAGE: u32 = 1000;

impl Sync {
    pub(super) async fn consents_step(&self) -> Result<Next, SyncError> {
        let now = self.now();
        let mut consents = Vec::new();
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
                    // Not every account has the list, and not everybody may read it.
                    Err(Error::Forbidden { .. }) => return Ok(Lane::Consents.rest()),
                    Err(error) if error.is_not_found() => return Ok(Lane::Consents.rest()),
                    Err(error) => return Err(error.into()),
                };
                let plan = self.store().numbering();
                consents.extend(
                    page.records
                        .iter()
                        .filter_map(|record| consent(record, plan, now)),
                );
                // A server that names the same page again would keep us here for ever.
                if page.next_page_token.is_none() || page.next_page_token == which.page_token {
                    break;
                }
                which.page_token = page.next_page_token;
            }
        }
        self.store().note_consents(&consents).await?;
        Ok(Lane::Consents.rest())
    }
}

fn consent(record: &ConsentRecord, plan: NumberingPlan, now: Timestamp) -> Option<Consent> {
    Some(Consent {
        sender: record.from.as_deref().and_then(|from| number(from, plan)),
        recipient: number(&record.to, plan)?,
        state: match record.opt_status {
            OptStatus::OptOut => ConsentState::OptedOut,
            OptStatus::OptIn => ConsentState::OptedIn,
            OptStatus::Unknown(_) => return None,
        },
        source: ConsentSource::RingCentral,
        stated_at: record.last_modified_at.unwrap_or(now),
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

    fn read(record: serde_json::Value) -> Option<Consent> {
        let record: ConsentRecord = serde_json::from_value(record).unwrap();
        consent(&record, NumberingPlan::default(), Timestamp::UNIX_EPOCH)
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

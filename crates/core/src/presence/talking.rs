//! Whom a colleague is talking to, as far as the calls of a presence tell.
//!
//! Only answers and our own events carry calls; those of the account do not. Where a call is not shown, nobody is named.

use crate::matching;
use crate::store::{PartyRecord, Result, Store};
use domain::communication::Direction;
use domain::presence::TalkingTo;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::presence::{ActiveCall, TelephonyStatus};

/// Whether the call goes on. Ended ones linger for a while.
pub(super) fn is_live(call: &ActiveCall) -> bool {
    let has_status = !matches!(
        call.telephony_status,
        None | Some(TelephonyStatus::NoCall | TelephonyStatus::Unknown(_))
    );
    has_status && call.termination_type.is_none()
}

/// The calls of a presence with whoever is at the other end. `there` is the server's clock, by which calls began.
pub(super) async fn of_calls(
    store: &Store,
    calls: &[ActiveCall],
    now: Timestamp,
    there: Option<Timestamp>,
) -> Result<Vec<TalkingTo>> {
    let mut talking = Vec::new();
    for call in calls.iter().filter(|call| is_live(call)) {
        let (direction, number, name) = match call.direction {
            Some(ringcentral::api::Direction::Outbound) => (Direction::Outbound, &call.to, &call.to_name),
            _ => (Direction::Inbound, &call.from, &call.from_name),
        };
        let record = PartyRecord {
            number: number.clone(),
            extension: number.clone().filter(|number| is_extension(number)),
            name: name.clone(),
        };
        let age = there
            .zip(call.started_at)
            .map(|(there, began_at)| there.duration_since(began_at).max(SignedDuration::ZERO));
        talking.push(TalkingTo {
            party: matching::identify(store, &record).await?.party,
            direction,
            since: age.and_then(|age| now.checked_sub(age).ok()).unwrap_or(now),
            queue: None,
        });
    }
    Ok(talking)
}

/// Colleagues stand in presence with their short number.
fn is_extension(number: &str) -> bool {
    number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit())
}

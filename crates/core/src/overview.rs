//! The page one starts from: what is owed, who is free, what is going on, and what today is like beside other days.
//!
//! It puts together what others know. What is counted of a day is defined here, and nowhere else; the analysis of longer times is
//! not here.

mod day;

use crate::error::CoreError;
use crate::live_calls::LivePage;
use crate::presence::Presences;
use crate::store::{Store, Waiting};
use domain::communication::{Communication, Kind};
use domain::live_calls::{CompanyCallState, LiveCalls};
use domain::overview::{Heartbeat, LiveInShort, LostSoon, Overview, Owed, OwedKind};
use domain::presence::{Availability, Team};
use jiff::SignedDuration;
use jiff::tz::TimeZone;

/// So many of what waits are shown.
const SHOWN: usize = 3;

/// An account under HIPAA loses messages after so long (see [`crate::mailbox`]).
const KEPT_THERE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A loss is told of so long before.
const TOLD_BEFORE: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Puts the page together.
///
/// # Errors
/// Whatever the store says.
pub async fn overview(
    store: &Store,
    presences: &Presences,
    live: &LivePage,
    zone: &TimeZone,
) -> Result<Overview, CoreError> {
    Ok(Overview {
        owed: owed(store).await?,
        heartbeat: heartbeat(&presences.team().await?),
        live: in_short(&live.get().await?),
        day: day::figures(store, zone).await?,
        lost_soon: lost_soon(store).await?,
    })
}

async fn owed(store: &Store) -> Result<Vec<Owed>, CoreError> {
    let waiting = [
        (OwedKind::MissedCalls, store.waiting_calls(SHOWN).await?),
        (
            OwedKind::Voicemail,
            store.waiting_items(Kind::Voicemail, SHOWN).await?,
        ),
        (OwedKind::Texts, store.waiting_items(Kind::Text, SHOWN).await?),
        (OwedKind::Faxes, store.waiting_items(Kind::Fax, SHOWN).await?),
        (OwedKind::FailedSends, store.unsent().await?),
    ];
    let mut owed = Vec::new();
    for (kind, waiting) in waiting {
        if waiting.count > 0 {
            owed.push(Owed {
                kind,
                first: first(store, &waiting).await?,
                count: waiting.count,
                oldest_at: waiting.oldest_at,
            });
        }
    }
    Ok(owed)
}

/// Those that have waited longest first.
async fn first(store: &Store, waiting: &Waiting) -> Result<Vec<Communication>, CoreError> {
    if waiting.first.is_empty() {
        return Ok(Vec::new());
    }
    let mut items = store.communications_by_ids(&waiting.first).await?;
    items.sort_by_key(|item| (item.occurred_at, item.id));
    Ok(items)
}

fn heartbeat(team: &Team) -> Heartbeat {
    let mut heartbeat = Heartbeat {
        stale: team.stale.clone(),
        ..Heartbeat::default()
    };
    for presence in team.members.iter().filter_map(|member| member.presence.as_ref()) {
        let count = match presence.availability {
            Availability::Available => &mut heartbeat.available,
            Availability::Busy => &mut heartbeat.busy,
            Availability::Ringing | Availability::OnCall => &mut heartbeat.on_calls,
            Availability::DoNotDisturb => &mut heartbeat.do_not_disturb,
            Availability::Offline => &mut heartbeat.offline,
        };
        *count = count.saturating_add(1);
    }
    heartbeat
}

fn in_short(live: &LiveCalls) -> LiveInShort {
    let mut short = LiveInShort {
        talking: 0,
        ringing: 0,
        waiting: 0,
        longest_wait_since: None,
        seen: live.seen.clone(),
    };
    for call in &live.calls {
        let count = match call.state {
            CompanyCallState::Waiting => &mut short.waiting,
            CompanyCallState::Ringing => &mut short.ringing,
            // Whoever is on hold, parked or speaks to the machine has been taken.
            CompanyCallState::Talking
            | CompanyCallState::OnHold
            | CompanyCallState::Parked
            | CompanyCallState::Voicemail => &mut short.talking,
        };
        *count = count.saturating_add(1);
        if call.state == CompanyCallState::Waiting {
            short.longest_wait_since = short
                .longest_wait_since
                .into_iter()
                .chain([call.started_at])
                .min();
        }
    }
    short
}

async fn lost_soon(store: &Store) -> Result<Vec<LostSoon>, CoreError> {
    let now = store.clock().now();
    let before = |age: SignedDuration| now.saturating_sub(age).unwrap_or(jiff::Timestamp::MIN);
    let lost = store
        .not_kept(before(KEPT_THERE), before(KEPT_THERE - TOLD_BEFORE))
        .await?;
    Ok(lost
        .into_iter()
        .map(|(kind, count, came_at)| LostSoon {
            kind,
            count,
            first_at: came_at.saturating_add(KEPT_THERE).unwrap_or(came_at),
        })
        .collect())
}

#[cfg(test)]
mod tests;

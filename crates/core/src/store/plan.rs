//! Decides what a record of the server means for what is held already. Pure: nothing is read or written here.

use super::facts::Facts;
use domain::communication::{Direction, Kind};

/// What is held of a communication when a record of it comes in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Held {
    pub(super) facts: Facts,
    pub(super) requested_at: i64,
    pub(super) is_read: bool,
    /// When the server last took over a read state that was set here.
    pub(super) read_confirmed_at: Option<i64>,
    /// A read state that was set here is still on its way to the server.
    pub(super) has_pending_change: bool,
}

/// What comes in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Incoming {
    pub(super) facts: Facts,
    /// What the server says; calls have no read state there.
    pub(super) is_read: Option<bool>,
    pub(super) requested_at: i64,
}

/// What is to be done with it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Decision {
    /// Nothing new, or older than what is held.
    Skip,
    /// Only the server's own stamp is newer; nobody needs to hear of it.
    Restamp,
    Insert {
        facts: Facts,
        is_read: bool,
    },
    Update {
        facts: Facts,
        is_read: bool,
    },
}

/// Compares a record with what is held. `deleted_at` is when the deletion of this very record was asked for;
/// `news_since` is where history ends and news begins.
pub(super) fn decide(
    held: Option<&Held>,
    deleted_at: Option<i64>,
    incoming: Incoming,
    news_since: i64,
) -> Decision {
    let Incoming {
        facts,
        is_read,
        requested_at,
    } = incoming;
    let Some(held) = held else {
        if deleted_at.is_some_and(|deleted_at| requested_at < deleted_at) {
            return Decision::Skip;
        }
        let is_read = facts.direction == Direction::Outbound
            || is_read.unwrap_or_else(|| !facts.is_missed_news(news_since));
        return Decision::Insert { facts, is_read };
    };
    if is_older(&facts, requested_at, held) {
        return Decision::Skip;
    }
    let facts = keep_words(facts, &held.facts);
    let is_read = merged_read_state(&facts, is_read, requested_at, held, news_since);
    let stamped = Facts {
        modified_at: held.facts.modified_at,
        ..facts.clone()
    };
    if stamped != held.facts || is_read != held.is_read {
        Decision::Update { facts, is_read }
    } else if facts.modified_at != held.facts.modified_at {
        Decision::Restamp
    } else {
        Decision::Skip
    }
}

/// The server's own stamp decides; without it, the moment we asked.
fn is_older(facts: &Facts, requested_at: i64, held: &Held) -> bool {
    match (facts.modified_at, held.facts.modified_at) {
        (Some(incoming), Some(held)) => incoming < held,
        _ => requested_at < held.requested_at,
    }
}

/// The words of a voicemail or a fax do not come with its record: whoever wrote or read them, they stay whatever the server says.
fn keep_words(facts: Facts, held: &Facts) -> Facts {
    if matches!(facts.kind, Kind::Voicemail | Kind::Fax) {
        Facts {
            body: held.body.clone(),
            ..facts
        }
    } else {
        facts
    }
}

fn merged_read_state(
    facts: &Facts,
    server_says: Option<bool>,
    requested_at: i64,
    held: &Held,
    news_since: i64,
) -> bool {
    let Some(server_says) = server_says else {
        // A call that turns out to be missed, or answered after all, changes its read state once.
        let (is_news, was_news) = (
            facts.is_missed_news(news_since),
            held.facts.is_missed_news(news_since),
        );
        return if is_news == was_news {
            held.is_read
        } else {
            !is_news
        };
    };
    let is_stale = held
        .read_confirmed_at
        .is_some_and(|confirmed_at| requested_at <= confirmed_at);
    if facts.direction == Direction::Outbound {
        true
    } else if held.has_pending_change || is_stale {
        held.is_read
    } else {
        server_says
    }
}

#[cfg(test)]
mod tests;

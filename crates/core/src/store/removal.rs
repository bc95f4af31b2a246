//! What it means that the server no longer has a message. Pure: nothing is read or written here.
//!
//! RingCentral says `Deleted` when somebody deleted a message, and `Purged` when its content is gone
//! (developers.ringcentral.com/guide/messaging/message-store/messaging). A purge has two causes that look alike: a person who
//! deletes for good, and RingCentral making room. The second always takes the oldest first: the mailbox holds 200 messages and
//! newer ones replace the oldest (…/message-store/message-exports-report; support.ringcentral.com, data retention policies),
//! or the account keeps messages for a number of days that is never less than seven (API reference,
//! `MessageStoreConfiguration`: 7 to 90). So while an older one is still there, a person did it.
//! Sent faxes stay for thirty days (…/message-store/message-exports-report), however many there are.

/// How many faxes and voicemails together RingCentral keeps
/// (developers.ringcentral.com/guide/messaging/message-store/message-exports-report).
pub const MAILBOX_MESSAGES: u32 = 200;
/// RingCentral's own pages disagree whether faxes and heard messages count, and the newest may not have arrived here yet.
const MAILBOX_TOLERANCE: u32 = 20;
/// No account keeps messages for less (API reference, `MessageStoreConfiguration`).
const SHORTEST_RETENTION_MS: i64 = 7 * 24 * 60 * 60 * 1000;
/// A little less than what sent faxes are kept for: clocks differ.
const RETENTION_OF_SENT_MS: i64 = 29 * 24 * 60 * 60 * 1000;

/// A voicemail or fax that the server no longer has, and that nobody is known to have deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Missing {
    /// Its sound, its pages or its words are on this computer.
    pub(super) is_here: bool,
    /// It is a fax that was sent.
    pub(super) was_sent: bool,
    /// An older one of its kind is still there. The other kind proves nothing: the vendor's pages disagree whether they share
    /// the mailbox.
    pub(super) has_older_there: bool,
    /// Newer faxes and voicemails there.
    pub(super) newer_there: u32,
    pub(super) age_ms: i64,
}

/// What becomes of it here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// As at the server.
    Delete,
    /// RingCentral has lost it, we have not.
    Keep,
}

/// Decides; in doubt what is here stays, because it cannot be had again.
pub(super) fn fate(missing: Missing) -> Fate {
    if missing.was_sent {
        return if missing.is_here && missing.age_ms >= RETENTION_OF_SENT_MS {
            Fate::Keep
        } else {
            Fate::Delete
        };
    }
    let made_room = missing.newer_there >= MAILBOX_MESSAGES - MAILBOX_TOLERANCE
        || missing.age_ms >= SHORTEST_RETENTION_MS;
    if missing.is_here && !missing.has_older_there && made_room {
        Fate::Keep
    } else {
        Fate::Delete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD_AND_LAST: Missing = Missing {
        is_here: true,
        was_sent: false,
        has_older_there: false,
        newer_there: 12,
        age_ms: 30 * 24 * 60 * 60 * 1000,
    };

    #[test]
    fn the_oldest_of_a_mailbox_that_grew_old_or_full_was_lost_by_ringcentral_itself() {
        assert_eq!(fate(OLD_AND_LAST), Fate::Keep);
        let young = Missing {
            age_ms: 60_000,
            ..OLD_AND_LAST
        };
        assert_eq!(fate(young), Fate::Delete);
        let overwritten = Missing {
            newer_there: 199,
            ..young
        };
        assert_eq!(fate(overwritten), Fate::Keep);
    }

    #[test]
    fn what_goes_while_an_older_one_stays_was_deleted_by_a_person() {
        let in_the_middle = Missing {
            has_older_there: true,
            newer_there: 199,
            ..OLD_AND_LAST
        };
        assert_eq!(fate(in_the_middle), Fate::Delete);
    }

    #[test]
    fn a_sent_fax_is_lost_by_ringcentral_after_thirty_days_and_by_a_person_before() {
        let sent = Missing {
            was_sent: true,
            newer_there: 0,
            ..OLD_AND_LAST
        };
        assert_eq!(fate(sent), Fate::Keep);
        let young = Missing {
            age_ms: 20 * 24 * 60 * 60 * 1000,
            newer_there: 199,
            ..sent
        };
        assert_eq!(fate(young), Fate::Delete);
    }

    #[test]
    fn nothing_is_kept_of_what_is_not_here() {
        let elsewhere = Missing {
            is_here: false,
            ..OLD_AND_LAST
        };
        assert_eq!(fate(elsewhere), Fate::Delete);
    }
}

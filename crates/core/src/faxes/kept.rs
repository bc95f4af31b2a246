//! How long RingCentral keeps a fax, as far as it can be told.
//!
//! Sent faxes go after thirty days. Received ones share a mailbox of two hundred with voicemail, in which newer ones replace the
//! oldest, and accounts under HIPAA lose them after thirty days too
//! (developers.ringcentral.com/guide/messaging/message-store/message-exports-report). So the date is a warning and not a promise,
//! and what grows old is brought here before.

use crate::mailbox;
use crate::store::StoredFax;
use domain::communication::Direction;
use domain::kept::Kept;
use jiff::{SignedDuration, Timestamp};

const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Where a fax still exists.
pub(super) fn kept(fax: &StoredFax, now: Timestamp) -> Kept {
    if fax.is_gone {
        return Kept::OnlyHere;
    }
    let until = fax.occurred_at.saturating_add(KEPT_FOR).ok();
    let place =
        (fax.direction == Direction::Inbound).then(|| mailbox::place(fax.newer_there, fax.occurred_at, now));
    Kept::There {
        // An account that keeps faxes longer has shown that it does.
        until: until.filter(|until| *until > now),
        newer_until_overwritten: place.map(|place| place.newer_until_overwritten),
        overwritten_about: place.and_then(|place| place.overwritten_about),
        is_archived: !fax.documents.is_empty() && fax.documents.iter().all(|document| document.is_cached),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::FaxDocument;
    use domain::ids::{AttachmentId, CommunicationId};

    fn fax(direction: Direction, cached: &[bool]) -> StoredFax {
        StoredFax {
            id: CommunicationId(1),
            direction,
            occurred_at: "2026-03-01T09:00:00Z".parse().unwrap(),
            is_gone: false,
            newer_there: 150,
            documents: cached
                .iter()
                .map(|is_cached| FaxDocument {
                    attachment: AttachmentId(1),
                    size_bytes: None,
                    is_cached: *is_cached,
                })
                .collect(),
        }
    }

    #[test]
    fn a_fax_is_lost_there_after_thirty_days_and_archived_when_all_of_it_is_here() {
        let now: Timestamp = "2026-03-05T00:00:00Z".parse().unwrap();
        let Kept::There {
            until,
            newer_until_overwritten,
            is_archived,
            ..
        } = kept(&fax(Direction::Inbound, &[true, false]), now)
        else {
            panic!("it is there");
        };
        assert_eq!(until, Some("2026-03-31T09:00:00Z".parse().unwrap()));
        assert_eq!((newer_until_overwritten, is_archived), (Some(50), false));
        let sent = kept(&fax(Direction::Outbound, &[true]), now);
        assert!(matches!(
            sent,
            Kept::There {
                newer_until_overwritten: None,
                is_archived: true,
                ..
            }
        ));
        let later = kept(
            &fax(Direction::Inbound, &[]),
            "2026-05-05T00:00:00Z".parse().unwrap(),
        );
        assert!(matches!(
            later,
            Kept::There {
                until: None,
                is_archived: false,
                ..
            }
        ));
    }
}

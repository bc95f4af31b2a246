//! How long a mailbox keeps what is in it: the inbox of voicemails and faxes holds two hundred, deleted messages are purged
//! after some days and forgotten some days later.
//!
//! Vendor sources: developers.ringcentral.com/guide/messaging/message-store/message-exports-report for the two hundred,
//! …/message-store/messaging for the days. That the oldest message gives way as the next one comes is a guess.

use jiff::SignedDuration;

use super::super::World;
use super::super::ids::{ExtensionId, MessageId};
use super::super::message_store::MessageQuery;
use super::super::messages::{Availability, Direction, Message, MessageType};
use super::super::timeline::Step;

/// What the inbox of voicemails and faxes holds.
pub(crate) const INBOX_LIMIT: usize = 200;
/// How long a deleted message can be restored.
const DELETED_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);
/// How long a purged message is still told of.
const PURGED_FOR: SignedDuration = SignedDuration::from_hours(5 * 24);

impl World {
    /// How many voicemails and incoming faxes a mailbox holds.
    pub fn inbox_limit(&self) -> usize {
        self.inbox_limit
    }

    /// Changes that, of every mailbox. What is too much already goes when the next message comes.
    pub fn set_inbox_limit(&mut self, limit: usize) {
        self.inbox_limit = limit;
    }

    /// Forgets a purged message altogether, as happens some days after the purge; incremental sync never tells.
    pub fn forget_message(&mut self, id: MessageId) {
        self.message_store.forget(id);
    }

    /// A message becomes alive, deleted or purged: plans what follows from it.
    pub(super) fn begin_availability(&mut self, message: &mut Message) {
        message.availability_since = self.now();
        let follows_in = match message.availability {
            Availability::Alive => return,
            Availability::Deleted => DELETED_FOR,
            Availability::Purged => {
                message.attachments.clear();
                if let Some(fax) = &mut message.fax {
                    fax.paper = None;
                }
                PURGED_FOR
            }
        };
        let step = Step::Expire {
            message: message.id,
            since: message.availability_since,
        };
        self.schedule_in(follows_in, step);
    }

    /// The days of a deleted or purged message are over, unless it was restored in the meantime.
    pub(in crate::world) fn expire_message(&mut self, id: MessageId, since: jiff::Timestamp) {
        let Some(message) = self
            .message_store
            .get(id)
            .filter(|message| message.availability_since == since)
        else {
            return;
        };
        match message.availability {
            Availability::Alive => {}
            Availability::Deleted => drop(self.delete_message(message.owner, id, true)),
            Availability::Purged => self.forget_message(id),
        }
    }

    /// Purges the oldest voicemails and incoming faxes that are too many.
    pub(super) fn keep_within_limit(&mut self, owner: ExtensionId) {
        let inbox = MessageQuery {
            kinds: vec![MessageType::VoiceMail, MessageType::Fax],
            directions: vec![Direction::Inbound],
            offset: self.inbox_limit,
            ..MessageQuery::alive(owner)
        };
        let too_many: Vec<MessageId> = self
            .messages(&inbox)
            .records
            .iter()
            .rev()
            .map(|message| message.id)
            .collect();
        for id in too_many {
            // The identifiers were read a moment ago.
            drop(self.delete_message(owner, id, true));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::media::Speech;
    use crate::scenario::{self, CallTarget};
    use crate::world::events::Change;
    use crate::world::{Clock, SpokenMessage};

    const ROSA: ExtensionId = demo::SIGNED_IN;

    fn office() -> World {
        demo::company(1, Clock::manual("2026-03-02T18:00:00Z".parse().unwrap()))
    }

    fn voicemail(world: &mut World) -> MessageId {
        world.advance(SignedDuration::from_secs(60));
        let target = CallTarget::Extension(ROSA);
        let spoken = SpokenMessage::new(0).transcribed_after(0);
        scenario::leave_message(world, scenario::withheld(), target, spoken)
            .unwrap()
            .unwrap()
    }

    fn days(count: i64) -> SignedDuration {
        SignedDuration::from_hours(24 * count)
    }

    #[test]
    fn the_two_hundred_and_first_overwrites_the_oldest_and_says_so() {
        let mut world = office();
        let first = voicemail(&mut world);
        for _ in 0..198 {
            voicemail(&mut world);
        }
        let fax = crate::media::DocumentDesign::Quote;
        let from = scenario::withheld();
        scenario::incoming_fax(&mut world, from, ROSA, fax, 1, crate::media::DocumentFormat::Pdf);
        assert_eq!(
            world.message(ROSA, first).unwrap().availability,
            Availability::Alive
        );
        let mut events = world.subscribe();
        let last = voicemail(&mut world);
        let overwritten = world.message(ROSA, first).unwrap();
        assert_eq!(overwritten.availability, Availability::Purged);
        assert!(overwritten.attachments.is_empty());
        assert_eq!(
            overwritten.last_modified_at,
            world.message(ROSA, last).unwrap().created_at
        );
        assert_eq!(world.messages(&MessageQuery::alive(ROSA)).total, 200);
        let told = std::iter::from_fn(|| events.try_recv().ok())
            .filter_map(|event| match &event.change {
                Change::MessageStore(change) => Some(change.tallies[0].updated_count),
                _ => None,
            })
            .sum::<u32>();
        assert_eq!(told, 1);
    }

    #[test]
    fn texts_and_read_or_sent_things_of_other_kinds_take_no_room_from_voicemails() {
        let mut world = office();
        world.set_inbox_limit(1);
        let first = voicemail(&mut world);
        let line = world.primary_number(ROSA).unwrap();
        scenario::incoming_text(&mut world, scenario::withheld(), line, "Hi", &[]).unwrap();
        assert_eq!(
            world.message(ROSA, first).unwrap().availability,
            Availability::Alive
        );
        let second = voicemail(&mut world);
        assert_eq!(
            world.message(ROSA, first).unwrap().availability,
            Availability::Purged
        );
        assert_eq!(
            world.message(ROSA, second).unwrap().availability,
            Availability::Alive
        );
    }

    #[test]
    fn what_was_deleted_is_purged_after_five_days_and_forgotten_after_five_more() {
        let mut world = office();
        let id = voicemail(&mut world);
        world.delete_message(ROSA, id, false).unwrap();
        world.advance(days(5) - SignedDuration::from_secs(1));
        let deleted = world.message(ROSA, id).unwrap();
        assert_eq!(
            (deleted.availability, deleted.attachments.len()),
            (Availability::Deleted, 2)
        );
        world.advance(SignedDuration::from_secs(1));
        let purged = world.message(ROSA, id).unwrap();
        assert_eq!(
            (purged.availability, purged.attachments.len()),
            (Availability::Purged, 0)
        );
        assert_eq!(purged.last_modified_at, world.now());
        world.advance(days(5));
        assert!(world.message(ROSA, id).is_none());
    }

    #[test]
    fn a_restored_message_is_not_purged_and_deleting_it_again_begins_the_days_anew() {
        let mut world = office();
        let id = voicemail(&mut world);
        world.delete_message(ROSA, id, false).unwrap();
        world.advance(days(4));
        world.restore_message(ROSA, id).unwrap();
        world.delete_message(ROSA, id, false).unwrap();
        world.advance(days(4));
        let again = world.message(ROSA, id).unwrap();
        assert_eq!(
            again.availability,
            Availability::Deleted,
            "the first five days are forgotten"
        );
        world.restore_message(ROSA, id).unwrap();
        world.advance(days(20));
        let restored = world.message(ROSA, id).unwrap();
        assert_eq!(restored.availability, Availability::Alive);
        assert_eq!(restored.attachments.len(), 2);
    }

    #[test]
    fn a_transcript_that_comes_after_the_purge_is_dropped() {
        let mut world = office();
        let target = CallTarget::Extension(ROSA);
        let message = SpokenMessage::new(Speech::Clip(1)).transcribed_after(60);
        let id = scenario::leave_message(&mut world, scenario::withheld(), target, message)
            .unwrap()
            .unwrap();
        world.delete_message(ROSA, id, true).unwrap();
        world.advance(SignedDuration::from_secs(90));
        assert!(world.message(ROSA, id).unwrap().attachments.is_empty());
    }
}

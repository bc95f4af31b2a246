//! What a person can change about themselves, and how it looks before RingCentral has taken it over. Pure but for the asking.

use crate::format::presence_words;
use crate::ipc;
use domain::ipc::IpcError;
use domain::ipc::presence::{SetOwnMessage, SetOwnQueue, SetOwnStatus};
use domain::presence::{Availability, CallsTaken, OwnPresence, StatusChoice};
use jiff::Timestamp;

/// RingCentral's limit of a status message. The core holds to it.
pub(crate) const LONGEST_MESSAGE: usize = 75;

/// A change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Status(StatusChoice),
    /// `None` takes it away.
    Message(Option<String>),
    Queue {
        id: String,
        takes_calls: bool,
    },
}

impl Change {
    /// How it will be.
    pub(super) fn applied(&self, before: &OwnPresence, now: Timestamp) -> OwnPresence {
        let mut after = before.clone();
        match self {
            Self::Status(choice) => {
                after.choice = Some(*choice);
                if let Some(presence) = &mut after.presence {
                    let seen = presence_words::seen_as(*choice);
                    // A phone in use outweighs everything but do not disturb.
                    let is_in_use = matches!(
                        presence.availability,
                        Availability::OnCall | Availability::Ringing
                    );
                    if presence.availability != seen && (!is_in_use || seen == Availability::DoNotDisturb) {
                        presence.availability = seen;
                        presence.since = Some(now);
                    }
                    presence.calls_taken = match choice {
                        StatusChoice::DoNotDisturb => CallsTaken::None,
                        StatusChoice::NoQueueCalls => CallsTaken::NotFromQueues,
                        StatusChoice::Available | StatusChoice::Busy | StatusChoice::Invisible => {
                            CallsTaken::All
                        }
                    };
                }
            }
            Self::Message(message) => {
                if let Some(presence) = &mut after.presence {
                    presence.message.clone_from(message);
                }
            }
            Self::Queue { id, takes_calls } => {
                for queue in after.queues.iter_mut().filter(|queue| queue.id == *id) {
                    queue.takes_calls = *takes_calls;
                }
            }
        }
        after
    }

    /// Asks the core for it.
    pub(super) async fn ask(self) -> Result<OwnPresence, IpcError> {
        match self {
            Self::Status(choice) => ipc::call(SetOwnStatus { choice }).await,
            Self::Message(message) => ipc::call(SetOwnMessage { message }).await,
            Self::Queue { id, takes_calls } => {
                ipc::call(SetOwnQueue {
                    queue: id,
                    takes_calls,
                })
                .await
            }
        }
    }

    /// What did not happen, before the reason.
    pub(super) fn not_done(&self) -> &'static str {
        match self {
            Self::Status(_) => "Your status stays as it was",
            Self::Message(_) => "Your message stays as it was",
            Self::Queue { .. } => "Your queue calls stay as they were",
        }
    }
}

/// What is wrong with a message, in words.
pub(crate) fn message_problem(message: &str) -> Option<String> {
    let surplus = message.trim().chars().count().saturating_sub(LONGEST_MESSAGE);
    (surplus > 0).then(|| format!("{surplus} too many: RingCentral takes {LONGEST_MESSAGE} characters."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::ContactId;
    use domain::presence::{MemberPresence, OwnQueue};

    fn own(availability: Availability) -> OwnPresence {
        OwnPresence {
            presence: Some(MemberPresence {
                contact: ContactId(1),
                availability,
                calls_taken: CallsTaken::All,
                is_in_meeting: false,
                message: None,
                since: None,
                updated_at: Timestamp::UNIX_EPOCH,
                is_stale: false,
            }),
            choice: Some(StatusChoice::Available),
            queues: vec![OwnQueue {
                id: "q".to_owned(),
                name: "Sales".to_owned(),
                takes_calls: true,
                can_change: true,
            }],
            hindrance: None,
        }
    }

    fn seen(before: Availability, choice: StatusChoice) -> Availability {
        let after = Change::Status(choice).applied(&own(before), Timestamp::UNIX_EPOCH);
        assert_eq!(after.choice, Some(choice));
        after.presence.unwrap().availability
    }

    #[test]
    fn a_choice_shows_at_once() {
        assert_eq!(
            seen(Availability::Available, StatusChoice::Busy),
            Availability::Busy
        );
        assert_eq!(
            seen(Availability::Busy, StatusChoice::Invisible),
            Availability::Offline
        );
        assert_eq!(
            seen(Availability::Offline, StatusChoice::NoQueueCalls),
            Availability::Available
        );
    }

    #[test]
    fn who_is_on_a_call_stays_so_unless_nobody_may_disturb() {
        assert_eq!(
            seen(Availability::OnCall, StatusChoice::Busy),
            Availability::OnCall
        );
        assert_eq!(
            seen(Availability::OnCall, StatusChoice::DoNotDisturb),
            Availability::DoNotDisturb
        );
    }

    #[test]
    fn a_queue_is_switched_by_itself() {
        let off = Change::Queue {
            id: "q".to_owned(),
            takes_calls: false,
        };
        let after = off.applied(&own(Availability::Available), Timestamp::UNIX_EPOCH);
        assert!(!after.queues[0].takes_calls);
        assert_eq!(after.choice, Some(StatusChoice::Available));
    }

    #[test]
    fn a_message_may_have_seventy_five_characters() {
        assert_eq!(message_problem(&"é".repeat(75)), None);
        assert!(
            message_problem(&"é".repeat(77))
                .unwrap()
                .starts_with("2 too many")
        );
    }
}

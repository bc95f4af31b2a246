//! What a colleague's dot says, composed of the vendor's words.
//!
//! RingCentral has neither "do not disturb" nor "on a call" as one value, and does not publish how it sums up. Taking no
//! calls goes first, as its own clients show it; then what the phone does; then its sum. A word of a later version says
//! nothing here and does no harm. Pure.

use crate::store::PresenceWords;
use domain::presence::{Availability, CallsTaken, StatusChoice};
use ringcentral::api::presence::{
    DndStatus, MeetingStatus, Presence, PresenceStatus, PresenceUpdate, TelephonyStatus,
};

/// The dot.
pub(super) fn availability(words: &PresenceWords) -> Availability {
    if calls_taken(words) == CallsTaken::None {
        return Availability::DoNotDisturb;
    }
    match words.telephony_status.as_deref().map(TelephonyStatus::from) {
        Some(TelephonyStatus::CallConnected | TelephonyStatus::OnHold | TelephonyStatus::ParkedCall) => {
            return Availability::OnCall;
        }
        Some(TelephonyStatus::Ringing) => return Availability::Ringing,
        Some(TelephonyStatus::NoCall | TelephonyStatus::Unknown(_)) | None => {}
    }
    [&words.presence_status, &words.user_status]
        .into_iter()
        .find_map(|word| match PresenceStatus::from(word.as_deref()?) {
            PresenceStatus::Available => Some(Availability::Available),
            PresenceStatus::Busy => Some(Availability::Busy),
            PresenceStatus::Offline => Some(Availability::Offline),
            PresenceStatus::Unknown(_) => None,
        })
        .unwrap_or(Availability::Offline)
}

/// Which calls come. On accounts with the new call handling `dndStatus` does not apply to people (API reference,
/// `PresenceInfoRequest`), and two other fields take its place.
pub(super) fn calls_taken(words: &PresenceWords) -> CallsTaken {
    match words.dnd_status_personal.as_deref().map(DndStatus::from) {
        Some(DndStatus::DoNotAcceptAnyCalls) => return CallsTaken::None,
        Some(DndStatus::TakeAllCalls) if words.accepts_queue_calls == Some(false) => {
            return CallsTaken::NotFromQueues;
        }
        Some(DndStatus::TakeAllCalls) => return CallsTaken::All,
        _ => {}
    }
    match words.dnd_status.as_deref().map(DndStatus::from) {
        Some(DndStatus::DoNotAcceptAnyCalls) => CallsTaken::None,
        Some(DndStatus::DoNotAcceptDepartmentCalls) => CallsTaken::NotFromQueues,
        Some(DndStatus::TakeDepartmentCallsOnly) => CallsTaken::OnlyFromQueues,
        Some(DndStatus::TakeAllCalls | DndStatus::Unknown(_)) | None => CallsTaken::All,
    }
}

/// Whether in a video meeting.
pub(super) fn is_in_meeting(words: &PresenceWords) -> bool {
    words.meeting_status.as_deref().map(MeetingStatus::from) == Some(MeetingStatus::Connected)
}

/// What the person has chosen; `None` for a combination that is no choice here.
pub(super) fn choice(words: &PresenceWords) -> Option<StatusChoice> {
    let user = PresenceStatus::from(words.user_status.as_deref()?);
    match (calls_taken(words), user) {
        (CallsTaken::None, _) => Some(StatusChoice::DoNotDisturb),
        (CallsTaken::OnlyFromQueues, _) => None,
        (_, PresenceStatus::Offline) => Some(StatusChoice::Invisible),
        (CallsTaken::All, PresenceStatus::Available) => Some(StatusChoice::Available),
        (CallsTaken::All, PresenceStatus::Busy) => Some(StatusChoice::Busy),
        (CallsTaken::NotFromQueues, PresenceStatus::Available) => Some(StatusChoice::NoQueueCalls),
        (CallsTaken::NotFromQueues, PresenceStatus::Busy) | (_, PresenceStatus::Unknown(_)) => None,
    }
}

/// What to ask RingCentral for, so that `choice` holds. `words` is what holds now: what need not change is left out.
pub(super) fn change_for(choice: StatusChoice, words: &PresenceWords) -> PresenceUpdate {
    let user_status = match choice {
        StatusChoice::Available => Some(PresenceStatus::Available),
        StatusChoice::Busy => Some(PresenceStatus::Busy),
        StatusChoice::Invisible => Some(PresenceStatus::Offline),
        // Left over from Busy it would be no choice at all.
        StatusChoice::NoQueueCalls => Some(PresenceStatus::Available),
        StatusChoice::DoNotDisturb => None,
    };
    let taken = match choice {
        StatusChoice::Available | StatusChoice::Busy => Some(CallsTaken::All),
        StatusChoice::DoNotDisturb => Some(CallsTaken::None),
        StatusChoice::NoQueueCalls => Some(CallsTaken::NotFromQueues),
        // Invisible is not unreachable: calls come.
        StatusChoice::Invisible => {
            let blocks = matches!(calls_taken(words), CallsTaken::None | CallsTaken::OnlyFromQueues);
            blocks.then_some(CallsTaken::All)
        }
    };
    let mut update = PresenceUpdate {
        user_status,
        ..PresenceUpdate::default()
    };
    if words.dnd_status_personal.is_some() {
        (update.dnd_status_personal, update.accepts_queue_calls) = match taken {
            Some(CallsTaken::None) => (Some(DndStatus::DoNotAcceptAnyCalls), None),
            Some(CallsTaken::NotFromQueues) => (Some(DndStatus::TakeAllCalls), Some(false)),
            Some(CallsTaken::All | CallsTaken::OnlyFromQueues) => (Some(DndStatus::TakeAllCalls), Some(true)),
            None => (None, None),
        };
    } else {
        update.dnd_status = taken.map(|taken| match taken {
            CallsTaken::All => DndStatus::TakeAllCalls,
            CallsTaken::NotFromQueues => DndStatus::DoNotAcceptDepartmentCalls,
            CallsTaken::OnlyFromQueues => DndStatus::TakeDepartmentCallsOnly,
            CallsTaken::None => DndStatus::DoNotAcceptAnyCalls,
        });
    }
    update
}

/// Whether a presence that was read afterwards says what was asked for.
pub(super) fn fulfils(presence: &Presence, update: &PresenceUpdate) -> bool {
    fn holds<T: PartialEq>(asked: &Option<T>, is: &Option<T>) -> bool {
        asked.is_none() || asked == is
    }
    let message = update.message.as_deref();
    holds(&update.user_status, &presence.user_status)
        && holds(&update.dnd_status, &presence.dnd_status)
        && holds(&update.dnd_status_personal, &presence.dnd_status_personal)
        && holds(&update.accepts_queue_calls, &presence.accepts_queue_calls)
        && message.is_none_or(|message| message == presence.message.as_deref().unwrap_or_default())
}

/// The words of an answer or an event.
pub(super) fn words_of(presence: &Presence) -> PresenceWords {
    let word = |status: Option<&PresenceStatus>| status.map(|status| status.as_str().to_owned());
    let dnd = |status: Option<&DndStatus>| status.map(|status| status.as_str().to_owned());
    PresenceWords {
        user_status: word(presence.user_status.as_ref()),
        presence_status: word(presence.presence_status.as_ref()),
        telephony_status: presence
            .telephony_status
            .as_ref()
            .map(|status| status.as_str().to_owned()),
        dnd_status: dnd(presence.dnd_status.as_ref()),
        dnd_status_personal: dnd(presence.dnd_status_personal.as_ref()),
        accepts_queue_calls: presence.accepts_queue_calls,
        meeting_status: presence
            .meeting_status
            .as_ref()
            .map(|status| status.as_str().to_owned()),
    }
}

/// What an event leaves out stays as it was.
pub(super) fn merged(held: &PresenceWords, heard: PresenceWords) -> PresenceWords {
    PresenceWords {
        user_status: heard.user_status.or_else(|| held.user_status.clone()),
        presence_status: heard.presence_status.or_else(|| held.presence_status.clone()),
        telephony_status: heard.telephony_status.or_else(|| held.telephony_status.clone()),
        dnd_status: heard.dnd_status.or_else(|| held.dnd_status.clone()),
        dnd_status_personal: heard
            .dnd_status_personal
            .or_else(|| held.dnd_status_personal.clone()),
        accepts_queue_calls: heard.accepts_queue_calls.or(held.accepts_queue_calls),
        meeting_status: heard.meeting_status.or_else(|| held.meeting_status.clone()),
    }
}

/// Extensions that are no people have "few fields" and are always offline (developers.ringcentral.com/guide/voice/presence).
pub(super) fn is_of_person(words: &PresenceWords) -> bool {
    words.user_status.is_some()
        || words.telephony_status.is_some()
        || words.dnd_status.is_some()
        || words.dnd_status_personal.is_some()
}

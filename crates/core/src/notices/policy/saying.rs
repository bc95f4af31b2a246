//! What an item or a call is to a notice: which one it belongs to, what that says, and what can be done from it.

use crate::notices::{NoticeAction, NoticeKind, NoticeTag, words};
use domain::communication::{Body, CallOutcome, Communication, Party};
use domain::settings::NotificationSettings;

/// Nobody needs to be told any more.
pub(super) fn is_settled(item: &Communication) -> bool {
    let is_answered = matches!(item.body, Body::Call { .. }) && !item.is_owed;
    item.is_done || item.is_read || is_answered
}

pub(super) fn tag_of(item: &Communication) -> Option<NoticeTag> {
    Some(match &item.body {
        Body::Call {
            outcome: CallOutcome::Missed,
            session_id,
            ..
        } => match session_id {
            Some(session) => NoticeTag::call(session),
            None => NoticeTag::new("missed", item.id),
        },
        Body::Call { .. } => return None,
        Body::Text { conversation_id, .. } => NoticeTag::new("text", conversation_id),
        Body::Voicemail { .. } => NoticeTag::new("voicemail", item.id),
        Body::Fax { .. } => NoticeTag::new("fax", item.id),
    })
}

pub(super) fn worded(
    item: &Communication,
    settings: &NotificationSettings,
) -> Option<(NoticeKind, words::Words)> {
    let hides = settings.hides_names;
    match &item.body {
        Body::Call { .. } => settings.calls.then(|| {
            (
                NoticeKind::MissedCall,
                words::missed_call(&item.party, item.line.as_deref(), hides),
            )
        }),
        Body::Text {
            text, participants, ..
        } => settings.texts.then(|| {
            let others = participants.len().saturating_sub(1);
            (NoticeKind::Text, words::text(&item.party, others, text, hides))
        }),
        Body::Voicemail {
            duration_seconds,
            transcript,
        } => settings.voicemail.then(|| {
            (
                NoticeKind::Voicemail,
                words::voicemail(&item.party, *duration_seconds, transcript, hides),
            )
        }),
        Body::Fax { page_count, .. } => settings
            .faxes
            .then(|| (NoticeKind::Fax, words::fax(&item.party, *page_count, hides))),
    }
}

pub(super) fn call_actions(party: &Party) -> Vec<NoticeAction> {
    let is_addable =
        party.contact.is_none() && party.number.as_ref().is_some_and(|number| number.e164.is_some());
    if is_addable {
        vec![NoticeAction::Open, NoticeAction::AddContact]
    } else {
        vec![NoticeAction::Open]
    }
}

//! Sending what was written, and what stands against it.

use super::sheet::Kept;
use super::use_draft::DraftHandle;
use crate::ipc;
use crate::texting::desk;
use domain::communication::Party;
use domain::ids::OutgoingId;
use domain::ipc::texting::{SaveDraft, SendText, Written};
use domain::outgoing::{Composer, OutgoingState, OutgoingText, Picture, Sender};
use domain::segments;
use jiff::Timestamp;
use std::rc::Rc;
use yew::{Callback, hook};

/// What is about to be sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outbound<'a> {
    pub(super) text: &'a str,
    pub(super) pictures: &'a [Picture],
    pub(super) sender: Option<&'a Sender>,
    pub(super) recipients: usize,
    /// Files are still being added.
    pub(super) is_busy: bool,
    /// Places that a template could not fill.
    pub(super) holes: &'a [String],
}

/// Why it cannot be sent as it is. The core looks again.
pub(super) fn obstacle(outbound: &Outbound<'_>) -> Option<String> {
    let Outbound {
        text,
        pictures,
        sender,
        recipients,
        is_busy,
        holes,
    } = *outbound;
    if text.trim().is_empty() && pictures.is_empty() {
        return Some("There is nothing to send yet.".to_owned());
    }
    if is_busy {
        return Some("A file is still being added.".to_owned());
    }
    if segments::count(text).over_limit {
        return Some(format!(
            "RingCentral takes {} characters at most. Shorten the text, or send two.",
            crate::format::grouped(u64::from(segments::LONGEST_TEXT_UTF16_UNITS))
        ));
    }
    if let Some(hole) = holes.iter().find(|hole| text.contains(*hole)) {
        return Some(format!(
            "Nothing is known for {hole}. Write it yourself, or take it out."
        ));
    }
    let sender = sender.filter(|sender| !sender.can_send_pictures)?;
    let number = &sender.number.formatted;
    if !pictures.is_empty() {
        return Some(format!("{number} cannot send pictures. Choose another number."));
    }
    (recipients > 1).then(|| format!("{number} cannot send to groups. Choose another number."))
}

/// The newest text that can still be taken back at `now`.
pub(super) fn newest_to_take_back(
    outgoing: &[OutgoingText],
    now: Timestamp,
) -> Option<(OutgoingId, Vec<Party>)> {
    let can_be =
        |text: &&OutgoingText| matches!(text.state, OutgoingState::Queued { not_before } if not_before > now);
    let newest = outgoing.iter().rev().find(can_be)?;
    Some((newest.id, newest.to.clone()))
}

/// Sends when called, if nothing stands against it; what could not be sent stands in the field again.
#[hook]
pub(super) fn use_sending(
    draft: &DraftHandle,
    composer: &Rc<Composer>,
    is_possible: bool,
    fail: Callback<Option<String>>,
    reload: Callback<()>,
    onsent: Callback<Written>,
) -> Callback<()> {
    let (draft, composer) = (draft.clone(), composer.clone());
    Callback::from(move |()| {
        if !is_possible {
            return;
        }
        let Some((sent, pictures, unkept)) = draft.clear() else {
            return;
        };
        fail.emit(None);
        let (draft, thread) = (draft.clone(), composer.thread.clone());
        let (fail, reload, onsent) = (fail.clone(), reload.clone(), onsent.clone());
        let after = Kept {
            text: String::new(),
            from: sent.from.clone(),
        };
        desk::enqueue(&composer.thread, after, async move {
            // Kept first: should sending fail and the window close, nothing is lost.
            if let Some(Kept { text, from }) = unkept {
                let thread = thread.clone();
                let _ = ipc::call(SaveDraft { thread, text, from }).await;
            }
            let request = SendText {
                thread: thread.clone(),
                text: sent.text.clone(),
                from: sent.from.clone(),
            };
            match ipc::call(request).await {
                Ok(written) => onsent.emit(written),
                Err(error) => {
                    draft.put_back(&thread, sent, pictures);
                    fail.emit(Some(error.message));
                }
            }
            reload.emit(());
        });
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::PictureId;
    use domain::phone_number::PhoneNumber;

    fn sender(can_send_pictures: bool) -> Sender {
        Sender {
            number: PhoneNumber {
                e164: None,
                formatted: "(510) 555-0100".to_owned(),
                extension: None,
                region: None,
            },
            name: "Your direct line".to_owned(),
            can_send_pictures,
        }
    }

    fn picture() -> Picture {
        Picture {
            id: PictureId(1),
            file_name: "corner.jpg".to_owned(),
            content_type: "image/jpeg".to_owned(),
            size_bytes: 1,
        }
    }

    fn blocked(
        text: &str,
        pictures: &[Picture],
        can_send_pictures: bool,
        recipients: usize,
    ) -> Option<String> {
        obstacle(&Outbound {
            text,
            pictures,
            sender: Some(&sender(can_send_pictures)),
            recipients,
            is_busy: false,
            holes: &["[company]".to_owned()],
        })
    }

    #[test]
    fn an_empty_text_is_sent_only_with_a_picture() {
        assert!(blocked("  \n", &[], true, 1).is_some());
        assert_eq!(blocked("", &[picture()], true, 1), None);
        assert_eq!(blocked("Hi", &[], true, 1), None);
    }

    #[test]
    fn a_thousand_units_can_be_sent_and_one_more_cannot() {
        assert_eq!(blocked(&"a".repeat(1_000), &[], true, 1), None);
        assert!(blocked(&"a".repeat(1_001), &[], true, 1).is_some());
        assert!(blocked(&"🙂".repeat(501), &[], true, 1).is_some());
    }

    #[test]
    fn what_a_template_could_not_fill_is_never_sent() {
        let words = blocked("Greetings to [company]", &[], true, 1).unwrap();
        assert!(words.contains("[company]"), "{words}");
        assert_eq!(blocked("Greetings to Ironline", &[], true, 1), None);
    }

    #[test]
    fn a_number_for_words_alone_sends_neither_pictures_nor_to_groups() {
        assert!(blocked("Hi", &[picture()], false, 1).is_some());
        assert!(blocked("Hi", &[], false, 2).is_some());
        assert_eq!(blocked("Hi", &[], false, 1), None);
    }

    #[test]
    fn only_what_has_not_left_can_be_taken_back() {
        let now: Timestamp = "2026-11-17T10:00:00Z".parse().unwrap();
        let text = |id, state| OutgoingText {
            id: OutgoingId(id),
            from: sender(true).number,
            to: Vec::new(),
            text: String::new(),
            pictures: Vec::new(),
            state,
            created_at: now,
            attempts: Vec::new(),
        };
        let leaves = |at: &str| OutgoingState::Queued {
            not_before: at.parse().unwrap(),
        };
        let outgoing = [
            text(1, leaves("2026-11-17T10:00:03Z")),
            text(2, leaves("2026-11-17T10:00:04Z")),
            text(3, OutgoingState::Sending),
        ];
        let newest = newest_to_take_back(&outgoing, now).map(|(id, _)| id);
        assert_eq!(newest, Some(OutgoingId(2)));
        let later = "2026-11-17T10:00:05Z".parse().unwrap();
        assert_eq!(newest_to_take_back(&outgoing, later), None);
    }
}

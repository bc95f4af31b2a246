//! What the player needs, asked for in two steps: what is known at once, and the sound when somebody wants it.

use crate::browser::ObjectUrl;
use crate::hooks::{Fetched, use_attachment, use_coalesced, use_command, use_core_event};
use domain::attachment::{Attachment, AttachmentKind};
use domain::communication::Communication;
use domain::event::CoreEvent;
use domain::ipc::voicemail::GetVoicemail;
use domain::ipc::{ErrorCode, IpcError};
use domain::voicemail::Voicemail;
use std::rc::Rc;
use yew::{Callback, hook};

const PACE_MS: u32 = 400;

/// Where the sound is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum SoundState {
    /// The core has not said yet.
    Unknown,
    /// RingCentral has none.
    Missing,
    NotHere,
    Fetching,
    Here(ObjectUrl),
    /// It is here and cannot be played.
    Damaged(String),
    SignIn(String),
    Failed(String),
}

/// A voicemail, its sound, and trying again.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sounding {
    pub(super) voicemail: Option<Rc<Voicemail>>,
    pub(super) state: SoundState,
    pub(super) again: Callback<()>,
}

/// Asks once `is_seen`, and for the sound itself once it is `is_wanted`.
#[hook]
pub(super) fn use_sound(item: &Communication, is_seen: bool, is_wanted: bool) -> Sounding {
    let id = item.id;
    let ask = |fetch| GetVoicemail { item: id, fetch };
    let known = use_command(is_seen.then(|| ask(false)));
    let fetched = use_command(is_wanted.then(|| ask(true)));
    let refresh = use_coalesced(PACE_MS, {
        let reload = known.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        let concerns = match &event {
            CoreEvent::CommunicationsChanged { ids } => ids.is_empty() || ids.contains(&id),
            CoreEvent::Overflowed => true,
            _ => false,
        };
        if concerns && is_seen {
            refresh.emit(());
        }
    });
    let sound = fetched
        .value
        .as_ref()
        .and_then(|voicemail| voicemail.sound.clone());
    // The core has it now and has looked at it: only then its bytes are asked for.
    let file = sound
        .as_ref()
        .filter(|sound| sound.fault.is_none())
        .map(|sound| file(item, sound.attachment));
    let (bytes, bytes_again) = use_attachment(file.as_ref(), is_wanted);
    let voicemail = merged(known.value.as_ref(), fetched.value.as_ref());
    let error = fetched
        .error
        .as_ref()
        .or(known.error.as_ref().filter(|_| voicemail.is_none()));
    let state = state(voicemail.as_deref(), error, is_wanted, fetched.is_loading, &bytes);
    let again = {
        let (known, fetched) = (known.reload, fetched.reload);
        let has_sound = sound.is_some();
        Callback::from(move |()| {
            if has_sound {
                bytes_again.emit(());
            } else {
                known.emit(());
                fetched.emit(());
            }
        })
    };
    Sounding {
        voicemail,
        state,
        again,
    }
}

/// The item's own file, which says of what kind it is.
fn file(item: &Communication, id: domain::ids::AttachmentId) -> Attachment {
    let own = item.attachments.iter().find(|file| file.id == id).cloned();
    own.unwrap_or_else(|| Attachment {
        id,
        kind: AttachmentKind::Audio,
        content_type: "audio/mpeg".to_owned(),
        file_name: String::new(),
        size_bytes: None,
        is_cached: true,
    })
}

/// What was looked at knows the sound best; how long it is kept is what was asked last.
fn merged(known: Option<&Rc<Voicemail>>, fetched: Option<&Rc<Voicemail>>) -> Option<Rc<Voicemail>> {
    match (known, fetched) {
        (Some(known), Some(fetched)) => Some(Rc::new(Voicemail {
            kept: known.kept,
            ..(**fetched).clone()
        })),
        (one, other) => other.or(one).cloned(),
    }
}

fn state(
    voicemail: Option<&Voicemail>,
    error: Option<&IpcError>,
    is_wanted: bool,
    is_asking: bool,
    bytes: &Fetched,
) -> SoundState {
    let sound = voicemail.and_then(|voicemail| voicemail.sound.as_ref());
    if let Some(fault) = sound.and_then(|sound| sound.fault.clone()) {
        return SoundState::Damaged(fault);
    }
    if let Fetched::Here(url) = bytes {
        return SoundState::Here(url.clone());
    }
    if let Some(error) = error.filter(|_| !is_asking) {
        return if error.code == ErrorCode::SignInRequired {
            SoundState::SignIn(error.message.clone())
        } else {
            SoundState::Failed(error.message.clone())
        };
    }
    match (voicemail, bytes) {
        (Some(_), _) if sound.is_none() => SoundState::Missing,
        (_, Fetched::Failed(message)) => SoundState::Failed(message.clone()),
        _ if is_wanted => SoundState::Fetching,
        (Some(_), _) => SoundState::NotHere,
        (None, _) => SoundState::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{AttachmentId, CommunicationId};
    use domain::kept::Kept;
    use domain::voicemail::Sound;

    fn voicemail(sound: Option<Option<&str>>) -> Voicemail {
        Voicemail {
            item: CommunicationId(1),
            sound: sound.map(|fault| Sound {
                attachment: AttachmentId(1),
                duration_ms: 32_000,
                peaks: Vec::new(),
                fault: fault.map(str::to_owned),
            }),
            position_ms: 0,
            kept: Kept::OnlyHere,
        }
    }

    fn error(code: ErrorCode) -> IpcError {
        IpcError {
            code,
            message: "no".to_owned(),
            retry_after_seconds: None,
        }
    }

    #[test]
    fn before_anybody_wants_it_it_is_not_here_and_afterwards_on_its_way() {
        let sound = voicemail(Some(None));
        let now = |is_wanted| state(Some(&sound), None, is_wanted, false, &Fetched::NotYet);
        assert_eq!(now(false), SoundState::NotHere);
        assert_eq!(now(true), SoundState::Fetching);
        assert_eq!(
            state(None, None, false, false, &Fetched::NotYet),
            SoundState::Unknown
        );
    }

    #[test]
    fn what_is_damaged_or_missing_is_said_and_never_awaited() {
        let damaged = voicemail(Some(Some("It is empty.")));
        assert_eq!(
            state(Some(&damaged), None, true, true, &Fetched::NotYet),
            SoundState::Damaged("It is empty.".to_owned())
        );
        let missing = voicemail(None);
        assert_eq!(
            state(Some(&missing), None, true, false, &Fetched::NotYet),
            SoundState::Missing
        );
    }

    #[test]
    fn a_lost_sign_in_is_told_from_other_failures_and_a_new_try_from_both() {
        let sound = voicemail(Some(None));
        let failed = |code, is_asking| {
            state(
                Some(&sound),
                Some(&error(code)),
                true,
                is_asking,
                &Fetched::NotYet,
            )
        };
        assert_eq!(
            failed(ErrorCode::SignInRequired, false),
            SoundState::SignIn("no".to_owned())
        );
        assert_eq!(
            failed(ErrorCode::Offline, false),
            SoundState::Failed("no".to_owned())
        );
        assert_eq!(failed(ErrorCode::Offline, true), SoundState::Fetching);
    }
}

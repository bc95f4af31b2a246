//! The words of a voicemail and what is being done about them, asked for again whenever that may have changed.

use super::words;
use crate::hooks::{use_coalesced, use_command, use_core_event};
use domain::event::CoreEvent;
use domain::ids::CommunicationId;
use domain::ipc::voicemail::GetTranscript;
use domain::transcription::TranscriptState;
use std::rc::Rc;
use yew::{Callback, hook};

const PACE_MS: u32 = 300;

/// What is known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TranscriptHandle {
    pub(crate) state: Option<Rc<TranscriptState>>,
    pub(crate) error: Option<String>,
    pub(crate) reload: Callback<()>,
}

impl TranscriptHandle {
    /// The text as a person left it.
    pub(crate) fn text(&self) -> Option<&str> {
        let transcript = self.state.as_ref()?.transcript.as_ref()?;
        Some(transcript.text.as_str())
    }

    /// The part that is heard at this place.
    pub(crate) fn heard_at(&self, position_ms: u32) -> Option<usize> {
        let transcript = self.state.as_ref()?.transcript.as_ref()?;
        words::active(&transcript.segments, position_ms)
    }
}

/// Asks once `is_seen`.
#[hook]
pub(crate) fn use_transcript(item: CommunicationId, is_seen: bool) -> TranscriptHandle {
    let answer = use_command(is_seen.then_some(GetTranscript { item }));
    let refresh = use_coalesced(PACE_MS, {
        let reload = answer.reload.clone();
        move |()| reload.emit(())
    });
    use_core_event(move |event| {
        let concerns = match &event {
            CoreEvent::CommunicationsChanged { ids } => ids.is_empty() || ids.contains(&item),
            CoreEvent::TranscriptionChanged | CoreEvent::SettingsChanged | CoreEvent::Overflowed => true,
            _ => false,
        };
        if concerns && is_seen {
            refresh.emit(());
        }
    });
    TranscriptHandle {
        state: answer.value,
        error: answer.error.map(|error| error.message),
        reload: answer.reload,
    }
}

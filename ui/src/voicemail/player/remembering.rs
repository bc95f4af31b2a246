//! Telling the core where somebody stopped: at each pause, at leaving, and now and then while it plays.

use crate::ipc;
use domain::ids::CommunicationId;
use domain::ipc::voicemail::RememberPosition;
use std::cell::Cell;
use wasm_bindgen_futures::spawn_local;

/// So far from what was told last, a place is told anew while it plays: a killed program costs no more than this.
const FAR_MS: u32 = 5_000;

/// What the core was told last.
#[derive(Debug)]
pub(super) struct Remembering {
    item: CommunicationId,
    told_ms: Cell<Option<u32>>,
}

impl Remembering {
    pub(super) fn new(item: CommunicationId) -> Self {
        Self {
            item,
            told_ms: Cell::new(None),
        }
    }

    /// While it plays.
    pub(super) fn passing(&self, position_ms: u32) {
        let told = self.told_ms.get();
        if told.is_none_or(|told| told.abs_diff(position_ms) >= FAR_MS) {
            self.stopped(position_ms);
        }
    }

    /// Paused, left, or at the end, which is 0.
    pub(super) fn stopped(&self, position_ms: u32) {
        if self.told_ms.replace(Some(position_ms)) == Some(position_ms) {
            return;
        }
        let item = self.item;
        spawn_local(async move {
            // A failure costs the place and nothing else.
            let _ = ipc::call(RememberPosition { item, position_ms }).await;
        });
    }
}

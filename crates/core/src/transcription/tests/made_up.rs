//! A store with voicemail, recordings without sound, and somebody who writes down what they are told.

use super::super::error::TranscribeError;
use super::super::queue::{Recordings, Step, Transcriptions};
use super::super::{Sound, Staff, Watch};
use crate::error::CoreError;
use crate::store::testing::{MARIA, TestStore, voicemail};
use crate::store::{AttachmentRecord, Change, MessageBody, TranscriptRecord, TranscriptState};
use async_trait::async_trait;
use domain::attachment::AttachmentKind;
use domain::ids::CommunicationId;
use domain::transcription::{TranscriberKind, TranscriberState, TranscriptSource, TranscriptionSettings};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

/// What becomes of one try.
#[derive(Debug)]
pub(super) enum Fate {
    Words(&'static str),
    Trouble(TranscribeError),
    /// No answer ever comes.
    Hangs,
}

#[derive(Debug, Default)]
pub(super) struct MadeUp {
    pub(super) fates: Mutex<VecDeque<Fate>>,
    /// Who was asked, in order.
    pub(super) asked: Mutex<Vec<TranscriberKind>>,
    /// Those who cannot at the moment.
    pub(super) hindered: Mutex<Vec<TranscriberKind>>,
    /// Why no recording can be had.
    pub(super) unfetched: Mutex<Option<CoreError>>,
}

#[async_trait]
impl Recordings for MadeUp {
    async fn sound(&self, _: CommunicationId) -> Result<Sound, CoreError> {
        if let Some(error) = self.unfetched.lock().unwrap().take() {
            return Err(error);
        }
        Ok(Sound {
            content: Default::default(),
        })
    }
}

#[async_trait]
impl Staff for MadeUp {
    async fn states(&self, _: &TranscriptionSettings) -> Vec<TranscriberState> {
        let hindered = self.hindered.lock().unwrap().clone();
        [
            TranscriberKind::ThisComputer,
            TranscriberKind::Gemini,
            TranscriberKind::OpenAi,
        ]
        .into_iter()
        .map(|kind| TranscriberState {
            kind,
            hindrance: hindered.contains(&kind).then(|| format!("{kind:?} is away.")),
            has_key: false,
        })
        .collect()
    }

    async fn transcribe(
        &self,
        kind: TranscriberKind,
        _: &Sound,
        watch: &Watch,
    ) -> Result<TranscriptRecord, TranscribeError> {
        self.asked.lock().unwrap().push(kind);
        watch.progress(40);
        let fate = self.fates.lock().unwrap().pop_front();
        match fate {
            None => Ok(record(kind, "Please call me back")),
            Some(Fate::Words(text)) => Ok(record(kind, text)),
            Some(Fate::Trouble(error)) => Err(error),
            Some(Fate::Hangs) => std::future::pending().await,
        }
    }
}

pub(super) fn record(kind: TranscriberKind, text: &str) -> TranscriptRecord {
    TranscriptRecord {
        source: TranscriptSource {
            kind,
            model: "made-up".to_owned(),
        },
        language: None,
        text: text.to_owned(),
        segments: Vec::new(),
        confidence: Some(0.9),
        is_partial: false,
    }
}

/// A desk with a store whose clock the test moves.
pub(super) struct Desk {
    pub(super) test: TestStore,
    pub(super) made_up: Arc<MadeUp>,
    pub(super) transcriptions: Transcriptions,
}

impl Desk {
    pub(super) async fn new() -> Self {
        let test = TestStore::new().await;
        let made_up = Arc::new(MadeUp::default());
        let transcriptions = Transcriptions::new(test.store.clone(), made_up.clone(), made_up.clone());
        Self {
            test,
            made_up,
            transcriptions,
        }
    }

    /// A voicemail of minute `minute`, of whose words RingCentral says `state`.
    pub(super) async fn receive(&self, id: &str, minute: i64, state: TranscriptState) -> CommunicationId {
        let ids = self
            .test
            .apply(vec![Change::UpsertMessage(message(id, minute, state))])
            .await;
        ids[0]
    }

    pub(super) fn expect(&self, fates: impl IntoIterator<Item = Fate>) {
        self.made_up.fates.lock().unwrap().extend(fates);
    }

    pub(super) async fn step(&self) -> Step {
        self.transcriptions.step().await.unwrap()
    }

    /// The program ends without a goodbye and is started again.
    pub(super) async fn restart(&mut self) {
        self.transcriptions = Transcriptions::new(
            self.test.store.clone(),
            self.made_up.clone(),
            self.made_up.clone(),
        );
        self.transcriptions.recover().await.unwrap();
    }

    pub(super) fn asked(&self) -> usize {
        self.made_up.asked.lock().unwrap().len()
    }

    pub(super) async fn text(&self, item: CommunicationId) -> Option<String> {
        let state = self.transcriptions.state(item).await.unwrap();
        state.transcript.map(|transcript| transcript.text)
    }
}

pub(super) fn message(id: &str, minute: i64, state: TranscriptState) -> crate::store::MessageRecord {
    let mut message = voicemail(id, MARIA, minute);
    message.body = MessageBody::Voicemail {
        duration_seconds: 9,
        transcript: state,
    };
    message.attachments = vec![AttachmentRecord {
        remote_id: format!("sound-{id}"),
        kind: AttachmentKind::Audio,
        content_type: "audio/mpeg".to_owned(),
        file_name: "voicemail.mp3".to_owned(),
        size_bytes: None,
        uri: "https://media.example.com/sound".to_owned(),
    }];
    message
}

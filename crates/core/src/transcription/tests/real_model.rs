//! Whisper itself, with a model and recordings of the folder in `SWITCHBOARD_SPEECH`; without it these tests say that they
//! skip. How well it understands is measured by `make speech`.
#![cfg(feature = "local-whisper")]

use super::super::error::TranscribeError;
use super::super::{Sound, ThisComputer, Transcriber as _, Watch};
use bytes::Bytes;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use tokio_util::sync::CancellationToken;

fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("SWITCHBOARD_SPEECH").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: SWITCHBOARD_SPEECH names no folder");
    }
    folder
}

fn transcriber(folder: &std::path::Path) -> ThisComputer {
    let model = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "bin"));
    ThisComputer::new(model.unwrap(), "test")
}

fn clip(folder: &std::path::Path) -> Bytes {
    std::fs::read(folder.join("ss0890.8k.wav")).unwrap().into()
}

/// Mu-law samples as a WAV file.
fn wav(samples: &[u8]) -> Sound {
    let mut file = Vec::new();
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(samples.len() as u32 + 38).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt \x12\0\0\0\x07\0\x01\0");
    file.extend_from_slice(&8000_u32.to_le_bytes());
    file.extend_from_slice(&8000_u32.to_le_bytes());
    file.extend_from_slice(b"\x01\0\x08\0\0\0data");
    file.extend_from_slice(&(samples.len() as u32).to_le_bytes());
    file.extend_from_slice(samples);
    Sound { content: file.into() }
}

#[tokio::test]
async fn a_telephone_recording_becomes_words_with_times() {
    let Some(folder) = folder() else { return };
    let sound = Sound {
        content: clip(&folder),
    };
    let record = transcriber(&folder)
        .transcribe(&sound, &Watch::idle())
        .await
        .unwrap();
    let text = record.text.to_lowercase();
    assert!(text.contains("rather selfish"), "{text}");
    assert!(
        record
            .confidence
            .is_some_and(|confidence| (0.5..=1.0).contains(&confidence))
    );
    assert_eq!(record.language.as_deref(), Some("en"));
    let last = record.segments.last().unwrap();
    assert!((3_000..6_500).contains(&last.end_ms), "{last:?}");
}

#[tokio::test]
async fn in_silence_nothing_is_said() {
    let Some(folder) = folder() else { return };
    let record = transcriber(&folder)
        .transcribe(&wav(&vec![0xff; 8000 * 6]), &Watch::idle())
        .await
        .unwrap();
    assert_eq!((record.text.as_str(), record.segments.len()), ("", 0));
}

#[tokio::test]
async fn a_long_recording_can_be_stopped_in_the_middle() {
    let Some(folder) = folder() else { return };
    // Ten minutes of somebody reading.
    let samples = clip(&folder)[58..].repeat(8000 * 600 / 42_000);
    let sound = wav(&samples);
    let cancelled = CancellationToken::new();
    let seen = Arc::new(AtomicU8::new(0));
    let watch = {
        let (cancelled, seen) = (cancelled.clone(), seen.clone());
        Watch::new(cancelled.clone(), move |percent| {
            seen.store(percent, Ordering::SeqCst);
            cancelled.cancel();
        })
    };
    let stopped = transcriber(&folder).transcribe(&sound, &watch).await.unwrap_err();
    assert!(matches!(stopped, TranscribeError::Cancelled), "{stopped}");
    assert!(seen.load(Ordering::SeqCst) < 20);
}

#[tokio::test]
async fn a_short_recording_does_not_wait_for_the_end_of_a_long_one() {
    let Some(folder) = folder() else { return };
    let long = wav(&clip(&folder)[58..].repeat(8000 * 60 / 42_000));
    let short = Sound {
        content: clip(&folder),
    };
    let (watch, transcriber) = (Watch::idle(), transcriber(&folder));
    let mut first = std::pin::pin!(transcriber.transcribe(&long, &watch));
    // Its thread is asked for before the other's.
    let nothing = futures_util::poll!(&mut first);
    assert!(nothing.is_pending());
    tokio::select! {
        long = &mut first => panic!("the long one was first: {long:?}"),
        short = transcriber.transcribe(&short, &watch) => assert!(short.unwrap().text.contains("selfish")),
    }
    let long = first.await.unwrap();
    assert!(long.text.matches("selfish").count() > 5, "{}", long.text);
}

#[tokio::test]
async fn a_file_that_is_no_model_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("model.bin");
    std::fs::write(&file, b"no model".repeat(1000)).unwrap();
    let sound = Sound {
        content: simulator::media::clip(0).bytes.into(),
    };
    let refused = ThisComputer::new(file, "test")
        .transcribe(&sound, &Watch::idle())
        .await;
    assert!(refused.unwrap_err().to_string().contains("cannot be used"));
}

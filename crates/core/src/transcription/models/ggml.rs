//! Whether a file is a Whisper model, by its beginning.
//!
//! whisper.cpp trusts what it loads, and a wrong file can end the whole program. What stands further inside is not looked
//! at.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// "ggml" as a number, and eleven numbers that say how large each part is (`whisper_model_load` in whisper.cpp).
const HEADER_BYTES: usize = 12 * 4;
const MAGIC: u32 = 0x6767_6d6c;

/// The smallest model, pressed as hard as it goes, is thirty megabytes.
const FEWEST_BYTES: u64 = 15 * 1024 * 1024;

/// Whether a file can be loaded as a model.
///
/// # Errors
/// Plain language, when it is something else or cannot be read.
pub fn check_file(file: &Path) -> Result<(), String> {
    let unreadable = |_: io::Error| "The file cannot be read.".to_owned();
    let mut opened = File::open(file).map_err(unreadable)?;
    let size = opened.metadata().map_err(unreadable)?.len();
    let mut header = [0; HEADER_BYTES];
    match opened.read_exact(&mut header) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(not_a_model()),
        read => read.map_err(unreadable)?,
    }
    check_header(&header)?;
    if size < FEWEST_BYTES {
        return Err("The file is only a part of a Whisper model.".to_owned());
    }
    Ok(())
}

pub(super) fn check_header(header: &[u8]) -> Result<(), String> {
    let numbers: Vec<u32> = header
        .chunks_exact(4)
        .filter_map(|number| number.try_into().ok().map(u32::from_le_bytes))
        .collect();
    let [
        magic,
        vocabulary,
        audio_context,
        audio_state,
        audio_heads,
        audio_layers,
        text_context,
        text_state,
        text_heads,
        text_layers,
        mels,
        _,
    ] = numbers.as_slice()
    else {
        return Err(not_a_model());
    };
    if *magic != MAGIC {
        return Err(not_a_model());
    }
    let is_whisper = (50_000..60_000).contains(vocabulary)
        && *audio_context == 1500
        && *text_context == 448
        && (128..=2048).contains(audio_state)
        && audio_state == text_state
        && (1..=64).contains(audio_heads)
        && (1..=64).contains(text_heads)
        && (1..=64).contains(audio_layers)
        && (1..=64).contains(text_layers)
        && [80, 128].contains(mels);
    if is_whisper { Ok(()) } else { Err(not_a_model()) }
}

fn not_a_model() -> String {
    "The file is not a Whisper model in the format of whisper.cpp (such as ggml-base.en.bin).".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(magic: u32, mels: u32) -> Vec<u8> {
        [magic, 51_864, 1500, 384, 6, 4, 448, 384, 6, 4, mels, 1]
            .into_iter()
            .flat_map(u32::to_le_bytes)
            .collect()
    }

    #[test]
    fn a_model_is_known_by_its_beginning() {
        assert_eq!(check_header(&header(MAGIC, 80)), Ok(()));
        assert!(check_header(&header(MAGIC + 1, 80)).is_err());
        assert!(check_header(&header(MAGIC, 0)).is_err());
        assert!(check_header(b"ggml").is_err());
    }

    #[test]
    fn other_files_and_pieces_of_models_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for (name, content, words) in [
            ("empty", Vec::new(), "not a Whisper model"),
            (
                "text",
                b"Dear Sir or Madam, this is a letter of more than a few bytes.".to_vec(),
                "not a Whisper model",
            ),
            ("piece", header(MAGIC, 80), "only a part"),
        ] {
            let file = folder.path().join(name);
            std::fs::write(&file, content).unwrap();
            let refused = check_file(&file).unwrap_err();
            assert!(refused.contains(words), "{name}: {refused}");
        }
        assert!(check_file(&folder.path().join("absent")).is_err());
    }
}

//! Reading files that are to go along with a text. What can be said before reading is said before.

use crate::browser;
use crate::format::file_size;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::outgoing::Picture;

/// RingCentral's limits of a text with pictures (reference of `createSMSMessage`): the core holds to them, this spares reading a film.
const MOST_FILES: usize = 10;
const MOST_BYTES: u64 = 1_500_000;

/// A file as the core takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadFile {
    pub(super) name: String,
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

impl ReadFile {
    pub(super) fn base64(&self) -> String {
        BASE64.encode(&self.bytes)
    }
}

/// Reads one whole.
///
/// # Errors
/// Plain words when it went away or may not be read.
pub(super) async fn read(file: &web_sys::File) -> Result<ReadFile, String> {
    let name = file.name();
    match browser::bytes_of(file).await {
        Some(bytes) => Ok(ReadFile {
            content_type: file.type_(),
            name,
            bytes,
        }),
        None => Err(format!("{name} could not be read.")),
    }
}

/// Why files of these sizes cannot be added.
pub(super) fn refusal(held: &[Picture], sizes: &[u64]) -> Option<String> {
    let count = held.len() + sizes.len();
    if count > MOST_FILES {
        return Some(format!(
            "A text can carry {MOST_FILES} files and these would be {count}. Send a second text."
        ));
    }
    let held: u64 = held.iter().map(|picture| picture.size_bytes).sum();
    let total = held + sizes.iter().sum::<u64>();
    (total > MOST_BYTES).then(|| {
        format!(
            "The files would have {} together and a text can carry {}. Send fewer of them, or smaller pictures.",
            file_size(total),
            file_size(MOST_BYTES)
        )
    })
}

/// The size of a file in whole bytes.
pub(super) fn size(file: &web_sys::File) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file's size is whole and positive"
    )]
    let bytes = file.size() as u64;
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::PictureId;

    fn held(size_bytes: u64) -> Vec<Picture> {
        vec![Picture {
            id: PictureId(1),
            file_name: "corner.jpg".to_owned(),
            content_type: "image/jpeg".to_owned(),
            size_bytes,
        }]
    }

    #[test]
    fn files_count_together_with_those_that_are_there() {
        assert_eq!(refusal(&held(700_000), &[800_000]), None);
        assert_eq!(
            refusal(&held(700_000), &[800_001]).as_deref(),
            Some(
                "The files would have 1.5 MB together and a text can carry 1.5 MB. Send fewer of them, or smaller pictures."
            )
        );
    }

    #[test]
    fn ten_are_enough() {
        assert_eq!(refusal(&held(1), &[1; 9]), None);
        assert!(refusal(&held(1), &[1; 10]).is_some());
    }
}

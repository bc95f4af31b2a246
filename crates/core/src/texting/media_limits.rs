//! Whether the files of a multimedia text can go out, before anything is sent.
//!
//! The limits are RingCentral's (reference of `createSMSMessage`: ten attachments of 1500000 bytes together; the kinds
//! of developers.ringcentral.com/guide/messaging/sms/sending-images). Carriers may take less, which only the delivery
//! tells. No file is opened or made smaller here.

use std::fmt;

/// The most files in one text.
pub const MOST_FILES: usize = 10;
/// The most that all files of a text may have together.
pub const MOST_BYTES: u64 = 1_500_000;

/// MIME types with their file endings. The first ending of a line is the usual one.
const KINDS: &[(&str, &[&str])] = &[
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/png", &["png"]),
    ("image/gif", &["gif"]),
    ("image/bmp", &["bmp"]),
    ("image/tiff", &["tif", "tiff"]),
    ("image/svg+xml", &["svg"]),
    ("video/3gpp", &["3gp"]),
    ("video/mp4", &["mp4"]),
    ("video/mpeg", &["mpeg", "mpg"]),
    ("video/msvideo", &["avi"]),
    ("audio/mpeg", &["mp3"]),
    ("text/vcard", &["vcf", "vcard"]),
    ("application/zip", &["zip"]),
    ("application/gzip", &["gz", "gzip"]),
    ("application/rtf", &["rtf"]),
];

/// A file that somebody wants to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingFile {
    pub name: String,
    pub content_type: String,
    pub size_bytes: u64,
}

/// Why the files cannot go out as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaProblem {
    #[error("A text can carry {MOST_FILES} files and this one has {count}. Take {} away or send a second text.", count - MOST_FILES)]
    TooMany { count: usize },
    #[error("The files have {} together and a text can carry {}. Send fewer of them, or smaller pictures.", Megabytes(*total_bytes), Megabytes(MOST_BYTES))]
    TooLarge { total_bytes: u64 },
    #[error(
        "“{name}” cannot be sent with a text. Pictures, short videos, sound, contact cards and zip files can; send other documents as a fax or by email."
    )]
    WrongKind { name: String },
    #[error("“{name}” is empty. Check the file and add it again.")]
    Empty { name: String },
}

/// Looks at all files of one text.
///
/// # Errors
/// Everything that is in the way, so that all of it can be put right at once.
pub fn check(files: &[OutgoingFile]) -> Result<(), Vec<MediaProblem>> {
    let mut problems = Vec::new();
    if files.len() > MOST_FILES {
        problems.push(MediaProblem::TooMany { count: files.len() });
    }
    for file in files {
        let name = || file.name.clone();
        if !is_sendable(&file.content_type) {
            problems.push(MediaProblem::WrongKind { name: name() });
        }
        if file.size_bytes == 0 {
            problems.push(MediaProblem::Empty { name: name() });
        }
    }
    let total_bytes = files
        .iter()
        .fold(0, |sum: u64, file| sum.saturating_add(file.size_bytes));
    if total_bytes > MOST_BYTES {
        problems.push(MediaProblem::TooLarge { total_bytes });
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// The MIME type for a file name, among those that can be sent.
pub fn content_type_of(file_name: &str) -> Option<&'static str> {
    let (_, ending) = file_name.rsplit_once('.')?;
    KINDS
        .iter()
        .find(|(_, endings)| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
        .map(|(content_type, _)| *content_type)
}

/// Parameters such as a character set do not make another kind.
fn is_sendable(content_type: &str) -> bool {
    let plain = content_type.split(';').next().unwrap_or_default().trim();
    KINDS.iter().any(|(known, _)| known.eq_ignore_ascii_case(plain))
}

/// In tenths of a megabyte, rounded up: what is too large must not look like the limit.
struct Megabytes(u64);

impl fmt::Display for Megabytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.0.div_ceil(100_000);
        write!(f, "{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(size_bytes: u64) -> OutgoingFile {
        OutgoingFile {
            name: "site.jpg".into(),
            content_type: "image/jpeg".into(),
            size_bytes,
        }
    }

    fn words(files: &[OutgoingFile]) -> Vec<String> {
        check(files)
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn ten_files_of_one_and_a_half_megabytes_together_are_fine() {
        assert_eq!(check(&vec![picture(150_000); 10]), Ok(()));
        assert_eq!(check(&[]), Ok(()));
    }

    #[test]
    fn one_file_or_one_byte_more_is_said_in_words() {
        assert_eq!(
            words(&vec![picture(1); 12]),
            ["A text can carry 10 files and this one has 12. Take 2 away or send a second text."]
        );
        assert_eq!(
            words(&[picture(1_500_000), picture(1)]),
            [
                "The files have 1.6 MB together and a text can carry 1.5 MB. Send fewer of them, or smaller pictures."
            ]
        );
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let program = OutgoingFile {
            name: "setup.exe".into(),
            content_type: "application/x-msdownload".into(),
            size_bytes: u64::MAX,
        };
        let problems = check(&[program, picture(0)]).unwrap_err();
        assert_eq!(
            problems,
            [
                MediaProblem::WrongKind {
                    name: "setup.exe".into()
                },
                MediaProblem::Empty {
                    name: "site.jpg".into()
                },
                MediaProblem::TooLarge {
                    total_bytes: u64::MAX
                },
            ]
        );
    }

    #[test]
    fn kinds_are_known_by_their_ending_and_with_parameters() {
        assert_eq!(content_type_of("Plan.JPEG"), Some("image/jpeg"));
        assert_eq!(content_type_of("card.vcf"), Some("text/vcard"));
        assert_eq!(content_type_of("plan.pdf"), None);
        assert_eq!(content_type_of("jpg"), None);
        assert!(is_sendable("Text/VCard; charset=utf-8"));
    }
}

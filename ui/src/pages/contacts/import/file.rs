//! Reading a chosen file.

use crate::browser;
use crate::format::file_size;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::import::ImportFormat;

/// An address book of fifty thousand people is smaller; a film is larger.
const MOST_BYTES: f64 = 64_000_000.0;

/// A file as the core takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChosenFile {
    pub name: String,
    pub format: ImportFormat,
    pub content_base64: String,
}

/// Reads it whole.
///
/// # Errors
/// Plain words when it cannot be read or is no address book by its size.
pub(crate) async fn read(file: &web_sys::File) -> Result<ChosenFile, String> {
    let name = file.name();
    if file.size() > MOST_BYTES {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a file's size is whole and positive"
        )]
        let size = file_size(file.size() as u64);
        return Err(format!(
            "{name} is {size} large. An address book is not; was it the right file?"
        ));
    }
    let bytes = browser::bytes_of(file)
        .await
        .ok_or_else(|| format!("{name} could not be read."))?;
    Ok(ChosenFile {
        format: format(&name, &bytes),
        name,
        content_base64: BASE64.encode(&bytes),
    })
}

/// By content first: people rename files.
fn format(name: &str, bytes: &[u8]) -> ImportFormat {
    let start: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii_graphic())
        .take(11)
        .collect();
    let is_card = start.eq_ignore_ascii_case(b"BEGIN:VCARD");
    let lower = name.to_ascii_lowercase();
    if is_card || lower.ends_with(".vcf") || lower.ends_with(".vcard") {
        ImportFormat::VCard
    } else {
        ImportFormat::Csv
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_known_by_its_beginning_whatever_its_name() {
        assert_eq!(format("people.txt", b"begin:vcard\r\n"), ImportFormat::VCard);
        assert_eq!(format("people.VCF", b""), ImportFormat::VCard);
        assert_eq!(format("people.csv", b"Name,Phone\n"), ImportFormat::Csv);
    }

    #[test]
    fn a_byte_order_mark_does_not_hide_a_card() {
        assert_eq!(format("x", b"\xef\xbb\xbfBEGIN:VCARD\n"), ImportFormat::VCard);
        assert_eq!(
            format("x", b"\xff\xfeB\0E\0G\0I\0N\0:\0V\0C\0A\0R\0D\0"),
            ImportFormat::VCard
        );
    }
}

//! Names of documents: as they are kept here, and as RingCentral takes them.

use crate::attachments::file_name;
use domain::attachment::AttachmentKind;
use jiff::Timestamp;
use ringcentral::api::fax::FORBIDDEN_IN_FILE_NAMES;

/// The name under which a document is shown, safe on every system.
pub fn as_kept(given: Option<&str>, content_type: &str, now: Timestamp) -> String {
    file_name::safe(given, AttachmentKind::FaxDocument, content_type, now)
}

/// The name under which a document is sent: without the characters that RingCentral does not allow, and with an extension
/// that says what it is, as RingCentral goes by it.
pub fn as_sent(name: &str, content_type: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| {
            if FORBIDDEN_IN_FILE_NAMES.contains(&c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    let allowed = extensions_of(content_type);
    let is_named = |given: &String| allowed.is_empty() || allowed.contains(&given.as_str());
    match (extension.filter(is_named), allowed.first()) {
        (None, Some(extension)) => format!("{name}.{extension}"),
        _ => name,
    }
}

/// Whether RingCentral allows the name as it is.
pub fn is_allowed(name: &str) -> bool {
    !name.contains(FORBIDDEN_IN_FILE_NAMES)
}

fn extensions_of(content_type: &str) -> &'static [&'static str] {
    match content_type {
        "application/pdf" => &["pdf"],
        "image/tiff" => &["tiff", "tif"],
        "image/png" => &["png"],
        "image/jpeg" => &["jpg", "jpeg"],
        "image/gif" => &["gif"],
        "image/bmp" => &["bmp"],
        "text/plain" => &["txt", "log", "h", "cpp", "c", "err", "hpp"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_loses_what_ringcentral_does_not_allow_and_nothing_else() {
        assert_eq!(
            as_sent("Plan A&B #3 (100%).pdf", "application/pdf"),
            "Plan A_B _3 (100_).pdf"
        );
        assert_eq!(as_sent("Grüße, plan.PDF", "application/pdf"), "Grüße, plan.PDF");
        assert!(is_allowed("plan.pdf") && !is_allowed("a@b.pdf"));
    }

    #[test]
    fn a_name_that_lies_about_the_content_gets_an_honest_extension() {
        assert_eq!(as_sent("plan.doc", "application/pdf"), "plan.doc.pdf");
        assert_eq!(as_sent("scan.tif", "image/tiff"), "scan.tif");
        assert_eq!(as_sent("bid.docx", "application/octet-stream"), "bid.docx");
    }
}

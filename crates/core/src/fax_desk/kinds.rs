//! What a document is, by its content. The name decides only where contents look alike, as office formats do.
//!
//! Which kinds RingCentral takes: developers.ringcentral.com/guide/messaging/fax/sending-faxes.

use domain::fax::FaxFileKind;

/// A document that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) kind: FaxFileKind,
    pub(super) content_type: &'static str,
}

const OFFICE_ZIP: [(&str, &str); 8] = [
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (
        "dotx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template",
    ),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    ("vsdx", "application/vnd.ms-visio.drawing"),
    ("docm", "application/vnd.ms-word.document.macroenabled.12"),
    ("xlsm", "application/vnd.ms-excel.sheet.macroenabled.12"),
];

/// Formats of Microsoft's older programs, which share one container.
const OFFICE_OLE: [(&str, &str); 9] = [
    ("doc", "application/msword"),
    ("dot", "application/msword"),
    ("mcw", "application/msword"),
    ("xls", "application/vnd.ms-excel"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("vsd", "application/vnd.visio"),
    ("pub", "application/x-mspublisher"),
    ("wps", "application/vnd.ms-works"),
    ("wri", "application/x-mswrite"),
];

/// Formats whose contents have no mark that all of their versions share.
const BY_NAME: [(&str, &str); 13] = [
    ("awd", "application/octet-stream"),
    ("mcw", "application/msword"),
    ("pcx", "image/x-pcx"),
    ("psd", "image/vnd.adobe.photoshop"),
    ("rtf", "application/rtf"),
    ("tga", "image/x-tga"),
    ("wk1", "application/vnd.lotus-1-2-3"),
    ("wk3", "application/vnd.lotus-1-2-3"),
    ("wk4", "application/vnd.lotus-1-2-3"),
    ("wps", "application/vnd.ms-works"),
    ("wq1", "application/octet-stream"),
    ("wri", "application/x-mswrite"),
    ("doc", "application/msword"),
];

/// Texts that are laid out by somebody: RingCentral draws them.
const MARKED_UP: [(&str, &str); 4] = [
    ("csv", "text/csv"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("xml", "application/xml"),
];

/// What it is; `None` for what RingCentral does not take.
pub(super) fn of(content: &[u8], name: &str) -> Option<Known> {
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase())
        .unwrap_or_default();
    let start = content.get(..content.len().min(1_024)).unwrap_or_default();
    let known = |kind, content_type| Some(Known { kind, content_type });
    if start.starts_with(b"II*\0") || start.starts_with(b"MM\0*") {
        return known(FaxFileKind::Tiff, "image/tiff");
    }
    if start.windows(5).any(|five| five == b"%PDF-") {
        return known(FaxFileKind::Pdf, "application/pdf");
    }
    let pictures: [(&[u8], &str); 5] = [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"BM", "image/bmp"),
    ];
    for (mark, content_type) in pictures {
        let is_bitmap = content_type != "image/bmp" || extension == "bmp";
        if start.starts_with(mark) && is_bitmap {
            return known(FaxFileKind::Picture, content_type);
        }
    }
    let converted = |list: &[(&str, &'static str)]| {
        let content_type = list.iter().find(|(one, _)| *one == extension)?.1;
        known(FaxFileKind::ConvertedByRingCentral, content_type)
    };
    if start.starts_with(b"PK\x03\x04") {
        return converted(&OFFICE_ZIP);
    }
    if start.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return converted(&OFFICE_OLE);
    }
    if let Some(known) = converted(&BY_NAME) {
        return Some(known);
    }
    if !is_text(content) {
        return None;
    }
    converted(&MARKED_UP).or_else(|| known(FaxFileKind::Text, "text/plain"))
}

/// Words in a common encoding: no zero bytes, and hardly anything that is not written.
fn is_text(content: &[u8]) -> bool {
    let start = content.get(..content.len().min(64 * 1024)).unwrap_or_default();
    let odd = start
        .iter()
        .filter(|byte| byte.is_ascii_control() && !matches!(byte, b'\n' | b'\r' | b'\t' | b'\x0c' | b'\x1b'))
        .count();
    !start.contains(&0) && odd * 50 <= start.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(content: &[u8], name: &str) -> Option<FaxFileKind> {
        of(content, name).map(|known| known.kind)
    }

    #[test]
    fn the_content_decides_and_not_the_name() {
        assert_eq!(kind(b"%PDF-1.7 ...", "plan.doc"), Some(FaxFileKind::Pdf));
        assert_eq!(kind(b"II*\0....", "scan"), Some(FaxFileKind::Tiff));
        assert_eq!(kind(b"\xff\xd8\xff\xe0", "photo.pdf"), Some(FaxFileKind::Picture));
        assert_eq!(kind(b"Dear Sirs,\n", "letter.txt"), Some(FaxFileKind::Text));
        assert_eq!(kind(b"MZ\x90\0\x03\0\0\0", "plan.pdf"), None);
    }

    #[test]
    fn office_documents_need_the_right_container_and_name() {
        let converted = Some(FaxFileKind::ConvertedByRingCentral);
        assert_eq!(kind(b"PK\x03\x04rest", "bid.DOCX"), converted);
        assert_eq!(kind(b"PK\x03\x04rest", "photos.zip"), None);
        assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "bid.xls"), converted);
        assert_eq!(kind(b"{\\rtf1 Hello}", "letter.rtf"), converted);
        assert_eq!(kind(b"a;b;c\n1;2;3\n", "list.csv"), converted);
    }
}

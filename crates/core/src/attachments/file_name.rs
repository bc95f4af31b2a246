//! File names that are safe on every system, from names that strangers chose.

use domain::attachment::AttachmentKind;
use jiff::Timestamp;

/// Longest name in characters, extension included; every file system we meet allows 255 bytes.
const LONGEST: usize = 80;

/// Names that Windows keeps for devices, whatever their extension.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A safe name made from the given one, or from what the file is when there is none.
pub fn safe(given: Option<&str>, kind: AttachmentKind, content_type: &str, created_at: Timestamp) -> String {
    let extension = extension_of(content_type);
    let cleaned = given.map(clean).unwrap_or_default();
    if cleaned.is_empty() {
        let what = match kind {
            AttachmentKind::Audio => "Voicemail",
            AttachmentKind::Transcript => "Transcript",
            AttachmentKind::FaxDocument => "Fax",
            AttachmentKind::Media => "Picture",
        };
        return format!("{what} {}.{extension}", created_at.strftime("%Y-%m-%d %H-%M-%S"));
    }
    match cleaned.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && (1..=8).contains(&ending.len()) => {
            format!("{}.{ending}", shorten(stem, LONGEST - ending.len() - 1))
        }
        _ => format!("{}.{extension}", shorten(&cleaned, LONGEST - extension.len() - 1)),
    }
}

/// The name with a number put before its extension: `Fax.pdf` becomes `Fax (2).pdf`.
pub fn numbered(name: &str, number: u32) -> String {
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() => format!("{stem} ({number}).{ending}"),
        _ => format!("{name} ({number})"),
    }
}

fn clean(given: &str) -> String {
    // Only the last part of a path, whichever way its separators lean.
    let name = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name
        .chars()
        .map(|c| {
            if c.is_control() || is_direction_mark(c) || "<>:\"|?*".contains(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    // A leading dot hides a file, trailing dots and spaces vanish on Windows.
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    if RESERVED.contains(&stem.as_str()) {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// Marks that turn the direction of writing could make `fdp.exe` read as `exe.pdf`.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn shorten(text: &str, longest: usize) -> String {
    text.chars()
        .take(longest)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

fn extension_of(content_type: &str) -> &'static str {
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "audio/mpeg" | "audio/mp3" => "mp3",
        "audio/x-wav" | "audio/wav" | "audio/wave" => "wav",
        "audio/ogg" => "ogg",
        "audio/amr" => "amr",
        "application/pdf" => "pdf",
        "image/tiff" => "tiff",
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/heic" => "heic",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        "text/plain" => "txt",
        "text/vcard" | "text/x-vcard" => "vcf",
        _ => "bin",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(given: &str) -> String {
        safe(
            Some(given),
            AttachmentKind::FaxDocument,
            "application/pdf",
            Timestamp::UNIX_EPOCH,
        )
    }

    #[test]
    fn a_name_cannot_lead_out_of_its_folder() {
        assert_eq!(named("../../.ssh/authorized_keys"), "authorized_keys.pdf");
        assert_eq!(named("C:\\Windows\\win.ini"), "win.ini");
        assert_eq!(named("/etc/passwd"), "passwd.pdf");
        assert_eq!(named(".."), "Fax 1970-01-01 00-00-00.pdf");
    }

    #[test]
    fn names_that_one_system_refuses_are_changed_on_all() {
        assert_eq!(named("aux.pdf"), "_aux.pdf");
        assert_eq!(named("plan: a<b>?.pdf"), "plan_ a_b__.pdf");
        assert_eq!(named("bid\u{202e}fdp.exe"), "bid_fdp.exe");
        assert_eq!(named("drawing. . "), "drawing.pdf");
    }

    #[test]
    fn long_names_keep_their_extension() {
        let name = named(&format!("{}.tiff", "ä".repeat(300)));
        assert!(
            name.ends_with(".tiff") && name.chars().count() <= LONGEST,
            "{name}"
        );
    }

    #[test]
    fn a_file_without_a_name_gets_one_that_says_what_it_is() {
        let name = safe(None, AttachmentKind::Audio, "audio/mpeg", Timestamp::UNIX_EPOCH);
        assert_eq!(name, "Voicemail 1970-01-01 00-00-00.mp3");
        assert_eq!(numbered(&name, 2), "Voicemail 1970-01-01 00-00-00 (2).mp3");
    }
}

//! Files to open: a tone for each voicemail, a picture for one text, a page for each fax.

use domain::attachment::{Attachment, AttachmentKind};
use domain::communication::{Body, Communication};
use domain::ids::AttachmentId;

const PICTURE: &[u8] = br##"<svg xmlns="http://www.w3.org/2000/svg" width="640" height="420" viewBox="0 0 640 420"><rect width="640" height="420" fill="#b9c4cf"/><path d="M0 300h640v120H0z" fill="#8d7b68"/><g stroke="#5a4636" stroke-width="9"><path d="M40 120v230M120 110v240M200 100v250M280 95v255M360 92v258M440 92v258M520 96v254M600 102v248"/><path d="M0 180h640M0 250h640M0 320h640"/></g></svg>"##;
const FAX: &[u8] = b"%PDF-1.4\n\
1 0 obj<</Type/Catalog/Pages 2 0 R>> endobj\n\
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj\n\
4 0 obj<</Length 71>>stream\n\
BT /F 24 Tf 72 700 Td (S-201 foundation plan) Tj ET 72 200 468 440 re S\n\
endstream endobj\n\
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n\
xref\n\
0 6\n\
0000000000 65535 f \n\
0000000009 00000 n \n\
0000000053 00000 n \n\
0000000103 00000 n \n\
0000000213 00000 n \n\
0000000330 00000 n \n\
trailer<</Size 6/Root 1 0 R>>\n\
startxref\n\
392\n\
%%EOF";
const SAMPLE_RATE: u32 = 8_000;

/// Hangs on an item what belongs to its kind.
pub(super) fn attach(item: &mut Communication) {
    let (kind, content_type, name) = match &item.body {
        Body::Voicemail { .. } => (AttachmentKind::Audio, "audio/wav", "voicemail.wav"),
        Body::Fax { .. } => (AttachmentKind::FaxDocument, "application/pdf", "fax.pdf"),
        Body::Text { text, .. } if text.starts_with("This is the corner") => {
            (AttachmentKind::Media, "image/svg+xml", "corner.svg")
        }
        Body::Text { .. } | Body::Call { .. } => return,
    };
    // The kind is told by the remainder, see `bytes`.
    let offset = match kind {
        AttachmentKind::Audio => 0,
        AttachmentKind::FaxDocument => 1,
        AttachmentKind::Media | AttachmentKind::Transcript => 2,
    };
    item.attachments = vec![Attachment {
        id: AttachmentId(item.id.0 * 3 + offset),
        kind,
        content_type: content_type.to_owned(),
        file_name: name.to_owned(),
        size_bytes: Some(48_200),
        is_cached: true,
    }];
}

pub(super) fn bytes(id: AttachmentId) -> Option<Vec<u8>> {
    match id.0 % 3 {
        0 => Some(tone(8)),
        1 => Some(FAX.to_vec()),
        2 => Some(PICTURE.to_vec()),
        _ => None,
    }
}

/// A quiet triangle wave as a WAV file.
fn tone(seconds: u32) -> Vec<u8> {
    let samples: Vec<u8> = (0..seconds * SAMPLE_RATE)
        .map(|at| {
            let phase = u8::try_from(at % 32).unwrap_or(0);
            112 + if phase < 16 { phase * 2 } else { (31 - phase) * 2 }
        })
        .collect();
    let length = seconds * SAMPLE_RATE;
    let mut file = Vec::with_capacity(samples.len() + 44);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(length + 36).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&SAMPLE_RATE.to_le_bytes());
    file.extend_from_slice(&SAMPLE_RATE.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&8_u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&length.to_le_bytes());
    file.extend_from_slice(&samples);
    file
}

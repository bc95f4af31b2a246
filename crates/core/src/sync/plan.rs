//! Decides what an answer of the server means for the store: vendor record in, change out.
//!
//! Pure and total: a record that makes no sense becomes a change that sets it aside, with the reason. What the store
//! already holds is not looked at; the store compares, because only it can do so within its transaction.

mod calls;
mod messages;
mod people;
mod words;

pub use calls::{call, call_change};
pub use messages::{message, message_change};
pub use people::{directory_entry, personal_contact};

use crate::store::{Change, PartyRecord};
use ringcentral::page::MalformedRecord;

/// A record that could not be read is kept as it came, under its id or, when even that could not be read, under a
/// fingerprint of its text, so that meeting it again does not count twice.
pub fn malformed(record: &MalformedRecord) -> Change {
    let raw = record.raw.as_str();
    Change::SetAside {
        remote_id: record
            .id
            .clone()
            .unwrap_or_else(|| format!("unread-{:016x}", fingerprint(raw))),
        reason: format!("{}: {}", record.field, record.reason),
        raw: raw.to_owned(),
    }
}

/// FNV-1a: small, and the same on every computer and in every version of this program.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The vendor writes absent texts as missing or as empty.
fn present(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn is_nobody(party: &PartyRecord) -> bool {
    party.number.is_none() && party.extension.is_none() && party.name.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ringcentral::page::Raw;

    #[test]
    fn a_record_without_a_readable_id_is_counted_once_however_often_it_comes() {
        let record = MalformedRecord {
            index: 3,
            id: None,
            field: "startTime".into(),
            reason: "missing".into(),
            raw: Raw::new("{\"id\":{}}"),
        };
        let (Change::SetAside { remote_id: first, .. }, Change::SetAside { remote_id: again, .. }) = (
            malformed(&record),
            malformed(&MalformedRecord {
                index: 7,
                ..record.clone()
            }),
        ) else {
            panic!("both are set aside")
        };
        assert_eq!(first, again);
    }
}

//! A communication as one line of an export.

use crate::commands::search::kind;
use domain::communication::{Body, Communication, Direction, Transcript};
use domain::phone_number::PhoneNumber;
use serde::Serialize;
use switchboard_core::spreadsheet;

/// Column names are the field names; they never change their meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Row {
    /// RFC 3339, in UTC.
    occurred_at: String,
    kind: &'static str,
    direction: &'static str,
    contact: String,
    company: String,
    /// E.164 where it has one, else as it is shown.
    number: String,
    line: String,
    /// How a call ended, or where a text or fax is on its way.
    state: String,
    duration_seconds: Option<u32>,
    pages: Option<u32>,
    /// What was written, or the transcript of what was said.
    text: String,
    is_read: bool,
    is_done: bool,
}

impl Row {
    pub(crate) fn of(item: &Communication) -> Self {
        let contact = item.party.contact.as_ref();
        let number = item.party.number.as_ref();
        let (state, duration_seconds, pages, text) = match &item.body {
            Body::Call {
                outcome,
                duration_seconds,
                ..
            } => (word(outcome), Some(*duration_seconds), None, String::new()),
            Body::Text { text, state, .. } => (word(state), None, None, text.clone()),
            Body::Voicemail {
                duration_seconds,
                transcript,
            } => {
                let text = match transcript {
                    Transcript::Ready { text, .. } => text.clone(),
                    _ => String::new(),
                };
                (String::new(), Some(*duration_seconds), None, text)
            }
            Body::Fax { page_count, state } => (word(state), None, Some(*page_count), String::new()),
        };
        Self {
            occurred_at: item.occurred_at.to_string(),
            kind: kind(item),
            direction: match item.direction {
                Direction::Inbound => "inbound",
                Direction::Outbound => "outbound",
            },
            contact: contact.map(|contact| contact.name.clone()).unwrap_or_default(),
            company: contact
                .and_then(|contact| contact.company.clone())
                .unwrap_or_default(),
            number: number.map(PhoneNumber::to_look_up).unwrap_or_default(),
            line: item.line.clone().unwrap_or_default(),
            state,
            duration_seconds,
            pages,
            text,
            is_read: item.is_read,
            is_done: item.is_done,
        }
    }

    /// For spreadsheets: no cell may begin with what they would take for a formula. Numbers keep their `+`, since a
    /// telephone number is no formula.
    pub(crate) fn guarded(&self) -> Self {
        let mut row = self.clone();
        for cell in [&mut row.contact, &mut row.company, &mut row.line, &mut row.text] {
            *cell = spreadsheet::guarded(cell);
        }
        row
    }
}

/// The word of a state, as the types name it and without what hangs on it.
fn word(state: &impl Serialize) -> String {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(serde_json::Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::communication::{DeliveryState, Party};
    use domain::ids::{CommunicationId, ConversationId};

    fn text(words: &str, state: DeliveryState) -> Communication {
        Communication {
            id: CommunicationId(1),
            direction: Direction::Inbound,
            occurred_at: "2026-11-17T23:20:00Z".parse().unwrap(),
            party: Party {
                label: "Withheld number".into(),
                number: None,
                caller_id_name: None,
                contact: None,
            },
            line: None,
            is_read: false,
            is_done: false,
            is_owed: false,
            body: Body::Text {
                conversation_id: ConversationId::from("1"),
                text: words.into(),
                state,
                participants: vec![],
            },
            attachments: vec![],
        }
    }

    #[test]
    fn a_text_that_looks_like_a_formula_is_written_as_text() {
        let row = Row::of(&text(
            "=HYPERLINK(\"http://example.com\")",
            DeliveryState::Received,
        ));
        assert!(row.guarded().text.starts_with("'="));
        assert!(row.text.starts_with('='), "programs get what was written");
    }

    #[test]
    fn a_failure_is_named_without_its_words() {
        let row = Row::of(&text(
            "Hi",
            DeliveryState::Failed {
                reason: "Opted out".into(),
            },
        ));
        assert_eq!(row.state, "Failed");
    }
}

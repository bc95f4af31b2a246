//! Printing: text for people, one JSON document for programs. Results go to standard output, everything else to standard
//! error.

use crate::Failure;
use serde::Serialize;
use std::io::Write;

/// How results are printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    is_json: bool,
}

#[derive(Serialize)]
struct FailureDocument<'a> {
    error: &'a str,
    exit_code: u8,
}

impl Output {
    pub(crate) fn new(is_json: bool) -> Self {
        Self { is_json }
    }

    /// Prints a result in the form that was asked for. `text` is only made when it is printed.
    pub(crate) fn result(&self, document: &impl Serialize, text: impl FnOnce() -> String) {
        let printed = if self.is_json {
            serde_json::to_string(document).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
        } else {
            text()
        };
        // A reader that closed the pipe has read enough.
        let _ = writeln!(std::io::stdout(), "{printed}");
    }

    /// Says why nothing was done.
    pub(crate) fn failure(&self, failure: &Failure) {
        let text = if self.is_json {
            serde_json::to_string(&FailureDocument {
                error: &failure.message,
                exit_code: failure.code,
            })
            .unwrap_or_default()
        } else {
            format!("switchboardctl: {}", failure.message)
        };
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// Says how far something has come; only people want to know.
    pub(crate) fn progress(&self, words: &str) {
        if !self.is_json {
            let _ = writeln!(std::io::stderr(), "{words}");
        }
    }
}

//! From a body to its pieces: what is text, what is a placeholder, what is wrong.
//!
//! `{{` and `}}` are literal braces. A placeholder ends on its line and holds no braces, so that a forgotten closing
//! brace spoils one line and not the rest of the text.

use super::Variable;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A stretch of the body with its meaning. The sources of all pieces joined are the body, for colouring it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub source: String,
    pub kind: PieceKind,
}

/// What a piece means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PieceKind {
    Text,
    /// `{{` or `}}`: one literal brace.
    Brace(char),
    Placeholder {
        variable: Variable,
        /// Used where there is no value; may be empty, which leaves the place empty.
        default: Option<String>,
    },
    Problem(ProblemKind),
}

/// What is wrong with a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemKind {
    /// `{` without its `}`.
    Unclosed,
    /// `}` without its `{`.
    Unopened,
    /// Braces with nothing between them.
    Empty,
    Unknown {
        name: String,
        suggestion: Option<Variable>,
    },
}

/// Something wrong in a body; its `Display` is the sentence to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateProblem {
    pub kind: ProblemKind,
    /// The part of the body that is wrong.
    pub source: String,
    /// Where it begins, in UTF-16 units, as a text field's selection counts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Piece {
    pub(super) fn utf16_units(&self) -> usize {
        self.source.chars().map(char::len_utf16).sum()
    }
}

/// The pieces of a body, in order. Never fails: what is wrong is a piece as well.
pub fn pieces(body: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let (kind, length) = first(rest);
        // A length of zero or beyond the end cannot be; the rest as text ends the loop in any case.
        let (source, behind) = match rest.split_at_checked(length) {
            Some((source, behind)) if !source.is_empty() => (source, behind),
            _ => (rest, ""),
        };
        found.push(Piece {
            source: source.to_owned(),
            kind,
        });
        rest = behind;
    }
    found
}

fn first(rest: &str) -> (PieceKind, usize) {
    if rest.starts_with("{{") {
        return (PieceKind::Brace('{'), 2);
    }
    if rest.starts_with("}}") {
        return (PieceKind::Brace('}'), 2);
    }
    if rest.starts_with('}') {
        return (PieceKind::Problem(ProblemKind::Unopened), 1);
    }
    let Some(inside) = rest.strip_prefix('{') else {
        return (PieceKind::Text, rest.find(['{', '}']).unwrap_or(rest.len()));
    };
    let end = inside.find(['{', '}', '\n', '\r']).unwrap_or(inside.len());
    match inside.split_at_checked(end) {
        Some((content, behind)) if behind.starts_with('}') => (placeholder(content), end + 2),
        _ => (PieceKind::Problem(ProblemKind::Unclosed), end + 1),
    }
}

fn placeholder(content: &str) -> PieceKind {
    let (name, default) = match content.split_once('|') {
        Some((name, default)) => (name.trim(), Some(default.to_owned())),
        None => (content.trim(), None),
    };
    if let Some(variable) = Variable::of_name(name) {
        PieceKind::Placeholder { variable, default }
    } else if name.is_empty() {
        PieceKind::Problem(ProblemKind::Empty)
    } else {
        PieceKind::Problem(ProblemKind::Unknown {
            name: name.to_owned(),
            suggestion: Variable::nearest(name),
        })
    }
}

impl fmt::Display for TemplateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ProblemKind::Unclosed => f.write_str(
                "A curly bracket is opened here and not closed on the same line. Close it, or write {{ for a bracket.",
            ),
            ProblemKind::Unopened => f.write_str(
                "A curly bracket is closed here that was never opened. Remove it, or write }} for a bracket.",
            ),
            ProblemKind::Empty => f.write_str("There is nothing between these curly brackets."),
            ProblemKind::Unknown {
                name,
                suggestion: Some(meant),
            } => write!(f, "There is no placeholder {{{name}}}. Did you mean {{{meant}}}?"),
            ProblemKind::Unknown {
                name,
                suggestion: None,
            } => write!(f, "There is no placeholder {{{name}}}. Pick one from the list."),
        }
    }
}

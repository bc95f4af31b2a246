//! Text templates: placeholders such as `{first_name|there}`, filled from a contact before anything is sent.
//!
//! A template is understood in the window, for colours and warnings, and in the core, for sending, with this same
//! code. What is not understood is a problem with its place, never text that goes out with braces in it. No value is
//! looked up here and no clock is read.

mod parse;
mod values;
mod variable;

pub use parse::{Piece, PieceKind, ProblemKind, TemplateProblem, pieces};
pub use values::Values;
pub use variable::Variable;

use crate::ids::TemplateId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A stored template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageTemplate {
    pub id: TemplateId,
    pub name: String,
    /// As it was typed; it may be imperfect, which [`Template::parse`] tells.
    pub body: String,
    pub category: Option<String>,
    /// The variables of the body, each once, in order.
    pub variables: Vec<Variable>,
    /// Who made it, in words; `None` when it was imported.
    pub created_by: Option<String>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// A template as typed into a form or read from a file; not stored yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateDraft {
    pub name: String,
    pub body: String,
    pub category: Option<String>,
}

/// A body that was understood as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    parts: Vec<Part>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// As it will be read: single braces.
    Text(String),
    Placeholder {
        variable: Variable,
        default: Option<String>,
    },
}

/// A template with its values put in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// For showing. Where a value is missing it says so in square brackets: `[first name]`.
    pub text: String,
    /// Variables without value and without default, each once. While there are any, nothing may be sent.
    pub missing: Vec<Variable>,
}

impl Template {
    /// Understands a body.
    ///
    /// # Errors
    /// Everything that is wrong with it, in order. An unknown name or a lone brace makes a body unfit for sending.
    pub fn parse(body: &str) -> Result<Self, Vec<TemplateProblem>> {
        let mut parts = Vec::new();
        let mut problems = Vec::new();
        let mut position = 0;
        for piece in pieces(body) {
            let length = piece.utf16_units();
            match piece.kind {
                PieceKind::Text => push_text(&mut parts, &piece.source),
                PieceKind::Brace(brace) => push_text(&mut parts, brace.encode_utf8(&mut [0; 4])),
                PieceKind::Placeholder { variable, default } => {
                    parts.push(Part::Placeholder { variable, default });
                }
                PieceKind::Problem(kind) => problems.push(TemplateProblem {
                    kind,
                    source: piece.source,
                    start: position,
                    end: position + length,
                }),
            }
            position += length;
        }
        if problems.is_empty() {
            Ok(Self { parts })
        } else {
            Err(problems)
        }
    }

    /// The variables, each once, in the order in which they first stand.
    pub fn variables(&self) -> Vec<Variable> {
        let mut found = Vec::new();
        for part in &self.parts {
            if let Part::Placeholder { variable, .. } = part
                && !found.contains(variable)
            {
                found.push(*variable);
            }
        }
        found
    }

    /// Puts the values in. A value is text: braces inside of it mean nothing.
    pub fn fill(&self, values: &Values) -> Filled {
        let mut filled = Filled {
            text: String::new(),
            missing: Vec::new(),
        };
        for part in &self.parts {
            match part {
                Part::Text(text) => filled.text.push_str(text),
                Part::Placeholder { variable, default } => match values.get(*variable).or(default.as_deref())
                {
                    Some(value) => filled.text.push_str(value),
                    None => filled.leave_out(*variable),
                },
            }
        }
        filled
    }
}

impl Filled {
    /// The text, if it may be sent.
    pub fn sendable(&self) -> Option<&str> {
        self.missing.is_empty().then_some(self.text.as_str())
    }

    fn leave_out(&mut self, variable: Variable) {
        self.text.push('[');
        self.text.push_str(variable.label());
        self.text.push(']');
        if !self.missing.contains(&variable) {
            self.missing.push(variable);
        }
    }
}

/// The body again, as one would type it: [`Template::parse`] of it gives the same template.
impl fmt::Display for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                Part::Text(text) => f.write_str(&escape(text))?,
                Part::Placeholder { variable, default } => match default {
                    Some(default) => write!(f, "{{{variable}|{default}}}")?,
                    None => write!(f, "{{{variable}}}")?,
                },
            }
        }
        Ok(())
    }
}

/// A body that says exactly this text, for templates that come from elsewhere and know no placeholders.
pub fn escape(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn push_text(parts: &mut Vec<Part>, text: &str) {
    if let Some(Part::Text(before)) = parts.last_mut() {
        before.push_str(text);
    } else {
        parts.push(Part::Text(text.to_owned()));
    }
}

#[cfg(test)]
mod tests;

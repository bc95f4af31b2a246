//! PDFs that are made of the pages of other documents, by a reader: those documents were made by strangers, and the library
//! that takes them apart can be kept as busy as the one that draws them.
//!
//! Pages are taken over as they are. What is made of our own words needs no reader ([`crate::fax_desk`]).

mod bind;
mod cut;
#[cfg(test)]
mod tests;

use super::FaxError;
use domain::attachment::FaxPage;
use serde::{Deserialize, Serialize};

/// A page of a document and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Turned {
    pub(crate) index: u32,
    /// By 90° clockwise.
    pub(crate) quarter_turns: u8,
}

/// A part of the PDF that is wanted.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// These pages of a PDF, in this order; a page may come twice.
    Pages { pdf: Vec<u8>, chosen: Vec<Turned> },
    /// A page that is a picture, as PNG.
    Picture {
        png: Vec<u8>,
        size: FaxPage,
        quarter_turns: u8,
    },
}

/// What is to be made, without the bytes of the parts, which follow each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Recipe(Vec<Step>);

#[derive(Debug, Clone, Serialize, Deserialize)]
enum Step {
    Pages {
        length: usize,
        chosen: Vec<Turned>,
    },
    Picture {
        length: usize,
        size: FaxPage,
        quarter_turns: u8,
    },
}

/// How parts are told to a reader.
pub(super) fn told(parts: Vec<Part>) -> (Recipe, Vec<u8>) {
    let mut content = Vec::new();
    let mut take = |mut bytes: Vec<u8>| {
        let length = bytes.len();
        content.append(&mut bytes);
        length
    };
    let steps = parts
        .into_iter()
        .map(|part| match part {
            Part::Pages { pdf, chosen } => Step::Pages {
                length: take(pdf),
                chosen,
            },
            Part::Picture {
                png,
                size,
                quarter_turns,
            } => Step::Picture {
                length: take(png),
                size,
                quarter_turns,
            },
        })
        .collect();
    (Recipe(steps), content)
}

/// Makes it, in the reader.
pub(super) fn make(recipe: &Recipe, content: &[u8]) -> Result<Vec<u8>, FaxError> {
    if let [Step::Pages { chosen, .. }] = recipe.0.as_slice() {
        return cut::cut(content, chosen);
    }
    let mut binding = bind::Binding::new();
    let mut rest = content;
    for step in &recipe.0 {
        let length = match step {
            Step::Pages { length, .. } | Step::Picture { length, .. } => *length,
        };
        let (bytes, behind) = rest.split_at_checked(length).ok_or(FaxError::Damaged)?;
        rest = behind;
        match step {
            Step::Pages { chosen, .. } => binding.add_pages(bytes, chosen)?,
            Step::Picture {
                size, quarter_turns, ..
            } => binding.add_picture(bytes, *size, *quarter_turns)?,
        }
    }
    binding.finish()
}

fn damaged(error: lopdf::Error) -> FaxError {
    match error {
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) => FaxError::Locked,
        lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. }) => FaxError::TooHard,
        _ => FaxError::Damaged,
    }
}

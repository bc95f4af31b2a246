//! Writing texts with placeholders: the field, what is wrong in it, what it costs, what becomes of it for somebody.

mod body_field;
mod chips;
mod counter;
mod counter_words;
mod insertion;
mod merge_preview;
mod person_picker;
mod problems;

pub(crate) use body_field::BodyField;
pub(crate) use merge_preview::MergePreview;

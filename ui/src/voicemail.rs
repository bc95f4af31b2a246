//! Voicemail as it is heard and read: the player, the words, what can be done with it.
//!
//! Fetching, transcribing and keeping are the core's; kept here is only how far somebody is.

mod actions;
mod card;
mod card_keys;
mod delete;
mod forwarded;
mod heard_tools;
mod highlight;
mod player;
mod sought;
mod transcript;
mod use_sound;

pub(crate) use card::VoicemailCard;
pub(crate) use sought::{SoughtHost, use_sought};
pub(crate) use transcript::words::by as transcriber;

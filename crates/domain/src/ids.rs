//! Identifiers, one type each, so that a contact can never be passed where a call is meant.
//!
//! Local ids are SQLite row ids and stay far below 2^53, so they cross to the web view as numbers. The vendor's ids
//! may exceed 2^53 and cross as strings.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! local_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The id as the text that it is.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

local_id!(
    /// A call, text, voicemail or fax in the local store.
    CommunicationId
);
local_id!(
    /// A contact in the local store.
    ContactId
);
local_id!(
    /// A file that belongs to a communication: voicemail audio, fax document, picture.
    AttachmentId
);
local_id!(
    /// Something on its way out: a row of the outbox.
    OutgoingId
);
local_id!(
    /// A picture that waits to be sent.
    PictureId
);
local_id!(
    /// A fax that is being made ready to be sent.
    FaxDraftId
);
local_id!(
    /// A file of a fax that is being made ready.
    FaxFileId
);
local_id!(
    /// A text campaign.
    CampaignId
);
local_id!(
    /// A text template in the local store.
    TemplateId
);
text_id!(
    /// RingCentral's `telephonySessionId`: one call from first ring to last party leaving.
    CallSessionId
);
text_id!(
    /// RingCentral's `conversation.id`. It exceeds 2^53 and is therefore text.
    ConversationId
);
text_id!(
    /// Stands for one change that can still be taken back.
    UndoToken
);

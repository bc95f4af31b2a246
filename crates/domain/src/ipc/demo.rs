//! Things a newcomer can let happen in the demo company. Refused when a real account is signed in.

use serde::{Deserialize, Serialize};

/// What happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DemoEvent {
    /// Somebody we know calls.
    KnownCaller,
    /// A number nobody knows calls.
    UnknownCaller,
    /// Somebody calls who hides the number.
    WithheldCaller,
    /// The call that rings now is answered by the signed-in person.
    Answer,
    /// The call that rings now is answered by a colleague.
    AnswerElsewhere,
    /// The calls that ring or talk now end.
    HangUp,
    Text,
    Voicemail,
    Fax,
}

super::commands! {
    /// Lets something happen in the demo company.
    TriggerDemo { event: DemoEvent } -> () as "trigger_demo";
}

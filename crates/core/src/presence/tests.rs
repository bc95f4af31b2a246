//! Without a server: composing, ordering, and the board under any order of events.

mod boards;
mod composing;
mod order;

use ringcentral::api::presence::Presence;
use serde_json::{Value, json};

/// An event or an answer with these fields over an available colleague who takes all calls.
fn presence(fields: Value) -> Presence {
    let mut body = json!({
        "extensionId": "104", "telephonyStatus": "NoCall", "presenceStatus": "Available", "userStatus": "Available",
        "dndStatus": "TakeAllCalls", "meetingStatus": "Disconnected",
    });
    if let (Value::Object(body), Value::Object(fields)) = (&mut body, fields) {
        body.extend(fields);
    }
    serde_json::from_value(body).unwrap()
}

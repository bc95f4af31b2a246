//! RingOut: the service rings a phone of ours, then the other side, and connects the two.
//!
//! Starting one is sent once, as a text is; what a failure leaves open says [`Error::outcome`]. How long to look after a
//! call, and what its end means, is the caller's. The same call also shows in telephony events and in the call log.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    OWN, area,
    operations::{CREATE_RING_OUT_CALL, DELETE_RING_OUT_CALL, READ_RING_OUT_CALL_STATUS},
};
use crate::{
    client::Request,
    error::Error,
    id::{ForwardingNumberId, RingOutId},
    open_enum::open_enum,
    rate_limit::Priority,
};

area! {
    /// Calls that ring a phone of ours first. From [`crate::Client::ring_out`].
    RingOut
}

/// A call to start. `Debug` shows no numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct RingOutRequest {
    /// The phone that rings first.
    pub from: RingOutPhone,
    /// The number to call then, in E.164.
    pub to: String,
    /// The number of ours that the other side sees, in E.164.
    pub caller_id: Option<String>,
    /// Whether we are asked to press 1 before the other side is called; the server's default when left out.
    pub is_prompting: Option<bool>,
    /// The vendor's id of the country whose dialling rules count; the extension's own when left out.
    pub country_id: Option<String>,
}

/// The phone that rings first: "one of the user's configured forwarding numbers or an arbitrary number" (API reference,
/// `MakeRingOutCallerInfoRequestFrom`).
#[derive(Clone, PartialEq, Eq)]
pub enum RingOutPhone {
    /// Any number, in E.164.
    Number(String),
    /// A phone of [`super::forwarding_numbers`].
    Forwarding(ForwardingNumberId),
}

impl std::fmt::Debug for RingOutRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RingOutRequest").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for RingOutPhone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Number(_) => "Number(…)",
            Self::Forwarding(_) => "Forwarding(…)",
        })
    }
}

impl Serialize for RingOutRequest {
    fn serialize<S: serde::Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        let from = match &self.from {
            RingOutPhone::Number(number) => json!({ "phoneNumber": number }),
            RingOutPhone::Forwarding(id) => json!({ "forwardingNumberId": id }),
        };
        let optional: [(&str, Option<Value>); 3] = [
            (
                "callerId",
                self.caller_id.as_ref().map(|n| json!({ "phoneNumber": n })),
            ),
            ("playPrompt", self.is_prompting.map(Value::Bool)),
            ("country", self.country_id.as_ref().map(|id| json!({ "id": id }))),
        ];
        let required = [("from", from), ("to", json!({ "phoneNumber": self.to }))];
        let given = optional
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        output.collect_map(required.into_iter().chain(given))
    }
}

impl RingOut<'_> {
    /// Starts a call (`createRingOutCall`, group Heavy; scope `RingOut`). Never repeated.
    ///
    /// # Errors
    /// Any of [`Error`]; whether a phone may ring all the same says [`Error::outcome`].
    pub async fn start(&self, call: &RingOutRequest, priority: Priority) -> Result<RingOutCall, Error> {
        Request::new(&CREATE_RING_OUT_CALL, &[OWN, OWN], priority)
            .json(call)?
            .once()
            .read(self.client)
            .await
    }

    /// Reads how far a call has come (`readRingOutCallStatus`, group Light; scope `RingOut`).
    ///
    /// # Errors
    /// Any of [`Error`]. [`Error::is_not_found`] says that the server knows the call no longer: whatever became of it,
    /// it is over. Some servers answer with [`RingOutState::NoSessionFound`] instead. What the last known states make of
    /// that is the caller's to decide.
    pub async fn status(&self, id: &RingOutId, priority: Priority) -> Result<RingOutCall, Error> {
        Request::new(&READ_RING_OUT_CALL_STATUS, &[OWN, OWN, id.as_str()], priority)
            .read(self.client)
            .await
    }

    /// Cancels a call (`deleteRingOutCall`, group Heavy; scope `RingOut`). It works until the first phone is answered;
    /// afterwards only the phones themselves can hang up (developers.ringcentral.com/guide/voice/ringout).
    ///
    /// # Errors
    /// Any of [`Error`]; [`Error::is_not_found`] when the call is over already.
    pub async fn cancel(&self, id: &RingOutId, priority: Priority) -> Result<(), Error> {
        Request::new(&DELETE_RING_OUT_CALL, &[OWN, OWN, id.as_str()], priority)
            .send(self.client)
            .await
            .map(|_| ())
    }
}

/// A call that was started.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RingOutCall {
    /// The call.
    pub id: RingOutId,
    /// How far it has come.
    #[serde(default)]
    pub status: RingOutStatus,
}

/// How far a call and its two sides have come.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RingOutStatus {
    /// The call as a whole: the two sides combined.
    #[serde(rename = "callStatus")]
    pub call: Option<RingOutState>,
    /// The phone that rings first.
    #[serde(rename = "callerStatus")]
    pub caller: Option<RingOutState>,
    /// The other side.
    #[serde(rename = "calleeStatus")]
    pub callee: Option<RingOutState>,
}

open_enum! {
    /// The state of a call or of one of its sides (developers.ringcentral.com/guide/voice/ringout).
    pub enum RingOutState {
        /// The service lost track of it.
        Invalid = "Invalid",
        /// Answered; of a call: both sides have.
        Success = "Success",
        /// Being connected, or waiting for its turn.
        InProgress = "InProgress",
        Busy = "Busy",
        NoAnswer = "NoAnswer",
        RingOutFromThisNumberIsNotSupported = "RingOutFromThisNumberIsNotSupported",
        /// Cancelled, or the first phone hung up while the second was ringing.
        Rejected = "Rejected",
        GenericError = "GenericError",
        /// Was answered and has ended.
        Finished = "Finished",
        InternationalDisabled = "InternationalDisabled",
        DestinationBlocked = "DestinationBlocked",
        NotEnoughFunds = "NotEnoughFunds",
        NoSuchUser = "NosuchUser",
        Error = "Error",
        /// One of the sides cannot be connected.
        CannotReach = "CannotReach",
        NoAnsweringMachine = "NoAnsweringMachine",
        /// Over and forgotten.
        NoSessionFound = "NoSessionFound",
        /// The vendor's own word for not knowing.
        NotKnown = "Unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_from_a_known_phone_is_written_with_its_id_and_without_what_is_left_out() {
        let call = RingOutRequest {
            from: RingOutPhone::Forwarding("1472341004".into()),
            to: "+14155550132".into(),
            caller_id: None,
            is_prompting: Some(false),
            country_id: None,
        };
        assert_eq!(
            serde_json::to_value(&call).unwrap(),
            json!({
                "from": {"forwardingNumberId": "1472341004"},
                "to": {"phoneNumber": "+14155550132"},
                "playPrompt": false,
            })
        );
        assert!(!format!("{call:?}").contains("555"));
    }
}

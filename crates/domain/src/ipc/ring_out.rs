//! Click to call.

use crate::ids::OutgoingId;
use crate::ring_out::{OwnPhone, RingOut};

super::commands! {
    /// Our phones that can be rung first; the one used last comes first.
    ListOwnPhones {} -> Vec<OwnPhone> as "list_own_phones";
    /// Asks RingCentral to ring `phone` and then this number, however it is written.
    PlaceCall { number: String, phone: Option<String> } -> RingOut as "place_call";
    /// How far it has come.
    GetRingOut { id: OutgoingId } -> RingOut as "get_ring_out";
    /// Stops it ringing.
    CancelRingOut { id: OutgoingId } -> () as "cancel_ring_out";
}

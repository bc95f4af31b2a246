//! Presence and the team.

use crate::ids::ContactId;
use crate::presence::{MemberPresence, OwnPresence, StatusChoice, Team};

super::commands! {
    /// The presence of these colleagues; of all of them for an empty list. Whoever is no colleague is left out.
    ListPresence { contacts: Vec<ContactId> } -> Vec<MemberPresence> as "list_presence";
    /// The signed-in person's own presence and queues.
    GetOwnPresence {} -> OwnPresence as "get_own_presence";
    /// Says what the person is now. The reply comes when RingCentral has taken it over; refused, everything is as before.
    SetOwnStatus { choice: StatusChoice } -> OwnPresence as "set_own_status";
    /// Writes or clears (`None`) the message to colleagues, at most 75 characters.
    SetOwnMessage { message: Option<String> } -> OwnPresence as "set_own_message";
    /// Takes calls of a queue, or none.
    SetOwnQueue { queue: String, takes_calls: bool } -> OwnPresence as "set_own_queue";
    /// The team.
    ListTeam {} -> Team as "list_team";
    /// Favourites stand first on the page of the team.
    SetFavourite { contact: ContactId, is_favourite: bool } -> () as "set_favourite";
}

//! Calls that are going on.

use crate::call::CallerCard;
use crate::ids::CallSessionId;

super::commands! {
    /// The cards of the inbound calls that concern the signed-in person now, the oldest first. With `only_wanted` none at all
    /// while the person wants to see no cards, or wants to be left alone.
    ListCallerCards { only_wanted: bool } -> Vec<CallerCard> as "list_caller_cards";
    /// Puts the card away and stops its notification; the call itself goes on.
    IgnoreCall { session_id: CallSessionId } -> () as "ignore_call";
    /// Brings the main window forward at what this caller and we had with each other.
    ShowCaller { session_id: CallSessionId } -> () as "show_caller";
    /// Brings the main window forward with a form for a new contact with this caller's number.
    AddCaller { session_id: CallSessionId } -> () as "add_caller";
    /// Brings the main window forward with a text to this caller begun.
    TextCaller { session_id: CallSessionId } -> () as "text_caller";
    /// The page of the cards says how tall its content is, in CSS pixels, whenever that changes; with 0 the window of the
    /// cards hides. Only while a form is open in it, the window may have the keyboard.
    FitCard { height_px: u32, accepts_typing: bool } -> () as "fit_card";
}

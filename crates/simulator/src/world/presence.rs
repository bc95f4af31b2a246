//! Presence of an extension: what its user set, and what its calls make of it.
//!
//! The calls come from the live sessions; nothing here is stored twice.

use jiff::Timestamp;

use super::calls::Direction;
use super::ids::{ExtensionId, PartyId, SessionId, TelephonySessionId};
use super::number::Endpoint;
use super::vendor_enum::vendor_enum;

vendor_enum!(
    /// What the user set.
    UserStatus { Available = "Available", Busy = "Busy", Offline = "Offline" }
);

vendor_enum!(
    /// The aggregate that others see.
    PresenceStatus { Available = "Available", Busy = "Busy", Offline = "Offline" }
);

vendor_enum!(
    /// State of the extension's calls taken together.
    TelephonyStatus {
        NoCall = "NoCall",
        CallConnected = "CallConnected",
        Ringing = "Ringing",
        OnHold = "OnHold",
        ParkedCall = "ParkedCall",
    }
);

vendor_enum!(
    /// Do not disturb.
    DndStatus {
        TakeAllCalls = "TakeAllCalls",
        DoNotAcceptAnyCalls = "DoNotAcceptAnyCalls",
        DoNotAcceptDepartmentCalls = "DoNotAcceptDepartmentCalls",
        TakeDepartmentCallsOnly = "TakeDepartmentCallsOnly",
    }
);

impl DndStatus {
    /// From the two switches of new call handling: own calls, and those of queues.
    pub fn taking(own_calls: bool, queue_calls: bool) -> Self {
        match (own_calls, queue_calls) {
            (true, true) => DndStatus::TakeAllCalls,
            (true, false) => DndStatus::DoNotAcceptDepartmentCalls,
            (false, true) => DndStatus::TakeDepartmentCallsOnly,
            (false, false) => DndStatus::DoNotAcceptAnyCalls,
        }
    }

    /// Whether own calls ring.
    pub fn takes_own_calls(self) -> bool {
        matches!(
            self,
            DndStatus::TakeAllCalls | DndStatus::DoNotAcceptDepartmentCalls
        )
    }

    /// Whether calls of queues ring.
    pub fn takes_queue_calls(self) -> bool {
        matches!(self, DndStatus::TakeAllCalls | DndStatus::TakeDepartmentCallsOnly)
    }
}

vendor_enum!(
    /// In a meeting or not.
    MeetingStatus { Connected = "Connected", Disconnected = "Disconnected" }
);

/// What is stored of an extension's presence.
#[derive(Debug, Clone)]
pub struct PresenceSettings {
    /// Set by the user.
    pub user_status: UserStatus,
    /// Do not disturb.
    pub dnd_status: DndStatus,
    /// Status message, at most 75 characters.
    pub message: Option<String>,
    /// In a meeting or not.
    pub meeting_status: MeetingStatus,
    /// Others may see it.
    pub allows_see_my_presence: bool,
    /// Own phone rings when a monitored line rings.
    pub rings_on_monitored_call: bool,
    /// May pick up a monitored line on hold.
    pub picks_up_calls_on_hold: bool,
    /// Counts up with every notification about this extension.
    pub sequence: u64,
}

impl Default for PresenceSettings {
    fn default() -> Self {
        PresenceSettings {
            user_status: UserStatus::Available,
            dnd_status: DndStatus::TakeAllCalls,
            message: None,
            meeting_status: MeetingStatus::Disconnected,
            allows_see_my_presence: true,
            rings_on_monitored_call: false,
            picks_up_calls_on_hold: false,
            sequence: 2698,
        }
    }
}

/// A change to presence as a user or administrator asks for it; `None` leaves a field as it is.
#[derive(Debug, Clone, Default)]
pub struct PresenceUpdate {
    /// New user status.
    pub user_status: Option<UserStatus>,
    /// New do-not-disturb state.
    pub dnd_status: Option<DndStatus>,
    /// New message; `Some(None)` clears it.
    pub message: Option<Option<String>>,
    /// Whether others may see it.
    pub allows_see_my_presence: Option<bool>,
    /// Whether the own phone rings with a monitored one.
    pub rings_on_monitored_call: Option<bool>,
    /// Whether calls on hold may be picked up.
    pub picks_up_calls_on_hold: Option<bool>,
    /// Meeting state.
    pub meeting_status: Option<MeetingStatus>,
}

/// One call in a presence body.
#[derive(Debug, Clone)]
pub struct PresenceCall {
    /// Seen from the extension.
    pub direction: Direction,
    /// Came through a queue.
    pub is_queue_call: bool,
    /// From.
    pub from: Endpoint,
    /// To.
    pub to: Endpoint,
    /// First ring.
    pub started_at: Timestamp,
    /// State of this call for this extension.
    pub telephony_status: TelephonyStatus,
    /// Session.
    pub session_id: SessionId,
    /// Telephony session.
    pub telephony_session_id: TelephonySessionId,
    /// The extension's party.
    pub party_id: PartyId,
    /// The call has just ended (`terminationType` `final`); seen in one last notification.
    pub is_terminated: bool,
}

/// An extension's presence at one moment.
#[derive(Debug, Clone)]
pub struct PresenceSnapshot {
    /// Whose.
    pub extension_id: ExtensionId,
    /// What the user set, and the sequence.
    pub settings: PresenceSettings,
    /// The aggregate others see.
    pub presence_status: PresenceStatus,
    /// Calls taken together.
    pub telephony_status: TelephonyStatus,
    /// Calls one by one, at most seven as the vendor cuts it.
    pub calls: Vec<PresenceCall>,
    /// How many calls there are before the cut.
    pub total_active_calls: usize,
    /// Do-not-disturb is told in the fields of accounts with new call handling.
    pub has_new_call_handling: bool,
}

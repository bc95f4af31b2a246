//! The calls of the company and their supervision.

use crate::ids::CallSessionId;
use crate::live_calls::LiveCalls;
use crate::supervision::{Supervision, SupervisionLog, SupervisionMode};

super::commands! {
    /// The calls that go on now.
    GetLiveCalls {} -> LiveCalls as "get_live_calls";
    /// What the signed-in person can do about a call. Asked of RingCentral where that is needed.
    GetSupervision { session_id: CallSessionId } -> Supervision as "get_supervision";
    /// Begins to listen in; `device` is one of the offered ones, or the first. For a mode that is dialled this only notes in the log
    /// that the keys were shown.
    Supervise { session_id: CallSessionId, extension_id: String, mode: SupervisionMode, device: Option<String> } -> Supervision as "supervise";
    /// The log of all supervisions from this computer; for admins.
    ListSupervisions { before: Option<i64>, limit: u32 } -> SupervisionLog as "list_supervisions";
    /// Writes the whole log as CSV into the folder for downloads; says where.
    ExportSupervisions {} -> String as "export_supervisions";
}

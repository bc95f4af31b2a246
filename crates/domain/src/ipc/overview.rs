//! The page one starts from.

use crate::overview::Overview;

super::commands! {
    /// Everything on it.
    GetOverview {} -> Overview as "get_overview";
}

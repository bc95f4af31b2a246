//! Settings.

use crate::settings::Settings;

super::commands! {
    /// Stores all settings and applies them at once.
    SaveSettings { settings: Settings } -> () as "save_settings";
    /// Shows a notice as an inbound text would, to see whether notices work here.
    SendTestNotification {} -> () as "send_test_notification";
}

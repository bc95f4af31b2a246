//! What a person can choose.

use crate::transcription::TranscriptionSettings;
use serde::{Deserialize, Serialize};

/// Colours of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// Which notices appear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NotificationSettings {
    pub calls: bool,
    pub texts: bool,
    pub voicemail: bool,
    pub faxes: bool,
    /// Show the card beside the native notification of an inbound call.
    pub show_card: bool,
    /// Privacy mode: notices name neither people nor numbers nor text.
    pub hides_names: bool,
    /// No notices while the person's own presence is Do not disturb.
    pub respects_do_not_disturb: bool,
    pub quiet_hours: QuietHours,
}

/// Hours without notices, by the clock of this computer. What arrives meanwhile stays unread and is told of by nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct QuietHours {
    pub is_on: bool,
    /// Minutes after midnight; when it is later than `until_minute`, they go over midnight.
    pub from_minute: u16,
    pub until_minute: u16,
    /// All of Saturday and Sunday too.
    pub has_weekends: bool,
}

/// From when on a live call stands out, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CallThresholds {
    pub waiting_amber: u32,
    pub waiting_red: u32,
    pub talking_amber: u32,
    pub talking_red: u32,
}

/// All settings. Unknown fields of a newer version are ignored; missing ones take their default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: Theme,
    pub notifications: NotificationSettings,
    /// ISO 3166-1 alpha-2, for numbers written without a country code; `None` takes the account's.
    pub home_country: Option<String>,
    pub starts_at_login: bool,
    pub closes_to_tray: bool,
    /// How many months of older history to fetch.
    pub backfill_months: u16,
    /// Never open a live connection; ask every so often instead.
    pub polling_only: bool,
    pub shows_contact_panel: bool,
    pub call_thresholds: CallThresholds,
    /// Keys that bring the window forward from anywhere, such as `Ctrl+Alt+S`; `None` for none.
    pub show_shortcut: Option<String>,
    /// Which of our phones rings first when a number is clicked: the key of the one used last.
    pub rings_first: Option<String>,
    pub transcription: TranscriptionSettings,
    /// How much sound of voicemail that RingCentral still has may lie on this computer, in megabytes; what only is here
    /// does not count.
    pub voicemail_cache_mb: u32,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            calls: true,
            texts: true,
            voicemail: true,
            faxes: true,
            show_card: true,
            hides_names: false,
            respects_do_not_disturb: true,
            quiet_hours: QuietHours::default(),
        }
    }
}

impl Default for QuietHours {
    fn default() -> Self {
        Self {
            is_on: false,
            from_minute: 18 * 60,
            until_minute: 7 * 60,
            has_weekends: true,
        }
    }
}

impl Default for CallThresholds {
    fn default() -> Self {
        Self {
            waiting_amber: 30,
            waiting_red: 60,
            talking_amber: 10 * 60,
            talking_red: 20 * 60,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            notifications: NotificationSettings::default(),
            home_country: None,
            starts_at_login: false,
            closes_to_tray: true,
            backfill_months: 24,
            polling_only: false,
            shows_contact_panel: true,
            call_thresholds: CallThresholds::default(),
            show_shortcut: None,
            rings_first: None,
            transcription: TranscriptionSettings::default(),
            voicemail_cache_mb: 500,
        }
    }
}

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
            rings_first: None,
            transcription: TranscriptionSettings::default(),
            voicemail_cache_mb: 500,
        }
    }
}

//! Which settings belong to the computer and which to an account.
//!
//! Pure. How the window looks, which speech model is on this computer, and when it speaks up is the same whoever signs in, and can be chosen before anyone does.
//! What concerns an account's data is the account's own; what was chosen for it before anyone signed in holds for
//! accounts that have chosen nothing yet.

use domain::settings::Settings;
use domain::transcription::TranscriptionSettings;

/// The settings of an account that is opened on this computer.
pub fn of_account(own: Option<Settings>, on_computer: Option<Settings>) -> Settings {
    match (own, on_computer) {
        (Some(own), Some(on_computer)) => with_looks_of(own, on_computer),
        (own, on_computer) => own.or(on_computer).unwrap_or_default(),
    }
}

/// What is remembered for the computer when somebody who is signed in chooses.
pub fn of_computer(on_computer: Option<Settings>, chosen: Settings) -> Settings {
    with_looks_of(on_computer.unwrap_or_default(), chosen)
}

fn with_looks_of(settings: Settings, other: Settings) -> Settings {
    Settings {
        theme: other.theme,
        notifications: other.notifications,
        starts_at_login: other.starts_at_login,
        closes_to_tray: other.closes_to_tray,
        shows_contact_panel: other.shows_contact_panel,
        transcription: TranscriptionSettings {
            model: other.transcription.model,
            models_address: other.transcription.models_address,
            ..settings.transcription
        },
        ..settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::settings::Theme;

    fn dark_and_german() -> Settings {
        Settings {
            theme: Theme::Dark,
            home_country: Some("DE".into()),
            ..Settings::default()
        }
    }

    #[test]
    fn a_new_account_takes_everything_and_a_known_one_only_the_looks() {
        assert_eq!(of_account(None, Some(dark_and_german())), dark_and_german());
        let known = of_account(Some(Settings::default()), Some(dark_and_german()));
        assert_eq!((known.theme, known.home_country), (Theme::Dark, None));
        assert_eq!(of_account(Some(dark_and_german()), None), dark_and_german());
    }

    #[test]
    fn a_speech_model_is_there_for_whoever_signs_in_and_consent_is_each_account_s_own() {
        let mut chosen = Settings::default();
        chosen.transcription.model = "base.en".into();
        chosen.transcription.allows_cloud = true;
        let on_computer = of_computer(None, chosen);
        let other = of_account(Some(Settings::default()), Some(on_computer)).transcription;
        assert_eq!((other.model.as_str(), other.allows_cloud), ("base.en", false));
    }

    #[test]
    fn what_an_account_chose_for_its_data_is_not_handed_to_the_next() {
        let on_computer = of_computer(None, dark_and_german());
        assert_eq!((on_computer.theme, on_computer.home_country), (Theme::Dark, None));
    }
}

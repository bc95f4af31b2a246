//! Commands about settings.

use super::Switchboard;
use crate::error::CoreError;
use crate::numbers::NumberingPlan;
use crate::session::choices;
use crate::store::Store;
use crate::transcription;
use domain::event::CoreEvent;
use domain::ipc::settings::{SaveSettings, SendTestNotification};
use domain::settings::Settings;

impl Switchboard {
    /// Stores all settings and applies them at once. Nobody needs to be signed in: what is chosen then holds for whoever
    /// signs in next.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for a country that does not exist or an address that cannot be used, [`CoreError::Store`].
    pub async fn save_settings(&self, request: SaveSettings) -> Result<(), CoreError> {
        let settings = request.settings;
        if let Some(country) = &settings.home_country
            && NumberingPlan::of_country(country).is_none()
        {
            return Err(CoreError::Invalid(format!(
                "There is no country with the code {country}."
            )));
        }
        transcription::check_settings(&settings.transcription).map_err(CoreError::Invalid)?;
        let Ok(account) = self.account() else {
            self.remember_on_computer(&settings)?;
            self.announce(CoreEvent::SettingsChanged);
            return Ok(());
        };
        let on_computer = choices::of_computer(self.shared.profiles.settings(), settings.clone());
        self.remember_on_computer(&on_computer)?;
        account.store.save_settings(&settings).await?;
        account.set_polling_only(settings.polling_only);
        if let Ok(sync) = account.sync() {
            sync.want_history(settings.backfill_months).await?;
        }
        Ok(())
    }

    /// What holds while no account is open.
    pub(super) fn settings_of_computer(&self) -> Settings {
        self.shared.profiles.settings().unwrap_or_default()
    }

    /// Gives an account that is opened what was chosen on this computer. A store that cannot be written is opened all
    /// the same.
    pub(super) async fn carry_settings(&self, store: &Store) {
        let carried = async {
            let own = store.stored_settings().await?;
            let settings = choices::of_account(own.clone(), self.shared.profiles.settings());
            if own.unwrap_or_default() == settings {
                return Ok(());
            }
            store.save_settings(&settings).await
        };
        if let Err(error) = carried.await {
            tracing::warn!(%error, "the settings of this computer could not be carried over");
        }
    }

    fn remember_on_computer(&self, settings: &Settings) -> Result<(), CoreError> {
        let kept = self.shared.profiles.remember_settings(settings);
        kept.map_err(|error| CoreError::store("The settings cannot be kept on this computer.", error))
    }

    /// Hands out a notice as an inbound text would be, to see whether notices work here.
    ///
    /// # Errors
    /// None today; whether it was seen, only the person can say.
    pub async fn send_test_notification(&self, _request: SendTestNotification) -> Result<(), CoreError> {
        self.shared.notices.show_test();
        Ok(())
    }
}

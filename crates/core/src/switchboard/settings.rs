//! Commands about settings.

use super::Switchboard;
use crate::error::CoreError;
use crate::numbers::NumberingPlan;
use domain::ipc::settings::{SaveSettings, SendTestNotification};

impl Switchboard {
    /// Stores all settings and applies them at once.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] for a country that does not exist, [`CoreError::SignInRequired`] when no account is open.
    pub async fn save_settings(&self, request: SaveSettings) -> Result<(), CoreError> {
        let account = self.account()?;
        let settings = request.settings;
        if let Some(country) = &settings.home_country
            && NumberingPlan::of_country(country).is_none()
        {
            return Err(CoreError::Invalid(format!(
                "There is no country with the code {country}."
            )));
        }
        account.store.save_settings(&settings).await?;
        account.set_polling_only(settings.polling_only);
        if let Ok(sync) = account.sync() {
            sync.want_history(settings.backfill_months).await?;
        }
        Ok(())
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

//! Commands about click to call.

use super::Switchboard;
use crate::error::CoreError;
use domain::ipc::ring_out::{CancelRingOut, GetRingOut, ListOwnPhones, PlaceCall};
use domain::ring_out::{OwnPhone, RingOut};
use domain::settings::Settings;

impl Switchboard {
    /// Our phones that can be rung first; the one used last comes first.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`], [`CoreError::Offline`] and other errors of the server.
    pub async fn list_own_phones(&self, _: ListOwnPhones) -> Result<Vec<OwnPhone>, CoreError> {
        let account = self.account()?;
        let client = account.client().ok_or(CoreError::SignInRequired)?;
        let last = account.store.settings().await?.rings_first;
        let own = account.profile.signed_in.direct_number.as_deref();
        account.ring_outs.phones(client, own, last.as_deref()).await
    }

    /// Asks RingCentral to ring `phone` and then a number.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] when it cannot be called or there is no phone to ring; as [`Self::list_own_phones`].
    pub async fn place_call(&self, request: PlaceCall) -> Result<RingOut, CoreError> {
        let account = self.account()?;
        let phones = self.list_own_phones(ListOwnPhones {}).await?;
        let chosen = match &request.phone {
            Some(key) => phones.iter().find(|phone| phone.key == *key),
            None => phones.first(),
        };
        let phone = chosen.ok_or_else(|| {
            CoreError::Invalid("There is no phone of yours that could ring first.".to_owned())
        })?;
        let call = account.ring_outs.place(&request.number, phone).await?;
        account.stir_outbox();
        let settings = account.store.settings().await?;
        if settings.rings_first.as_ref() != Some(&phone.key) {
            let settings = Settings {
                rings_first: Some(phone.key.clone()),
                ..settings
            };
            account.store.save_settings(&settings).await?;
        }
        Ok(call)
    }

    /// How far a call has come.
    ///
    /// # Errors
    /// [`CoreError::NotFound`].
    pub async fn get_ring_out(&self, request: GetRingOut) -> Result<RingOut, CoreError> {
        let account = self.account()?;
        account.ring_outs.get(account.client(), request.id).await
    }

    /// Stops a call from ringing.
    ///
    /// # Errors
    /// [`CoreError::TooLate`] when it cannot be stopped from here any more.
    pub async fn cancel_ring_out(&self, request: CancelRingOut) -> Result<(), CoreError> {
        let account = self.account()?;
        account.ring_outs.cancel(account.client(), request.id).await
    }
}

//! What others ask of an open account: what it does its work online with, and how it stands.

use super::Account;
use crate::error::CoreError;
use crate::notices::in_force;
use crate::outbox::{Outbox, RingCentral};
use crate::presence::PresenceFollower;
use crate::store::StoreError;
use crate::sync::{self, Sync};
use crate::templates::Author;
use domain::outgoing::HeldUp;
use domain::session::{KeychainState, SessionState};
use domain::sync::{EventSourceState, SyncPhase, SyncStatus};
use jiff::tz::TimeZone;
use ringcentral::Client;

/// "Up to 40 requests per minute" (API reference, `createSMSMessage`).
const DOCUMENTED_TEXTS_PER_MINUTE: u32 = 40;

impl Account {
    /// The client, while the sign-in of this account is known to work or not yet known to fail.
    pub(in crate::switchboard) fn client(&self) -> Option<&Client> {
        self.online.get().map(|online| &online.client)
    }

    /// The synchronisation, which there is only with a client.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] without one.
    pub(in crate::switchboard) fn sync(&self) -> Result<&Sync, CoreError> {
        self.online
            .get()
            .map(|online| &online.sync)
            .ok_or(CoreError::SignInRequired)
    }

    /// The outbox, which there is only with a client.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] without one.
    pub(in crate::switchboard) fn outbox(&self) -> Result<&Outbox<RingCentral>, CoreError> {
        self.online
            .get()
            .map(|online| &online.outbox)
            .ok_or(CoreError::SignInRequired)
    }

    /// Who follows the presence of the company, which there is only with a client.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] without one.
    pub(in crate::switchboard) fn presence_follower(&self) -> Result<&PresenceFollower, CoreError> {
        self.online
            .get()
            .map(|online| &online.presence)
            .ok_or(CoreError::SignInRequired)
    }

    /// There is something new in the outbox; without a client it waits until somebody signs in.
    pub(in crate::switchboard) fn stir_outbox(&self) {
        if let Some(online) = self.online.get() {
            online.outbox.stir();
        }
    }

    /// Why what is on its way does not move.
    pub(in crate::switchboard) fn held_up(&self) -> Option<HeldUp> {
        match self.online.get() {
            Some(online) => online.outbox.held_up(),
            None => Some(HeldUp::SignInRequired),
        }
    }

    /// Why faxes on their way do not move.
    pub(in crate::switchboard) fn uploads_held_up(&self) -> Option<HeldUp> {
        self.online.get()?.outbox.uploads_held_up()
    }

    /// How many texts the account allows a minute, as far as it is known.
    pub(in crate::switchboard) fn texts_per_minute(&self) -> u32 {
        let group = ringcentral::rate_limit::Group::Medium;
        self.client().map_or(DOCUMENTED_TEXTS_PER_MINUTE, |client| {
            client
                .rate_limit()
                .forecast(group, ringcentral::Priority::Campaign)
                .limit
        })
    }

    /// Whoever is signed in, as the author of texts.
    pub(in crate::switchboard) fn author(&self) -> Author {
        Author {
            company_id: self.profile.account_id.clone(),
            name: self.profile.signed_in.name.clone(),
            number: self.profile.signed_in.direct_number.clone(),
        }
    }

    /// Asks for a lane of the synchronisation; without one it comes when somebody signs in.
    pub(in crate::switchboard) fn request(&self, lane: sync::Lane) {
        if let Some(online) = self.online.get() {
            online.sync.request(lane);
        }
    }

    /// Whether the card of a call may appear now.
    pub(in crate::switchboard) async fn wants_cards(&self) -> Result<bool, StoreError> {
        let settings = self.store.settings().await?.notifications;
        let here = self.store.clock().now().to_zoned(TimeZone::system());
        Ok(in_force(settings, &here, self.presences.does_not_disturb()).show_card)
    }

    /// Takes up the person's wish about live connections.
    pub(in crate::switchboard) fn set_polling_only(&self, polling_only: bool) {
        if let Some(online) = self.online.get() {
            online.events.set_polling_only(polling_only);
        }
    }

    pub(in crate::switchboard) fn session_state(&self) -> SessionState {
        let was = self.profile.signed_in.clone();
        match self.lost_sign_in() {
            Some(reason) => SessionState::SignInAgain { was, reason },
            None => SessionState::SignedIn(was),
        }
    }

    pub(in crate::switchboard) fn keychain_state(&self) -> KeychainState {
        self.secrets.state()
    }

    pub(in crate::switchboard) fn events_state(&self) -> EventSourceState {
        self.online
            .get()
            .map_or(EventSourceState::Off, |online| online.events.state())
    }

    pub(in crate::switchboard) async fn sync_status(&self) -> Result<SyncStatus, StoreError> {
        if let Some(online) = self.online.get() {
            return online.sync.status().await;
        }
        let is_lost = self.lost_sign_in().is_some();
        // The keychain is being asked: it looks as it will when it answers.
        let phase = if is_lost {
            SyncPhase::SignInRequired
        } else {
            SyncPhase::Syncing
        };
        Ok(SyncStatus {
            phase,
            ..sync::stored_status(&self.store).await?
        })
    }
}

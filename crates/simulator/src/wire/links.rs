//! Absolute links in responses: canonical, with real identifiers, on the simulator's own addresses.

use std::fmt::Display;

use crate::api::Call;
use crate::simulation::Simulation;
use crate::world::ids::{AccountId, ExtensionId};

/// Makes links for one simulator.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    base: String,
    media: String,
    account: AccountId,
}

impl Links {
    pub(crate) fn of(sim: &Simulation) -> Self {
        Self {
            base: sim.base_url().to_owned(),
            media: sim.media_url(),
            account: sim.account_id(),
        }
    }

    pub(crate) fn account_id(&self) -> AccountId {
        self.account
    }

    /// `/restapi/v1.0/…` on the API host.
    pub(crate) fn root(&self, rest: &str) -> String {
        format!("{}/restapi/v1.0/{rest}", self.base)
    }

    /// `…/account/{accountId}` with what follows.
    pub(crate) fn account(&self, rest: &str) -> String {
        self.root(&format!("account/{}{rest}", self.account))
    }

    /// `…/account/{accountId}/extension/{extensionId}` with what follows.
    pub(crate) fn extension(&self, id: ExtensionId, rest: &str) -> String {
        self.account(&format!("/extension/{id}{rest}"))
    }

    /// The content of a message attachment, on the media host.
    pub(crate) fn attachment(
        &self,
        owner: ExtensionId,
        message: impl Display,
        attachment: impl Display,
    ) -> String {
        format!(
            "{}/restapi/v1.0/account/{}/extension/{owner}/message-store/{message}/content/{attachment}",
            self.media, self.account
        )
    }

    /// The content of a call recording, on the media host.
    pub(crate) fn recording_content(&self, recording: impl Display) -> String {
        format!(
            "{}/restapi/v1.0/account/{}/recording/{recording}/content",
            self.media, self.account
        )
    }

    /// The address of a request with `~` replaced by real identifiers.
    pub(crate) fn canonical(&self, call: &Call<'_>) -> String {
        let mut previous = "";
        let mut path = String::new();
        for segment in call.request.path.split('/').filter(|segment| !segment.is_empty()) {
            path.push('/');
            match (previous, segment) {
                ("account" | "accounts", "~") => path.push_str(&self.account.to_string()),
                ("extension", "~") => path.push_str(&call.caller.extension_id.to_string()),
                _ => path.push_str(segment),
            }
            previous = segment;
        }
        format!("{}{path}", self.base)
    }
}

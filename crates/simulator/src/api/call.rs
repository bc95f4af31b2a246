//! One request on its way through its operation: who asks, what stands in the path, and whose data is meant.

use jiff::Timestamp;

use super::error::ApiError;
use super::operations::Operation;
use super::request::Request;
use crate::simulation::Simulation;
use crate::wire::Links;
use crate::world::World;
use crate::world::ids::ExtensionId;

/// Whoever asks: a person through an application.
#[derive(Debug, Clone)]
pub(crate) struct Caller {
    pub(crate) session_id: String,
    pub(crate) client_id: String,
    pub(crate) extension_id: ExtensionId,
    pub(crate) permissions: Vec<String>,
}

/// A request that found its operation and was let in.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) sim: &'a Simulation,
    pub(crate) request: &'a Request,
    pub(crate) operation: &'static Operation,
    pub(crate) path: Vec<(&'static str, String)>,
    pub(crate) caller: Caller,
    pub(crate) now: Timestamp,
}

/// User permissions that only administrators have.
const ADMINISTRATOR_PERMISSIONS: &[&str] = &[
    "FullCompanyCallLog",
    "AccountAdministration",
    "ReadCompanyPhoneNumbers",
    "ReadCompanyDevices",
    "EditCompanyCallRecordings",
    "EditCompanySMSTemplates",
    "Groups",
    "Users",
];

impl Call<'_> {
    /// A path parameter as it was written.
    pub(crate) fn path(&self, name: &str) -> &str {
        self.path
            .iter()
            .find(|(key, _)| *key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    pub(crate) fn links(&self) -> Links {
        Links::of(self.sim)
    }

    /// Whether the account in the path is the caller's own (`~` or its identifier).
    pub(crate) fn check_account(&self) -> Result<(), ApiError> {
        match self.path("accountId") {
            "~" => Ok(()),
            text if text.parse() == Ok(self.sim.account_id()) => Ok(()),
            _ => Err(ApiError::not_found("accountId")),
        }
    }

    /// The extension in the path, which must exist; `~` is the caller's own.
    pub(crate) fn extension(&self) -> Result<ExtensionId, ApiError> {
        self.check_account()?;
        let id = match self.path("extensionId") {
            "~" => return Ok(self.caller.extension_id),
            text => text.parse().map_err(|_| ApiError::not_found("extensionId"))?,
        };
        if self.sim.world(|world| world.extension(id).is_some()) {
            Ok(id)
        } else {
            Err(ApiError::not_found("extensionId"))
        }
    }

    /// The extension in the path when its data is private: its owner's, or anybody's for administrators where
    /// `is_open_to_administrators`.
    pub(crate) fn private_extension(
        &self,
        permission: &str,
        is_open_to_administrators: bool,
    ) -> Result<ExtensionId, ApiError> {
        let id = self.extension()?;
        let is_own = id == self.caller.extension_id;
        if is_own || (is_open_to_administrators && self.is_administrator()) {
            Ok(id)
        } else {
            Err(ApiError::extended_scope(permission))
        }
    }

    /// Whether a permission that everybody has for themselves reaches over the account, as it does for administrators.
    pub(crate) fn check_account_scope(&self, permission: &str) -> Result<(), ApiError> {
        if !self.has_user_permission(permission) {
            Err(ApiError::user_permission(permission))
        } else if self.is_administrator() {
            Ok(())
        } else {
            Err(ApiError::extended_scope(permission))
        }
    }

    pub(crate) fn is_administrator(&self) -> bool {
        self.sim
            .world(|world| is_administrator(world, self.caller.extension_id))
    }

    pub(crate) fn has_user_permission(&self, name: &str) -> bool {
        has_user_permission(self.sim, self.caller.extension_id, name)
    }
}

/// Whether a person's role holds a permission.
pub(crate) fn has_user_permission(sim: &Simulation, person: ExtensionId, name: &str) -> bool {
    if sim
        .denied()
        .get(&person)
        .is_some_and(|denied| denied.contains(name))
    {
        return false;
    }
    !ADMINISTRATOR_PERMISSIONS.contains(&name) || sim.world(|world| is_administrator(world, person))
}

fn is_administrator(world: &World, person: ExtensionId) -> bool {
    world
        .extension(person)
        .is_some_and(|extension| extension.is_admin)
}

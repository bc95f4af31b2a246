//! What the signed-in user may do, as the user's role says. The app's own permissions are the token's scopes.
//!
//! Read only.

use serde::Deserialize;

use super::{
    ExtensionRef, OWN, area,
    operations::{CHECK_USER_PERMISSION, READ_AUTHORIZATION_PROFILE},
};
use crate::{
    client::{Query, Request},
    error::Error,
    rate_limit::Priority,
};

area! {
    /// What the user may do. From [`crate::Client::authz_profile`].
    AuthzProfile
}

impl AuthzProfile<'_> {
    /// Reads the ids of all permissions the user has (`readAuthorizationProfile`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn permissions(&self, of: &ExtensionRef, priority: Priority) -> Result<Vec<String>, Error> {
        let profile: Profile = Request::new(&READ_AUTHORIZATION_PROFILE, &[OWN, of.as_str()], priority)
            .read(self.client)
            .await?;
        Ok(profile
            .permissions
            .into_iter()
            .map(|active| active.permission.id)
            .collect())
    }

    /// Asks whether the user has one permission, for example `FullCompanyCallLog` (`checkUserPermission`).
    ///
    /// # Errors
    /// Any of [`Error`].
    pub async fn has_permission(
        &self,
        of: &ExtensionRef,
        permission_id: &str,
        priority: Priority,
    ) -> Result<bool, Error> {
        let check: Check = Request::new(&CHECK_USER_PERMISSION, &[OWN, of.as_str()], priority)
            .query(Query::default().set("permissionId", Some(permission_id)))
            .read(self.client)
            .await?;
        Ok(check.successful)
    }
}

#[derive(Deserialize)]
struct Profile {
    #[serde(default)]
    permissions: Vec<ActivePermission>,
}

#[derive(Deserialize)]
struct ActivePermission {
    permission: PermissionId,
}

#[derive(Deserialize)]
struct PermissionId {
    id: String,
}

#[derive(Deserialize)]
struct Check {
    #[serde(default)]
    successful: bool,
}

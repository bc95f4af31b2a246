//! Call monitoring groups: who may listen in to whom.
//!
//! Listening in itself is in [`super::supervision`].

use std::collections::BTreeMap;

use super::ids::{ExtensionId, MonitoringGroupId};
use super::{StoreError, World};

/// What a member may do or bear within a group; both are possible at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MonitoringRole {
    /// Listens in to others (`Monitoring`).
    pub monitors: bool,
    /// Is listened in to (`Monitored`).
    pub is_monitored: bool,
}

impl MonitoringRole {
    /// A supervisor.
    pub const MONITORING: Self = MonitoringRole {
        monitors: true,
        is_monitored: false,
    };
    /// An agent.
    pub const MONITORED: Self = MonitoringRole {
        monitors: false,
        is_monitored: true,
    };
}

/// A group within which calls are monitored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonitoringGroup {
    /// Identifier.
    pub id: MonitoringGroupId,
    /// Its name.
    pub name: String,
    /// Members by extension.
    pub members: BTreeMap<ExtensionId, MonitoringRole>,
}

impl World {
    /// All groups by identifier.
    pub fn monitoring_groups(&self) -> impl Iterator<Item = &MonitoringGroup> {
        self.monitoring_groups.values()
    }

    /// One group.
    pub fn monitoring_group(&self, id: MonitoringGroupId) -> Option<&MonitoringGroup> {
        self.monitoring_groups.get(&id)
    }

    /// Sets up a group with these members.
    pub fn add_monitoring_group(
        &mut self,
        name: &str,
        members: impl IntoIterator<Item = (ExtensionId, MonitoringRole)>,
    ) -> MonitoringGroupId {
        let id = MonitoringGroupId(self.mint.other());
        self.monitoring_groups.insert(
            id,
            MonitoringGroup {
                id,
                name: name.to_owned(),
                members: members.into_iter().collect(),
            },
        );
        id
    }

    /// Changes a group. What is supervised meanwhile goes on.
    ///
    /// # Errors
    /// When there is no such group.
    pub fn edit_monitoring_group(
        &mut self,
        id: MonitoringGroupId,
        edit: impl FnOnce(&mut MonitoringGroup),
    ) -> Result<(), StoreError> {
        let group = self
            .monitoring_groups
            .get_mut(&id)
            .ok_or(StoreError::NoSuchMonitoringGroup(id))?;
        edit(group);
        Ok(())
    }

    /// Deletes a group.
    ///
    /// # Errors
    /// When there is no such group.
    pub fn delete_monitoring_group(&mut self, id: MonitoringGroupId) -> Result<(), StoreError> {
        let known = self.monitoring_groups.remove(&id);
        known.map(drop).ok_or(StoreError::NoSuchMonitoringGroup(id))
    }

    /// Whether one extension may listen in to another: some group has the first as monitoring and the second as monitored.
    pub fn may_monitor(&self, supervisor: ExtensionId, agent: ExtensionId) -> bool {
        let role = |group: &MonitoringGroup, who| group.members.get(&who).copied().unwrap_or_default();
        supervisor != agent
            && self
                .monitoring_groups()
                .any(|group| role(group, supervisor).monitors && role(group, agent).is_monitored)
    }
}

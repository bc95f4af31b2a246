//! Whose calls the signed-in person may listen in to, by the monitoring groups of RingCentral.
//!
//! RingCentral asks for a group in which the supervisor has `Monitoring` and the colleague `Monitored`
//! (developers.ringcentral.com/guide/voice/supervision). No setting of this program can stand in for it.

use jiff::{SignedDuration, Timestamp};
use ringcentral::api::call_monitoring::{MonitoringMember, MonitoringPermission};
use ringcentral::id::ExtensionId;
use ringcentral::{Client, Error, Priority};
use std::collections::BTreeMap;

/// Groups change seldom; whoever was just put into one need not wait long.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);
const NOTHING_GOOD_FOR: SignedDuration = SignedDuration::from_secs(20);

/// Whom one may listen in to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rights {
    /// The colleagues, with their short numbers.
    agents: BTreeMap<ExtensionId, Option<String>>,
    read_at: Timestamp,
}

impl Rights {
    /// Asks RingCentral. Whoever may not read the groups has no right that could be shown.
    ///
    /// # Errors
    /// Whatever keeps the groups from being read, but for a missing permission.
    pub(super) async fn read(client: &Client, own: &ExtensionId, now: Timestamp) -> Result<Self, Error> {
        let groups = match client
            .call_monitoring()
            .groups(Some(own), Priority::Interactive)
            .await
        {
            Ok(groups) => groups.records,
            Err(Error::Forbidden { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        let mut members = Vec::with_capacity(groups.len());
        for group in groups {
            match client
                .call_monitoring()
                .members(&group.id, Priority::Interactive)
                .await
            {
                Ok(page) => members.push(page.records),
                // Removed meanwhile, or not for us to see.
                Err(error) if error.is_not_found() => {}
                Err(Error::Forbidden { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self::of(&members, own, now))
    }

    /// The same from the members of each group.
    pub(super) fn of(groups: &[Vec<MonitoringMember>], own: &ExtensionId, now: Timestamp) -> Self {
        let may = |member: &MonitoringMember, what: &MonitoringPermission| member.permissions.contains(what);
        let agents = groups
            .iter()
            .filter(|members| {
                members
                    .iter()
                    .any(|member| member.id == *own && may(member, &MonitoringPermission::Monitoring))
            })
            .flatten()
            .filter(|member| member.id != *own && may(member, &MonitoringPermission::Monitored))
            .map(|member| (member.id.clone(), member.extension_number.clone()))
            .collect();
        Self { agents, read_at: now }
    }

    pub(super) fn is_good(&self, now: Timestamp) -> bool {
        let good_for = if self.agents.is_empty() {
            NOTHING_GOOD_FOR
        } else {
            GOOD_FOR
        };
        self.read_at <= now && now.duration_since(self.read_at) < good_for
    }

    pub(super) fn allow(&self, agent: &ExtensionId) -> bool {
        self.agents.contains_key(agent)
    }

    /// The colleague's short number, as it is dialled.
    pub(super) fn short_number(&self, agent: &ExtensionId) -> Option<&str> {
        self.agents.get(agent)?.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(id: &str, permissions: &[MonitoringPermission]) -> MonitoringMember {
        MonitoringMember {
            id: id.into(),
            extension_number: Some(format!("10{id}")),
            permissions: permissions.to_vec(),
        }
    }

    #[test]
    fn both_must_be_in_the_same_group_each_with_their_own_permission() {
        use MonitoringPermission::{Monitored, Monitoring};
        let own: ExtensionId = "1".into();
        let now = Timestamp::UNIX_EPOCH;
        let rights = |groups: &[Vec<MonitoringMember>]| Rights::of(groups, &own, now);

        let group = vec![
            member("1", &[Monitoring]),
            member("2", &[Monitored]),
            member("3", &[]),
        ];
        let one = rights(&[group]);
        assert!(one.allow(&"2".into()));
        assert!(!one.allow(&"3".into()), "is in the group, and not monitored");
        assert_eq!(one.short_number(&"2".into()), Some("102"));

        let apart = rights(&[vec![member("1", &[Monitoring])], vec![member("2", &[Monitored])]]);
        assert!(!apart.allow(&"2".into()), "not in the same group");

        let turned_round = rights(&[vec![
            member("1", &[Monitored]),
            member("2", &[Monitored, Monitoring]),
        ]]);
        assert!(!turned_round.allow(&"2".into()), "is monitored oneself");

        let alone = rights(&[vec![member("1", &[Monitoring, Monitored])]]);
        assert!(!alone.allow(&own), "nobody supervises themselves");
    }
}

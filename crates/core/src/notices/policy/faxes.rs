//! How faxes of ours ended: at the other side, or before they had left.

use super::super::{
    Notice, NoticeAction, NoticeChange, NoticeKind, NoticeSubject, NoticeTag, NoticeUrgency, words,
};
use super::NoticePolicy;
use domain::communication::{Communication, DeliveryState, Party};
use domain::ids::{CommunicationId, OutgoingId};
use domain::settings::NotificationSettings;
use jiff::Timestamp;
use std::collections::HashSet;

/// A fax that RingCentral did not take, and that is not tried again by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct UnsentFax {
    pub id: OutgoingId,
    pub to: Vec<Party>,
    /// Plain language.
    pub reason: String,
}

impl NoticePolicy {
    /// These faxes of ours were on their way already when the watch began.
    pub fn watch_faxes(&mut self, ids: impl IntoIterator<Item = CommunicationId>) {
        self.faxes.extend(ids);
    }

    pub(super) fn on_sent_fax(
        &mut self,
        item: &Communication,
        state: &DeliveryState,
        settings: &NotificationSettings,
        now: Timestamp,
    ) -> Vec<NoticeChange> {
        let tag = NoticeTag::new("sent-fax", item.id);
        let failure = match state {
            DeliveryState::Queued => {
                self.faxes.insert(item.id);
                return self.close(&tag);
            }
            DeliveryState::Sent | DeliveryState::Delivered => None,
            DeliveryState::Failed { reason } => Some(reason.as_str()),
            DeliveryState::Received | DeliveryState::Unknown => return Vec::new(),
        };
        // How one ended that nobody saw leave is history.
        if !self.faxes.remove(&item.id) {
            return if item.is_done {
                self.close(&tag)
            } else {
                Vec::new()
            };
        }
        if !settings.faxes || item.is_done {
            return Vec::new();
        }
        let (title, body) = words::sent_fax(&item.party, failure, settings.hides_names);
        let notice = Notice {
            tag,
            kind: NoticeKind::Fax,
            title,
            body,
            actions: vec![NoticeAction::Open],
            subject: NoticeSubject::Communication(item.id),
            urgency: NoticeUrgency::Normal,
        };
        self.show(notice, &item.party, Some(item.id), now)
    }

    /// These faxes had failed already when the watch began: nobody is told again.
    pub fn know_unsent_faxes(&mut self, ids: impl IntoIterator<Item = OutgoingId>) {
        self.unsent_faxes.extend(ids);
    }

    /// All faxes that have failed without having left and still need a person.
    pub fn on_unsent_faxes(
        &mut self,
        unsent: &[UnsentFax],
        settings: &NotificationSettings,
        now: Timestamp,
    ) -> Vec<NoticeChange> {
        let failed: HashSet<OutgoingId> = unsent.iter().map(|fax| fax.id).collect();
        let known = std::mem::replace(&mut self.unsent_faxes, failed);
        let mut changes = Vec::new();
        // Put away, tried again, or changed: it is dealt with.
        for id in known.difference(&self.unsent_faxes).copied().collect::<Vec<_>>() {
            changes.extend(self.close(&unsent_tag(id)));
        }
        let is_new = |fax: &&UnsentFax| settings.faxes && !known.contains(&fax.id);
        for fax in unsent.iter().filter(is_new) {
            let Some(first) = fax.to.first() else { continue };
            let others = fax.to.len().saturating_sub(1);
            let (title, body) = words::unsent_fax(first, others, &fax.reason, settings.hides_names);
            let notice = Notice {
                tag: unsent_tag(fax.id),
                kind: NoticeKind::Fax,
                title,
                body,
                actions: vec![NoticeAction::Open],
                subject: NoticeSubject::Nothing,
                urgency: NoticeUrgency::Normal,
            };
            changes.extend(self.show(notice, first, None, now));
        }
        changes
    }
}

fn unsent_tag(id: OutgoingId) -> NoticeTag {
    NoticeTag::new("unsent-fax", id)
}

//! Presence as others see it, worked out from settings and live calls.
//!
//! The vendor does not publish its aggregation; this one agrees with every recorded sample.

use super::StoreError;
use super::World;
use super::account::ExtensionType;
use super::events::{Change, QueuePresenceChange};
use super::ids::ExtensionId;
use super::presence::{
    MeetingStatus, PresenceCall, PresenceSettings, PresenceSnapshot, PresenceStatus, PresenceUpdate,
    TelephonyStatus, UserStatus,
};
use super::sessions::{Party, PartyStatus, Session};

/// The vendor lists at most seven calls.
const MAX_LISTED_CALLS: usize = 7;

impl World {
    /// An extension's presence now.
    pub fn presence(&self, extension_id: ExtensionId) -> Option<PresenceSnapshot> {
        self.extension(extension_id)?;
        let settings = self.presence.get(&extension_id).cloned().unwrap_or_default();
        let mut calls: Vec<PresenceCall> = self
            .sessions()
            .flat_map(|session| session.parties.iter().map(move |party| (session, party)))
            .filter(|(_, party)| party.extension_id == Some(extension_id))
            .filter_map(|(session, party)| presence_call(session, party))
            .collect();
        calls.sort_by_key(|call| (call.started_at, call.session_id));
        let telephony_status = calls
            .iter()
            .map(|call| call.telephony_status)
            .max_by_key(|status| weight(*status));
        let telephony_status = telephony_status.unwrap_or(TelephonyStatus::NoCall);
        let total_active_calls = calls.len();
        calls.truncate(MAX_LISTED_CALLS);
        Some(PresenceSnapshot {
            extension_id,
            presence_status: aggregate(&settings, telephony_status),
            telephony_status,
            settings,
            calls,
            total_active_calls,
            has_new_call_handling: self.has_new_call_handling,
        })
    }

    /// Whether presence applies to the extension at all; the vendor shows other types as always offline.
    pub fn has_presence(&self, extension_id: ExtensionId) -> bool {
        self.extension(extension_id)
            .is_some_and(|extension| extension.kind == ExtensionType::User)
    }

    /// Whether the account has new call handling, where do-not-disturb is told in two other fields.
    pub fn has_new_call_handling(&self) -> bool {
        self.has_new_call_handling
    }

    /// Gives the account new call handling, or the old one.
    pub fn set_new_call_handling(&mut self, is_new: bool) {
        self.has_new_call_handling = is_new;
    }

    /// Changes what a user set and announces it.
    ///
    /// # Errors
    /// When there is no such extension, or it is no person's.
    pub fn update_presence(
        &mut self,
        extension_id: ExtensionId,
        update: PresenceUpdate,
    ) -> Result<(), StoreError> {
        if self.extension(extension_id).is_some() && !self.has_presence(extension_id) {
            return Err(StoreError::HasNoPresence(extension_id));
        }
        let settings = self
            .presence
            .get_mut(&extension_id)
            .ok_or(StoreError::NoSuchExtension(extension_id))?;
        let PresenceUpdate {
            user_status,
            dnd_status,
            message,
            allows_see_my_presence,
            rings_on_monitored_call,
            picks_up_calls_on_hold,
            meeting_status,
        } = update;
        set(&mut settings.user_status, user_status);
        set(&mut settings.dnd_status, dnd_status);
        set(&mut settings.message, message);
        set(&mut settings.allows_see_my_presence, allows_see_my_presence);
        set(&mut settings.rings_on_monitored_call, rings_on_monitored_call);
        set(&mut settings.picks_up_calls_on_hold, picks_up_calls_on_hold);
        set(&mut settings.meeting_status, meeting_status);
        self.announce_presence(extension_id, None);
        Ok(())
    }

    /// Whether a member takes the calls of this one queue.
    pub fn is_present_in_queue(&self, queue: ExtensionId, member: ExtensionId) -> bool {
        !self.absent_members.contains(&(queue, member))
    }

    /// Lets a member join in or stay out of one queue.
    ///
    /// # Errors
    /// When there is no such member.
    pub fn set_present_in_queue(
        &mut self,
        queue: ExtensionId,
        member: ExtensionId,
        is_present: bool,
    ) -> Result<(), StoreError> {
        let is_member = self
            .extension(queue)
            .is_some_and(|queue| queue.queue_members.contains(&member));
        if !is_member {
            return Err(StoreError::NoSuchExtension(member));
        }
        let has_changed = if is_present {
            self.absent_members.remove(&(queue, member))
        } else {
            self.absent_members.insert((queue, member))
        };
        if has_changed {
            self.announce(Change::QueuePresence(QueuePresenceChange {
                queue,
                member,
                is_present,
            }));
        }
        Ok(())
    }

    pub(super) fn announce_presence_of_party(&mut self, extension_id: ExtensionId, party: &Party) {
        if !self.has_presence(extension_id) {
            return;
        }
        let has_left_the_phone = !party.is_live() || party.status == PartyStatus::VoiceMail;
        let ended = has_left_the_phone
            .then(|| {
                self.session(party.id.session)
                    .map(|session| ended_call(session, party))
            })
            .flatten();
        self.announce_presence(extension_id, ended);
    }

    fn announce_presence(&mut self, extension_id: ExtensionId, ended: Option<PresenceCall>) {
        if let Some(settings) = self.presence.get_mut(&extension_id) {
            settings.sequence += 1;
        }
        if let Some(mut snapshot) = self.presence(extension_id) {
            snapshot.calls.extend(ended);
            self.announce(Change::Presence(snapshot));
        }
    }
}

fn set<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

/// Which state speaks for several calls: a conversation outweighs hold, hold outweighs ringing, as in recorded samples.
fn weight(status: TelephonyStatus) -> u8 {
    match status {
        TelephonyStatus::NoCall => 0,
        TelephonyStatus::ParkedCall => 1,
        TelephonyStatus::Ringing => 2,
        TelephonyStatus::OnHold => 3,
        TelephonyStatus::CallConnected => 4,
    }
}

fn aggregate(settings: &PresenceSettings, telephony: TelephonyStatus) -> PresenceStatus {
    let is_talking = matches!(
        telephony,
        TelephonyStatus::CallConnected | TelephonyStatus::OnHold
    );
    match settings.user_status {
        UserStatus::Offline => PresenceStatus::Offline,
        UserStatus::Busy => PresenceStatus::Busy,
        UserStatus::Available if is_talking || settings.meeting_status == MeetingStatus::Connected => {
            PresenceStatus::Busy
        }
        UserStatus::Available => PresenceStatus::Available,
    }
}

fn presence_call(session: &Session, party: &Party) -> Option<PresenceCall> {
    let telephony_status = match party.status {
        PartyStatus::Proceeding => TelephonyStatus::Ringing,
        PartyStatus::Answered => TelephonyStatus::CallConnected,
        PartyStatus::Hold => TelephonyStatus::OnHold,
        PartyStatus::Parked => TelephonyStatus::ParkedCall,
        _ => return None,
    };
    Some(call_of(session, party, telephony_status, false))
}

fn ended_call(session: &Session, party: &Party) -> PresenceCall {
    call_of(session, party, TelephonyStatus::NoCall, true)
}

fn call_of(
    session: &Session,
    party: &Party,
    telephony_status: TelephonyStatus,
    is_terminated: bool,
) -> PresenceCall {
    PresenceCall {
        direction: party.direction,
        is_queue_call: party.is_queue_call,
        from: party.from.clone(),
        to: party.to.clone(),
        started_at: party.began_at,
        telephony_status,
        session_id: session.id,
        telephony_session_id: session.telephony_session_id,
        party_id: party.id,
        is_terminated,
    }
}

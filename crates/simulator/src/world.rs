//! One account's whole world: from it the call log, message store, presence, active calls and notifications all derive,
//! so they cannot disagree.
//!
//! Everything is in memory and deterministic: the same seed, start and calls give the same world, byte for byte. It knows
//! nothing of HTTP, JSON, tokens or rate limits.

pub mod account;
pub mod address_book;
pub mod call_log;
pub mod calls;
pub mod clock;
pub mod consents;
pub mod events;
pub mod faxing;
pub mod ids;
mod legs;
pub mod live_calls;
pub mod message_store;
pub mod messages;
mod messaging;
pub mod monitoring;
pub mod number;
pub mod onlooker;
pub mod outbound;
mod outcome;
mod people;
pub mod presence;
mod presence_view;
pub mod records;
pub mod ring_out;
pub mod scene;
mod segments;
pub mod sessions;
mod shared;
pub mod supervision;
pub mod text_templates;
pub mod texting;
mod time_index;
mod timeline;
mod vendor_enum;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rand::{RngCore, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::sync::mpsc;

pub use clock::Clock;
pub use live_calls::{CallControlError, CallVerb, PartyVerb};
pub(crate) use messaging::delivery_errors;
pub use messaging::{
    IncomingFax, IncomingText, OutgoingFax, OutgoingFile, OutgoingText, SpokenMessage, StoreError,
};
pub(crate) use messaging::{
    complete_transcript, end_key, fax_attachment, picture_attachment, text_attachment, voicemail_attachment,
};
pub use people::{NewExtension, NewPhoneNumber};
pub use scene::Scene;
pub use shared::SharedWorld;
pub use supervision::{NewSupervision, SupervisionRefusal};

use account::{Account, Device, Extension, PhoneNumber};
use address_book::AddressBooks;
use call_log::CallLog;
use consents::Consents;
use events::{Announcer, Change, WorldEvent};
use faxing::Faxing;
use ids::{DeviceId, ExtensionId, IdMint, MonitoringGroupId, PhoneNumberId, TelephonySessionId};
use message_store::MessageStore;
use monitoring::MonitoringGroup;
use number::E164;
use outbound::Outbound;
use presence::PresenceSettings;
use ring_out::RingOuts;
use sessions::Session;
use text_templates::TextTemplates;
use texting::Texting;
use timeline::{Step, Timeline};

/// The world behind one account.
#[derive(Debug)]
pub struct World {
    seed: u64,
    clock: Clock,
    /// How far the clock was put off from where it was.
    clock_skew: SignedDuration,
    rng: ChaCha8Rng,
    pub(crate) mint: IdMint,
    account: Account,
    extensions: BTreeMap<ExtensionId, Extension>,
    extensions_by_number: BTreeMap<u32, ExtensionId>,
    phone_numbers: BTreeMap<PhoneNumberId, PhoneNumber>,
    phone_numbers_by_e164: BTreeMap<E164, PhoneNumberId>,
    devices: BTreeMap<DeviceId, Device>,
    address_books: AddressBooks,
    presence: BTreeMap<ExtensionId, PresenceSettings>,
    /// Queues and those of their members who take no calls from them.
    absent_members: BTreeSet<(ExtensionId, ExtensionId)>,
    monitoring_groups: BTreeMap<MonitoringGroupId, MonitoringGroup>,
    /// Queues ring only members who are free, and let callers wait for them.
    do_queues_wait: bool,
    is_offer_planned: bool,
    /// Presence is told in the fields of accounts with new call handling.
    has_new_call_handling: bool,
    call_log: CallLog,
    message_store: MessageStore,
    inbox_limit: usize,
    undeliverable: BTreeMap<E164, &'static str>,
    faxing: Faxing,
    consents: Consents,
    texting: Texting,
    /// Numbers that people block, with whom.
    blocked_numbers: BTreeSet<(ExtensionId, E164)>,
    text_templates: TextTemplates,
    outbound: Outbound,
    ring_outs: RingOuts,
    sessions: BTreeMap<TelephonySessionId, Session>,
    timeline: Timeline,
    announcer: Announcer,
    wakeups: u64,
}

impl World {
    /// An empty account; [`crate::demo`] fills one.
    pub fn new(account: Account, seed: u64, clock: Clock) -> Self {
        World {
            seed,
            clock,
            clock_skew: SignedDuration::ZERO,
            rng: ChaCha8Rng::seed_from_u64(seed),
            mint: IdMint::new(),
            account,
            extensions: BTreeMap::new(),
            extensions_by_number: BTreeMap::new(),
            phone_numbers: BTreeMap::new(),
            phone_numbers_by_e164: BTreeMap::new(),
            devices: BTreeMap::new(),
            address_books: AddressBooks::new(),
            presence: BTreeMap::new(),
            absent_members: BTreeSet::new(),
            monitoring_groups: BTreeMap::new(),
            do_queues_wait: false,
            is_offer_planned: false,
            has_new_call_handling: false,
            call_log: CallLog::default(),
            message_store: MessageStore::default(),
            inbox_limit: messaging::INBOX_LIMIT,
            undeliverable: BTreeMap::new(),
            faxing: Faxing::default(),
            consents: Consents::default(),
            texting: Texting::default(),
            blocked_numbers: BTreeSet::new(),
            text_templates: TextTemplates::default(),
            outbound: Outbound::default(),
            ring_outs: RingOuts::default(),
            sessions: BTreeMap::new(),
            timeline: Timeline::default(),
            announcer: Announcer::default(),
            wakeups: 0,
        }
    }

    /// The seed it was made from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The world's clock. Moving it through [`World::advance`] also lets what is due happen.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// From now on the world follows this clock instead.
    pub(crate) fn follow(&mut self, clock: Clock) {
        self.clock = clock;
        self.wakeups += 1;
    }

    /// What is made from here on has identifiers of its own: they depend on how old the account is, so that an account
    /// that is built again a little older never hands out an identifier a second time.
    pub(crate) fn open_chapter(&mut self, age: SignedDuration) {
        let age_s = u64::try_from(age.as_secs()).unwrap_or_default();
        self.rng = ChaCha8Rng::seed_from_u64(crate::media::mix(self.seed, age_s + 1));
        self.mint.open_chapter(age_s);
        self.call_log.open_chapter(age_s);
    }

    /// Moves the clock forward by `by`, letting each due step happen at its own instant on the way.
    pub fn advance(&mut self, by: SignedDuration) {
        let target = self.now().saturating_add(by).unwrap_or(Timestamp::MAX);
        while let Some((at, step)) = self.timeline.pop_due(target) {
            self.clock.set(at.max(self.now()));
            self.perform(step);
        }
        self.clock.set(target);
        self.wakeups += 1;
    }

    /// Places the clock at `to` without letting anything happen on the way; what is then overdue happens next.
    pub fn set_now(&mut self, to: Timestamp) {
        self.clock.set(to);
        self.wakeups += 1;
    }

    /// How far the clock is off.
    pub fn clock_skew(&self) -> SignedDuration {
        self.clock_skew
    }

    /// Puts the clock off from true time by so much, before it or behind. What is planned and the calls that are on move
    /// along, so nothing happens earlier or later for it and no call becomes longer; only the instants that are told do.
    /// Records of the past stay where they are.
    pub fn set_clock_skew(&mut self, skew: SignedDuration) {
        let by = skew.saturating_sub(self.clock_skew);
        let moved = |at: Timestamp| at.saturating_add(by).unwrap_or(at);
        self.clock.set(moved(self.now()));
        self.clock_skew = skew;
        self.timeline.shift(by);
        for session in self.sessions.values_mut() {
            session.shift(by);
        }
        self.wakeups += 1;
    }

    /// Lets everything that is due by now happen, in order.
    pub fn run_due(&mut self) {
        while let Some((_, step)) = self.timeline.pop_due(self.now()) {
            self.perform(step);
        }
    }

    /// When the next step falls due, if any is planned.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.timeline.next_due()
    }

    /// Counts every new step and every move of the clock; whoever sleeps until the next step watches it.
    pub(crate) fn wakeups(&self) -> u64 {
        self.wakeups
    }

    /// Listens to everything that happens from now on, in order and without loss.
    pub fn subscribe(&mut self) -> mpsc::UnboundedReceiver<Arc<WorldEvent>> {
        self.announcer.subscribe()
    }

    /// Passes recorded notifications on exactly as they are.
    pub fn replay(&mut self, notifications: impl IntoIterator<Item = serde_json::Value>) {
        for notification in notifications {
            self.announce(Change::Replayed(Arc::new(notification)));
        }
    }

    /// A random 64-bit number from the world's own generator.
    pub fn random_u64(&mut self) -> u64 {
        self.rng.next_u64()
    }

    fn schedule_in(&mut self, delay: SignedDuration, step: Step) {
        let at = self.now().saturating_add(delay).unwrap_or(Timestamp::MAX);
        self.timeline.schedule(at, step);
        self.wakeups += 1;
    }

    fn perform(&mut self, step: Step) {
        match step {
            // A played call may have been taken another way by a person; its remaining steps then no longer apply.
            Step::Call { session, verb } => drop(self.call(session, verb)),
            Step::OfferWaiting => self.offer_waiting_calls(),
            Step::SupervisorPicksUp { party } => self.supervisor_picks_up(party),
            Step::Scene(scene) => self.go_on_with(scene),
            Step::PublishRecord(record) => self.publish_record(*record),
            Step::Transcribe {
                message,
                status,
                transcript,
            } => self.finish_transcription(message, status, transcript),
            Step::Expire { message, since } => self.expire_message(message, since),
            Step::FaxLeaves { message } => self.fax_leaves(message),
            Step::FaxSettles {
                message,
                place,
                outcome,
                began_at,
            } => self.settle_fax(message, place, outcome, began_at),
            Step::FaxRetires { message } => self.retire_fax(message),
            Step::ToCarriers { message, held_back } => self.give_to_carriers(message, &held_back),
            Step::Report { message, place } => self.report(message, place),
            Step::RingOut { session, step } => self.move_ring_out(session, step),
        }
    }

    /// How many telephony parties and presences have been announced so far.
    pub fn live_announcements(&self) -> u64 {
        self.announcer.live_announcements()
    }

    fn announce(&mut self, change: Change) {
        let event = WorldEvent {
            number: self.announcer.next_number(),
            at: self.now(),
            uuid: self.rng.next_u64(),
            change,
        };
        self.announcer.announce(event);
    }
}

//! Which notices appear, which are taken back, and which never were due.
//!
//! Pure: it is told the news, the settings and the time, and remembers what it has announced. Only what arrives while
//! somebody may be looking is announced: nothing that was backfilled, is old, was read elsewhere or is our own. A fax of ours
//! is the exception: it takes minutes, so whoever sent it is told how it ended.

mod faxes;
mod saying;

use super::{Notice, NoticeAction, NoticeChange, NoticeKind, NoticeSubject, NoticeTag, NoticeUrgency, words};
use domain::call::{LiveCall, LiveCallState};
use domain::communication::{Body, Communication, Direction, Party};
use domain::ids::{CallSessionId, CommunicationId, OutgoingId};
use domain::phone_number::E164;
use domain::settings::NotificationSettings;
use jiff::{SignedDuration, Timestamp};
use saying::{call_actions, is_settled, tag_of, worded};
use std::collections::{HashMap, HashSet};

pub use faxes::UnsentFax;

/// An item older than this when it arrives is no news: it was fetched after a night, or from the history.
const FRESH: SignedDuration = SignedDuration::from_mins(15);

/// So many new items at once are announced one by one.
const ONE_BY_ONE: usize = 4;

/// What was announced is remembered so long; longer than anything can be fresh.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(2);

/// A call has come or changed.
#[derive(Debug, Clone)]
pub struct CallNews {
    pub call: LiveCall,
    /// The person has put its card away.
    pub is_ignored: bool,
    /// How it ended is known only when the call log has it.
    pub is_undecided: bool,
}

/// Decides about notices, and remembers.
#[derive(Debug)]
pub struct NoticePolicy {
    watching_since: Timestamp,
    calls: HashMap<CallSessionId, CallMemory>,
    items: HashMap<CommunicationId, ItemMemory>,
    /// Faxes of ours that were seen on their way.
    faxes: HashSet<CommunicationId>,
    /// Those that never left, as far as it is known.
    unsent_faxes: HashSet<OutgoingId>,
    shown: HashMap<NoticeTag, Shown>,
}

#[derive(Debug)]
struct CallMemory {
    /// The call log's word still counts: the live events left open how it ended.
    is_open: bool,
    at: Timestamp,
}

#[derive(Debug)]
struct ItemMemory {
    tag: NoticeTag,
    at: Timestamp,
}

#[derive(Debug)]
struct Shown {
    kind: NoticeKind,
    words: words::Words,
    number: Option<E164>,
    /// For the tags that several items share: the one it shows.
    item: Option<CommunicationId>,
    at: Timestamp,
}

impl NoticePolicy {
    /// Items from before `watching_since` are never announced.
    pub fn new(watching_since: Timestamp) -> Self {
        Self {
            watching_since,
            calls: HashMap::new(),
            items: HashMap::new(),
            faxes: HashSet::new(),
            unsent_faxes: HashSet::new(),
            shown: HashMap::new(),
        }
    }

    /// A call has come, or has changed.
    pub fn on_call(
        &mut self,
        news: &CallNews,
        settings: &NotificationSettings,
        now: Timestamp,
    ) -> Vec<NoticeChange> {
        self.forget_old(now);
        let call = &news.call;
        let tag = NoticeTag::call(&call.session_id);
        self.calls.insert(
            call.session_id.clone(),
            CallMemory {
                is_open: news.is_undecided,
                at: now,
            },
        );
        let is_wanted = settings.calls && !news.is_ignored && call.direction == Direction::Inbound;
        match call.state {
            LiveCallState::Ringing if is_wanted => {
                let (title, body) = words::incoming_call(&call.party, &call.line, settings.hides_names);
                self.show(
                    Notice {
                        tag,
                        kind: NoticeKind::IncomingCall,
                        title,
                        body,
                        actions: call_actions(&call.party),
                        subject: NoticeSubject::Call(call.session_id.clone()),
                        urgency: NoticeUrgency::Critical,
                    },
                    &call.party,
                    None,
                    now,
                )
            }
            LiveCallState::Missed if settings.calls && call.direction == Direction::Inbound => {
                let (title, body) =
                    words::missed_call(&call.party, Some(&call.line.name), settings.hides_names);
                self.show(
                    Notice {
                        tag,
                        kind: NoticeKind::MissedCall,
                        title,
                        body,
                        actions: call_actions(&call.party),
                        subject: NoticeSubject::Call(call.session_id.clone()),
                        urgency: NoticeUrgency::Normal,
                    },
                    &call.party,
                    None,
                    now,
                )
            }
            _ => self.close(&tag),
        }
    }

    /// A communication was added or changed.
    pub fn on_item(
        &mut self,
        item: &Communication,
        settings: &NotificationSettings,
        now: Timestamp,
    ) -> Vec<NoticeChange> {
        self.forget_old(now);
        if let (Direction::Outbound, Body::Fax { state, .. }) = (item.direction, &item.body) {
            return self.on_sent_fax(item, state, settings, now);
        }
        if let Some(known) = self.items.get(&item.id) {
            let tag = known.tag.clone();
            return if is_settled(item) {
                self.close_item(&tag, item.id)
            } else {
                Vec::new()
            };
        }
        let Some(tag) = tag_of(item) else {
            return Vec::new();
        };
        if is_settled(item) || !self.is_news(item, now) || !self.is_open_question(item) {
            return Vec::new();
        }
        self.items.insert(
            item.id,
            ItemMemory {
                tag: tag.clone(),
                at: now,
            },
        );
        let Some((kind, (title, body))) = worded(item, settings) else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        if kind == NoticeKind::Voicemail {
            // One call, one notice: the message says more than that it was missed.
            changes.extend(self.close_missed_of(&item.party));
        }
        changes.extend(self.show(
            Notice {
                tag,
                kind,
                title,
                body,
                actions: vec![NoticeAction::Open],
                subject: NoticeSubject::Communication(item.id),
                urgency: NoticeUrgency::Normal,
            },
            &item.party,
            Some(item.id),
            now,
        ));
        changes
    }

    /// Communications were added or changed together. More than a few new ones, as after an hour in a tunnel, are announced
    /// as one.
    pub fn on_items(
        &mut self,
        items: &[Communication],
        settings: &NotificationSettings,
        now: Timestamp,
    ) -> Vec<NoticeChange> {
        let mut changes: Vec<NoticeChange> = Vec::new();
        for item in items {
            changes.extend(self.on_item(item, settings, now));
        }
        let kinds: Vec<NoticeKind> = changes.iter().filter_map(NoticeChange::shown_kind).collect();
        if kinds.len() <= ONE_BY_ONE {
            return changes;
        }
        changes.retain(|change| change.shown_kind().is_none());
        let (title, body) = words::several(&kinds);
        changes.push(NoticeChange::Show(Notice {
            tag: NoticeTag::new("several", now),
            kind: NoticeKind::Several,
            title,
            body,
            actions: vec![NoticeAction::Open],
            subject: NoticeSubject::Nothing,
            urgency: NoticeUrgency::Normal,
        }));
        changes
    }

    /// A communication no longer exists.
    pub fn on_gone(&mut self, id: CommunicationId) -> Vec<NoticeChange> {
        self.faxes.remove(&id);
        let mut changes = self.close(&NoticeTag::new("sent-fax", id));
        changes.extend(self.on_item_gone(id));
        changes
    }

    fn on_item_gone(&mut self, id: CommunicationId) -> Vec<NoticeChange> {
        match self.items.get(&id).map(|known| known.tag.clone()) {
            Some(tag) => self.close_item(&tag, id),
            None => Vec::new(),
        }
    }

    /// Calls that have a notice now.
    pub fn shown_calls(&self) -> Vec<CallSessionId> {
        self.calls
            .keys()
            .filter(|session| self.shown.contains_key(&NoticeTag::call(session)))
            .cloned()
            .collect()
    }

    /// Nobody knows any more what became of a call.
    pub fn on_call_forgotten(&mut self, session: &CallSessionId) -> Vec<NoticeChange> {
        let tag = NoticeTag::call(session);
        match self.shown.get(&tag) {
            Some(shown) if shown.kind == NoticeKind::IncomingCall => self.close(&tag),
            // That it was missed stays true.
            _ => Vec::new(),
        }
    }

    /// Takes back everything, as when somebody signs out.
    pub fn close_all(&mut self) -> Vec<NoticeChange> {
        self.shown
            .drain()
            .map(|(tag, _)| NoticeChange::Close(tag))
            .collect()
    }

    fn is_news(&self, item: &Communication, now: Timestamp) -> bool {
        item.direction == Direction::Inbound
            && item.occurred_at >= self.watching_since
            && now.duration_since(item.occurred_at) <= FRESH
    }

    /// A missed call that was followed live has had its notice, unless its end was left open.
    fn is_open_question(&self, item: &Communication) -> bool {
        match &item.body {
            Body::Call {
                session_id: Some(session),
                ..
            } => self.calls.get(session).is_none_or(|known| known.is_open),
            _ => true,
        }
    }

    fn show(
        &mut self,
        notice: Notice,
        party: &Party,
        item: Option<CommunicationId>,
        now: Timestamp,
    ) -> Vec<NoticeChange> {
        let words = (notice.title.clone(), notice.body.clone());
        let before = self.shown.insert(
            notice.tag.clone(),
            Shown {
                kind: notice.kind,
                words: words.clone(),
                number: party.number.as_ref().and_then(|number| number.e164.clone()),
                item,
                at: now,
            },
        );
        match before {
            // Desktops show the kinds in different ways, so that one does not simply take the other's place.
            Some(shown) if shown.kind != notice.kind => {
                vec![
                    NoticeChange::Close(notice.tag.clone()),
                    NoticeChange::Show(notice),
                ]
            }
            Some(shown) if shown.words == words && shown.item == item => Vec::new(),
            _ => vec![NoticeChange::Show(notice)],
        }
    }

    fn close(&mut self, tag: &NoticeTag) -> Vec<NoticeChange> {
        match self.shown.remove(tag) {
            Some(_) => vec![NoticeChange::Close(tag.clone())],
            None => Vec::new(),
        }
    }

    fn close_item(&mut self, tag: &NoticeTag, id: CommunicationId) -> Vec<NoticeChange> {
        match self.shown.get(tag) {
            // A newer text of the conversation has taken its place.
            Some(shown) if shown.item.is_some_and(|item| item != id) => Vec::new(),
            _ => self.close(tag),
        }
    }

    fn close_missed_of(&mut self, party: &Party) -> Vec<NoticeChange> {
        let Some(number) = party.number.as_ref().and_then(|number| number.e164.as_ref()) else {
            return Vec::new();
        };
        let missed: Vec<NoticeTag> = self
            .shown
            .iter()
            .filter(|(_, shown)| {
                shown.kind == NoticeKind::MissedCall && shown.number.as_ref() == Some(number)
            })
            .map(|(tag, _)| tag.clone())
            .collect();
        missed.iter().flat_map(|tag| self.close(tag)).collect()
    }

    fn forget_old(&mut self, now: Timestamp) {
        self.calls
            .retain(|_, known| now.duration_since(known.at) <= REMEMBERED);
        self.items
            .retain(|_, known| now.duration_since(known.at) <= REMEMBERED);
        self.shown
            .retain(|_, shown| now.duration_since(shown.at) <= REMEMBERED);
    }
}

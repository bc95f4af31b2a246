//! The sample company as it stands at the moment, with what was changed in this page.

use super::campaigns::{self, Run};
use super::fax_reading;
use super::faxes::{self, Faxes};
use super::presence_answers;
use super::texts::{self, Texts};
use super::transcription_answers::Transcribing;
use super::voicemail_answers::Changed;
use super::{history, people, states, template_answers};
use domain::communication::{Body, Communication};
use domain::contact::Contact;
use domain::event::CoreEvent;
use domain::ids::{CommunicationId, ConversationId, UndoToken};
use domain::inbox::{Cursor, InboxCounts, InboxPage, InboxRow, InboxTab, Subject, Timeline};
use domain::ipc::Undoable;
use domain::ring_out::RingOut;
use domain::settings::Settings;
use domain::template::MessageTemplate;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Everything there is.
#[derive(Clone)]
pub(super) struct World {
    pub(super) contacts: Vec<Contact>,
    /// Newest first.
    pub(super) items: Vec<Communication>,
    pub(super) settings: Settings,
    pub(super) texts: Texts,
    pub(super) faxes: Faxes,
    pub(super) templates: Vec<MessageTemplate>,
    /// Campaigns, the newest first.
    pub(super) runs: Vec<Run>,
    pub(super) ring_out: Option<RingOut>,
    pub(super) voicemail: Changed,
    pub(super) transcribing: Transcribing,
    pub(super) fax_views: fax_reading::Changed,
    pub(super) presence: presence_answers::Changed,
    /// How it was before the change with this token.
    before: Vec<(UndoToken, Box<World>)>,
    last_id: i64,
}

thread_local! {
    static WORLD: RefCell<Option<World>> = const { RefCell::new(None) };
}

/// Looks at the world, or changes it.
pub(super) fn with<R>(work: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with_borrow_mut(|world| work(world.get_or_insert_with(World::new)))
}

/// Says that something changed, once the present request has been answered.
pub(super) fn announce(event: CoreEvent) {
    gloo_timers::callback::Timeout::new(10, move || crate::ipc::announce(&event)).forget();
}

impl World {
    fn new() -> Self {
        let contacts = if states::is("no-contacts") {
            Vec::new()
        } else {
            people::contacts()
        };
        let items = if states::is("empty") {
            Vec::new()
        } else {
            history::items(&contacts)
        };
        let texts = texts::texts(contacts.first().map(history::party));
        let faxes = faxes::faxes(&contacts);
        let (templates, runs) = if states::is("empty") {
            (Vec::new(), Vec::new())
        } else {
            (template_answers::templates(), campaigns::runs(&contacts))
        };
        Self {
            contacts,
            items,
            texts,
            faxes,
            settings: states::settings(),
            templates,
            runs,
            ring_out: None,
            voicemail: Changed::default(),
            transcribing: Transcribing::default(),
            fax_views: fax_reading::Changed::default(),
            presence: presence_answers::Changed::default(),
            before: Vec::new(),
            last_id: 2_000_000,
        }
    }

    pub(super) fn counts(&self) -> InboxCounts {
        let count = |keep: fn(&Communication) -> bool| {
            self.items
                .iter()
                .filter(|item| !item.is_done && keep(item))
                .count() as u64
        };
        InboxCounts {
            unread: count(|item| !item.is_read),
            unread_texts: count(|item| !item.is_read && matches!(item.body, Body::Text { .. })),
            unread_voicemail: count(|item| !item.is_read && matches!(item.body, Body::Voicemail { .. })),
            unread_faxes: count(|item| !item.is_read && matches!(item.body, Body::Fax { .. })),
            owed: count(|item| item.is_owed),
        }
    }

    pub(super) fn page(&self, tab: InboxTab, after: Option<&Cursor>, limit: u32) -> InboxPage {
        let mut seen = BTreeSet::new();
        let mut rows: Vec<InboxRow> = self
            .items
            .iter()
            .filter(|item| conversation(item).is_none_or(|id| seen.insert(id.clone())))
            .filter(|item| belongs(item, tab))
            .filter(|item| {
                after.is_none_or(|after| (item.occurred_at, item.id) < (after.occurred_at, after.id))
            })
            .take(limit as usize + 1)
            .map(|item| InboxRow {
                item: item.clone(),
                unread_count: self.unread_with(item),
            })
            .collect();
        let is_more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let next = rows.last().filter(|_| is_more).map(|row| Cursor {
            occurred_at: row.item.occurred_at,
            id: row.item.id,
        });
        InboxPage { rows, next }
    }

    pub(super) fn subject(item: &Communication) -> Subject {
        if let Body::Text {
            participants,
            conversation_id,
            ..
        } = &item.body
            && participants.len() > 1
        {
            return Subject::Conversation(conversation_id.clone());
        }
        match (
            &item.party.contact,
            item.party.number.as_ref().and_then(|number| number.e164.clone()),
        ) {
            (Some(contact), _) => Subject::Contact(contact.id),
            (None, Some(number)) => Subject::Number(number),
            (None, None) => Subject::Item(item.id),
        }
    }

    pub(super) fn timeline(&self, subject: &Subject, before: Option<&Cursor>, limit: usize) -> Timeline {
        let mut items: Vec<Communication> = self
            .items
            .iter()
            .filter(|item| Self::subject(item) == *subject || is_in_group(item, subject))
            .filter(|item| {
                before.is_none_or(|before| (item.occurred_at, item.id) < (before.occurred_at, before.id))
            })
            .take(limit + 1)
            .cloned()
            .collect();
        let is_more = items.len() > limit;
        items.truncate(limit);
        let earlier = items.last().filter(|_| is_more).map(|item| Cursor {
            occurred_at: item.occurred_at,
            id: item.id,
        });
        items.reverse();
        Timeline { items, earlier }
    }

    /// Changes the items with these ids, and with a text its whole conversation.
    pub(super) fn change(&mut self, ids: &[CommunicationId], change: impl Fn(&mut Communication)) {
        let conversations: BTreeSet<ConversationId> = self
            .items
            .iter()
            .filter(|item| ids.contains(&item.id))
            .filter_map(conversation)
            .cloned()
            .collect();
        for item in &mut self.items {
            if ids.contains(&item.id) || conversation(item).is_some_and(|id| conversations.contains(id)) {
                change(item);
            }
        }
        announce(CoreEvent::CommunicationsChanged { ids: ids.to_vec() });
    }

    /// Remembers how it is now, to come back to it.
    pub(super) fn undoable(&mut self, words: String) -> Undoable {
        let token = UndoToken(format!("undo-{}", self.next_id()));
        let mut before = self.clone();
        before.before = Vec::new();
        self.before.push((token.clone(), Box::new(before)));
        Undoable { token, words }
    }

    pub(super) fn undo(&mut self, token: &UndoToken) {
        if let Some(at) = self.before.iter().position(|(other, _)| other == token) {
            let (_, before) = self.before.swap_remove(at);
            *self = *before;
            announce(CoreEvent::CommunicationsChanged { ids: Vec::new() });
            announce(CoreEvent::ContactsChanged { ids: Vec::new() });
        }
    }

    pub(super) fn next_id(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }

    fn unread_with(&self, item: &Communication) -> u32 {
        let Some(id) = conversation(item) else {
            return u32::from(!item.is_read);
        };
        let unread = self
            .items
            .iter()
            .filter(|other| conversation(other) == Some(id) && !other.is_read)
            .count();
        u32::try_from(unread).unwrap_or(u32::MAX)
    }
}

/// What somebody wrote in a group belongs to this person's history too.
fn is_in_group(item: &Communication, subject: &Subject) -> bool {
    match (&item.body, subject) {
        (Body::Text { participants, .. }, Subject::Contact(id)) => participants
            .iter()
            .any(|party| party.contact.as_ref().is_some_and(|known| known.id == *id)),
        _ => false,
    }
}

fn conversation(item: &Communication) -> Option<&ConversationId> {
    match &item.body {
        Body::Text { conversation_id, .. } => Some(conversation_id),
        Body::Call { .. } | Body::Voicemail { .. } | Body::Fax { .. } => None,
    }
}

fn belongs(item: &Communication, tab: InboxTab) -> bool {
    item.is_done == (tab == InboxTab::Done)
        && match tab {
            InboxTab::All | InboxTab::Done => true,
            InboxTab::Unread => !item.is_read,
            InboxTab::Calls => matches!(item.body, Body::Call { .. }),
            InboxTab::Texts => matches!(item.body, Body::Text { .. }),
            InboxTab::Voicemail => matches!(item.body, Body::Voicemail { .. }),
            InboxTab::Fax => matches!(item.body, Body::Fax { .. }),
            InboxTab::Missed => item.is_owed,
        }
}

//! The page of the live calls: what goes on, with the names of whoever is known.
//!
//! Asked for many times a minute, it is made from memory: contacts are looked up once per number or colleague, all new ones
//! at once, and again only after contacts have changed; the day of the queues only after calls have come. No name that the
//! network sent is taken for a match.

use super::{Colleague, CompanyCalls, SessionView, queues};
use crate::calls::Endpoint;
use crate::change_feed::ChangeListener;
use crate::matching;
use crate::store::{PartyRecord, Store, StoreError};
use domain::call::DialledLine;
use domain::communication::Party;
use domain::contact::ContactRef;
use domain::event::CoreEvent;
use domain::live_calls::{CallMember, CompanyCall, CompanyCallState, LiveCalls, QueueToday};
use domain::phone_number::E164;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// More names than this are not kept.
const MOST_NAMES: usize = 4_000;
/// The day of the queues is not counted more often, however many calls come.
const COUNTED_AT_MOST_EVERY: SignedDuration = SignedDuration::from_secs(10);

/// Makes the page. Clones share what was looked up.
#[derive(Debug, Clone)]
pub struct LivePage {
    store: Store,
    calls: CompanyCalls,
    zone: TimeZone,
    known: Arc<Mutex<Known>>,
}

/// What was looked up.
#[derive(Debug)]
struct Known {
    changes: ChangeListener,
    by_number: HashMap<E164, Option<ContactRef>>,
    by_extension: HashMap<String, Option<ContactRef>>,
    day: Option<Day>,
    /// How often the store was asked; tests count by it.
    questions: usize,
}

/// What the queues did today.
#[derive(Debug, Clone)]
struct Day {
    date: Date,
    counted_at: Timestamp,
    is_old: bool,
    figures: HashMap<String, QueueToday>,
}

impl LivePage {
    pub fn new(store: Store, calls: CompanyCalls) -> Self {
        Self::in_zone(store, calls, TimeZone::system())
    }

    /// The same for an office in this zone.
    pub fn in_zone(store: Store, calls: CompanyCalls, zone: TimeZone) -> Self {
        let known = Known {
            changes: store.changes().listen(),
            by_number: HashMap::new(),
            by_extension: HashMap::new(),
            day: None,
            questions: 0,
        };
        Self {
            store,
            calls,
            zone,
            known: Arc::new(Mutex::new(known)),
        }
    }

    /// The calls that go on now.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub async fn get(&self) -> Result<LiveCalls, StoreError> {
        self.known().hear();
        let views = self.calls.live();
        let now = self.store.clock().now();
        let (seen, stale) = {
            let standing = self.calls.standing();
            (standing.seen(), standing.stale(now))
        };
        self.look_up(&views).await?;
        let today = if seen == domain::live_calls::CallsSeen::Company {
            self.today(now).await?
        } else {
            HashMap::new()
        };
        let queues = {
            let board = self.calls.board();
            queues::now(board.queues(), &views, &today)
        };
        let known = self.known();
        let mut calls: Vec<CompanyCall> = views
            .into_iter()
            .map(|view| self.call(&known, view, now))
            .collect();
        drop(known);
        calls.sort_by(|a, b| order(a).cmp(&order(b)));
        let queues = match seen {
            domain::live_calls::CallsSeen::Company => queues,
            // Of one's own calls alone, no queue can be told.
            domain::live_calls::CallsSeen::Own { .. } => Vec::new(),
        };
        Ok(LiveCalls {
            calls,
            queues,
            seen,
            stale,
        })
    }

    /// Who is at the other end of a call, in words.
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub async fn label(&self, view: &SessionView) -> Result<String, StoreError> {
        self.look_up(std::slice::from_ref(view)).await?;
        Ok(self.party(&self.known(), &view.other).label)
    }

    /// Looks up whoever is in a call, for [`Self::name_of`].
    ///
    /// # Errors
    /// Any [`StoreError`].
    pub async fn look_up_call(&self, view: &SessionView) -> Result<(), StoreError> {
        self.look_up(std::slice::from_ref(view)).await
    }

    /// What a colleague is called.
    pub fn name_of(&self, colleague: &Colleague) -> String {
        let contact = self.known().colleague(colleague.extension_id.as_str());
        name_of(contact.as_ref(), colleague)
    }

    /// How often the store was asked for names or figures.
    #[doc(hidden)]
    pub fn questions(&self) -> usize {
        self.known().questions
    }

    fn call(&self, known: &Known, view: SessionView, now: Timestamp) -> CompanyCall {
        let party = self.party(known, &view.other);
        let members = view
            .colleagues
            .iter()
            // The one who was called is the other end, as long as somebody is at this one.
            .filter(|one| !one.is_other || view.colleagues.len() == 1)
            .map(|one| {
                let contact = known.colleague(one.extension_id.as_str());
                CallMember {
                    extension_id: one.extension_id.as_str().to_owned(),
                    name: name_of(contact.as_ref(), one),
                    contact,
                    state: one.state,
                }
            })
            .collect();
        CompanyCall {
            party,
            members,
            line: self.line(&view),
            queue: view.queue_name,
            session_id: view.session_id,
            direction: view.direction,
            is_internal: view.is_internal,
            state: view.state,
            started_at: view.started_at.min(now),
            state_since: view.state_since.min(now),
            answered_at: view.answered_at.map(|at| at.min(now)),
            is_supervised: !view.supervisors.is_empty(),
        }
    }

    fn party(&self, known: &Known, end: &Endpoint) -> Party {
        let record = record(end);
        let found = self.store.known_party(&record);
        let contact = match &end.extension_id {
            Some(id) => known.colleague(id.as_str()),
            None => found
                .e164
                .as_ref()
                .and_then(|e164| known.by_number.get(e164).cloned().flatten()),
        };
        let mut label = matching::party_label(contact.as_ref(), found.number.as_ref());
        if contact.is_none()
            && end.extension_id.is_some()
            && let Some(name) = &record.name
        {
            // Of our own extensions the vendor tells the name, and nobody else can have sent it.
            label.clone_from(name);
        }
        Party {
            label,
            number: found.number,
            caller_id_name: record.name.filter(|_| end.extension_id.is_none()),
            contact,
        }
    }

    /// Which of our lines it is, where the store knows.
    fn line(&self, view: &SessionView) -> Option<DialledLine> {
        let number = view.line.number.as_deref();
        self.store.own_line(number, short(&view.line))
    }

    /// Finds whoever is new among the calls, all at once.
    async fn look_up(&self, views: &[SessionView]) -> Result<(), StoreError> {
        let (numbers, extensions) = {
            let known = self.known();
            let ends = views.iter().map(|view| &view.other);
            let numbers: HashSet<E164> = ends
                .clone()
                .filter(|end| end.extension_id.is_none())
                .filter_map(|end| self.store.known_party(&record(end)).e164)
                .filter(|e164| !known.by_number.contains_key(e164))
                .collect();
            let extensions: HashSet<String> = views
                .iter()
                .flat_map(|view| view.colleagues.iter().map(|one| &one.extension_id))
                .chain(ends.filter_map(|end| end.extension_id.as_ref()))
                .map(|id| id.as_str().to_owned())
                .filter(|id| !known.by_extension.contains_key(id))
                .collect();
            (
                numbers.into_iter().collect::<Vec<_>>(),
                extensions.into_iter().collect::<Vec<_>>(),
            )
        };
        if !numbers.is_empty() {
            let parties = self.store.parties(&numbers).await?;
            let mut known = self.known();
            known.questions += 1;
            let found = numbers.into_iter().zip(parties);
            known
                .by_number
                .extend(found.map(|(number, party)| (number, party.contact)));
        }
        if !extensions.is_empty() {
            let mut found = self.store.colleagues(&extensions).await?;
            let mut known = self.known();
            known.questions += 1;
            known.by_extension.extend(extensions.into_iter().map(|id| {
                let contact = found.remove(&id);
                (id, contact)
            }));
        }
        Ok(())
    }

    async fn today(&self, now: Timestamp) -> Result<HashMap<String, QueueToday>, StoreError> {
        let date = now.to_zoned(self.zone.clone()).date();
        let day = self.known().day.clone();
        if let Some(day) = day
            && day.date == date
            && (!day.is_old || now.duration_since(day.counted_at).abs() < COUNTED_AT_MOST_EVERY)
        {
            return Ok(day.figures);
        }
        let midnight = |date: Date| {
            date.to_zoned(self.zone.clone())
                .map(|zoned| zoned.timestamp())
                .unwrap_or(now)
        };
        let (from, until) = (midnight(date), midnight(date.tomorrow().unwrap_or(date)));
        let figures = self.store.queue_figures(from, until).await?;
        let mut known = self.known();
        known.questions += 1;
        known.day = Some(Day {
            date,
            counted_at: now,
            is_old: false,
            figures: figures.clone(),
        });
        Ok(figures)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    /// Forgets what is no longer true.
    fn hear(&mut self) {
        while let Some(event) = self.changes.try_next() {
            let is_all = event == CoreEvent::Overflowed;
            if is_all || matches!(event, CoreEvent::ContactsChanged { .. }) {
                self.by_number.clear();
                self.by_extension.clear();
            }
            if (is_all || matches!(event, CoreEvent::CommunicationsChanged { .. }))
                && let Some(day) = &mut self.day
            {
                day.is_old = true;
            }
        }
        if self.by_number.len() + self.by_extension.len() > MOST_NAMES {
            self.by_number.clear();
            self.by_extension.clear();
        }
    }

    fn colleague(&self, extension_id: &str) -> Option<ContactRef> {
        self.by_extension.get(extension_id).cloned().flatten()
    }
}

fn name_of(contact: Option<&ContactRef>, colleague: &Colleague) -> String {
    let known = contact.map(|contact| contact.name.clone());
    known
        .or_else(|| colleague.name.clone())
        .unwrap_or_else(|| "A colleague".to_owned())
}

/// Those that wait longest first, then by their beginning.
fn order(call: &CompanyCall) -> (bool, Timestamp, &str) {
    let waits = call.state == CompanyCallState::Waiting;
    let since = if waits { call.state_since } else { call.started_at };
    (!waits, since, call.session_id.as_str())
}

fn record(end: &Endpoint) -> PartyRecord {
    PartyRecord {
        number: end.number.clone(),
        extension: short(end).map(str::to_owned),
        name: end.name.clone(),
    }
}

/// The short number of one of our own; events name extensions by id only.
fn short(end: &Endpoint) -> Option<&str> {
    let number = end.number.as_deref()?;
    let is_short = number.len() <= 6 && number.bytes().all(|byte| byte.is_ascii_digit());
    (end.extension_id.is_some() && is_short).then_some(number)
}

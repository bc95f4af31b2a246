//! Asks the server what notifications of the company's calls leave open.
//!
//! A worker that is stepped, as its neighbours are: [`CompanyFollower::step`] does what is due and never waits for a timer;
//! [`CompanyFollower::run`] is the same with the waiting. It never changes a call at the server.

use super::standing::Role;
use super::{CompanyCalls, heard};
use crate::clock::Clock;
use domain::ids::CallSessionId;
use jiff::{SignedDuration, Timestamp};
use ringcentral::api::call_log::View;
use ringcentral::api::{CallsOf, ExtensionRef};
use ringcentral::id::TelephonySessionId;
use ringcentral::{Client, Error, Priority};
use std::time::Duration;

/// Who may read of every call afterwards may see it go on.
const COMPANY_PERMISSION: &str = "FullCompanyCallLog";
/// Roles and queues change seldom.
const ASK_AGAIN: SignedDuration = SignedDuration::from_hours(1);
const TRY_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// Single calls are asked after at most so often (they are Light, 50 a minute for everything this program does).
const QUESTIONS_A_MINUTE: usize = 20;
/// It looks up from its waiting at least so often, as a manual or moved clock rings no bell.
const LONGEST_NAP: Duration = Duration::from_secs(5);

/// Keeps the company's calls true.
#[derive(Debug)]
pub struct CompanyFollower {
    calls: CompanyCalls,
    client: Client,
    clock: Clock,
    role_due_at: Option<Timestamp>,
    queues_due_at: Option<Timestamp>,
    /// Single calls may be asked after (`CallControl`).
    can_ask: bool,
    questions: Questions,
    was_stale: bool,
}

/// The questions of the last minute.
#[derive(Debug, Default)]
struct Questions(Vec<Timestamp>);

impl CompanyFollower {
    /// Follows the calls of `calls` from now on.
    pub fn new(calls: CompanyCalls, client: Client, clock: Clock) -> Self {
        calls.go_online(client.clone());
        let now = clock.now();
        Self {
            calls,
            client,
            clock,
            role_due_at: Some(now),
            queues_due_at: Some(now),
            can_ask: true,
            questions: Questions::default(),
            was_stale: false,
        }
    }

    /// Does what is due now. Returns when there is something to do next, as far as is known.
    pub async fn step(&mut self) -> Option<Timestamp> {
        self.ask_role().await;
        self.ask_queues().await;
        self.look_at_list().await;
        self.ask_after_calls().await;
        self.tell_of_age();
        let announce_at = self.calls.announce_due();
        let question_at = self.calls.board().next_due();
        [
            self.role_due_at,
            self.queues_due_at,
            self.calls.standing().look_due_at(),
            question_at.map(|at| at.max(self.questions.free_at())),
            announce_at,
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// Steps whenever something is due, for ever.
    pub async fn run(self) {
        let (calls, clock) = (self.calls.clone(), self.clock.clone());
        tokio::join!(self.follow(), announce(calls, clock));
    }

    async fn follow(mut self) {
        let mut moved = self.calls.watch();
        loop {
            moved.mark_unchanged();
            let next = self.step().await;
            tokio::select! {
                () = tokio::time::sleep(nap_until(next, &self.clock)) => {}
                _ = moved.changed() => {}
            }
        }
    }

    /// That the calls have grown old comes with time alone, and somebody may be looking at them.
    fn tell_of_age(&mut self) {
        let is_stale = self.calls.standing().stale(self.clock.now()).is_some();
        if std::mem::replace(&mut self.was_stale, is_stale) != is_stale {
            self.calls.note(true);
        }
    }

    async fn ask_role(&mut self) {
        let now = self.clock.now();
        if self.role_due_at.is_none_or(|at| at > now) {
            return;
        }
        let asked = self
            .client
            .authz_profile()
            .has_permission(&ExtensionRef::Own, COMPANY_PERMISSION, Priority::Event)
            .await;
        let (role, again) = match asked {
            Ok(true) => (Some(Role::Allowed), ASK_AGAIN),
            Ok(false) | Err(Error::Forbidden { .. }) => (Some(Role::Denied), ASK_AGAIN),
            Err(error) => {
                tracing::debug!(%error, "the role could not be asked for");
                (None, TRY_AGAIN)
            }
        };
        self.role_due_at = Some(now + again);
        if let Some(role) = role {
            let has_changed = self.calls.standing().role_is(role, now);
            self.calls.note(has_changed);
        }
    }

    async fn ask_queues(&mut self) {
        let now = self.clock.now();
        if self.queues_due_at.is_none_or(|at| at > now) {
            return;
        }
        let again = match self.client.call_queues().list_all(Priority::Event).await {
            Ok(page) => {
                let named = page.records.into_iter().map(|queue| {
                    let number = queue.extension_number.unwrap_or_default();
                    let name = queue.name.unwrap_or_else(|| format!("Queue {number}"));
                    (queue.id, name)
                });
                self.calls.set_queues(named.collect());
                ASK_AGAIN
            }
            Err(Error::Forbidden { .. }) => ASK_AGAIN,
            Err(error) => {
                tracing::debug!(%error, "the queues could not be asked for");
                TRY_AGAIN
            }
        };
        self.queues_due_at = Some(now + again);
    }

    async fn look_at_list(&mut self) {
        let asked_at = self.clock.now();
        if !self.calls.standing().is_look_due(asked_at) {
            return;
        }
        let of = if self.calls.standing().sees_company() {
            CallsOf::Account
        } else {
            CallsOf::Extension(ExtensionRef::Own)
        };
        match self
            .client
            .active_calls()
            .list(&of, View::Simple, Priority::Event)
            .await
        {
            Ok(page) => self.calls.listed(&page.records, asked_at, self.can_ask),
            Err(Error::Forbidden { .. }) => {
                tracing::debug!("the list of calls may not be read: notifications have to do");
                let now = self.clock.now();
                self.calls.standing().look_refused(now);
                self.calls.note(true);
            }
            Err(error) => {
                tracing::debug!(%error, "the list of calls could not be read");
                let now = self.clock.now();
                self.calls.standing().look_failed(now);
            }
        }
    }

    async fn ask_after_calls(&mut self) {
        let now = self.clock.now();
        let due = self.calls.board().due(self.questions.left(now), now);
        for id in due {
            if self.can_ask {
                self.ask_after(&id).await;
            } else {
                self.do_without(&id);
            }
        }
    }

    async fn ask_after(&mut self, id: &CallSessionId) {
        let asked = self.calls.order_of_answer(id);
        self.questions.put(self.clock.now());
        let session = TelephonySessionId::from(id.as_str());
        match self.client.telephony().session(&session, Priority::Event).await {
            Ok(answer) if heard::session_id(&answer.id) == *id => self.calls.answered(&answer, asked),
            Err(error) if error.is_not_found() => self.calls.is_gone(id, asked),
            Err(Error::Forbidden { .. }) => {
                self.can_ask = false;
                self.do_without(id);
            }
            Ok(_) => self.calls.board().question_failed(id, self.clock.now()),
            Err(error) => {
                tracing::debug!(%error, "a call of the company could not be asked after");
                self.calls.board().question_failed(id, self.clock.now());
            }
        }
    }

    /// Without the permission to see sessions (`CallControl`), the list is all there is.
    fn do_without(&self, id: &CallSessionId) {
        let has_changed = self.calls.board().may_not_ask(id);
        self.calls.note(has_changed);
    }
}

impl Questions {
    fn put(&mut self, now: Timestamp) {
        self.0.push(now);
    }

    /// How many may be put now.
    fn left(&mut self, now: Timestamp) -> usize {
        let minute = SignedDuration::from_mins(1);
        self.0.retain(|at| *at <= now && now.duration_since(*at) < minute);
        QUESTIONS_A_MINUTE.saturating_sub(self.0.len())
    }

    /// When another may be put.
    fn free_at(&self) -> Timestamp {
        let oldest = self.0.first().filter(|_| self.0.len() >= QUESTIONS_A_MINUTE);
        oldest.map_or(Timestamp::UNIX_EPOCH, |at| *at + SignedDuration::from_mins(1))
    }
}

/// Changes are announced in time even while an answer of the server is waited for.
async fn announce(calls: CompanyCalls, clock: Clock) {
    let mut moved = calls.watch();
    loop {
        moved.mark_unchanged();
        let next = calls.announce_due();
        tokio::select! {
            () = tokio::time::sleep(nap_until(next, &clock)) => {}
            _ = moved.changed() => {}
        }
    }
}

fn nap_until(next: Option<Timestamp>, clock: &Clock) -> Duration {
    next.map_or(LONGEST_NAP, |at| {
        let until = at.duration_since(clock.now()).max(SignedDuration::ZERO);
        until.unsigned_abs().clamp(Duration::from_millis(10), LONGEST_NAP)
    })
}

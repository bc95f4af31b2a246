//! Campaigns in every state. The one that runs goes on while one looks at it, a message each second.

use super::world::{self, World};
use super::{history, people};
use domain::campaign::{Campaign, CampaignCounts, CampaignResult, CampaignState, ResultKind};
use domain::contact::Contact;
use domain::event::CoreEvent;
use domain::ids::{CampaignId, OutgoingId};
use domain::outgoing::OutgoingState;
use gloo_timers::callback::Interval;
use jiff::SignedDuration;
use std::cell::Cell;

const TICK_MS: u32 = 1_000;
const BODY: &str =
    "Hi {first_name|there}, the yard is closed on Friday, {date}. Please order by Thursday noon.";

/// A campaign with its recipients.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) campaign: Campaign,
    pub(super) results: Vec<CampaignResult>,
}

thread_local! {
    static IS_TICKING: Cell<bool> = const { Cell::new(false) };
}

/// Name, hours ago, state, and how many are delivered, accepted, failed, unknown, waiting, cancelled.
type Line = (&'static str, i64, CampaignState, [usize; 6]);

const SAMPLES: &[Line] = &[
    (
        "Yard closed on Friday",
        0,
        CampaignState::Running,
        [121, 17, 3, 1, 72, 0],
    ),
    (
        "Price change in December",
        26,
        CampaignState::Paused,
        [20, 0, 0, 0, 28, 0],
    ),
    (
        "Safety day reminder for every crew, subcontractor and supplier of the East Bay",
        24 * 8,
        CampaignState::Done,
        [1_187, 12, 5, 0, 0, 0],
    ),
    ("Holiday hours", 24 * 40, CampaignState::Done, [36, 0, 0, 0, 0, 0]),
    (
        "Crane inspection",
        24 * 75,
        CampaignState::Cancelled,
        [25, 0, 0, 0, 0, 35],
    ),
];

/// What is there at first.
pub(super) fn runs(contacts: &[Contact]) -> Vec<Run> {
    SAMPLES
        .iter()
        .zip(1..)
        .map(|((name, hours_ago, state, numbers), id)| {
            let states = numbers
                .iter()
                .enumerate()
                .flat_map(|(kind, count)| std::iter::repeat_n(kind, *count));
            let results = states
                .enumerate()
                .map(|(index, kind)| result(contacts, id * 10_000, index, outcome(kind, index)))
                .collect();
            let created_at =
                history::now() - SignedDuration::from_hours(*hours_ago) - SignedDuration::from_mins(3);
            let is_over = matches!(state, CampaignState::Done | CampaignState::Cancelled);
            let mut run = Run {
                campaign: Campaign {
                    id: CampaignId(id),
                    name: (*name).to_owned(),
                    from: people::number("510", "0100"),
                    body: BODY.to_owned(),
                    state: *state,
                    counts: CampaignCounts::default(),
                    created_at,
                    ended_at: is_over.then(|| created_at + SignedDuration::from_mins(20)),
                    seconds_left: None,
                },
                results,
            };
            run.count();
            run
        })
        .collect()
}

/// One recipient; the first ones are contacts.
pub(super) fn result(contacts: &[Contact], base: i64, index: usize, state: OutgoingState) -> CampaignResult {
    let contact = contacts.get(index).filter(|contact| !contact.numbers.is_empty());
    let number = contact.and_then(|contact| contact.numbers.first()).map_or_else(
        || people::number("415", &format!("{:04}", 100 + index)),
        |entry| entry.number.clone(),
    );
    let first = contact.map_or("there", |contact| contact.first_name.as_str());
    CampaignResult {
        id: OutgoingId(base + i64::try_from(index).unwrap_or(0)),
        label: contact.map_or_else(|| number.formatted.clone(), |contact| contact.name.clone()),
        number,
        contact: contact.map(history::reference),
        text: format!(
            "Hi {first}, the yard is closed on Friday, November 20, 2026. Please order by Thursday noon.\nReply STOP to opt out."
        ),
        state,
    }
}

fn outcome(kind: usize, index: usize) -> OutgoingState {
    match kind {
        0 => OutgoingState::Delivered,
        1 => OutgoingState::Accepted,
        2 => OutgoingState::Failed {
            reason: if index.is_multiple_of(2) {
                "This number cannot receive texts: it is a landline.".to_owned()
            } else {
                "The other side’s network refused it as unwanted. Text them from your own conversation, or call.".to_owned()
            },
            can_retry: false,
        },
        3 => OutgoingState::Unknown {
            since: history::now(),
        },
        4 => OutgoingState::Queued {
            not_before: history::now(),
        },
        _ => OutgoingState::Cancelled,
    }
}

impl Run {
    /// Counts anew, and ends the campaign when nothing waits any more.
    pub(super) fn count(&mut self) {
        let of = |kind| {
            let is_it = |result: &&CampaignResult| ResultKind::of(&result.state) == kind;
            u32::try_from(self.results.iter().filter(is_it).count()).unwrap_or(u32::MAX)
        };
        let of_those = |is: fn(&OutgoingState) -> bool| {
            let those = self.results.iter().filter(|result| is(&result.state));
            u32::try_from(those.count()).unwrap_or(u32::MAX)
        };
        let counts = CampaignCounts {
            total: u32::try_from(self.results.len()).unwrap_or(u32::MAX),
            waiting: of(ResultKind::Waiting),
            accepted: of(ResultKind::Accepted),
            delivered: of(ResultKind::Delivered),
            failed: of(ResultKind::Failed),
            retryable: of_those(|state| matches!(state, OutgoingState::Failed { can_retry: true, .. })),
            unknown: of(ResultKind::Unknown),
            cancelled: of(ResultKind::Cancelled),
        };
        let campaign = &mut self.campaign;
        campaign.counts = counts;
        if campaign.state == CampaignState::Running && counts.waiting == 0 && counts.accepted == 0 {
            campaign.state = CampaignState::Done;
            campaign.ended_at = Some(history::now());
        }
        campaign.seconds_left = (campaign.state == CampaignState::Running).then(|| u64::from(counts.waiting));
    }

    fn tick(&mut self) {
        if self.campaign.state != CampaignState::Running {
            return;
        }
        for (kind, next) in [
            (ResultKind::Accepted, OutgoingState::Delivered),
            (ResultKind::Waiting, OutgoingState::Accepted),
        ] {
            let first = self
                .results
                .iter_mut()
                .find(|result| ResultKind::of(&result.state) == kind);
            if let Some(result) = first {
                result.state = next;
            }
        }
        self.count();
    }
}

/// Lets time pass, from the first question on.
pub(super) fn start_ticking() {
    if IS_TICKING.replace(true) {
        return;
    }
    Interval::new(TICK_MS, || {
        world::with(|world: &mut World| world.runs.iter_mut().for_each(Run::tick));
        crate::ipc::announce(&CoreEvent::OutboxChanged);
    })
    .forget();
}

//! Which request about campaigns gets which answer.

use super::answers::{not_found, reply};
use super::campaigns::{self, Run};
use super::world::{self, World};
use super::{call_answers, check, history, people};
use domain::campaign::{Campaign, CampaignCounts, CampaignResult, CampaignState, CsvColumns, ResultKind};
use domain::event::CoreEvent;
use domain::ids::CampaignId;
use domain::ipc::campaigns::{
    CancelCampaign, CheckCampaign, ExportCampaign, GetCampaign, ListCampaignResults, ListCampaigns, ListTags,
    PauseCampaign, ReadCampaignFile, ResumeCampaign, RetryCampaign, StartCampaign,
};
use domain::ipc::inbox::SavedFile;
use domain::ipc::texting::ListSenders;
use domain::ipc::{Command, IpcError};
use domain::outgoing::{OutgoingState, Sender};
use serde_json::Value;

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        ListCampaigns::NAME => reply(request, |_: ListCampaigns| {
            campaigns::start_ticking();
            let all = |world: &mut World| world.runs.iter().map(|run| run.campaign.clone()).collect();
            Ok(world::with(all))
        }),
        GetCampaign::NAME => reply(request, |asked: GetCampaign| {
            campaigns::start_ticking();
            with_run(asked.id, |run| run.campaign.clone())
        }),
        ListCampaignResults::NAME => reply(request, |asked: ListCampaignResults| {
            with_run(asked.id, |run| results(run, &asked))
        }),
        PauseCampaign::NAME => reply(request, |asked: PauseCampaign| {
            set_state(asked.id, CampaignState::Paused)
        }),
        ResumeCampaign::NAME => reply(request, |asked: ResumeCampaign| {
            set_state(asked.id, CampaignState::Running)
        }),
        RetryCampaign::NAME => reply(request, |asked: RetryCampaign| {
            with_run(asked.id, |run| {
                let not_before = crate::clock::now().at;
                let mut again = 0;
                for result in &mut run.results {
                    if matches!(result.state, OutgoingState::Failed { can_retry: true, .. }) {
                        result.state = OutgoingState::Queued { not_before };
                        again += 1;
                    }
                }
                again
            })
        }),
        CancelCampaign::NAME => reply(request, |asked: CancelCampaign| {
            with_run(asked.id, |run| {
                let waiting =
                    |result: &&mut CampaignResult| ResultKind::of(&result.state) == ResultKind::Waiting;
                for result in run.results.iter_mut().filter(waiting) {
                    result.state = OutgoingState::Cancelled;
                }
            })?;
            set_state(asked.id, CampaignState::Cancelled)
        }),
        ExportCampaign::NAME => reply(request, |asked: ExportCampaign| {
            with_run(asked.id, |run| SavedFile {
                path: format!("/home/dana/Downloads/{}.csv", run.campaign.name),
            })
        }),
        ListTags::NAME => reply(request, |_: ListTags| {
            let tags = [("customer", 41), ("net 30", 12), ("Oakland", 9), ("architect", 4)];
            let has_none = super::states::is("empty");
            Ok(tags
                .map(|(tag, count)| (tag.to_owned(), count))
                .into_iter()
                .filter(|_| !has_none)
                .collect())
        }),
        ListSenders::NAME => reply(request, |_: ListSenders| Ok(senders())),
        ReadCampaignFile::NAME => reply(request, |asked: ReadCampaignFile| Ok(columns(&asked.content))),
        CheckCampaign::NAME => reply(request, |asked: CheckCampaign| {
            Ok(world::with(|world| check::check(world, &asked.draft)))
        }),
        StartCampaign::NAME => reply(request, |asked: StartCampaign| {
            let id = world::with(|world| start(world, &asked));
            world::announce(CoreEvent::OutboxChanged);
            Ok(id)
        }),
        _ => call_answers::answer(name, request),
    }
}

fn with_run<R>(id: CampaignId, work: impl FnOnce(&mut Run) -> R) -> Result<R, IpcError> {
    world::with(|world| {
        world
            .runs
            .iter_mut()
            .find(|run| run.campaign.id == id)
            .map(work)
            .ok_or_else(not_found)
    })
}

fn set_state(id: CampaignId, state: CampaignState) -> Result<(), IpcError> {
    with_run(id, |run| {
        run.campaign.state = state;
        run.campaign.ended_at = (state == CampaignState::Cancelled).then(history::now);
        run.count();
    })?;
    world::announce(CoreEvent::OutboxChanged);
    Ok(())
}

fn results(run: &Run, asked: &ListCampaignResults) -> Vec<CampaignResult> {
    run.results
        .iter()
        .filter(|result| {
            asked
                .only
                .is_none_or(|kind| ResultKind::of(&result.state) == kind)
        })
        .skip(asked.offset as usize)
        .take(asked.limit as usize)
        .cloned()
        .collect()
}

fn start(world: &mut World, asked: &StartCampaign) -> CampaignId {
    let id = CampaignId(world.next_id());
    let recipients = check::check(world, &asked.draft).recipients as usize;
    let waiting = || OutgoingState::Queued {
        not_before: history::now(),
    };
    let results = (0..recipients)
        .map(|index| campaigns::result(&world.contacts, id.0 * 10, index, waiting()))
        .collect();
    let mut run = Run {
        campaign: Campaign {
            id,
            name: asked.draft.name.clone(),
            from: people::number("510", "0100"),
            body: asked.draft.body.clone(),
            state: CampaignState::Running,
            counts: CampaignCounts::default(),
            created_at: history::now(),
            ended_at: None,
            seconds_left: None,
        },
        results,
    };
    run.count();
    world.runs.insert(0, run);
    id
}

fn senders() -> Vec<Sender> {
    if super::states::is("no-senders") {
        return Vec::new();
    }
    [
        ("0100", "Your direct line"),
        ("0111", "Bay City Rebar, main number"),
    ]
    .map(|(last, name)| Sender {
        number: people::number("510", last),
        name: name.to_owned(),
        can_send_pictures: true,
    })
    .into()
}

/// Good enough for a list without quotes.
fn columns(content: &str) -> CsvColumns {
    let mut rows = content
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            line.split(',')
                .map(|cell| cell.trim().to_owned())
                .collect::<Vec<_>>()
        });
    let headers = rows.next().unwrap_or_default();
    let rows: Vec<_> = rows.collect();
    let guess = |words: &[&str]| {
        headers
            .iter()
            .position(|header| words.iter().any(|word| header.to_lowercase().contains(word)))
    };
    let values = [
        ("first_name", ["first", "given"]),
        ("company", ["company", "firm"]),
    ];
    CsvColumns {
        number_column: guess(&["phone", "mobile", "number"]),
        values: values
            .into_iter()
            .filter_map(|(name, words)| Some((guess(&words)?, name.to_owned())))
            .collect(),
        samples: rows.iter().take(3).cloned().collect(),
        rows: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        headers,
    }
}

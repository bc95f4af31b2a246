//! Which request about live calls and their supervision gets which answer. `?supervision=` shows what is offered: `none`, `running`,
//! `no-phone`; without it everything; `?log=` the log: `broken`, `refused`, `empty`.

use super::answers::reply;
use super::presence_answers::{at, pick};
use super::{history, live_calls, overview_answers, presence_answers, world};
use crate::{browser, clock};
use domain::event::CoreEvent;
use domain::ids::CallSessionId;
use domain::ipc::live_calls::{
    ExportSupervisions, GetLiveCalls, GetSupervision, ListSupervisions, Supervise,
};
use domain::ipc::{Command, IpcError};
use domain::supervision::{
    AgentOffer, ModeOffer, Supervision, SupervisionEntry, SupervisionLog, SupervisionMode, SupervisionResult,
    SupervisionWay, SupervisorDevice,
};
use jiff::SignedDuration;
use serde_json::Value;

const MODES: [SupervisionMode; 4] = [
    SupervisionMode::Listen,
    SupervisionMode::Whisper,
    SupervisionMode::Barge,
    SupervisionMode::TakeOver,
];

fn wants(parameter: &str, state: &str) -> bool {
    browser::parameter(parameter).as_deref() == Some(state)
}

/// The reply to the request `name`.
pub(super) fn answer(name: &str, request: Value) -> Result<Value, IpcError> {
    match name {
        GetLiveCalls::NAME => reply(request, |_: GetLiveCalls| {
            live_calls::be_busy();
            Ok(world::with(|world| live_calls::live_calls(world)))
        }),
        GetSupervision::NAME => reply(request, |asked: GetSupervision| {
            let running = wants("supervision", "running").then(|| {
                (
                    SupervisionMode::Listen,
                    clock::now().at - SignedDuration::from_secs(38),
                )
            });
            Ok(supervision(&asked.session_id, running))
        }),
        Supervise::NAME => reply(request, |asked: Supervise| {
            let running = (asked.mode == SupervisionMode::Listen).then(|| (asked.mode, clock::now().at));
            world::announce(CoreEvent::LiveCallsChanged);
            Ok(supervision(&asked.session_id, running))
        }),
        ListSupervisions::NAME => reply(request, |asked: ListSupervisions| log(asked.before)),
        ExportSupervisions::NAME => reply(request, |_: ExportSupervisions| {
            Ok("/home/dana/Downloads/supervisions.csv".to_owned())
        }),
        _ => overview_answers::answer(name, request),
    }
}

fn supervision(id: &CallSessionId, running: Option<(SupervisionMode, jiff::Timestamp)>) -> Supervision {
    let calls = world::with(|world| live_calls::live_calls(world));
    let call = calls.calls.into_iter().find(|call| call.session_id == *id);
    let members = call.map(|call| call.members).unwrap_or_default();
    let device = |id: &str, name: &str| SupervisorDevice {
        id: id.to_owned(),
        name: name.to_owned(),
    };
    Supervision {
        session_id: id.clone(),
        agents: members
            .into_iter()
            .map(|member| AgentOffer {
                extension_id: member.extension_id,
                name: member.name,
                modes: MODES
                    .map(|mode| ModeOffer {
                        mode,
                        way: way(mode, running.is_some()),
                    })
                    .to_vec(),
            })
            .collect(),
        devices: if wants("supervision", "no-phone") {
            Vec::new()
        } else {
            vec![
                device("d-1", "Polycom VVX 250 in the office"),
                device("d-2", "RingCentral for Linux, softphone"),
            ]
        },
        running,
    }
}

fn way(mode: SupervisionMode, is_running: bool) -> SupervisionWay {
    let unavailable = |reason: &str, remedy: Option<&str>| SupervisionWay::Unavailable {
        reason: reason.to_owned(),
        remedy: remedy.map(str::to_owned),
    };
    if wants("supervision", "none") {
        return unavailable(
            "No call monitoring group lets you supervise this colleague.",
            Some(
                "An administrator can add both of you to one: Admin Portal, Phone System, Groups, Call Monitoring.",
            ),
        );
    }
    if wants("supervision", "no-phone") {
        return unavailable(
            "None of your phones is on line. The phone in the browser and the mobile app cannot listen in.",
            Some("Start RingCentral on this computer, or plug your desk phone in."),
        );
    }
    let dial = |code: &str| SupervisionWay::Dial {
        code: code.to_owned(),
        then: "102#".to_owned(),
    };
    match mode {
        SupervisionMode::Listen if is_running => unavailable("You are listening in already.", None),
        SupervisionMode::Listen => SupervisionWay::RingsDevice,
        SupervisionMode::Whisper => dial("*81"),
        SupervisionMode::Barge => dial("*82"),
        SupervisionMode::TakeOver => dial("*83"),
    }
}

fn log(before: Option<i64>) -> Result<SupervisionLog, IpcError> {
    if wants("log", "refused") {
        return Err(presence_answers::not_permitted(
            "Only those who may edit the company’s settings at RingCentral see who supervised whom.",
        ));
    }
    let entry = |number: i64, minutes: i64, mode, result| SupervisionEntry {
        number,
        at: history::now() - SignedDuration::from_mins(minutes),
        supervisor: "Dana Kim".to_owned(),
        agent: pick(&["Sam Ortiz", "Rosa Tran"], at(number)).to_owned(),
        agent_contact: None,
        party: pick(&["Maria Lopez", "(415) 555-0132"], at(number)).to_owned(),
        session_id: CallSessionId(format!("s-{number}")),
        mode,
        result,
    };
    let refused = "No call monitoring group lets you supervise this colleague.".to_owned();
    if let Some(before) = before {
        let earlier = (1..before).rev();
        return Ok(SupervisionLog {
            entries: earlier
                .map(|number| entry(number, 10_000, SupervisionMode::Listen, SupervisionResult::Asked))
                .collect(),
            has_more: false,
            broken_at: None,
        });
    }
    let entries = vec![
        entry(19, 2, SupervisionMode::Listen, SupervisionResult::Running),
        entry(18, 50, SupervisionMode::Whisper, SupervisionResult::Asked),
        entry(
            17,
            95,
            SupervisionMode::Listen,
            SupervisionResult::Ended { seconds: 252 },
        ),
        entry(
            16,
            1_500,
            SupervisionMode::Barge,
            SupervisionResult::Refused { reason: refused },
        ),
        entry(15, 9_000, SupervisionMode::TakeOver, SupervisionResult::Asked),
        entry(
            14,
            9_400,
            SupervisionMode::Listen,
            SupervisionResult::Ended { seconds: 61 },
        ),
    ];
    Ok(SupervisionLog {
        entries: if wants("log", "empty") {
            Vec::new()
        } else {
            entries
        },
        has_more: !wants("log", "empty"),
        broken_at: wants("log", "broken").then_some(17),
    })
}

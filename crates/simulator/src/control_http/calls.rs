//! Calls: let one come in and go its way, or lead it step by step; correct and delete call log records.

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Body, Done, Refused, done, ends};
use crate::demo;
use crate::scenario::{self, CallPlan, Ending, SteppedCall};
use crate::simulator::Control;
use crate::wire::instant;
use crate::world::World;
use crate::world::calls::RecordingType;
use crate::world::ids::{CallRecordId, TelephonySessionId};
use crate::world::messages::TranscriptionStatus;

/// A call to let happen. Without an `ending` it only starts, and is led by steps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewCall {
    /// An outside number, `withheld`, or an extension's short number for calls from inside.
    from: String,
    name: Option<String>,
    to: Option<String>,
    #[serde(default)]
    direction: Direction,
    ring_seconds: Option<f64>,
    record_delay_seconds: Option<f64>,
    ending: Option<NewEnding>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Direction {
    #[default]
    Inbound,
    Outbound,
    Internal,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum NewEnding {
    Answered {
        by: Option<String>,
        talk_seconds: Option<f64>,
    },
    AnsweredWithHold {
        by: Option<String>,
        talk_seconds: Option<f64>,
    },
    Transferred {
        by: Option<String>,
        to: String,
        talk_seconds: Option<f64>,
    },
    Missed,
    Voicemail {
        #[serde(default)]
        clip: usize,
        transcription: Option<String>,
    },
    Rejected {
        by: Option<String>,
    },
    PickedUpElsewhere {
        by: String,
        talk_seconds: Option<f64>,
    },
    Busy,
    Unanswered,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TwoCalls {
    first: String,
    second: String,
    to: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum CallStep {
    Answer {
        by: Option<String>,
    },
    Hold,
    Unhold,
    Transfer {
        to: String,
    },
    AnsweredElsewhere {
        by: String,
    },
    Reject,
    HangUp,
    CallerHangsUp,
    /// One extension hangs up, or stops listening in.
    Leave {
        who: String,
    },
    Park,
    PickUpParked {
        by: String,
    },
    Consult {
        with: String,
    },
    AnswerConsultation,
    CompleteTransfer,
    ToVoicemail,
    LeaveVoicemail {
        #[serde(default)]
        clip: usize,
        transcription_delay_seconds: Option<u32>,
    },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordEdit {
    result: Option<String>,
    /// Attaches a recording, `Automatic` or `OnDemand`.
    recording: Option<String>,
}

pub(super) async fn ring(State(control): State<Control>, body: Body<NewCall>) -> Done {
    let Json(new) = body?;
    let session = control.world(|world| start(world, &new))?;
    Ok(Json(describe(&control, session)))
}

pub(super) async fn second_during_first(State(control): State<Control>, body: Body<TwoCalls>) -> Done {
    let Json(calls) = body?;
    let (first, second) = control.world(|world| {
        let target = ends::target(world, calls.to.as_deref())?;
        let (first, second) = (
            ends::outside(&calls.first, None),
            ends::outside(&calls.second, None),
        );
        scenario::second_call_during_first(world, first, second, target).map_err(Refused::because)
    })?;
    Ok(Json(
        json!({"first": describe(&control, first), "second": describe(&control, second)}),
    ))
}

pub(super) async fn step(
    State(control): State<Control>,
    Path(session): Path<String>,
    body: Body<CallStep>,
) -> Done {
    let Json(step) = body?;
    let id: TelephonySessionId = session
        .parse()
        .map_err(|_| Refused::because(format!("{session} is not a telephony session")))?;
    control.world(|world| {
        let call = SteppedCall::of(id);
        let stepped = match step {
            CallStep::Answer { by: None } => call.answer(world),
            CallStep::Answer { by: Some(by) } => {
                let by = ends::extension(world, &by)?;
                call.answer_by(world, by)
            }
            CallStep::Hold => call.hold(world),
            CallStep::Unhold => call.unhold(world),
            CallStep::Transfer { to } => {
                let to = ends::extension(world, &to)?;
                call.transfer(world, to)
            }
            CallStep::AnsweredElsewhere { by } => {
                let by = ends::extension(world, &by)?;
                call.answered_elsewhere(world, by)
            }
            CallStep::Leave { who } => {
                let who = ends::extension(world, &who)?;
                call.leave(world, who)
            }
            CallStep::Park => call.park(world),
            CallStep::PickUpParked { by } => {
                let by = ends::extension(world, &by)?;
                call.pick_up_parked(world, by)
            }
            CallStep::Consult { with } => {
                let with = ends::extension(world, &with)?;
                call.consult(world, with)
            }
            CallStep::AnswerConsultation => call.answer_consultation(world),
            CallStep::CompleteTransfer => call.complete_transfer(world),
            CallStep::Reject => call.reject(world),
            CallStep::HangUp => call.hang_up(world),
            CallStep::CallerHangsUp => call.caller_hangs_up(world),
            CallStep::ToVoicemail => call.to_voicemail(world),
            CallStep::LeaveVoicemail {
                clip,
                transcription_delay_seconds,
            } => call.leave_voicemail(world, clip, transcription_delay_seconds.unwrap_or(5)),
        };
        stepped.map_err(Refused::because)
    })?;
    Ok(Json(describe(&control, id)))
}

/// Calls that are on, or ended a moment ago.
pub(super) async fn list(State(control): State<Control>) -> Json<Value> {
    let ids: Vec<TelephonySessionId> = control.world(|world| {
        world
            .sessions()
            .map(|session| session.telephony_session_id)
            .collect()
    });
    let calls: Vec<Value> = ids.into_iter().map(|id| describe(&control, id)).collect();
    Json(json!({"calls": calls}))
}

/// People outside who are known to the demo company, and numbers that are nobody's.
pub(super) async fn callers(State(control): State<Control>) -> Json<Value> {
    let seed = control.world(|world| world.seed());
    let known: Vec<Value> = demo::known_callers(seed)
        .into_iter()
        .take(50)
        .map(|one| json!({"name": one.name, "company": one.company, "number": one.number.to_string()}))
        .collect();
    let unknown: Vec<String> = demo::unknown_numbers(seed)
        .into_iter()
        .take(20)
        .map(|number| number.to_string())
        .collect();
    Json(json!({"known": known, "unknown": unknown}))
}

pub(super) async fn edit_record(
    State(control): State<Control>,
    Path(record): Path<String>,
    body: Body<RecordEdit>,
) -> Done {
    let Json(edit) = body?;
    let id = record_id(&record)?;
    let result = edit.result.map(|text| word(&text)).transpose()?;
    let recording: Option<RecordingType> = edit.recording.map(|text| word(&text)).transpose()?;
    control.world(|world| {
        if let Some(result) = result {
            world
                .edit_call_record(id, |record| record.result = result)
                .map_err(Refused::because)?;
        }
        if let Some(kind) = recording {
            world.attach_recording(id, kind).map_err(Refused::because)?;
        }
        Ok::<(), Refused>(())
    })?;
    done()
}

pub(super) async fn delete_record(State(control): State<Control>, Path(record): Path<String>) -> Done {
    let id = record_id(&record)?;
    control
        .world(|world| world.delete_call_record(id))
        .map_err(Refused::because)?;
    done()
}

fn start(world: &mut World, new: &NewCall) -> Result<TelephonySessionId, Refused> {
    let plan = match &new.ending {
        None => None,
        Some(ending) => {
            let mut plan = CallPlan::new(ending.read(world)?);
            if let Some(value) = new.ring_seconds {
                plan.ring = ends::seconds(value)?;
            }
            if let Some(value) = new.record_delay_seconds {
                plan.record_delay = ends::seconds(value)?;
            }
            Some(plan)
        }
    };
    let needs_to = || Refused::because("say under \"to\" who is called");
    let session = match new.direction {
        Direction::Inbound => {
            let from = ends::outside(&new.from, new.name.as_deref());
            let target = ends::target(world, new.to.as_deref())?;
            match &plan {
                Some(plan) => scenario::incoming_call(world, from, target, plan),
                None => SteppedCall::ring(world, from, target).map(SteppedCall::session),
            }
        }
        Direction::Outbound => {
            let from = ends::extension(world, &new.from)?;
            let to = ends::outside(new.to.as_deref().ok_or_else(needs_to)?, new.name.as_deref());
            match &plan {
                Some(plan) => scenario::outgoing_call(world, from, to, plan),
                None => SteppedCall::dial(world, from, to).map(SteppedCall::session),
            }
        }
        Direction::Internal => {
            let from = ends::extension(world, &new.from)?;
            let to = ends::extension(world, new.to.as_deref().ok_or_else(needs_to)?)?;
            match &plan {
                Some(plan) => scenario::internal_call(world, from, to, plan),
                None => world.dial_extension(from, to),
            }
        }
    };
    session.map_err(Refused::because)
}

impl NewEnding {
    fn read(&self, world: &World) -> Result<Ending, Refused> {
        let who = |by: &Option<String>| by.as_deref().map(|text| ends::extension(world, text)).transpose();
        let talk = |given: &Option<f64>| ends::seconds(given.unwrap_or(30.0));
        Ok(match self {
            Self::Answered { by, talk_seconds } => Ending::Answered {
                by: who(by)?,
                talk: talk(talk_seconds)?,
            },
            Self::AnsweredWithHold { by, talk_seconds } => Ending::AnsweredWithHold {
                by: who(by)?,
                talk: talk(talk_seconds)?,
            },
            Self::Transferred { by, to, talk_seconds } => Ending::Transferred {
                by: who(by)?,
                to: ends::extension(world, to)?,
                talk: talk(talk_seconds)?,
            },
            Self::Missed => Ending::Missed,
            Self::Voicemail { clip, transcription } => {
                let transcription = match transcription {
                    Some(text) => word(text)?,
                    None => TranscriptionStatus::Completed,
                };
                Ending::Voicemail {
                    clip: *clip,
                    transcription,
                }
            }
            Self::Rejected { by } => Ending::Rejected { by: who(by)? },
            Self::PickedUpElsewhere { by, talk_seconds } => Ending::PickedUpElsewhere {
                by: ends::extension(world, by)?,
                talk: talk(talk_seconds)?,
            },
            Self::Busy => Ending::Busy,
            Self::Unanswered => Ending::Unanswered,
        })
    }
}

fn describe(control: &Control, id: TelephonySessionId) -> Value {
    control.world(|world| match world.session(id) {
        None => json!({"telephonySessionId": id.to_string(), "ended": true}),
        Some(session) => {
            let parties: Vec<Value> = session
                .parties
                .iter()
                .map(|party| {
                    json!({
                        "id": party.id.to_string(),
                        "extensionId": party.extension_id.map(|id| id.to_string()),
                        "status": party.status.as_str(),
                        "missedCall": party.is_missed_call,
                    })
                })
                .collect();
            json!({
                "telephonySessionId": id.to_string(),
                "sessionId": session.id.to_string(),
                "startTime": instant(session.began_at),
                "ended": session.ended_at.is_some(),
                "sequence": session.sequence,
                "parties": parties,
            })
        }
    })
}

fn record_id(text: &str) -> Result<CallRecordId, Refused> {
    text.parse()
        .map_err(|_| Refused::because(format!("{text} is not a call log record")))
}

/// A word of one of the vendor's lists.
pub(super) fn word<T: std::str::FromStr>(text: &str) -> Result<T, Refused> {
    text.parse()
        .map_err(|_| Refused::because(format!("{text} is not a word the API knows here")))
}

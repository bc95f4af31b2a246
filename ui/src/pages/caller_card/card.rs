//! One card: who, on which line, since when, why we think so, and the last things between us.

use super::new_contact::NewContact;
use super::recent::Recent;
use crate::components::{AvatarSize, Button, ButtonKind, Glyph, Icon, avatar, use_toasts};
use crate::format::durations::on_the_clock;
use crate::format::names;
use crate::hooks::use_second;
use crate::matching::{Attach, Candidates};
use crate::{clock, ipc};
use domain::call::{CallerCard, LiveCall, LiveCallState};
use domain::ipc::Command;
use domain::ipc::calls::{IgnoreCall, ShowCaller, TextCaller};
use domain::matching::NoMatchReason;
use domain::phone_number::PhoneNumber;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, classes, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub card: CallerCard,
    /// Another call came first.
    pub is_second: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Form {
    #[default]
    None,
    NewContact,
    Attach,
}

/// The card.
#[component]
pub(crate) fn Card(props: &Props) -> Html {
    let CallerCard {
        call,
        explanation,
        notes,
        recent,
        ..
    } = &props.card;
    let form = use_state(Form::default);
    let toasts = use_toasts();
    use_second(!call.state.is_over());
    let failed = Callback::from(move |words: String| toasts.fail(words));
    let open = |what: Form| {
        let form = form.setter();
        Callback::from(move |()| form.set(what))
    };
    let number = explanation.number.as_ref().or(call.party.number.as_ref());
    let can_be_added = call.party.contact.is_none() && number.is_some_and(|number| number.e164.is_some());
    let can_be_texted = number.is_some_and(|number| number.e164.is_some());
    let number = number.map(PhoneNumber::to_look_up).unwrap_or_default();
    let who = who(&props.card);
    html! {
        <article class="card" aria-label={format!("Call from {}", who.name)}>
            <header class="card-head">
                { avatar::of_party(&call.party, AvatarSize::Large) }
                <div class="card-who">
                    <p class={classes!("card-state", tone(call.state))}><i class="card-dot" aria-hidden="true" />{ state(call, props.is_second) }</p>
                    <h1>{ who.name }</h1>
                    { for who.lines.into_iter().map(|line| html! { <p class="card-detail selectable">{ line }</p> }) }
                </div>
            </header>
            if let Some(notes) = notes.as_ref().filter(|notes| !notes.trim().is_empty()) {
                <p class="card-note"><Glyph icon={Icon::Edit} small={true} /><span>{ notes }</span></p>
            }
            <Recent items={recent.clone()} />
            if explanation.candidates.len() > 1 {
                <Candidates explanation={explanation.clone()} />
            } else if !explanation.sentence.is_empty() {
                <p class="card-why">{ &explanation.sentence }</p>
            }
            if *form == Form::NewContact { <NewContact number={number.clone()} caller_id_name={call.party.caller_id_name.clone()} onclose={open(Form::None)} /> }
            if *form == Form::Attach { <Attach {number} onclose={open(Form::None)} /> }
            if *form == Form::None {
                <footer class="card-actions">
                    if can_be_added {
                        <Button label="Add contact" icon={Icon::PersonAdd} kind={ButtonKind::Quiet} onpress={open(Form::NewContact)} />
                        <Button label="Attach to…" icon={Icon::Link} kind={ButtonKind::Quiet} onpress={open(Form::Attach)} />
                    }
                    if can_be_texted {
                        <Button label="Text" icon={Icon::Text} kind={ButtonKind::Quiet} hint="Begins a text in the main window"
                            onpress={ask(TextCaller { session_id: call.session_id.clone() }, &failed)} />
                    }
                    <Button label="Open" icon={Icon::Open} kind={ButtonKind::Quiet} onpress={ask(ShowCaller { session_id: call.session_id.clone() }, &failed)} />
                    <Button label={if call.state.is_over() { "Close" } else { "Ignore" }} icon={Icon::Close} kind={ButtonKind::Quiet}
                        hint={(!call.state.is_over()).then_some("Silences it here. The call goes on.")}
                        onpress={ask(IgnoreCall { session_id: call.session_id.clone() }, &failed)} />
                </footer>
            }
        </article>
    }
}

struct Who {
    name: String,
    /// Each on a line of its own, so that a long company cannot push the number out of sight.
    lines: Vec<String>,
}

fn who(card: &CallerCard) -> Who {
    let party = &card.call.party;
    let formatted = party.number.as_ref().map(|number| number.formatted.clone());
    let (name, lines) = if let Some(contact) = &party.contact {
        let best = card.explanation.candidates.first();
        let label = best
            .and_then(|candidate| candidate.label)
            .map(names::number_label);
        let number =
            formatted.map(|number| label.map_or(number.clone(), |label| format!("{label} {number}")));
        let role = joined([names::belongs_to(contact), card.job_title.clone()]);
        (contact.name.clone(), [Some(role), number])
    } else {
        let region = party.number.as_ref().and_then(|number| number.region.clone());
        let hint = party.caller_id_name.as_ref();
        let hint = hint.map(|name| format!("The telephone network says “{name}”"));
        let name = match card.explanation.no_match {
            Some(NoMatchReason::Withheld) => "Withheld number",
            Some(NoMatchReason::ShortNumber) => "Short number",
            _ => "Unknown caller",
        };
        (name.to_owned(), [Some(joined([formatted, region])), hint])
    };
    let lines = lines.into_iter().flatten().filter(|line| !line.is_empty());
    Who {
        name,
        lines: lines.collect(),
    }
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn state(call: &LiveCall, is_second: bool) -> String {
    let since = |at: jiff::Timestamp| {
        let seconds = clock::now().at.duration_since(at).as_secs();
        on_the_clock(u32::try_from(seconds).unwrap_or(0))
    };
    let line = &call.line.name;
    match call.state {
        LiveCallState::Ringing if is_second => format!("Second call · {line} · {}", since(call.started_at)),
        LiveCallState::Ringing => format!("Ringing · {line} · {}", since(call.started_at)),
        LiveCallState::Talking => format!(
            "On the call · {line} · {}",
            since(call.answered_at.unwrap_or(call.started_at))
        ),
        LiveCallState::OnHold => format!("On hold · {line}"),
        LiveCallState::Parked => format!("Parked · {line}"),
        LiveCallState::AnsweredElsewhere => format!("Answered elsewhere · {line}"),
        LiveCallState::Voicemail => format!("Leaving a voicemail · {line}"),
        LiveCallState::Missed => format!("Missed call · {line}"),
        LiveCallState::Ended => format!("Call ended · {line}"),
    }
}

fn tone(state: LiveCallState) -> &'static str {
    match state {
        LiveCallState::Ringing | LiveCallState::Talking => "is-live",
        LiveCallState::Missed => "is-missed",
        _ => "",
    }
}

fn ask<C: Command<Reply = ()> + Clone + 'static>(command: C, failed: &Callback<String>) -> Callback<()> {
    let failed = failed.clone();
    Callback::from(move |()| {
        let (command, failed) = (command.clone(), failed.clone());
        spawn_local(async move {
            if let Err(error) = ipc::call(command).await {
                failed.emit(error.message);
            }
        });
    })
}

//! The words of a voicemail: to read, to find one's place in the sound, to correct, to have them written down at all.

mod chips;
mod correct;
mod marked;
mod offer;
mod segments;
mod tools;
mod use_transcript;
pub(crate) mod words;
mod work;

pub(super) use use_transcript::{TranscriptHandle, use_transcript};

use super::use_sought;
use chips::NumberChips;
use correct::Correct;
use domain::communication::{Body, Communication, Transcript};
use domain::transcription::TranscriptDetail;
use marked::marked;
use offer::Offer;
use segments::Segments;
use tools::Tools;
use work::Work;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: Communication,
    pub handle: TranscriptHandle,
    /// The part that is being heard.
    pub heard: Option<usize>,
    /// Plays from there.
    pub onplay: Callback<u32>,
    /// A number that somebody wants to keep as a contact.
    pub onadd: Callback<String>,
}

/// The part of the card below the player.
#[component]
pub(super) fn TranscriptPane(props: &Props) -> Html {
    let is_correcting = use_state_eq(|| false);
    let shows_machine = use_state_eq(|| false);
    let sought = use_sought().words(props.item.id);
    let set = |state: &yew::UseStateHandle<bool>| {
        let state = state.setter();
        Callback::from(move |is: bool| state.set(is))
    };
    let known = props.handle.state.as_ref();
    let work = known.and_then(|state| state.work.as_ref());
    let Some(transcript) = known.and_then(|state| state.transcript.clone()) else {
        return html! {
            <section class="transcript" aria-label="Transcript">
                { before(&props.item, known.is_some(), &sought) }
                if let Some(work) = work {
                    <Work item={props.item.id} work={work.clone()} reload={props.handle.reload.clone()} />
                } else if let Some(state) = known.filter(|state| !state.available.is_empty() || !is_coming(&props.item)) {
                    <Offer item={props.item.id} available={state.available.clone()} reload={props.handle.reload.clone()}
                        is_first={true} />
                } else if let Some(error) = &props.handle.error {
                    <p class="hint is-bad" role="alert">{ error }</p>
                }
            </section>
        };
    };
    let machine = transcript.original.is_none() || *shows_machine;
    let available = known.map(|state| state.available.clone()).unwrap_or_default();
    html! {
        <section class="transcript" aria-label="Transcript">
            if *is_correcting {
                <Correct item={props.item.id} text={transcript.text.clone()} onclose={set(&is_correcting).reform(|()| false)}
                    reload={props.handle.reload.clone()} />
            } else if machine && !transcript.segments.is_empty() {
                <Segments segments={transcript.segments.clone()} sought={sought.clone()}
                    active={props.heard} onplay={props.onplay.clone()} />
            } else {
                <p class="transcript-text selectable">{ marked(shown(&transcript, machine), &sought) }</p>
            }
            if !*is_correcting {
                <NumberChips numbers={transcript.numbers.clone()} onadd={props.onadd.clone()} />
                <Tools item={props.item.id} transcript={transcript.clone()} {available} is_busy={work.is_some()} shows_machine={*shows_machine}
                    onmachine={set(&shows_machine)} oncorrect={set(&is_correcting).reform(|()| true)} reload={props.handle.reload.clone()} />
            }
            if let Some(work) = work { <Work item={props.item.id} work={work.clone()} reload={props.handle.reload.clone()} /> }
        </section>
    }
}

/// RingCentral is at it: nobody needs to set anything up for this one.
fn is_coming(item: &Communication) -> bool {
    matches!(
        &item.body,
        Body::Voicemail {
            transcript: Transcript::InProgress,
            ..
        }
    )
}

fn shown(transcript: &TranscriptDetail, machine: bool) -> &str {
    match &transcript.original {
        Some(original) if machine => original,
        _ => &transcript.text,
    }
}

/// Until the core has said all it knows, what the item itself knows; it is the same text, so that nothing jumps.
fn before(item: &Communication, is_known: bool, sought: &[String]) -> Html {
    let Body::Voicemail { transcript, .. } = &item.body else {
        return Html::default();
    };
    match transcript {
        Transcript::Ready { text, .. } if !is_known => {
            html! { <p class="transcript-text selectable">{ marked(text, sought) }</p> }
        }
        Transcript::InProgress => html! { <p class="hint">{ "RingCentral is still writing it down." }</p> },
        Transcript::Failed => html! { <p class="hint">{ "RingCentral could not write it down." }</p> },
        Transcript::Ready { .. } | Transcript::NotAvailable => Html::default(),
    }
}

//! A voicemail: who can listen listens, who cannot reads.

use super::file_actions::SaveButton;
use super::use_attachment::{Fetched, use_attachment};
use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::format::dates::Now;
use crate::format::durations::{on_the_clock, talk_time};
use domain::attachment::AttachmentKind;
use domain::communication::{Body, Communication, Transcript};
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub now: Rc<Now>,
    /// Chosen in the list: its sound is fetched right away.
    pub is_open: bool,
    /// Somebody began to listen.
    pub onseen: Callback<()>,
}

/// The card.
#[component]
pub(crate) fn Voicemail(props: &Props) -> Html {
    let item = &props.item;
    let sound = item
        .attachments
        .iter()
        .find(|file| file.kind == AttachmentKind::Audio);
    let is_asked_for = use_state(|| false);
    let is_wanted = props.is_open || *is_asked_for || sound.is_some_and(|file| file.is_cached);
    let (fetched, again) = use_attachment(sound, is_wanted);
    let Body::Voicemail {
        duration_seconds,
        transcript,
    } = &item.body
    else {
        return Html::default();
    };
    let ask = {
        let is_asked_for = is_asked_for.setter();
        Callback::from(move |()| is_asked_for.set(true))
    };
    let onplay = props.onseen.reform(|_| ());
    let player = match fetched {
        _ if sound.is_none() => {
            html! { <span class="hint">{ "RingCentral has no sound for this message." }</span> }
        }
        Fetched::NotYet => {
            html! { <Button label={format!("Listen, {}", on_the_clock(*duration_seconds))} icon={Icon::Play} onpress={ask} /> }
        }
        Fetched::OnItsWay => html! { <span class="hint" role="status">{ "Fetching the message…" }</span> },
        Fetched::Failed(message) => html! {
            <><span class="is-bad">{ message }</span>
            <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={again} /></>
        },
        Fetched::Here(url) => {
            html! { <audio controls={true} autoplay={*is_asked_for} src={url.address()} {onplay} /> }
        }
    };
    html! {
        <div class="file-card">
            <header>
                <Glyph icon={Icon::Voicemail} /><b>{ format!("Voicemail, {}", talk_time(*duration_seconds)) }</b>
                <time title={props.now.full_time(item.occurred_at)}>{ props.now.list_time(item.occurred_at) }</time>
            </header>
            <div class="player">{ player }</div>
            { words(transcript) }
            if let Some(file) = sound { <footer><SaveButton file={file.clone()} /></footer> }
        </div>
    }
}

fn words(transcript: &Transcript) -> Html {
    match transcript {
        Transcript::Ready { text, is_partial } => html! {
            <>
                <p class="transcript selectable">{ text }</p>
                <span class="hint">
                    { if *is_partial { "Transcribed by RingCentral, the beginning only" } else { "Transcribed by RingCentral" } }
                </span>
            </>
        },
        Transcript::InProgress => html! { <p class="hint">{ "RingCentral is still writing it down." }</p> },
        Transcript::Failed => html! { <p class="hint">{ "RingCentral could not write it down." }</p> },
        Transcript::NotAvailable => Html::default(),
    }
}

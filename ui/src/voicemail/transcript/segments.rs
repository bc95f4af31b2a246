//! The parts of a transcript, each of which leads to its place in the sound; the one being heard is set apart.
//!
//! One Tab reaches them all; up and down lead from one to the next.

use super::marked::marked;
use crate::browser;
use crate::voicemail::player::clock;
use domain::transcription::TranscriptSegment;
use std::rc::Rc;
use web_sys::Element;
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, NodeRef, Properties, classes, component, html, use_node_ref,
    use_state_eq,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub segments: Vec<TranscriptSegment>,
    pub sought: Rc<[String]>,
    /// The one being heard.
    pub active: Option<usize>,
    pub onplay: Callback<u32>,
}

/// The parts, running on like one text.
#[component]
pub(super) fn Segments(props: &Props) -> Html {
    let node = use_node_ref();
    let stop = use_state_eq(|| 0_usize);
    let last = props.segments.len().saturating_sub(1);
    let part = |(at, segment): (usize, &TranscriptSegment)| {
        let go = {
            let (onplay, start_ms) = (props.onplay.clone(), segment.start_ms);
            move || onplay.emit(start_ms)
        };
        let onclick = {
            let go = go.clone();
            Callback::from(move |_: MouseEvent| {
                // Whoever marks words to copy them does not want to hear them.
                if !browser::has_selection() {
                    go();
                }
            })
        };
        let onkeydown = {
            let (node, stop) = (node.clone(), stop.setter());
            Callback::from(move |event: KeyboardEvent| {
                let to = match event.key().as_str() {
                    "Enter" => {
                        go();
                        at
                    }
                    "ArrowDown" => (at + 1).min(last),
                    "ArrowUp" => at.saturating_sub(1),
                    _ => return,
                };
                event.prevent_default();
                event.stop_propagation();
                stop.set(to);
                focus(&node, to);
            })
        };
        let is_active = props.active == Some(at);
        html! {
            <>
                <span key={at} class={classes!("segment", is_active.then_some("is-heard"))} role="link" data-at={at.to_string()}
                    tabindex={if at == (*stop).min(last) { "0" } else { "-1" }} aria-current={is_active.then_some("true")}
                    title={format!("Listen from {}", clock(segment.start_ms))} {onclick} {onkeydown}>
                    { marked(segment.text.trim(), &props.sought) }
                </span>{ " " }
            </>
        }
    };
    html! {
        <p ref={node.clone()} class="transcript-text selectable">{ for props.segments.iter().enumerate().map(part) }</p>
    }
}

fn focus(node: &NodeRef, at: usize) {
    if let Some(root) = node.cast::<Element>() {
        browser::focus_within(&root, &format!("[data-at=\"{at}\"]"));
    }
}

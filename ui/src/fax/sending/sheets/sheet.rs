//! One page in the grid, with what can be done about it.

use super::Act;
use super::picture::{Picture, Size, Subject};
use super::steps::Step;
use crate::components::{Button, ButtonKind, Glyph, Icon};
use domain::fax::DraftPage;
use domain::ids::FaxDraftId;
use yew::{Callback, Html, KeyboardEvent, MouseEvent, Properties, classes, component, html};

/// The place for the picture; see the style sheet.
const SIZE: Size = Size::Within(128.0, 156.0);
const SCROLLER: &str = ".fax-grid";

/// On which side of it a dragged page would come to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Before,
    After,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: FaxDraftId,
    pub page: DraftPage,
    /// Its place, from 0, and how many there are.
    pub at: usize,
    pub count: usize,
    pub file_name: String,
    pub is_converted: bool,
    pub is_locked: bool,
    pub hints: Vec<String>,
    /// The keyboard stops here.
    pub is_current: bool,
    pub is_dragged: bool,
    pub mark: Option<Mark>,
    pub onact: Callback<(usize, Act)>,
}

/// The card.
#[component]
pub(super) fn Sheet(props: &Props) -> Html {
    let (at, number) = (props.at, props.at + 1);
    let act = |act: Act| props.onact.reform(move |()| (at, act));
    let onclick = act(Act::Open).reform(|_: MouseEvent| ());
    let onkeydown = {
        let onact = props.onact.clone();
        Callback::from(move |event: KeyboardEvent| {
            let moves = event.alt_key() || event.shift_key();
            let to = |step| if moves { Act::Move(step) } else { Act::Focus(step) };
            let act = match event.key().as_str() {
                "ArrowLeft" => to(Step::Previous),
                "ArrowRight" => to(Step::Next),
                "ArrowUp" => to(Step::RowUp),
                "ArrowDown" => to(Step::RowDown),
                "Home" => to(Step::First),
                "End" => to(Step::Last),
                "t" | "T" => Act::Turn,
                "Delete" => Act::Remove,
                _ => return,
            };
            event.prevent_default();
            onact.emit((at, act));
        })
    };
    let class = classes!(
        "fax-sheet",
        props.is_dragged.then_some("is-dragged"),
        props.mark.map(|mark| match mark {
            Mark::Before => "is-before",
            Mark::After => "is-after",
        })
    );
    let tool = |label: String, icon, does, is_possible: bool| {
        html! {
            <Button {label} {icon} kind={ButtonKind::Quiet} small={true} icon_only={true} disabled={props.is_locked || !is_possible} onpress={act(does)} />
        }
    };
    let label = format!("Page {number} of {}, {}", props.count, props.file_name);
    html! {
        <li {class} data-at={at.to_string()} {onkeydown}>
            if props.is_converted {
                <div class="fax-sheet-open fax-unseen" tabindex={stop(props.is_current)} aria-label={label}>
                    <Glyph icon={Icon::File} /><b>{ &props.file_name }</b><p>{ "RingCentral converts this. Its pages cannot be seen before." }</p>
                </div>
            } else {
                <button type="button" class="fax-sheet-open" tabindex={stop(props.is_current)} title={props.file_name.clone()} aria-label={label} {onclick}>
                    <Picture draft={props.draft} subject={Subject::Page(props.page)} size={SIZE} scroller={SCROLLER} label="" />
                </button>
            }
            if !props.hints.is_empty() {
                <span class="fax-sheet-hint" title={props.hints.join("\n")}><Glyph icon={Icon::Warning} small={true} /><span class="only-spoken">{ props.hints.join(" ") }</span></span>
            }
            <span class="fax-sheet-number" aria-hidden="true">{ number }</span>
            <div class="fax-sheet-tools">
                { tool(format!("Move page {number} left"), Icon::Back, Act::Move(Step::Previous), at > 0) }
                if !props.is_converted { { tool(format!("Turn page {number}"), Icon::TurnRight, Act::Turn, true) } }
                { tool(format!("Remove page {number}"), Icon::Trash, Act::Remove, true) }
                { tool(format!("Move page {number} right"), Icon::Right, Act::Move(Step::Next), number < props.count) }
            </div>
        </li>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct CoverProps {
    pub draft: FaxDraftId,
    pub revision: u64,
    pub onopen: Callback<()>,
}

/// The cover sheet, which is always the first page.
#[component]
pub(super) fn CoverCard(props: &CoverProps) -> Html {
    let onclick = props.onopen.reform(|_: MouseEvent| ());
    html! {
        <li class="fax-sheet">
            <button type="button" class="fax-sheet-open" aria-label="Cover sheet" {onclick}>
                <Picture draft={props.draft} subject={Subject::Cover { revision: props.revision }} size={SIZE} scroller={SCROLLER} label="" />
            </button>
            <span class="fax-sheet-number" aria-hidden="true">{ "Cover" }</span>
        </li>
    }
}

fn stop(is_current: bool) -> &'static str {
    if is_current { "0" } else { "-1" }
}

//! One page as large as there is room, to see whether it can be read.

use super::Act;
use super::picture::{Picture, Size, Subject};
use super::steps::Step;
use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::hooks::use_first_focus;
use domain::ids::FaxDraftId;
use yew::{AttrValue, Callback, Html, KeyboardEvent, Properties, component, html, use_node_ref};

/// As wide as the dialog leaves room for on an ordinary screen.
const WIDTH: f64 = 760.0;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: FaxDraftId,
    pub subject: Subject,
    pub title: AttrValue,
    /// Which page of how many; none for a cover sheet, which stays where it is.
    #[prop_or_default]
    pub place: Option<(usize, usize)>,
    #[prop_or_default]
    pub hints: Vec<String>,
    #[prop_or_default]
    pub is_locked: bool,
    #[prop_or_default]
    pub onact: Callback<(usize, Act)>,
    /// What was taken out last.
    pub bar: Html,
    pub onback: Callback<()>,
}

/// The page with its tools.
#[component]
pub(super) fn CloseUp(props: &Props) -> Html {
    let node = use_node_ref();
    use_first_focus(&node, true);
    let onkeydown = {
        let (onact, onback, place) = (props.onact.clone(), props.onback.clone(), props.place);
        Callback::from(move |event: KeyboardEvent| {
            let moves = event.alt_key() || event.shift_key();
            let to = |step| if moves { Act::Move(step) } else { Act::Focus(step) };
            let act = match (event.key().as_str(), place) {
                ("Escape", _) => {
                    onback.emit(());
                    None
                }
                ("ArrowLeft" | "PageUp", Some((at, _))) => Some((at, to(Step::Previous))),
                ("ArrowRight" | "PageDown", Some((at, _))) => Some((at, to(Step::Next))),
                ("t" | "T", Some((at, _))) => Some((at, Act::Turn)),
                ("Delete", Some((at, _))) => Some((at, Act::Remove)),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            if let Some(act) = act {
                onact.emit(act);
            }
        })
    };
    let tools = props.place.map(|(at, count)| {
        let tool = |label: &'static str, icon, act: Act, is_possible: bool| {
            let onpress = props.onact.reform(move |()| (at, act));
            html! { <Button {label} {icon} kind={ButtonKind::Quiet} small={true} icon_only={true} disabled={!is_possible} {onpress} /> }
        };
        let is_free = !props.is_locked;
        html! {
            <>
                { tool("Previous page", Icon::Up, Act::Focus(Step::Previous), at > 0) }
                { tool("Next page", Icon::Down, Act::Focus(Step::Next), at + 1 < count) }
                <span class="fax-bar-gap" />
                { tool("Move left", Icon::Back, Act::Move(Step::Previous), is_free && at > 0) }
                { tool("Move right", Icon::Right, Act::Move(Step::Next), is_free && at + 1 < count) }
                { tool("Turn", Icon::TurnRight, Act::Turn, is_free) }
                { tool("Remove", Icon::Trash, Act::Remove, is_free) }
            </>
        }
    });
    html! {
        <div ref={node} class="fax-close-up" tabindex="-1" role="group" aria-label={props.title.clone()} {onkeydown}>
            <header class="fax-bar">
                <Button label="All pages" icon={Icon::Back} kind={ButtonKind::Quiet} small={true} hint="Esc" onpress={props.onback.clone()} />
                <h3>{ &props.title }</h3>
                <span class="fax-bar-rest">{ props.bar.clone() }</span>
                { tools.unwrap_or_default() }
            </header>
            { for props.hints.iter().map(|hint| html! { <p class="fax-close-hint is-warning"><Glyph icon={Icon::Warning} small={true} />{ hint }</p> }) }
            <div class="fax-close-paper" tabindex="0" role="group" aria-label="Page">
                <Picture draft={props.draft} subject={props.subject} size={Size::Wide(WIDTH)} scroller=".fax-close-paper" label={props.title.clone()} />
            </div>
        </div>
    }
}

//! The field for a text with placeholders: they stand out, mistakes are underlined, buttons insert them.
//!
//! The colours lie behind the field in a copy of its text that wraps alike; the copy also gives the field its height, so that nothing has
//! to scroll in step.

use super::chips::Chips;
use super::insertion::insert;
use super::problems::Problems;
use domain::template::{Piece, PieceKind, Template, TemplateProblem, Variable, pieces};
use gloo_timers::callback::Timeout;
use web_sys::HtmlTextAreaElement;
use yew::{
    AttrValue, Callback, Html, InputEvent, NodeRef, Properties, TargetCast as _, component, html, use_memo,
    use_node_ref,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub label: AttrValue,
    pub value: AttrValue,
    pub oninput: Callback<String>,
    #[prop_or_default]
    pub placeholder: AttrValue,
}

/// The field with its chips above and its problems below.
#[component]
pub(crate) fn BodyField(props: &Props) -> Html {
    let node = use_node_ref();
    let problems = use_memo(props.value.clone(), |body| {
        Template::parse(body).err().unwrap_or_default()
    });
    let oninput = {
        let oninput = props.oninput.clone();
        Callback::from(move |event: InputEvent| {
            oninput.emit(event.target_unchecked_into::<HtmlTextAreaElement>().value())
        })
    };
    let put = {
        let (body, oninput, node) = (props.value.clone(), props.oninput.clone(), node.clone());
        Callback::from(move |(start, end, text): (u32, u32, String)| {
            let (body, caret) = insert(&body, start, end, &text);
            oninput.emit(body);
            let node = node.clone();
            // Once the new text stands in the field.
            Timeout::new(0, move || select(&node, caret, caret)).forget();
        })
    };
    let oninsert = {
        let (node, put) = (node.clone(), put.clone());
        Callback::from(move |variable: Variable| {
            let (start, end) = selection(&node);
            put.emit((start, end, format!("{{{variable}}}")));
        })
    };
    let onreplace = Callback::from(move |(problem, meant): (TemplateProblem, String)| {
        let (start, end) = place(&problem);
        put.emit((start, end, meant));
    });
    let onshow = {
        let node = node.clone();
        Callback::from(move |problem: TemplateProblem| {
            let (start, end) = place(&problem);
            select(&node, start, end);
        })
    };
    html! {
        <div class="body-field">
            <label class="field">
                <span class="field-label">{ &props.label }</span>
                <span class="body-paper">
                    <span class="body-colours" aria-hidden="true">{ for pieces(&props.value).iter().map(coloured) }{ "\n" }</span>
                    <textarea ref={node} value={props.value.clone()} placeholder={props.placeholder.clone()} spellcheck="true"
                        aria-invalid={(!problems.is_empty()).to_string()} {oninput} />
                </span>
            </label>
            <Chips {oninsert} />
            <Problems problems={(*problems).clone()} {onshow} {onreplace} />
        </div>
    }
}

fn coloured(piece: &Piece) -> Html {
    let class = match piece.kind {
        PieceKind::Text | PieceKind::Brace(_) => return html! { { &piece.source } },
        PieceKind::Placeholder { .. } => "is-placeholder",
        PieceKind::Problem(_) => "is-problem",
    };
    html! { <mark {class}>{ &piece.source }</mark> }
}

fn place(problem: &TemplateProblem) -> (u32, u32) {
    let unit = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (unit(problem.start), unit(problem.end))
}

/// At the end where nobody has put the caret yet.
fn selection(node: &NodeRef) -> (u32, u32) {
    let field = node.cast::<HtmlTextAreaElement>();
    let at = |place: fn(&HtmlTextAreaElement) -> Option<u32>| field.as_ref().and_then(place);
    let start = at(|field| field.selection_start().ok().flatten()).unwrap_or(u32::MAX);
    let end = at(|field| field.selection_end().ok().flatten()).unwrap_or(u32::MAX);
    (start, end)
}

fn select(node: &NodeRef, start: u32, end: u32) {
    if let Some(field) = node.cast::<HtmlTextAreaElement>() {
        let _ = field.focus();
        let _ = field.set_selection_range(start, end);
    }
}

//! The upper part of the first page of a fax, on its card; a click shows all of it.

use crate::browser;
use crate::components::{Button, ButtonKind};
use crate::fax::{FetchingNote, OpenedFax, turned};
use crate::hooks::{Fetched, use_fax_page, use_seen};
use domain::fax::ViewedPage;
use domain::ipc::inbox::ReadFaxPage;
use yew::{Callback, Html, Properties, classes, component, html, use_effect_with, use_node_ref};

/// As wide as the card can be; see the style sheet.
const WIDTH: f64 = 534.0;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub fax: OpenedFax,
    pub onopen: Callback<()>,
}

/// The page, or how far it is, or why there is none.
#[component]
pub(super) fn FirstPage(props: &Props) -> Html {
    let OpenedFax {
        answer,
        pages,
        transfer,
        ..
    } = &props.fax;
    match (pages.first(), &answer.value, &answer.error) {
        (Some(page), ..) => html! {
            <div class="fax-first"><Picture page={*page} onopen={props.onopen.clone()} /></div>
        },
        (None, Some(view), _) => {
            let why = view.faults.join(" ");
            html! { if !why.is_empty() { { failed(why, &answer.reload) } } }
        }
        (None, None, Some(error)) => failed(error.message.clone(), &answer.reload),
        (None, None, None) => {
            html! { <div class="fax-first fax-coming"><FetchingNote transfer={*transfer} /></div> }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PictureProps {
    page: ViewedPage,
    onopen: Callback<()>,
}

#[component]
fn Picture(props: &PictureProps) -> Html {
    let (node, paper) = (use_node_ref(), use_node_ref());
    let is_seen = use_seen(&node, ".feed");
    let page = props.page;
    let paper_size = (
        f64::from(page.size.width.max(1)),
        f64::from(page.size.height.max(1)),
    );
    let shown = if page.quarter_turns.is_multiple_of(2) {
        paper_size
    } else {
        (paper_size.1, paper_size.0)
    };
    let request = ReadFaxPage {
        id: page.attachment,
        index: page.index,
        width_px: browser::device_pixels(WIDTH * paper_size.0 / shown.0),
    };
    let (fetched, again) = use_fax_page(request, is_seen);
    let is_here = matches!(fetched, Fetched::Here(_));
    use_effect_with((node.clone(), page, is_here), {
        let paper = paper.clone();
        move |(node, ..)| {
            browser::set_style(node, "aspect-ratio", &format!("{} / {}", shown.0, shown.1));
            browser::set_style(&paper, "width", &format!("{}%", paper_size.0 / shown.0 * 100.0));
            let upright = format!("{} / {}", paper_size.0, paper_size.1);
            browser::set_style(&paper, "aspect-ratio", &upright);
        }
    });
    html! {
        <div ref={node} class="fax-page">
            { match fetched {
                Fetched::NotYet | Fetched::OnItsWay => Html::default(),
                Fetched::Failed(message) => failed(message, &again),
                Fetched::Here(url) => html! {
                    <button type="button" class="fax-open" title="Show all pages" onclick={props.onopen.reform(|_| ())}>
                        <span ref={paper} class={classes!("fax-first-paper", turned(page.quarter_turns))}><img src={url.address()} alt="First page" draggable="false" /></span>
                    </button>
                },
            } }
        </div>
    }
}

fn failed(message: String, again: &Callback<()>) -> Html {
    html! {
        <p class="file is-bad" role="alert"><span>{ message }</span>
            <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={again.clone()} /></p>
    }
}

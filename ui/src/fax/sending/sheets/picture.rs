//! A page on its paper, as it will arrive: fetched when it comes near to being seen, turned by the style sheet.

use crate::browser::{self, ObjectUrl};
use crate::components::{Button, ButtonKind};
use crate::hooks::{Fetched, use_draft_page, use_fax_cover, use_seen};
use domain::attachment::FaxPage;
use domain::fax::DraftPage;
use domain::ids::FaxDraftId;
use domain::ipc::fax::{ReadFaxCover, ReadFaxDraftPage};
use yew::{
    AttrValue, Callback, Html, Properties, classes, component, html, use_effect_with, use_mut_ref,
    use_node_ref,
};

/// Cover sheets are letters, in points.
const LETTER: FaxPage = FaxPage {
    width: 612,
    height: 792,
};

/// What is on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Page(DraftPage),
    /// As it is in this revision of the fax.
    Cover {
        revision: u64,
    },
}

/// How large.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Size {
    /// Within so many pixels of the style sheet, width and height.
    Within(f64, f64),
    /// As wide as there is room; drawn for so many pixels.
    Wide(f64),
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: FaxDraftId,
    pub subject: Subject,
    pub size: Size,
    pub scroller: &'static str,
    pub label: AttrValue,
}

/// The paper.
#[component]
pub(super) fn Picture(props: &Props) -> Html {
    let node = use_node_ref();
    let is_seen = use_seen(&node, props.scroller);
    let (paper, turns) = match props.subject {
        Subject::Page(page) => (page.size, page.quarter_turns % 4),
        Subject::Cover { .. } => (LETTER, 0),
    };
    let (width, height) = turned(paper, turns);
    use_effect_with(
        (node.clone(), width, height, props.size),
        |(node, width, height, size)| match size {
            Size::Within(most_wide, most_high) => {
                let (width, height) = within((*width, *height), (*most_wide, *most_high));
                browser::set_style(node, "width", &format!("{width:.1}px"));
                browser::set_style(node, "height", &format!("{height:.1}px"));
            }
            Size::Wide(_) => browser::set_style(node, "aspect-ratio", &format!("{width} / {height}")),
        },
    );
    let width_px = browser::device_pixels(match props.size {
        Size::Within(width, _) | Size::Wide(width) => width,
    });
    let page = match props.subject {
        Subject::Page(page) => Some(ReadFaxDraftPage {
            draft: props.draft,
            file: page.file,
            index: page.index,
            width_px,
        }),
        Subject::Cover { .. } => None,
    };
    let cover = match props.subject {
        Subject::Cover { revision } => Some((
            ReadFaxCover {
                draft: props.draft,
                width_px,
            },
            revision,
        )),
        Subject::Page(_) => None,
    };
    let revision = cover.as_ref().map_or(0, |(_, revision)| *revision);
    let from_page = use_draft_page(page.filter(|_| is_seen));
    let from_cover = use_fax_cover(cover.map(|(cover, _)| cover).filter(|_| is_seen), revision);
    let (fetched, again) = match props.subject {
        Subject::Page(_) => from_page,
        Subject::Cover { .. } => from_cover,
    };
    // The sheet before the last letter was typed stands until the newer one is there.
    let before = use_mut_ref(|| None::<(Subject, ObjectUrl)>);
    let url = match &fetched {
        Fetched::Here(url) => {
            *before.borrow_mut() = Some((props.subject, url.clone()));
            Some(url.clone())
        }
        Fetched::NotYet | Fetched::OnItsWay => before
            .borrow()
            .as_ref()
            .filter(|(subject, _)| is_alike(subject, &props.subject))
            .map(|(_, url)| url.clone()),
        Fetched::Failed(_) => None,
    };
    html! {
        <div ref={node} class={classes!("fax-page", "fax-paper", format!("is-turned-{turns}"))}>
            if let Fetched::Failed(message) = &fetched { { failed(message, &again) } }
            if let Some(url) = url { <img src={url.address()} alt={props.label.clone()} draggable="false" /> }
        </div>
    }
}

fn failed(message: &str, again: &Callback<()>) -> Html {
    html! {
        <p class="fax-paper-fault" role="alert"><span>{ message.to_owned() }</span>
            <Button label="Try again" kind={ButtonKind::Quiet} small={true} onpress={again.clone()} /></p>
    }
}

fn is_alike(one: &Subject, other: &Subject) -> bool {
    match (one, other) {
        (Subject::Cover { .. }, Subject::Cover { .. }) => true,
        (Subject::Page(one), Subject::Page(other)) => (one.file, one.index) == (other.file, other.index),
        _ => false,
    }
}

fn turned(paper: FaxPage, turns: u8) -> (f64, f64) {
    let (width, height) = (f64::from(paper.width.max(1)), f64::from(paper.height.max(1)));
    if turns % 2 == 1 {
        (height, width)
    } else {
        (width, height)
    }
}

/// As large as it can be there with its own shape.
fn within((width, height): (f64, f64), (most_wide, most_high): (f64, f64)) -> (f64, f64) {
    let scale = (most_wide / width).min(most_high / height);
    (width * scale, height * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_page_keeps_its_shape_and_stays_within_its_place() {
        let plan = FaxPage {
            width: 800,
            height: 400,
        };
        assert_eq!(within(turned(plan, 0), (100.0, 120.0)), (100.0, 50.0));
        assert_eq!(within(turned(plan, 1), (100.0, 120.0)), (60.0, 120.0));
        assert_eq!(within(turned(plan, 2), (100.0, 120.0)), (100.0, 50.0));
    }

    #[test]
    fn a_page_without_a_size_is_no_division_by_nothing() {
        let nothing = FaxPage { width: 0, height: 0 };
        let (width, height) = within(turned(nothing, 0), (100.0, 120.0));
        assert!(width.is_finite() && height.is_finite());
    }
}

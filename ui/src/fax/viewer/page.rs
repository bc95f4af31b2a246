//! One page on the sheet: its picture, finer parts of it where it is large, the words over it.
//!
//! The paper lies as it came and is turned as a whole, so that parts and words need not know how.

use super::layout::{Area, Size};
use super::pictures::{Picture, use_picture};
use super::search::Hit;
use super::tiles::{Drawing, Tile};
use super::turning;
use super::words::Words;
use crate::browser;
use crate::components::{Button, Icon};
use crate::hooks::use_settled;
use domain::fax::{FaxWord, ViewedPage};
use domain::ids::AttachmentId;
use domain::ipc::fax::ReadFaxPart;
use domain::ipc::inbox::ReadFaxPage;
use std::rc::Rc;
use yew::{Html, Properties, classes, component, html, use_effect_with, use_node_ref};

/// A zoom or a scroll that goes on is not followed by a picture for each step of it.
const PAUSE_MS: u32 = 120;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub page: ViewedPage,
    pub index: usize,
    pub count: usize,
    /// On the sheet.
    pub area: Area,
    pub drawing: Drawing,
    pub tiles: Vec<Tile>,
    /// In pages from the one somebody looks at.
    pub distance: u32,
    pub words: Option<Rc<[FaxWord]>>,
    /// With the one that was stepped to.
    pub hits: Vec<(Hit, bool)>,
}

/// The page.
#[component]
pub(super) fn Page(props: &Props) -> Html {
    let (node, paper) = (use_node_ref(), use_node_ref());
    use_effect_with((node.clone(), props.area), |(node, area)| place(node, *area));
    use_effect_with(
        (paper.clone(), props.area.size(), props.page.quarter_turns),
        |(paper, shown, quarters)| {
            let size = turning::turned(*shown, *quarters);
            browser::set_style(paper, "width", &format!("{}px", size.width));
            browser::set_style(paper, "height", &format!("{}px", size.height));
        },
    );
    let (drawing, tiles) = use_settled((props.drawing, props.tiles.clone()), PAUSE_MS);
    let ViewedPage {
        attachment, index, ..
    } = props.page;
    let shown = use_picture(
        Picture::Page(ReadFaxPage {
            id: attachment,
            index,
            width_px: drawing.whole_px(),
        }),
        props.distance,
    );
    let label = format!("Page {} of {}", props.index + 1, props.count);
    let is_there = shown.url.is_some();
    html! {
        <div ref={node} class="viewer-page" role="group" aria-label={label.clone()} aria-busy={(!is_there && shown.error.is_none()).to_string()}>
            <div ref={paper} class={classes!("viewer-paper", turning::class(props.page.quarter_turns))}>
                if let Some(url) = &shown.url { <img src={url.address()} alt={label.clone()} draggable="false" /> }
                if is_there {
                    { for tiles.into_iter().map(|tile| html! {
                        <Part key={format!("{}-{}-{}", tile.page_width_px, tile.left, tile.top)} {attachment} {index} {tile} />
                    }) }
                }
                if let Some(words) = &props.words {
                    <Words page={props.index} paper={turning::paper(&props.page)} words={words.clone()} hits={props.hits.clone()} />
                }
            </div>
            if let Some(error) = shown.error.filter(|_| !is_there) {
                <div class="viewer-fault" role="alert">
                    <p>{ format!("{label} cannot be shown. {error}") }</p>
                    <Button label="Try again" icon={Icon::Sync} small={true} onpress={shown.again} />
                </div>
            } else if !is_there {
                <span class="viewer-coming" aria-hidden="true">{ props.index + 1 }</span>
            }
        </div>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct PartProps {
    attachment: AttachmentId,
    index: u32,
    tile: Tile,
}

/// A finer part of the page. Where it cannot be had, the coarse picture below stays.
#[component]
fn Part(props: &PartProps) -> Html {
    let node = use_node_ref();
    let tile = props.tile;
    let shown = use_picture(
        Picture::Part(ReadFaxPart {
            id: props.attachment,
            index: props.index,
            page_width_px: tile.page_width_px,
            left: tile.left,
            top: tile.top,
            width: tile.width,
            height: tile.height,
        }),
        0,
    );
    let url = shown.url.map(|url| url.address());
    use_effect_with((node.clone(), url.is_some()), move |(node, _)| {
        // In parts of the paper, so that they stay right while it is being zoomed further.
        let share = |part: u32, whole: u32| format!("{}%", f64::from(part) / f64::from(whole.max(1)) * 100.0);
        browser::set_style(node, "left", &share(tile.left, tile.page_width_px));
        browser::set_style(node, "top", &share(tile.top, tile.page_height_px));
        browser::set_style(node, "width", &share(tile.width, tile.page_width_px));
        browser::set_style(node, "height", &share(tile.height, tile.page_height_px));
    });
    match url {
        Some(url) => html! { <img ref={node} class="viewer-part" src={url} alt="" draggable="false" /> },
        None => Html::default(),
    }
}

fn place(node: &yew::NodeRef, area: Area) {
    let Size { width, height } = area.size();
    browser::set_style(node, "left", &format!("{}px", area.left));
    browser::set_style(node, "top", &format!("{}px", area.top));
    browser::set_style(node, "width", &format!("{width}px"));
    browser::set_style(node, "height", &format!("{height}px"));
}

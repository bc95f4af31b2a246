//! All pages small, at the side; only the near ones are drawn.

use super::layout::Size;
use super::pictures::{Picture, use_picture};
use super::turning;
use crate::browser;
use crate::hooks::use_place;
use crate::windowing::Offsets;
use domain::fax::ViewedPage;
use domain::ipc::inbox::ReadFaxPage;
use std::rc::Rc;
use web_sys::HtmlElement;
use yew::{
    Callback, Html, KeyboardEvent, MouseEvent, Properties, classes, component, html, use_effect_with,
    use_memo, use_node_ref, use_state_eq,
};

/// As large as a page can be here, and what is around it; `fax_viewer.css` has the same figures.
const ROOM: Size = Size {
    width: 96.0,
    height: 136.0,
};
const AROUND: u32 = 36;
/// Drawn beyond both edges.
const MARGIN: u32 = 300;
/// The pages one reads come before those at the side.
const BEHIND: u32 = 100;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub pages: Rc<[ViewedPage]>,
    pub current: usize,
    pub go_to: Callback<usize>,
    pub is_inverted: bool,
}

/// The column.
#[component]
pub(super) fn Thumbnails(props: &Props) -> Html {
    let node = use_node_ref();
    let (above, below) = (use_node_ref(), use_node_ref());
    let range = use_state_eq(|| 0..0);
    let offsets = use_memo(props.pages.clone(), |pages| {
        Offsets::new(pages.iter().map(|page| whole(small(page).height) + AROUND))
    });
    use_place(&node, {
        let (node, offsets, range) = (node.clone(), offsets.clone(), range.setter());
        move |()| {
            if let Some((_, top, _, height)) = browser::scrolled(&node) {
                range.set(offsets.visible(whole(top), whole(height), MARGIN));
            }
        }
    });
    use_effect_with(((*range).clone(), offsets.clone()), {
        let (above, below) = (above.clone(), below.clone());
        move |(range, offsets)| {
            browser::set_style(&above, "height", &format!("{}px", offsets.start(range.start)));
            let rest = offsets.total().saturating_sub(offsets.start(range.end));
            browser::set_style(&below, "height", &format!("{rest}px"));
        }
    });
    use_effect_with(props.current, {
        let (node, offsets) = (node.clone(), offsets.clone());
        move |current| {
            let has_focus = node.cast::<HtmlElement>().is_some_and(|node| {
                let active = browser::document().and_then(|document| document.active_element());
                active.is_some_and(|active| node.contains(Some(&active)))
            });
            if let Some((_, top, _, height)) = browser::scrolled(&node)
                && let Some(top) = offsets.reveal(*current, whole(top), whole(height))
            {
                browser::scroll_to(&node, 0.0, f64::from(top));
            }
            // With the arrow keys the focus goes along.
            if has_focus && let Some(element) = node.cast::<web_sys::Element>() {
                browser::focus_within(&element, "[aria-current]");
            }
        }
    });
    let onkeydown = {
        let (go_to, current, last) = (
            props.go_to.clone(),
            props.current,
            props.pages.len().saturating_sub(1),
        );
        Callback::from(move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowUp" => current.saturating_sub(1),
                "ArrowDown" => (current + 1).min(last),
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            go_to.emit(to);
        })
    };
    let drawn = range.start..range.end.min(props.pages.len());
    html! {
        <nav ref={node} class={classes!("viewer-thumbs", props.is_inverted.then_some("is-inverted"))} aria-label="Pages" {onkeydown}>
            <div ref={above} role="presentation" />
            { for drawn.filter_map(|index| Some((index, *props.pages.get(index)?))).map(|(index, page)| html! {
                <Thumbnail key={index} {page} {index} is_current={index == props.current} go_to={props.go_to.clone()}
                    distance={u32::try_from(index.abs_diff(props.current)).unwrap_or(BEHIND) + BEHIND} />
            }) }
            <div ref={below} role="presentation" />
        </nav>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct ThumbnailProps {
    page: ViewedPage,
    index: usize,
    is_current: bool,
    distance: u32,
    go_to: Callback<usize>,
}

#[component]
fn Thumbnail(props: &ThumbnailProps) -> Html {
    let (frame, paper) = (use_node_ref(), use_node_ref());
    let shown_size = small(&props.page);
    let size = turning::turned(shown_size, props.page.quarter_turns);
    use_effect_with((frame.clone(), props.page), {
        let paper = paper.clone();
        move |(frame, _)| {
            browser::set_style(frame, "width", &format!("{}px", shown_size.width));
            browser::set_style(frame, "height", &format!("{}px", shown_size.height));
            browser::set_style(&paper, "width", &format!("{}px", size.width));
            browser::set_style(&paper, "height", &format!("{}px", size.height));
        }
    });
    // The distance it had when it appeared: being nearer does not fetch it again.
    let shown = use_picture(
        Picture::Page(ReadFaxPage {
            id: props.page.attachment,
            index: props.page.index,
            width_px: browser::device_pixels(size.width),
        }),
        props.distance,
    );
    let number = props.index + 1;
    let onclick = {
        let (go_to, index) = (props.go_to.clone(), props.index);
        Callback::from(move |_: MouseEvent| go_to.emit(index))
    };
    html! {
        <button type="button" class="viewer-thumb" aria-label={format!("Page {number}")} aria-current={props.is_current.then_some("page")}
            tabindex={if props.is_current { "0" } else { "-1" }} {onclick}>
            <span ref={frame} class="viewer-thumb-frame">
                <span ref={paper} class={classes!("viewer-paper", turning::class(props.page.quarter_turns))}>
                    if let Some(url) = shown.url { <img src={url.address()} alt="" draggable="false" /> }
                </span>
            </span>
            <span class="number" aria-hidden="true">{ number }</span>
        </button>
    }
}

/// As it is shown here.
fn small(page: &ViewedPage) -> Size {
    let size = turning::size(page);
    let scale = (ROOM.width / size.width).min(ROOM.height / size.height);
    Size {
        width: (size.width * scale).round().max(1.0),
        height: (size.height * scale).round().max(1.0),
    }
}

fn whole(pixels: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let whole = pixels as u32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attachment::FaxPage;
    use domain::ids::AttachmentId;

    #[test]
    fn letters_and_lying_plans_have_room_at_the_side() {
        let page = |width, height, quarter_turns| ViewedPage {
            attachment: AttachmentId(1),
            index: 0,
            size: FaxPage { width, height },
            quarter_turns,
        };
        let letter = small(&page(612, 792, 0));
        assert_eq!((letter.width, letter.height), (96.0, 124.0));
        let plan = small(&page(3_168, 2_448, 0));
        assert_eq!((plan.width, plan.height), (96.0, 74.0));
        let turned = small(&page(3_168, 2_448, 1));
        assert_eq!((turned.width, turned.height), (96.0, 124.0));
    }
}

//! A list of any length of which only the visible part exists in the page. What is being looked at stays in place when the list changes.

use crate::browser;
use crate::hooks::use_place;
use crate::windowing::{self, Offsets};
use std::ops::Range;
use std::rc::Rc;
use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_effect_with, use_memo, use_mut_ref,
    use_node_ref, use_state_eq,
};

/// Drawn beyond both edges, so that scrolling does not show blank space.
const MARGIN: u32 = 360;
/// From so many entries before the end more are asked for.
const NEAR_END: usize = 40;

/// The place of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    /// Tells the entry from all others, also after the list changed.
    pub key: AttrValue,
    /// In pixels, exactly as the style sheet makes it.
    pub height: u32,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub slots: Rc<[Slot]>,
    /// Draws the entry with this index.
    pub render: Callback<usize, Html>,
    /// The scrolling element.
    pub node: NodeRef,
    pub label: AttrValue,
    /// `list` where the entries hold buttons and none is selected.
    #[prop_or(AttrValue::Static("listbox"))]
    pub role: AttrValue,
    /// `id` of the entry that is selected, for screen readers.
    #[prop_or_default]
    pub active: Option<AttrValue>,
    /// Scrolled into view whenever it changes.
    #[prop_or_default]
    pub reveal: Option<usize>,
    /// The end is near: load more.
    #[prop_or_default]
    pub onnear_end: Callback<()>,
    /// Whether the list stands at its very top.
    #[prop_or_default]
    pub ontop: Callback<bool>,
}

/// The list.
#[component]
pub(crate) fn VirtualList(props: &Props) -> Html {
    let range = use_state_eq(|| 0..usize::min(props.slots.len(), 24));
    let (above, below) = (use_node_ref(), use_node_ref());
    let offsets = use_memo(props.slots.clone(), |slots| {
        Offsets::new(slots.iter().map(|slot| slot.height))
    });
    let shown = use_mut_ref(|| (props.slots.clone(), offsets.clone()));

    // Where the list stands is read from the page and never remembered, so it cannot be wrong.
    let follow = {
        let (node, offsets, range) = (props.node.clone(), offsets.clone(), range.setter());
        let (ontop, onnear_end) = (props.ontop.clone(), props.onnear_end.clone());
        Callback::from(move |()| {
            let Some((top, viewport)) = place(&node) else {
                return;
            };
            let visible = offsets.visible(top, viewport, MARGIN);
            ontop.emit(top == 0);
            if visible.end + NEAR_END >= offsets.len() {
                onnear_end.emit(());
            }
            range.set(visible);
        })
    };
    use_place(&props.node, {
        let follow = follow.clone();
        move |()| follow.emit(())
    });

    use_effect_with((props.slots.clone(), (*range).clone()), {
        let (node, offsets, follow) = (props.node.clone(), offsets.clone(), follow.clone());
        let (above, below) = (above.clone(), below.clone());
        move |(slots, range): &(Rc<[Slot]>, Range<usize>)| {
            browser::set_style(&above, "height", &format!("{}px", offsets.start(range.start)));
            let rest = offsets.total().saturating_sub(offsets.start(range.end));
            browser::set_style(&below, "height", &format!("{rest}px"));
            let before = shown.replace((slots.clone(), offsets.clone()));
            if before.0 != *slots {
                hold_place(&node, &before, &(slots.clone(), offsets));
                follow.emit(());
            }
        }
    });
    use_effect_with(props.reveal, {
        let (node, offsets) = (props.node.clone(), offsets.clone());
        move |reveal| {
            if let (Some(index), Some((top, viewport))) = (*reveal, place(&node))
                && let Some(top) = offsets.reveal(index, top, viewport)
            {
                scroll_to(&node, top);
            }
        }
    });

    let drawn = range.start..range.end.min(props.slots.len());
    html! {
        <div ref={props.node.clone()} class="virtual-list" role={props.role.clone()} tabindex="0" aria-label={props.label.clone()}
            aria-activedescendant={props.active.clone()}>
            <div ref={above} role="presentation" />
            { for drawn.map(|index| props.render.emit(index)) }
            <div ref={below} role="presentation" />
        </div>
    }
}

type Shown = (Rc<[Slot]>, Rc<Offsets>);

fn hold_place(node: &NodeRef, before: &Shown, after: &Shown) {
    let Some((top, viewport)) = place(node) else {
        return;
    };
    let keys = |slots: &Rc<[Slot]>| slots.iter().map(|slot| slot.key.clone()).collect::<Vec<_>>();
    let (old, new) = (keys(&before.0), keys(&after.0));
    let held = windowing::anchored((&old, &before.1), (&new, &after.1), top, viewport);
    if held != top {
        scroll_to(node, held);
    }
}

fn place(node: &NodeRef) -> Option<(u32, u32)> {
    let element = node.cast::<Element>()?;
    Some((
        u32::try_from(element.scroll_top()).unwrap_or(0),
        u32::try_from(element.client_height()).unwrap_or(0),
    ))
}

fn scroll_to(node: &NodeRef, top: u32) {
    if let Some(element) = node.cast::<Element>() {
        element.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
    }
}

//! What covers the window while files are dragged over it. A `<dialog>`, as nothing else lies above an open one.
//!
//! It takes nothing itself: the page never learns what is dragged, the shell does.

use crate::components::{Glyph, Icon};
use web_sys::HtmlDialogElement;
use yew::{Callback, Event, Html, Properties, component, html, use_effect_with, use_node_ref};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// To the fax that is open.
    pub is_added: bool,
    pub onleave: Callback<()>,
}

/// The place. Esc takes it away, should the desktop never say that the files have left.
#[component]
pub(super) fn DropTarget(props: &Props) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let dialog = node.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            let _ = dialog.show_modal();
        }
        move || {
            if let Some(dialog) = dialog {
                dialog.close();
            }
        }
    });
    let oncancel = {
        let onleave = props.onleave.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            onleave.emit(());
        })
    };
    let (title, text) = if props.is_added {
        (
            "Drop to add to this fax",
            "The pages come after those that are there.",
        )
    } else {
        ("Drop to fax", "PDF, TIFF, pictures, text and office documents")
    };
    html! {
        <dialog ref={node} class="drop-target" aria-label={title} {oncancel}>
            <div class="drop-target-place">
                <span class="drop-target-sign"><Glyph icon={Icon::Fax} /></span>
                <h2>{ title }</h2>
                <p>{ text }</p>
            </div>
        </dialog>
    }
}

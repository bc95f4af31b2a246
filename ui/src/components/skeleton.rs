//! Grey shapes where something is about to be. They appear only after a moment, so that what is quick does not flicker.

use yew::{Html, Properties, component, html};

/// What is about to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SkeletonKind {
    /// Rows of a list with avatars.
    Rows,
    /// A conversation.
    Conversation,
    /// The details of a contact.
    Panel,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub kind: SkeletonKind,
}

/// The shapes.
#[component]
pub(crate) fn Skeleton(props: &Props) -> Html {
    let (class, count) = match props.kind {
        SkeletonKind::Rows => ("skeleton skeleton-rows", 9),
        SkeletonKind::Conversation => ("skeleton skeleton-conversation", 5),
        SkeletonKind::Panel => ("skeleton skeleton-panel", 4),
    };
    html! {
        <div {class} role="status" aria-label="Loading">
            for _ in 0..count { <div class="skeleton-line"><i /><i /><i /></div> }
        </div>
    }
}

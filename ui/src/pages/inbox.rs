//! The inbox.

use domain::ids::CommunicationId;
use yew::{Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub open: Option<CommunicationId>,
}

/// The page.
#[component]
pub(crate) fn Inbox(props: &Props) -> Html {
    let _ = props.open;
    html! { <section class="page" /> }
}

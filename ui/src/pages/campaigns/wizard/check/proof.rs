//! The message by which somebody opted out.

use crate::components::{Button, Icon, Popover};
use crate::hooks::{use_command, use_now};
use crate::routes::Route;
use domain::communication::Body;
use domain::ids::CommunicationId;
use domain::ipc::inbox::OpenItem;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub id: CommunicationId,
    pub go: Callback<Route>,
}

/// A button that shows it.
#[component]
pub(super) fn Proof(props: &Props) -> Html {
    html! {
        <Popover trigger={html! { { "See the message" } }} label="The message that says so" class="link-button">
            <Message id={props.id} go={props.go.clone()} />
        </Popover>
    }
}

/// Asked for only while it is shown.
#[component]
fn Message(props: &Props) -> Html {
    let answer = use_command(Some(OpenItem { id: props.id }));
    let now = use_now();
    let id = props.id.0;
    let words = match (&answer.value, &answer.error) {
        (Some(detail), _) => {
            let said = match &detail.item.body {
                Body::Text { text, .. } => format!("“{text}”"),
                Body::Call { .. } | Body::Voicemail { .. } | Body::Fax { .. } => "Not a text".to_owned(),
            };
            html! { <><b class="selectable">{ said }</b><time>{ now.full_time(detail.item.occurred_at) }</time></> }
        }
        (None, Some(error)) => html! { <span class="is-bad">{ &error.message }</span> },
        (None, None) => html! { <span role="status">{ "Looking…" }</span> },
    };
    html! {
        <div class="proof">
            { words }
            <Button label="Open conversation" icon={Icon::Open} small={true} onpress={props.go.reform(move |()| Route::Item { id })} />
        </div>
    }
}

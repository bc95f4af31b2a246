//! What stands where the pages will be: that they are on their way, or why there are none.

use crate::components::{Button, EmptyState, Icon};
use crate::fax::progress::FetchingNote;
use crate::fax::use_fax::OpenedFax;
use yew::{Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub fax: OpenedFax,
}

/// Nothing, once there are pages.
#[component]
pub(super) fn Standing(props: &Props) -> Html {
    let OpenedFax {
        answer,
        pages,
        transfer,
        ..
    } = &props.fax;
    if !pages.is_empty() {
        return Html::default();
    }
    let again = html! { <Button label="Try again" icon={Icon::Sync} disabled={answer.is_loading} onpress={answer.reload.clone()} /> };
    let state = match (&answer.value, &answer.error) {
        (None, Some(error)) => html! {
            <EmptyState icon={Icon::Warning} title="This fax could not be opened" text={error.message.clone()}>{ again }</EmptyState>
        },
        (None, None) => html! { <FetchingNote transfer={*transfer} /> },
        (Some(view), _) => {
            let text = if view.faults.is_empty() {
                "RingCentral keeps no document of this fax.".to_owned()
            } else {
                view.faults.join(" ")
            };
            html! { <EmptyState icon={Icon::Warning} title="No page of this fax can be shown" {text}>{ again }</EmptyState> }
        }
    };
    html! { <div class="viewer-standing">{ state }</div> }
}

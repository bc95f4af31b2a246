//! What a fax comes to, what stands in its way, and the buttons.

use super::readiness;
use super::use_check::Checked;
use crate::components::{Button, ButtonKind, Icon};
use crate::hooks::use_now;
use domain::fax::FaxDraft;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: Rc<FaxDraft>,
    pub checked: Checked,
    /// Why it cannot be sent as it is.
    pub obstacle: Option<String>,
    pub is_sending: bool,
    /// There is something to throw away.
    pub is_worth_discarding: bool,
    pub onsend: Callback<()>,
    pub ondiscard: Callback<()>,
}

/// The line below the fax.
#[component]
pub(super) fn Footer(props: &Props) -> Html {
    let now = use_now();
    let check = props.checked.check.as_deref();
    let summary = readiness::summary(&props.draft, check);
    let has_pages = !summary.is_empty() && !props.draft.pages.is_empty();
    let label = match (props.is_sending, props.draft.send_at) {
        (true, _) => "Sending…".to_owned(),
        (false, Some(at)) => format!("Send {}", now.coming_time(at)),
        (false, None) => "Send".to_owned(),
    };
    html! {
        <>
            <div class="fax-outcome">
                if has_pages { <span class="fax-summary">{ summary }</span> }
                <span class="hint" role="status">
                    { match &props.obstacle {
                        Some(obstacle) => obstacle.clone(),
                        None if props.checked.is_looking && check.is_none() => "Looking at the pages…".to_owned(),
                        None => String::new(),
                    } }
                </span>
            </div>
            if props.is_worth_discarding {
                <Button label="Discard" icon={Icon::Trash} kind={ButtonKind::Quiet} disabled={props.is_sending} onpress={props.ondiscard.clone()} />
            }
            <Button {label} icon={if props.draft.send_at.is_some() { Icon::Clock } else { Icon::Fax }} kind={ButtonKind::Primary}
                disabled={props.obstacle.is_some() || props.is_sending} hint={props.obstacle.clone().unwrap_or_else(|| "Ctrl+Enter".to_owned())} onpress={props.onsend.clone()} />
        </>
    }
}

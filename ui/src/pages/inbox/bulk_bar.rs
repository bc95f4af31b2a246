//! What can be done with the chosen rows, in place of the tabs.

use crate::components::{Button, ButtonKind, Icon};
use crate::format::grouped;
use domain::inbox::InboxTab;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub count: usize,
    pub tab: InboxTab,
    pub ondone: Callback<()>,
    pub onread: Callback<bool>,
    pub onclear: Callback<()>,
}

/// The bar.
#[component]
pub(crate) fn BulkBar(props: &Props) -> Html {
    let back = props.tab == InboxTab::Done;
    html! {
        <div class="bulk-bar" role="toolbar" aria-label="Chosen items">
            <b role="status">{ format!("{} chosen", grouped(props.count as u64)) }</b>
            <Button label={if back { "To inbox" } else { "Done" }} icon={if back { Icon::Undo } else { Icon::Check }} small={true} hint="e"
                onpress={props.ondone.clone()} />
            <Button label="Read" small={true} onpress={props.onread.reform(|()| true)} />
            <Button label="Unread" small={true} onpress={props.onread.reform(|()| false)} />
            <Button label="Clear" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} hint="Clear (Esc)"
                onpress={props.onclear.clone()} />
        </div>
    }
}

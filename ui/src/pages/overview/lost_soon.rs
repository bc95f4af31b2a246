//! What RingCentral will delete within days and this computer does not keep.

use super::words;
use crate::components::{Button, Glyph, Icon};
use crate::hooks::use_now;
use domain::communication::Kind;
use domain::inbox::InboxTab;
use domain::overview::LostSoon;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub lost: LostSoon,
    pub oninbox: Callback<InboxTab>,
}

/// A line with the way there.
#[component]
pub(super) fn LostSoonLine(props: &Props) -> Html {
    let now = use_now();
    let lost = &props.lost;
    let tab = match lost.kind {
        Kind::Call => InboxTab::Calls,
        Kind::Text => InboxTab::Texts,
        Kind::Voicemail => InboxTab::Voicemail,
        Kind::Fax => InboxTab::Fax,
    };
    let what = words::lost(lost.kind, lost.count);
    let verb = if lost.count == 1 { "is" } else { "are" };
    html! {
        <div class="lost-soon">
            <Glyph icon={Icon::Clock} small={true} />
            <span>{ format!("{what} {verb} not kept here, and RingCentral deletes the first {}", now.coming_time(lost.first_at)) }</span>
            <Button label="Show" small={true} hint={format!("Show {what}")} onpress={props.oninbox.reform(move |()| tab)} />
        </div>
    }
}

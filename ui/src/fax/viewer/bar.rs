//! The bar above the pages: which page, how large, turned how, and what to do with the fax.

use super::keys::Act;
use super::layout::Zoom;
use super::page_field::PageField;
use super::save_menu::SaveMenu;
use super::zoom_menu::ZoomMenu;
use crate::components::{Button, ButtonKind, Icon};
use domain::ids::CommunicationId;
use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub title: AttrValue,
    pub about: AttrValue,
    pub current: usize,
    pub page_count: usize,
    pub percent: f64,
    pub zoom: Zoom,
    pub zoom_to: Callback<Zoom>,
    pub go_to: Callback<usize>,
    pub shows_thumbnails: bool,
    pub is_inverted: bool,
    pub is_full_screen: bool,
    pub is_finding: bool,
    pub is_printing: bool,
    /// Somebody could be written to.
    pub can_reply: bool,
    pub act: Callback<Act>,
}

/// The bar.
#[component]
pub(super) fn Bar(props: &Props) -> Html {
    let has_none = props.page_count == 0;
    let asks = |act: Act| props.act.reform(move |()| act);
    let sign = |label: &'static str, icon: Icon, pressed: Option<bool>, act: Act| {
        html! { <Button {label} {icon} {pressed} kind={ButtonKind::Quiet} small={true} icon_only={true} disabled={has_none} onpress={asks(act)} /> }
    };
    html! {
        <header class="viewer-bar">
            <Button label="Close (Esc)" icon={Icon::Close} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={asks(Act::Close)} />
            <div class="viewer-title">
                <h2 title={props.title.clone()}>{ &props.title }</h2>
                <p title={props.about.clone()}>{ &props.about }</p>
            </div>
            <div class="viewer-tools" role="toolbar" aria-label="Pages">
                if props.page_count > 1 {
                    { sign("Thumbnails (t)", Icon::Thumbnails, Some(props.shows_thumbnails), Act::Thumbnails) }
                }
                <PageField current={props.current} count={props.page_count} go_to={props.go_to.clone()} />
                <i class="viewer-gap" />
                <ZoomMenu percent={props.percent} zoom={props.zoom} zoom_to={props.zoom_to.clone()} disabled={has_none} />
                <i class="viewer-gap" />
                { sign("Turn left (Shift+R)", Icon::TurnLeft, None, Act::TurnLeft) }
                { sign("Turn right (r)", Icon::TurnRight, None, Act::TurnRight) }
                { sign("Invert colours (i)", Icon::Invert, Some(props.is_inverted), Act::Invert) }
                { sign("Full screen (f)", Icon::FullScreen, Some(props.is_full_screen), Act::FullScreen) }
                { sign("Find words (Ctrl+F)", Icon::Search, Some(props.is_finding), Act::ToggleFind) }
            </div>
            <div class="viewer-deeds">
                <SaveMenu item={props.item} turn_all={props.act.reform(Act::TurnAll)} has_pages={!has_none} />
                <Button label="Print (Ctrl+P)" icon={Icon::Print} kind={ButtonKind::Quiet} small={true} icon_only={true}
                    disabled={has_none || props.is_printing} onpress={asks(Act::Print)} />
                if props.can_reply {
                    <Button label="Reply by fax" icon={Icon::Reply} small={true} hint="Reply by fax" onpress={asks(Act::Reply)} />
                }
                <Button label="Send to…" icon={Icon::Forward} small={true} hint="Send these pages to somebody else" disabled={has_none}
                    onpress={asks(Act::SendOn)} />
            </div>
        </header>
    }
}

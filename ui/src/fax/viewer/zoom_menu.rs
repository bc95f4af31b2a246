//! How large the pages are, with the sizes to choose from.

use super::layout::Zoom;
use super::zoom;
use crate::components::{Button, ButtonKind, Icon, MenuItem, Popover};
use yew::{Callback, Html, Properties, component, html};

/// What the menu offers; the keys know more steps.
const OFFERED: [f64; 7] = [25.0, 50.0, 75.0, 100.0, 150.0, 200.0, 400.0];

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub percent: f64,
    pub zoom: Zoom,
    pub zoom_to: Callback<Zoom>,
    pub disabled: bool,
}

/// Smaller, the menu, larger.
#[component]
pub(super) fn ZoomMenu(props: &Props) -> Html {
    let percent = props.percent;
    let to = |zoom: Zoom| props.zoom_to.reform(move |()| zoom);
    let words = zoom::words(percent);
    let chosen = |zoom: Zoom| (props.zoom == zoom).then_some(Icon::Check);
    let trigger = html! { <span class="number viewer-percent">{ &words }</span> };
    html! {
        <>
            <Button label="Smaller (−)" icon={Icon::Minus} kind={ButtonKind::Quiet} small={true} icon_only={true}
                disabled={props.disabled || percent <= zoom::LEAST} onpress={to(Zoom::Percent(zoom::smaller(percent)))} />
            <Popover {trigger} class="button button-quiet button-small viewer-zoom" label={format!("Size of the pages: {words}")} is_menu={true}>
                <MenuItem label="Fit width (0)" icon={chosen(Zoom::FitWidth).unwrap_or(Icon::Blank)} onpress={to(Zoom::FitWidth)} />
                <MenuItem label="Fit page (9)" icon={chosen(Zoom::FitPage).unwrap_or(Icon::Blank)} onpress={to(Zoom::FitPage)} />
                <hr />
                { for OFFERED.into_iter().map(|percent| html! {
                    <MenuItem label={zoom::words(percent)} icon={chosen(Zoom::Percent(percent)).unwrap_or(Icon::Blank)} onpress={to(Zoom::Percent(percent))} />
                }) }
            </Popover>
            <Button label="Larger (+)" icon={Icon::Plus} kind={ButtonKind::Quiet} small={true} icon_only={true}
                disabled={props.disabled || percent >= zoom::MOST} onpress={to(Zoom::Percent(zoom::larger(percent)))} />
        </>
    }
}

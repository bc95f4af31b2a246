//! Saving the fax in one form or another, and what concerns all of its pages.

use crate::components::{Glyph, Icon, MenuItem, Popover, use_toasts};
use crate::ipc;
use domain::fax::FaxFormat;
use domain::ids::CommunicationId;
use domain::ipc::fax::SaveFax;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state_eq};

const FORMATS: [(FaxFormat, &str, &str); 4] = [
    (
        FaxFormat::AsReceived,
        "As received",
        "The file as RingCentral handed it over",
    ),
    (FaxFormat::Pdf, "PDF", "With the pages turned as they are here"),
    (
        FaxFormat::Tiff,
        "TIFF",
        "As fax machines write it: black and white, all pages in one file",
    ),
    (FaxFormat::Png, "Pictures", "A folder with one picture per page"),
];

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub item: CommunicationId,
    pub turn_all: Callback<i8>,
    /// Some can be shown; a file that cannot be is saved only as it came.
    pub has_pages: bool,
}

/// The menu.
#[component]
pub(super) fn SaveMenu(props: &Props) -> Html {
    let toasts = use_toasts();
    let is_saving = use_state_eq(|| false);
    let save = |format: FaxFormat| {
        let (item, toasts, is_saving) = (props.item, toasts.clone(), is_saving.setter());
        Callback::from(move |()| {
            let (toasts, is_saving) = (toasts.clone(), is_saving.clone());
            is_saving.set(true);
            spawn_local(async move {
                match ipc::call(SaveFax { item, format }).await {
                    Ok(saved) => toasts.say(format!("Saved as {}", saved.path)),
                    Err(error) => toasts.fail(error.message),
                }
                is_saving.set(false);
            });
        })
    };
    let trigger = html! {
        if *is_saving { <i class="spinner viewer-spinner" /> } else { <Glyph icon={Icon::Download} /> }
    };
    html! {
        <Popover {trigger} class="button button-quiet button-small button-icon" label={if *is_saving { "Saving" } else { "Download, turn all" }}
            hint="Download, turn all" is_menu={true} at_end={true}>
            <div class="menu-title">{ "Download as" }</div>
            { for FORMATS.into_iter().map(|(format, label, hint)| html! {
                <MenuItem {label} {hint} icon={Icon::Download} disabled={*is_saving || !props.has_pages && format != FaxFormat::AsReceived} onpress={save(format)} />
            }) }
            <hr />
            <MenuItem label="Turn all pages right" icon={Icon::TurnRight} disabled={!props.has_pages} onpress={props.turn_all.reform(|()| 1)} />
            <MenuItem label="Turn all pages upside down" icon={Icon::Sync} disabled={!props.has_pages} onpress={props.turn_all.reform(|()| 2)} />
        </Popover>
    }
}

//! Choosing files to go along.

use crate::browser;
use crate::components::{Button, ButtonKind, Icon};
use web_sys::HtmlInputElement;
use yew::{Callback, Event, Html, Properties, TargetCast as _, component, html, use_node_ref};

/// What RingCentral takes (see `media_limits` of the core); the core has the last word.
const KINDS: &str = "image/*,video/*,audio/mpeg,.vcf,.zip";

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub onfiles: Callback<Vec<web_sys::File>>,
}

/// The button, with the field that the engine needs for it.
#[component]
pub(super) fn AttachButton(props: &Props) -> Html {
    let chooser = use_node_ref();
    let open = {
        let chooser = chooser.clone();
        Callback::from(move |()| {
            if let Some(input) = chooser.cast::<HtmlInputElement>() {
                input.click();
            }
        })
    };
    let onchange = {
        let onfiles = props.onfiles.clone();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            onfiles.emit(
                input
                    .files()
                    .map(|files| browser::files_of(&files))
                    .unwrap_or_default(),
            );
            // The same file can be chosen again after it was removed.
            input.set_value("");
        })
    };
    html! {
        <>
            <Button label="Add pictures" icon={Icon::Attach} kind={ButtonKind::Quiet} small={true} icon_only={true}
                hint="Add pictures, or paste them" onpress={open} />
            <input ref={chooser} type="file" hidden=true accept={KINDS} multiple=true {onchange} />
        </>
    }
}

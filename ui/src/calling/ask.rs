//! Which number, and which of our phones rings first.

use crate::browser;
use crate::components::{Button, ButtonKind, Choice, Icon, Strip, StripKind, TextField};
use crate::hooks::use_command;
use crate::ipc;
use domain::ipc::ring_out::{ListOwnPhones, PlaceCall};
use domain::ring_out::RingOut;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;
use yew::{
    AttrValue, Callback, Html, Properties, SubmitEvent, component, html, use_effect_with, use_node_ref,
    use_state,
};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub number: AttrValue,
    pub oninput: Callback<String>,
    pub onplaced: Callback<RingOut>,
}

/// The form. Enter calls.
#[component]
pub(super) fn Ask(props: &Props) -> Html {
    let phones = use_command(Some(ListOwnPhones {}));
    let chosen = use_state(|| None::<String>);
    let failure = use_state(|| None::<String>);
    let is_placing = use_state(|| false);
    let form = use_node_ref();
    use_effect_with((), {
        let (form, has_number) = (form.clone(), !props.number.is_empty());
        move |()| {
            if let Some(form) = form.cast::<Element>() {
                browser::focus_within(&form, if has_number { "[type=submit]" } else { "input" });
            }
        }
    });
    let known = phones.value.clone();
    // The one used last stands first.
    let phone = (*chosen)
        .clone()
        .or_else(|| known.as_ref()?.first().map(|phone| phone.key.clone()));
    let onsubmit = {
        let (number, phone, onplaced) = (
            props.number.trim().to_owned(),
            phone.clone(),
            props.onplaced.clone(),
        );
        let (failure, is_placing) = (failure.setter(), is_placing.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let request = PlaceCall {
                number: number.clone(),
                phone: phone.clone(),
            };
            let (failure, is_placing, onplaced) = (failure.clone(), is_placing.clone(), onplaced.clone());
            is_placing.set(true);
            failure.set(None);
            spawn_local(async move {
                match ipc::call(request).await {
                    Ok(call) => onplaced.emit(call),
                    Err(error) => {
                        failure.set(Some(error.message));
                        is_placing.set(false);
                    }
                }
            });
        })
    };
    let has_none = known.as_ref().is_some_and(|phones| phones.is_empty());
    let options: Vec<(Option<String>, AttrValue)> = known
        .iter()
        .flat_map(|phones| phones.iter())
        .map(|phone| (Some(phone.key.clone()), phone.name.clone().into()))
        .collect();
    let onchange = {
        let chosen = chosen.setter();
        Callback::from(move |key: Option<String>| chosen.set(key))
    };
    html! {
        <form ref={form} class="call-ask" {onsubmit}>
            if let Some(failure) = &*failure { <Strip kind={StripKind::Failure} text={failure.clone()} /> }
            <TextField label="Number" kind="tel" value={props.number.clone()} oninput={props.oninput.clone()} />
            if let Some(error) = &phones.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={phones.reload.clone()} />
                </Strip>
            } else if has_none {
                <p class="hint" role="status">{ "You have no phone at RingCentral that could be rung first. An administrator can assign one." }</p>
            } else {
                <Choice<Option<String>> label="Rings first" {options} value={phone} {onchange}
                    hint="Pick it up, and the other side is called." />
            }
            <Button label={if *is_placing { "Calling" } else { "Call" }} icon={Icon::Phone} kind={ButtonKind::Primary} submits={true}
                disabled={*is_placing || has_none || props.number.trim().is_empty()} />
        </form>
    }
}

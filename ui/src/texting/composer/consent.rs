//! Noting that somebody wants no texts, or wants them again, because they said so otherwise than by text.
//!
//! What they wrote themselves cannot be changed here, so nothing is offered then.

use crate::components::{
    Button, ButtonKind, Choice, Dialog, Glyph, Icon, MenuItem, Popover, Toasts, use_toasts,
};
use crate::format::names;
use crate::{ipc, undo};
use domain::consent::{ConsentChoice, ConsentState};
use domain::ipc::texting::NoteConsent;
use domain::outgoing::{Composer, Sender};
use domain::phone_number::E164;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub composer: Rc<Composer>,
    /// The number that the text would come from.
    pub sender: Option<Sender>,
}

/// A menu beside the field; nothing where nothing can be noted.
#[component]
pub(super) fn ConsentMenu(props: &Props) -> Html {
    let asks = use_state_eq(|| false);
    let show = |is_open: bool| {
        let asks = asks.setter();
        Callback::from(move |()| asks.set(is_open))
    };
    let Some(number) = number(&props.composer).filter(|_| is(&props.composer, &ConsentChoice::OptOut)) else {
        return Html::default();
    };
    html! {
        <>
            <Popover trigger={html! { <Glyph icon={Icon::More} /> }} label="More about texts to them" is_menu={true} finds_room={true}
                class="button button-quiet button-small button-icon">
                <MenuItem label="No texts, please…" icon={Icon::Close} hint="They said that they want no texts" onpress={show(true)} />
            </Popover>
            if *asks {
                <NoTexts name={names::all(&props.composer.to)} {number} sender={props.sender.clone()} onclose={show(false)} />
            }
        </>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct NoTextsProps {
    name: AttrValue,
    number: E164,
    sender: Option<Sender>,
    onclose: Callback<()>,
}

/// Says what will happen, and asks for which of our numbers.
#[component]
fn NoTexts(props: &NoTextsProps) -> Html {
    let toasts = use_toasts();
    // Who asks on the phone means the company.
    let from = use_state_eq(|| None::<E164>);
    let only = props.sender.as_ref().and_then(|sender| {
        let words = format!("Only {} · {}", sender.number.formatted, sender.name);
        Some((sender.number.e164.clone()?, words))
    });
    let options: Vec<(Option<E164>, AttrValue)> = [(None, "All our numbers".into())]
        .into_iter()
        .chain(only.map(|(number, words)| (Some(number), words.into())))
        .collect();
    let onchange = {
        let from = from.setter();
        Callback::from(move |chosen| from.set(chosen))
    };
    let onconfirm = {
        let (toasts, onclose) = (toasts.clone(), props.onclose.clone());
        let (number, from) = (props.number.clone(), from.clone());
        Callback::from(move |()| {
            note(&toasts, number.clone(), (*from).clone(), ConsentState::OptedOut);
            onclose.emit(());
        })
    };
    let footer = html! {
        <>
            <Button label="Cancel" onpress={props.onclose.clone()} />
            <Button label="No more texts" kind={ButtonKind::Primary} onpress={onconfirm} />
        </>
    };
    html! {
        <Dialog title={format!("No texts to {}?", props.name)} onclose={props.onclose.clone()} {footer}>
            <p>{ "Texts to them are held back here, campaigns leave them out, and RingCentral is told where your account keeps such a list." }</p>
            <Choice<Option<E164>> label="From" {options} value={(*from).clone()} {onchange} />
            <p class="hint">{ "You can note it here when they want texts again. They can also write START." }</p>
        </Dialog>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct AgainProps {
    pub composer: Rc<Composer>,
}

/// The way back from what somebody here noted; nothing where only they can change it.
#[component]
pub(super) fn TextsAgain(props: &AgainProps) -> Html {
    let toasts = use_toasts();
    let (Some(ConsentChoice::OptIn { sender }), Some(number)) =
        (&props.composer.consent, number(&props.composer))
    else {
        return Html::default();
    };
    let onpress = {
        let (toasts, sender) = (toasts.clone(), sender.clone());
        Callback::from(move |()| note(&toasts, number.clone(), sender.clone(), ConsentState::OptedIn))
    };
    html! { <Button label="They want texts again" small={true} {onpress} /> }
}

fn is(composer: &Composer, choice: &ConsentChoice) -> bool {
    composer.consent.as_ref() == Some(choice)
}

/// Their number; in a group each speaks for themselves.
fn number(composer: &Composer) -> Option<E164> {
    match composer.to.as_slice() {
        [one] => one.number.as_ref()?.e164.clone(),
        _ => None,
    }
}

fn note(toasts: &Toasts, number: E164, from: Option<E164>, state: ConsentState) {
    let toasts = toasts.clone();
    spawn_local(async move {
        match ipc::call(NoteConsent { number, from, state }).await {
            Ok(done) => undo::offer(&toasts, done),
            Err(error) => toasts.fail(error.message),
        }
    });
}

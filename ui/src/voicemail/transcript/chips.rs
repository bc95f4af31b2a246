//! Numbers that were said, each a chip. Machines mishear digits: a press shows the number, and only then it can be called.

use crate::calling::CallButton;
use crate::components::{Button, Glyph, Icon, Popover};
use crate::format::numbers::readable;
use crate::texting::TextButton;
use domain::transcription::SpokenNumber;
use yew::{Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub numbers: Vec<SpokenNumber>,
    pub onadd: Callback<String>,
}

/// The chips; nothing without numbers.
#[component]
pub(super) fn NumberChips(props: &Props) -> Html {
    if props.numbers.is_empty() {
        return Html::default();
    }
    let chip = |number: &SpokenNumber| {
        let shown = readable(&number.e164);
        let onadd = {
            let (onadd, shown) = (props.onadd.clone(), shown.clone());
            Callback::from(move |()| onadd.emit(shown.clone()))
        };
        html! {
            <Popover label={format!("Number in the message: {shown}")} class="chip chip-number" finds_room={true}
                trigger={html! { <><Glyph icon={Icon::Phone} small={true} /><span class="number">{ &shown }</span></> }}>
                <div class="spoken-number">
                    <b class="number selectable">{ &shown }</b>
                    <p class="hint">{ format!("Heard as “{}”. Machines mishear digits: compare it with the sound first.", number.written) }</p>
                    <div>
                        <CallButton number={shown.clone()} label="Call" />
                        <TextButton number={number.e164.to_string()} shown={shown.clone()} />
                        <Button label="Add contact" icon={Icon::PersonAdd} small={true} onpress={onadd} />
                    </div>
                </div>
            </Popover>
        }
    };
    html! { <div class="number-chips">{ for props.numbers.iter().map(chip) }</div> }
}

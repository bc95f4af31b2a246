//! A number nobody is known for: what is known of it, and making it somebody's.

use crate::calling::CallButton;
use crate::components::{AvatarSize, Button, CopyButton, Dialog, Icon, avatar};
use crate::fax::FaxButton;
use crate::matching::{Attach, Why};
use crate::pages::contacts::editor::{Editor, Subject};
use crate::texting::TextButton;
use domain::communication::Communication;
use domain::contact::{Contact, ContactDraft, NumberDraft, NumberLabel};
use domain::matching::MatchExplanation;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub explanation: MatchExplanation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Editor,
    Attach,
}

/// The upper part of the panel.
#[component]
pub(crate) fn Nobody(props: &Props) -> Html {
    let above = use_state(|| None::<Above>);
    let show = |what: Option<Above>| {
        let above = above.setter();
        Callback::from(move |()| above.set(what))
    };
    let party = &props.item.party;
    // Only a number that can be compared can belong to somebody.
    let number = party.number.as_ref();
    let owned = number
        .filter(|number| number.e164.is_some())
        .map(|number| number.formatted.clone());
    let region = number.and_then(|number| number.region.clone());
    html! {
        <>
            <header class="panel-head">
                { avatar::of_party(party, AvatarSize::Large) }
                <div>
                    <div class="panel-name">
                        <h2>{ if number.is_some() { "Unknown caller" } else { "Withheld number" } }</h2>
                        <Why explanation={props.explanation.clone()} />
                    </div>
                    <p>{ region.unwrap_or_else(|| props.explanation.sentence.clone()) }</p>
                </div>
            </header>
            if let Some(number) = number {
                <section>
                    <h3>{ "Number" }</h3>
                    <dl class="numbers"><div><dd>
                        <span class="number selectable">{ &number.formatted }</span>
                        <CopyButton text={number.formatted.clone()} what="number" />
                        <CallButton number={number.formatted.clone()} />
                    </dd></div></dl>
                    if let Some(name) = &party.caller_id_name {
                        <p class="hint">{ format!("The telephone network says “{name}”. Nobody has checked that.") }</p>
                    }
                </section>
            }
            if let Some(number) = owned {
                <section class="actions">
                    if let Some(number) = party.number.as_ref().and_then(|number| number.e164.as_ref()) {
                        <TextButton number={number.to_string()} />
                        <FaxButton number={number.to_string()} />
                    }
                    <Button label="Add contact" icon={Icon::PersonAdd} small={true} onpress={show(Some(Above::Editor))} />
                    <Button label="Attach to contact" icon={Icon::Link} small={true} onpress={show(Some(Above::Attach))} />
                </section>
                if *above == Some(Above::Editor) {
                    <Editor subject={Subject::New(draft(&number))} onclose={show(None).reform(|_: Option<Contact>| ())} />
                }
                if *above == Some(Above::Attach) {
                    <Dialog title={format!("Attach {number} to a contact")} onclose={show(None)}>
                        <Attach {number} onclose={show(None)} />
                    </Dialog>
                }
            } else if number.is_some() {
                <section><p class="hint">{ &props.explanation.sentence }</p></section>
            }
        </>
    }
}

fn draft(number: &str) -> ContactDraft {
    ContactDraft {
        numbers: vec![NumberDraft {
            label: NumberLabel::Mobile,
            number: number.to_owned(),
        }],
        ..ContactDraft::default()
    }
}

//! A contact for an unknown caller, in the card itself: a name is enough.

use crate::components::{Button, ButtonKind, TextField};
use crate::components::{Choice, use_toasts};
use crate::format::counted;
use crate::ipc;
use crate::pages::contacts::editor::number_rows::labels;
use domain::contact::{ContactDraft, NumberDraft, NumberLabel};
use domain::ipc::contacts::AddContact;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, SubmitEvent, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub number: String,
    /// The network's hint about the name, to begin with.
    pub caller_id_name: Option<String>,
    pub onclose: Callback<()>,
}

/// The small form.
#[component]
pub(crate) fn NewContact(props: &Props) -> Html {
    let name = use_state(|| props.caller_id_name.clone().unwrap_or_default());
    let company = use_state(String::new);
    let label = use_state(|| NumberLabel::Mobile);
    let failure = use_state(|| None::<String>);
    let toasts = use_toasts();
    let onsubmit = {
        let (name, company, label) = ((*name).clone(), (*company).clone(), *label);
        let (number, onclose, failure) = (props.number.clone(), props.onclose.clone(), failure.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let (first_name, last_name) = split_name(&name);
            let draft = ContactDraft {
                first_name,
                last_name,
                company: company.trim().to_owned(),
                numbers: vec![NumberDraft {
                    label,
                    number: number.clone(),
                }],
                ..ContactDraft::default()
            };
            if draft.first_name.is_empty() && draft.company.is_empty() {
                failure.set(Some("Fill in a name or a company.".to_owned()));
                return;
            }
            let (onclose, failure, toasts) = (onclose.clone(), failure.clone(), toasts.clone());
            spawn_local(async move {
                match ipc::call(AddContact { draft }).await {
                    Ok(saved) => {
                        toasts.say(format!(
                            "Added · {}",
                            counted(
                                saved.linked,
                                "earlier interaction linked",
                                "earlier interactions linked"
                            )
                        ));
                        onclose.emit(());
                    }
                    Err(error) => failure.set(Some(error.message)),
                }
            });
        })
    };
    let set = |state: &yew::UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let relabel = {
        let label = label.setter();
        Callback::from(move |chosen| label.set(chosen))
    };
    html! {
        <form class="card-form" {onsubmit}>
            <TextField label="Name" value={(*name).clone()} oninput={set(&name)} autofocus={true} error={(*failure).clone()} />
            <TextField label="Company" value={(*company).clone()} oninput={set(&company)} />
            <Choice<NumberLabel> label="This number is" options={labels()} value={*label} onchange={relabel} />
            <footer>
                <Button label="Cancel" onpress={props.onclose.clone()} />
                <Button label="Add contact" kind={ButtonKind::Primary} submits={true} />
            </footer>
        </form>
    }
}

/// The last word is the last name.
fn split_name(name: &str) -> (String, String) {
    let name = name.trim();
    name.rsplit_once(char::is_whitespace).map_or_else(
        || (name.to_owned(), String::new()),
        |(first, last)| (first.trim().to_owned(), last.to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use super::split_name;

    #[test]
    fn the_last_word_is_the_last_name() {
        assert_eq!(split_name("Ana de la Cruz"), ("Ana de la".into(), "Cruz".into()));
        assert_eq!(split_name(" Westbay "), ("Westbay".into(), String::new()));
        assert_eq!(split_name(""), (String::new(), String::new()));
    }
}

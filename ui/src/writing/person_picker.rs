//! Choosing somebody to see a text for.

use crate::components::{Glyph, Icon, MenuItem, Popover, SearchField};
use crate::pages::contacts::use_contacts::use_contacts;
use domain::contact::{Contact, ContactKind};
use web_sys::HtmlInputElement;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref, use_state};

/// So many are offered; typing finds the others.
const OFFERED: usize = 6;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub chosen: Option<Contact>,
    pub onchoose: Callback<Contact>,
}

/// The name, with a panel to look for another.
#[component]
pub(super) fn PersonPicker(props: &Props) -> Html {
    let name = props
        .chosen
        .as_ref()
        .map_or_else(|| "nobody".to_owned(), |contact| contact.name.clone());
    let trigger =
        html! { <><span class="person-name">{ &name }</span><Glyph icon={Icon::Search} small={true} /></> };
    html! {
        <Popover {trigger} label={format!("Shown for {name}. Choose somebody else")} class="button button-quiet button-small">
            <Offer onchoose={props.onchoose.clone()} />
        </Popover>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
struct OfferProps {
    onchoose: Callback<Contact>,
}

/// Asks for contacts only while the panel is open.
#[component]
fn Offer(props: &OfferProps) -> Html {
    let query = use_state(String::new);
    let found = use_contacts((*query).clone());
    let field = use_node_ref();
    use_effect_with((), {
        let field = field.clone();
        move |()| {
            if let Some(input) = field.cast::<HtmlInputElement>() {
                let _ = input.focus();
            }
        }
    });
    let oninput = {
        let query = query.setter();
        Callback::from(move |text| query.set(text))
    };
    let people = || {
        found
            .contacts
            .iter()
            .filter(|contact| contact.kind == ContactKind::External)
            .take(OFFERED)
    };
    html! {
        <div class="person-offer">
            <SearchField value={(*query).clone()} placeholder="Find a contact" {oninput} node={field} />
            // In an element of their own: the field must stay the same while they change in number.
            <div>
                { for people().map(|contact| {
                    let chosen = contact.clone();
                    html! { <MenuItem key={contact.id.0} label={contact.name.clone()} onpress={props.onchoose.reform(move |()| chosen.clone())} /> }
                }) }
            </div>
            if people().next().is_none() && !found.is_loading { <p class="hint" role="status">{ "No contact goes with that." }</p> }
        </div>
    }
}

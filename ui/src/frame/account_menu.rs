//! The signed-in person at the right end of the top bar, and what the person says about being reached.

use super::own_status::OwnStatusPart;
use crate::components::avatar::{AvatarSize, marked};
use crate::components::presence_indicator::dot_of;
use crate::components::{Icon, MenuItem, Popover};
use crate::format::presence_words;
use crate::presence::use_own_status;
use crate::routes::Route;
use domain::session::SignedIn;
use yew::{Callback, Html, Properties, component, html};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub person: SignedIn,
    pub onhelp: Callback<()>,
}

/// Who is signed in, and what concerns this person. Signing out stands in the settings, with what it means.
#[component]
pub(crate) fn AccountMenu(props: &Props) -> Html {
    let navigator = use_navigator();
    let own = use_own_status().and_then(|status| status.shown);
    let settings = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Settings);
        }
    });
    let person = &props.person;
    let presence = own.as_ref().and_then(|own| own.presence.as_ref());
    let state = presence.map_or_else(String::new, |presence| {
        format!(", {}", presence_words::state(presence.availability))
    });
    let mark = presence.map(dot_of).unwrap_or_default();
    html! {
        <Popover trigger={marked(&person.name, AvatarSize::Small, mark)} label={format!("Signed in as {}{state}", person.name)}
            class="button-round" hint={format!("{}{state}", person.name)} at_end={true}>
            <div class="account">
                <b>{ &person.name }</b>
                <span>{ format!("{} · Ext {}", person.company, person.extension) }</span>
                if let Some(number) = &person.direct_number { <span class="number">{ number }</span> }
                if person.is_demo { <span class="tag">{ "Demo company" }</span> }
            </div>
            <OwnStatusPart />
            <div class="account-rest" role="menu" aria-label="More">
                <MenuItem label="Settings" icon={Icon::Gear} onpress={settings} />
                <MenuItem label="Keyboard shortcuts" icon={Icon::Help} onpress={props.onhelp.clone()} />
            </div>
        </Popover>
    }
}

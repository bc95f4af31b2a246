//! The signed-in person at the right end of the top bar.

use crate::components::avatar::{AvatarSize, of_name};
use crate::components::{Icon, MenuItem, Popover};
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
    let settings = Callback::from(move |()| {
        if let Some(navigator) = &navigator {
            navigator.push(&Route::Settings);
        }
    });
    let person = &props.person;
    html! {
        <Popover trigger={of_name(&person.name, AvatarSize::Small)} label={format!("Signed in as {}", person.name)} class="button-round"
            hint={person.name.clone()} is_menu={true} at_end={true}>
            <div class="account" role="presentation">
                <b>{ &person.name }</b>
                <span>{ format!("{} · Ext {}", person.company, person.extension) }</span>
                if let Some(number) = &person.direct_number { <span class="number">{ number }</span> }
                if person.is_demo { <span class="tag">{ "Demo company" }</span> }
            </div>
            <MenuItem label="Settings" icon={Icon::Gear} onpress={settings} />
            <MenuItem label="Keyboard shortcuts" icon={Icon::Help} onpress={props.onhelp.clone()} />
        </Popover>
    }
}

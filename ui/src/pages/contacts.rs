//! Contacts: the list, one of them in full, and what can be done with it.

mod add_caller;
mod contact_list;
mod detail;
pub(crate) mod editor;
mod history;
mod import;
mod merge;
pub(crate) mod use_contacts;

pub(crate) use add_caller::AddCaller;

use crate::app_state::use_app_state;
use crate::components::{
    Button, ButtonKind, EmptyState, Icon, SearchField, Skeleton, SkeletonKind, Strip, StripKind,
};
use crate::format::counted;
use crate::hooks::{Shortcut, use_shortcuts};
use crate::routes::Route;
use contact_list::ContactList;
use detail::Detail;
use domain::contact::{Contact, ContactDraft};
use domain::ids::ContactId;
use editor::{Editor, Subject};
use import::ImportDialog;
use use_contacts::use_contacts;
use yew::{Callback, Html, Properties, component, html, use_state};
use yew_router::hooks::use_navigator;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    #[prop_or_default]
    pub open: Option<ContactId>,
}

/// What is open above the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    NewContact,
    Import,
}

/// The page.
#[component]
pub(crate) fn Contacts(props: &Props) -> Html {
    let query = use_state(String::new);
    let above = use_state(|| None::<Above>);
    let navigator = use_navigator();
    let state = use_app_state();
    let found = use_contacts((*query).clone());

    let go = Callback::from(move |id: Option<ContactId>| {
        if let Some(navigator) = &navigator {
            navigator.push(&id.map_or(Route::Contacts, |id| Route::Contact { id: id.0 }));
        }
    });
    let show = |what: Option<Above>| {
        let above = above.setter();
        Callback::from(move |()| above.set(what))
    };
    use_shortcuts(vec![Shortcut::key("n", {
        let show = show(Some(Above::NewContact));
        move |()| show.emit(())
    })]);
    let oninput = {
        let query = query.setter();
        Callback::from(move |text| query.set(text))
    };
    let added = {
        let (above, go) = (above.setter(), go.clone());
        Callback::from(move |saved: Option<Contact>| {
            above.set(None);
            if let Some(contact) = saved {
                go.emit(Some(contact.id));
            }
        })
    };
    let total = found
        .total
        .map(|total| counted(total, "contact", "contacts"))
        .unwrap_or_default();
    let directory_is_due = state
        .as_ref()
        .is_some_and(|state| state.sync.last_synced_at.is_none());
    html! {
        <section class="page contacts" aria-label="Contacts">
            <div class="contacts-side">
                <header class="contacts-head">
                    <SearchField value={(*query).clone()} placeholder="Find a contact" {oninput} />
                    <div class="contacts-tools">
                        <span class="contacts-total" role="status">{ total }</span>
                        <Button label="Import…" icon={Icon::Upload} small={true} onpress={show(Some(Above::Import))} />
                        <Button label="New" icon={Icon::Plus} kind={ButtonKind::Primary} small={true} hint="n"
                            onpress={show(Some(Above::NewContact))} />
                    </div>
                </header>
                if let Some(error) = found.error.as_ref().filter(|_| !found.contacts.is_empty()) {
                    <Strip kind={StripKind::Failure} text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={found.reload.clone()} />
                    </Strip>
                }
                if found.contacts.is_empty() && found.is_loading {
                    <Skeleton kind={SkeletonKind::Rows} />
                } else if let Some(error) = found.error.as_ref().filter(|_| found.contacts.is_empty()) {
                    <EmptyState icon={Icon::Warning} title="The contacts could not be read" text={error.message.clone()}>
                        <Button label="Try again" small={true} onpress={found.reload.clone()} />
                    </EmptyState>
                } else if found.contacts.is_empty() {
                    { nobody(&query, directory_is_due, &show(Some(Above::Import))) }
                } else {
                    <ContactList contacts={found.contacts.clone()} selected={props.open} more={found.more.clone()}
                        onopen={go.reform(Some)} />
                }
            </div>
            <div class="contacts-main">
                if let Some(id) = props.open {
                    <Detail key={id.0} {id} onleave={go.clone()} />
                } else if !found.contacts.is_empty() {
                    <EmptyState icon={Icon::Person} title="Choose a contact" text="Numbers, notes and everything you had with each other." />
                }
            </div>
            if *above == Some(Above::NewContact) {
                <Editor subject={Subject::New(ContactDraft::default())} onclose={added} />
            }
            if *above == Some(Above::Import) { <ImportDialog onclose={show(None)} /> }
        </section>
    }
}

fn nobody(query: &str, directory_is_due: bool, import: &Callback<()>) -> Html {
    if !query.trim().is_empty() {
        return html! { <EmptyState icon={Icon::Search} title="Nobody found" text={format!("No contact goes with “{}”.", query.trim())} /> };
    }
    let text = if directory_is_due {
        "Colleagues and your RingCentral address book arrive with the first update."
    } else {
        "Bring your customers in from a CSV or vCard file, or add them as they call."
    };
    html! {
        <EmptyState icon={Icon::Book} title="No contacts yet" {text}>
            <Button label="Import contacts…" icon={Icon::Upload} kind={ButtonKind::Primary} onpress={import.clone()} />
        </EmptyState>
    }
}

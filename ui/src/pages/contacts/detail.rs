//! One contact in full.

use super::editor::{Editor, Subject};
use super::history::History;
use super::merge::MergeDialog;
use crate::calling::CallButton;
use crate::components::{
    AvatarSize, Button, CopyButton, EmptyState, Glyph, Icon, MenuItem, Popover, Skeleton, SkeletonKind,
    avatar, use_toasts,
};
use crate::fax::FaxButton;
use crate::format::names;
use crate::hooks::{use_command, use_core_event};
use crate::texting::TextButton;
use crate::{ipc, undo};
use domain::contact::{Contact, ContactKind, ContactSource, NumberLabel};
use domain::event::CoreEvent;
use domain::ids::ContactId;
use domain::ipc::contacts::{DeleteContacts, GetContact};
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_state};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub id: ContactId,
    /// Shows another contact, or none.
    pub onleave: Callback<Option<ContactId>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Editor,
    Merge,
}

/// The right half of the page.
#[component]
pub(crate) fn Detail(props: &Props) -> Html {
    let answer = use_command(Some(GetContact { id: props.id }));
    let above = use_state(|| None::<Above>);
    let toasts = use_toasts();
    let reload = answer.reload.clone();
    use_core_event(move |event| {
        if matches!(event, CoreEvent::ContactsChanged { .. } | CoreEvent::Overflowed) {
            reload.emit(());
        }
    });
    let Some(contact) = answer.value else {
        return match answer.error {
            Some(error) => {
                html! { <EmptyState icon={Icon::Person} title="This contact is not here" text={error.message} /> }
            }
            None => html! { <Skeleton kind={SkeletonKind::Panel} /> },
        };
    };
    let show = |what: Option<Above>| {
        let above = above.setter();
        Callback::from(move |()| above.set(what))
    };
    let delete = {
        let (id, onleave) = (props.id, props.onleave.clone());
        Callback::from(move |()| {
            let (toasts, onleave) = (toasts.clone(), onleave.clone());
            spawn_local(async move {
                match ipc::call(DeleteContacts { ids: vec![id] }).await {
                    Ok(done) => {
                        undo::offer(&toasts, done);
                        onleave.emit(None);
                    }
                    Err(error) => toasts.fail(error.message),
                }
            });
        })
    };
    let edited = show(None).reform(|_: Option<Contact>| ());
    let merged = {
        let (above, onleave) = (above.setter(), props.onleave.clone());
        Callback::from(move |kept: Option<ContactId>| {
            above.set(None);
            if kept.is_some() {
                onleave.emit(kept);
            }
        })
    };
    let is_ours = contact.kind != ContactKind::External;
    html! {
        <article class="contact">
            <header class="contact-head">
                { avatar::of_contact(&contact, AvatarSize::Large) }
                <div class="contact-title"><h1>{ &contact.name }</h1><p>{ subtitle(&contact) }</p></div>
                if is_ours {
                    <span class="badge" title="Kept at RingCentral and refreshed from there">{ "Company directory" }</span>
                } else {
                    <Button label="Edit" icon={Icon::Edit} onpress={show(Some(Above::Editor))} />
                    <Popover trigger={html! { <Glyph icon={Icon::More} /> }} label="More" is_menu={true} at_end={true} class="button button-quiet button-icon">
                        <MenuItem label="Merge with…" icon={Icon::Merge} onpress={show(Some(Above::Merge))} />
                        <MenuItem label="Delete" icon={Icon::Trash} onpress={delete} />
                    </Popover>
                }
            </header>
            <div class="contact-body">
                <div class="contact-facts">{ numbers(&contact) }{ emails(&contact) }{ tags(&contact) }{ notes(&contact) }{ sources(&contact) }</div>
                <History contact={props.id} />
            </div>
            if *above == Some(Above::Editor) { <Editor subject={Subject::Existing(contact.clone())} onclose={edited} /> }
            if *above == Some(Above::Merge) { <MergeDialog keep={contact} onclose={merged} /> }
        </article>
    }
}

fn subtitle(contact: &Contact) -> String {
    let extension = contact
        .extension
        .as_ref()
        .map(|extension| format!("Extension {extension}"));
    let company = contact.company.clone().filter(|company| *company != contact.name);
    [contact.job_title.clone(), company, extension]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}

fn block(title: &'static str, content: Html) -> Html {
    html! { <section class="contact-block"><h2>{ title }</h2>{ content }</section> }
}

fn numbers(contact: &Contact) -> Html {
    let extension = contact
        .extension
        .iter()
        .map(|extension| ("extension", extension.clone(), None));
    let numbers = contact.numbers.iter().map(|entry| {
        (
            names::number_label(entry.label),
            entry.number.formatted.clone(),
            Some(entry.number.to_look_up()),
        )
    });
    let lines: Vec<_> = extension.chain(numbers).collect();
    if lines.is_empty() {
        return block("Numbers", html! { <p class="quiet">{ "None yet" }</p> });
    }
    let lines = lines.into_iter().map(|(label, number, to_write)| {
        let is_fax = label == names::number_label(NumberLabel::Fax);
        html! {
            <div class="contact-line">
                <dt>{ label }</dt>
                <dd class="selectable">{ &number }</dd>
                if !is_fax { <CallButton number={number.clone()} /> }
                if let Some(to_write) = to_write {
                    if is_fax {
                        <FaxButton number={to_write} shown={number.clone()} label="Send a fax" />
                    } else {
                        <TextButton number={to_write} shown={number.clone()} icon_only={true} />
                    }
                }
                <CopyButton text={number.clone()} what="number" />
            </div>
        }
    });
    block("Numbers", html! { <dl>{ for lines }</dl> })
}

fn emails(contact: &Contact) -> Html {
    if contact.emails.is_empty() {
        return Html::default();
    }
    let lines = contact.emails.iter().map(|email| {
        html! { <div class="contact-line"><dd class="selectable">{ email }</dd><CopyButton text={email.clone()} what="address" /></div> }
    });
    block("Email", html! { <dl>{ for lines }</dl> })
}

fn tags(contact: &Contact) -> Html {
    if contact.tags.is_empty() {
        return Html::default();
    }
    block(
        "Tags",
        html! { <p class="contact-tags">{ for contact.tags.iter().map(|tag| html! { <span class="badge">{ tag }</span> }) }</p> },
    )
}

fn notes(contact: &Contact) -> Html {
    if contact.notes.trim().is_empty() {
        return Html::default();
    }
    html! { <section class="contact-block note"><h2>{ "Note" }</h2><p class="selectable">{ &contact.notes }</p></section> }
}

fn sources(contact: &Contact) -> Html {
    let words = contact.sources.iter().map(|source| match source {
        ContactSource::Manual => "added here",
        ContactSource::Csv => "imported from CSV",
        ContactSource::VCard => "imported from vCard",
        ContactSource::AddressBook => "RingCentral address book",
        ContactSource::Directory => "company directory",
    });
    let words = words.collect::<Vec<_>>().join(", ");
    if words.is_empty() {
        Html::default()
    } else {
        html! { <p class="contact-sources">{ format!("From: {words}") }</p> }
    }
}

//! What a text becomes for a real person, while it is written.

use super::counter::Counter;
use super::person_picker::PersonPicker;
use crate::components::{Glyph, Icon, Strip, StripKind};
use crate::hooks::{use_command, use_settled};
use domain::contact::Contact;
use domain::ipc::contacts::ListContacts;
use domain::ipc::templates::PreviewTemplate;
use domain::segments;
use domain::template::Variable;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_memo, use_state};

/// Somebody who types fast asks once.
const PAUSE_MS: u32 = 150;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    /// With placeholders.
    pub body: AttrValue,
    /// What is put below the text on a line of its own.
    #[prop_or_default]
    pub below: Option<AttrValue>,
    /// Whom to show it for at first; else any contact.
    #[prop_or_default]
    pub person: Option<Contact>,
    /// Takes the body over as every telephone can show it.
    pub onplain: Callback<String>,
}

/// So many contacts are looked through for one who shows what a merge does.
const CANDIDATES: u32 = 50;

/// The text as a bubble, what is missing, and what it costs.
#[component]
pub(crate) fn MergePreview(props: &Props) -> Html {
    let chosen = use_state(|| None::<Contact>);
    let anybody = use_command(props.person.is_none().then(|| ListContacts {
        query: String::new(),
        offset: 0,
        limit: CANDIDATES,
    }));
    let person = (*chosen)
        .clone()
        .or_else(|| props.person.clone())
        .or_else(|| somebody(&anybody.value.as_ref()?.contacts));
    let body = use_settled(props.body.to_string(), PAUSE_MS);
    let preview = use_command((!body.trim().is_empty()).then(|| PreviewTemplate {
        body: body.clone(),
        contact: person.as_ref().map(|contact| contact.id),
    }));
    let plain = use_memo(props.body.clone(), |body| {
        let plain = segments::plain(body);
        (plain != **body).then_some(plain)
    });
    let onplain = (*plain)
        .clone()
        .map(|plain| props.onplain.reform(move |()| plain.clone()));
    let onchoose = {
        let chosen = chosen.setter();
        Callback::from(move |contact: Contact| chosen.set(Some(contact)))
    };
    let text = preview.value.as_ref().map_or_else(String::new, |preview| {
        match (&props.below, preview.text.is_empty()) {
            (Some(below), false) => format!("{}\n{below}", preview.text),
            _ => preview.text.clone(),
        }
    });
    let missing = preview
        .value
        .as_ref()
        .map(|preview| preview.missing.clone())
        .unwrap_or_default();
    let has_problems = preview
        .value
        .as_ref()
        .is_some_and(|preview| !preview.problems.is_empty());
    let name = person.as_ref().map(|contact| contact.name.clone());
    html! {
        <section class="merge-preview" aria-label="Preview">
            <header><h3>{ "For" }</h3><PersonPicker chosen={person} {onchoose} /></header>
            if let Some(error) = &preview.error {
                <Strip kind={StripKind::Failure} text={error.message.clone()} />
            } else if has_problems {
                <p class="merge-empty">{ "The preview comes back when the marked places are mended." }</p>
            } else if text.is_empty() {
                <p class="merge-empty">{ "Here you see the text as it arrives." }</p>
            } else {
                <p class="merge-bubble selectable">{ &text }</p>
            }
            if !missing.is_empty() { <p class="merge-missing" role="status"><Glyph icon={Icon::Warning} small={true} /><span>{ lacking(name.as_deref(), &missing) }</span></p> }
            // Without a text there is nothing to count, and what is below stays where it is.
            if has_problems { <div class="text-cost" /> } else { <Counter {text} {onplain} /> }
        </section>
    }
}

/// Who lacks what, and how to write a default.
fn lacking(name: Option<&str>, missing: &[Variable]) -> String {
    let what: Vec<_> = missing.iter().map(|variable| variable.label()).collect();
    let default = missing
        .first()
        .map(|first| format!(" A default helps: {{{first}|…}}."))
        .unwrap_or_default();
    let list = crate::format::listed(&what);
    match name {
        Some(name) => format!("Nothing is known of {name} for: {list}.{default}"),
        None => format!("Nobody is chosen, so there is nothing for: {list}.{default}"),
    }
}

/// A contact with a first name and a company, as far as there is one: those who are known by a number alone come first in
/// the order of names and show least.
fn somebody(contacts: &[Contact]) -> Option<Contact> {
    let names = |contact: &&Contact| !contact.first_name.is_empty();
    let whole = contacts.iter().find(|one| names(one) && one.company.is_some());
    whole
        .or_else(|| contacts.iter().find(names))
        .or_else(|| contacts.first())
        .cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named_with_the_way_to_give_a_default() {
        assert_eq!(
            lacking(Some("Maria"), &[Variable::Company, Variable::JobTitle]),
            "Nothing is known of Maria for: company and job title. A default helps: {company|…}."
        );
    }
}

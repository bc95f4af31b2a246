//! Step two: what they get, and from which of our numbers.

use super::plan::Plan;
use super::use_plan::Edits;
use crate::components::{Button, Choice, Strip, StripKind, Switch};
use crate::hooks::use_command;
use crate::pages::campaigns::use_changes::use_template_changes;
use crate::writing::{BodyField, MergePreview};
use domain::campaign::OPT_OUT_LINE;
use domain::ids::TemplateId;
use domain::ipc::templates::ListTemplates;
use domain::ipc::texting::ListSenders;
use domain::outgoing::Sender;
use domain::phone_number::E164;
use domain::template::MessageTemplate;
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html, use_effect_with};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub plan: Rc<Plan>,
    pub edits: Edits,
}

/// The step: the form at the left, what becomes of it at the right.
#[component]
pub(super) fn What(props: &Props) -> Html {
    let (plan, edits) = (&props.plan, &props.edits);
    let senders = use_command(Some(ListSenders {}));
    let templates = use_command(Some(ListTemplates {}));
    use_template_changes(&templates.reload);
    use_effect_with(senders.value.clone(), {
        let (edits, is_chosen) = (edits.clone(), plan.from.is_some());
        move |senders| {
            let first = senders
                .as_ref()
                .and_then(|senders| senders.iter().find(|one| one.number.e164.is_some()).cloned());
            if !is_chosen && first.is_some() {
                edits.edit(move |plan| plan.from = first);
            }
        }
    });
    let choose_sender = {
        let (edits, senders) = (edits.clone(), senders.value.clone());
        Callback::from(move |number: Option<E164>| {
            let sender = senders
                .as_ref()
                .and_then(|all| all.iter().find(|one| one.number.e164 == number).cloned());
            edits.edit(move |plan| plan.from = sender);
        })
    };
    let from = plan.from.as_ref().and_then(|sender| sender.number.e164.clone());
    let write = {
        let edits = edits.clone();
        Callback::from(move |body: String| edits.edit(move |plan| plan.body = body))
    };
    let choose = {
        let (edits, templates) = (edits.clone(), templates.value.clone());
        Callback::from(move |id: Option<TemplateId>| {
            let template = templates
                .as_ref()
                .and_then(|all| all.iter().find(|template| Some(template.id) == id).cloned());
            edits.edit(move |plan| take_over(plan, template));
        })
    };
    let set_line = {
        let edits = edits.clone();
        Callback::from(move |adds: bool| edits.edit(move |plan| plan.adds_opt_out_line = adds))
    };
    let none = senders.value.as_ref().is_some_and(|senders| senders.is_empty());
    let below = plan.adds_opt_out_line.then_some(AttrValue::Static(OPT_OUT_LINE));
    html! {
        <div class="what">
            <h2 tabindex="-1">{ "What do they get?" }</h2>
            if let Some(error) = senders.error.as_ref().or(templates.error.as_ref()) {
                <Strip kind={StripKind::Failure} text={error.message.clone()}>
                    <Button label="Try again" small={true} onpress={{
                        let (senders, templates) = (senders.reload.clone(), templates.reload.clone());
                        Callback::from(move |()| { senders.emit(()); templates.emit(()); })
                    }} />
                </Strip>
            }
            if none {
                <Strip text="None of your numbers may send texts. An administrator can turn that on at RingCentral." />
            }
            <div class="what-form">
                <div class="what-pair">
                    <Choice<Option<E164>> label="From" options={from_options(senders.value.as_deref())} value={from} onchange={choose_sender} />
                    <Choice<Option<TemplateId>> label="Template" options={template_options(templates.value.as_deref())} value={plan.template} onchange={choose} />
                </div>
                <BodyField label="Text" value={plan.body.clone()} oninput={write.clone()} placeholder="Hi {first_name|there}, …" />
                <Switch label="Say how to opt out" is_on={plan.adds_opt_out_line} onchange={set_line}
                    hint={format!("Adds “{OPT_OUT_LINE}” on a line of its own.")} />
            </div>
            <MergePreview body={plan.body.clone()} {below} person={plan.people.first().cloned()} onplain={write} />
        </div>
    }
}

/// The text of a template in place of what stands there; without one the text stays and is free.
fn take_over(plan: &mut Plan, template: Option<MessageTemplate>) {
    plan.template = template.as_ref().map(|template| template.id);
    if let Some(template) = template {
        if plan.name.trim().is_empty() {
            plan.name.clone_from(&template.name);
        }
        plan.body = template.body;
    }
}

fn from_options(senders: Option<&Vec<Sender>>) -> Vec<(Option<E164>, AttrValue)> {
    let Some(senders) = senders.filter(|senders| !senders.is_empty()) else {
        return vec![(None, "None yet".into())];
    };
    senders
        .iter()
        .map(|sender| {
            let words = format!("{} · {}", sender.number.formatted, sender.name);
            (sender.number.e164.clone(), words.into())
        })
        .collect()
}

fn template_options(templates: Option<&Vec<MessageTemplate>>) -> Vec<(Option<TemplateId>, AttrValue)> {
    let mut options = vec![(None, "Free text".into())];
    options.extend(
        templates
            .into_iter()
            .flatten()
            .map(|template| (Some(template.id), template.name.clone().into())),
    );
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template() -> MessageTemplate {
        MessageTemplate {
            id: TemplateId(7),
            name: "Yard closed".to_owned(),
            body: "The yard is closed.".to_owned(),
            category: None,
            variables: Vec::new(),
            created_by: None,
            created_at: jiff::Timestamp::UNIX_EPOCH,
            updated_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_template_brings_its_text_and_names_a_campaign_that_has_no_name() {
        let mut plan = Plan::default();
        take_over(&mut plan, Some(template()));
        assert_eq!(
            (plan.body.as_str(), plan.name.as_str()),
            ("The yard is closed.", "Yard closed")
        );
        plan.name = "Friday".to_owned();
        take_over(&mut plan, Some(template()));
        assert_eq!(plan.name, "Friday");
    }

    #[test]
    fn turning_to_free_text_keeps_what_is_written() {
        let mut plan = Plan::default();
        take_over(&mut plan, Some(template()));
        take_over(&mut plan, None);
        assert_eq!((plan.template, plan.body.as_str()), (None, "The yard is closed."));
    }
}

//! The fax as it is being made ready: whom and what at the left, the pages at the right, what it comes to below.

use super::begun_before::BegunBefore;
use super::change::Change;
use super::cover::CoverFields;
use super::fax_recipients::FaxRecipients;
use super::files::Files;
use super::findings::Findings;
use super::footer::Footer;
use super::readiness::{self, Known};
use super::sheets::Sheets;
use super::timing::Timing;
use super::use_check::use_check;
use super::use_draft::use_draft;
use super::use_removal::use_removal;
use crate::components::{Dialog, Strip, StripKind, use_toasts};
use crate::fax::use_fax_actions;
use crate::hooks::{use_command, use_core_event, use_now};
use domain::event::CoreEvent;
use domain::fax::{CoverSheet, FaxDraft};
use domain::ipc::fax::GetFaxOptions;
use yew::{Callback, Html, KeyboardEvent, Properties, component, html, use_effect_with};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: FaxDraft,
    /// It was begun just now.
    pub is_new: bool,
    /// The files that were just dropped come into it.
    pub takes_dropped: bool,
    pub onclose: Callback<()>,
}

/// The dialog.
#[component]
pub(super) fn Form(props: &Props) -> Html {
    let now = use_now();
    let (toasts, actions) = (use_toasts(), use_fax_actions());
    let onsent = {
        let (actions, onclose) = (actions.clone(), props.onclose.clone());
        Callback::from(move |(draft, written): (FaxDraft, _)| {
            onclose.emit(());
            actions.offer_undo(&written, &readiness::people(&draft), draft.send_at);
        })
    };
    let handle = use_draft(&props.draft, props.is_new, onsent);
    let shown = &handle.shown;
    let draft = shown.draft.clone();
    let options = use_command(Some(GetFaxOptions {})).value;
    let checked = use_check(draft.id, shown.revision);
    let change = handle.change.clone();
    use_effect_with((), {
        let (change, takes_dropped) = (change.clone(), props.takes_dropped);
        move |()| {
            if takes_dropped {
                change.emit(Change::AddDropped);
            }
        }
    });
    use_core_event({
        let change = change.clone();
        move |event| {
            if matches!(event, CoreEvent::FilesDropped) {
                change.emit(Change::AddDropped);
            }
        }
    });
    let removal = use_removal(&draft, change.clone());
    let known = Known {
        options: options.as_deref(),
        check: checked.check.as_deref(),
        is_adding: shown.is_adding,
    };
    let obstacle = readiness::obstacle(&draft, known, &now);
    let send = {
        let (send, settle) = (handle.send.clone(), removal.settle.clone());
        let is_possible = obstacle.is_none() && !shown.is_sending;
        Callback::from(move |()| {
            // The moment may have come since this was drawn; the core refuses then.
            if is_possible {
                settle.emit(());
                send.emit(());
            }
        })
    };
    let close = {
        let (settle, onclose, toasts) = (removal.settle.clone(), props.onclose.clone(), toasts.clone());
        let is_kept = !props.is_new || *draft != props.draft;
        Callback::from(move |()| {
            settle.emit(());
            onclose.emit(());
            if is_kept {
                toasts.say("Kept as a draft: “New fax” shows it again");
            }
        })
    };
    let discard = {
        let (let_go, onclose, draft) = (handle.let_go.clone(), props.onclose.clone(), draft.clone());
        let actions = actions.clone();
        Callback::from(move |()| {
            let_go.emit(());
            onclose.emit(());
            actions.discard_draft((*draft).clone());
        })
    };
    let go_on = {
        let actions = actions.clone();
        Callback::from(move |draft: FaxDraft| actions.reopen(draft))
    };
    let onkeydown = {
        let (send, put_back) = (send.clone(), removal.put_back.clone());
        Callback::from(move |event: KeyboardEvent| {
            let has_control = event.ctrl_key() || event.meta_key();
            match event.key().as_str() {
                "Enter" if has_control => send.emit(()),
                "z" if has_control && !is_in_field(&event) => put_back.emit(()),
                _ => return,
            }
            event.prevent_default();
        })
    };
    let files = removal.files(&draft);
    let is_empty = files.is_empty() && draft.cover.sheet == CoverSheet::None && !shown.is_adding;
    let choose = change.reform(|()| Change::ChooseFiles);
    html! {
        <Dialog title={if draft.send_at.is_some() { "New fax, to be sent later" } else { "New fax" }} large={true} keeps={true} onclose={close}
            footer={html! {
                <Footer draft={draft.clone()} checked={checked.clone()} {obstacle} is_sending={shown.is_sending} is_worth_discarding={*draft != props.draft || !props.is_new}
                    onsend={send} ondiscard={discard} />
            }}>
            <div class="fax-form" {onkeydown}>
                <div class="fax-side">
                    <FaxRecipients draft={draft.clone()} onchange={change.reform(Change::Recipients)} />
                    <Files {files} is_adding={shown.is_adding} onadd={choose.clone()} onremove={removal.take_file.clone()} />
                    <CoverFields draft={draft.clone()} sheets={options.as_ref().map(|options| options.cover_sheets.clone()).unwrap_or_default()}
                        onchange={change.reform(Change::Cover)} />
                    <Timing draft={draft.clone()} onchange={change.reform(|(resolution, send_at)| Change::Sending { resolution, send_at })} />
                </div>
                <div class="fax-main">
                    if let Some(fault) = &shown.fault { <Strip kind={StripKind::Failure} text={fault.clone()} /> }
                    <Findings check={checked.check.clone()} error={checked.error.clone()} />
                    if is_empty {
                        <BegunBefore not={draft.id} onadd={choose} onchoose={go_on} />
                    } else {
                        <Sheets draft={draft.clone()} revision={shown.revision} hints={checked.check.as_ref().map(|check| check.hints.clone()).unwrap_or_default()}
                            is_locked={shown.is_adding || shown.is_sending} removed={removal.words.clone()} onchange={change.reform(Change::Pages)} onremove={removal.take_page.clone()} onputback={removal.put_back.clone()} />
                    }
                </div>
            </div>
        </Dialog>
    }
}

/// What is typed has an undo of its own.
fn is_in_field(event: &KeyboardEvent) -> bool {
    use yew::TargetCast as _;
    let element = event.target_dyn_into::<web_sys::Element>();
    element.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA"))
}

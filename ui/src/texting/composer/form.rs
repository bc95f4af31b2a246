//! The form: what holds texts up, the files, the field, and below it number, length and the button that sends.

use super::attach_button::AttachButton;
use super::attached::Attached;
use super::consent::ConsentMenu;
use super::counter::Counter;
use super::held_up;
use super::senders::{self, SenderChoice};
use super::sending::{self, Outbound, use_sending};
use super::templates::{use_insertion, use_templates};
use super::use_draft::use_draft;
use super::use_files::use_files;
use super::writing::{self, Writing};
use crate::clock;
use crate::components::{Button, ButtonKind};
use crate::format::names;
use crate::hooks::use_now;
use crate::texting::{recipients, use_text_actions};
use domain::ipc::texting::Written;
use domain::outgoing::Composer;
use domain::phone_number::E164;
use std::rc::Rc;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref, use_state_eq};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub composer: Rc<Composer>,
    /// The recipients are those that are shown; nothing is sent while they change.
    pub is_current: bool,
    pub reload: Callback<()>,
    pub onleave: Option<Callback<()>>,
    pub carries: bool,
    pub words: Option<String>,
    pub onsent: Callback<Written>,
    pub onback: Callback<()>,
}

/// The form.
#[component]
pub(super) fn Form(props: &Props) -> Html {
    let composer = &props.composer;
    let now = use_now();
    let actions = use_text_actions();
    let draft = use_draft(composer, props.carries);
    let error = use_state_eq(|| None::<String>);
    // Where the caret goes once the text that it stands in is there.
    let caret = use_state_eq(|| None::<usize>);
    let field = use_node_ref();
    let fail = {
        let error = error.setter();
        Callback::from(move |words: Option<String>| error.set(words))
    };
    let place = {
        let caret = caret.setter();
        Callback::from(move |at| caret.set(Some(at)))
    };
    let files = use_files(&draft, &composer.thread, fail.clone(), props.reload.clone());
    let templates = use_templates();
    let insertion = use_insertion(&draft, composer, fail.clone(), place);
    let (text, pictures) = (draft.now().text, draft.pictures());
    let sender = senders::used(composer, draft.now().from.as_ref());
    let obstacle = sending::obstacle(&Outbound {
        text: &text,
        pictures: &pictures,
        sender,
        recipients: composer.to.len(),
        is_busy: files.is_busy,
        holes: &insertion.holes,
    });
    let onsent = {
        let (actions, composer) = (actions.clone(), composer.clone());
        let (onsent, onback) = (props.onsent.clone(), props.onback.clone());
        Callback::from(move |written: Written| {
            actions.offer_undo(&written, &composer.to, onback.clone());
            onsent.emit(written);
        })
    };
    let is_possible = obstacle.is_none() && props.is_current;
    let send = use_sending(
        &draft,
        composer,
        is_possible,
        fail.clone(),
        props.reload.clone(),
        onsent,
    );
    // What a text begins with is there like something typed, and goes along when the recipients change.
    use_effect_with((), {
        let (draft, words) = (draft.clone(), props.words.clone());
        move |()| {
            if let Some(words) = words {
                draft.begin_with(&words);
            }
        }
    });
    // Whoever takes a text back goes on writing.
    use_effect_with(draft.round, {
        let field = field.clone();
        move |round| {
            if *round > 0 {
                writing::focus(&field, None);
            }
        }
    });
    use_effect_with(*caret, {
        let (field, caret) = (field.clone(), caret.setter());
        move |at: &Option<usize>| {
            if at.is_some() {
                writing::focus(&field, *at);
                caret.set(None);
            }
        }
    });
    let edit = |clears: bool| {
        let (draft, fail) = (draft.clone(), fail.clone());
        Callback::from(move |text: String| {
            if clears {
                fail.emit(None);
            }
            draft.write(text);
        })
    };
    let onundo = sending::newest_to_take_back(&composer.outgoing, clock::now().at).map(|(id, to)| {
        let actions = actions.clone();
        Callback::from(move |()| actions.take_back(id, &to, Callback::noop()))
    });
    let onblur = {
        let draft = draft.clone();
        Callback::from(move |()| draft.keep_now())
    };
    let onchoose = {
        let draft = draft.clone();
        Callback::from(move |from: E164| draft.choose_sender(from))
    };
    let label = format!("Text {}", names::all(&composer.to));
    let used = sender.and_then(|sender| sender.number.e164.clone());
    // What is still empty explains itself.
    let said = obstacle
        .clone()
        .filter(|_| !text.trim().is_empty() || !pictures.is_empty());
    html! {
        <>
            if let Some(held_up) = &composer.held_up { <p class="composer-note is-warning" role="status">{ held_up::sentence(held_up, &now) }</p> }
            if let Some(words) = error.as_ref().or(said.as_ref().filter(|_| !files.is_busy)) { <p class="composer-note is-bad" role="alert">{ words }</p> }
            <div class="composer-box" data-to={recipients(&composer.to).join(" ")}>
                <Attached pictures={pictures.clone()} is_busy={files.is_busy} onremove={files.remove.clone()} />
                <Writing {text} {label} {templates} node={field} oninput={edit(true)} ontemplate={insertion.insert.clone()}
                    onfiles={files.add.clone()} onsend={send.clone()} {onundo} onleave={props.onleave.clone()} {onblur} />
                <div class="composer-tools">
                    <AttachButton onfiles={files.add.clone()} />
                    <ConsentMenu composer={composer.clone()} sender={sender.cloned()} />
                    <SenderChoice senders={composer.senders.clone()} {used} {onchoose} />
                    <Counter text={draft.now().text} has_pictures={!pictures.is_empty()} onreplace={edit(false)} />
                    <Button label="Send" kind={ButtonKind::Primary} small={true} disabled={!is_possible}
                        hint={obstacle.unwrap_or_else(|| "Ctrl+Enter".to_owned())} onpress={send} />
                </div>
            </div>
        </>
    }
}

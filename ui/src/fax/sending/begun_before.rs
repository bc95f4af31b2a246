//! A fax without pages yet: where they can come from, and faxes that were begun before.

use super::readiness;
use crate::components::{Button, ButtonKind, Glyph, Icon};
use crate::fax::actions::is_leaving;
use crate::hooks::use_command;
use crate::ipc;
use domain::fax::FaxDraft;
use domain::ids::FaxDraftId;
use domain::ipc::fax::{DiscardFaxDraft, ListFaxDrafts};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::{Callback, Html, Properties, component, html, use_effect_with, use_force_update, use_mut_ref};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    /// The one that is open.
    pub not: FaxDraftId,
    pub onadd: Callback<()>,
    pub onchoose: Callback<FaxDraft>,
}

/// The place in the middle.
#[component]
pub(super) fn BegunBefore(props: &Props) -> Html {
    let drafts = use_command(Some(ListFaxDrafts {})).value;
    let redraw = use_force_update();
    // Thrown away when the list goes: until then it can be taken back.
    let crossed_out: Rc<RefCell<BTreeSet<i64>>> = use_mut_ref(BTreeSet::new);
    use_effect_with((), {
        let crossed_out = crossed_out.clone();
        move |()| {
            move || {
                for id in crossed_out.take() {
                    spawn_local(async move {
                        let draft = FaxDraftId(id);
                        // Should it fail, it is in the list again next time.
                        let _ = ipc::call(DiscardFaxDraft { draft }).await;
                    });
                }
            }
        }
    });
    let others: Vec<&FaxDraft> = drafts
        .iter()
        .flat_map(|drafts| drafts.iter())
        .filter(|draft| draft.id != props.not && !is_leaving(draft.id))
        .collect();
    let line = |draft: &FaxDraft| {
        let id = draft.id.0;
        let is_out = crossed_out.borrow().contains(&id);
        let choose = {
            let (onchoose, draft) = (props.onchoose.clone(), draft.clone());
            Callback::from(move |()| onchoose.emit(draft.clone()))
        };
        let cross = {
            let (crossed_out, redraw) = (crossed_out.clone(), redraw.clone());
            Callback::from(move |()| {
                let mut ids = crossed_out.borrow_mut();
                if !ids.remove(&id) {
                    ids.insert(id);
                }
                redraw.force_update();
            })
        };
        html! {
            <li key={id} class={is_out.then_some("is-out")}>
                <span class="fax-begun-words">{ readiness::begun(draft) }</span>
                if is_out {
                    <Button label="Undo" small={true} onpress={cross} />
                } else {
                    <Button label="Go on" small={true} onpress={choose} />
                    <Button label="Throw away" icon={Icon::Trash} kind={ButtonKind::Quiet} small={true} icon_only={true} onpress={cross} />
                }
            </li>
        }
    };
    html! {
        <div class="fax-empty">
            <div class="fax-drop-here">
                <Glyph icon={Icon::Fax} />
                <h3>{ "Drop files anywhere on the window" }</h3>
                <p>{ "PDF, TIFF, pictures and text are shown page by page. Office documents are converted by RingCentral." }</p>
                <Button label="Add files…" icon={Icon::Plus} onpress={props.onadd.clone()} />
            </div>
            if !others.is_empty() {
                <section class="fax-begun" aria-label="Faxes you began">
                    <h3>{ "Or go on with one you began" }</h3>
                    <ul>{ for others.into_iter().map(line) }</ul>
                </section>
            }
        </div>
    }
}

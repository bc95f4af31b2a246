//! The viewer: a fax over the whole window, with all of its pages one below the other.
//!
//! Pages are drawn by the core and fetched as pictures when they come near; it knows nothing of PDF or TIFF.

mod acting;
mod bar;
mod find_bar;
mod keys;
mod layout;
mod liking;
mod overlay;
mod page;
mod page_field;
mod pictures;
mod printing;
mod queue;
mod save_menu;
mod search;
mod sheet;
mod standing;
mod thumbnails;
mod tiles;
mod turning;
mod use_find;
mod use_shown;
mod use_stage;
mod words;
mod words_note;
mod zoom;
mod zoom_menu;

pub(crate) use turning::class as turned;

use super::desk::FaxDesk;
use super::use_fax::OpenedFax;
use super::words as fax_words;
use crate::browser;
use crate::components::{Button, Strip, StripKind, use_toasts};
use crate::format::counted;
use crate::format::dates::Now;
use crate::format::kept_words::kept_words;
use crate::hooks::{use_settled, use_stable};
use acting::{begin, moved, turn};
use bar::Bar;
use domain::communication::{Communication, Direction};
use domain::fax::FaxTextState;
use find_bar::FindBar;
use keys::{Act, use_keys};
use layout::Size;
use overlay::Overlay;
use pictures::PictureDesk;
use printing::{PrintNote, Progress, Sheets, use_printing};
use sheet::Sheet;
use standing::Standing;
use std::rc::Rc;
use thumbnails::Thumbnails;
use use_find::{use_find, use_reveal};
use use_shown::{Shown, use_shown};
use use_stage::use_stage;
use words_note::WordsNote;
use yew::{
    Callback, ContextProvider, Html, Properties, component, html, use_context, use_effect_with, use_memo,
};

/// Where the keyboard focus belongs.
const STAGE: &str = "[data-viewer-stage]";
const ZOOM_SETTLES_MS: u32 = 600;

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub item: Communication,
    pub fax: OpenedFax,
    pub now: Rc<Now>,
    pub onclose: Callback<()>,
}

/// The viewer, open as long as it is part of the page.
#[component]
pub(crate) fn FaxViewer(props: &Props) -> Html {
    let Props { item, fax, .. } = props;
    let pages = fax.pages.clone();
    let pictures = use_memo((), |()| PictureDesk::default());
    let sizes = use_memo(pages.clone(), |pages| -> Rc<[Size]> {
        pages.iter().map(turning::size).collect()
    });
    let stage = use_stage((*sizes).clone(), liking::remembered_zoom);
    let zoom = use_settled(stage.zoom, ZOOM_SETTLES_MS);
    use_effect_with(zoom, |zoom| liking::remember_zoom(*zoom));
    let shown = use_shown();
    let toasts = use_toasts();
    let printing = use_printing(pages.clone(), toasts);
    let view = fax.answer.value.clone();
    let text = view
        .as_ref()
        .map_or(FaxTextState::NotRead, |view| view.text.clone());
    let near = stage.layout.near(stage.view, 0.0);
    let find = use_find(pages.clone(), text.clone(), near, stage.current);
    use_reveal(&stage, &find, pages.clone());
    let leave_find = {
        let open = find.open.clone();
        use_stable(move |()| {
            open.emit(false);
            browser::focus_first(STAGE);
        })
    };

    let desk = use_context::<FaxDesk>();
    let act = {
        let (stage, shown, find, fax) = (stage.clone(), shown.clone(), find.clone(), fax.clone());
        let (begin_print, onclose, id) = (printing.begin.clone(), props.onclose.clone(), item.id);
        let leave_find = leave_find.clone();
        use_stable(move |act: Act| match act {
            Act::Leave if browser::is_full_screen() => browser::set_full_screen(false),
            Act::Leave if find.is_open => leave_find.emit(()),
            Act::Leave | Act::Close => onclose.emit(()),
            Act::Find => {
                find.open.emit(true);
                browser::focus_first(".viewer-find input");
            }
            Act::ToggleFind => find.open.emit(!find.is_open),
            Act::NextHit => find.step.emit(true),
            Act::PreviousHit => find.step.emit(false),
            Act::Print => begin_print.emit(()),
            Act::TurnLeft => turn(&fax, stage.current..stage.current + 1, -1),
            Act::TurnRight => turn(&fax, stage.current..stage.current + 1, 1),
            Act::TurnAll(by) => turn(&fax, 0..fax.pages.len(), by),
            Act::Reply => begin(desk.as_ref(), Some(id), None),
            Act::SendOn => begin(desk.as_ref(), None, Some(id)),
            Act::Invert => shown.invert.emit(()),
            Act::Thumbnails => shown.thumbnails.emit(()),
            Act::FullScreen => browser::set_full_screen(!browser::is_full_screen()),
            _ => moved(&stage, act),
        })
    };
    use_keys({
        let act = act.clone();
        move |pressed| act.emit(pressed)
    });
    let Shown {
        is_inverted,
        has_thumbnails,
        is_full_screen,
        ..
    } = shown;
    let is_reading = matches!(text, FaxTextState::Reading { .. });
    let title = fax_words::title(item);
    let label = format!("{title}, {}", counted(pages.len() as u64, "page", "pages"));
    let reload = fax.answer.reload.clone();
    let beside = html! { <Sheets printing={printing.clone()} /> };
    html! {
        <Overlay {label} {beside}>
            <ContextProvider<PictureDesk> context={(*pictures).clone()}>
                <Bar item={item.id} {title} about={about(props)} current={stage.current} page_count={pages.len()} percent={stage.percent()}
                    zoom={stage.zoom} zoom_to={stage.zoom_to.clone()} go_to={stage.go_to.clone()} shows_thumbnails={has_thumbnails} {is_inverted}
                    {is_full_screen} is_finding={find.is_open} is_printing={matches!(printing.progress, Progress::Fetching { .. })}
                    can_reply={item.direction == Direction::Inbound && item.party.number.is_some()} {act} />
                if find.is_open {
                    <FindBar item={item.id} find={find.clone()} {text} page_count={pages.len()} onleave={leave_find} reload={reload.clone()} />
                } else if is_reading {
                    <div class="viewer-note"><WordsNote item={item.id} {text} {reload} /></div>
                }
                <PrintNote {printing} page_count={pages.len()} />
                if !pages.is_empty() {
                    if let Some(error) = &fax.answer.error {
                        <Strip kind={StripKind::Failure} text={error.message.clone()}>
                            <Button label="Try again" small={true} onpress={fax.answer.reload.clone()} />
                        </Strip>
                    }
                    { for view.iter().flat_map(|view| &view.faults).map(|fault| html! {
                        <Strip kind={StripKind::Warning} text={fault.clone()} />
                    }) }
                }
                <div class="viewer-body">
                    if has_thumbnails && pages.len() > 1 {
                        <Thumbnails pages={pages.clone()} current={stage.current} go_to={stage.go_to.clone()} {is_inverted} />
                    }
                    <Sheet {stage} {pages} book={find.book.clone()} hits={if find.is_open { find.hits.clone() } else { Rc::default() }}
                        hit={find.at.filter(|_| find.is_open)} {is_inverted} />
                    <Standing fax={fax.clone()} />
                </div>
            </ContextProvider<PictureDesk>>
        </Overlay>
    }
}

/// When it came, and how long it still exists.
fn about(props: &Props) -> String {
    let kept = props.fax.answer.value.as_ref();
    let kept = kept.and_then(|view| kept_words(view.kept, &props.now));
    let when = props.now.list_time(props.item.occurred_at);
    [Some(when), kept.map(|kept| kept.words)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" · ")
}

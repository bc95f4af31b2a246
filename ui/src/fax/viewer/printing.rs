//! Printing: all pages are fetched as sharp as a fax is, put where only the printer sees them, and handed to the system.

use super::turning;
use crate::browser::{self, ObjectUrl};
use crate::components::{Button, Toasts};
use crate::ipc;
use domain::fax::ViewedPage;
use domain::ipc::inbox::ReadFaxPage;
use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use web_sys::Window;
use yew::{
    Callback, Html, Properties, classes, component, hook, html, use_effect_with, use_force_update, use_memo,
    use_mut_ref, use_state_eq,
};

const DOTS_PER_INCH: f64 = 200.0;
/// A plan is printed on paper that a letter fits on, so more dots of it would be lost.
const MOST_DOTS: f64 = 8_000_000.0;
/// The window stands still while the system asks how to print. Until then it shows that the pages are ready.
const PAINT_MS: u32 = 60;
/// In WebKitGTK no event tells that somebody put the dialog away. What has not begun by then is not printed any more.
const GIVES_UP_MS: u32 = 60_000;

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Progress {
    Idle,
    Fetching { done: usize },
    Ready(Rc<[Sheet]>),
}

/// A page for the printer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    url: ObjectUrl,
    /// Always upright on the paper, as that is higher than wide.
    quarter_turns: u8,
}

/// Printing, and how it is begun and stopped.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Printing {
    pub(super) progress: Progress,
    pub(super) begin: Callback<()>,
    pub(super) cancel: Callback<()>,
    done: Callback<()>,
}

#[hook]
pub(super) fn use_printing(pages: Rc<[ViewedPage]>, toasts: Toasts) -> Printing {
    let progress = use_state_eq(|| Progress::Idle);
    // What is under way stops when this says so; each print has its own.
    let stopped = use_mut_ref(|| Rc::new(Cell::new(false)));
    {
        let stopped = stopped.clone();
        use_effect_with((), move |()| move || stopped.borrow().set(true));
    }
    let begin = {
        let (progress, stopped) = (progress.clone(), stopped.clone());
        Callback::from(move |()| {
            if matches!(*progress, Progress::Fetching { .. }) || pages.is_empty() {
                return;
            }
            let is_stopped = Rc::new(Cell::new(false));
            stopped.replace(is_stopped.clone());
            let (pages, progress, toasts) = (pages.clone(), progress.setter(), toasts.clone());
            progress.set(Progress::Fetching { done: 0 });
            spawn_local(async move {
                let mut sheets = Vec::with_capacity(pages.len());
                for (at, page) in pages.iter().enumerate() {
                    let sheet = fetch(page).await;
                    if is_stopped.get() {
                        return;
                    }
                    match sheet {
                        Ok(sheet) => sheets.push(sheet),
                        Err(why) => {
                            toasts.fail(format!(
                                "Nothing was printed: page {} cannot be had. {why}",
                                at + 1
                            ));
                            progress.set(Progress::Idle);
                            return;
                        }
                    }
                    progress.set(Progress::Fetching { done: at + 1 });
                }
                progress.set(Progress::Ready(sheets.into()));
            });
        })
    };
    let cancel = {
        let progress = progress.setter();
        Callback::from(move |()| {
            stopped.borrow().set(true);
            progress.set(Progress::Idle);
        })
    };
    let done = {
        let progress = progress.setter();
        Callback::from(move |()| progress.set(Progress::Idle))
    };
    Printing {
        progress: (*progress).clone(),
        begin,
        cancel,
        done,
    }
}

async fn fetch(page: &ViewedPage) -> Result<Sheet, String> {
    let request = ReadFaxPage {
        id: page.attachment,
        index: page.index,
        width_px: width_px(page),
    };
    let bytes = ipc::read(request).await.map_err(|error| error.message)?;
    let url = ObjectUrl::new(&bytes, "image/png").ok_or("There is not enough memory.")?;
    Ok(Sheet {
        url,
        quarter_turns: upright(page),
    })
}

fn width_px(page: &ViewedPage) -> u32 {
    let paper = turning::paper(page);
    let (width, height) = (
        paper.width / 72.0 * DOTS_PER_INCH,
        paper.height / 72.0 * DOTS_PER_INCH,
    );
    let shrunk = (MOST_DOTS / (width * height)).sqrt().min(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let dots = (width * shrunk).floor() as u32;
    dots.max(1)
}

fn upright(page: &ViewedPage) -> u8 {
    let (paper, shown) = (turning::paper(page), turning::size(page));
    if shown.width <= shown.height {
        page.quarter_turns
    } else if paper.width > paper.height {
        turning::after(page.quarter_turns, 1)
    } else {
        // The sheet that it came on stood upright. Turned on instead of back, it would come out upside down.
        0
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct SheetsProps {
    pub printing: Printing,
}

/// What the printer sees. It prints once every picture is there, and goes away when that is done.
#[component]
pub(super) fn Sheets(props: &SheetsProps) -> Html {
    let sheets = match &props.printing.progress {
        Progress::Ready(sheets) => Some(sheets.clone()),
        Progress::Idle | Progress::Fetching { .. } => None,
    };
    // Counted from nothing for each print, before the first picture can be there.
    let loaded = use_memo(sheets.clone(), |_| Cell::new(0_usize));
    let look_again = use_force_update();
    let is_complete = sheets
        .as_ref()
        .is_some_and(|sheets| !sheets.is_empty() && loaded.get() >= sheets.len());
    use_effect_with(is_complete, {
        let done = props.printing.done.clone();
        move |is_complete| {
            let under_way = browser::window()
                .filter(|_| *is_complete)
                .map(|window| print(&window, done));
            move || drop(under_way)
        }
    });
    let Some(sheets) = sheets else {
        return Html::default();
    };
    let onload = Callback::from(move |_| {
        loaded.set(loaded.get() + 1);
        look_again.force_update();
    });
    html! {
        <div class="viewer-print" aria-hidden="true">
            { for sheets.iter().enumerate().map(|(index, sheet)| html! {
                <div key={index} class={classes!("viewer-print-page", turning::class(sheet.quarter_turns))}>
                    <img src={sheet.url.address()} alt="" onload={onload.clone()} onerror={onload.clone()} />
                </div>
            }) }
        </div>
    }
}

/// Hands the sheets to the system, and calls `done` when they are not needed any more. Nothing of that once the reply is dropped.
fn print(window: &Window, done: Callback<()>) -> impl Sized + use<> {
    let has_begun = Rc::new(Cell::new(false));
    let begun = EventListener::new(window, "beforeprint", {
        let has_begun = has_begun.clone();
        move |_| has_begun.set(true)
    });
    let ended = EventListener::new(window, "afterprint", {
        let done = done.clone();
        move |_| done.emit(())
    });
    let giving_up = Rc::new(Cell::new(None));
    let asking = Timeout::new(PAINT_MS, {
        let giving_up = giving_up.clone();
        move || {
            browser::print();
            giving_up.set(Some(Timeout::new(GIVES_UP_MS, move || {
                if !has_begun.get() {
                    done.emit(());
                }
            })));
        }
    });
    (begun, ended, asking, giving_up)
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct NoteProps {
    pub printing: Printing,
    pub page_count: usize,
}

/// How far the pages are on their way to the printer.
#[component]
pub(super) fn PrintNote(props: &NoteProps) -> Html {
    let Progress::Fetching { done } = &props.printing.progress else {
        return Html::default();
    };
    let count = props.page_count;
    html! {
        <div class="viewer-note" role="status">
            <p>{ format!("Getting the pages ready to print: {done} of {count}") }</p>
            <progress max={count.to_string()} value={done.to_string()} aria-label="Pages that are ready" />
            <Button label="Cancel" small={true} onpress={props.printing.cancel.clone()} />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attachment::FaxPage;
    use domain::ids::AttachmentId;

    fn page(width: u32, height: u32, quarter_turns: u8) -> ViewedPage {
        ViewedPage {
            attachment: AttachmentId(1),
            index: 0,
            size: FaxPage { width, height },
            quarter_turns,
        }
    }

    #[test]
    fn a_letter_is_printed_as_sharp_as_a_fax_and_a_plan_within_measure() {
        assert_eq!(width_px(&page(612, 792, 0)), 1_700);
        let plan = f64::from(width_px(&page(3_168, 2_448, 0)));
        assert!(plan * plan * 2_448.0 / 3_168.0 <= MOST_DOTS);
    }

    #[test]
    fn lying_pages_are_printed_upright() {
        assert_eq!(upright(&page(612, 792, 0)), 0);
        assert_eq!(upright(&page(3_168, 2_448, 0)), 1);
        assert_eq!(upright(&page(612, 792, 2)), 2);
        assert_eq!(upright(&page(3_168, 2_448, 3)), 3);
    }

    #[test]
    fn a_letter_that_was_turned_on_its_side_is_printed_as_it_came_and_not_upside_down() {
        for quarters in [1, 3] {
            assert_eq!(upright(&page(612, 792, quarters)), 0);
        }
    }
}

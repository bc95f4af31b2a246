//! What the viewer does when it is asked to: going elsewhere, turning, handing the fax on.

use super::keys::Act;
use super::layout::Zoom;
use super::use_stage::Stage;
use super::{turning, zoom};
use crate::fax::desk::FaxDesk;
use crate::fax::use_fax::OpenedFax;
use domain::ids::CommunicationId;
use domain::ipc::fax::NewFax;
use std::ops::Range;

/// The arrow keys move by so many pixels; a screen overlaps the next by as many, so that one finds the line again.
const STEP: f64 = 48.0;

/// Turns these pages by so many quarters to the right.
pub(super) fn turn(fax: &OpenedFax, pages: Range<usize>, by: i8) {
    let turned = pages.filter_map(|index| {
        let page = fax.pages.get(index)?;
        Some((index, turning::after(page.quarter_turns, by)))
    });
    fax.turn.emit(turned.collect());
}

/// Begins a fax with the other side of this one, or with its pages.
pub(super) fn begin(
    desk: Option<&FaxDesk>,
    reply_to: Option<CommunicationId>,
    forward: Option<CommunicationId>,
) {
    if let Some(FaxDesk(begin)) = desk {
        begin.emit(NewFax {
            to: Vec::new(),
            reply_to,
            forward,
        });
    }
}

/// Going to another place, or another size.
pub(super) fn moved(stage: &Stage, act: Act) {
    let screen = (stage.view.height - STEP).max(STEP);
    let is_by_page = stage.zoom == Zoom::FitPage;
    let is_wide = stage.layout.size().width > stage.view.width;
    let (previous, next) = (stage.current.saturating_sub(1), stage.current + 1);
    match act {
        Act::ScreenUp if is_by_page => stage.go_to.emit(previous),
        Act::ScreenDown if is_by_page => stage.go_to.emit(next),
        Act::ScreenUp => stage.scroll_by.emit((0.0, -screen)),
        Act::ScreenDown => stage.scroll_by.emit((0.0, screen)),
        Act::FirstPage => stage.go_to.emit(0),
        Act::LastPage => stage.go_to.emit(usize::MAX),
        Act::Up => stage.scroll_by.emit((0.0, -STEP)),
        Act::Down => stage.scroll_by.emit((0.0, STEP)),
        Act::Left if is_wide => stage.scroll_by.emit((-STEP, 0.0)),
        Act::Right if is_wide => stage.scroll_by.emit((STEP, 0.0)),
        Act::Left => stage.go_to.emit(previous),
        Act::Right => stage.go_to.emit(next),
        Act::Larger => stage.zoom_to.emit(Zoom::Percent(zoom::larger(stage.percent()))),
        Act::Smaller => stage.zoom_to.emit(Zoom::Percent(zoom::smaller(stage.percent()))),
        Act::FitWidth => stage.zoom_to.emit(Zoom::FitWidth),
        Act::FitPage => stage.zoom_to.emit(Zoom::FitPage),
        _ => {}
    }
}

//! The window of the cards that say who is calling: small, always on top, never taking the keyboard focus.
//!
//! What the cards show, and when there are none, is the page's business (`card.html`): it reports the height of its content, and this
//! window takes that height, appears, or hides at zero. It decides nothing about calls.

use tauri::{
    AppHandle, LogicalSize, Manager as _, Monitor, PhysicalPosition, PhysicalSize, Runtime, WebviewWindow,
    window::Color,
};

use crate::windows;

/// Label of the window, in the capabilities.
pub(crate) const CARD: &str = "card";

/// Width of the window in logical pixels; the page lays itself out for it.
const WIDTH: u32 = 380;
/// Distance from the edges of the screen, in logical pixels: clear of a panel or taskbar of the usual height.
const MARGIN: f64 = 16.0;

/// Makes the window, hidden. It exists from the start, so that the first call of the day does not wait for a web view.
///
/// # Errors
/// When the desktop refuses another window; the app works without it.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = windows::own_page(app, CARD, "card.html")
        .title("Incoming call")
        .inner_size(f64::from(WIDTH), 200.0)
        .visible(false)
        .focused(false)
        .focusable(false)
        .decorations(false)
        // Resizable for the desktop's sake: GTK ignores a program's own wish for the size of a window that is not. Without
        // decorations there is no edge to drag.
        .resizable(true)
        .maximizable(false)
        .minimizable(false)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .accept_first_mouse(true)
        .build()?;
    windows::match_theme(
        &window,
        Color(0xff, 0xff, 0xff, 0xff),
        Color(0x24, 0x28, 0x2f, 0xff),
    )
}

/// Takes the height of the page's content and shows the window beside the pointer's screen corner; hides it at zero.
/// Only when somebody opened a form in a card may the window have the keyboard.
///
/// # Errors
/// When the desktop refuses.
pub(crate) fn fit<R: Runtime>(app: &AppHandle<R>, height_px: u32, accepts_typing: bool) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(CARD) else {
        return Ok(());
    };
    window.set_focusable(accepts_typing)?;
    if height_px == 0 {
        return window.hide();
    }
    if accepts_typing {
        window.set_focus()?;
    }
    window.set_size(LogicalSize::new(WIDTH, height_px))?;
    place(app, &window, height_px)?;
    if !window.is_visible()? {
        window.show()?;
        // A window manager may place a window anew when it appears.
        place(app, &window, height_px)?;
    }
    Ok(())
}

/// Puts the window into the lower right corner of the screen where the person's pointer is. Under Wayland the compositor decides itself.
fn place<R: Runtime>(app: &AppHandle<R>, window: &WebviewWindow<R>, height_px: u32) -> tauri::Result<()> {
    let pointer = app.cursor_position()?;
    let under_pointer = app.monitor_from_point(pointer.x, pointer.y)?;
    let Some(monitor) = under_pointer.map_or_else(|| app.primary_monitor(), |monitor| Ok(Some(monitor)))?
    else {
        return Ok(());
    };
    let scale = monitor.scale_factor();
    let size = LogicalSize::new(WIDTH, height_px).to_physical(scale);
    window.set_position(lower_right(&work_area(&monitor), size, MARGIN * scale))
}

/// A rectangle in physical pixels.
#[derive(Debug, Clone, Copy)]
struct Area {
    left: i32,
    top: i32,
    width: u32,
    height: u32,
}

fn work_area(monitor: &Monitor) -> Area {
    let area = monitor.work_area();
    Area {
        left: area.position.x,
        top: area.position.y,
        width: area.size.width,
        height: area.size.height,
    }
}

/// The corner where the window's upper left must be. A window taller than the area keeps its top in sight.
fn lower_right(area: &Area, size: PhysicalSize<u32>, margin: f64) -> PhysicalPosition<i32> {
    let within = |start: i32, length: u32, taken: u32| {
        let room = f64::from(length) - f64::from(taken) - margin;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "screens are narrower than 2^31 pixels"
        )]
        let offset = room.max(0.0) as i32;
        start.saturating_add(offset)
    };
    PhysicalPosition::new(
        within(area.left, area.width, size.width),
        within(area.top, area.height, size.height),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND_SCREEN: Area = Area {
        left: 1920,
        top: 27,
        width: 1280,
        height: 997,
    };

    #[test]
    fn the_card_sits_in_the_lower_right_of_its_screen() {
        let corner = lower_right(&SECOND_SCREEN, PhysicalSize::new(380, 200), 16.0);
        assert_eq!(
            (corner.x, corner.y),
            (1920 + 1280 - 380 - 16, 27 + 997 - 200 - 16)
        );
    }

    #[test]
    fn a_stack_taller_than_the_screen_keeps_its_top_in_sight() {
        let corner = lower_right(&SECOND_SCREEN, PhysicalSize::new(380, 2000), 16.0);
        assert_eq!(corner.y, 27);
    }
}

//! How somebody likes to read faxes: zoom, colours, thumbnails. The same for every fax, and remembered.

use super::layout::Zoom;
use super::zoom;
use crate::browser;

const ZOOM_KEY: &str = "fax-zoom";
const INVERTED_KEY: &str = "fax-inverted";
const THUMBNAILS_KEY: &str = "fax-thumbnails";

/// As the zoom was left.
pub(super) fn remembered_zoom() -> Zoom {
    zoom::read(browser::remembered(ZOOM_KEY).as_deref())
}

/// For the next fax and the next start.
pub(super) fn remember_zoom(zoom: Zoom) {
    browser::remember(ZOOM_KEY, &zoom::written(zoom));
}

/// White on black.
pub(super) fn is_inverted() -> bool {
    browser::remembered(INVERTED_KEY).as_deref() == Some("yes")
}

pub(super) fn remember_inverted(is_inverted: bool) {
    browser::remember(INVERTED_KEY, yes_or_no(is_inverted));
}

/// Shown at first.
pub(super) fn shows_thumbnails() -> bool {
    browser::remembered(THUMBNAILS_KEY).as_deref() != Some("no")
}

pub(super) fn remember_thumbnails(shows: bool) {
    browser::remember(THUMBNAILS_KEY, yes_or_no(shows));
}

fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

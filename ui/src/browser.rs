//! What the window needs of the browser engine: files as addresses, clipboard, theme, which page this is.
//!
//! It never talks to the core; [`crate::ipc`] does.

use domain::settings::Theme;
use js_sys::{Array, Uint8Array};
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Document, Element, HtmlElement, Url, Window};
use yew::NodeRef;

/// Bytes under an address that pictures and players accept; the memory is freed with the last clone.
///
/// Audio from Tauri's own protocols does not play in `WebKitGTK`, from such an address it does, and it can seek.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ObjectUrl(Rc<OwnedUrl>);

#[derive(Debug, PartialEq, Eq)]
struct OwnedUrl(String);

impl Drop for OwnedUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.0);
    }
}

impl ObjectUrl {
    /// `None` when the engine refuses, which it does only without memory.
    pub(crate) fn new(bytes: &[u8], content_type: &str) -> Option<Self> {
        let parts = Array::of1(&Uint8Array::from(bytes));
        let options = BlobPropertyBag::new();
        options.set_type(content_type);
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Some(Self(Rc::new(OwnedUrl(
            Url::create_object_url_with_blob(&blob).ok()?,
        ))))
    }

    /// For `src`.
    pub(crate) fn address(&self) -> String {
        self.0.0.clone()
    }
}

/// The page.
pub(crate) fn document() -> Option<Document> {
    window()?.document()
}

/// The window.
pub(crate) fn window() -> Option<Window> {
    web_sys::window()
}

/// What `data-page` on the body says: `main` or `card`.
pub(crate) fn page() -> String {
    document()
        .and_then(|document| document.body())
        .and_then(|body| body.dataset().get("page"))
        .unwrap_or_default()
}

/// A parameter of the page's address, used by the preview.
#[cfg(feature = "preview")]
pub(crate) fn parameter(name: &str) -> Option<String> {
    let search = window()?.location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search).ok()?.get(name)
}

/// Colours of the page from now on.
pub(crate) fn apply_theme(theme: Theme) {
    let Some(root) = document().and_then(|document| document.document_element()) else {
        return;
    };
    let _ = match theme {
        Theme::System => root.remove_attribute("data-theme"),
        Theme::Light => root.set_attribute("data-theme", "light"),
        Theme::Dark => root.set_attribute("data-theme", "dark"),
    };
}

/// What this window was told to remember under `key`, across starts; only conveniences, as nothing vouches for it.
pub(crate) fn remembered(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Remembers it for the next start. A failure costs the convenience and nothing else.
pub(crate) fn remember(key: &str, value: &str) {
    if let Some(storage) = window().and_then(|window| window.local_storage().ok()?) {
        let _ = storage.set_item(key, value);
    }
}

/// Puts text on the clipboard; `false` when the desktop refuses.
pub(crate) async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    JsFuture::from(window.navigator().clipboard().write_text(text))
        .await
        .is_ok()
}

/// Sets a dynamic measure of an element. Nothing here writes style attributes; this is none.
pub(crate) fn set_style(node: &NodeRef, property: &str, value: &str) {
    if let Some(element) = node.cast::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}

/// Where an element that scrolls stands, and how much it shows: left, top, width, height.
pub(crate) fn scrolled(node: &NodeRef) -> Option<(f64, f64, f64, f64)> {
    let element = node.cast::<Element>()?;
    Some((
        f64::from(element.scroll_left()),
        f64::from(element.scroll_top()),
        f64::from(element.client_width()),
        f64::from(element.client_height()),
    ))
}

/// Scrolls an element, at once.
pub(crate) fn scroll_to(node: &NodeRef, left: f64, top: f64) {
    if let Some(element) = node.cast::<Element>() {
        element.scroll_to_with_x_and_y(left, top);
    }
}

/// Dots of the screen to a pixel of the style sheet.
pub(crate) fn dots_per_pixel() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio())
}

/// How many dots of the screen so many pixels of the style sheet are.
pub(crate) fn device_pixels(pixels: f64) -> u32 {
    let ratio = dots_per_pixel();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let dots = (pixels * ratio).ceil() as u32;
    dots
}

/// Whether somebody has marked text at the moment.
pub(crate) fn has_selection() -> bool {
    let selection = window().and_then(|window| window.get_selection().ok()?);
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// The elements within `root` that are marked, wholly or in part, in the order of the page.
pub(crate) fn marked_within(root: &Element, selector: &str) -> Vec<Element> {
    use wasm_bindgen::JsCast as _;
    let selection = window().and_then(|window| window.get_selection().ok()?);
    let Some(selection) = selection.filter(|selection| !selection.is_collapsed()) else {
        return Vec::new();
    };
    let Ok(found) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into::<Element>().ok())
        .filter(|element| {
            selection
                .contains_node_with_allow_partial_containment(element, true)
                .unwrap_or(false)
        })
        .collect()
}

/// Puts other words on the clipboard than those the engine would while something is being copied.
pub(crate) fn copy_instead(event: &web_sys::Event, text: &str) {
    use wasm_bindgen::JsCast as _;
    let clipboard = js_sys::Reflect::get(event, &"clipboardData".into()).ok();
    let clipboard = clipboard.and_then(|clipboard| clipboard.dyn_into::<web_sys::DataTransfer>().ok());
    if clipboard.is_some_and(|clipboard| clipboard.set_data("text/plain", text).is_ok()) {
        event.prevent_default();
    }
}

/// Whether the window fills the screen.
pub(crate) fn is_full_screen() -> bool {
    document().is_some_and(|document| document.fullscreen_element().is_some())
}

/// Lets the whole window fill the screen, notes at its bottom included, or no longer. A desktop may refuse.
pub(crate) fn set_full_screen(is_full: bool) {
    let Some(document) = document().filter(|_| is_full != is_full_screen()) else {
        return;
    };
    if !is_full {
        document.exit_fullscreen();
    } else if let Some(root) = document.document_element() {
        let _ = root.request_fullscreen();
    }
}

/// Has the system print what the style sheet leaves for paper.
pub(crate) fn print() {
    if let Some(window) = window() {
        let _ = window.print();
    }
}

/// An element above the page, for what covers all of it.
pub(crate) fn add_above(class: &str) -> Option<Element> {
    let document = document()?;
    let element = document.create_element("div").ok()?;
    element.set_class_name(class);
    document.body()?.append_child(&element).ok()?;
    Some(element)
}

/// Takes what `selector` finds out of reach of keys and pointers, or gives it back.
pub(crate) fn set_inert(selector: &str, is_inert: bool) {
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = found {
        let _ = if is_inert {
            element.set_attribute("inert", "")
        } else {
            element.remove_attribute("inert")
        };
    }
}

/// Whether the window can be seen at all.
pub(crate) fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Puts the keyboard focus on the first element within `root` that `selector` finds.
pub(crate) fn focus_within(root: &Element, selector: &str) {
    use wasm_bindgen::JsCast as _;
    if let Some(element) = root
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|found| found.dyn_into::<HtmlElement>().ok())
    {
        let _ = element.focus();
    }
}

/// Puts it on the first element of the page that `selector` finds.
pub(crate) fn focus_first(selector: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        focus_within(&root, selector);
    }
}

/// The content of a file that a person chose; `None` when it went away or may not be read.
pub(crate) async fn bytes_of(file: &web_sys::File) -> Option<Vec<u8>> {
    let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// The files that are being pasted. The engine's own type for the event is not stable in `web-sys` yet.
pub(crate) fn pasted_files(event: &web_sys::Event) -> Vec<web_sys::File> {
    use wasm_bindgen::JsCast as _;
    let clipboard = js_sys::Reflect::get(event, &"clipboardData".into()).ok();
    let files = clipboard
        .and_then(|clipboard| clipboard.dyn_into::<web_sys::DataTransfer>().ok())
        .and_then(|clipboard| clipboard.files());
    files.map(|files| files_of(&files)).unwrap_or_default()
}

/// A list of files as Rust likes it.
pub(crate) fn files_of(list: &web_sys::FileList) -> Vec<web_sys::File> {
    (0..list.length()).filter_map(|index| list.item(index)).collect()
}

/// Presses the button that the first element which `selector` finds belongs to: for a way to what another part of the window opens.
pub(crate) fn press_first(selector: &str) {
    use wasm_bindgen::JsCast as _;
    let found = document().and_then(|document| document.query_selector(selector).ok()?);
    let button = found.and_then(|found| found.closest("button").ok()?);
    if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
        button.click();
    }
}

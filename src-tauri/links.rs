//! `tel:`, `callto:` and `sms:` links: another program asks us to call a number, or to text it.
//!
//! It reads the number out of the link and hands it to the window: nothing is dialled or sent because some page had a link.

use std::sync::{Mutex, PoisonError};

use domain::event::CoreEvent;
use tauri::{AppHandle, Manager as _, Runtime, Url};
use tauri_plugin_deep_link::DeepLinkExt as _;

use crate::core::Core;

/// No number that can be dialled is longer (E.164 has 15 digits, the rest is room for punctuation).
const LONGEST_NUMBER: usize = 40;

/// What the link asks for that the app was started with, until the window asks for it: when the link is read, no window listens yet.
/// Managed by Tauri.
#[derive(Debug, Default)]
pub struct Links(Mutex<Option<CoreEvent>>);

impl Links {
    pub(crate) fn take(&self) -> Option<CoreEvent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn keep(&self, wish: Option<CoreEvent>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = wish;
    }
}

/// Follows links that arrive from now on, and keeps the one that the app was started with.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>) {
    let handle = app.clone();
    app.deep_link()
        .on_open_url(move |event| open(&handle, &event.urls()));
    match app.deep_link().get_current() {
        Ok(urls) => app
            .state::<Links>()
            .keep(urls.unwrap_or_default().iter().find_map(wish_of)),
        Err(error) => tracing::warn!(%error, "the link that the app was started with could not be read"),
    }
}

fn open<R: Runtime>(app: &AppHandle<R>, urls: &[Url]) {
    let Some(wish) = urls.iter().find_map(wish_of) else {
        return;
    };
    if let Ok(core) = app.state::<Core>().get() {
        core.announce(wish);
    }
}

/// What a link asks the window for.
fn wish_of(link: &Url) -> Option<CoreEvent> {
    match link.scheme() {
        "tel" | "callto" => Some(CoreEvent::CallNumber {
            number: number_of(link)?,
        }),
        "sms" => Some(CoreEvent::TextNumber {
            number: number_of(link)?,
        }),
        _ => None,
    }
}

/// The number of a link such as `tel:+1-205-555-0142;ext=101` or `sms:+12055550142?body=hello`.
fn number_of(link: &Url) -> Option<String> {
    // callto://+1205… has the number where other links have a host.
    let written = link.host_str().unwrap_or(link.path()).replace("%20", " ");
    let number: String = written
        .chars()
        .take_while(|letter| !matches!(letter, ';' | '?' | ','))
        .collect();
    let number = number.trim();
    let is_plausible = number.len() <= LONGEST_NUMBER
        && number.chars().any(|letter| letter.is_ascii_digit())
        && number
            .chars()
            .all(|letter| letter.is_ascii_digit() || " +-.()*#".contains(letter));
    is_plausible.then(|| number.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(link: &str) -> Option<String> {
        match wish(link)? {
            CoreEvent::CallNumber { number } | CoreEvent::TextNumber { number } => Some(number),
            _ => None,
        }
    }

    fn wish(link: &str) -> Option<CoreEvent> {
        wish_of(&Url::parse(link).unwrap())
    }

    #[test]
    fn links_of_each_kind_give_their_number() {
        assert_eq!(number("tel:+1-205-555-0142").as_deref(), Some("+1-205-555-0142"));
        assert_eq!(number("tel:2055550142;ext=101").as_deref(), Some("2055550142"));
        assert_eq!(
            number("sms:+12055550142?body=hello").as_deref(),
            Some("+12055550142")
        );
        assert_eq!(number("callto://+12055550142").as_deref(), Some("+12055550142"));
        assert_eq!(number("tel:(205)%20555-0142").as_deref(), Some("(205) 555-0142"));
    }

    #[test]
    fn only_a_link_for_calling_offers_a_call() {
        let number = "+12055550142".to_owned();
        for link in ["tel:+12055550142", "callto:+12055550142"] {
            let expected = CoreEvent::CallNumber {
                number: number.clone(),
            };
            assert_eq!(wish(link), Some(expected), "{link}");
        }
        assert_eq!(wish("sms:+12055550142"), Some(CoreEvent::TextNumber { number }));
    }

    #[test]
    fn what_is_no_number_is_not_looked_up() {
        assert_eq!(number("tel:"), None);
        assert_eq!(number("tel:alice"), None);
        assert_eq!(number("https://example.org/2055550142"), None);
        assert_eq!(number(&format!("tel:{}", "1".repeat(200))), None);
    }
}

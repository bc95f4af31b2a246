//! Where a number is at home, in words, for callers nobody knows.
//!
//! Countries come from libphonenumber's tables. The twenty-five countries of the North American plan share one code, so
//! for the United States and Canada the area code says the place. Mobile numbers keep their area code when people
//! move: this is where a number comes from, not where the caller is.

use domain::phone_number::E164;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber as Parsed};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Lines of `ST: 201 City, 551 City`.
const AREA_CODES: &str = include_str!("area_codes.txt");
/// Lines of `DE Germany`.
const COUNTRIES: &str = include_str!("countries.txt");

static PLACES: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
    let lines = AREA_CODES.lines().filter_map(|line| line.split_once(": "));
    lines
        .flat_map(|(state, codes)| codes.split(", ").map(move |code| (state, code)))
        .map(|(state, code)| match code.split_once(' ') {
            Some((code, city)) => (code, format!("{city}, {state}")),
            None => (code, state.to_owned()),
        })
        .collect()
});

static NAMES: LazyLock<HashMap<&str, &'static str>> = LazyLock::new(|| {
    COUNTRIES
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// `Oakland, CA`, `Toll-free`, `Germany`; `None` when nothing is known.
pub(super) fn in_words(parsed: &Parsed, e164: &E164) -> Option<String> {
    if let Some(area) = area_code(e164) {
        if is_toll_free(area) {
            return Some("Toll-free".to_owned());
        }
        if let Some(place) = PLACES.get(area) {
            return Some(place.clone());
        }
    }
    country_name(parsed.get_region_code()?.as_region_str().as_str()).map(str::to_owned)
}

/// The state or province of a North American number, as its post office abbreviates it; `None` for numbers without one.
pub(crate) fn state(e164: &E164) -> Option<&'static str> {
    PLACES.get(area_code(e164)?)?.rsplit(", ").next()
}

/// The three digits after `+1`.
pub(crate) fn area_code(e164: &E164) -> Option<&str> {
    e164.as_str().strip_prefix("+1")?.get(..3)
}

/// The country of a number by its ISO 3166-1 alpha-2 code.
pub(crate) fn country_code(e164: &E164) -> Option<String> {
    let parsed = PHONE_NUMBER_UTIL.parse(e164.as_str(), None).ok()?;
    Some(parsed.get_region_code()?.as_region_str().as_str().to_owned())
}

/// The English name of a country by its ISO 3166-1 alpha-2 code.
pub(super) fn country_name(code: &str) -> Option<&'static str> {
    NAMES.get(code).copied()
}

fn is_toll_free(area: &str) -> bool {
    matches!(area, "800" | "833" | "844" | "855" | "866" | "877" | "888")
}

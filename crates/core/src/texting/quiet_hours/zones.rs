//! The time zones of a number.
//!
//! Area codes of the United States and Canada first, by state or by themselves where a state has two clocks; then the
//! countries whose people all keep the same clock. The rules of the zones are the IANA database's: the computer's own
//! where it has one, else the copy inside of this program.

use crate::numbers::regions;
use domain::phone_number::E164;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Lines of `ST ST 123: Zone/One Zone/Two`; an area code of its own goes before its state.
const AREA_CODE_ZONES: &str = include_str!("area_code_zones.txt");
/// Lines of `DE Europe/Berlin`, for the countries in which one clock goes.
const COUNTRY_ZONES: &str = include_str!("country_zones.txt");

static BY_STATE_OR_AREA: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let lines = AREA_CODE_ZONES.lines().filter_map(|line| line.split_once(": "));
    lines
        .flat_map(|(places, zones)| places.split(' ').map(move |place| (place, zones)))
        .collect()
});

static BY_COUNTRY: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    COUNTRY_ZONES
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// Every zone in which the number may be at home; `None` when that cannot be told.
pub(super) fn of(number: &E164) -> Option<Vec<TimeZone>> {
    names(number)?.split(' ').map(zone).collect()
}

fn names(number: &E164) -> Option<&'static str> {
    let by_area = || BY_STATE_OR_AREA.get(regions::area_code(number)?);
    let by_state = || BY_STATE_OR_AREA.get(regions::state(number)?);
    let by_country = || BY_COUNTRY.get(regions::country_code(number)?.as_str());
    by_area().or_else(by_state).or_else(by_country).copied()
}

fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name)
        .or_else(|_| TimeZoneDatabase::bundled().get(name))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_area_code_that_has_a_place_has_a_zone() {
        for area in (200..1000).map(|code| code.to_string()) {
            let number = E164::new(format!("+1{area}5550147")).unwrap();
            if regions::state(&number).is_some() {
                let zones = of(&number).unwrap_or_default();
                assert!(!zones.is_empty(), "{area}");
            }
        }
    }

    #[test]
    fn every_zone_is_known_to_the_database_inside_of_this_program() {
        let database = TimeZoneDatabase::bundled();
        let names = BY_STATE_OR_AREA.values().chain(BY_COUNTRY.values());
        for name in names.flat_map(|names| names.split(' ')) {
            assert!(database.get(name).is_ok(), "{name}");
        }
    }
}

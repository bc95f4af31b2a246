//! Evenings and mornings, seen from far away.

use super::*;

fn number(text: &str) -> E164 {
    E164::new(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn until(text: &str, instant: &str) -> Option<Timestamp> {
    match allowed(&number(text), at(instant)) {
        QuietHours::Quiet { until, .. } => Some(until),
        QuietHours::Fine => None,
        QuietHours::UnknownZone => panic!("{text} has a zone"),
    }
}

const OAKLAND: &str = "+15105550147";
const NEW_YORK: &str = "+12125550147";

#[test]
fn texts_are_fine_from_eight_to_nine_in_the_evening_of_the_recipient() {
    // November: California is eight hours behind.
    assert_eq!(
        until(OAKLAND, "2026-11-24T15:59:59Z"),
        Some(at("2026-11-24T16:00:00Z"))
    );
    assert_eq!(until(OAKLAND, "2026-11-24T16:00:00Z"), None);
    assert_eq!(until(OAKLAND, "2026-11-25T04:59:59Z"), None);
    assert_eq!(
        until(OAKLAND, "2026-11-25T05:00:00Z"),
        Some(at("2026-11-25T16:00:00Z"))
    );
    // The same instant is evening in one place and night in another.
    assert_eq!(
        until(NEW_YORK, "2026-11-25T02:30:00Z"),
        Some(at("2026-11-25T13:00:00Z"))
    );
    assert_eq!(until(OAKLAND, "2026-11-25T02:30:00Z"), None);
}

#[test]
fn the_local_time_is_the_recipients() {
    let QuietHours::Quiet { local_time, .. } = allowed(&number(NEW_YORK), at("2026-11-25T02:30:00Z")) else {
        panic!("half past nine in the evening is quiet");
    };
    assert_eq!(local_time, Time::constant(21, 30, 0, 0));
}

#[test]
fn summer_time_moves_the_window() {
    assert_eq!(
        until(NEW_YORK, "2026-07-01T12:00:00Z"),
        None,
        "eight o'clock in summer"
    );
    assert_eq!(
        until(NEW_YORK, "2026-12-01T12:00:00Z"),
        Some(at("2026-12-01T13:00:00Z"))
    );
}

#[test]
fn the_night_in_which_the_clocks_change_ends_at_eight_by_the_new_time() {
    // 2026-03-08 and 2026-11-01 in the United States.
    assert_eq!(
        until(NEW_YORK, "2026-03-08T03:00:00Z"),
        Some(at("2026-03-08T12:00:00Z"))
    );
    assert_eq!(
        until(NEW_YORK, "2026-11-01T02:00:00Z"),
        Some(at("2026-11-01T13:00:00Z"))
    );
}

#[test]
fn arizona_keeps_its_clock_all_year() {
    assert_eq!(
        until("+16025550147", "2026-07-01T14:59:00Z"),
        Some(at("2026-07-01T15:00:00Z"))
    );
    assert_eq!(
        until("+16025550147", "2026-12-01T14:59:00Z"),
        Some(at("2026-12-01T15:00:00Z"))
    );
}

#[test]
fn an_area_code_in_two_zones_is_quiet_when_either_is() {
    // 850: Tallahassee on eastern time, Pensacola on central time.
    let panhandle = "+18505550147";
    assert_eq!(
        until(panhandle, "2026-11-24T13:30:00Z"),
        Some(at("2026-11-24T14:00:00Z")),
        "half past seven in Pensacola"
    );
    assert_eq!(until(panhandle, "2026-11-24T14:00:00Z"), None);
    assert_eq!(
        until(panhandle, "2026-11-25T02:00:00Z"),
        Some(at("2026-11-25T14:00:00Z")),
        "nine in Tallahassee"
    );
    assert_eq!(until(panhandle, "2026-11-25T01:59:00Z"), None);
}

#[test]
fn countries_with_one_clock_are_known() {
    // Berlin, London, Jamaica, which shares +1, and Newfoundland with its half hour.
    assert_eq!(
        until("+4930123456", "2026-07-01T05:59:00Z"),
        Some(at("2026-07-01T06:00:00Z"))
    );
    assert_eq!(
        until("+442071838750", "2026-12-01T07:00:00Z"),
        Some(at("2026-12-01T08:00:00Z"))
    );
    assert_eq!(
        until("+18765550147", "2026-12-01T12:00:00Z"),
        Some(at("2026-12-01T13:00:00Z"))
    );
    assert_eq!(
        until("+17095550147", "2026-12-01T11:31:00Z"),
        Some(at("2026-12-01T12:00:00Z")),
        "Labrador opens later"
    );
}

#[test]
fn toll_free_numbers_and_wide_countries_are_unknown() {
    for text in [
        "+18005550147",
        "+18885550147",
        "+61299990000",
        "+74951234567",
        "+88216123456",
    ] {
        assert_eq!(
            allowed(&number(text), at("2026-11-24T12:00:00Z")),
            QuietHours::UnknownZone,
            "{text}"
        );
    }
}

#[test]
fn whatever_the_hour_the_end_of_the_quiet_is_fine_and_within_a_day() {
    for text in [
        OAKLAND,
        "+18675550147",
        "+12505550147",
        "+19075550147",
        "+15745550147",
    ] {
        for hour in 0..48 {
            let instant = at("2026-03-07T00:10:00Z") + jiff::SignedDuration::from_hours(hour);
            if let QuietHours::Quiet { until, .. } = allowed(&number(text), instant) {
                assert!(
                    until > instant && until.duration_since(instant) < jiff::SignedDuration::from_hours(24),
                    "{text} {instant}"
                );
                assert_eq!(allowed(&number(text), until), QuietHours::Fine);
            }
        }
    }
}

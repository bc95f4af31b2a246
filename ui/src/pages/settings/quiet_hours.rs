//! Hours in which nothing is announced.

use super::SectionProps;
use super::appearance::change;
use crate::components::{Choice, Switch};
use yew::{AttrValue, Html, component, html};

const STEP_MINUTES: u16 = 30;
const DAY_MINUTES: u16 = 24 * 60;

/// A switch, and the hours while it is on.
#[component]
pub(super) fn QuietHoursPart(props: &SectionProps) -> Html {
    let quiet = props.settings.notifications.quiet_hours;
    html! {
        <>
            <Switch label="Quiet hours" is_on={quiet.is_on} hint="Nothing is announced in these hours. What arrives waits unread in the inbox."
                onchange={change(props, |settings, is_on| settings.notifications.quiet_hours.is_on = is_on)} />
            if quiet.is_on {
                <Choice<u16> label="From" options={times(quiet.from_minute)} value={quiet.from_minute}
                    onchange={change(props, |settings, minute| settings.notifications.quiet_hours.from_minute = minute)} />
                <Choice<u16> label="Until" options={times(quiet.until_minute)} value={quiet.until_minute} hint={span(quiet.from_minute, quiet.until_minute)}
                    onchange={change(props, |settings, minute| settings.notifications.quiet_hours.until_minute = minute)} />
                <Switch label="Quiet on weekends" is_on={quiet.has_weekends} hint="All of Saturday and Sunday."
                    onchange={change(props, |settings, is_on| settings.notifications.quiet_hours.has_weekends = is_on)} />
            }
        </>
    }
}

/// Each half hour, and whatever is set already.
fn times(set: u16) -> Vec<(u16, AttrValue)> {
    let mut minutes: Vec<u16> = (0..DAY_MINUTES).step_by(usize::from(STEP_MINUTES)).collect();
    if let Err(at) = minutes.binary_search(&set) {
        minutes.insert(at, set);
    }
    minutes
        .into_iter()
        .map(|minute| (minute, time(minute).into()))
        .collect()
}

/// `6:00 PM`.
fn time(minute: u16) -> String {
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    let half = if hour < 12 { "AM" } else { "PM" };
    let hour = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    format!("{hour}:{minute:02} {half}")
}

/// What the two times mean together, where that is not plain.
fn span(from: u16, until: u16) -> Option<AttrValue> {
    match from.cmp(&until) {
        std::cmp::Ordering::Less => None,
        std::cmp::Ordering::Equal => Some("The whole day.".into()),
        std::cmp::Ordering::Greater => Some("Over midnight, until the next day.".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_on_a_clock() {
        let read = [0, 30, 7 * 60, 12 * 60, 18 * 60].map(time);
        assert_eq!(read, ["12:00 AM", "12:30 AM", "7:00 AM", "12:00 PM", "6:00 PM"]);
    }

    #[test]
    fn a_time_that_is_set_is_offered_even_between_the_half_hours() {
        let offered = times(7 * 60 + 5);
        assert_eq!(offered.len(), 49);
        assert!(offered.contains(&(425, "7:05 AM".into())));
        assert_eq!(times(0).len(), 48);
    }

    #[test]
    fn hours_over_midnight_say_so() {
        assert_eq!(
            span(18 * 60, 7 * 60).as_deref(),
            Some("Over midnight, until the next day.")
        );
        assert_eq!(span(12 * 60, 13 * 60), None);
    }
}

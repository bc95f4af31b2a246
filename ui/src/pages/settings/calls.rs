//! From when on a live call stands out.

use super::appearance::change;
use super::{Group, SectionProps};
use crate::components::{Choice, Switch};
use crate::format::durations;
use domain::settings::{CallThresholds, Settings};
use yew::{AttrValue, Callback, Html, component, html};

const WAITING: [u32; 9] = [15, 30, 45, 60, 90, 120, 180, 300, 600];
const TALKING: [u32; 8] = [300, 600, 900, 1_200, 1_800, 2_700, 3_600, 7_200];

/// Nothing stands out.
const NEVER: CallThresholds = CallThresholds {
    waiting_amber: 0,
    waiting_red: 0,
    talking_amber: 0,
    talking_red: 0,
};

/// The section.
#[component]
pub(super) fn Calls(props: &SectionProps) -> Html {
    let set = props.settings.call_thresholds;
    let is_on = set != NEVER;
    let marks = change(props, |settings: &mut Settings, is_on| {
        settings.call_thresholds = if is_on { CallThresholds::default() } else { NEVER };
    });
    html! {
        <Group title="Live calls">
            <Switch label="Mark long waits and calls" {is_on} onchange={marks}
                hint="On the overview and the page of the live calls: amber first, then red with a sign." />
            if is_on {
                { choice("Waiting, amber after", &WAITING, set.waiting_amber, change(props, |settings, seconds| {
                    settings.call_thresholds = ordered(CallThresholds { waiting_amber: seconds, ..settings.call_thresholds }, true);
                })) }
                { choice("Waiting, red after", &WAITING, set.waiting_red, change(props, |settings, seconds| {
                    settings.call_thresholds = ordered(CallThresholds { waiting_red: seconds, ..settings.call_thresholds }, false);
                })) }
                { choice("Talking, amber after", &TALKING, set.talking_amber, change(props, |settings, seconds| {
                    settings.call_thresholds = ordered(CallThresholds { talking_amber: seconds, ..settings.call_thresholds }, true);
                })) }
                { choice("Talking, red after", &TALKING, set.talking_red, change(props, |settings, seconds| {
                    settings.call_thresholds = ordered(CallThresholds { talking_red: seconds, ..settings.call_thresholds }, false);
                })) }
            }
        </Group>
    }
}

fn choice(label: &'static str, steps: &[u32], value: u32, onchange: Callback<u32>) -> Html {
    let mut seconds = vec![0];
    seconds.extend(steps);
    if let Err(at) = seconds.binary_search(&value) {
        seconds.insert(at, value);
    }
    let options: Vec<(u32, AttrValue)> = seconds
        .into_iter()
        .map(|seconds| {
            let words = if seconds == 0 {
                "never".to_owned()
            } else {
                durations::talk_time(seconds)
            };
            (seconds, words.into())
        })
        .collect();
    html! { <Choice<u32> {label} {options} {value} {onchange} /> }
}

/// Amber never comes after red: what was set last moves the other along.
fn ordered(set: CallThresholds, is_amber_newer: bool) -> CallThresholds {
    let pair = |amber: u32, red: u32| match (amber, red) {
        (amber, red) if amber == 0 || red == 0 || amber <= red => (amber, red),
        (amber, _) if is_amber_newer => (amber, amber),
        (_, red) => (red, red),
    };
    let (waiting_amber, waiting_red) = pair(set.waiting_amber, set.waiting_red);
    let (talking_amber, talking_red) = pair(set.talking_amber, set.talking_red);
    CallThresholds {
        waiting_amber,
        waiting_red,
        talking_amber,
        talking_red,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(waiting_amber: u32, waiting_red: u32) -> CallThresholds {
        CallThresholds {
            waiting_amber,
            waiting_red,
            ..CallThresholds::default()
        }
    }

    #[test]
    fn amber_never_comes_after_red() {
        assert_eq!(ordered(waiting(90, 60), true), waiting(90, 90));
        assert_eq!(ordered(waiting(90, 60), false), waiting(60, 60));
        assert_eq!(ordered(waiting(30, 60), true), waiting(30, 60));
    }

    #[test]
    fn one_of_the_two_may_be_never() {
        assert_eq!(ordered(waiting(90, 0), true), waiting(90, 0));
        assert_eq!(ordered(waiting(0, 60), false), waiting(0, 60));
    }
}

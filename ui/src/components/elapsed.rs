//! A duration that goes on by itself, and stands out when it has become long.

use super::icon::{Glyph, Icon};
use crate::clock;
use crate::format::durations;
use crate::hooks::use_second;
use domain::presence::Availability;
use jiff::Timestamp;
use yew::{Html, Properties, classes, component, html};

/// From when on, in seconds, it stands out a little and much. Zero is never.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Thresholds {
    pub amber: u32,
    pub red: u32,
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub since: Timestamp,
    #[prop_or_default]
    pub thresholds: Thresholds,
}

/// `4:12`.
#[component]
pub(crate) fn Elapsed(props: &Props) -> Html {
    use_second(true);
    let seconds = u32::try_from(clock::seconds_since(props.since)).unwrap_or(u32::MAX);
    let (class, hint) = match props.thresholds.tone(seconds) {
        Tone::Plain => (None, None),
        Tone::Amber => (Some("is-amber"), Some("Long")),
        Tone::Red => (Some("is-red"), Some("Very long")),
    };
    html! {
        <span class={classes!("elapsed", class)} title={hint}>
            if class == Some("is-red") { <Glyph icon={Icon::Warning} small={true} /> }
            { durations::on_the_clock(seconds) }
            if let Some(hint) = hint { <span class="only-spoken">{ format!(", {}", hint.to_lowercase()) }</span> }
        </span>
    }
}

#[derive(Debug, Clone, PartialEq, Properties)]
pub(crate) struct InStateProps {
    pub availability: Availability,
    pub since: Timestamp,
}

/// How long a presence has held, as exactly as it matters.
#[component]
pub(crate) fn InState(props: &InStateProps) -> Html {
    use crate::format::presence_words::{ticks, time_in_state};
    let seconds = clock::seconds_since(props.since);
    // Where it does not tick, the page's own half minutes are enough.
    let _now = crate::hooks::use_now();
    use_second(ticks(props.availability, seconds));
    html! { <span class="elapsed">{ time_in_state(props.availability, seconds) }</span> }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Amber,
    Red,
}

impl Thresholds {
    fn tone(self, seconds: u32) -> Tone {
        let is_over = |threshold: u32| threshold > 0 && seconds >= threshold;
        if is_over(self.red) {
            Tone::Red
        } else if is_over(self.amber) {
            Tone::Amber
        } else {
            Tone::Plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_long_stands_out_and_more_so_later() {
        let waiting = Thresholds { amber: 30, red: 60 };
        assert_eq!(waiting.tone(29), Tone::Plain);
        assert_eq!(waiting.tone(30), Tone::Amber);
        assert_eq!(waiting.tone(60), Tone::Red);
    }

    #[test]
    fn without_thresholds_nothing_stands_out() {
        assert_eq!(Thresholds::default().tone(100_000), Tone::Plain);
        let only_red = Thresholds { amber: 0, red: 60 };
        assert_eq!(only_red.tone(59), Tone::Plain);
        assert_eq!(only_red.tone(61), Tone::Red);
    }
}

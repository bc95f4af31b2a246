//! The bar that tells at a glance how far a campaign has come.
//!
//! Drawn as a picture whose width is the number of recipients: measures are attributes there, which the content security policy allows.

use super::campaign_words as words;
use domain::campaign::{CampaignCounts, ResultKind};
use yew::{Html, Properties, classes, component, html};

/// From the left: what has come farthest.
const ORDER: [ResultKind; 6] = [
    ResultKind::Delivered,
    ResultKind::Accepted,
    ResultKind::Failed,
    ResultKind::Unknown,
    ResultKind::Cancelled,
    ResultKind::Waiting,
];

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub counts: CampaignCounts,
}

/// The bar. Screen readers hear how many have left, and the counts.
#[component]
pub(super) fn ProgressBar(props: &Props) -> Html {
    let counts = &props.counts;
    let left = counts.total.saturating_sub(counts.waiting);
    let parts = parts(counts).into_iter().map(|(kind, start, length)| {
        html! { <rect class={classes!("bar-part", words::class(kind))} x={start.to_string()} y="0" width={length.to_string()} height="1" /> }
    });
    html! {
        <div class="bar" role="progressbar" aria-label="Sent" aria-valuemin="0" aria-valuemax={counts.total.to_string()}
            aria-valuenow={left.to_string()} aria-valuetext={words::counts(counts)}>
            <svg viewBox={format!("0 0 {} 1", counts.total.max(1))} preserveAspectRatio="none" aria-hidden="true">{ for parts }</svg>
        </div>
    }
}

/// Each part with its start and length, without those that are empty.
fn parts(counts: &CampaignCounts) -> Vec<(ResultKind, u32, u32)> {
    let mut start = 0_u32;
    let mut parts = Vec::new();
    for kind in ORDER {
        let length = counts.of(kind);
        if length > 0 {
            parts.push((kind, start, length));
        }
        start = start.saturating_add(length);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_follow_each_other_without_gaps() {
        let counts = CampaignCounts {
            total: 12,
            waiting: 5,
            delivered: 4,
            failed: 3,
            ..CampaignCounts::default()
        };
        let expected = [
            (ResultKind::Delivered, 0, 4),
            (ResultKind::Failed, 4, 3),
            (ResultKind::Waiting, 7, 5),
        ];
        assert_eq!(parts(&counts), expected);
    }
}

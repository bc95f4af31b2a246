//! The figures of today beside a usual day of the week.

use super::words;
use crate::format::grouped;
use crate::hooks::use_now;
use domain::inbox::InboxTab;
use domain::overview::{DayFigure, DayFigureKind};
use yew::{Callback, Html, MouseEvent, Properties, classes, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub figures: Vec<DayFigure>,
    pub oninbox: Callback<InboxTab>,
}

/// A row of them.
#[component]
pub(super) fn Day(props: &Props) -> Html {
    let now = use_now();
    if props.figures.is_empty() {
        return Html::default();
    }
    html! {
        <section class="overview-day" aria-label="Today">
            <h2>{ "Today so far" }</h2>
            <div class="day-figures">
                { for props.figures.iter().map(|figure| {
                    let (usual, meaning) = words::usual(figure, &now);
                    let tab = words::figure_tab(figure.kind);
                    html! {
                        <button type="button" class="overview-card day-figure" title={meaning} onclick={props.oninbox.reform(move |_: MouseEvent| tab)}>
                            <span class="day-name">{ words::figure(figure.kind) }</span>
                            <b class="big-figure">{ grouped(figure.today.into()) }</b>
                            <span class="day-usual">{ usual }{ mark(figure) }</span>
                        </button>
                    }
                }) }
            </div>
        </section>
    }
}

/// Says a difference in words; only for missed calls is more worse.
fn mark(figure: &DayFigure) -> Html {
    let (words, tone) = match (words::differs(figure), figure.kind) {
        (None, _) => return Html::default(),
        (Some(true), DayFigureKind::Missed) => ("more than usual", "is-bad"),
        (Some(false), DayFigureKind::Missed) => ("fewer than usual", "is-good"),
        (Some(true), _) => ("more than usual", ""),
        (Some(false), _) => ("fewer than usual", ""),
    };
    html! { <span class={classes!("day-mark", tone)}>{ words }</span> }
}

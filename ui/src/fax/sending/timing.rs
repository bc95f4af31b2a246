//! How fine a fax is sent, and when.

use super::schedule;
use crate::components::Choice;
use crate::hooks::use_now;
use domain::fax::{FaxDraft, FaxResolution};
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use std::rc::Rc;
use yew::{AttrValue, Callback, Html, Properties, component, html};

#[derive(Debug, Clone, PartialEq, Properties)]
pub(super) struct Props {
    pub draft: Rc<FaxDraft>,
    pub onchange: Callback<(FaxResolution, Option<Timestamp>)>,
}

/// The choices. Lists instead of the engine's own date field, which not every desktop can show.
#[component]
pub(super) fn Timing(props: &Props) -> Html {
    let now = use_now();
    let (resolution, send_at) = (props.draft.resolution, props.draft.send_at);
    let set_at = {
        let onchange = props.onchange.clone();
        Callback::from(move |at: Option<Timestamp>| onchange.emit((resolution, at)))
    };
    let onresolution = {
        let onchange = props.onchange.clone();
        Callback::from(move |resolution| onchange.emit((resolution, send_at)))
    };
    let onwhen = {
        let (set_at, now) = (set_at.clone(), now.clone());
        Callback::from(move |is_later: bool| {
            set_at.emit(if is_later { schedule::proposal(&now) } else { None });
        })
    };
    let later = send_at.map(|at| {
        let (day, time) = schedule::parts(at, &now);
        let onday = {
            let (set_at, now) = (set_at.clone(), now.clone());
            Callback::from(move |day: Date| set_at.emit(schedule::moved(day, time, &now)))
        };
        let ontime = {
            let (set_at, now) = (set_at.clone(), now.clone());
            Callback::from(move |time: Time| set_at.emit(schedule::at(day, time, &now)))
        };
        let mut days = schedule::days(&now);
        if !days.iter().any(|(one, _)| *one == day) {
            days.insert(0, (day, day.strftime("%a, %b %-d").to_string()));
        }
        let days: Vec<_> = days.into_iter().map(|(day, words)| (day, words.into())).collect();
        let mut times = schedule::times(day, &now);
        if !times.contains(&time) {
            times.push(time);
            times.sort();
        }
        let times: Vec<_> = times.into_iter().map(|time| (time, schedule::time_words(time).into())).collect();
        html! {
            <>
                <Choice<Date> label="Day" options={days} value={day} onchange={onday} />
                <Choice<Time> label="Time" options={times} value={time} onchange={ontime} />
                if schedule::has_passed(at, &now) { <p class="field-error fax-passed" role="alert">{ "That has passed. Choose a later time." }</p> }
            </>
        }
    });
    let finenesses: Vec<(FaxResolution, AttrValue)> = vec![
        (FaxResolution::High, "Fine".into()),
        (FaxResolution::Low, "Standard, quicker".into()),
    ];
    let whens: Vec<(bool, AttrValue)> = vec![(false, "Now".into()), (true, "Later…".into())];
    html! {
        <section class="fax-section fax-timing" aria-label="Sending">
            <Choice<FaxResolution> label="Resolution" options={finenesses} value={resolution} onchange={onresolution} />
            <Choice<bool> label="Leaves" options={whens} value={send_at.is_some()} onchange={onwhen} />
            { later.unwrap_or_default() }
        </section>
    }
}

//! Today beside the same days of the weeks before, up to the same time of day.

use crate::error::CoreError;
use crate::store::{SpanCounts, Store};
use domain::overview::{DayFigure, DayFigureKind};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

/// What is usual is the mean of so many weeks.
const WEEKS: i64 = 8;

const KINDS: [DayFigureKind; 6] = [
    DayFigureKind::CallsIn,
    DayFigureKind::CallsOut,
    DayFigureKind::Missed,
    DayFigureKind::Texts,
    DayFigureKind::Voicemail,
    DayFigureKind::Faxes,
];

/// The figures of today.
pub(super) async fn figures(store: &Store, zone: &TimeZone) -> Result<Vec<DayFigure>, CoreError> {
    let now = store.clock().now().to_zoned(zone.clone());
    let today = counts(store, &now).await?;
    let begins_at = store.history_begins_at().await?;
    let mut before = Vec::new();
    for week in 1..=WEEKS {
        let Some(then) = weeks_before(&now, week) else {
            continue;
        };
        // A day that this copy knows only a part of, or nothing, tells nothing.
        if begins_at.is_some_and(|at| day_begins_at(&then).is_some_and(|day| at <= day)) {
            before.push(counts(store, &then).await?);
        }
    }
    Ok(KINDS
        .into_iter()
        .map(|kind| DayFigure {
            kind,
            today: of(&today, kind),
            usual: mean(&before, kind),
            days: u32::try_from(before.len()).unwrap_or(u32::MAX),
        })
        .collect())
}

/// The same time of day, however daylight saving went meanwhile.
fn weeks_before(now: &Zoned, weeks: i64) -> Option<Zoned> {
    now.checked_sub(Span::new().try_weeks(weeks).ok()?).ok()
}

fn day_begins_at(moment: &Zoned) -> Option<Timestamp> {
    Some(moment.start_of_day().ok()?.timestamp())
}

/// From the beginning of its day until this moment.
async fn counts(store: &Store, moment: &Zoned) -> Result<SpanCounts, CoreError> {
    match day_begins_at(moment) {
        Some(from) => Ok(store.span_counts(from, moment.timestamp()).await?),
        None => Ok(SpanCounts::default()),
    }
}

fn mean(days: &[SpanCounts], kind: DayFigureKind) -> Option<f64> {
    let count = u32::try_from(days.len()).ok().filter(|count| *count > 0)?;
    let sum: f64 = days.iter().map(|day| f64::from(of(day, kind))).sum();
    Some(sum / f64::from(count))
}

fn of(counts: &SpanCounts, kind: DayFigureKind) -> u32 {
    match kind {
        DayFigureKind::CallsIn => counts.calls_in,
        DayFigureKind::CallsOut => counts.calls_out,
        DayFigureKind::Missed => counts.missed,
        DayFigureKind::Texts => counts.texts,
        DayFigureKind::Voicemail => counts.voicemail,
        DayFigureKind::Faxes => counts.faxes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_earlier_is_the_same_time_of_day_across_daylight_saving() {
        // Clocks go forward in Chicago on 8 March 2026.
        let now: Zoned = "2026-03-10T09:30[America/Chicago]".parse().unwrap();
        let then = weeks_before(&now, 1).unwrap();
        assert_eq!(then.datetime(), "2026-03-03T09:30".parse().unwrap());
        let hours = now.timestamp().duration_since(then.timestamp()).as_hours();
        assert_eq!(hours, 7 * 24 - 1);
    }
}

//! The steps by which pages become larger and smaller, how far, and how that is written down. Pure.

use super::layout::Zoom;

/// In per cent of the paper.
pub(super) const LEAST: f64 = 25.0;
pub(super) const MOST: f64 = 400.0;
/// What the menu offers and the keys step through.
pub(super) const STEPS: [f64; 11] = [
    25.0, 33.0, 50.0, 67.0, 75.0, 100.0, 125.0, 150.0, 200.0, 300.0, 400.0,
];
/// A notch of an ordinary wheel, 100 to 120 pixels, is a quarter more.
const PER_PIXEL: f64 = 0.002;

/// The next larger step.
pub(super) fn larger(percent: f64) -> f64 {
    // What fits may lie a hair beside a step and would seem not to change.
    let is_above = |step: &f64| *step > percent * 1.01;
    STEPS.into_iter().find(is_above).unwrap_or(MOST)
}

/// The next smaller step.
pub(super) fn smaller(percent: f64) -> f64 {
    let is_below = |step: &f64| *step < percent * 0.99;
    STEPS.into_iter().rev().find(is_below).unwrap_or(LEAST)
}

/// After a turn of the wheel by so many pixels.
pub(super) fn turned(percent: f64, pixels: f64) -> f64 {
    (percent * (-pixels * PER_PIXEL).exp()).clamp(LEAST, MOST)
}

/// For the next start.
pub(super) fn written(zoom: Zoom) -> String {
    match zoom {
        Zoom::FitWidth => "width".to_owned(),
        Zoom::FitPage => "page".to_owned(),
        Zoom::Percent(percent) => format!("{percent:.0}"),
    }
}

/// What was written down is taken only as far as it makes sense.
pub(super) fn read(text: Option<&str>) -> Zoom {
    match text {
        Some("page") => Zoom::FitPage,
        Some(text) => text
            .parse::<f64>()
            .ok()
            .filter(|percent| (LEAST..=MOST).contains(percent))
            .map_or(Zoom::FitWidth, Zoom::Percent),
        None => Zoom::FitWidth,
    }
}

/// `125 %`.
pub(super) fn words(percent: f64) -> String {
    format!("{:.0} %", percent.round())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_from_one_end_to_the_other_and_no_further() {
        let mut percent = 18.0;
        let mut seen = Vec::new();
        for _ in 0..20 {
            percent = larger(percent);
            seen.push(percent);
        }
        assert_eq!(seen.first(), Some(&25.0));
        assert_eq!(seen.get(10), Some(&400.0));
        assert_eq!(larger(400.0), 400.0);
        assert_eq!(smaller(400.0), 300.0);
        assert_eq!(smaller(25.0), 25.0);
    }

    #[test]
    fn a_step_from_what_fits_is_one_that_can_be_seen() {
        assert_eq!(larger(124.9), 150.0);
        assert_eq!(smaller(125.3), 100.0);
        assert_eq!(larger(118.0), 125.0);
    }

    #[test]
    fn the_wheel_stays_between_the_ends_and_comes_back_to_where_it_was() {
        assert_eq!(turned(390.0, -500.0), MOST);
        assert_eq!(turned(30.0, 5_000.0), LEAST);
        assert!((turned(turned(100.0, -120.0), 120.0) - 100.0).abs() < 1e-9);
    }

    #[test]
    fn a_zoom_is_remembered_and_nonsense_is_not() {
        for zoom in [Zoom::FitWidth, Zoom::FitPage, Zoom::Percent(150.0)] {
            assert_eq!(read(Some(&written(zoom))), zoom);
        }
        for nonsense in ["", "9000", "-3", "NaN", "large"] {
            assert_eq!(read(Some(nonsense)), Zoom::FitWidth);
        }
    }
}

//! The papers of a rebar shop: what stands on each sheet.
//!
//! All names, jobs and figures are drawn from a seed and made up.

mod drawing;
mod fax_cover;
mod forms;
mod plans;

use super::page::Page;
use super::pick;

pub(super) use drawing::{bending_schedule, placing_drawing};
pub(super) use fax_cover::fax_cover;
pub(super) use forms::{cover, letter, mill_certificate, purchase_order, quote, terms};
pub(super) use plans::{framing_plan, plan_set_page};

const CONTRACTORS: [&str; 10] = [
    "Bayline Builders",
    "Delgado Concrete",
    "Summit Foundations",
    "Northgate Structures",
    "Okafor Grading",
    "Harbor Point JV",
    "Petrov Masonry",
    "Ridgeway Civil",
    "Alder & Finch Construction",
    "Westline Paving",
];

const JOBS: [&str; 10] = [
    "Second Street Footings",
    "Harbor Point Parking",
    "Mill Creek Bridge Abutments",
    "Laurel Elementary Gym",
    "Cedar Tower Core Walls",
    "Quarry Road Retaining Wall",
    "Pier 9 Mat Foundation",
    "Vallejo Water Tank",
    "Concord Transit Deck",
    "Fruitvale Clinic Slab",
];

/// Bar sizes with pounds per foot.
const BARS: [(&str, f32); 8] = [
    ("#3", 0.376),
    ("#4", 0.668),
    ("#5", 1.043),
    ("#6", 1.502),
    ("#7", 2.044),
    ("#8", 2.670),
    ("#9", 3.400),
    ("#11", 5.313),
];

fn contractor(seed: u64) -> &'static str {
    pick(seed, 21, &CONTRACTORS).unwrap_or("Bayline Builders")
}

fn job(seed: u64) -> &'static str {
    pick(seed, 22, &JOBS).unwrap_or("Second Street Footings")
}

fn bar(seed: u64, position: u64) -> (&'static str, f32) {
    let place = usize::try_from(super::mix(seed, position) % BARS.len() as u64).unwrap_or(0);
    BARS.get(place).copied().unwrap_or(("#4", 0.668))
}

/// The line a receiving machine prints across the top.
pub(super) fn fax_header(page: &mut Page, number: u32, of: u32) {
    page.text(
        (48.0, 18.0),
        7.0,
        format!("FAX  COBB STREET REBAR  PAGE {number:03}/{of:03}"),
    );
    page.line((48.0, 23.0), (page.width - 48.0, 23.0), 0.4);
}

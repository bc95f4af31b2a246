//! Plan sets: a title sheet with its index, plans, sections, details and schedules; and framing plans on the large sheets
//! of an architect's plotter.

use super::super::mix;
use super::super::page::{Page, WIDTH};
use super::{bar, bending_schedule, contractor, job, placing_drawing};

/// The long side and the short side of an E-size sheet, 44 by 34 inches.
const E_SIZE: (f32, f32) = (3168.0, 2448.0);

/// A sheet of a plan set by its place: first the index, then what such sets are made of.
pub(crate) fn plan_set_page(seed: u64, number: u32, of: u32) -> Page {
    match number {
        0 => title_sheet(seed, of),
        1 => general_notes(seed),
        _ => match number % 5 {
            0 | 2 => placing_drawing(seed, number),
            1 => section(seed, number),
            3 => details(seed, number),
            _ => bending_schedule(seed, number),
        },
    }
}

fn sheet_name(number: u32) -> &'static str {
    match number {
        0 => "TITLE SHEET AND INDEX",
        1 => "GENERAL NOTES",
        _ => match number % 5 {
            0 | 2 => "PLACING PLAN",
            1 => "SECTION",
            3 => "DETAILS",
            _ => "BAR SCHEDULE",
        },
    }
}

fn title_sheet(seed: u64, of: u32) -> Page {
    let mut page = Page::default();
    page.frame((40.0, 40.0), (WIDTH - 80.0, 700.0), 2.0);
    page.bold((60.0, 90.0), 24.0, job(seed).to_uppercase());
    page.text((60.0, 112.0), 12.0, format!("Contractor: {}", contractor(seed)));
    page.text(
        (60.0, 130.0),
        12.0,
        format!("Reinforcing steel placing drawings, {of} sheets, issued for approval"),
    );
    page.bold((60.0, 165.0), 11.0, "INDEX");
    for number in 0..of.min(66) {
        let (column, row) = (number / 33, number % 33);
        let x = 60.0 + column as f32 * 250.0;
        let y = 184.0 + row as f32 * 16.0;
        page.text(
            (x, y),
            9.5,
            format!("R-{:03}   {}", number + 1, sheet_name(number)),
        );
    }
    page
}

fn general_notes(seed: u64) -> Page {
    let mut page = Page::default();
    page.bold((54.0, 70.0), 16.0, "GENERAL NOTES");
    const NOTES: [&str; 14] = [
        "Reinforcing is ASTM A615 Grade 60; boundary elements are ASTM A706.",
        "Clear cover: 3 in. against earth, 2 in. formed, 3/4 in. slabs inside.",
        "Laps are class B unless dimensioned. Stagger laps in adjacent bars.",
        "Bends are cold and follow the pin diameters of the schedule.",
        "Chairs at 4 ft. each way; standees carry the top mat.",
        "Dowels match the size and spacing of the bars they meet.",
        "Field bending only where a detail says so.",
        "Openings larger than 12 in. get two no. 5 on each side and across corners.",
        "Mechanical couplers are staggered by 24 in.",
        "Column ties: first one 3 in. above the slab.",
        "Walls: two curtains where thicker than 10 in.",
        "Do not weld crossing bars.",
        "Marks are read as sheet, kind, number.",
        "Report a clash before moving a bar.",
    ];
    for (place, note) in NOTES.iter().enumerate() {
        let y = 104.0 + place as f32 * 24.0;
        page.text((60.0, y), 10.0, format!("{}.", place + 1));
        page.text((84.0, y), 10.0, *note);
    }
    let rows: Vec<Vec<String>> = (0..8)
        .map(|row| {
            let (size, weight) = bar(seed, 8_000 + row);
            vec![
                size.to_owned(),
                format!("{weight:.3}"),
                format!("{}\"", 12 + mix(seed, 8_100 + row) % 40),
                format!("{}\"", 18 + mix(seed, 8_200 + row) % 60),
            ]
        })
        .collect();
    let columns = [(60.0, "BAR"), (150.0, "LBS/FT"), (260.0, "HOOK"), (370.0, "LAP")];
    page.table(470.0, &columns, &rows);
    page
}

/// A cut through a wall on its footing.
fn section(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    let base = 11_000 + u64::from(number) * 50;
    page.bold((54.0, 66.0), 14.0, format!("SECTION {}-{}", number, number));
    let height = 300.0 + (mix(seed, base) % 120) as f32;
    let (left, right, bottom) = (240.0, 300.0, 600.0);
    let top = bottom - height;
    page.frame((left, top), (right - left, height), 1.6);
    page.frame((left - 110.0, bottom), (right - left + 220.0, 60.0), 1.6);
    for curtain in [left + 10.0, right - 10.0] {
        page.line((curtain, top - 30.0), (curtain, bottom + 45.0), 1.4);
    }
    page.path(&[(left + 10.0, bottom + 45.0), (left - 60.0, bottom + 45.0)], 1.4);
    page.path(
        &[(right - 10.0, bottom + 45.0), (right + 60.0, bottom + 45.0)],
        1.4,
    );
    let ties = 10 + mix(seed, base + 1) % 8;
    for tie in 0..ties {
        let y = top + 14.0 + (height - 28.0) * tie as f32 / ties as f32;
        page.fill((left + 6.0, y), (4.0, 4.0));
        page.fill((right - 10.0, y), (4.0, 4.0));
    }
    // Earth on one side.
    for stroke in 0..26u16 {
        let y = top + 40.0 + f32::from(stroke) * 10.0;
        page.line((left - 70.0, y), (left - 4.0, y + 8.0), 0.4);
    }
    let (size, _) = bar(seed, base + 2);
    let spacing = 6 + 2 * (mix(seed, base + 3) % 4);
    page.line((right, top + 60.0), (400.0, top + 30.0), 0.6);
    page.text(
        (404.0, top + 33.0),
        9.0,
        format!("{size} @ {spacing}\" VERT. E.F."),
    );
    page.line((right - 6.0, top + 140.0), (400.0, top + 120.0), 0.6);
    page.text(
        (404.0, top + 123.0),
        9.0,
        format!("#4 @ {}\" HORIZ.", spacing + 2),
    );
    page.text(
        (left - 100.0, bottom + 84.0),
        9.0,
        format!("FOOTING {}' x 1'-6\"", 4 + number % 4),
    );
    page
}

/// Four details on one sheet.
fn details(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    page.bold((54.0, 60.0), 14.0, format!("DETAILS, SHEET R-{:03}", number + 1));
    for place in 0..4u32 {
        let (x, y) = (
            60.0 + (place % 2) as f32 * 260.0,
            90.0 + (place / 2) as f32 * 330.0,
        );
        let base = 13_000 + u64::from(number) * 80 + u64::from(place) * 20;
        page.frame((x, y), (230.0, 290.0), 0.8);
        let side = 110.0 + (mix(seed, base) % 50) as f32;
        let (left, top) = (x + 40.0, y + 40.0);
        page.frame((left, top), (side, side), 1.6);
        page.frame((left + 10.0, top + 10.0), (side - 20.0, side - 20.0), 1.2);
        let bars = 3 + mix(seed, base + 1) % 3;
        for one in 0..bars {
            let along = 14.0 + (side - 34.0) * one as f32 / (bars - 1) as f32;
            for (dx, dy) in [
                (along, 14.0),
                (along, side - 20.0),
                (14.0, along),
                (side - 20.0, along),
            ] {
                page.circle((left + dx + 3.0, top + dy + 3.0), 3.4, 1.4);
            }
        }
        page.line((left, top + side + 16.0), (left + side, top + side + 16.0), 0.5);
        page.text(
            (left + side / 2.0 - 12.0, top + side + 30.0),
            8.5,
            format!("{}\"", 12 + mix(seed, base + 2) % 18),
        );
        let (size, _) = bar(seed, base + 3);
        page.text(
            (x + 12.0, y + 262.0),
            9.0,
            format!("{size} VERT., #4 TIES @ {}\"", 4 + mix(seed, base + 4) % 9),
        );
        page.bold(
            (x + 12.0, y + 280.0),
            9.0,
            format!("DETAIL {}/R-{:03}", place + 1, number + 1),
        );
    }
    page
}

/// A framing plan of a whole floor on an E-size sheet, lying across: hundreds of bars, small print, a title block.
pub(crate) fn framing_plan(seed: u64, number: u32) -> Page {
    let (width, height) = E_SIZE;
    let mut page = Page::of_size(width, height);
    page.frame((36.0, 36.0), (width - 72.0, height - 72.0), 3.0);
    let base = 17_000 + u64::from(number) * 1_000;
    let (left, top, right, bottom) = (220.0, 240.0, width - 620.0, height - 220.0);
    let (across, down) = (9u64, 7u64);
    let (dx, dy) = (
        (right - left) / (across - 1) as f32,
        (bottom - top) / (down - 1) as f32,
    );
    for column in 0..across {
        let x = left + column as f32 * dx;
        page.line((x, top - 80.0), (x, bottom + 40.0), 0.7);
        page.circle((x, top - 110.0), 28.0, 1.6);
        page.bold((x - 7.0, top - 101.0), 24.0, (column + 1).to_string());
    }
    for row in 0..down {
        let y = top + row as f32 * dy;
        page.line((left - 80.0, y), (right + 40.0, y), 0.7);
        page.circle((left - 110.0, y), 28.0, 1.6);
        let letter = char::from(b'A' + u8::try_from(row).unwrap_or(0));
        page.bold((left - 119.0, y + 9.0), 24.0, letter.to_string());
    }
    for row in 0..down {
        for column in 0..across {
            let (x, y) = (left + column as f32 * dx, top + row as f32 * dy);
            page.frame((x - 18.0, y - 18.0), (36.0, 36.0), 2.0);
            page.fill((x - 9.0, y - 9.0), (18.0, 18.0));
            if column + 1 < across && row + 1 < down {
                bay(&mut page, seed, base + row * 40 + column, (x, y), (dx, dy));
            }
        }
    }
    let rows: Vec<(f32, String)> = (0..46)
        .map(|line| {
            let (size, _) = bar(seed, base + 500 + line);
            let quantity = 6 + mix(seed, base + 600 + line) % 120;
            let feet = 4 + mix(seed, base + 700 + line) % 36;
            let y = 330.0 + line as f32 * 26.0;
            (
                y,
                format!("S{:02}   {quantity:>3}   {size}   {feet}'-0\"", line + 1),
            )
        })
        .collect();
    page.frame((width - 520.0, 250.0), (430.0, 1_280.0), 1.6);
    page.bold((width - 500.0, 290.0), 20.0, "SLAB BARS  MARK  QTY  SIZE  LENGTH");
    for (y, words) in rows {
        page.text((width - 500.0, y), 13.0, words);
    }
    page.frame((width - 520.0, height - 460.0), (430.0, 400.0), 3.0);
    page.bold((width - 500.0, height - 400.0), 26.0, job(seed));
    page.text(
        (width - 500.0, height - 360.0),
        18.0,
        format!("Contractor: {}", contractor(seed)),
    );
    page.text(
        (width - 500.0, height - 320.0),
        18.0,
        format!("FRAMING PLAN LEVEL {}", number + 1),
    );
    page.text(
        (width - 500.0, height - 280.0),
        14.0,
        "SCALE 1/4\" = 1'-0\"   SHEET SIZE 44 x 34",
    );
    page.bold(
        (width - 500.0, height - 110.0),
        60.0,
        format!("S-{:03}", 201 + number),
    );
    page
}

/// The bars of one bay, both ways, with a call-out small enough to need the zoom.
fn bay(page: &mut Page, seed: u64, place: u64, (x, y): (f32, f32), (dx, dy): (f32, f32)) {
    let lines = 5 + mix(seed, place) % 5;
    for line in 0..lines {
        let part = (line + 1) as f32 / (lines + 1) as f32;
        page.line((x + 30.0, y + dy * part), (x + dx - 30.0, y + dy * part), 1.0);
        page.line((x + dx * part, y + 30.0), (x + dx * part, y + dy - 30.0), 1.0);
    }
    let (size, _) = bar(seed, place + 9);
    let spacing = 6 + 2 * (mix(seed, place + 10) % 4);
    page.text(
        (x + 34.0, y + 24.0),
        8.0,
        format!("{size} @ {spacing}\" TOP & BOT"),
    );
}

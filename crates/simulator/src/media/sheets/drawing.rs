//! Bending schedules and placing drawings.

use super::super::mix;
use super::super::page::{HEIGHT, Page, WIDTH};
use super::{bar, contractor, job};

/// A list of bars: mark, quantity, size, length, shape with its legs, weight.
pub(crate) fn bending_schedule(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    page.bold((54.0, 62.0), 18.0, "BAR BENDING SCHEDULE");
    page.text(
        (54.0, 82.0),
        10.0,
        format!("Job: {}    For: {}", job(seed), contractor(seed)),
    );
    page.text(
        (54.0, 97.0),
        10.0,
        format!(
            "Sheet BBS-{:02}    ASTM A615 Grade 60    Bends per CRSI",
            number + 1
        ),
    );
    let base = 1000 + u64::from(number) * 100;
    let mut total = 0.0;
    let count = 14 + mix(seed, base) % 8;
    let rows: Vec<Vec<String>> = (0..count)
        .map(|row| {
            let at = base + row * 10;
            let (size, weight_per_foot) = bar(seed, at);
            let quantity = 4 + mix(seed, at + 1) % 90;
            let (feet, inches) = (3 + mix(seed, at + 2) % 32, mix(seed, at + 3) % 12);
            let length = feet as f32 + inches as f32 / 12.0;
            let weight = quantity as f32 * length * weight_per_foot;
            total += weight;
            let shape = ["STR", "17", "2", "S3", "T1", "22"]
                .get((mix(seed, at + 4) % 6) as usize)
                .copied();
            vec![
                format!(
                    "{}{:02}",
                    ["A", "B", "F", "W"]
                        .get((mix(seed, at + 5) % 4) as usize)
                        .unwrap_or(&"A"),
                    row + 1
                ),
                quantity.to_string(),
                size.to_owned(),
                format!("{feet}'-{inches:02}\""),
                shape.unwrap_or("STR").to_owned(),
                format!("{}\"", 6 + mix(seed, at + 6) % 30),
                format!("{weight:.0}"),
            ]
        })
        .collect();
    let columns = [
        (54.0, "MARK"),
        (110.0, "QTY"),
        (160.0, "SIZE"),
        (215.0, "LENGTH"),
        (290.0, "TYPE"),
        (350.0, "LEG A"),
        (430.0, "LBS"),
    ];
    let bottom = page.table(115.0, &columns, &rows);
    page.bold((360.0, bottom + 20.0), 10.0, format!("TOTAL {total:.0} LBS"));
    draw_shapes(&mut page, bottom + 45.0);
    page
}

/// The standard shapes, sketched with their leg letters.
fn draw_shapes(page: &mut Page, top: f32) {
    if top > HEIGHT - 140.0 {
        return;
    }
    page.bold((54.0, top), 9.0, "SHAPES");
    let y = top + 60.0;
    page.line((60.0, y), (140.0, y), 2.0);
    page.text((90.0, y + 14.0), 8.0, "STR");
    page.path(&[(180.0, y - 35.0), (180.0, y), (260.0, y)], 2.0);
    page.text((168.0, y - 15.0), 8.0, "A");
    page.text((212.0, y + 14.0), 8.0, "TYPE 17");
    page.path(
        &[(300.0, y - 35.0), (300.0, y), (380.0, y), (380.0, y - 35.0)],
        2.0,
    );
    page.text((330.0, y + 14.0), 8.0, "TYPE 2");
    page.frame((430.0, y - 40.0), (70.0, 40.0), 2.0);
    page.line((430.0, y - 40.0), (444.0, y - 26.0), 2.0);
    page.text((452.0, y + 14.0), 8.0, "T1");
}

/// A plan with grid lines, footings, bars and call-outs, and a title block.
pub(crate) fn placing_drawing(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    let base = 5000 + u64::from(number) * 200;
    let across = 3 + mix(seed, base) % 3;
    let down = 3 + mix(seed, base + 1) % 3;
    let (left, top, right, bottom) = (90.0, 90.0, WIDTH - 60.0, 560.0);
    let step = |count: u64, span: f32| span / (count as f32 - 1.0);
    let (dx, dy) = (step(across, right - left - 20.0), step(down, bottom - top - 20.0));
    for column in 0..across {
        let x = left + column as f32 * dx;
        page.line((x, top - 20.0), (x, bottom), 0.4);
        page.circle((x, top - 32.0), 11.0, 0.8);
        page.bold((x - 3.0, top - 28.0), 10.0, (column + 1).to_string());
    }
    for row in 0..down {
        let y = top + row as f32 * dy;
        page.line((left - 20.0, y), (right, y), 0.4);
        page.circle((left - 32.0, y), 11.0, 0.8);
        page.bold(
            (left - 35.0, y + 4.0),
            10.0,
            char::from(b'A' + u8::try_from(row).unwrap_or(0)).to_string(),
        );
    }
    for row in 0..down {
        for column in 0..across {
            let (x, y) = (left + column as f32 * dx, top + row as f32 * dy);
            let side = 14.0 + (mix(seed, base + 20 + row * 10 + column) % 14) as f32;
            page.frame((x - side, y - side), (side * 2.0, side * 2.0), 1.2);
            page.fill((x - 4.0, y - 4.0), (8.0, 8.0));
            if column + 1 < across {
                mat_bars(&mut page, (x + side, y - 8.0), dx - side * 2.0 - 10.0);
            }
        }
    }
    for note in 0..4 {
        let (size, _) = bar(seed, base + 100 + note);
        let spacing = 6 + 2 * (mix(seed, base + 110 + note) % 5);
        let face = if note % 2 == 0 { "BOT" } else { "TOP" };
        let y = 585.0 + note as f32 * 13.0;
        page.text(
            (60.0, y),
            9.0,
            format!(
                "{}. {size} @ {spacing}\" O.C. E.W. {face}, LAP {}\"",
                note + 1,
                24 + spacing
            ),
        );
    }
    title_block(&mut page, seed, number);
    page
}

fn mat_bars(page: &mut Page, at: (f32, f32), length: f32) {
    for bar in 0..3 {
        let y = at.1 + bar as f32 * 8.0;
        page.line((at.0 + 4.0, y), (at.0 + length, y), 1.0);
    }
}

fn title_block(page: &mut Page, seed: u64, number: u32) {
    let (x, y) = (310.0, 660.0);
    page.frame((x, y), (WIDTH - 48.0 - x, 90.0), 1.5);
    page.line((x, y + 30.0), (WIDTH - 48.0, y + 30.0), 0.8);
    page.line((x, y + 60.0), (WIDTH - 48.0, y + 60.0), 0.8);
    page.bold((x + 8.0, y + 20.0), 12.0, job(seed));
    page.text(
        (x + 8.0, y + 48.0),
        9.0,
        format!("Contractor: {}", contractor(seed)),
    );
    page.text(
        (x + 8.0, y + 78.0),
        9.0,
        format!("PLACING DRAWING R-{:02}   REV {}", number + 1, mix(seed, 77) % 4),
    );
}

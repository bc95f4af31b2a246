//! Quotes, orders, certificates, cover pages and letters.

use super::super::page::{Page, WIDTH};
use super::super::{mix, pick};
use super::{bar, contractor, job};

fn letterhead(page: &mut Page, name: &str, line: &str) {
    page.bold((54.0, 66.0), 20.0, name);
    page.text((54.0, 84.0), 9.0, line);
    page.line((54.0, 92.0), (WIDTH - 54.0, 92.0), 2.0);
}

/// The shop's price for a job.
pub(crate) fn quote(seed: u64) -> Page {
    let mut page = Page::default();
    letterhead(
        &mut page,
        "COBB STREET REBAR",
        "Fabricated and delivered reinforcing steel - Oakland, California",
    );
    page.bold(
        (54.0, 125.0),
        16.0,
        format!("QUOTE Q-{}", 20_000 + mix(seed, 31) % 9000),
    );
    page.text((54.0, 145.0), 10.0, format!("To: {}", contractor(seed)));
    page.text((54.0, 160.0), 10.0, format!("Job: {}", job(seed)));
    let mut total = 0.0;
    let mut rows = Vec::new();
    for row in 0..6 {
        let (size, _) = bar(seed, 300 + row * 5);
        let tons = 0.5 + (mix(seed, 301 + row * 5) % 90) as f32 / 10.0;
        let price = 1380.0 + (mix(seed, 302 + row * 5) % 420) as f32;
        total += tons * price;
        let work = pick(
            seed,
            303 + row * 5,
            &[
                "straight",
                "bent, light",
                "bent, heavy",
                "ties and stirrups",
                "cages",
            ],
        );
        rows.push(vec![
            size.to_owned(),
            work.unwrap_or("straight").to_owned(),
            format!("{tons:.1}"),
            format!("{price:.2}"),
            format!("{:.2}", tons * price),
        ]);
    }
    let columns = [
        (60.0, "SIZE"),
        (120.0, "WORK"),
        (270.0, "TONS"),
        (350.0, "$/TON"),
        (440.0, "AMOUNT"),
    ];
    let bottom = page.table(185.0, &columns, &rows);
    page.bold((400.0, bottom + 24.0), 11.0, format!("TOTAL ${total:.2}"));
    page.text(
        (54.0, bottom + 50.0),
        9.0,
        "Delivered to site, unloading by others. Good for 14 days. Tax not included.",
    );
    page.text(
        (54.0, bottom + 66.0),
        9.0,
        "Accessories, chairs and tie wire on request.",
    );
    page.line((54.0, bottom + 130.0), (260.0, bottom + 130.0), 0.8);
    page.text((54.0, bottom + 144.0), 8.0, "Accepted by / date");
    page
}

/// A customer's order.
pub(crate) fn purchase_order(seed: u64) -> Page {
    let mut page = Page::default();
    let buyer = contractor(seed);
    letterhead(&mut page, &buyer.to_uppercase(), "General building contractor");
    page.bold(
        (54.0, 125.0),
        16.0,
        format!("PURCHASE ORDER {}", 4000 + mix(seed, 41) % 5000),
    );
    page.text((54.0, 146.0), 10.0, "Vendor: Cobb Street Rebar, Oakland");
    page.text((54.0, 161.0), 10.0, format!("Ship to: {}", job(seed)));
    page.text(
        (54.0, 176.0),
        10.0,
        format!("Needed by: {} AM, call ahead 30 minutes", 6 + mix(seed, 42) % 4),
    );
    let rows: Vec<Vec<String>> = (0..5 + mix(seed, 43) % 6)
        .map(|row| {
            let (size, _) = bar(seed, 400 + row * 4);
            let what = pick(
                seed,
                401 + row * 4,
                &[
                    "x 20' straight",
                    "dowel, 90 hook",
                    "stirrup, type T1",
                    "corner bar",
                    "x 40' straight",
                    "column tie",
                ],
            );
            vec![
                (row + 1).to_string(),
                (10 * (1 + mix(seed, 402 + row * 4) % 30)).to_string(),
                format!("{size} {}", what.unwrap_or("x 20' straight")),
                pick(
                    seed,
                    403 + row * 4,
                    &["footing", "slab", "wall", "column", "grade beam"],
                )
                .unwrap_or("slab")
                .to_owned(),
            ]
        })
        .collect();
    let bottom = page.table(
        200.0,
        &[
            (60.0, "ITEM"),
            (110.0, "QTY"),
            (180.0, "DESCRIPTION"),
            (420.0, "WHERE"),
        ],
        &rows,
    );
    page.text(
        (54.0, bottom + 30.0),
        9.0,
        "Confirm by fax. Mill certificates with every load.",
    );
    page.line((54.0, bottom + 100.0), (260.0, bottom + 100.0), 0.8);
    page.text((54.0, bottom + 114.0), 8.0, "Authorized signature");
    signature(&mut page, seed, (60.0, bottom + 96.0));
    page
}

/// Conditions on the following pages.
pub(crate) fn terms(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    page.bold((54.0, 64.0), 13.0, "CONDITIONS");
    const CLAUSES: [&str; 8] = [
        "Material is ASTM A615 Grade 60 unless the drawings say A706.",
        "Shortages are reported within two working days of delivery.",
        "Bars are tagged by mark and bundled by placing sequence.",
        "A truck that waits longer than one hour is charged for.",
        "Changes after detailing are priced by the ton and by the hour.",
        "Returned straight stock is credited at eighty percent.",
        "Title passes when the load leaves the truck.",
        "Drawings are approved before fabrication begins.",
    ];
    for (place, clause) in CLAUSES.iter().enumerate() {
        let y = 95.0 + place as f32 * 34.0;
        page.bold((54.0, y), 10.0, format!("{}.{}", number, place + 1));
        page.text((84.0, y), 10.0, *clause);
    }
    signature(&mut page, seed, (380.0, 420.0));
    page
}

/// A mill's certificate with heats, chemistry and strength.
pub(crate) fn mill_certificate(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    letterhead(&mut page, "PACIFIC MILL SUPPLY", "Certified material test report");
    page.text(
        (54.0, 115.0),
        10.0,
        format!("Customer: Cobb Street Rebar     Job: {}", job(seed)),
    );
    let base = 700 + u64::from(number) * 100;
    let rows: Vec<Vec<String>> = (0..12)
        .map(|row| {
            let at = base + row * 7;
            let (size, _) = bar(seed, at);
            vec![
                (7000 + mix(seed, at + 1) % 3000).to_string(),
                size.to_owned(),
                format!("0.{:02}", 24 + mix(seed, at + 2) % 18),
                format!("1.{:02}", 5 + mix(seed, at + 3) % 40),
                format!("0.0{:02}", 8 + mix(seed, at + 4) % 30),
                format!("{:.1}", 62.0 + (mix(seed, at + 5) % 120) as f32 / 10.0),
                format!("{:.1}", 92.0 + (mix(seed, at + 6) % 150) as f32 / 10.0),
            ]
        })
        .collect();
    let columns = [
        (60.0, "HEAT"),
        (130.0, "SIZE"),
        (190.0, "C %"),
        (250.0, "MN %"),
        (310.0, "S %"),
        (370.0, "YIELD KSI"),
        (460.0, "TENSILE KSI"),
    ];
    let bottom = page.table(135.0, &columns, &rows);
    page.text(
        (54.0, bottom + 30.0),
        9.0,
        "Melted and rolled in the United States. Bend test: pass.",
    );
    signature(&mut page, seed, (380.0, bottom + 80.0));
    page
}

/// A cover page.
pub(crate) fn cover(seed: u64, pages: u32) -> Page {
    let mut page = Page::default();
    page.bold((54.0, 110.0), 40.0, "FAX");
    page.line((54.0, 125.0), (WIDTH - 54.0, 125.0), 3.0);
    for (place, (label, value)) in [
        ("To", "Cobb Street Rebar".to_owned()),
        ("From", contractor(seed).to_owned()),
        ("About", job(seed).to_owned()),
        ("Pages", pages.to_string()),
    ]
    .into_iter()
    .enumerate()
    {
        let y = 170.0 + place as f32 * 30.0;
        page.bold((60.0, y), 13.0, label);
        page.text((150.0, y), 13.0, value);
    }
    page.frame((54.0, 320.0), (WIDTH - 108.0, 180.0), 1.0);
    page.text(
        (66.0, 345.0),
        12.0,
        pick(seed, 51, &NOTES).unwrap_or("Please see attached."),
    );
    page
}

const NOTES: [&str; 5] = [
    "Please see attached and call with a price.",
    "Revised sheet, replaces the one from yesterday.",
    "Need this on the Thursday truck.",
    "Signed copy for your file.",
    "Marked up where the dowels moved. Call me.",
];

/// A page of handwriting-like lines under a sentence.
pub(crate) fn letter(seed: u64, number: u32) -> Page {
    let mut page = Page::default();
    page.text(
        (60.0, 80.0),
        12.0,
        pick(seed, 60 + u64::from(number), &NOTES).unwrap_or("Thanks"),
    );
    for line in 0..18 {
        let y = 120.0 + line as f32 * 26.0;
        let mut x = 60.0;
        for word in 0..9 {
            let width = 18.0 + (mix(seed, 6000 + u64::from(number) * 400 + line * 12 + word) % 44) as f32;
            if x + width > WIDTH - 60.0 {
                break;
            }
            scribble(&mut page, seed ^ (line * 31 + word), (x, y), width);
            x += width + 12.0;
        }
    }
    signature(&mut page, seed, (380.0, 640.0));
    page
}

/// A word nobody can read.
fn scribble(page: &mut Page, seed: u64, at: (f32, f32), width: f32) {
    let steps = (width / 4.0) as u64;
    let points: Vec<(f32, f32)> = (0..=steps)
        .map(|step| (at.0 + step as f32 * 4.0, at.1 - (mix(seed, step) % 10) as f32))
        .collect();
    page.path(&points, 0.9);
}

fn signature(page: &mut Page, seed: u64, at: (f32, f32)) {
    let points: Vec<(f32, f32)> = (0..22)
        .map(|step| {
            (
                at.0 + step as f32 * 6.0,
                at.1 - (mix(seed, 9000 + step) % 26) as f32,
            )
        })
        .collect();
    page.path(&points, 1.2);
}

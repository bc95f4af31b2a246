//! Documents as they come by fax, made here: a drawing, a plan of E size, a table, a letter, and scans of them in every compression.

use super::poppler::{is_there, quiet};
use super::writing::{Pdf, Scan};
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat};
use std::fmt::Write as _;
use std::path::Path;
use switchboard_core::fax::{Document, draw_dots};

const A4: (f64, f64) = (595.0, 842.0);
/// 34 by 44 inches.
const E_SIZE: (f64, f64) = (2_448.0, 3_168.0);

/// Writes all of them into a folder.
pub(crate) async fn write_all(folder: &Path) {
    let write = |name: &str, content: Vec<u8>| std::fs::write(folder.join(name), content).unwrap();
    let letter = one_page(A4, &letter(A4));
    let plan = one_page(E_SIZE, &drawing(E_SIZE));
    write("table.pdf", one_page(A4, &table(A4)));
    write("drawing A4.pdf", one_page(A4, &drawing(A4)));

    let fine = scan(&letter, 1_728, 2_444).await;
    let finest = scan(&letter, 4_960, 7_016).await;
    let large = scan(&plan, 5_100, 6_600).await.larger(2);
    for (name, page, scan) in [
        ("A4 200 dpi", A4, &fine),
        ("A4 600 dpi", A4, &finest),
        ("E-size 300 dpi", E_SIZE, &large),
    ] {
        write(
            &format!("scan {name} G4.pdf"),
            scanned(page, scan, "CCITTFaxDecode", &scan.group_4()),
        );
        write(
            &format!("scan {name} JBIG2.pdf"),
            scanned(page, scan, "JBIG2Decode", &scan.jbig2()),
        );
    }
    write("fax fine G4.tif", fine.tiff(204, 196));
    write("fax coarse G4.tif", fine.coarse().tiff(204, 98));
    write("scan A4 600 dpi G4.tif", finest.tiff(600, 600));
    write("scan E-size 300 dpi G4.tif", large.tiff(300, 300));
    write("plan E-size.pdf", plan);
    write("letter.pdf", letter.clone());
    compressed_otherwise(folder);
    photographs(folder, &letter).await;
}

fn one_page(size: (f64, f64), content: &str) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.page(size, "", content);
    pdf.finish()
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    /// From zero to one.
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 40) as f64 / (1_u64 << 24) as f64
    }
}

fn words(content: &mut String, font: char, size: f64, (x, y): (f64, f64), text: &str) {
    writeln!(content, "BT /{font} {size} Tf {x:.2} {y:.2} Td ({text}) Tj ET").unwrap();
}

fn letter((width, height): (f64, f64)) -> String {
    let mut content = String::new();
    words(
        &mut content,
        'F',
        16.0,
        (60.0, height - 70.0),
        "Quotation 4711: reinforcing steel",
    );
    let syllables = [
        "bar", "steel", "bend", "site", "ton", "cut", "mesh", "tie", "load", "plan",
    ];
    let mut chance = Chance(1);
    for line in 0..48 {
        let mut text = String::new();
        while text.len() < 74 {
            let at = (chance.next() * syllables.len() as f64) as usize;
            text.push_str(syllables[at]);
            text.push(if chance.next() < 0.6 { ' ' } else { 'e' });
        }
        words(
            &mut content,
            'T',
            11.0,
            (60.0, height - 110.0 - f64::from(line) * 14.3),
            &text,
        );
    }
    writeln!(
        content,
        "0.5 w 60 {:.1} m {:.1} {0:.1} l S",
        height - 84.0,
        width - 60.0
    )
    .unwrap();
    content
}

fn table((width, height): (f64, f64)) -> String {
    let mut content = String::from("0.9 g\n");
    writeln!(
        content,
        "50 {:.1} {:.1} 18 re f 0 g 0.75 w",
        height - 80.0,
        width - 100.0
    )
    .unwrap();
    let mut chance = Chance(2);
    for row in 0..38 {
        let y = height - 80.0 - f64::from(row) * 18.3;
        writeln!(content, "50 {y:.2} m {:.2} {y:.2} l S", width - 50.0).unwrap();
        for column in 0..6 {
            let text = format!("{:.2}", chance.next() * 1_000.0);
            words(
                &mut content,
                'F',
                9.0,
                (56.0 + f64::from(column) * 82.5, y + 5.0),
                &text,
            );
        }
    }
    for column in 0..=6 {
        let x = 50.0 + f64::from(column) * 82.5;
        writeln!(
            content,
            "{x:.2} {:.2} m {x:.2} {:.2} l S",
            height - 62.0,
            height - 757.1
        )
        .unwrap();
    }
    content
}

/// Walls, hatching, circles, dimensions: what plans have, the more the larger.
fn drawing((width, height): (f64, f64)) -> String {
    let mut content = String::from("1.5 w 30 30 ");
    writeln!(content, "{:.1} {:.1} re S", width - 60.0, height - 60.0).unwrap();
    let mut chance = Chance(3);
    for _ in 0..(width * height / 20_000.0) as usize {
        let (x, y) = (
            40.0 + chance.next() * (width - 200.0),
            40.0 + chance.next() * (height - 200.0),
        );
        let (across, down) = (30.0 + chance.next() * 90.0, 30.0 + chance.next() * 90.0);
        let right = x + across;
        writeln!(
            content,
            "{:.2} w {x:.2} {y:.2} {across:.2} {down:.2} re S 0.25 w",
            0.3 + chance.next()
        )
        .unwrap();
        match (chance.next() * 4.0) as u32 {
            0 => {
                for step in 0..12 {
                    let at = f64::from(step) / 12.0;
                    let (left, top) = (x + at * across, y + down);
                    writeln!(
                        content,
                        "{left:.2} {y:.2} m {:.2} {top:.2} l S",
                        left.midpoint(right)
                    )
                    .unwrap();
                }
            }
            1 => {
                let round = across.min(down) * 0.4;
                let bow = round * 0.552_3;
                let (x, y) = (x + across / 2.0, y + down / 2.0);
                writeln!(
                    content,
                    "{:.2} {y:.2} m {0:.2} {:.2} {:.2} {:.2} {x:.2} {3:.2} c {:.2} {3:.2} {:.2} {1:.2} {5:.2} {y:.2} c S",
                    x + round,
                    y + bow,
                    x + bow,
                    y + round,
                    x - bow,
                    x - round
                )
                .unwrap();
            }
            2 => writeln!(
                content,
                "[4 2] 0 d {x:.2} {y:.2} m {right:.2} {:.2} l S [] 0 d",
                y + down
            )
            .unwrap(),
            _ => writeln!(
                content,
                "0.6 g {x:.2} {y:.2} {:.2} {:.2} re f 0 g",
                across / 3.0,
                down / 3.0
            )
            .unwrap(),
        }
        let text = format!("{:.0} mm", across * 25.4);
        words(&mut content, 'F', 7.0, (x, y - 8.0), &text);
    }
    content
}

/// A page on the glass of a scanner, dust included.
async fn scan(pdf: &[u8], width: u32, height: u32) -> Scan {
    let grey = photograph(pdf, width, height).await;
    let mut chance = Chance(4);
    Scan {
        width: grey.width() as usize,
        height: grey.height() as usize,
        dots: grey
            .into_raw()
            .into_iter()
            .map(|grey| (grey < 160) != (chance.next() < 0.000_5))
            .collect(),
    }
}

async fn photograph(pdf: &[u8], width: u32, height: u32) -> GrayImage {
    let drawn = draw_dots(&Document::of_bytes(pdf.to_vec()), 0, width, height)
        .await
        .unwrap();
    image::load_from_memory_with_format(&drawn, ImageFormat::Png)
        .unwrap()
        .into_luma8()
}

fn scanned(page: (f64, f64), scan: &Scan, filter: &str, content: &[u8]) -> Vec<u8> {
    let Scan { width, height, .. } = scan;
    let parameters = if filter == "CCITTFaxDecode" {
        format!("/DecodeParms<</K -1/Columns {width}/Rows {height}>>")
    } else {
        String::new()
    };
    let entries = format!(
        "/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/{filter}{parameters}"
    );
    let mut pdf = Pdf::new();
    pdf.picture(page, &entries, content);
    pdf.finish()
}

/// What libtiff's tools make of the TIFFs: the older compressions, and PDFs with them.
fn compressed_otherwise(folder: &Path) {
    if !(is_there("tiffcp") && is_there("tiff2pdf")) {
        println!("Skipped: without the programs tiffcp and tiff2pdf there are no faxes in group 3.");
        return;
    }
    let fine = folder.join("fax fine G4.tif");
    for (name, compression) in [
        ("G3 1D", "g3:1d"),
        ("G3 2D", "g3:2d:fill"),
        ("PackBits", "packbits"),
        ("LZW", "lzw"),
        ("Deflate", "zip"),
    ] {
        let tiff = folder.join(format!("fax fine {name}.tif"));
        assert!(
            quiet("tiffcp")
                .args(["-c", compression])
                .arg(&fine)
                .arg(&tiff)
                .status()
                .unwrap()
                .success()
        );
        if name.starts_with("G3") {
            let pdf = tiff.with_extension("pdf");
            assert!(
                quiet("tiff2pdf")
                    .arg("-o")
                    .arg(&pdf)
                    .arg(&tiff)
                    .status()
                    .unwrap()
                    .success()
            );
        }
    }
}

/// A page in shades of grey, as JPEG and as JPEG 2000.
async fn photographs(folder: &Path, letter: &[u8]) {
    let page = photograph(letter, 1_240, 1_754).await;
    let (width, height) = page.dimensions();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 80)
        .encode_image(&page)
        .unwrap();
    let entries = format!("/Width {width}/Height {height}/BitsPerComponent 8/ColorSpace/DeviceGray");
    let write = |name: &str, filter: &str, content: &[u8]| {
        let mut pdf = Pdf::new();
        pdf.picture(A4, &format!("{entries}/Filter/{filter}"), content);
        std::fs::write(folder.join(name), pdf.finish()).unwrap();
    };
    write("scan A4 150 dpi JPEG.pdf", "DCTDecode", &jpeg);
    let (raw, made) = (folder.join("page.png"), folder.join("page.jp2"));
    page.save(&raw).unwrap();
    let status = quiet("opj_compress")
        .arg("-r")
        .arg("20")
        .arg("-i")
        .arg(&raw)
        .arg("-o")
        .arg(&made)
        .status();
    if status.is_ok_and(|status| status.success()) {
        write(
            "scan A4 150 dpi JPEG 2000.pdf",
            "JPXDecode",
            &std::fs::read(&made).unwrap(),
        );
    } else {
        println!("Skipped: without the program opj_compress there is no scan in JPEG 2000.");
    }
}

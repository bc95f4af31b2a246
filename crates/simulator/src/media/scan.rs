//! Pages that are pictures: what a scanner or a fax machine made, to be put into a PDF without being drawn again.

use image::GrayImage;
use image::imageops::FilterType;
use jpeg_encoder::{ColorType, Encoder};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref};

use super::bitmap::{Bitmap, COLUMNS_PER_INCH};
use super::ccitt::{self, Compression};
use super::page::{HEIGHT, WIDTH};

/// A page as a picture, in strips from top to bottom.
#[derive(Debug, Clone)]
pub(crate) struct Scan {
    /// Size of the sheet in points.
    pub(crate) size: (f32, f32),
    /// Dots per row.
    pub(crate) columns: u32,
    pub(crate) strips: Vec<Strip>,
}

/// Some rows of it.
#[derive(Debug, Clone)]
pub(crate) struct Strip {
    pub(crate) rows: u32,
    pub(crate) bytes: Vec<u8>,
    pub(crate) coding: Coding,
}

/// How the dots are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    /// Black and white as fax machines write it. `k` as PDF has it: negative for group 4, 0 for one dimension.
    Ccitt {
        k: i32,
        is_byte_aligned: bool,
        is_inverted: bool,
    },
    /// Grey, as JPEG.
    GreyJpeg,
}

/// A fax machine's line is so wide; more dots than that do not get through.
const WIDEST: u32 = 1728;
const JPEG_QUALITY: u8 = 80;

impl Scan {
    /// A page of dots.
    pub(crate) fn of_bitmap(bitmap: &Bitmap, size: (f32, f32)) -> Self {
        Scan {
            size,
            columns: bitmap.raster().columns,
            strips: vec![Strip {
                rows: bitmap.raster().rows,
                bytes: ccitt::compress(bitmap, Compression::Group4),
                coding: Coding::Ccitt {
                    k: -1,
                    is_byte_aligned: false,
                    is_inverted: false,
                },
            }],
        }
    }

    /// A picture on a letter page of its own, as large as it fits; wide ones lie across. `None` when it has no dots.
    pub(crate) fn of_picture(picture: &GrayImage) -> Option<Self> {
        let (width, height) = picture.dimensions();
        if width == 0 || height == 0 {
            return None;
        }
        let shrunk;
        let picture = if width > WIDEST {
            let rows = (u64::from(height) * u64::from(WIDEST) / u64::from(width)).max(1);
            let rows = u32::try_from(rows).ok()?;
            shrunk = image::imageops::resize(picture, WIDEST, rows, FilterType::Triangle);
            &shrunk
        } else {
            picture
        };
        let (columns, rows) = picture.dimensions();
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, JPEG_QUALITY)
            .encode(
                picture.as_raw(),
                u16::try_from(columns).ok()?,
                u16::try_from(rows).ok()?,
                ColorType::Luma,
            )
            .ok()?;
        let sheet = if columns > rows {
            (HEIGHT, WIDTH)
        } else {
            (WIDTH, HEIGHT)
        };
        let scale = (sheet.0 / columns as f32).min(sheet.1 / rows as f32);
        Some(Scan {
            size: (columns as f32 * scale, rows as f32 * scale),
            columns,
            strips: vec![Strip {
                rows,
                bytes,
                coding: Coding::GreyJpeg,
            }],
        })
    }

    /// The size of a sheet from its dots, at a fax machine's width.
    pub(crate) fn usual_size(columns: u32, rows: u32, (across, down): (f32, f32)) -> (f32, f32) {
        let usual = COLUMNS_PER_INCH as f32;
        let across = if across > 1.0 { across } else { usual };
        let down = if down > 1.0 { down } else { usual };
        (columns as f32 / across * 72.0, rows as f32 / down * 72.0)
    }
}

/// Writes the pages as a PDF.
pub(crate) fn write(scans: &[Scan]) -> Vec<u8> {
    let mut next = 0;
    let mut reference = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree) = (reference(), reference());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let mut kids = Vec::new();
    for scan in scans {
        let (page, content) = (reference(), reference());
        let names: Vec<(Ref, String)> = (0..scan.strips.len())
            .map(|place| (reference(), format!("S{place}")))
            .collect();
        let mut leaf = pdf.page(page);
        leaf.media_box(Rect::new(0.0, 0.0, scan.size.0, scan.size.1))
            .parent(tree)
            .contents(content);
        let mut resources = leaf.resources();
        let mut pictures = resources.x_objects();
        for (id, name) in &names {
            pictures.pair(Name(name.as_bytes()), *id);
        }
        pictures.finish();
        resources.finish();
        leaf.finish();
        let all_rows: u32 = scan.strips.iter().map(|strip| strip.rows).sum();
        let mut drawing = Content::new();
        let mut top = scan.size.1;
        for (strip, (id, name)) in scan.strips.iter().zip(&names) {
            let height = scan.size.1 * strip.rows as f32 / all_rows.max(1) as f32;
            top -= height;
            drawing
                .save_state()
                .transform([scan.size.0, 0.0, 0.0, height, 0.0, top])
                .x_object(Name(name.as_bytes()))
                .restore_state();
            write_strip(&mut pdf, *id, scan.columns, strip);
        }
        pdf.stream(content, &drawing.finish());
        kids.push(page);
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids).count(count);
    pdf.finish()
}

fn write_strip(pdf: &mut Pdf, id: Ref, columns: u32, strip: &Strip) {
    let signed = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let mut picture = pdf.image_xobject(id, &strip.bytes);
    picture.width(signed(columns)).height(signed(strip.rows));
    picture.color_space().device_gray();
    match strip.coding {
        Coding::GreyJpeg => {
            picture.bits_per_component(8).filter(Filter::DctDecode);
        }
        Coding::Ccitt {
            k,
            is_byte_aligned,
            is_inverted,
        } => {
            picture.bits_per_component(1).filter(Filter::CcittFaxDecode);
            picture
                .decode_parms()
                .k(k)
                .columns(signed(columns))
                .rows(signed(strip.rows))
                .encoded_byte_align(is_byte_aligned)
                .end_of_block(k < 0)
                .black_is_1(is_inverted);
        }
    }
}

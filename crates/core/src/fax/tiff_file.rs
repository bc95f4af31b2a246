//! Pages of a TIFF: one directory each, compressed as fax machines do ([`super::ccitt`]) or as other programs do.

mod colours;
mod directory;
mod turned;

use super::FaxError;
use super::bitmap::{Bitmap, as_index};
use super::ccitt::{self, Compression, Layout};
use super::frame::{Frame, Wanted};
use super::reduction::Reduction;
use directory::{Directory, tag};
use domain::attachment::FaxPage;
use std::sync::Arc;
use turned::Turned;

/// What fax machines scan with, for files that do not say it.
const USUAL_DOTS_PER_INCH: f64 = 204.0;
const POINTS_PER_INCH: f64 = 72.0;
const CENTIMETRES_PER_INCH: f64 = 2.54;
/// An E-size plan at six hundred dots per inch; nothing is kept of them but what is drawn.
const MOST_DOTS: u64 = 600_000_000;
const LONGEST_SIDE: u32 = 200_000;

/// An opened TIFF.
pub(super) struct TiffDocument {
    file: Arc<Vec<u8>>,
    directories: Vec<Directory>,
    pages: Vec<FaxPage>,
}

impl TiffDocument {
    pub(super) fn open(file: Arc<Vec<u8>>) -> Result<Self, FaxError> {
        let mut directories = directory::read(&file)?;
        // A picture without a size is none; some programs leave one behind.
        directories.retain(|directory| dimensions(&file, directory).is_some());
        if directories.is_empty() {
            return Err(FaxError::Damaged);
        }
        let pages = directories
            .iter()
            .map(|directory| size(&file, directory))
            .collect();
        Ok(Self {
            file,
            directories,
            pages,
        })
    }

    pub(super) fn pages(&self) -> &[FaxPage] {
        &self.pages
    }

    pub(super) fn draw(&self, index: usize, wanted: Wanted) -> Result<Bitmap, FaxError> {
        let file: &[u8] = &self.file;
        let directory = self.directories.get(index).ok_or(FaxError::NoSuchPage)?;
        let page = self.pages.get(index).ok_or(FaxError::NoSuchPage)?;
        let (width, height) = dimensions(file, directory).ok_or(FaxError::Damaged)?;
        if width.max(height) > LONGEST_SIDE || u64::from(width) * u64::from(height) > MOST_DOTS {
            return Err(FaxError::TooLarge);
        }
        let turned = Turned::of(directory.number(file, tag::ORIENTATION));
        let own = if turned.swaps_sides {
            (height, width)
        } else {
            (width, height)
        };
        let frame = wanted.frame((f64::from(page.width), f64::from(page.height)), Some(own))?;
        let stored = turned.stored(frame);
        let drawn = match compression(file, directory) {
            Some(compression) => draw_fax(file, directory, compression, (width, height), stored)?,
            None => colours::draw(file, directory, index, (width, height), stored)?,
        };
        Ok(turned.shown(frame, drawn))
    }
}

fn dimensions(file: &[u8], directory: &Directory) -> Option<(u32, u32)> {
    let width = directory.number(file, tag::WIDTH)?;
    let height = directory.number(file, tag::HEIGHT)?;
    (width > 0 && height > 0).then_some((width, height))
}

/// As printed: a coarse fax has half as many rows as columns to the inch.
fn size(file: &[u8], directory: &Directory) -> FaxPage {
    let (columns, rows) = dimensions(file, directory).unwrap_or((1, 1));
    let across = directory.resolution(file, tag::X_RESOLUTION);
    let down = directory.resolution(file, tag::Y_RESOLUTION);
    let (across, down) = match (across, down) {
        (Some(across), Some(down)) => (across, down),
        _ => (USUAL_DOTS_PER_INCH, USUAL_DOTS_PER_INCH),
    };
    let unit = match directory.number(file, tag::RESOLUTION_UNIT) {
        Some(3) => CENTIMETRES_PER_INCH,
        _ => 1.0,
    };
    let (width, height) = (points(columns, across * unit), points(rows, down * unit));
    if Turned::of(directory.number(file, tag::ORIENTATION)).swaps_sides {
        FaxPage {
            width: height,
            height: width,
        }
    } else {
        FaxPage { width, height }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such a cast stops at the ends of the range, and the result is at least one"
)]
fn points(dots: u32, per_inch: f64) -> u32 {
    ((f64::from(dots) * POINTS_PER_INCH / per_inch).round() as u32).max(1)
}

/// Which of the fax machines' compressions a page has; `None` for those of other programs.
fn compression(file: &[u8], directory: &Directory) -> Option<Compression> {
    match directory.number(file, tag::COMPRESSION)? {
        2 => Some(Compression::Huffman),
        3 => Some(Compression::Group3 {
            has_two_dimensions: directory.number(file, tag::GROUP3_OPTIONS).unwrap_or(0) & 1 == 1,
        }),
        4 => Some(Compression::Group4),
        _ => None,
    }
}

fn draw_fax(
    file: &[u8],
    directory: &Directory,
    compression: Compression,
    (width, height): (u32, u32),
    frame: Frame,
) -> Result<Bitmap, FaxError> {
    if directory.number(file, tag::BITS).unwrap_or(1) != 1 {
        return Err(FaxError::Damaged);
    }
    let is_lowest_bit_first = directory.number(file, tag::FILL_ORDER) == Some(2);
    let mut page = Reduction::new(frame, width, height, 1);
    if let Some(tile_width) = directory.number(file, tag::TILE_WIDTH).filter(|width| *width > 0) {
        let tile_height = directory.number(file, tag::TILE_LENGTH).unwrap_or(0);
        let layout = Layout {
            width: tile_width,
            height: tile_height,
            rows_per_strip: tile_height,
            compression,
            is_lowest_bit_first,
        };
        let tiles = pieces(file, directory, tag::TILE_OFFSETS, tag::TILE_BYTE_COUNTS)?;
        draw_tiles(&layout, &tiles, (width, height), &mut page)?;
    } else {
        let layout = Layout {
            width,
            height,
            rows_per_strip: directory
                .number(file, tag::ROWS_PER_STRIP)
                .unwrap_or(height)
                .max(1),
            compression,
            is_lowest_bit_first,
        };
        let strips = pieces(file, directory, tag::STRIP_OFFSETS, tag::STRIP_BYTE_COUNTS)?;
        ccitt::decode(&layout, strips.into_iter(), &mut page)?;
    }
    let mut drawn = page.finish();
    // Zero is black, against the custom of faxes.
    if directory.number(file, tag::PHOTOMETRIC) == Some(1) {
        for sample in &mut drawn.samples {
            *sample = !*sample;
        }
    }
    Ok(drawn)
}

/// Tiles stand side by side; each is a small page of its own.
fn draw_tiles(
    layout: &Layout,
    tiles: &[&[u8]],
    (width, height): (u32, u32),
    page: &mut Reduction,
) -> Result<(), FaxError> {
    let own = u64::from(layout.width) * u64::from(layout.height);
    if layout.height == 0 || own > MOST_DOTS / 16 {
        return Err(FaxError::Damaged);
    }
    let whole = Frame {
        page_width: layout.width,
        page_height: layout.height,
        left: 0,
        top: 0,
        width: layout.width,
        height: layout.height,
    };
    let across = as_index(width.div_ceil(layout.width));
    let row = as_index(layout.width);
    for band in tiles
        .chunks(across)
        .take(as_index(height.div_ceil(layout.height)))
    {
        let drawn: Vec<_> = band
            .iter()
            .map(|tile| {
                let mut one = Reduction::new(whole, layout.width, layout.height, 1);
                // One that cannot be read stays white.
                let _ = ccitt::decode(layout, std::iter::once(*tile), &mut one);
                one.finish()
            })
            .collect();
        for y in 0..as_index(layout.height) {
            if page.is_full() || page.rows() >= height {
                return Ok(());
            }
            let line: Vec<u8> = drawn
                .iter()
                .flat_map(|tile| tile.samples.get(y * row..(y + 1) * row).unwrap_or_default())
                .take(as_index(width))
                .copied()
                .collect();
            page.push(&line);
        }
    }
    Ok(())
}

/// The strips or tiles of a page.
fn pieces<'a>(
    file: &'a [u8],
    directory: &Directory,
    places: u16,
    lengths: u16,
) -> Result<Vec<&'a [u8]>, FaxError> {
    let places = directory.numbers(file, places);
    let lengths = directory.numbers(file, lengths);
    if places.is_empty() {
        return Err(FaxError::Damaged);
    }
    let piece = |(at, place): (usize, &u64)| {
        let start = usize::try_from(*place).unwrap_or(usize::MAX);
        // A file that was cut off in transit still has the beginning of its last strip; one that does not say how long a
        // strip is has it to the end.
        let length = lengths.get(at).copied().unwrap_or(u64::MAX);
        let end = start
            .saturating_add(usize::try_from(length).unwrap_or(usize::MAX))
            .min(file.len());
        file.get(start..end).unwrap_or_default()
    };
    Ok(places.iter().enumerate().map(piece).collect())
}

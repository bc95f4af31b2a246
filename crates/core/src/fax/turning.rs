//! Pictures of pages that were drawn, turned as a person turned them, and as black and white for fax machines.

use super::FaxError;
use super::bitmap::{Bitmap, as_index};
use std::io::Cursor;

/// Lighter than this is paper. Lines that fell between two rows of dots are a little darker.
const PAPER: u8 = 160;

/// A picture in black and white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TwoColours {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Row by row; true is black.
    pub(crate) is_black: Vec<bool>,
}

/// A PNG that [`super::draw_page`] and its neighbours made, turned by 90° clockwise so many times.
pub(crate) fn turned(picture: Vec<u8>, quarter_turns: u8) -> Result<Vec<u8>, FaxError> {
    if quarter_turns.is_multiple_of(4) {
        return Ok(picture);
    }
    turn(&read(&picture)?, quarter_turns).png()
}

/// The same in black and white.
pub(crate) fn black_and_white(picture: &[u8], quarter_turns: u8) -> Result<TwoColours, FaxError> {
    let bitmap = turn(&read(picture)?, quarter_turns);
    let is_black = bitmap
        .samples
        .chunks_exact(bitmap.samples_per_dot)
        .map(|dot| match dot {
            [red, green, blue] => luma(*red, *green, *blue) < PAPER,
            [grey, ..] => *grey < PAPER,
            [] => false,
        })
        .collect();
    Ok(TwoColours {
        width: bitmap.width,
        height: bitmap.height,
        is_black,
    })
}

fn luma(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
    u8::try_from(sum / 1_000).unwrap_or(u8::MAX)
}

fn turn(bitmap: &Bitmap, quarter_turns: u8) -> Bitmap {
    let (width, height) = (bitmap.width, bitmap.height);
    match quarter_turns % 4 {
        1 => bitmap.rearranged(height, width, |x, y| (y, height - 1 - x)),
        2 => bitmap.rearranged(width, height, |x, y| (width - 1 - x, height - 1 - y)),
        3 => bitmap.rearranged(height, width, |x, y| (width - 1 - y, x)),
        _ => bitmap.clone(),
    }
}

fn read(picture: &[u8]) -> Result<Bitmap, FaxError> {
    let mut decoder = png::Decoder::new(Cursor::new(picture));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let unreadable = |_| FaxError::Damaged;
    let mut reader = decoder.read_info().map_err(unreadable)?;
    let mut samples = vec![0; reader.output_buffer_size().ok_or(FaxError::TooLarge)?];
    let info = reader.next_frame(&mut samples).map_err(unreadable)?;
    samples.truncate(info.buffer_size());
    let samples_per_dot = info.color_type.samples();
    if samples.len() != as_index(info.width) * as_index(info.height) * samples_per_dot {
        return Err(FaxError::Damaged);
    }
    Ok(Bitmap {
        width: info.width,
        height: info.height,
        samples_per_dot,
        samples,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_turned_clockwise_and_four_turns_are_none() {
        let upright = Bitmap {
            width: 3,
            height: 2,
            samples_per_dot: 1,
            samples: vec![10, 20, 30, 40, 50, 60],
        };
        let once = turn(&upright, 1);
        assert_eq!((once.width, once.height), (2, 3));
        assert_eq!(once.samples, [40, 10, 50, 20, 60, 30]);
        assert_eq!(turn(&once, 1), turn(&upright, 2));
        assert_eq!(turn(&turn(&once, 3), 4), upright);
        let picture = upright.clone().png().unwrap();
        assert_eq!(read(&turned(picture, 3).unwrap()).unwrap(), turn(&upright, 3));
    }
}

//! A TIFF as fax machines write it: one directory per page, black and white, group 4, 204 by 196 dots to the inch.

use crate::error::CoreError;
use crate::fax::TwoColours;
use domain::attachment::FaxPage;
use fax::encoder::Encoder;
use fax::{Color, VecWriter};

/// Dots in a line of every fax machine (ITU-T T.4).
const WIDTH: u32 = 1_728;
const ACROSS: u32 = 204;
const DOWN: u32 = 196;
/// Classic TIFF counts bytes with 32 bits.
const MOST_BYTES: usize = 1 << 30;
/// Longer than any roll of paper.
const MOST_ROWS: u32 = 20_000;

const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// The file, page by page.
#[derive(Debug)]
pub(super) struct FaxTiff {
    file: Vec<u8>,
    /// Where the place of the next directory is to be written.
    link: usize,
}

/// How many dots a page has on a fax machine: it fills the width.
pub(super) fn dots(page: FaxPage) -> (u32, u32) {
    let height = u64::from(WIDTH) * u64::from(page.height) * u64::from(DOWN)
        / (u64::from(page.width.max(1)) * u64::from(ACROSS));
    let height = u32::try_from(height).unwrap_or(u32::MAX).clamp(1, MOST_ROWS);
    (WIDTH, height)
}

impl FaxTiff {
    pub(super) fn new() -> Self {
        Self {
            file: b"II*\0\0\0\0\0".to_vec(),
            link: 4,
        }
    }

    pub(super) fn add(&mut self, page: &TwoColours) -> Result<(), CoreError> {
        let strip = encoded(page)?;
        let strip_at = self.here()?;
        let strip_length = u32::try_from(strip.len()).map_err(|_| too_large())?;
        self.file.extend_from_slice(&strip);
        // Values and directories begin on even bytes.
        self.file.resize(self.file.len().next_multiple_of(2), 0);
        let resolutions_at = self.here()?;
        for number in [ACROSS, 1, DOWN, 1] {
            self.file.extend_from_slice(&number.to_le_bytes());
        }
        let directory_at = self.here()?;
        let tags: [(u16, u16, u32); 14] = [
            // More pages follow or went before.
            (254, LONG, 2),
            (256, LONG, page.width),
            (257, LONG, page.height),
            (258, SHORT, 1),
            (259, SHORT, 4),
            (262, SHORT, 0),
            (266, SHORT, 1),
            (273, LONG, strip_at),
            (277, SHORT, 1),
            (278, LONG, page.height),
            (279, LONG, strip_length),
            (282, RATIONAL, resolutions_at),
            (283, RATIONAL, resolutions_at + 8),
            (296, SHORT, 2),
        ];
        self.file.extend_from_slice(&14_u16.to_le_bytes());
        for (tag, kind, value) in tags {
            self.file.extend_from_slice(&tag.to_le_bytes());
            self.file.extend_from_slice(&kind.to_le_bytes());
            self.file.extend_from_slice(&1_u32.to_le_bytes());
            self.file.extend_from_slice(&value.to_le_bytes());
        }
        if let Some(link) = self.file.get_mut(self.link..self.link + 4) {
            link.copy_from_slice(&directory_at.to_le_bytes());
        }
        self.link = self.file.len();
        self.file.extend_from_slice(&[0; 4]);
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, CoreError> {
        Ok(self.file)
    }

    fn here(&self) -> Result<u32, CoreError> {
        if self.file.len() > MOST_BYTES {
            return Err(too_large());
        }
        u32::try_from(self.file.len()).map_err(|_| too_large())
    }
}

fn encoded(page: &TwoColours) -> Result<Vec<u8>, CoreError> {
    let failed = |error| CoreError::internal("writing a page of a fax", format!("{error:?}"));
    let mut encoder = Encoder::new(VecWriter::new());
    let row = usize::try_from(page.width.max(1)).map_err(|_| too_large())?;
    for line in page.is_black.chunks_exact(row) {
        let dots = line
            .iter()
            .map(|is_black| if *is_black { Color::Black } else { Color::White });
        encoder.encode_line(dots, page.width).map_err(failed)?;
    }
    Ok(encoder.finish().map_err(failed)?.finish())
}

fn too_large() -> CoreError {
    CoreError::Invalid("This fax is too large for one file.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fax;

    #[tokio::test]
    async fn what_is_written_is_read_again_dot_by_dot() {
        let page = |shift: usize| TwoColours {
            width: 40,
            height: 30,
            is_black: (0..1_200).map(|at| (at + shift) % 7 < 3 && at % 40 > 5).collect(),
        };
        let mut file = FaxTiff::new();
        file.add(&page(0)).unwrap();
        file.add(&page(4)).unwrap();
        let document = fax::Document::of_bytes(file.finish().unwrap());
        assert_eq!(fax::pages_of(&document).await.unwrap().len(), 2);
        for (index, shift) in [(0, 0), (1, 4)] {
            let picture = fax::draw_own(&document, index).await.unwrap();
            assert_eq!(fax::black_and_white(&picture, 0).unwrap(), page(shift));
        }
    }

    #[test]
    fn a_letter_fills_the_line_of_a_fax_machine() {
        let letter = FaxPage {
            width: 612,
            height: 792,
        };
        assert_eq!(dots(letter), (1_728, 2_148));
    }
}

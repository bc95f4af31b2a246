//! Dots of a page: turned as its file says, written as PNG.

use super::FaxError;

/// Eight bits per sample, row by row; one sample per dot for grey, three for colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bitmap {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) samples_per_dot: usize,
    pub(super) samples: Vec<u8>,
}

impl Bitmap {
    /// Another picture whose dot at (x, y) is the one at `from(x, y)` here.
    pub(super) fn rearranged(&self, width: u32, height: u32, from: impl Fn(u32, u32) -> (u32, u32)) -> Self {
        let step = self.samples_per_dot;
        let mut samples = Vec::with_capacity(self.samples.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = from(x, y);
                let at = (as_index(from_y) * as_index(self.width) + as_index(from_x)) * step;
                samples.extend_from_slice(self.samples.get(at..at + step).unwrap_or_default());
            }
        }
        Self {
            width,
            height,
            samples_per_dot: step,
            samples,
        }
    }

    /// As small as its colours allow: most faxes are black and white, or grey where they were made smaller.
    pub(super) fn png(mut self) -> Result<Vec<u8>, FaxError> {
        if self.samples_per_dot == 3
            && self
                .samples
                .as_chunks::<3>()
                .0
                .iter()
                .all(|[r, g, b]| r == g && g == b)
        {
            self.samples = self
                .samples
                .as_chunks::<3>()
                .0
                .iter()
                .map(|[grey, ..]| *grey)
                .collect();
            self.samples_per_dot = 1;
        }
        let is_grey = self.samples_per_dot == 1;
        let is_two_coloured = is_grey && self.samples.iter().all(|sample| matches!(sample, 0 | 255));
        let mut file = Vec::with_capacity(self.samples.len() / 8);
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(if is_grey {
            png::ColorType::Grayscale
        } else {
            png::ColorType::Rgb
        });
        encoder.set_compression(png::Compression::Fast);
        let samples = if is_two_coloured {
            encoder.set_depth(png::BitDepth::One);
            self.packed()
        } else {
            encoder.set_depth(png::BitDepth::Eight);
            self.samples
        };
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&samples));
        written.map_err(|error| {
            tracing::debug!(%error, "a page could not be written as a picture");
            FaxError::Damaged
        })?;
        Ok(file)
    }

    /// One bit per dot, white is one; rows begin on whole bytes.
    pub(super) fn packed(&self) -> Vec<u8> {
        let row = as_index(self.width).max(1);
        self.samples
            .chunks(row)
            .flat_map(|row| {
                row.chunks(8).map(|eight| {
                    eight
                        .iter()
                        .zip((0..8).rev())
                        .fold(0, |byte, (sample, bit)| byte | (sample >> 7) << bit)
                })
            })
            .collect()
    }
}

pub(super) fn as_index(dots: u32) -> usize {
    usize::try_from(dots).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(bitmap: Bitmap) -> (png::ColorType, png::BitDepth, Vec<u8>) {
        let picture = bitmap.png().unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(picture))
            .read_info()
            .unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        (info.color_type, info.bit_depth, dots)
    }

    #[test]
    fn a_page_without_colour_is_written_without_colour() {
        let mut dots = Bitmap {
            width: 3,
            height: 1,
            samples_per_dot: 3,
            samples: vec![255, 255, 255, 0, 0, 0, 255, 255, 255],
        };
        let black_and_white = info(dots.clone());
        assert_eq!(
            black_and_white,
            (png::ColorType::Grayscale, png::BitDepth::One, vec![0b1010_0000])
        );
        dots.samples[0..3].fill(100);
        let grey = info(dots.clone());
        assert_eq!(
            grey,
            (png::ColorType::Grayscale, png::BitDepth::Eight, vec![100, 0, 255])
        );
        dots.samples[0] = 99;
        assert_eq!(info(dots).0, png::ColorType::Rgb);
    }
}

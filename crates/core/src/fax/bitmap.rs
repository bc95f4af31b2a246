//! Dots of a page: made smaller without losing thin lines, written as PNG.

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
    /// Another size. Every new dot is the mean of the old ones it covers, so that a line one dot thin turns grey and does
    /// not vanish; where there is less than one old dot for a new one, it is repeated.
    pub(super) fn scaled(&self, width: u32, height: u32) -> Self {
        let stride = as_index(self.width) * self.samples_per_dot;
        let columns: Vec<_> = (0..width).map(|at| span(at, width, self.width)).collect();
        let mut samples = Vec::with_capacity(as_index(width) * as_index(height) * self.samples_per_dot);
        let mut sums = vec![0_u32; as_index(width) * self.samples_per_dot];
        for y in 0..height {
            let (top, bottom) = span(y, height, self.height);
            sums.fill(0);
            let rows = self
                .samples
                .get(top * stride..bottom * stride)
                .unwrap_or_default();
            for row in rows.chunks_exact(stride.max(1)) {
                for ((left, right), sums) in columns.iter().zip(sums.chunks_exact_mut(self.samples_per_dot)) {
                    let dots = row.get(left * self.samples_per_dot..right * self.samples_per_dot);
                    for dot in dots.unwrap_or_default().chunks_exact(self.samples_per_dot) {
                        for (sum, sample) in sums.iter_mut().zip(dot) {
                            *sum += u32::from(*sample);
                        }
                    }
                }
            }
            for ((left, right), sums) in columns.iter().zip(sums.chunks_exact(self.samples_per_dot)) {
                let covered = u32::try_from((right - left) * (bottom - top)).unwrap_or(u32::MAX);
                samples.extend(
                    sums.iter()
                        .map(|sum| u8::try_from(sum / covered.max(1)).unwrap_or(u8::MAX)),
                );
            }
        }
        Self {
            width,
            height,
            samples_per_dot: self.samples_per_dot,
            samples,
        }
    }

    pub(super) fn png(&self) -> Result<Vec<u8>, FaxError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(if self.samples_per_dot == 1 {
            png::ColorType::Grayscale
        } else {
            png::ColorType::Rgb
        });
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        let written = encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.samples));
        written.map_err(|error| FaxError::Damaged(Some(error.into())))?;
        Ok(file)
    }
}

/// Which of `old` dots the new dot at `at` of `new` covers: at least one.
fn span(at: u32, new: u32, old: u32) -> (usize, usize) {
    let place = |at: u32| u64::from(at) * u64::from(old) / u64::from(new.max(1));
    let last = u64::from(old.saturating_sub(1));
    let start = place(at).min(last);
    let end = place(at + 1).max(start + 1);
    (
        usize::try_from(start).unwrap_or(0),
        usize::try_from(end).unwrap_or(0),
    )
}

pub(super) fn as_index(dots: u32) -> usize {
    usize::try_from(dots).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, samples: &[u8]) -> Bitmap {
        Bitmap {
            width,
            height: u32::try_from(samples.len()).unwrap() / width,
            samples_per_dot: 1,
            samples: samples.to_vec(),
        }
    }

    #[test]
    fn a_line_one_dot_thin_turns_grey_and_does_not_vanish() {
        let small = grey(4, &[255, 0, 255, 255, 255, 0, 255, 255]).scaled(2, 1);
        assert_eq!(small.samples, [127, 255]);
    }

    #[test]
    fn rows_are_repeated_where_a_coarse_fax_has_too_few() {
        let tall = grey(2, &[0, 255, 255, 0]).scaled(2, 4);
        assert_eq!(tall.samples, [0, 255, 0, 255, 255, 0, 255, 0]);
    }

    #[test]
    fn colours_stay_apart() {
        let two = Bitmap {
            width: 2,
            height: 1,
            samples_per_dot: 3,
            samples: vec![10, 20, 30, 30, 40, 50],
        };
        assert_eq!(two.scaled(1, 1).samples, [20, 30, 40]);
    }
}

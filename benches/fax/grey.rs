//! Pictures in shades of grey, and how alike two of them are.

use std::io::Cursor;

/// Sides of the window within which two pictures are compared.
const WINDOW: usize = 7;
/// What keeps even surfaces from dividing by nothing (Wang et al. 2004, K1 and K2).
const STEADY_BRIGHTNESS: f64 = (0.01 * 255.0) * (0.01 * 255.0);
const STEADY_CONTRAST: f64 = (0.03 * 255.0) * (0.03 * 255.0);

/// Row by row, black is zero.
pub(crate) struct Grey {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) dots: Vec<u8>,
}

/// Sums over a window: of both, of their squares, and of their product.
#[derive(Clone, Copy, Default)]
struct Sums([f64; 5]);

impl Grey {
    pub(crate) fn of_png(picture: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(Cursor::new(picture));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        dots.truncate(info.buffer_size());
        Self::of_samples(
            info.width as usize,
            info.height as usize,
            info.color_type.samples(),
            &dots,
        )
    }

    /// A PPM as `pdftoppm` writes it: `P6`, width, height and 255, each followed by one space or line end.
    pub(crate) fn of_ppm(picture: &[u8]) -> Option<Self> {
        let mut heads = picture.splitn(5, |byte| byte.is_ascii_whitespace());
        let (kind, width, height, _most, samples) = (
            heads.next()?,
            heads.next()?,
            heads.next()?,
            heads.next()?,
            heads.next()?,
        );
        let number = |text: &[u8]| std::str::from_utf8(text).ok()?.parse::<usize>().ok();
        (kind == b"P6").then_some(())?;
        Some(Self::of_samples(number(width)?, number(height)?, 3, samples))
    }

    fn of_samples(width: usize, height: usize, samples_per_dot: usize, samples: &[u8]) -> Self {
        let dots = samples
            .chunks_exact(samples_per_dot)
            .map(|dot| match dot {
                [red, green, blue, ..] => {
                    let sum = 299 * u32::from(*red) + 587 * u32::from(*green) + 114 * u32::from(*blue);
                    (sum / 1_000) as u8
                }
                [grey, ..] => *grey,
                [] => 255,
            })
            .collect();
        Self { width, height, dots }
    }

    /// Structural similarity (SSIM): the mean over all windows of how alike brightness, contrast and structure are. One is equal. `None`
    /// when the sizes differ by more than the dot to which one rounds up and the other down.
    pub(crate) fn likeness(&self, other: &Self) -> Option<f64> {
        if self.width.abs_diff(other.width) > 1 || self.height.abs_diff(other.height) > 1 {
            return None;
        }
        let (width, height) = (self.width.min(other.width), self.height.min(other.height));
        if width < WINDOW || height < WINDOW {
            return Some(1.0);
        }
        // Sums of each column over the rows of the window, which move down row by row.
        let mut columns = vec![Sums::default(); width];
        let (mut total, mut windows) = (0.0, 0.0);
        for y in 0..height {
            for (x, column) in columns.iter_mut().enumerate() {
                column.add(self.at(x, y), other.at(x, y), 1.0);
                if y >= WINDOW {
                    column.add(self.at(x, y - WINDOW), other.at(x, y - WINDOW), -1.0);
                }
            }
            if y + 1 < WINDOW {
                continue;
            }
            let mut window = Sums::default();
            for x in 0..width {
                window.join(&columns[x], 1.0);
                if x >= WINDOW {
                    window.join(&columns[x - WINDOW], -1.0);
                }
                if x + 1 >= WINDOW {
                    total += window.likeness();
                    windows += 1.0;
                }
            }
        }
        Some(total / windows)
    }

    fn at(&self, x: usize, y: usize) -> f64 {
        f64::from(self.dots[y * self.width + x])
    }
}

impl Sums {
    fn add(&mut self, one: f64, other: f64, sign: f64) {
        let terms = [one, other, one * one, other * other, one * other];
        self.join(&Self(terms), sign);
    }

    fn join(&mut self, further: &Self, sign: f64) {
        for (sum, term) in self.0.iter_mut().zip(further.0) {
            *sum += sign * term;
        }
    }

    fn likeness(&self) -> f64 {
        let count = (WINDOW * WINDOW) as f64;
        let [one, other, ones, others, products] = self.0;
        let (one, other) = (one / count, other / count);
        let spread = |sum: f64, mean: f64| (sum - count * mean * mean) / (count - 1.0);
        let together = (products - count * one * other) / (count - 1.0);
        let brightness =
            (2.0 * one * other + STEADY_BRIGHTNESS) / (one * one + other * other + STEADY_BRIGHTNESS);
        let structure = (2.0 * together + STEADY_CONTRAST)
            / (spread(ones, one) + spread(others, other) + STEADY_CONTRAST);
        brightness * structure
    }
}

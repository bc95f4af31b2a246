//! Small photo-like pictures: the kind of snapshot that arrives from a building site.
//!
//! A sky, the ground, and a mat or a bundle of bars in perspective with a little grain; made once, kept afterwards.

use std::sync::OnceLock;

use bytes::Bytes;
use jpeg_encoder::{ColorType, Encoder};

use super::mix;

/// How many different pictures there are.
const PICTURES: usize = 12;

/// One of the pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    index: usize,
}

static KEPT: [OnceLock<Bytes>; PICTURES] = [const { OnceLock::new() }; PICTURES];

impl Picture {
    /// A picture by number; numbers beyond the last start over.
    pub fn new(number: u64) -> Self {
        Picture {
            index: usize::try_from(number % PICTURES as u64).unwrap_or(0),
        }
    }

    fn is_png(self) -> bool {
        self.index % 4 == 3
    }

    /// MIME type.
    pub fn content_type(self) -> &'static str {
        if self.is_png() { "image/png" } else { "image/jpeg" }
    }

    /// The name a phone would give it.
    pub fn file_name(self) -> String {
        let extension = if self.is_png() { "png" } else { "jpg" };
        format!("IMG_{}.{extension}", 4102 + self.index * 37)
    }

    /// Width and height in pixels; some are upright.
    pub fn dimensions(self) -> (u32, u32) {
        if self.index % 3 == 1 {
            (288, 384)
        } else {
            (384, 288)
        }
    }

    /// The file.
    pub fn bytes(self) -> Bytes {
        match KEPT.get(self.index) {
            Some(kept) => kept.get_or_init(|| Bytes::from(self.encode())).clone(),
            None => Bytes::new(),
        }
    }

    fn encode(self) -> Vec<u8> {
        let (width, height) = self.dimensions();
        let pixels = self.paint();
        let mut out = Vec::new();
        let is_written = if self.is_png() {
            write_png(&mut out, &pixels, width, height).is_ok()
        } else {
            let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
            Encoder::new(&mut out, 72)
                .encode(&pixels, side(width), side(height), ColorType::Rgb)
                .is_ok()
        };
        debug_assert!(is_written, "encoding to memory with matching sizes");
        out
    }

    fn paint(self) -> Vec<u8> {
        let (width, height) = self.dimensions();
        let seed = 77 + self.index as u64;
        let tint = [mix(seed, 1) % 40, mix(seed, 2) % 30, mix(seed, 3) % 24];
        let mut pixels = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            for x in 0..width {
                let (across, down) = (x as f32 / width as f32, y as f32 / height as f32);
                let grain = (mix(seed, u64::from(y * width + x)) % 17) as f32 - 8.0;
                let color = self.color(seed, across, down);
                for (channel, tint) in color.into_iter().zip(tint) {
                    pixels.push((channel + grain + tint as f32).clamp(0.0, 255.0) as u8);
                }
            }
        }
        pixels
    }

    fn color(self, seed: u64, across: f32, down: f32) -> [f32; 3] {
        let horizon = 0.28 + (mix(seed, 4) % 12) as f32 / 100.0;
        if down < horizon {
            let haze = down / horizon;
            return [120.0 + 70.0 * haze, 160.0 + 50.0 * haze, 205.0 + 15.0 * haze];
        }
        // Lines on the ground, drawn together towards the horizon.
        let depth = (down - horizon) / (1.0 - horizon);
        let distance = 1.0 / (depth + 0.08);
        let sideways = (across - 0.5) * distance * 5.0;
        let is_bar = sideways.rem_euclid(1.0) < 0.22
            || (self.index.is_multiple_of(2) && (distance * 3.0).rem_euclid(1.0) < 0.16 && depth > 0.03);
        if is_bar {
            let rust = (mix(seed, (sideways.floor() + 64.0) as u64) % 40) as f32;
            [120.0 + rust, 70.0 + rust / 2.0, 48.0]
        } else {
            let shade = 30.0 * depth;
            [150.0 + shade, 142.0 + shade, 130.0 + shade]
        }
    }
}

fn write_png(out: &mut Vec<u8>, pixels: &[u8], width: u32, height: u32) -> Result<(), png::EncodingError> {
    let mut encoder = png::Encoder::new(out, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(pixels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_real_files_of_the_size_they_claim() {
        for number in 0..PICTURES as u64 {
            let picture = Picture::new(number);
            let bytes = picture.bytes();
            assert!(bytes.len() > 4_000 && bytes.len() < 400_000, "{}", bytes.len());
            if picture.is_png() {
                let reader = png::Decoder::new(std::io::Cursor::new(bytes))
                    .read_info()
                    .unwrap();
                assert_eq!((reader.info().width, reader.info().height), picture.dimensions());
            } else {
                assert_eq!((bytes[0], bytes[1]), (0xFF, 0xD8));
                assert_eq!((bytes[bytes.len() - 2], bytes[bytes.len() - 1]), (0xFF, 0xD9));
            }
        }
    }
}

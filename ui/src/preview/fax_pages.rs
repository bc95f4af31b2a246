//! Pages of faxes, drawn as a machine would: letters, plans, and the words on them, at any size.

use domain::attachment::FaxPage;
use domain::fax::FaxWord;

/// Of a page that is drawn at some width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) left: u32,
    pub(super) top: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

const LINES: [&str; 8] = [
    "BAY CITY REBAR  QUOTE 2231 FOR IRONLINE",
    "40 BUNDLES #5 GRADE 60  20 FT",
    "12 BUNDLES #4 GRADE 60  20 FT",
    "DELIVER TO ALAMEDA POINT  GATE 3 BEFORE 6:30",
    "HEAT 4471  MILL CERTS ATTACHED",
    "PLEASE SIGN AND RETURN BY FAX",
    "POUR MOVED TO THURSDAY  CALL 510 555 0147",
    "ALL BARS TO ASTM A615",
];

/// Mostly letters; every sixth an E-size plan, lying, every tenth a standing one, every ninth A4.
pub(super) fn size(index: u32) -> FaxPage {
    let (width, height) = match index {
        _ if index % 6 == 2 => (3_168, 2_448),
        _ if index % 10 == 7 => (2_448, 3_168),
        _ if index % 9 == 4 => (595, 842),
        _ => (612, 792),
    };
    FaxPage { width, height }
}

/// With their places in points.
pub(super) fn words(index: u32) -> Vec<FaxWord> {
    let page = size(index);
    let letter = if page.width > 1_000 { 30 } else { 8 };
    let advance = letter * 6 / 5;
    let mut words = vec![];
    let mut put = |text: &str, left: u32, top: u32| {
        let mut at = left;
        for word in text.split(' ') {
            let width = u32::try_from(word.len()).unwrap_or(0) * advance;
            if !word.is_empty() {
                words.push(FaxWord {
                    text: word.to_owned(),
                    left: at,
                    top,
                    width,
                    height: letter * 7 / 5,
                });
            }
            at += width + advance;
        }
    };
    let margin = page.width / 11;
    put(&format!("PAGE {}", index + 1), margin, page.height / 14);
    let mut top = page.height / 8;
    let mut line = usize::try_from(index).unwrap_or(0);
    while top + letter * 10 < page.height * 7 / 8 {
        for _ in 0..4 {
            put(
                LINES.get(line % LINES.len()).copied().unwrap_or_default(),
                margin,
                top,
            );
            line += 3;
            top += letter * 2;
        }
        top += letter * 12;
    }
    words
}

/// As PNG, black and white.
pub(super) fn picture(index: u32, page_width_px: u32, part: Option<Part>) -> Vec<u8> {
    let page = size(index);
    let scale = f64::from(page_width_px.max(1)) / f64::from(page.width);
    let height_px = whole(f64::from(page.height) * scale);
    let part = part.unwrap_or(Part {
        left: 0,
        top: 0,
        width: page_width_px,
        height: height_px,
    });
    let mut canvas = Canvas::new(
        part.width.min(page_width_px.saturating_sub(part.left)).max(1),
        part.height.min(height_px.saturating_sub(part.top)).max(1),
    );
    let mut fill = |left: f64, top: f64, width: f64, height: f64| {
        let at = |points: f64, from: u32| (points * scale).round() - f64::from(from);
        canvas.fill(
            (at(left, part.left), at(top, part.top)),
            (at(left + width, part.left), at(top + height, part.top)),
        );
    };
    let (width, height) = (f64::from(page.width), f64::from(page.height));
    let edge = width / 25.0;
    let line = width / 500.0;
    for y in [edge, height - edge] {
        fill(edge, y, width - 2.0 * edge, line);
    }
    for x in [edge, width - edge] {
        fill(x, edge, line, height - 2.0 * edge);
    }
    if page.width > 1_000 {
        // Columns and beams.
        for column in 0..14 {
            fill(
                width * (0.35 + f64::from(column) * 0.042),
                height * 0.16,
                line / 2.0,
                height * 0.72,
            );
        }
        for beam in 0..12 {
            fill(
                width * 0.33,
                height * (0.18 + f64::from(beam) * 0.058),
                width * 0.6,
                line / 2.0,
            );
        }
    }
    for word in words(index) {
        // Five by seven dots to a letter.
        let dot = f64::from(word.height) / 7.0;
        let advance = f64::from(word.width) / f64::from(u32::try_from(word.text.len()).unwrap_or(1).max(1));
        for (at, letter) in (0_u32..).zip(word.text.chars()) {
            for (row, bits) in (0_u32..).zip(glyph(letter)) {
                for column in 0..5_u32 {
                    if bits >> (4 - column) & 1 == 1 {
                        fill(
                            f64::from(word.left)
                                + f64::from(at) * advance
                                + f64::from(column) * advance / 6.0,
                            f64::from(word.top) + f64::from(row) * dot,
                            advance / 6.0,
                            dot,
                        );
                    }
                }
            }
        }
    }
    canvas.png()
}

/// One bit a dot, white where it is set.
struct Canvas {
    width: u32,
    height: u32,
    row_bytes: usize,
    rows: Vec<u8>,
}

impl Canvas {
    fn new(width: u32, height: u32) -> Self {
        let row_bytes = width.div_ceil(8) as usize;
        Self {
            width,
            height,
            row_bytes,
            rows: vec![0xff; row_bytes * height as usize],
        }
    }

    fn fill(&mut self, from: (f64, f64), to: (f64, f64)) {
        let (left, right) = (
            whole(from.0).min(self.width),
            whole(to.0.max(from.0 + 1.0)).min(self.width),
        );
        let (top, bottom) = (
            whole(from.1).min(self.height),
            whole(to.1.max(from.1 + 1.0)).min(self.height),
        );
        for y in top..bottom {
            for x in left..right {
                let at = y as usize * self.row_bytes + (x / 8) as usize;
                if let Some(byte) = self.rows.get_mut(at) {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
        }
    }

    /// Without compressing anything.
    fn png(&self) -> Vec<u8> {
        let mut raw = Vec::with_capacity(self.rows.len() + self.height as usize);
        for row in self.rows.chunks(self.row_bytes) {
            raw.push(0);
            raw.extend_from_slice(row);
        }
        let mut data = vec![0x78, 0x01];
        let blocks = raw.chunks(65_535);
        let last = blocks.len().saturating_sub(1);
        for (at, block) in blocks.enumerate() {
            let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
            data.push(u8::from(at == last));
            data.extend_from_slice(&length.to_le_bytes());
            data.extend_from_slice(&(!length).to_le_bytes());
            data.extend_from_slice(block);
        }
        let (mut a, mut b) = (1_u32, 0_u32);
        for byte in &raw {
            a = (a + u32::from(*byte)) % 65_521;
            b = (b + a) % 65_521;
        }
        data.extend_from_slice(&(b << 16 | a).to_be_bytes());
        let mut head = Vec::new();
        head.extend_from_slice(&self.width.to_be_bytes());
        head.extend_from_slice(&self.height.to_be_bytes());
        head.extend_from_slice(&[1, 0, 0, 0, 0]);
        let mut file = vec![0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];
        let table = crc_table();
        for (kind, content) in [(b"IHDR", head), (b"IDAT", data), (b"IEND", Vec::new())] {
            let length = u32::try_from(content.len()).unwrap_or(0);
            file.extend_from_slice(&length.to_be_bytes());
            let start = file.len();
            file.extend_from_slice(kind);
            file.extend_from_slice(&content);
            let crc = file.iter().skip(start).fold(u32::MAX, |crc, byte| {
                let at = (crc ^ u32::from(*byte)) & 0xff;
                table.get(at as usize).copied().unwrap_or(0) ^ (crc >> 8)
            });
            file.extend_from_slice(&(!crc).to_be_bytes());
        }
        file
    }
}

fn crc_table() -> Vec<u32> {
    (0..256_u32)
        .map(|byte| {
            (0..8).fold(byte, |value, _| {
                if value & 1 == 1 {
                    0xedb8_8320 ^ (value >> 1)
                } else {
                    value >> 1
                }
            })
        })
        .collect()
}

fn whole(pixels: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "such a cast stops at the ends of the range"
    )]
    let whole = pixels as u32;
    whole
}

/// Seven rows of five dots.
fn glyph(letter: char) -> [u8; 7] {
    match letter {
        'A' => [14, 17, 17, 31, 17, 17, 17],
        'B' => [30, 17, 17, 30, 17, 17, 30],
        'C' => [14, 17, 16, 16, 16, 17, 14],
        'D' => [30, 17, 17, 17, 17, 17, 30],
        'E' => [31, 16, 16, 30, 16, 16, 31],
        'F' => [31, 16, 16, 30, 16, 16, 16],
        'G' => [14, 17, 16, 23, 17, 17, 15],
        'H' => [17, 17, 17, 31, 17, 17, 17],
        'I' => [14, 4, 4, 4, 4, 4, 14],
        'J' => [7, 2, 2, 2, 2, 18, 12],
        'K' => [17, 18, 20, 24, 20, 18, 17],
        'L' => [16, 16, 16, 16, 16, 16, 31],
        'M' => [17, 27, 21, 21, 17, 17, 17],
        'N' => [17, 25, 21, 19, 17, 17, 17],
        'O' => [14, 17, 17, 17, 17, 17, 14],
        'P' => [30, 17, 17, 30, 16, 16, 16],
        'Q' => [14, 17, 17, 17, 21, 18, 13],
        'R' => [30, 17, 17, 30, 20, 18, 17],
        'S' => [15, 16, 16, 14, 1, 1, 30],
        'T' => [31, 4, 4, 4, 4, 4, 4],
        'U' => [17, 17, 17, 17, 17, 17, 14],
        'V' => [17, 17, 17, 17, 17, 10, 4],
        'W' => [17, 17, 17, 21, 21, 27, 17],
        'X' => [17, 17, 10, 4, 10, 17, 17],
        'Y' => [17, 17, 10, 4, 4, 4, 4],
        'Z' => [31, 1, 2, 4, 8, 16, 31],
        '0' => [14, 17, 19, 21, 25, 17, 14],
        '1' => [4, 12, 4, 4, 4, 4, 14],
        '2' => [14, 17, 1, 6, 8, 16, 31],
        '3' => [30, 1, 1, 14, 1, 1, 30],
        '4' => [2, 6, 10, 18, 31, 2, 2],
        '5' => [31, 16, 30, 1, 1, 17, 14],
        '6' => [6, 8, 16, 30, 17, 17, 14],
        '7' => [31, 1, 2, 4, 8, 8, 8],
        '8' => [14, 17, 17, 14, 17, 17, 14],
        '9' => [14, 17, 17, 15, 1, 2, 12],
        '#' => [10, 10, 31, 10, 31, 10, 10],
        ':' => [0, 4, 4, 0, 4, 4, 0],
        _ => [0; 7],
    }
}

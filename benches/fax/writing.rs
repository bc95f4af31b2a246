//! Files are written here byte by byte: PDFs, TIFFs, and what fax machines and scanners put into them.

use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use std::fmt::Write as _;

/// Black and white, row by row; true is black.
pub(crate) struct Scan {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) dots: Vec<bool>,
}

impl Scan {
    /// Each dot so many times, across and down.
    pub(crate) fn larger(&self, times: usize) -> Self {
        let row = |y: usize| &self.dots[y * self.width..(y + 1) * self.width];
        Self {
            width: self.width * times,
            height: self.height * times,
            dots: (0..self.height * times)
                .flat_map(|y| {
                    row(y / times)
                        .iter()
                        .flat_map(move |dot| std::iter::repeat_n(*dot, times))
                })
                .collect(),
        }
    }

    /// Every second row, as coarse faxes have.
    pub(crate) fn coarse(&self) -> Self {
        let rows = self.dots.chunks(self.width).step_by(2);
        Self {
            width: self.width,
            height: self.height.div_ceil(2),
            dots: rows.flatten().copied().collect(),
        }
    }

    /// Group 4.
    pub(crate) fn group_4(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(VecWriter::new());
        for row in self.dots.chunks(self.width) {
            let colours = row
                .iter()
                .map(|dot| if *dot { Color::Black } else { Color::White });
            encoder.encode_line(colours, self.width as u32).unwrap();
        }
        encoder.finish().unwrap().finish()
    }

    /// JBIG2 as it stands in a PDF: a page, and on it one region that is compressed as group 4 is (ITU-T T.88, 6.2.6, 7.4.6 and 7.4.8).
    pub(crate) fn jbig2(&self) -> Vec<u8> {
        let size = [
            (self.width as u32).to_be_bytes(),
            (self.height as u32).to_be_bytes(),
        ]
        .concat();
        let page = [size.clone(), vec![0; 11]].concat();
        let region = [size, vec![0; 9], vec![1], self.group_4()].concat();
        let segment = |number: u32, kind: u8, content: &[u8]| {
            let length = (content.len() as u32).to_be_bytes();
            [&number.to_be_bytes()[..], &[kind, 0, 1], &length, content].concat()
        };
        [segment(0, 48, &page), segment(1, 38, &region)].concat()
    }

    /// A TIFF of one page in group 4, of so many dots per inch across and down.
    pub(crate) fn tiff(&self, across: u32, down: u32) -> Vec<u8> {
        let strip = self.group_4();
        let strip_at = 8;
        let resolutions_at = strip_at + strip.len().next_multiple_of(2);
        let mut file = b"II*\0".to_vec();
        file.extend(((resolutions_at + 16) as u32).to_le_bytes());
        file.extend(&strip);
        file.resize(resolutions_at, 0);
        for number in [across, 1, down, 1] {
            file.extend(number.to_le_bytes());
        }
        let long = 4_u16;
        let fraction = 5_u16;
        let tags = [
            (256, long, self.width),
            (257, long, self.height),
            (258, long, 1),
            (259, long, 4),
            (262, long, 0),
            (273, long, strip_at),
            (277, long, 1),
            (278, long, self.height),
            (279, long, strip.len()),
            (282, fraction, resolutions_at),
            (283, fraction, resolutions_at + 8),
            (296, long, 2),
        ];
        file.extend((tags.len() as u16).to_le_bytes());
        for (tag, kind, value) in tags {
            file.extend((tag as u16).to_le_bytes());
            file.extend(kind.to_le_bytes());
            file.extend(1_u32.to_le_bytes());
            file.extend((value as u32).to_le_bytes());
        }
        file.extend([0; 4]);
        file
    }
}

/// A PDF in the making.
pub(crate) struct Pdf {
    /// Without their numbers; the first two, catalogue and pages, are written last.
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
}

impl Pdf {
    pub(crate) fn new() -> Self {
        Self {
            objects: vec![Vec::new(), Vec::new()],
            pages: Vec::new(),
        }
    }

    /// Its number.
    pub(crate) fn stream(&mut self, entries: &str, content: &[u8]) -> usize {
        let mut object = format!("<<{entries}/Length {}>>stream\n", content.len()).into_bytes();
        object.extend_from_slice(content);
        object.extend_from_slice(b"\nendstream");
        self.objects.push(object);
        self.objects.len()
    }

    pub(crate) fn page(&mut self, (width, height): (f64, f64), resources: &str, content: &str) {
        let content = self.stream("", content.as_bytes());
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 {width} {height}]/Contents {content} 0 R/Resources<<\
             /Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>/T<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>\
             {resources}>>>>"
        );
        self.objects.push(page.into_bytes());
        self.pages.push(self.objects.len());
    }

    /// A page that is one picture, which `entries` describe.
    pub(crate) fn picture(&mut self, (width, height): (f64, f64), entries: &str, content: &[u8]) {
        let picture = self.stream(&format!("/Type/XObject/Subtype/Image{entries}"), content);
        let resources = format!("/XObject<</I {picture} 0 R>>");
        self.page(
            (width, height),
            &resources,
            &format!("{width} 0 0 {height} 0 0 cm /I Do"),
        );
    }

    pub(crate) fn finish(mut self) -> Vec<u8> {
        let mut kids = String::new();
        for page in &self.pages {
            write!(kids, "{page} 0 R ").unwrap();
        }
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R>>".to_vec();
        self.objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len()).into_bytes();
        let mut file = b"%PDF-1.7\n".to_vec();
        let mut table = String::from("0000000000 65535 f \n");
        for (number, object) in (1..).zip(&self.objects) {
            writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
            file.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
            file.extend_from_slice(object);
            file.extend_from_slice(b"\nendobj\n");
        }
        let (size, start) = (self.objects.len() + 1, file.len());
        let end =
            format!("xref\n0 {size}\n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        file.extend_from_slice(end.as_bytes());
        file
    }
}

//! Fax documents of a rebar shop's day, drawn from a seed.
//!
//! The sheets themselves are in [`super::sheets`]; here is only which sheets make up which document.

use super::bitmap::{Bitmap, Raster};
use super::page::Page;
use super::scan::{self, Scan};
use super::tiff_fax::{self, Machine};
use super::{mix, pdf, sheets};

/// What kind of paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentDesign {
    /// A list of bars with their bends.
    BendingSchedule,
    /// Placing drawings with grid lines, followed by a schedule.
    PlacingDrawing,
    /// A price.
    Quote,
    /// A customer's order.
    PurchaseOrder,
    /// A mill's certificate.
    MillCertificate,
    /// A cover page and what a person wrote on the next.
    Letter,
    /// A set of plans: index, notes, plans, sections, details and schedules.
    PlanSet,
    /// Framing plans on E-size sheets, 44 by 34 inches.
    FramingPlan,
}

/// The file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// As RingCentral renders most faxes.
    Pdf,
    /// A PDF of what a scanner saw, with its specks and its tilt: pictures, no words.
    ScannedPdf,
    /// As some accounts have set: group 4.
    Tiff,
    /// Group 3 in one dimension.
    TiffGroup3,
    /// Group 3 in two dimensions.
    TiffGroup3TwoDimensional,
    /// Group 4 with the bits of each byte the other way round (`FillOrder` 2).
    TiffReversed,
    /// Group 3 at 204 by 98 dots per inch, bits the other way round: what old machines send.
    TiffCoarse,
}

/// A fax document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Document {
    /// What it is.
    pub design: DocumentDesign,
    /// How many pages.
    pub pages: u32,
    /// Where its names and figures come from.
    pub seed: u64,
    /// File format.
    pub format: DocumentFormat,
}

impl Document {
    /// A letter of so many pages.
    pub(crate) fn cover_letter(seed: u64, pages: u32) -> Self {
        Document {
            design: DocumentDesign::Letter,
            pages: pages.max(1),
            seed,
            format: DocumentFormat::Pdf,
        }
    }

    /// A document of any kind, chosen by the seed: one to six pages, now and then as TIFF.
    pub fn from_seed(seed: u64) -> Self {
        use DocumentDesign::{
            BendingSchedule, Letter, MillCertificate, PlacingDrawing, PurchaseOrder, Quote,
        };
        let (design, pages) = match mix(seed, 1) % 12 {
            0..=2 => (PurchaseOrder, 1 + mix(seed, 2) % 2),
            3..=5 => (BendingSchedule, 1 + mix(seed, 2) % 4),
            6 | 7 => (PlacingDrawing, 2 + mix(seed, 2) % 5),
            8 => (Quote, 1 + mix(seed, 2) % 2),
            9 | 10 => (MillCertificate, 1 + mix(seed, 2) % 3),
            _ => (Letter, 1 + mix(seed, 2) % 2),
        };
        let format = match mix(seed, 3) % 24 {
            0 => DocumentFormat::Tiff,
            6 => DocumentFormat::TiffGroup3,
            12 => DocumentFormat::TiffGroup3TwoDimensional,
            18 => DocumentFormat::TiffReversed,
            9 => DocumentFormat::TiffCoarse,
            1..=3 => DocumentFormat::ScannedPdf,
            _ => DocumentFormat::Pdf,
        };
        Document {
            design,
            pages: u32::try_from(pages).unwrap_or(1),
            seed,
            format,
        }
    }

    /// MIME type.
    pub fn content_type(self) -> &'static str {
        match self.format {
            DocumentFormat::Pdf | DocumentFormat::ScannedPdf => "application/pdf",
            DocumentFormat::Tiff
            | DocumentFormat::TiffGroup3
            | DocumentFormat::TiffGroup3TwoDimensional
            | DocumentFormat::TiffReversed
            | DocumentFormat::TiffCoarse => "image/tiff",
        }
    }

    /// Whether it was sent at the lower resolution.
    pub fn is_coarse(self) -> bool {
        self.format == DocumentFormat::TiffCoarse
    }

    /// Draws the document.
    pub fn render(self) -> Vec<u8> {
        let pages: Vec<Page> = (0..self.pages.max(1)).map(|number| self.page(number)).collect();
        let machine = match self.format {
            DocumentFormat::Pdf => return pdf::write(&pages),
            DocumentFormat::ScannedPdf => return self.scan(&pages),
            DocumentFormat::Tiff => Machine::GROUP_4,
            DocumentFormat::TiffGroup3 => Machine::GROUP_3,
            DocumentFormat::TiffGroup3TwoDimensional => Machine::GROUP_3_TWO_DIMENSIONAL,
            DocumentFormat::TiffReversed => Machine::REVERSED,
            DocumentFormat::TiffCoarse => Machine::COARSE,
        };
        tiff_fax::write(&pages, machine)
    }

    fn scan(self, pages: &[Page]) -> Vec<u8> {
        let scans: Vec<Scan> = (0u64..)
            .zip(pages)
            .map(|(number, page)| {
                let bitmap = Bitmap::draw(page, Raster::FINE).scanned(mix(self.seed, 80_000 + number));
                Scan::of_bitmap(&bitmap, (page.width, page.height))
            })
            .collect();
        scan::write(&scans)
    }

    fn page(self, number: u32) -> Page {
        let seed = self.seed;
        let mut page = match (self.design, number) {
            (DocumentDesign::BendingSchedule, _) => sheets::bending_schedule(seed, number),
            (DocumentDesign::PlacingDrawing, 0 | 1 | 3) => sheets::placing_drawing(seed, number),
            (DocumentDesign::PlacingDrawing, _) => sheets::bending_schedule(seed, number),
            (DocumentDesign::Quote, 0) => sheets::quote(seed),
            (DocumentDesign::PurchaseOrder, 0) => sheets::purchase_order(seed),
            (DocumentDesign::Quote | DocumentDesign::PurchaseOrder, _) => sheets::terms(seed, number),
            (DocumentDesign::MillCertificate, _) => sheets::mill_certificate(seed, number),
            (DocumentDesign::Letter, 0) => sheets::cover(seed, self.pages),
            (DocumentDesign::Letter, _) => sheets::letter(seed, number),
            (DocumentDesign::PlanSet, _) => sheets::plan_set_page(seed, number, self.pages),
            (DocumentDesign::FramingPlan, _) => sheets::framing_plan(seed, number),
        };
        sheets::fax_header(&mut page, number + 1, self.pages);
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_document_opens_and_has_the_pages_it_claims() {
        for seed in 0..40 {
            let document = Document {
                format: DocumentFormat::Pdf,
                ..Document::from_seed(seed)
            };
            let bytes = document.render();
            let opened = lopdf::Document::load_mem(&bytes).unwrap();
            assert_eq!(opened.get_pages().len(), document.pages as usize, "{document:?}");
            assert!(opened.extract_text(&[1]).unwrap().len() > 40, "{document:?}");
        }
    }

    #[test]
    fn a_plan_set_of_forty_sheets_and_an_e_size_drawing_open_at_their_size() {
        let size = |design, pages, number| {
            let document = Document {
                design,
                pages,
                seed: 5,
                format: DocumentFormat::Pdf,
            };
            let opened = lopdf::Document::load_mem(&document.render()).unwrap();
            let all = opened.get_pages();
            assert_eq!(all.len(), pages as usize);
            let page = opened.get_dictionary(all[&number]).unwrap();
            let media_box = page.get(b"MediaBox").unwrap().as_array().unwrap().clone();
            (media_box[2].as_float().unwrap(), media_box[3].as_float().unwrap())
        };
        assert_eq!(size(DocumentDesign::PlanSet, 40, 40), (612.0, 792.0));
        assert_eq!(
            size(DocumentDesign::FramingPlan, 1, 1),
            (44.0 * 72.0, 34.0 * 72.0)
        );
    }

    #[test]
    fn a_scan_is_a_picture_of_the_page_and_small_enough_to_be_sent() {
        let document = Document {
            design: DocumentDesign::PurchaseOrder,
            pages: 2,
            seed: 3,
            format: DocumentFormat::ScannedPdf,
        };
        let bytes = document.render();
        assert!((10_000..400_000).contains(&bytes.len()), "{}", bytes.len());
        let opened = lopdf::Document::load_mem(&bytes).unwrap();
        let pages = opened.get_pages();
        assert_eq!(pages.len(), 2);
        assert_eq!(opened.get_page_images(pages[&1]).unwrap().len(), 1);
        assert_eq!(opened.extract_text(&[1]).unwrap().trim(), "");
    }

    #[test]
    fn a_document_is_the_same_every_time_and_another_one_for_another_seed() {
        let document = Document::from_seed(11);
        assert_eq!(document.render(), document.render());
        assert_ne!(document.render(), Document { seed: 12, ..document }.render());
    }
}

//! Fax documents of a rebar shop's day, drawn from a seed.
//!
//! The sheets themselves are in [`super::sheets`]; here is only which sheets make up which document.

use super::page::Page;
use super::{mix, pdf, sheets, tiff_fax};

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
}

/// The file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentFormat {
    /// As RingCentral renders most faxes.
    Pdf,
    /// As some accounts have set.
    Tiff,
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
        let format = if mix(seed, 3).is_multiple_of(6) {
            DocumentFormat::Tiff
        } else {
            DocumentFormat::Pdf
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
            DocumentFormat::Pdf => "application/pdf",
            DocumentFormat::Tiff => "image/tiff",
        }
    }

    /// Draws the document.
    pub fn render(self) -> Vec<u8> {
        let pages: Vec<Page> = (0..self.pages.max(1)).map(|number| self.page(number)).collect();
        match self.format {
            DocumentFormat::Pdf => pdf::write(&pages),
            DocumentFormat::Tiff => tiff_fax::write(&pages),
        }
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
    fn a_document_is_the_same_every_time_and_another_one_for_another_seed() {
        let document = Document::from_seed(11);
        assert_eq!(document.render(), document.render());
        assert_ne!(document.render(), Document { seed: 12, ..document }.render());
    }
}

//! The fonts that are put into the PDFs made here: Liberation, which has the letters of Europe and is as wide as the fonts that
//! every reader of PDFs knows (SIL Open Font License, `assets/fonts/OFL.txt`).
//!
//! It tells which letter is which sign of a font, and writes the signs that were used into a document. How words are broken
//! into lines is decided in [`super::letters`].

use super::PdfError;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;
use subsetter::GlyphRemapper;

/// The letters of sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::fax_desk) enum Font {
    Plain,
    Bold,
    /// All letters are equally wide.
    Typewriter,
}

/// The signs of one font that were used, and what each stands for.
pub(super) type Used = BTreeMap<u16, char>;

struct Face {
    name: &'static str,
    bytes: &'static [u8],
    font: Option<Opened>,
}

/// A font with what is asked of it for every letter.
struct Opened {
    letters: Charmap<'static>,
    signs: GlyphMetrics<'static>,
    metrics: Metrics,
}

static PLAIN: LazyLock<Face> = LazyLock::new(|| {
    Face::of(
        "FAXAAA+LiberationSans",
        include_bytes!("../../../assets/fonts/LiberationSans-Regular.ttf"),
    )
});
static BOLD: LazyLock<Face> = LazyLock::new(|| {
    Face::of(
        "FAXBBB+LiberationSans-Bold",
        include_bytes!("../../../assets/fonts/LiberationSans-Bold.ttf"),
    )
});
static TYPEWRITER: LazyLock<Face> = LazyLock::new(|| {
    Face::of(
        "FAXCCC+LiberationMono",
        include_bytes!("../../../assets/fonts/LiberationMono-Regular.ttf"),
    )
});

impl Font {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Plain => "F1",
            Self::Bold => "F2",
            Self::Typewriter => "F3",
        }
    }

    /// The sign of a letter; `None` when the font has none, or when it would have to be put together from several, or be
    /// written from right to left.
    pub(super) fn sign(self, letter: char) -> Option<u16> {
        if letter.is_control() || is_beyond_us(letter) {
            return None;
        }
        let sign = self.face().font.as_ref()?.letters.map(letter)?;
        u16::try_from(sign.to_u32()).ok().filter(|sign| *sign != 0)
    }

    /// How wide a sign is, in thousandths of the size.
    pub(super) fn width(self, sign: u16) -> f32 {
        let font = self.face().font.as_ref();
        font.and_then(|font| {
            let width = font.signs.advance_width(u32::from(sign).into())?;
            Some(width * 1_000.0 / f32::from(font.metrics.units_per_em))
        })
        .unwrap_or(1_000.0)
    }

    /// Puts the signs that were used into a document.
    pub(super) fn embed(self, document: &mut Document, used: &Used) -> Result<ObjectId, PdfError> {
        let face = self.face();
        let mut places = GlyphRemapper::new();
        for sign in used.keys() {
            places.remap(*sign);
        }
        let program = subsetter::subset(face.bytes, 0, &places)
            .map_err(|error| PdfError::unreadable(format!("a font cannot be made smaller: {error:?}")))?;
        let length = i64::try_from(program.len()).unwrap_or(i64::MAX);
        let program = packed(document, dictionary! { "Length1" => length }, program);
        let metric = |of: fn(&Metrics) -> f32| {
            let metrics = face.font.as_ref().map(|font| &font.metrics);
            let height = metrics.map(|all| of(all) * 1_000.0 / f32::from(all.units_per_em));
            Object::Real(height.unwrap_or_default())
        };
        let (ascent, descent) = (metric(|all| all.ascent), metric(|all| all.descent));
        let described = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => face.name,
            // Symbolic, which says that no encoding of letters is built in.
            "Flags" => 4, "ItalicAngle" => 0, "StemV" => 80,
            "FontBBox" => vec![Object::from(-500), descent.clone(), Object::from(2_000), ascent.clone()],
            "Ascent" => ascent.clone(), "Descent" => descent, "CapHeight" => ascent, "FontFile2" => program,
        });
        let mut widths = Vec::new();
        for sign in used.keys() {
            widths.push(i64::from(*sign).into());
            widths.push(Object::Array(vec![Object::Real(self.width(*sign))]));
        }
        let to_places = packed(document, Dictionary::new(), places_of(used, &places));
        let to_letters = packed(document, Dictionary::new(), letters_of(used).into_bytes());
        let descendant = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => face.name,
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => described, "W" => widths, "CIDToGIDMap" => to_places,
        });
        Ok(document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => face.name, "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::Reference(descendant)], "ToUnicode" => to_letters,
        }))
    }

    fn face(self) -> &'static Face {
        match self {
            Self::Plain => &PLAIN,
            Self::Bold => &BOLD,
            Self::Typewriter => &TYPEWRITER,
        }
    }
}

impl Face {
    fn of(name: &'static str, bytes: &'static [u8]) -> Self {
        let font = FontRef::new(bytes).ok().map(|font| Opened {
            letters: font.charmap(),
            signs: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            metrics: font.metrics(Size::unscaled(), LocationRef::default()),
        });
        Self { name, bytes, font }
    }
}

/// Hebrew, Arabic and their neighbours go from right to left, and marks belong over the letter before them: simply putting one
/// sign after the other would print something else.
fn is_beyond_us(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe20}'..='\u{feff}')
}

fn packed(document: &mut Document, facts: Dictionary, bytes: Vec<u8>) -> ObjectId {
    let mut stream = Stream::new(facts, bytes);
    // What cannot be made smaller stays as it is.
    let _ = stream.compress();
    document.add_object(stream)
}

/// For each sign, the place that it has in the smaller font.
fn places_of(used: &Used, places: &GlyphRemapper) -> Vec<u8> {
    let last = used.keys().next_back().copied().unwrap_or(0);
    (0..=last)
        .flat_map(|sign| places.get(sign).unwrap_or(0).to_be_bytes())
        .collect()
}

/// For each sign, the letter: so that the words of the page can be searched and copied (ISO 32000-1, 9.10.3).
fn letters_of(used: &Used) -> String {
    let mut map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n\
                   1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        .to_owned();
    // No more may stand in one list.
    for some in used.iter().collect::<Vec<_>>().chunks(100) {
        let _ = writeln!(map, "{} beginbfchar", some.len());
        for (sign, letter) in some {
            let mut units = [0; 2];
            let _ = write!(map, "<{sign:04X}> <");
            for unit in letter.encode_utf16(&mut units) {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end\n");
    map
}

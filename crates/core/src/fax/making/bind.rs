//! One PDF out of several documents, its pages turned as they are shown.
//!
//! Pages of a PDF are taken over with everything that belongs to them; the dots of a TIFF are put onto pages as they are.
//! Nothing is drawn anew.

use crate::error::CoreError;
use domain::attachment::FaxPage;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a page may have from the nodes above it (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// A tree of pages that is deeper than this is a ring.
const DEEPEST: usize = 64;

/// A document that becomes a part of the whole.
#[derive(Debug)]
pub(super) enum Part {
    Pdf {
        content: Vec<u8>,
        /// Of each page.
        turns: Vec<u8>,
    },
    Sheets(Vec<Sheet>),
}

/// A page that is a picture.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) size: FaxPage,
    /// PNG.
    pub(super) picture: Vec<u8>,
    pub(super) quarter_turns: u8,
}

/// Binds the parts.
pub(super) fn bound(parts: Vec<Part>) -> Result<Vec<u8>, CoreError> {
    // A reader that gives up on a crooked file in this way would do so again.
    catch_unwind(AssertUnwindSafe(|| bind(parts))).unwrap_or_else(|_| Err(unreadable("a reader gave up")))
}

fn bind(parts: Vec<Part>) -> Result<Vec<u8>, CoreError> {
    let mut whole = Document::with_version("1.7");
    let root = whole.new_object_id();
    let mut kids = Vec::new();
    for part in parts {
        match part {
            Part::Pdf { content, turns } => take_over(&mut whole, root, &mut kids, &content, &turns)?,
            Part::Sheets(sheets) => {
                for sheet in sheets {
                    kids.push(add_sheet(&mut whole, root, sheet)?);
                }
            }
        }
    }
    let count = i64::try_from(kids.len()).map_err(unreadable)?;
    let kids: Vec<Object> = kids.into_iter().map(Object::Reference).collect();
    whole.objects.insert(
        root,
        dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into(),
    );
    let catalog = whole.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    whole.trailer.set("Root", catalog);
    let mut file = Vec::new();
    whole.save_to(&mut file).map_err(unreadable)?;
    Ok(file)
}

fn take_over(
    whole: &mut Document,
    root: ObjectId,
    kids: &mut Vec<ObjectId>,
    content: &[u8],
    turns: &[u8],
) -> Result<(), CoreError> {
    let mut part = Document::load_mem(content).map_err(unreadable)?;
    part.renumber_objects_with(whole.max_id + 1);
    whole.max_id = whole.max_id.max(part.max_id);
    for (at, page) in part.get_pages().into_values().enumerate() {
        let mut inherited = Dictionary::new();
        for key in INHERITED {
            if let Some(value) = inherited_value(&part, page, key) {
                inherited.set(key, value);
            }
        }
        let own = part.get_dictionary_mut(page).map_err(unreadable)?;
        for (key, value) in &inherited {
            own.set(key.clone(), value.clone());
        }
        let stands = own.get(b"Rotate").and_then(Object::as_i64).unwrap_or(0);
        let turned = 90 * i64::from(turns.get(at).copied().unwrap_or(0));
        own.set("Rotate", (stands + turned).rem_euclid(360));
        own.set("Parent", root);
        kids.push(page);
    }
    let of_kind = |object: &Object, kind: &[u8]| object.as_dict().is_ok_and(|dict| dict.has_type(kind));
    whole.objects.extend(
        part.objects
            .into_iter()
            .filter(|(_, object)| !of_kind(object, b"Catalog") && !of_kind(object, b"Pages")),
    );
    Ok(())
}

fn inherited_value(document: &Document, page: ObjectId, key: &[u8]) -> Option<Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..DEEPEST {
        if let Ok(value) = node.get(key) {
            return Some(value.clone());
        }
        let parent = node.get(b"Parent").and_then(Object::as_reference).ok()?;
        node = document.get_dictionary(parent).ok()?;
    }
    None
}

fn add_sheet(whole: &mut Document, root: ObjectId, sheet: Sheet) -> Result<ObjectId, CoreError> {
    let picture = picture(&sheet.picture).ok_or_else(|| unreadable("a picture that is none"))?;
    let picture = whole.add_object(picture);
    let (width, height) = (i64::from(sheet.size.width), i64::from(sheet.size.height));
    let drawing = format!("q {width} 0 0 {height} 0 0 cm /P Do Q");
    let drawing = whole.add_object(Stream::new(dictionary! {}, drawing.into_bytes()));
    Ok(whole.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => root,
        "MediaBox" => vec![0.into(), 0.into(), width.into(), height.into()],
        "Rotate" => 90 * i64::from(sheet.quarter_turns % 4),
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
        "Contents" => drawing,
    }))
}

/// What a PNG has compressed a PDF reads as it is: both use the same compression and the same prediction of rows
/// (ISO 32000-1, 7.4.4.4).
fn picture(png: &[u8]) -> Option<Stream> {
    let mut rest = png.get(8..)?;
    let (mut head, mut data) = (None, Vec::new());
    while let Some((length, kind)) = rest.get(..4).zip(rest.get(4..8)) {
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let content = rest.get(8..8_usize.checked_add(length)?)?;
        match kind {
            b"IHDR" => head = Some(content),
            b"IDAT" => data.extend_from_slice(content),
            _ => {}
        }
        rest = rest.get(12_usize.checked_add(length)?..)?;
    }
    let head = head?;
    let number = |at: usize| Some(u32::from_be_bytes(head.get(at..at + 4)?.try_into().ok()?));
    let (width, height) = (i64::from(number(0)?), i64::from(number(4)?));
    let bits = i64::from(*head.get(8)?);
    let (space, colours) = match head.get(9)? {
        0 => ("DeviceGray", 1),
        2 => ("DeviceRGB", 3),
        _ => return None,
    };
    let mut stream = Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => width,
            "Height" => height,
            "ColorSpace" => space,
            "BitsPerComponent" => bits,
            "Filter" => "FlateDecode",
            "DecodeParms" => dictionary! {
                "Predictor" => 15,
                "Colors" => colours,
                "BitsPerComponent" => bits,
                "Columns" => width,
            },
        },
        data,
    );
    stream.allows_compression = false;
    Some(stream)
}

fn unreadable(error: impl Into<crate::error::Cause>) -> CoreError {
    CoreError::store(
        "A document of this fax cannot be made into another PDF. Save it as it was received.",
        error,
    )
}

//! Chosen pages of a PDF as a PDF: each page as it is, only turned. Words stay words and pictures stay as they were compressed.

use super::{PdfError, Turned};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// What a page takes from the nodes above it unless it says it itself (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];
/// What of the whole document refers to its pages, and would keep all of them.
const OF_ALL_PAGES: [&[u8]; 10] = [
    b"Outlines",
    b"Names",
    b"Dests",
    b"OpenAction",
    b"StructTreeRoot",
    b"PageLabels",
    b"Threads",
    b"AA",
    b"Perms",
    b"Collection",
];
const DEEPEST: usize = 64;

/// These pages in this order; a page may come twice.
pub(in crate::fax_desk) fn cut(content: &[u8], chosen: &[Turned]) -> Result<Vec<u8>, PdfError> {
    let mut document = Document::load_mem(content).map_err(PdfError::unreadable)?;
    if document.is_encrypted() {
        return Err(PdfError::Protected);
    }
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let mut kids: Vec<Object> = Vec::with_capacity(chosen.len());
    for one in chosen {
        let index = usize::try_from(one.index).unwrap_or(usize::MAX);
        let id = *pages.get(index).ok_or(PdfError::NoSuchPage)?;
        let mut page = complete(&document, id)?;
        let turned = page
            .get(b"Rotate")
            .and_then(|rotate| resolved(&document, rotate).as_i64())
            .unwrap_or(0);
        page.set(
            "Rotate",
            (turned + i64::from(one.quarter_turns % 4) * 90).rem_euclid(360),
        );
        page.set("Parent", root);
        // Links of the page to others would bring those along.
        page.remove(b"B");
        page.remove(b"AA");
        kids.push(document.add_object(page).into());
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    document.objects.insert(
        root,
        Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }),
    );
    let catalog = document.catalog_mut().map_err(PdfError::unreadable)?;
    for key in OF_ALL_PAGES {
        catalog.remove(key);
    }
    catalog.set("Pages", root);
    unhook_annotations(&mut document, &pages);
    document.prune_objects();
    document.renumber_objects();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(PdfError::unreadable)?;
    Ok(bytes)
}

/// A page with all that it inherits.
fn complete(document: &Document, id: ObjectId) -> Result<Dictionary, PdfError> {
    let mut page = document.get_dictionary(id).map_err(PdfError::unreadable)?.clone();
    for key in INHERITED {
        let mut above = page.get(b"Parent").and_then(Object::as_reference).ok();
        for _ in 0..DEEPEST {
            if page.has(key) {
                break;
            }
            let Some(node) = above.and_then(|id| document.get_dictionary(id).ok()) else {
                break;
            };
            if let Ok(value) = node.get(key) {
                page.set(key, value.clone());
            }
            above = node.get(b"Parent").and_then(Object::as_reference).ok();
        }
    }
    Ok(page)
}

fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

/// Notes and links name the page that they stand on, and the one that they lead to.
fn unhook_annotations(document: &mut Document, pages: &[ObjectId]) {
    for object in document.objects.values_mut() {
        let Object::Dictionary(dictionary) = object else {
            continue;
        };
        let names_page = |value: &Object| value.as_reference().is_ok_and(|id| pages.contains(&id));
        if dictionary.get(b"P").is_ok_and(names_page) {
            dictionary.remove(b"P");
        }
        if dictionary
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Link")
        {
            dictionary.remove(b"Dest");
            dictionary.remove(b"A");
        }
    }
}

//! Chosen pages of a PDF as a PDF: each page as it is, only turned. Words stay words and pictures stay as they were compressed.

use super::super::FaxError;
use super::{Turned, damaged};
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
pub(super) fn cut(content: &[u8], chosen: &[Turned]) -> Result<Vec<u8>, FaxError> {
    let mut document = opened(content)?;
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let root = document.new_object_id();
    let mut kids: Vec<Object> = Vec::with_capacity(chosen.len());
    for one in chosen {
        let index = usize::try_from(one.index).unwrap_or(usize::MAX);
        let id = *pages.get(index).ok_or(FaxError::NoSuchPage)?;
        let mut page = complete(&document, id, one.quarter_turns)?;
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
    let catalog = document.catalog_mut().map_err(damaged)?;
    for key in OF_ALL_PAGES {
        catalog.remove(key);
    }
    catalog.set("Pages", root);
    unhook_annotations(&mut document, &pages);
    document.prune_objects();
    document.renumber_objects();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|_| FaxError::Damaged)?;
    Ok(bytes)
}

/// A PDF as it is before its pages are taken. What asks for a password only of those who want to change it can be read without
/// one, and what is made of it is protected no more.
pub(super) fn opened(content: &[u8]) -> Result<Document, FaxError> {
    // Loading tries without a password by itself.
    let document = Document::load_mem(content).map_err(damaged)?;
    if document.is_encrypted() {
        return Err(FaxError::Locked);
    }
    Ok(document)
}

/// A page with all that it inherits, turned.
pub(super) fn complete(document: &Document, id: ObjectId, quarter_turns: u8) -> Result<Dictionary, FaxError> {
    let mut page = document.get_dictionary(id).map_err(damaged)?.clone();
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
    let stands = page
        .get(b"Rotate")
        .and_then(|rotate| resolved(document, rotate).as_i64())
        .unwrap_or(0);
    let turned = i64::from(quarter_turns % 4) * 90;
    page.set("Rotate", (stands + turned).rem_euclid(360));
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

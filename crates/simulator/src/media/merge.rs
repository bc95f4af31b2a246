//! Several PDFs made into one. It neither draws nor shrinks anything: pages keep their objects.

use std::collections::BTreeSet;

use lopdf::xref::XrefRecovery;
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// What a page may have from the nodes above it.
const INHERITED: [&[u8]; 4] = [b"MediaBox", b"CropBox", b"Resources", b"Rotate"];

/// How many pages a PDF has; `None` when it cannot be opened: broken, or locked by a password.
pub(crate) fn page_count(bytes: &[u8]) -> Option<u32> {
    let pages = open(bytes)?.get_pages().len();
    u32::try_from(pages).ok().filter(|pages| *pages > 0)
}

/// One PDF of all pages, in order. `None` when one of them cannot be opened.
pub(crate) fn merge<T: AsRef<[u8]>>(parts: &[T]) -> Option<Vec<u8>> {
    let mut whole = Document::with_version("1.7");
    let tree = whole.new_object_id();
    let mut kids = Vec::new();
    for part in parts {
        let mut part = open(part.as_ref())?;
        for id in part.get_pages().into_values() {
            let page = with_inherited(&part, id)?;
            part.objects.insert(id, Object::Dictionary(page));
        }
        part.renumber_objects_with(whole.max_id + 1);
        for id in part.get_pages().into_values() {
            part.get_dictionary_mut(id).ok()?.set("Parent", tree);
            kids.push(Object::Reference(id));
        }
        whole.max_id = part.max_id;
        whole.objects.extend(part.objects);
    }
    let count = i64::try_from(kids.len()).ok()?;
    whole.objects.insert(
        tree,
        Object::Dictionary(dictionary! {"Type" => "Pages", "Kids" => kids, "Count" => count}),
    );
    let catalog = whole.add_object(dictionary! {"Type" => "Catalog", "Pages" => tree});
    whole.trailer.set("Root", catalog);
    whole.prune_objects();
    let mut out = Vec::new();
    whole.save_to(&mut out).ok()?;
    Some(out)
}

/// A sound PDF. One whose table of contents is missing could be guessed at; like most converters, this one does not.
fn open(bytes: &[u8]) -> Option<Document> {
    let document = Document::load_mem(bytes).ok()?;
    (document.xref_recovery != Some(XrefRecovery::Reconstructed)).then_some(document)
}

/// A page with what it has from above written into it, as it gets another parent.
fn with_inherited(document: &Document, id: ObjectId) -> Option<Dictionary> {
    let mut page = document.get_dictionary(id).ok()?.clone();
    let mut seen = BTreeSet::from([id]);
    let mut above = page.get(b"Parent").and_then(Object::as_reference);
    while let Ok(node_id) = above {
        if !seen.insert(node_id) {
            return None;
        }
        let Ok(node) = document.get_dictionary(node_id) else {
            break;
        };
        for key in INHERITED {
            if let (Err(_), Ok(value)) = (page.get(key), node.get(key)) {
                page.set(key, value.clone());
            }
        }
        above = node.get(b"Parent").and_then(Object::as_reference);
    }
    Some(page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::page::Page;
    use crate::media::pdf;

    #[test]
    fn pages_of_several_pdfs_follow_one_another_and_keep_their_words() {
        let page = |words: &str| {
            let mut page = Page::default();
            page.text((60.0, 80.0), 12.0, words);
            page
        };
        let first = pdf::write(&[page("one"), page("two")]);
        let second = pdf::write(&[page("three")]);
        let bytes = merge(&[first, second]).unwrap();
        let opened = Document::load_mem(&bytes).unwrap();
        assert_eq!(opened.get_pages().len(), 3);
        for (number, words) in [(1, "one"), (2, "two"), (3, "three")] {
            assert_eq!(opened.extract_text(&[number]).unwrap().trim(), words);
        }
    }

    #[test]
    fn what_a_page_has_from_the_node_above_comes_along() {
        let bytes = pdf::write(&[Page::of_size(300.0, 400.0)]);
        let mut document = Document::load_mem(&bytes).unwrap();
        let page = document.get_pages()[&1];
        let tree = document.get_dictionary(page).unwrap().get(b"Parent").unwrap();
        let tree = tree.as_reference().unwrap();
        let media_box = document
            .get_dictionary_mut(page)
            .unwrap()
            .remove(b"MediaBox")
            .unwrap();
        document
            .get_dictionary_mut(tree)
            .unwrap()
            .set("MediaBox", media_box);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let merged = Document::load_mem(&merge(&[bytes]).unwrap()).unwrap();
        let page = merged.get_dictionary(merged.get_pages()[&1]).unwrap();
        assert_eq!(page.get(b"MediaBox").unwrap().as_array().unwrap().len(), 4);
    }

    #[test]
    fn what_is_broken_has_no_pages() {
        assert_eq!(page_count(b"%PDF-1.7 and then nothing"), None);
        assert_eq!(page_count(b""), None);
        let whole = pdf::write(&[Page::default(), Page::default()]);
        assert_eq!(page_count(&whole), Some(2));
        assert_eq!(page_count(&whole[..whole.len() / 2]), None);
    }
}

use super::*;
use crate::fax;
use crate::fax::readers::Readers;
use lopdf::encryption::crypt_filters::{Aes256CryptFilter, CryptFilter};
use lopdf::{Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A PDF with one line on each page.
fn pages(words: &[&str]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let root = document.new_object_id();
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Courier" };
    let font = document.add_object(font);
    let kids: Vec<Object> = words
        .iter()
        .map(|line| {
            let drawing = format!("BT /F 40 Tf 72 700 Td <{}> Tj ET", hex(line));
            let drawing = document.add_object(Stream::new(dictionary! {}, drawing.into_bytes()));
            let page = dictionary! {
                "Type" => "Page", "Parent" => root, "Contents" => drawing,
                "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
            };
            document.add_object(page).into()
        })
        .collect();
    let tree = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => words.len() as i64 };
    document.objects.insert(root, tree.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    document.trailer.set("Root", catalog);
    saved(&mut document)
}

fn saved(document: &mut Document) -> Vec<u8> {
    let mut file = Vec::new();
    document.save_to(&mut file).unwrap();
    file
}

fn turned(pages: &[(u32, u8)]) -> Vec<Turned> {
    pages
        .iter()
        .map(|(index, quarter_turns)| Turned {
            index: *index,
            quarter_turns: *quarter_turns,
        })
        .collect()
}

fn made(parts: Vec<Part>) -> Result<Vec<u8>, FaxError> {
    let (recipe, content) = told(parts);
    make(&recipe, &content)
}

fn cut(pdf: &[u8], chosen: &[Turned]) -> Result<Vec<u8>, FaxError> {
    made(vec![Part::Pages {
        pdf: pdf.to_vec(),
        chosen: chosen.to_vec(),
    }])
}

fn words_of(pdf: &[u8]) -> Vec<String> {
    let document = Document::load_mem(pdf).unwrap();
    document
        .get_pages()
        .into_values()
        .map(|page| String::from_utf8_lossy(&document.get_page_content(page)).into_owned())
        .collect()
}

fn hex(words: &str) -> String {
    words.bytes().map(|byte| format!("{byte:02X}")).collect()
}

#[tokio::test]
async fn chosen_pages_are_taken_over_in_the_wanted_order_and_turned() {
    let whole = pages(&["one", "two", "three"]);
    let made = cut(&whole, &turned(&[(2, 0), (0, 1), (2, 0)])).unwrap();
    let words = words_of(&made);
    assert_eq!(words.len(), 3);
    assert!(
        words[0].contains(&hex("three"))
            && words[1].contains(&hex("one"))
            && words[2].contains(&hex("three"))
    );
    assert!(!made.windows(3).any(|three| three == b"two"));
    let sizes = fax::pages(made).await.unwrap();
    assert_eq!((sizes[0].width, sizes[0].height), (612, 792));
    assert_eq!((sizes[1].width, sizes[1].height), (792, 612));
    assert!(matches!(
        cut(&whole, &turned(&[(3, 0)])),
        Err(FaxError::NoSuchPage)
    ));
    assert!(matches!(
        cut(b"%PDF-1.4 nonsense", &turned(&[(0, 0)])),
        Err(FaxError::Damaged)
    ));
}

#[test]
fn a_page_keeps_what_it_inherits_from_above() {
    let mut document = Document::load_mem(&pages(&["one", "two"])).unwrap();
    let root = document
        .catalog()
        .unwrap()
        .get(b"Pages")
        .unwrap()
        .as_reference()
        .unwrap();
    let ids: Vec<_> = document.get_pages().into_values().collect();
    for id in ids {
        let page = document.get_dictionary_mut(id).unwrap();
        page.remove(b"MediaBox");
        page.remove(b"Rotate");
    }
    let node = document.get_dictionary_mut(root).unwrap();
    node.set(
        "MediaBox",
        vec![0.into(), 0.into(), 300.into(), Object::from(400)],
    );
    node.set("Rotate", 90);
    let mut whole = Vec::new();
    document.save_to(&mut whole).unwrap();
    let made = Document::load_mem(&cut(&whole, &turned(&[(1, 1)])).unwrap()).unwrap();
    let page = made.get_dictionary(*made.get_pages().get(&1).unwrap()).unwrap();
    assert_eq!(page.get(b"Rotate").unwrap().as_i64().unwrap(), 180);
    assert_eq!(page.get(b"MediaBox").unwrap().as_array().unwrap().len(), 4);
}

#[test]
fn pages_of_several_documents_are_bound_in_their_order() {
    let one = pages(&["one", "two"]);
    let other = pages(&["three", "four"]);
    let part = |pdf: &[u8], chosen: &[(u32, u8)]| Part::Pages {
        pdf: pdf.to_vec(),
        chosen: turned(chosen),
    };
    let whole = made(vec![part(&one, &[(1, 0)]), part(&other, &[(0, 1), (1, 0)])]).unwrap();
    let words = words_of(&whole);
    let expected = ["two", "three", "four"].map(hex);
    assert_eq!(words.len(), 3);
    assert!(
        words
            .iter()
            .zip(&expected)
            .all(|(page, line)| page.contains(line)),
        "{words:?}"
    );
    let whole = Document::load_mem(&whole).unwrap();
    let second = whole.get_dictionary(whole.get_pages()[&2]).unwrap();
    assert_eq!(second.get(b"Rotate").unwrap().as_i64().unwrap(), 90);
}

/// Protected against changes by one password, and against reading by another.
fn protected(user_password: &str) -> Vec<u8> {
    let mut document = Document::load_mem(&pages(&["one", "two"])).unwrap();
    document.trailer.set(
        "ID",
        vec![Object::string_literal("a"), Object::string_literal("b")],
    );
    let filter: Arc<dyn CryptFilter> = Arc::new(Aes256CryptFilter);
    let version = EncryptionVersion::V5 {
        encrypt_metadata: true,
        crypt_filters: BTreeMap::from([(b"StdCF".to_vec(), filter)]),
        file_encryption_key: &[7; 32],
        stream_filter: b"StdCF".to_vec(),
        string_filter: b"StdCF".to_vec(),
        owner_password: "owner",
        user_password,
        permissions: Permissions::default(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    saved(&mut document)
}

#[tokio::test]
async fn pages_of_a_pdf_that_only_its_owner_may_change_are_taken_over_unprotected() {
    let made = cut(&protected(""), &turned(&[(1, 0)])).unwrap();
    assert!(words_of(&made)[0].contains(&hex("two")));
    assert!(!made.windows(8).any(|eight| eight == b"/Encrypt"));
    assert_eq!(fax::pages(made).await.unwrap().len(), 1);
    assert!(matches!(
        cut(&protected("secret"), &turned(&[(0, 0)])),
        Err(FaxError::Locked)
    ));
}

#[tokio::test]
async fn a_reader_makes_a_pdf_and_then_draws_pages_again() {
    let whole = pages(&["one", "two"]);
    let drawn = fax::draw(whole.clone(), 0, 100).await.unwrap();
    let part = Part::Pages {
        pdf: whole.clone(),
        chosen: turned(&[(1, 1)]),
    };
    let made = fax::make_pdf(vec![part]).await.unwrap();
    assert!(words_of(&made)[0].contains(&hex("two")));
    assert_eq!(fax::draw(whole, 0, 100).await.unwrap(), drawn);
    let damaged = fax::make_pdf(vec![Part::Pages {
        pdf: b"%PDF-1.4 nonsense".to_vec(),
        chosen: turned(&[(0, 0)]),
    }]);
    assert!(damaged.await.unwrap_err().to_string().contains("damaged"));
}

#[tokio::test]
async fn a_reader_that_takes_too_long_is_ended_with_a_sentence_and_another_one_makes_the_next_pdf() {
    let part = || Part::Pages {
        pdf: pages(&["one", "two"]),
        chosen: turned(&[(0, 0)]),
    };
    let impatient: &'static Readers = Box::leak(Box::new(Readers::new(Duration::ZERO)));
    assert_eq!(impatient.make(vec![part()]).await, Err(FaxError::TooHard));
    assert!(fax::make_pdf(vec![part()]).await.is_ok());
}

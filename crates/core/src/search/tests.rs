use super::*;
use crate::contacts;
use crate::store::testing::*;
use crate::store::{Change, MessageBody, TranscriptState};
use domain::communication::Direction;
use domain::contact::{ContactDraft, NumberLabel};
use proptest::prelude::*;

fn inbound(id: &str, number: &str, minutes: i64, words: &str) -> Change {
    Change::UpsertMessage(text(id, id, number, minutes, Direction::Inbound, words))
}

fn hit(snippet: &Snippet) -> String {
    snippet
        .parts
        .iter()
        .filter(|part| part.is_hit)
        .map(|part| part.text.as_str())
        .collect::<Vec<_>>()
        .join("|")
}

async fn bench() -> TestStore {
    let test = TestStore::new().await;
    let maria = ContactDraft {
        company: "Gómez Steel".to_owned(),
        tags: vec!["supplier".to_owned()],
        ..draft(
            "María",
            "López",
            &[(NumberLabel::Mobile, MARIA), (NumberLabel::Work, MARIA_AT_WORK)],
        )
    };
    contacts::add(&test.store, &maria).await.unwrap();
    test.apply(vec![
        inbound("1", BEN, 0, "The rebar arrives on Monday"),
        inbound("2", MARIA, 5, "Monday is fine, bring the rebar plans"),
        missed("3", BEN, 6),
    ])
    .await;
    test
}

#[tokio::test]
async fn people_are_found_by_name_company_and_tag_without_accents() {
    let test = bench().await;
    for query in ["maria", "LOPEZ", "mar lop", "gomez", "steel", "supplier"] {
        let found = search(&test.store, query, 10).await.unwrap();
        assert_eq!(found.contacts.len(), 1, "{query}");
    }
    assert!(
        search(&test.store, "maria gonzales", 10)
            .await
            .unwrap()
            .contacts
            .is_empty()
    );
}

#[tokio::test]
async fn words_in_texts_are_found_newest_first_and_marked() {
    let test = bench().await;
    let found = search(&test.store, "reb mon", 10).await.unwrap();
    assert_eq!(found.communications.len(), 2);
    assert_eq!(found.communications[0].item.occurred_at, at(5));
    assert_eq!(hit(&found.communications[0].snippet), "Monday|rebar");
}

#[tokio::test]
async fn numbers_are_found_by_any_part_of_them() {
    let test = bench().await;
    for query in ["5550147", "510 555", "(510) 555-0147", "+1 510", "0147", "0 147"] {
        let found = search(&test.store, query, 10).await.unwrap();
        assert_eq!(found.contacts.len(), 1, "{query}");
        assert_eq!(
            found.contacts[0].number_label,
            Some(NumberLabel::Mobile),
            "{query}"
        );
    }
    let found = search(&test.store, "212555", 10).await.unwrap();
    assert_eq!(found.communications.len(), 2);
    assert_eq!(hit(&found.communications[0].snippet), "212) 555");
    // Too short for the index, found all the same.
    assert_eq!(search(&test.store, "47", 10).await.unwrap().contacts.len(), 1);
}

#[tokio::test]
async fn transcripts_are_found_once_they_are_here() {
    let test = bench().await;
    let mut record = voicemail("vm", BEN, 10);
    record.body = MessageBody::Voicemail {
        duration_seconds: 5,
        transcript: TranscriptState::Ready { is_partial: false },
    };
    let ids = test.apply(vec![Change::UpsertMessage(record)]).await;
    assert!(
        search(&test.store, "invoice", 10)
            .await
            .unwrap()
            .communications
            .is_empty()
    );
    test.store
        .set_transcript(ids[0], "About that invoice")
        .await
        .unwrap();
    assert_eq!(
        search(&test.store, "invoice", 10)
            .await
            .unwrap()
            .communications
            .len(),
        1
    );
}

#[tokio::test]
async fn what_was_changed_or_deleted_is_no_longer_found() {
    let test = bench().await;
    let gone = Change::Delete {
        source: crate::store::Source::MessageStore,
        remote_id: "1".to_owned(),
    };
    test.apply(vec![gone]).await;
    assert_eq!(
        search(&test.store, "rebar", 10)
            .await
            .unwrap()
            .communications
            .len(),
        1
    );
    let id = search(&test.store, "maria", 10).await.unwrap().contacts[0]
        .contact
        .id;
    contacts::update(&test.store, id, &draft("Marion", "", &[]))
        .await
        .unwrap();
    assert!(
        search(&test.store, "lopez", 10)
            .await
            .unwrap()
            .contacts
            .is_empty()
    );
    assert_eq!(search(&test.store, "marion", 10).await.unwrap().contacts.len(), 1);
}

#[tokio::test]
async fn a_limit_cuts_and_says_so() {
    let test = bench().await;
    let found = search(&test.store, "monday", 1).await.unwrap();
    assert_eq!(found.communications.len(), 1);
    assert!(found.is_cut);
    assert!(!search(&test.store, "monday", 2).await.unwrap().is_cut);
}

#[tokio::test]
async fn syntax_of_the_index_is_just_text() {
    let test = bench().await;
    for query in [
        "\"",
        "rebar\"",
        "rebar AND",
        "NEAR(",
        "body:rebar",
        "rebar*",
        "(rebar",
        "rebar)",
        "-rebar",
        "^rebar",
        "{a b}:c",
        "rebar OR",
        "'; DROP TABLE contacts; --",
        "%",
        "_",
        "*",
        "\u{0}",
        "🦀",
        "!!",
        "a\u{0}b",
    ] {
        search(&test.store, query, 10).await.unwrap();
    }
    assert_eq!(
        search(&test.store, "rebar\"", 10)
            .await
            .unwrap()
            .communications
            .len(),
        2
    );
    assert_eq!(
        search(&test.store, "  ", 10).await.unwrap(),
        SearchResults::default()
    );
}

#[tokio::test]
async fn a_single_letter_begins_names_but_not_texts() {
    let test = bench().await;
    let found = search(&test.store, "m", 10).await.unwrap();
    assert_eq!((found.contacts.len(), found.communications.len()), (1, 0));
}

#[test]
fn marks_become_parts() {
    let snippet = split_marked("\u{2}The\u{3} rebar on \u{2}Mon\u{3}");
    let parts: Vec<_> = snippet
        .parts
        .iter()
        .map(|part| (part.text.as_str(), part.is_hit))
        .collect();
    assert_eq!(parts, [("The", true), (" rebar on ", false), ("Mon", true)]);
}

#[test]
fn digits_are_marked_across_signs() {
    let parts = |digits: &str| {
        let snippet = mark_digits("(510) 555-0147", digits);
        snippet
            .parts
            .into_iter()
            .map(|part| (part.text, part.is_hit))
            .collect::<Vec<_>>()
    };
    let part = |text: &str, is_hit| (text.to_owned(), is_hit);
    assert_eq!(
        parts("5550"),
        [part("(510) ", false), part("555-0", true), part("147", false)]
    );
    assert_eq!(parts("47"), [part("(510) 555-01", false), part("47", true)]);
    assert_eq!(parts("999"), [part("(510) 555-0147", false)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_can_be_typed_breaks_a_search(queries in proptest::collection::vec(".{0,30}", 1..12)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let test = bench().await;
            for query in queries {
                let found = search(&test.store, &query, 5).await;
                prop_assert!(found.is_ok(), "{query:?}: {found:?}");
                let listed = contacts::list(&test.store, &query, 0, 5).await;
                prop_assert!(listed.is_ok(), "{query:?}: {listed:?}");
            }
            Ok(())
        })?;
    }
}

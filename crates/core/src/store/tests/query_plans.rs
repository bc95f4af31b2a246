//! How SQLite means to answer what the window asks all the time: by one index, without sorting, without a scan.

use super::super::testing::TestStore;
use super::super::*;
use domain::inbox::InboxTab;

async fn plan(store: &Store, statement: &'static str) -> String {
    let explained = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {statement}"));
    let rows: Vec<(i64, i64, i64, String)> = sqlx::query_as(explained)
        .fetch_all(store.readers())
        .await
        .unwrap();
    rows.into_iter()
        .map(|(_, _, _, detail)| detail)
        .collect::<Vec<_>>()
        .join("; ")
}

#[tokio::test]
async fn every_tab_walks_its_own_index() {
    let test = TestStore::new().await;
    for (tab, index) in [
        (InboxTab::All, "communications_inbox (occurred_at<?)"),
        (InboxTab::Unread, "communications_unread (occurred_at<?)"),
        (InboxTab::Calls, "communications_calls (occurred_at<?)"),
        (
            InboxTab::Texts,
            "communications_inbox_by_kind (kind=? AND occurred_at<?)",
        ),
        (
            InboxTab::Voicemail,
            "communications_inbox_by_kind (kind=? AND occurred_at<?)",
        ),
        (
            InboxTab::Fax,
            "communications_inbox_by_kind (kind=? AND occurred_at<?)",
        ),
        (InboxTab::Missed, "communications_owed (occurred_at<?)"),
        (InboxTab::Done, "communications_done (occurred_at<?)"),
    ] {
        let plan = plan(&test.store, listing::statement(tab)).await;
        let expected =
            format!("SEARCH c USING INDEX {index}; SEARCH k USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN");
        assert_eq!(plan, expected, "{tab:?}");
    }
}

#[tokio::test]
async fn timelines_walk_the_indexes_of_their_subject() {
    let test = TestStore::new().await;
    for (statement, participants) in [
        (
            listing::CONTACT_TIMELINE,
            "participants_by_contact (contact_id=? AND ",
        ),
        (listing::NUMBER_TIMELINE, "participants_by_e164 (e164=? AND "),
    ] {
        let plan = plan(&test.store, statement).await;
        let own = "SEARCH o USING INDEX communications_by_party (party_key=? AND ";
        assert!(plan.contains(own) && plan.contains(participants), "{plan}");
        assert!(
            plan.contains("MERGE (UNION ALL)") && !plan.contains("TEMP B-TREE"),
            "{plan}"
        );
        // What both halves give is read through; no table is.
        assert_eq!(plan.matches("SCAN").count(), 1, "{plan}");
        assert!(plan.contains("SCAN t"), "{plan}");
    }
    let conversation = plan(&test.store, listing::CONVERSATION_TIMELINE).await;
    let index = "SEARCH c USING INDEX communications_by_conversation (conversation_id=? AND ";
    assert!(conversation.starts_with(index), "{conversation}");
    assert!(
        !conversation.contains("SCAN") && !conversation.contains("TEMP B-TREE"),
        "{conversation}"
    );
}

#[tokio::test]
async fn counts_read_only_what_is_unread_or_owed() {
    let test = TestStore::new().await;
    let unread = plan(&test.store, listing::UNREAD_COUNTS).await;
    assert!(unread.contains("communications_unread"), "{unread}");
    let owed = plan(&test.store, listing::OWED_COUNT).await;
    assert!(owed.contains("communications_owed"), "{owed}");
}

#[tokio::test]
async fn contacts_are_listed_and_matched_by_index() {
    let test = TestStore::new().await;
    let page = plan(&test.store, contact_reads::PAGE).await;
    assert_eq!(page, "SCAN contacts USING COVERING INDEX contacts_by_name");
    let candidates = plan(&test.store, contact_reads::CANDIDATES).await;
    assert!(
        candidates.contains("contacts_by_extension (extension=?)"),
        "{candidates}"
    );
    assert!(
        candidates.contains("contact_numbers_by_e164 (e164=?)"),
        "{candidates}"
    );
    assert!(
        !candidates.contains("SCAN n") && !candidates.contains("SCAN k"),
        "{candidates}"
    );
}

#[tokio::test]
async fn searching_goes_through_the_full_text_indexes() {
    let test = TestStore::new().await;
    for (statement, index) in [
        (found::CONTACTS_BY_WORDS, "contacts_text VIRTUAL TABLE INDEX"),
        (found::CONTACTS_BY_FRAGMENT, "f VIRTUAL TABLE INDEX"),
        (found::COMMUNICATIONS_BY_WORDS, "t VIRTUAL TABLE INDEX"),
        (found::COMMUNICATIONS_BY_FRAGMENT, "f VIRTUAL TABLE INDEX"),
    ] {
        let plan = plan(&test.store, statement).await;
        assert!(plan.contains(index), "{plan}");
        // Scanning a virtual table is how a match is spelt; scanning a real one is not wanted.
        assert_eq!(plan.matches("SCAN").count(), 1, "{plan}");
    }
}

#[tokio::test]
async fn linking_looks_up_numbers_and_never_scans_the_history() {
    let test = TestStore::new().await;
    for statement in [
        links::MOVED,
        touched::PARTIES,
        touched::CONVERSATIONS,
        touched::SHADOWS,
    ] {
        let plan = plan(&test.store, statement).await;
        assert!(
            !plan.contains("SCAN communications") && !plan.contains("SCAN c"),
            "{plan}"
        );
    }
}

#[tokio::test]
async fn opening_a_composer_reads_the_texts_of_its_people_alone() {
    let test = TestStore::new().await;
    for statement in [
        threads::CONVERSATION_WITH,
        threads::NUMBERS_WITHOUT_TEXTS,
        consents::SHORT_TEXTS,
        consents::REFUSED_TEXTS,
    ] {
        let plan = plan(&test.store, statement).await;
        let index = "SEARCH communications USING INDEX communications_texts_by_e164 (e164=?)";
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("SCAN communications"), "{plan}");
    }
    let newest = plan(&test.store, threads::CONVERSATION_WITH).await;
    assert!(!newest.contains("TEMP B-TREE"), "{newest}");
}

#[tokio::test]
async fn the_outbox_reads_what_is_open_and_not_what_was_ever_sent() {
    let test = TestStore::new().await;
    for (statement, index) in [
        (outbox::DUE, "outbox_queued (urgency=?"),
        (outbox::DUE, "outbox_open_by_lane (lane=?"),
        (outbox::NEXT, "outbox_queued (urgency=?"),
        (
            outbox::NEXT_TRANSCRIPTION,
            "SCAN outbox USING INDEX outbox_open_transcriptions",
        ),
        // A partial index: all that is in it is unknown.
        (outbox::UNRESOLVED, "SCAN outbox USING INDEX outbox_unknown"),
        (outbox::OPEN_FAXES, "INDEX outbox_open_faxes"),
        (outbox::UNSENT_FAXES, "INDEX outbox_"),
    ] {
        let plan = plan(&test.store, statement).await;
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("SCAN q"), "{plan}");
    }
}

#[tokio::test]
async fn faxes_on_their_way_are_found_without_reading_the_history() {
    let test = TestStore::new().await;
    // A partial index: all that is in it is on its way.
    let queued = plan(&test.store, faxes::IN_TRANSIT).await;
    assert!(queued.contains("communications_queued_faxes"), "{queued}");
    let recipients = plan(&test.store, faxes::RECIPIENTS).await;
    assert!(
        recipients.contains("SEARCH c USING INTEGER PRIMARY KEY"),
        "{recipients}"
    );
}

#[tokio::test]
async fn what_ringcentral_is_to_be_told_of_is_found_without_reading_its_list() {
    let test = TestStore::new().await;
    let plan = plan(&test.store, consents::PENDING).await;
    // A partial index: all that is in it is pending.
    assert!(plan.contains("USING INDEX consents_pending"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[tokio::test]
async fn how_long_a_voicemail_is_safe_is_read_from_the_mailbox_and_not_from_the_history() {
    let test = TestStore::new().await;
    for statement in [
        voicemails::NEWER_THERE,
        voicemails::MAILBOX_PLACE,
        voicemails::WANTED,
    ] {
        let plan = plan(&test.store, statement).await;
        assert!(plan.contains("communications_mailbox"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
    let newer = plan(&test.store, voicemails::NEWER_THERE).await;
    assert!(
        newer.contains("communications_mailbox ((occurred_at,id)>(?,?))")
            || newer.contains("communications_mailbox (occurred_at>?)"),
        "{newer}"
    );
    let next = plan(&test.store, voicemails::NEXT_UNHEARD).await;
    assert!(next.contains("communications_unread (occurred_at<?)"), "{next}");
    let missing = plan(&test.store, apply::MISSING).await;
    assert!(
        !missing.contains("SCAN c") && !missing.contains("SCAN o"),
        "{missing}"
    );
}

#[tokio::test]
async fn faxes_to_fetch_and_to_read_are_found_by_their_indexes() {
    let test = TestStore::new().await;
    for (statement, index) in [
        (
            fax_pages::WANTED_RECEIVED,
            "SEARCH c USING INDEX communications_mailbox",
        ),
        (
            fax_pages::WANTED_SENT,
            "SEARCH c USING INDEX communications_sent_faxes (occurred_at<?)",
        ),
        (fax_pages::TURNED, "SEARCH t USING PRIMARY KEY (attachment_id=?)"),
        (
            fax_words::DUE,
            "SEARCH fax_readings USING INDEX fax_readings_waiting (not_before<?)",
        ),
    ] {
        let plan = plan(&test.store, statement).await;
        // What is not bounded by a time is bounded by the size of a mailbox.
        let plan = plan.replace(
            "SCAN c USING INDEX communications_mailbox",
            "SEARCH c USING INDEX communications_mailbox",
        );
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("SCAN") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}

#[tokio::test]
async fn presence_is_read_by_the_indexes_of_whom_it_belongs_to() {
    let test = TestStore::new().await;
    let some = plan(&test.store, presence::OF_CONTACTS).await;
    assert!(
        some.contains("SEARCH s USING INDEX contact_sources_by_contact (contact_id=? AND source=?)"),
        "{some}"
    );
    assert!(some.contains("SEARCH p USING PRIMARY KEY (user=?)"), "{some}");
    for (statement, scanned) in [
        (presence::OF_EVERYBODY, "SCAN p"),
        (presence_team::TEAM, "SCAN k"),
    ] {
        let plan = plan(&test.store, statement).await;
        // All of them are wanted: the one table that holds nobody else is read through.
        assert!(plan.matches("SCAN").count() <= 1, "{plan}");
        assert!(
            !plan.contains("SCAN") || plan.contains(scanned) || plan.contains("SCAN s"),
            "{plan}"
        );
    }
}

#[tokio::test]
async fn the_day_of_the_queues_is_counted_out_of_one_index() {
    let test = TestStore::new().await;
    let plan = plan(&test.store, live_calls::DAY_OF_LINES).await;
    let expected = "USING COVERING INDEX communications_inbound_lines (occurred_at>? AND occurred_at<?)";
    assert!(plan.contains(expected), "{plan}");
}

#[tokio::test]
async fn a_page_of_the_log_of_supervisions_walks_its_index() {
    let test = TestStore::new().await;
    let page =
        "SELECT number FROM supervisions WHERE kind = 'asked' AND number < ? ORDER BY number DESC LIMIT ?";
    let plan = plan(&test.store, page).await;
    assert!(
        plan.contains("supervisions_asked") && !plan.contains("TEMP B-TREE"),
        "{plan}"
    );
}

#[tokio::test]
async fn the_page_one_starts_from_reads_what_waits_and_its_days_and_no_more() {
    let test = TestStore::new().await;
    for (statement, index) in [
        (overview::WAITING_CALLS, "INDEX communications_owed"),
        (overview::WAITING, "INDEX communications_unread"),
        (overview::UNSENT, "INDEX outbox_failed"),
        (
            overview::SPAN,
            "INDEX communications_by_source (source=? AND occurred_at>? AND occurred_at<?)",
        ),
        (overview::BEGINNING, "INDEX communications_by_source (source=?)"),
        (
            overview::NOT_KEPT,
            "INDEX communications_mailbox (occurred_at>? AND occurred_at<?)",
        ),
    ] {
        let plan = plan(&test.store, statement).await;
        assert!(plan.contains(index), "{plan}");
    }
    for sorted in [overview::WAITING_CALLS, overview::WAITING] {
        let plan = plan(&test.store, sorted).await;
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}

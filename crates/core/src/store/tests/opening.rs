use super::super::testing::*;
use super::super::*;
use crate::change_feed::ChangeFeed;
use crate::search;
use domain::communication::Direction;
use domain::inbox::InboxTab;
use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions, Connection};
use std::borrow::Cow;
use std::path::Path;

/// The schema as it was at an earlier version.
fn up_to(version: i64) -> Migrator {
    let migrations = open::MIGRATIONS
        .iter()
        .filter(|migration| migration.version <= version)
        .cloned()
        .collect();
    Migrator {
        migrations: Cow::Owned(migrations),
        ..Migrator::DEFAULT
    }
}

async fn reopen(test: &TestStore) -> Result<Store> {
    test.store.close().await;
    Store::open(test.store.file(), test.clock.clone(), ChangeFeed::new()).await
}

async fn statement(file: &Path, sql: &'static str) {
    let mut connection = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .connect()
        .await
        .unwrap();
    sqlx::query(sql).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn what_was_stored_is_there_after_opening_again() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    let again = reopen(&test).await.unwrap();
    assert_eq!(again.communication(ids[0]).await.unwrap().id, ids[0]);
}

#[tokio::test]
async fn an_older_file_is_copied_aside_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("switchboard.db");
    let clock = crate::clock::Clock::manual(at(0));
    let (writer, readers) = open::open(&file, &up_to(1), at(0)).await.unwrap();
    sqlx::query(
        "INSERT INTO communications (source, remote_id, kind, direction, occurred_at, requested_at, number_kind, \
         number, e164, conversation_id, is_group, body, metadata, is_read, is_done, delivery_state, is_listed) \
         VALUES ('message_store', '1', 'text', 'inbound', 0, 0, 'number', '+15105550147', '+15105550147', 'c', 0, \
         'The rebar is ready', '{}', 0, 0, 'received', 1)",
    )
    .execute(&writer)
    .await
    .unwrap();
    writer.close().await;
    readers.close().await;

    let store = Store::open(&file, clock, ChangeFeed::new()).await.unwrap();
    // What was stored before there was a search is found by it.
    let found = search::search(&store, "rebar", 10).await.unwrap();
    assert_eq!(found.communications.len(), 1);
    assert_eq!(
        search::search(&store, "5550147", 10)
            .await
            .unwrap()
            .communications
            .len(),
        1
    );
    let newest = open::MIGRATIONS
        .iter()
        .map(|migration| migration.version)
        .max()
        .unwrap();
    let copy = folder.path().join(format!("switchboard.db.before-{newest}"));
    let mut copied = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(copy)
        .connect()
        .await
        .unwrap();
    let count: i64 = sqlx::query_scalar("SELECT count(*) FROM communications")
        .fetch_one(&mut copied)
        .await
        .unwrap();
    assert_eq!(count, 1);
}

#[tokio::test]
async fn a_file_of_a_newer_app_is_refused_and_left_alone() {
    let test = TestStore::new().await;
    test.apply(vec![missed("1", MARIA, 0)]).await;
    test.store.close().await;
    statement(
        test.store.file(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'future', 1, x'00', 0)",
    )
    .await;
    let before = std::fs::read(test.store.file()).unwrap();
    let error = reopen(&test).await.unwrap_err();
    assert!(
        matches!(error, StoreError::NewerThanApp { found: 9999, .. }),
        "{error:?}"
    );
    assert_eq!(std::fs::read(test.store.file()).unwrap(), before);
}

#[tokio::test]
async fn a_file_that_is_no_database_is_damaged_and_can_be_moved_aside() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("switchboard.db");
    let rubbish = "This was a database once. ".repeat(400);
    std::fs::write(&file, &rubbish).unwrap();
    let clock = crate::clock::Clock::manual(at(0));
    let error = Store::open(&file, clock.clone(), ChangeFeed::new())
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error:?}");

    let aside = Store::move_aside(&file, &clock).await.unwrap();
    assert_eq!(std::fs::read_to_string(aside).unwrap(), rubbish);
    let fresh = Store::open(&file, clock, ChangeFeed::new()).await.unwrap();
    assert!(
        fresh
            .list_inbox(InboxTab::All, None, 10)
            .await
            .unwrap()
            .rows
            .is_empty()
    );
}

#[tokio::test]
async fn a_torn_file_is_reported_as_damaged() {
    let test = TestStore::new().await;
    for n in 0..200 {
        test.apply(vec![Change::UpsertMessage(text(
            &n.to_string(),
            &n.to_string(),
            MARIA,
            n,
            Direction::Inbound,
            &"words ".repeat(200),
        ))])
        .await;
    }
    test.store.close().await;
    let mut bytes = std::fs::read(test.store.file()).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle..].fill(0xaa);
    std::fs::write(test.store.file(), bytes).unwrap();
    let outcome = match reopen(&test).await {
        Err(error) => Err(error),
        Ok(store) => store.list_inbox(InboxTab::All, None, 200).await.map(|_| ()),
    };
    assert!(matches!(outcome, Err(StoreError::Damaged { .. })), "{outcome:?}");
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("a file");
    std::fs::write(&blocked, "").unwrap();
    let clock = crate::clock::Clock::manual(at(0));
    let error = Store::open(blocked.join("switchboard.db"), clock, ChangeFeed::new())
        .await
        .unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error:?}");
}

#[tokio::test]
async fn a_full_disk_leaves_everything_as_it_was() {
    let test = TestStore::new().await;
    let ids = test.apply(vec![missed("1", MARIA, 0)]).await;
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(&test.store.0.writer)
        .await
        .unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!(
        "PRAGMA max_page_count = {}",
        pages + 2
    )))
    .execute(&test.store.0.writer)
    .await
    .unwrap();
    let many = (0..2000)
        .map(|n| {
            let id = format!("m{n}");
            Change::UpsertMessage(text(
                &id,
                &id,
                BEN,
                1,
                Direction::Inbound,
                "A rather long text to fill the disk",
            ))
        })
        .collect();
    let page = Page {
        changes: many,
        token: Some(SyncToken("after".to_owned())),
        ..Page::empty(SyncScope::MESSAGE_STORE, at(1))
    };
    let error = test.store.apply(page).await.unwrap_err();
    assert!(matches!(error, StoreError::DiskFull { .. }), "{error:?}");
    assert_eq!(test.ids(InboxTab::All).await, ids);
    assert_eq!(
        test.store
            .sync_state(&SyncScope::MESSAGE_STORE)
            .await
            .unwrap()
            .token,
        None
    );

    // With space again, everything goes on.
    sqlx::query("PRAGMA max_page_count = 1000000")
        .execute(&test.store.0.writer)
        .await
        .unwrap();
    test.apply(vec![missed("2", BEN, 5)]).await;
    assert_eq!(test.ids(InboxTab::All).await.len(), 2);
}

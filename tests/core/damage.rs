//! A local copy that cannot be used: what is said, what is kept, and how one gets going again.

use crate::office::{ADA, Office};
use domain::inbox::InboxTab;
use domain::ipc::ErrorCode;
use domain::ipc::session::SignInWithJwt;
use domain::session::SessionState;
use simulator::world::ids::ExtensionId;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

/// Extension 102 of the small company.
const BEN: ExtensionId = ExtensionId(809_646_017);

/// The damaged file stands beside the new one.
fn was_put_aside(store: &Path) -> bool {
    let folder = std::fs::read_dir(store.parent().unwrap()).unwrap();
    folder
        .map(|entry| entry.unwrap().file_name())
        .any(|name| name.to_string_lossy().contains(".damaged-"))
}

async fn busy_office() -> Office {
    let office = Office::open().await;
    office.weeks_of_texts(60);
    office.an_hour_passes();
    office.synchronise().await;
    office
}

#[tokio::test]
async fn a_damaged_store_says_so_and_signing_in_again_puts_it_aside() {
    let mut office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    office.board.shut_down().await;
    let file = office.store_file();
    std::fs::write(
        &file,
        b"this is no database, and it is long enough to be sure of that",
    )
    .unwrap();
    office.kill_and_reopen().await;
    let SessionState::SignInAgain { reason, .. } = office.state().await.session else {
        panic!("it opened")
    };
    assert!(reason.contains("damaged"), "{reason}");
    let request = domain::ipc::inbox::ListInbox {
        tab: InboxTab::All,
        after: None,
        limit: 10,
    };
    assert_eq!(
        office.board.list_inbox(request).await.unwrap_err().code(),
        ErrorCode::Store
    );

    office.sign_in().await;
    office.synchronise().await;
    office.assert_converged().await;
    assert!(was_put_aside(&file));
}

#[tokio::test]
async fn damage_deep_in_a_file_that_opens_is_put_aside_by_signing_in_again() {
    let mut office = busy_office().await;
    let database = office.database().await;
    let root: u32 = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = 'communications'")
        .fetch_one(&database)
        .await
        .unwrap();
    // With nobody left the write-ahead log goes into the file, else it would cover the damage up.
    database.close().await;
    office.board.shut_down().await;
    let file = office.store_file();
    let mut spoiled = std::fs::OpenOptions::new().write(true).open(&file).unwrap();
    spoiled.seek(SeekFrom::Start(u64::from(root - 1) * 4096)).unwrap();
    spoiled.write_all(&[0xAB; 512]).unwrap();
    drop(spoiled);
    office.kill_and_reopen().await;
    let session = office.state().await.session;
    assert!(
        matches!(session, SessionState::SignedIn(_)),
        "it opens: {session:?}"
    );
    office.sign_in().await;
    office.synchronise().await;
    office.assert_converged().await;
    assert!(was_put_aside(&file));
}

#[tokio::test]
async fn an_account_that_cannot_be_opened_does_not_cost_the_one_that_is_open() {
    let office = busy_office().await;
    let lines = office.items(InboxTab::All).await.len();
    // Where Ben's data would go stands a file.
    let own_folder = office
        .store_file()
        .parent()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let of_ben = own_folder.strip_suffix(&ADA.0.to_string()).unwrap().to_owned() + &BEN.0.to_string();
    std::fs::write(of_ben, b"in the way").unwrap();
    let ready = office.control.ready();
    let ben = ready
        .extensions
        .into_iter()
        .find(|one| one.number == "102")
        .unwrap();
    let request = SignInWithJwt {
        server: office.server(),
        jwt: ben.jwt,
    };
    assert!(office.board.sign_in_with_jwt(request).await.is_err());
    let SessionState::SignedIn(who) = office.state().await.session else {
        panic!("nobody is signed in any more");
    };
    assert_eq!(who.extension, "101");
    assert_eq!(office.items(InboxTab::All).await.len(), lines);
    office.synchronise().await;
    office.assert_converged().await;
}

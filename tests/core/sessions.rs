//! Coming in by each door, coming back, and leaving.

use crate::office::{Office, maria};
use domain::inbox::InboxTab;
use domain::ipc::ErrorCode;
use domain::ipc::contacts::{AddContact, ListContacts};
use domain::ipc::session::{CancelSignIn, GetAppState, SignInWithBrowser, SignInWithJwt, SignOut, SyncNow};
use domain::session::{KeychainState, SessionState};
use domain::sync::{EventSourceState, SyncPhase};
use jiff::SignedDuration;
use simulator::world::ids::ExtensionId;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::mpsc;
use switchboard_core::switchboard::OpenBrowser;
use switchboard_core::{Config, CoreError, Switchboard};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Extension 102 of the small company.
const BEN: ExtensionId = ExtensionId(809_646_017);

#[tokio::test]
async fn before_anyone_signs_in_there_is_a_state_and_nothing_to_read() {
    let office = Office::closed().await;
    let state = office.state().await;
    assert_eq!(state.session, SessionState::SignedOut);
    assert_eq!(
        (state.sync.phase, state.events),
        (SyncPhase::Off, EventSourceState::Off)
    );
    assert!(matches!(state.keychain, KeychainState::MemoryOnly { .. }));
    let request = domain::ipc::inbox::ListInbox {
        tab: InboxTab::All,
        after: None,
        limit: 10,
    };
    let refused = office.board.list_inbox(request).await.unwrap_err();
    assert_eq!(refused.code(), ErrorCode::SignInRequired);
}

#[tokio::test]
async fn a_jwt_opens_the_persons_own_account() {
    let office = Office::open().await;
    let SessionState::SignedIn(who) = office.state().await.session else {
        panic!("not signed in")
    };
    assert_eq!(
        (who.name.as_str(), who.extension.as_str()),
        ("Ada Alvarez", "101")
    );
    assert_eq!(who.direct_number.as_deref(), Some("(510) 555-0101"));
    assert!(!who.is_demo);
    office.assert_faults_met();
}

#[tokio::test]
async fn a_wrong_jwt_a_wrong_client_and_a_wrong_address_are_told_apart() {
    let office = Office::closed().await;
    let refusal = async |server: domain::session::Server, jwt: String| {
        let error = office
            .board
            .sign_in_with_jwt(SignInWithJwt { server, jwt })
            .await
            .unwrap_err();
        assert_eq!(office.state().await.session, SessionState::SignedOut);
        error
    };
    let wrong_jwt = refusal(office.server(), "no.such.jwt".into()).await;
    assert_eq!(wrong_jwt.code(), ErrorCode::NotPermitted);
    let mut server = office.server();
    server.client_id = "nobody".into();
    assert_eq!(
        refusal(server, office.jwt()).await.code(),
        ErrorCode::NotPermitted
    );
    let mut server = office.server();
    server.base_url = "not an address".into();
    assert_eq!(refusal(server, office.jwt()).await.code(), ErrorCode::Invalid);
    let mut server = office.server();
    server.base_url = "http://platform.example".into();
    assert_eq!(refusal(server, office.jwt()).await.code(), ErrorCode::Invalid);
    let mut server = office.server();
    server.base_url = "http://127.0.0.1:9".into();
    assert_eq!(refusal(server, office.jwt()).await.code(), ErrorCode::Offline);
    assert_eq!(
        refusal(office.server(), "  ".into()).await.code(),
        ErrorCode::Invalid
    );
}

/// Signs in at the consent page as a browser would, and follows the redirect to this machine.
async fn consent(authorize_url: &url::Url, person: ExtensionId) {
    let redirect = authorize_url
        .query_pairs()
        .find(|(name, _)| name == "redirect_uri")
        .unwrap()
        .1
        .into_owned();
    let query = authorize_url.query().unwrap();
    let body = format!("{query}&person={person}&decision=allow");
    let answer = post_form(authorize_url, &body).await;
    let location = answer
        .lines()
        .find_map(|line| line.strip_prefix("location: "))
        .expect("a redirect")
        .trim()
        .to_owned();
    assert!(location.starts_with(&redirect), "{location}");
    get(&location.parse().unwrap()).await;
}

async fn post_form(url: &url::Url, body: &str) -> String {
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        url.path(),
        url.authority(),
        body.len()
    );
    exchange(url, &(head + body)).await
}

async fn get(url: &url::Url) -> String {
    let path = &url[url::Position::BeforePath..];
    exchange(
        url,
        &format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            url.authority()
        ),
    )
    .await
}

async fn exchange(url: &url::Url, request: &str) -> String {
    let address = (url.host_str().unwrap().to_owned(), url.port().unwrap());
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    socket.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer
}

fn browser() -> (OpenBrowser, mpsc::Receiver<url::Url>) {
    let (opened, pages) = mpsc::channel();
    let opened = std::sync::Mutex::new(opened);
    (
        OpenBrowser::new(move |url| {
            opened
                .lock()
                .unwrap()
                .send(url.clone())
                .map_err(std::io::Error::other)
        }),
        pages,
    )
}

async fn opened_page(pages: &mpsc::Receiver<url::Url>) -> url::Url {
    loop {
        match pages.try_recv() {
            Ok(page) => return page,
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

#[tokio::test]
async fn the_browser_brings_the_person_in_without_a_client_secret() {
    let office = Office::closed().await;
    let (open_browser, pages) = browser();
    let board = Switchboard::open(Config {
        open_browser,
        ..office.config()
    })
    .await
    .unwrap();
    let server = domain::session::Server {
        client_secret: None,
        ..office.server()
    };
    let waiting = tokio::spawn({
        let board = board.clone();
        async move { board.sign_in_with_browser(SignInWithBrowser { server }).await }
    });
    let page = opened_page(&pages).await;
    assert_eq!(
        board.get_app_state(GetAppState {}).await.unwrap().session,
        SessionState::WaitingForBrowser
    );
    consent(&page, BEN).await;
    waiting.await.unwrap().unwrap();
    let SessionState::SignedIn(who) = board.get_app_state(GetAppState {}).await.unwrap().session else {
        panic!("not signed in")
    };
    assert_eq!(who.name, "Ben Brandt");
}

#[tokio::test]
async fn waiting_for_the_browser_can_be_cancelled_and_leaves_things_as_they_were() {
    let office = Office::open().await;
    office.receive_text(maria(), "Hello");
    office.pass(SignedDuration::from_secs(10));
    office.synchronise().await;
    let (open_browser, pages) = browser();
    let board = Switchboard::open(Config {
        open_browser,
        ..office.config()
    })
    .await
    .unwrap();
    let waiting = tokio::spawn({
        let (board, server) = (board.clone(), office.server());
        async move { board.sign_in_with_browser(SignInWithBrowser { server }).await }
    });
    opened_page(&pages).await;
    board.cancel_sign_in(CancelSignIn {}).await.unwrap();
    assert!(matches!(waiting.await.unwrap(), Err(CoreError::Cancelled)));
    assert!(matches!(
        board.get_app_state(GetAppState {}).await.unwrap().session,
        SessionState::SignedIn(_)
    ));
}

#[tokio::test]
async fn the_last_account_opens_again_without_network_and_reads() {
    let mut office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let before = office.items(InboxTab::All).await;
    office.kill_and_reopen_without_network().await;
    assert!(matches!(office.state().await.session, SessionState::SignedIn(_)));
    assert_eq!(office.items(InboxTab::All).await, before);
    let search = domain::ipc::inbox::Search {
        query: "rebar".into(),
        limit: 5,
    };
    assert_eq!(office.board.search(search).await.unwrap().communications.len(), 1);
    office.synchronise().await;
    assert_eq!(office.status().await.phase, SyncPhase::Offline);
    assert_eq!(office.items(InboxTab::All).await, before);
}

#[tokio::test]
async fn a_forgotten_sign_in_asks_for_it_again_and_the_data_stays_readable() {
    let mut office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let before = office.items(InboxTab::All).await;
    // As after a restart on a computer without a keychain.
    office.kill_and_reopen_with_empty_keychain().await;
    let SessionState::SignInAgain { was, reason } = office.state().await.session else {
        panic!("still signed in")
    };
    assert_eq!(was.extension, "101");
    assert!(reason.contains("could not be kept"), "{reason}");
    assert_eq!(office.status().await.phase, SyncPhase::SignInRequired);
    assert_eq!(office.items(InboxTab::All).await, before);
    assert_eq!(
        office.board.sync_now(SyncNow {}).await.unwrap_err().code(),
        ErrorCode::SignInRequired
    );
    office.sign_in().await;
    office.synchronise().await;
    office.assert_converged().await;
}

#[tokio::test]
async fn no_secret_is_ever_written_to_the_disk() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let (jwt, secret) = (office.jwt(), office.server().client_secret.unwrap());
    let held = secrets_held(&office).await;
    assert!(held.len() >= 2, "tokens and credentials are kept");
    for file in files_below(office.folder.path()) {
        let content = std::fs::read(&file).unwrap();
        for secret in held.iter().chain([&jwt, &secret]) {
            let is_here = content
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!is_here, "a secret is in {}", file.display());
        }
    }
}

async fn secrets_held(office: &Office) -> Vec<String> {
    use secrecy::ExposeSecret;
    let account = office
        .store_file()
        .parent()
        .unwrap()
        .file_name()
        .unwrap()
        .to_string_lossy()
        .into_owned();
    let secrets = office.config().secrets;
    let tokens = secrets.load(&format!("{account}/tokens")).await.unwrap().unwrap();
    let tokens: serde_json::Value = serde_json::from_str(tokens.expose_secret()).unwrap();
    ["access_token", "refresh_token"]
        .map(|name| tokens[name].as_str().unwrap().to_owned())
        .to_vec()
}

fn files_below(folder: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(folder)
        .unwrap()
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                files_below(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_server_and_keeps_the_data_unless_it_is_erased() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let file = office.store_file();
    office.control.clear_requests();
    office
        .board
        .sign_out(SignOut { erases_data: false })
        .await
        .unwrap();
    assert_eq!(office.asked("revokeToken"), 1);
    assert_eq!(office.state().await.session, SessionState::SignedOut);
    assert!(file.exists());

    office.sign_in().await;
    assert!(!office.items(InboxTab::All).await.is_empty(), "the data was kept");
    office
        .board
        .sign_out(SignOut { erases_data: true })
        .await
        .unwrap();
    assert!(!file.exists());
    let mut office = office;
    office.kill_and_reopen().await;
    assert_eq!(office.state().await.session, SessionState::SignedOut);
}

#[tokio::test]
async fn signing_out_works_without_network() {
    let mut office = Office::open().await;
    office.kill_and_reopen_without_network().await;
    office
        .board
        .sign_out(SignOut { erases_data: true })
        .await
        .unwrap();
    assert_eq!(office.state().await.session, SessionState::SignedOut);
}

#[tokio::test]
async fn the_demo_lies_apart_and_is_born_anew_each_time() {
    let office = Office::open().await;
    office.an_hour_passes();
    office.synchronise().await;
    let real: BTreeSet<_> = files_below(office.folder.path()).into_iter().collect();

    office
        .board
        .sign_in_demo(office.server(), office.jwt())
        .await
        .unwrap();
    let SessionState::SignedIn(who) = office.state().await.session else {
        panic!("not signed in")
    };
    assert!(who.is_demo);
    assert!(office.items(InboxTab::All).await.is_empty());
    let draft = domain::contact::ContactDraft {
        first_name: "Only in the demo".into(),
        ..Default::default()
    };
    office.board.add_contact(AddContact { draft }).await.unwrap();
    let demo = files_below(office.folder.path())
        .into_iter()
        .filter(|file| !real.contains(file));
    assert!(
        demo.into_iter()
            .all(|file| file.starts_with(office.config().data_folder.join("demo")))
    );

    office
        .board
        .sign_in_demo(office.server(), office.jwt())
        .await
        .unwrap();
    let contacts = ListContacts {
        query: "Only in the demo".into(),
        offset: 0,
        limit: 10,
    };
    assert_eq!(office.board.list_contacts(contacts).await.unwrap().total, 0);

    // The next start opens the real account as if there had been no demo.
    let mut office = office;
    office.kill_and_reopen().await;
    let SessionState::SignedIn(who) = office.state().await.session else {
        panic!("not signed in")
    };
    assert!(!who.is_demo);
    assert!(!office.items(InboxTab::All).await.is_empty());
}

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use async_trait::async_trait;
use simulator::{Effect, Fault};
use switchboard_ringcentral::{
    Client, Clock, Error, Priority,
    auth::{BrowserSignIn, MemoryTokenStore, SignIn, TokenStore, TokenStoreError, Tokens},
};
use url::Url;

use crate::support::{Lab, quick};

async fn read_something(client: &Client) -> Result<(), Error> {
    client.account().get(Priority::Interactive).await.map(|_| ())
}

/// Does what a person does on the consent page, and follows the browser back to us.
async fn consent(page: Url, decision: &str) {
    let http = reqwest::Client::new();
    let mut form: Vec<(String, String)> = page
        .query_pairs()
        .map(|(key, value)| (key.into_owned(), value.into_owned()))
        .collect();
    form.push(("decision".into(), decision.into()));
    form.push(("person".into(), "809646016".into()));
    let mut address = page;
    address.set_query(None);
    let answer = http.post(address).form(&form).send().await.unwrap();
    assert!(answer.text().await.unwrap().contains("close this window"));
}

async fn sign_in_by_browser(client: &Client, decision: &'static str) -> Result<(), Error> {
    let options = BrowserSignIn::default();
    client
        .auth()
        .sign_in_with_browser(&options, |page| {
            tokio::spawn(consent(page.clone(), decision));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_person_signs_in_through_the_browser_without_a_secret() {
    let lab = Lab::new().await;
    let mut config = lab.config();
    config.client_secret = None;
    let client = lab.client_with(config, lab.store.clone());
    sign_in_by_browser(&client, "allow").await.unwrap();
    read_something(&client).await.unwrap();
    assert_eq!(client.auth().owner_id().await, Some("809646016".into()));
    assert!(
        client
            .auth()
            .scopes()
            .await
            .iter()
            .any(|scope| scope == "ReadAccounts")
    );
}

#[tokio::test]
async fn a_confidential_app_signs_in_through_the_browser_with_its_secret() {
    let lab = Lab::new().await;
    let client = lab.client();
    sign_in_by_browser(&client, "allow").await.unwrap();
    read_something(&client).await.unwrap();
}

#[tokio::test]
async fn a_person_who_says_no_is_taken_at_their_word() {
    let lab = Lab::new().await;
    let error = sign_in_by_browser(&lab.client(), "deny").await.unwrap_err();
    assert!(matches!(error, Error::SignInRefused { .. }), "{error:?}");
}

#[tokio::test]
async fn a_browser_that_cannot_be_opened_is_an_error_and_no_endless_wait() {
    let lab = Lab::new().await;
    let client = lab.client();
    let error = client
        .auth()
        .sign_in_with_browser(&BrowserSignIn::default(), |_| {
            Err(std::io::Error::other("no browser"))
        })
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Loopback { .. }));
}

#[tokio::test]
async fn a_wrong_jwt_is_refused_in_the_servers_words() {
    let lab = Lab::new().await;
    let error = lab
        .client()
        .auth()
        .sign_in_with_jwt("nonsense".to_owned().into())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::SignInRefused { .. }), "{error:?}");
}

#[tokio::test]
async fn without_a_sign_in_nothing_is_sent() {
    let lab = Lab::new().await;
    let client = lab.client();
    assert!(!client.auth().restore().await.unwrap());
    assert!(matches!(
        read_something(&client).await,
        Err(Error::SignInRequired { .. })
    ));
    assert!(lab.simulator.control().requests().is_empty());
}

#[tokio::test]
async fn many_requests_at_once_share_one_renewal_ahead_of_the_end() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.advance_secs(3600 - 60).await;
    let requests = (0..8).map(|_| read_something(&client));
    for outcome in futures_util::future::join_all(requests).await {
        outcome.unwrap();
    }
    assert_eq!(lab.count("getToken"), 2, "one sign-in and one renewal");
    assert_eq!(lab.count("readAccountInfo"), 8, "no request met an ended token");
}

#[tokio::test]
async fn a_token_that_ends_early_costs_one_renewal_and_one_repetition() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator.control().expire_access_tokens(None);
    let (one, other) = tokio::join!(read_something(&client), read_something(&client));
    one.unwrap();
    other.unwrap();
    assert_eq!(lab.count("getToken"), 2);
}

#[tokio::test]
async fn a_lost_answer_to_a_renewal_is_answered_with_the_old_refresh_token() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator
        .control()
        .add_fault(Fault::once("getToken", Effect::LoseReply));
    lab.advance_secs(3600).await;
    read_something(&client).await.unwrap();
    assert!(lab.simulator.control().unmet_faults().is_empty());
    assert_eq!(
        lab.count("getToken"),
        3,
        "sign-in, the lost renewal, the repeated one"
    );
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_lose_the_renewal() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator
        .control()
        .add_fault(Fault::once("getToken", Effect::Slow { millis: 50 }));
    lab.advance_secs(3600).await;
    let impatient = tokio::spawn({
        let client = client.clone();
        async move { read_something(&client).await }
    });
    while lab.count("getToken") < 2 {
        tokio::task::yield_now().await;
    }
    impatient.abort();
    read_something(&client).await.unwrap();
    assert_eq!(lab.count("getToken"), 2);
}

#[tokio::test]
async fn while_the_token_endpoint_is_down_a_living_token_is_used() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let down = Effect::ServerError {
        status: 503,
        error_code: "CMN-201".into(),
    };
    lab.simulator
        .control()
        .add_fault(Fault::once("getToken", down).times(3));
    lab.advance_secs(3600 - 60).await;
    read_something(&client).await.unwrap();
    assert!(lab.simulator.control().unmet_faults().is_empty());
}

#[tokio::test]
async fn a_revoked_session_asks_for_a_new_sign_in_and_forgets_its_tokens() {
    let lab = Lab::new().await;
    let mut config = lab.config();
    config.client_secret = None;
    let client = lab.client_with(config, lab.store.clone());
    sign_in_by_browser(&client, "allow").await.unwrap();
    let watch = client.auth().watch();
    lab.simulator.control().revoke_sessions(None);
    let error = read_something(&client).await.unwrap_err();
    assert!(matches!(error, Error::SignInRequired { .. }), "{error:?}");
    assert!(lab.store.load().await.unwrap().is_none());
    assert!(matches!(*watch.borrow(), SignIn::Required { .. }));
    let asked = lab.count("getToken");
    assert!(matches!(
        read_something(&client).await,
        Err(Error::SignInRequired { .. })
    ));
    assert_eq!(lab.count("getToken"), asked, "a dead token is not tried again");
}

#[tokio::test]
async fn a_clock_that_is_years_ahead_does_not_end_the_session() {
    #[derive(Debug)]
    struct Ahead(crate::support::SharedClock);
    impl Clock for Ahead {
        fn now(&self) -> jiff::Timestamp {
            self.0.now() + jiff::SignedDuration::from_hours(24 * 365)
        }
    }
    let lab = Lab::new().await;
    drop(lab.signed_in().await);
    let next = Client::new(
        lab.config(),
        lab.store.clone(),
        Arc::new(Ahead(lab.clock.clone())),
    )
    .unwrap();
    assert!(next.auth().restore().await.unwrap());
    read_something(&next).await.unwrap();
}

#[tokio::test]
async fn a_jwt_signs_in_again_when_the_session_has_ended() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    lab.simulator.control().revoke_sessions(None);
    read_something(&client).await.unwrap();
}

#[tokio::test]
async fn signing_out_ends_the_session_at_the_server_and_here() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let access = client.auth().restore().await.unwrap();
    assert!(access);
    let token = lab.store.load().await.unwrap().unwrap();
    client.auth().sign_out().await.unwrap();
    assert_eq!(lab.count("revokeToken"), 1);
    assert!(lab.store.load().await.unwrap().is_none());
    assert_eq!(*client.auth().watch().borrow(), SignIn::SignedOut);
    // The server does not take the token any more.
    let store = Arc::new(MemoryTokenStore::default());
    store.save(&token).await.unwrap();
    let other = lab.client_with(lab.config(), store);
    assert!(matches!(
        read_something(&other).await,
        Err(Error::SignInRequired { .. })
    ));
}

#[tokio::test]
async fn the_next_run_goes_on_with_the_stored_sign_in() {
    let lab = Lab::new().await;
    drop(lab.signed_in().await);
    let next = lab.client();
    assert!(next.auth().restore().await.unwrap());
    read_something(&next).await.unwrap();
    assert_eq!(lab.count("getToken"), 1);
}

/// Fails after the first time, as a keychain does that has been locked meanwhile.
#[derive(Debug, Default)]
struct LockedStore(AtomicUsize);

#[async_trait]
impl TokenStore for LockedStore {
    async fn load(&self) -> Result<Option<Tokens>, TokenStoreError> {
        Ok(None)
    }

    async fn save(&self, _: &Tokens) -> Result<(), TokenStoreError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Err(TokenStoreError::new("the keychain is locked"))
    }

    async fn clear(&self) -> Result<(), TokenStoreError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_locked_keychain_does_not_end_the_session() {
    let lab = Lab::new().await;
    let store = Arc::new(LockedStore::default());
    let client = lab.client_with(quick(lab.config()), store.clone());
    client.auth().sign_in_with_jwt(lab.jwt()).await.unwrap();
    lab.advance_secs(3600).await;
    read_something(&client).await.unwrap();
    assert_eq!(store.0.load(Ordering::SeqCst), 2);
}

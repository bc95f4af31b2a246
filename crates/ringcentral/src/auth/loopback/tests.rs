use secrecy::ExposeSecret;

use super::*;

async fn pending() -> PendingSignIn {
    let config = Config::new("http://127.0.0.1:1".parse().unwrap(), "client-1");
    PendingSignIn::listen(&config, &BrowserSignIn::default())
        .await
        .unwrap()
}

fn state_of(pending: &PendingSignIn) -> String {
    pending
        .authorize_url()
        .query_pairs()
        .find(|(key, _)| key == "state")
        .unwrap()
        .1
        .into_owned()
}

async fn visit(address: String) -> (u16, String) {
    let answer = reqwest::get(address).await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn the_authorize_address_has_what_pkce_needs_and_keeps_the_verifier() {
    let pending = pending().await;
    let query: std::collections::HashMap<_, _> = pending.authorize_url().query_pairs().collect();
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["client_id"], "client-1");
    assert_eq!(query["redirect_uri"], pending.redirect_uri());
    assert_eq!(query["code_challenge_method"], "S256");
    assert_eq!(query["code_challenge"], pending.verifier.challenge());
    assert!(
        !pending
            .authorize_url()
            .as_str()
            .contains(pending.verifier.secret().expose_secret())
    );
}

#[tokio::test]
async fn the_code_arrives_after_stray_and_forged_requests() {
    let pending = pending().await;
    let (redirect, state) = (pending.redirect_uri().to_owned(), state_of(&pending));
    let origin = redirect.trim_end_matches("/callback").to_owned();
    // A connection that never says anything must not hold the others up.
    let idle = TcpStream::connect(origin.trim_start_matches("http://"))
        .await
        .unwrap();
    let browser = tokio::spawn(async move {
        assert_eq!(visit(format!("{origin}/favicon.ico")).await.0, 404);
        assert_eq!(visit(format!("{redirect}?code=forged&state=wrong")).await.0, 400);
        visit(format!("{redirect}?code=the%20code&state={state}&expires_in=60")).await
    });
    let code = pending.wait_for_code().await.unwrap();
    assert_eq!(code.code.expose_secret(), "the code");
    let (status, text) = browser.await.unwrap();
    assert_eq!(status, 200);
    assert!(text.contains("You can close this window"));
    drop(idle);
}

#[tokio::test]
async fn a_refusal_is_told_in_the_servers_words() {
    let pending = pending().await;
    let address = format!(
        "{}?error=access_denied&error_description=No%20thanks&state={}",
        pending.redirect_uri(),
        state_of(&pending)
    );
    let browser = tokio::spawn(visit(address));
    let error = pending.wait_for_code().await.unwrap_err();
    assert!(matches!(error, Error::SignInRefused { reason } if reason == "No thanks"));
    assert!(browser.await.unwrap().1.contains("not completed"));
}

#[tokio::test(start_paused = true)]
async fn nobody_answering_ends_in_a_timeout() {
    let error = pending().await.wait_for_code().await.unwrap_err();
    assert!(matches!(
        error,
        Error::Timeout {
            operation: "authorize"
        }
    ));
}

#[tokio::test]
async fn dropping_the_sign_in_closes_the_port() {
    let pending = pending().await;
    let redirect = pending.redirect_uri().to_owned();
    drop(pending);
    assert!(reqwest::get(redirect).await.is_err());
}

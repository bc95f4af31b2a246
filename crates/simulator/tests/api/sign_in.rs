//! Signing in, staying signed in, and every way of not being let in.

use std::collections::HashMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde_json::Value;
use sha2::{Digest, Sha256};
use simulator::{Client, Options};

use crate::support::{Got, Lab, send};

const ME: &str = "/restapi/v1.0/account/~/extension/~";
const REDIRECT: &str = "http://127.0.0.1:49152/callback";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// Goes through the consent page as a browser would and returns where it was sent.
async fn consent(lab: &Lab, person_number: &str, decision: &str) -> HashMap<String, String> {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let client = Client::default();
    let mut fields = vec![
        ("response_type", "code"),
        ("client_id", client.id.as_str()),
        ("redirect_uri", REDIRECT),
        ("state", "a b&c"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let address = lab.url("/restapi/oauth/authorize");
    let page = send(lab.http.get(&address).query(&fields)).await;
    assert_eq!(page.status, 200);
    assert!(
        page.header("content-security-policy")
            .contains("form-action 'self' http://127.0.0.1:49152")
    );
    assert!(
        page.text.contains("value=\"a b&amp;c\""),
        "the state must survive the form"
    );
    let person = page
        .text
        .split("value=")
        .find(|part| part.contains(&format!("&middot; {person_number}<")))
        .unwrap();
    let person: String = person.chars().take_while(char::is_ascii_digit).collect();
    fields.push(("person", &person));
    fields.push(("decision", decision));
    let sent = send(lab.http.post(&address).form(&fields)).await;
    assert_eq!(sent.status, 302, "{sent:?}");
    let target = url::Url::parse(sent.header("location")).unwrap();
    assert!(target.as_str().starts_with(REDIRECT));
    target.query_pairs().into_owned().collect()
}

async fn redeem(lab: &Lab, code: &str, verifier: &str) -> Got {
    let client_id = Client::default().id;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("client_id", &client_id),
        ("code_verifier", verifier),
    ];
    send(lab.http.post(lab.url("/restapi/oauth/token")).form(&form)).await
}

async fn refresh(lab: &Lab, token: &Value) -> Got {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token.as_str().unwrap()),
    ];
    send(lab.token_request().form(&form)).await
}

#[tokio::test]
async fn a_public_application_signs_in_with_pkce_and_a_loopback_redirect() {
    let lab = Lab::new().await;
    let results = consent(&lab, "102", "allow").await;
    assert_eq!(results["state"], "a b&c");
    assert_eq!(results["expires_in"], "60");
    let got = redeem(&lab, &results["code"], VERIFIER).await;
    assert_eq!(got.status, 200, "{got:?}");
    for field in [
        "access_token",
        "refresh_token",
        "scope",
        "owner_id",
        "endpoint_id",
        "session_id",
        "refresh_token_expires_in",
    ] {
        assert!(!got.body[field].is_null(), "{field}");
    }
    assert_eq!(got.body["token_type"], "bearer");
    assert_eq!(got.body["expires_in"], 3600);
    let me = lab.get(got.body["access_token"].as_str().unwrap(), ME).await;
    assert_eq!(me.body["extensionNumber"], "102");
}

#[tokio::test]
async fn a_code_is_good_once_for_sixty_seconds_and_only_with_its_verifier() {
    let lab = Lab::new().await;
    let code = consent(&lab, "101", "allow").await["code"].clone();
    assert_eq!(
        redeem(&lab, &code, "another-verifier-that-is-long-enough-for-the-rule")
            .await
            .status,
        400
    );
    let first = redeem(&lab, &code, VERIFIER).await;
    assert_eq!(first.status, 200);
    assert_eq!(redeem(&lab, &code, VERIFIER).await.body["error"], "invalid_grant");
    let token = first.body["access_token"].as_str().unwrap();
    assert_eq!(
        lab.get(token, ME).await.status,
        401,
        "a code used twice ends the session made from it"
    );

    let late = consent(&lab, "101", "allow").await["code"].clone();
    lab.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(redeem(&lab, &late, VERIFIER).await.body["error"], "invalid_grant");
}

#[tokio::test]
async fn denying_sends_the_browser_back_with_access_denied() {
    let lab = Lab::new().await;
    let results = consent(&lab, "101", "deny").await;
    assert_eq!(results["error"], "access_denied");
    assert_eq!(results["state"], "a b&c");
}

#[tokio::test]
async fn a_redirect_to_elsewhere_is_refused_without_redirecting() {
    let lab = Lab::new().await;
    let client_id = Client::default().id;
    let query = [
        ("response_type", "code"),
        ("client_id", &client_id),
        ("redirect_uri", "https://example.com/"),
    ];
    let got = send(lab.http.get(lab.url("/restapi/oauth/authorize")).query(&query)).await;
    assert_eq!((got.status, got.code()), (400, "OAU-109"));
}

#[tokio::test]
async fn refreshing_follows_the_rotation_rule_over_http() {
    let lab = Lab::new().await;
    let first = lab.token_info("101").await;
    let second = refresh(&lab, &first["refresh_token"]).await.body;
    let old = lab.get(first["access_token"].as_str().unwrap(), ME).await;
    assert_eq!((old.status, old.code()), (401, "OAU-213"));
    let retried = refresh(&lab, &first["refresh_token"]).await.body;
    assert_eq!(retried["access_token"], second["access_token"]);
    assert_eq!(
        lab.get(second["access_token"].as_str().unwrap(), ME).await.status,
        200
    );
    lab.clock.advance(SignedDuration::from_secs(11));
    let dead = refresh(&lab, &first["refresh_token"]).await;
    assert_eq!((dead.status, dead.code()), (400, "OAU-211"));
    assert_eq!(dead.body["error"], "invalid_grant");
    assert_eq!(dead.body["error_description"], "Token revoked");
}

#[tokio::test]
async fn a_token_that_opens_nothing_says_why() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    assert_eq!(lab.get("nonsense", ME).await.code(), "OAU-149");
    let none = send(lab.http.get(lab.url(ME))).await;
    assert_eq!((none.status, none.code()), (401, "AGW-401"));
    assert!(none.header("x-rate-limit-group").is_empty());
    let basic = send(lab.http.get(lab.url(ME)).basic_auth("x", Some("y"))).await;
    assert_eq!(basic.code(), "OAU-151");
    let lower = lab
        .http
        .get(lab.url(ME))
        .header("Authorization", format!("bearer {token}"));
    assert_eq!(send(lower).await.status, 200);
    let by_query = send(lab.http.get(lab.url(ME)).query(&[("access_token", &token)])).await;
    assert_eq!(
        by_query.code(),
        "AGW-401",
        "a token in the address is for the media host only"
    );
    lab.clock.advance(SignedDuration::from_secs(3_600));
    assert_eq!(lab.get(&token, ME).await.code(), "OAU-128");
}

#[tokio::test]
async fn revoking_ends_the_session_and_an_unknown_token_is_no_error() {
    let lab = Lab::new().await;
    let info = lab.token_info("101").await;
    let client = Client::default();
    let revoke = |token: String| {
        let request = lab.http.post(lab.url("/restapi/oauth/revoke"));
        send(
            request
                .basic_auth(&client.id, Some(&client.secret))
                .form(&[("token", token)]),
        )
    };
    assert_eq!(
        revoke(info["refresh_token"].as_str().unwrap().to_owned())
            .await
            .status,
        200
    );
    assert_eq!(
        lab.get(info["access_token"].as_str().unwrap(), ME).await.code(),
        "OAU-213"
    );
    assert_eq!(refresh(&lab, &info["refresh_token"]).await.code(), "OAU-211");
    assert_eq!(revoke("unknown".to_owned()).await.status, 200);
}

#[tokio::test]
async fn the_token_endpoint_refuses_in_oauths_words_and_ringcentrals() {
    let lab = Lab::with(|options: Options| {
        options.clients(vec![Client {
            requires_secret: true,
            ..Client::default()
        }])
    })
    .await;
    let client_credentials = send(lab.token_request().form(&[("grant_type", "client_credentials")])).await;
    assert_eq!(
        (client_credentials.status, client_credentials.code()),
        (400, "OAU-251")
    );
    let unknown = send(lab.token_request().form(&[("grant_type", "magic")])).await;
    assert_eq!(unknown.body["error"], "unsupported_grant_type");
    let json = send(lab.token_request().json(&serde_json::json!({"grant_type": "x"}))).await;
    assert_eq!(json.status, 415);
    let public = lab.http.post(lab.url("/restapi/oauth/token"));
    let id = Client::default().id;
    let without_secret = send(public.form(&[("grant_type", "refresh_token"), ("client_id", &id)])).await;
    assert_eq!((without_secret.status, without_secret.code()), (400, "OAU-153"));
}

#[tokio::test]
async fn an_application_that_shows_its_secret_needs_no_verifier_even_if_it_names_itself_in_the_body() {
    let lab = Lab::new().await;
    let client = Client::default();
    let query = [
        ("response_type", "code"),
        ("client_id", client.id.as_str()),
        ("redirect_uri", REDIRECT),
        ("person", ""),
        ("decision", "allow"),
    ];
    let person = lab.get(&lab.token("101").await, ME).await.body["id"].to_string();
    let codes = [(); 2].map(|()| {
        let query: Vec<(&str, &str)> = query
            .iter()
            .map(|&(name, value)| (name, if name == "person" { person.as_str() } else { value }))
            .collect();
        lab.http.post(lab.url("/restapi/oauth/authorize")).form(&query)
    });
    let mut redeemed = Vec::new();
    for (request, has_secret) in codes.into_iter().zip([true, false]) {
        let sent = send(request).await;
        let target = url::Url::parse(sent.header("location")).unwrap();
        let code = target.query_pairs().find(|(name, _)| name == "code").unwrap().1;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", REDIRECT),
            ("client_id", &client.id),
        ];
        let request = if has_secret {
            lab.token_request()
        } else {
            lab.http.post(lab.url("/restapi/oauth/token"))
        };
        redeemed.push(send(request.form(&form)).await.status);
    }
    assert_eq!(
        redeemed,
        [200, 400],
        "without a secret only a verifier shows who asked"
    );
}

#[tokio::test]
async fn a_lifetime_of_minus_one_is_tolerated() {
    let lab = Lab::new().await;
    let info = lab.token_info("101").await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", info["refresh_token"].as_str().unwrap()),
        ("access_token_ttl", "-1"),
        ("refresh_token_ttl", "-1"),
    ];
    let got = send(lab.token_request().form(&form)).await;
    assert_eq!((got.status, &got.body["expires_in"]), (200, &Value::from(3600)));
}

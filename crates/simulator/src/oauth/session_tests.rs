//! The rotation rules, one sentence each.

use super::*;
use crate::oauth::Client;

const HOUR: Lifetimes = Lifetimes {
    access_seconds: 3_600,
    refresh_seconds: 604_800,
};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn signed_in() -> (Sessions, Session) {
    let mut sessions = Sessions::default();
    let session = sessions.open(&Client::default(), ExtensionId(7), None, HOUR, at(0));
    (sessions, session)
}

fn refresh(sessions: &mut Sessions, token: &Token, second: i64) -> Result<Session, OAuthError> {
    sessions.refresh(&token.text, &Client::default().id, HOUR, at(second))
}

#[test]
fn refreshing_kills_the_old_access_token_at_once() {
    let (mut sessions, first) = signed_in();
    refresh(&mut sessions, first.refresh.as_ref().unwrap(), 10).unwrap();
    assert_eq!(
        sessions.use_access_token(&first.access.text, at(10)).unwrap_err(),
        Refusal::NotFound
    );
}

#[test]
fn a_retried_refresh_yields_the_same_access_token_for_an_hour_while_it_is_unused() {
    let (mut sessions, first) = signed_in();
    let old = first.refresh.unwrap();
    let second = refresh(&mut sessions, &old, 10).unwrap();
    let retried = refresh(&mut sessions, &old, 10 + 3_599).unwrap();
    assert_eq!(retried.access, second.access);
    assert_eq!(retried.refresh, second.refresh);
    assert_eq!(
        refresh(&mut sessions, &old, 10 + 3_600).unwrap_err(),
        OAuthError::TOKEN_REVOKED
    );
}

#[test]
fn the_old_refresh_token_dies_ten_seconds_after_the_new_access_token_is_used() {
    let (mut sessions, first) = signed_in();
    let old = first.refresh.unwrap();
    let second = refresh(&mut sessions, &old, 10).unwrap();
    sessions.use_access_token(&second.access.text, at(20)).unwrap();
    sessions.use_access_token(&second.access.text, at(25)).unwrap();
    assert_eq!(refresh(&mut sessions, &old, 29).unwrap().access, second.access);
    assert_eq!(
        refresh(&mut sessions, &old, 30).unwrap_err(),
        OAuthError::TOKEN_REVOKED
    );
    assert!(refresh(&mut sessions, second.refresh.as_ref().unwrap(), 31).is_ok());
}

#[test]
fn a_refresh_token_two_generations_old_is_revoked() {
    let (mut sessions, first) = signed_in();
    let old = first.refresh.unwrap();
    let second = refresh(&mut sessions, &old, 10).unwrap();
    refresh(&mut sessions, second.refresh.as_ref().unwrap(), 11).unwrap();
    assert_eq!(
        refresh(&mut sessions, &old, 12).unwrap_err(),
        OAuthError::TOKEN_REVOKED
    );
}

#[test]
fn a_sixth_session_ends_the_oldest() {
    let (mut sessions, first) = signed_in();
    for second in 1..=5 {
        sessions.open(&Client::default(), ExtensionId(7), None, HOUR, at(second));
    }
    assert_eq!(
        sessions.use_access_token(&first.access.text, at(9)).unwrap_err(),
        Refusal::NotFound
    );
    assert_eq!(
        refresh(&mut sessions, &first.refresh.unwrap(), 9).unwrap_err(),
        OAuthError::TOKEN_REVOKED
    );
}

#[test]
fn revoking_either_token_ends_the_whole_session() {
    let (mut sessions, session) = signed_in();
    assert!(sessions.revoke(&session.refresh.as_ref().unwrap().text));
    assert_eq!(
        sessions
            .use_access_token(&session.access.text, at(1))
            .unwrap_err(),
        Refusal::NotFound
    );
    assert!(!sessions.revoke(&session.access.text));
}

#[test]
fn tokens_expire_when_they_say() {
    let (mut sessions, session) = signed_in();
    assert!(sessions.use_access_token(&session.access.text, at(3_599)).is_ok());
    assert_eq!(
        sessions
            .use_access_token(&session.access.text, at(3_600))
            .unwrap_err(),
        Refusal::Expired
    );
    assert_eq!(
        refresh(&mut sessions, &session.refresh.unwrap(), 604_800).unwrap_err(),
        OAuthError::TOKEN_EXPIRED
    );
}

#[test]
fn requested_lifetimes_are_brought_into_bounds() {
    assert_eq!(Lifetimes::requested(Some(60), None).access_seconds, 600);
    assert_eq!(Lifetimes::requested(Some(900), None).access_seconds, 900);
    assert_eq!(Lifetimes::requested(Some(99_999), None).access_seconds, 3_600);
    assert_eq!(Lifetimes::requested(Some(-1), None), HOUR);
    assert_eq!(
        Lifetimes::requested(None, Some(9_999_999)).refresh_seconds,
        2_592_000
    );
}

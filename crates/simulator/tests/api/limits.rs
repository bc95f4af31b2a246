//! Budgets by group, their headers, and the penalty.

use jiff::SignedDuration;
use simulator::RateLimits;

use crate::support::Lab;

const CALL_LOG: &str = "/restapi/v1.0/account/~/extension/~/call-log";

#[tokio::test]
async fn a_spent_budget_answers_429_with_retry_after_until_the_penalty_has_passed_in_silence() {
    let lab = Lab::with(|options| {
        options.rate_limits(RateLimits {
            heavy: 2,
            ..RateLimits::default()
        })
    })
    .await;
    let token = lab.token("101").await;
    let first = lab.get(&token, CALL_LOG).await;
    assert_eq!(first.header("x-rate-limit-group"), "heavy");
    assert_eq!(
        (
            first.header("x-rate-limit-limit"),
            first.header("x-rate-limit-remaining")
        ),
        ("2", "1")
    );
    assert_eq!(first.header("x-rate-limit-window"), "60");
    lab.get(&token, CALL_LOG).await;
    let refused = lab.get(&token, CALL_LOG).await;
    assert_eq!(
        (refused.status, refused.code(), refused.header("retry-after")),
        (429, "CMN-301", "60")
    );

    lab.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(
        lab.get(&token, CALL_LOG).await.status,
        429,
        "asking during the penalty restarts it"
    );
    lab.clock.advance(SignedDuration::from_secs(59));
    assert_eq!(lab.get(&token, CALL_LOG).await.status, 429);
    lab.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(lab.get(&token, CALL_LOG).await.status, 200);
}

#[tokio::test]
async fn groups_are_counted_apart_and_signing_in_has_a_budget_too() {
    let limits = RateLimits {
        light: 1,
        auth: 2,
        ..RateLimits::default()
    };
    let lab = Lab::with(|options| options.rate_limits(limits)).await;
    let token = lab.token("101").await;
    let account = "/restapi/v1.0/account/~";
    assert_eq!(lab.get(&token, account).await.status, 200);
    assert_eq!(lab.get(&token, account).await.status, 429);
    assert_eq!(lab.get(&token, CALL_LOG).await.status, 200);
    lab.token("101").await;
    let jwt = lab.ready.extensions[0].jwt.clone();
    let form = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
        ("assertion", &jwt),
    ];
    let third = crate::support::send(lab.token_request().form(&form)).await;
    assert_eq!((third.status, third.header("x-rate-limit-group")), (429, "auth"));
    lab.token("102").await;
}

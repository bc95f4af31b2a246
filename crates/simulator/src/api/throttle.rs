//! Asks the ledger for leave and writes the `X-Rate-Limit-*` headers.

use axum::http::{HeaderName, header};
use jiff::Timestamp;

use super::error::ApiError;
use super::reply::Reply;
use crate::rate_limit::{Group, Standing, Verdict};
use crate::simulation::Simulation;

/// Counts one request; a refusal comes back as the complete 429.
pub(crate) fn spend(
    sim: &Simulation,
    user: &str,
    client: &str,
    group: Group,
    now: Timestamp,
) -> Result<Option<Standing>, Box<Reply>> {
    match sim.ledger().spend(user, client, group, now) {
        Verdict::Unlimited => Ok(None),
        Verdict::Allowed(standing) => Ok(Some(standing)),
        Verdict::Exceeded {
            standing,
            retry_after_seconds,
        } => {
            let refused = ApiError::rate_exceeded()
                .into_reply()
                .header(header::RETRY_AFTER, &retry_after_seconds.to_string());
            Err(Box::new(with_headers(refused, Some(standing))))
        }
    }
}

pub(crate) fn with_headers(reply: Reply, standing: Option<Standing>) -> Reply {
    let Some(standing) = standing else { return reply };
    reply
        .header(
            HeaderName::from_static("x-rate-limit-group"),
            standing.group.header_name(),
        )
        .header(
            HeaderName::from_static("x-rate-limit-limit"),
            &standing.limit.to_string(),
        )
        .header(
            HeaderName::from_static("x-rate-limit-remaining"),
            &standing.remaining.to_string(),
        )
        .header(
            HeaderName::from_static("x-rate-limit-window"),
            &standing.window_seconds.to_string(),
        )
}

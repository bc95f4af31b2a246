//! The pages without the app: answers from sample data, to work on them and to look at them in an ordinary browser.
//!
//! Only compiled with the feature `preview`; no released bundle contains it. It imitates replies, not behaviour: what is right is decided by
//! the core and its tests. `?state=` in the address shows a page in a special state, see [`states`];
//! `?texts=` shows texts on their way, see [`texts`].

mod answers;
mod call_answers;
mod caller_cards;
mod campaign_answers;
mod campaigns;
mod check;
mod contact_answers;
mod contact_changes;
mod fax_answers;
mod fax_pages;
mod fax_reading;
mod faxes;
mod history;
mod imports;
mod live_answers;
mod live_calls;
mod overview_answers;
mod people;
mod presence_answers;
mod samples;
mod session_answers;
mod states;
mod template_answers;
mod text_answers;
mod texts;
mod transcription_answers;
mod voicemail_answers;
mod world;

use crate::browser;
use crate::format::dates::Now;
use domain::ipc::{Command, ErrorCode, IpcError};
use gloo_timers::future::TimeoutFuture;
use serde_json::Value;

/// Answers a request.
pub(crate) async fn answer<C: Command>(command: &C) -> Result<C::Reply, IpcError> {
    let reply = answers::answer(C::NAME, received(command).await?)?;
    serde_json::from_value(reply).map_err(|error| failure(&format!("{}: {error}", C::NAME)))
}

/// Answers a request for bytes.
pub(crate) async fn bytes<C: Command>(command: &C) -> Result<Vec<u8>, IpcError> {
    samples::bytes(C::NAME, received(command).await?)
}

/// The request as it would cross, unless the chosen state refuses it or lets it wait.
async fn received<C: Command>(command: &C) -> Result<Value, IpcError> {
    let request = serde_json::to_value(command).map_err(|error| failure(&error.to_string()))?;
    // Replies never come within the call itself, here as there.
    TimeoutFuture::new(0).await;
    if states::hangs(C::NAME, &request) {
        states::hang().await;
    }
    states::refusal(C::NAME)?;
    Ok(request)
}

/// A Tuesday afternoon, unless the address asks for the real time.
pub(crate) fn fixed_now() -> Option<Now> {
    if browser::parameter("clock").is_some() {
        return None;
    }
    Some(Now {
        at: history::now(),
        zone: jiff::tz::TimeZone::UTC,
    })
}

fn failure(message: &str) -> IpcError {
    IpcError {
        code: ErrorCode::Internal,
        message: format!("The preview cannot do that: {message}"),
        retry_after_seconds: None,
    }
}

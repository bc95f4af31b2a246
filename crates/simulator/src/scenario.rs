//! What a test or a demonstration lets happen: calls step by step or played on the clock, texts, faxes, and recorded
//! notifications.
//!
//! Every verb is a thin word over [`World`]'s own methods, so nothing can happen here that would leave call log, message
//! store, presence and notifications at odds.

mod busy_morning;
mod load;
mod placed;
mod plan;
mod stepped;

#[cfg(test)]
mod tests;

use jiff::SignedDuration;

use crate::media::{Document, DocumentDesign, DocumentFormat, GivenDocument, Picture};
use crate::world::ids::{ExtensionId, MessageId, TelephonySessionId};
use crate::world::number::{E164, Endpoint};
use crate::world::sessions::Party;
use crate::world::{CallControlError, IncomingText, SpokenMessage, StoreError, World};

pub use busy_morning::{BusyMorning, busy_morning, plan as plan_busy_morning};
pub use load::{Load, load};
pub use placed::{Opening, PlacedCall};
pub use plan::{CallPlan, Ending};
pub use stepped::SteppedCall;

/// Whom a call is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallTarget {
    /// One of the account's numbers; the main number rings its queue.
    Number(E164),
    /// An extension or a call queue.
    Extension(ExtensionId),
}

/// A caller with the name the network sends along.
pub fn caller(number: E164, name: Option<&str>) -> Endpoint {
    Endpoint::outside(number, name)
}

/// A caller who withholds the number.
pub fn withheld() -> Endpoint {
    Endpoint::anonymous()
}

/// A call comes in and goes as planned, each step at its time on the world's clock.
///
/// # Errors
/// When nobody can be reached under the target.
pub fn incoming_call(
    world: &mut World,
    from: Endpoint,
    to: CallTarget,
    plan: &CallPlan,
) -> Result<TelephonySessionId, CallControlError> {
    let session = SteppedCall::ring(world, from, to)?.session();
    plan.play(world, session)?;
    Ok(session)
}

/// An extension calls an outside number and the call goes as planned.
///
/// # Errors
/// When there is no such extension.
pub fn outgoing_call(
    world: &mut World,
    from: ExtensionId,
    to: Endpoint,
    plan: &CallPlan,
) -> Result<TelephonySessionId, CallControlError> {
    let session = world.dial_out(from, to)?;
    plan.play(world, session)?;
    Ok(session)
}

/// One extension calls another and the call goes as planned.
///
/// # Errors
/// When either extension is missing.
pub fn internal_call(
    world: &mut World,
    from: ExtensionId,
    to: ExtensionId,
    plan: &CallPlan,
) -> Result<TelephonySessionId, CallControlError> {
    let session = world.dial_extension(from, to)?;
    plan.play(world, session)?;
    Ok(session)
}

/// A call comes in, and while it is talked on a second one rings and is missed. Gives both sessions.
///
/// # Errors
/// When nobody can be reached under the target.
pub fn second_call_during_first(
    world: &mut World,
    first: Endpoint,
    second: Endpoint,
    to: CallTarget,
) -> Result<(TelephonySessionId, TelephonySessionId), CallControlError> {
    let talk = Ending::Answered {
        by: None,
        talk: SignedDuration::from_secs(60),
    };
    let on_the_line = incoming_call(
        world,
        first,
        to,
        &CallPlan {
            ring: SignedDuration::ZERO,
            ..CallPlan::new(talk)
        },
    )?;
    world.run_due();
    let waiting = incoming_call(world, second, to, &CallPlan::new(Ending::Missed))?;
    Ok((on_the_line, waiting))
}

/// A text comes in, with pictures if any are asked for.
///
/// # Errors
/// When the number is nobody's.
pub fn incoming_text(
    world: &mut World,
    from: Endpoint,
    to: E164,
    text: &str,
    pictures: &[u64],
) -> Result<MessageId, StoreError> {
    let pictures = pictures.iter().map(|number| Picture::new(*number)).collect();
    world.receive_text(IncomingText {
        from,
        to,
        others: Vec::new(),
        text: text.to_owned(),
        pictures,
    })
}

/// A group text comes in.
///
/// # Errors
/// When the number is nobody's.
pub fn incoming_group_text(
    world: &mut World,
    from: Endpoint,
    to: E164,
    others: &[E164],
    text: &str,
) -> Result<MessageId, StoreError> {
    world.receive_text(IncomingText {
        from,
        to,
        others: others.to_vec(),
        text: text.to_owned(),
        pictures: Vec::new(),
    })
}

/// A call goes to voicemail at once and a clip is spoken; the transcript follows five seconds later. Gives the message.
///
/// # Errors
/// When nobody can be reached under the target.
pub fn incoming_voicemail(
    world: &mut World,
    from: Endpoint,
    to: CallTarget,
    clip: usize,
) -> Result<Option<MessageId>, CallControlError> {
    leave_message(world, from, to, SpokenMessage::new(clip))
}

/// A call goes to voicemail at once and this is spoken, or whatever else stands in for a recording. Gives the message.
///
/// # Errors
/// When nobody can be reached under the target.
pub fn leave_message(
    world: &mut World,
    from: Endpoint,
    to: CallTarget,
    message: SpokenMessage,
) -> Result<Option<MessageId>, CallControlError> {
    let call = SteppedCall::ring(world, from, to)?;
    let is_ringing = world
        .session(call.session())
        .is_some_and(|session| session.parties.iter().any(Party::is_ringing));
    // On do-not-disturb it is in voicemail already.
    if is_ringing {
        call.to_voicemail(world)?;
    }
    call.leave_message(world, message)?;
    Ok(world
        .session(call.session())
        .and_then(|session| session.voicemail)
        .map(|left| left.id))
}

/// A fax comes in.
pub fn incoming_fax(
    world: &mut World,
    from: Endpoint,
    to: ExtensionId,
    design: DocumentDesign,
    pages: u32,
    format: DocumentFormat,
) -> MessageId {
    let seed = world.random_u64();
    world.receive_fax(
        to,
        from,
        Document {
            design,
            pages: pages.max(1),
            seed,
            format,
        },
    )
}

/// A fax of these very files comes in, whatever they are: sound, broken or hostile.
pub fn incoming_fax_of_files(
    world: &mut World,
    from: Endpoint,
    to: ExtensionId,
    files: Vec<GivenDocument>,
) -> MessageId {
    world.receive_fax(to, from, files)
}

/// Recorded notifications are passed on to every subscriber exactly as they are, in order.
pub fn replay(world: &mut World, notifications: Vec<serde_json::Value>) {
    world.replay(notifications);
}

//! Whom a thread goes to, and whether that is possible at all.

use crate::error::CoreError;
use crate::numbers::ParsedNumber;
use crate::store::{Result, Store};
use domain::communication::{Body, Communication, Party};
use domain::outgoing::Thread;
use domain::phone_number::E164;

/// "Group messages: up to 10 recipients" (MSG-381; developers.ringcentral.com/guide/messaging/sms/sending-sms).
const MOST_RECIPIENTS: usize = 10;

/// A thread with everything that decides how it is written to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ResolvedThread {
    /// A conversation whenever there is one.
    pub(super) thread: Thread,
    pub(super) to: Vec<Party>,
    /// The numbers of `to`; fewer when some have none, and then nothing can be sent.
    pub(super) numbers: Vec<E164>,
    /// Our number that the conversation runs on.
    pub(super) line: Option<E164>,
    /// Why nothing can be sent, whatever is written.
    pub(super) blocked: Option<String>,
}

/// The name under which drafts of a thread are kept.
pub(super) fn key(thread: &Thread) -> String {
    match thread {
        Thread::Conversation(id) => format!("conversation:{id}"),
        Thread::Numbers(numbers) => {
            let numbers: Vec<&str> = numbers.iter().map(E164::as_str).collect();
            format!("numbers:{}", numbers.join(","))
        }
    }
}

/// The thread with these numbers, however they are written.
pub(super) fn of_numbers(store: &Store, written: &[String]) -> Result<Thread, CoreError> {
    let plan = store.numbering();
    let mut numbers = Vec::with_capacity(written.len());
    for text in written {
        match plan.parse(text) {
            ParsedNumber::Number { e164, .. } => numbers.push(e164),
            // MSG-247 and MSG-246: RingCentral texts neither.
            ParsedNumber::Short(_) => {
                return Err(CoreError::Invalid(
                    "Short numbers and extensions cannot be texted. Use a full phone number.".to_owned(),
                ));
            }
            ParsedNumber::Withheld | ParsedNumber::Malformed(_) => {
                return Err(CoreError::Invalid(
                    "That is not a phone number that can be texted.".to_owned(),
                ));
            }
        }
    }
    numbers.sort();
    numbers.dedup();
    if numbers.is_empty() {
        return Err(CoreError::Invalid("Say first whom the text is for.".to_owned()));
    }
    Ok(Thread::Numbers(numbers))
}

/// The thread in which an item is answered; `None` when nobody can be answered, as with withheld numbers.
pub(super) fn of_item(item: &Communication) -> Option<Thread> {
    if let Body::Text { conversation_id, .. } = &item.body {
        return Some(Thread::Conversation(conversation_id.clone()));
    }
    let number = item.party.number.as_ref()?.e164.clone()?;
    Some(Thread::Numbers(vec![number]))
}

/// Everything there is to know about a thread.
pub(super) async fn resolve(store: &Store, thread: &Thread) -> Result<ResolvedThread, CoreError> {
    let conversation = match thread {
        Thread::Conversation(id) => Some(id.clone()),
        Thread::Numbers(numbers) => match numbers.as_slice() {
            [number] => store.conversation_with(number).await?,
            _ => None,
        },
    };
    let facts = match &conversation {
        Some(id) => store.conversation(id).await?,
        None => None,
    };
    let (to, line) = match (facts, thread) {
        (Some(facts), _) => (facts.participants, facts.line),
        (None, Thread::Numbers(numbers)) => (store.parties(numbers).await?, None),
        (None, Thread::Conversation(_)) => {
            return Err(CoreError::NotFound {
                what: "This conversation",
            });
        }
    };
    let numbers: Vec<E164> = to
        .iter()
        .filter_map(|party| party.number.as_ref()?.e164.clone())
        .collect();
    let blocked = blocked(&to, &numbers);
    Ok(ResolvedThread {
        thread: conversation.map_or_else(|| thread.clone(), Thread::Conversation),
        to,
        numbers,
        line,
        blocked,
    })
}

fn blocked(to: &[Party], numbers: &[E164]) -> Option<String> {
    if numbers.len() < to.len() {
        let is_internal = to.iter().any(|party| {
            party
                .number
                .as_ref()
                .is_some_and(|number| number.e164.is_none() && number.extension.is_some())
        });
        return Some(if is_internal {
            "This is a message between extensions. Switchboard can read those and not write them.".to_owned()
        } else {
            "There is no number here that can be texted.".to_owned()
        });
    }
    (to.len() > MOST_RECIPIENTS)
        .then(|| format!("A group text goes to {MOST_RECIPIENTS} people at most. Use a campaign for more."))
}

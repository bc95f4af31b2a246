//! Finding the conversation with somebody, to open it.

use crate::ipc;
use domain::ids::CommunicationId;
use domain::inbox::Subject;
use domain::ipc::inbox::ListTimeline;
use domain::ipc::texting::ComposeTo;
use domain::outgoing::{Composer, Thread};

/// Somebody who writes in groups all day is found alone among so many, or not at all.
const LOOKED_AT: u32 = 40;

/// The newest item of what we had with exactly these people; `None` when there was nothing yet.
pub(crate) async fn item_with(numbers: Vec<String>) -> Option<CommunicationId> {
    let composer = ipc::call(ComposeTo { numbers }).await.ok()?;
    let subject = subject(&composer)?;
    let is_group = composer.to.len() > 1;
    let request = ListTimeline {
        subject,
        before: None,
        limit: LOOKED_AT,
    };
    let part = ipc::call(request).await.ok()?;
    // A person's history holds groups as well, and opening one of those would show the group.
    let newest = part
        .items
        .iter()
        .rev()
        .find(|item| item.is_in_group() == is_group);
    newest.map(|item| item.id)
}

fn subject(composer: &Composer) -> Option<Subject> {
    match (composer.to.as_slice(), &composer.thread) {
        ([one], _) => Some(match &one.contact {
            Some(contact) => Subject::Contact(contact.id),
            None => Subject::Number(one.number.as_ref()?.e164.clone()?),
        }),
        (_, Thread::Conversation(id)) => Some(Subject::Conversation(id.clone())),
        (_, Thread::Numbers(_)) => None,
    }
}

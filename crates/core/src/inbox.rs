//! What the reading pane and the contact panel show for an item, and the last interactions for the card of a call.
//!
//! Lists and counts come straight from the store; nothing is fetched from the network for any of it.

use crate::matching::{self, Identified};
use crate::store::{PartyRecord, Result, Store};
use domain::communication::Communication;
use domain::ids::CommunicationId;
use domain::inbox::{ItemDetail, Subject};

/// How much of a history is shown before somebody asks for more.
const FIRST_PART: u32 = 50;

/// Interactions on the card of a call.
const ON_CARD: u32 = 5;

/// Everything around one item.
///
/// # Errors
/// [`crate::store::StoreError::NotFound`] when it was deleted meanwhile.
pub async fn open_item(store: &Store, id: CommunicationId) -> Result<ItemDetail> {
    let item = store.communication(id).await?;
    let subject = matching::subject_of(&item);
    let contact = match &item.party.contact {
        Some(contact) => store.contacts(&[contact.id]).await?.pop(),
        None => None,
    };
    let explanation = matching::explain(store, id).await?;
    let mut timeline = store.timeline(&subject, None, FIRST_PART).await?;
    if !timeline.items.iter().any(|shown| shown.id == id) {
        // An old item: show the history that ends with it, so that it is in view.
        let until = domain::inbox::Cursor {
            occurred_at: item.occurred_at,
            id: CommunicationId(id.0 + 1),
        };
        timeline = store.timeline(&subject, Some(&until), FIRST_PART).await?;
    }
    Ok(ItemDetail {
        contact: contact.map(|contact| contact.into_contact(store.numbering())),
        item,
        subject,
        explanation,
        timeline,
    })
}

/// Who calls, and the last interactions with them, the newest first.
///
/// # Errors
/// Any [`crate::store::StoreError`].
pub async fn caller(store: &Store, record: &PartyRecord) -> Result<(Identified, Vec<Communication>)> {
    let identified = matching::identify(store, record).await?;
    let recent = match &identified.subject {
        Some(subject) => recent(store, subject).await?,
        None => Vec::new(),
    };
    Ok((identified, recent))
}

async fn recent(store: &Store, subject: &Subject) -> Result<Vec<Communication>> {
    let mut items = store.timeline(subject, None, ON_CARD).await?.items;
    items.reverse();
    Ok(items)
}

#[cfg(test)]
mod tests;

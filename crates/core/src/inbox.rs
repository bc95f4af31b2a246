//! What the reading pane and the contact panel show for an item.
//!
//! Lists and counts come straight from the store; nothing is fetched from the network for any of it.

use crate::matching;
use crate::store::{Result, Store};
use domain::ids::CommunicationId;
use domain::inbox::ItemDetail;

/// How much of a history is shown before somebody asks for more.
const FIRST_PART: u32 = 50;

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

#[cfg(test)]
mod tests;

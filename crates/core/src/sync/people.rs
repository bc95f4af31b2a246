//! Bringing the company directory and the signed-in person's address book up to date.
//!
//! What changed is carried over by the contacts, whose own edits it must not undo, and stored together with the address
//! book's token.

use super::lane::{Lane, Next};
use super::plan;
use super::{Sync, SyncError};
use crate::contacts::sources::{SourceUpdate, take_over};
use crate::store::{Page, SyncScope, SyncToken};
use domain::contact::ContactSource;
use jiff::Timestamp;
use ringcentral::Priority;
use ringcentral::api::ExtensionRef;
use ringcentral::api::address_book::ContactChange;
use ringcentral::page::MalformedRecord;

/// The directory has no tokens; that it was read at all is remembered by this word.
const READ: &str = "read";

impl Sync {
    pub(super) async fn directory_step(&self) -> Result<Next, SyncError> {
        let requested_at = self.now();
        let page = self.client().directory().list_all(Priority::Backfill).await?;
        let answer = answer(
            SyncScope::DIRECTORY,
            requested_at,
            READ.to_owned(),
            &page.malformed,
        );
        let update = SourceUpdate {
            entries: page.records.iter().filter_map(plan::directory_entry).collect(),
            // An entry that could not be read is there all the same.
            is_complete: page.malformed.is_empty(),
            ..SourceUpdate::new(answer)
        };
        take_over(self.store(), ContactSource::Directory, &update).await?;
        Ok(Lane::Directory.rest())
    }

    pub(super) async fn address_book_step(&self) -> Result<Next, SyncError> {
        let scope = SyncScope::ADDRESS_BOOK;
        let requested_at = self.now();
        let held = self
            .store()
            .sync_state(&scope)
            .await?
            .token
            .map(|token| ringcentral::page::SyncToken(token.0));
        let book = self.client().address_book();
        let mut is_complete = held.is_none();
        let page = match book
            .sync(&ExtensionRef::Own, held.as_ref(), Priority::Backfill)
            .await
        {
            Err(error) if !is_complete && error.is_sync_token_expired() => {
                is_complete = true;
                book.sync(&ExtensionRef::Own, None, Priority::Backfill).await?
            }
            answer => answer?,
        };
        let answer = answer(scope, requested_at, page.sync_info.sync_token.0, &page.malformed);
        let mut update = SourceUpdate {
            is_complete: is_complete && page.malformed.is_empty(),
            ..SourceUpdate::new(answer)
        };
        for change in &page.records {
            match change {
                ContactChange::Contact(contact) => update.entries.push(plan::personal_contact(contact)),
                ContactChange::Removed { id } => update.deleted.push(id.as_str().to_owned()),
            }
        }
        take_over(self.store(), ContactSource::AddressBook, &update).await?;
        Ok(Lane::AddressBook.rest())
    }
}

/// What the answer says besides its entries.
fn answer(scope: SyncScope, requested_at: Timestamp, token: String, malformed: &[MalformedRecord]) -> Page {
    Page {
        changes: malformed.iter().map(plan::malformed).collect(),
        token: Some(SyncToken(token)),
        ..Page::empty(scope, requested_at)
    }
}

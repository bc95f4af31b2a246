//! Commands about calls that go on.

use super::Switchboard;
use crate::error::CoreError;
use domain::call::CallerCard;
use domain::event::CoreEvent;
use domain::ipc::calls::{AddCaller, IgnoreCall, ListCallerCards, ShowCaller, TextCaller};

const CALL: &str = "This call";

impl Switchboard {
    /// The cards of the inbound calls that concern the signed-in person now, the oldest first; with `only_wanted` none while
    /// the settings want none.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open, [`CoreError::Store`].
    pub async fn list_caller_cards(&self, request: ListCallerCards) -> Result<Vec<CallerCard>, CoreError> {
        let account = self.account()?;
        if request.only_wanted && !account.wants_cards().await? {
            return Ok(Vec::new());
        }
        let mut cards = Vec::new();
        for call in account.calls.with_cards() {
            cards.push(account.cards.card(&call).await?);
        }
        Ok(cards)
    }

    /// Puts the card away; the call itself goes on.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the call is unknown or long over.
    pub async fn ignore_call(&self, request: IgnoreCall) -> Result<(), CoreError> {
        let is_known = self.account()?.calls.ignore(&request.session_id);
        if is_known {
            Ok(())
        } else {
            Err(CoreError::NotFound { what: CALL })
        }
    }

    /// Asks the window to show what this caller and we had with each other; for a caller without history, to look the
    /// number up.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when there is nothing to show.
    pub async fn show_caller(&self, request: ShowCaller) -> Result<(), CoreError> {
        let account = self.account()?;
        let of_call = account
            .store
            .communication_of_session(&request.session_id)
            .await?;
        let event = match (of_call, account.calls.view(&request.session_id)) {
            (Some(id), _) => CoreEvent::OpenCommunication { id },
            (None, Some(call)) => {
                let card = account.cards.card(&call).await?;
                // A group text belongs to the caller's history too, but opening it would show the group.
                let own = card.recent.iter().find(|item| !item.is_in_group());
                match (own.or(card.recent.first()), card.call.party.number) {
                    (Some(item), _) => CoreEvent::OpenCommunication { id: item.id },
                    (None, Some(number)) => CoreEvent::FindNumber {
                        number: number.to_look_up(),
                    },
                    (None, None) => {
                        return Err(CoreError::NotFound {
                            what: "The history of this caller",
                        });
                    }
                }
            }
            (None, None) => return Err(CoreError::NotFound { what: CALL }),
        };
        self.announce(event);
        Ok(())
    }

    /// Asks the window for a form with this caller's number.
    ///
    /// # Errors
    /// [`CoreError::SignInRequired`] when no account is open.
    pub async fn add_caller(&self, request: AddCaller) -> Result<(), CoreError> {
        self.account()?;
        self.announce(CoreEvent::AddContactFor {
            session_id: request.session_id,
        });
        Ok(())
    }

    /// Asks the window to begin a text to this caller.
    ///
    /// # Errors
    /// [`CoreError::NotFound`] when the call is unknown or long over, or the caller withheld the number.
    pub async fn text_caller(&self, request: TextCaller) -> Result<(), CoreError> {
        let account = self.account()?;
        let call = account
            .calls
            .view(&request.session_id)
            .ok_or(CoreError::NotFound { what: CALL })?;
        let card = account.cards.card(&call).await?;
        let number = card.call.party.number.ok_or(CoreError::NotFound {
            what: "The number of this caller",
        })?;
        self.announce(CoreEvent::TextNumber {
            number: number.to_look_up(),
        });
        Ok(())
    }
}

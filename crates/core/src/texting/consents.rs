//! Whether people want our texts: in words for whoever is about to write one, and noted when they say so otherwise than by
//! text.
//!
//! RingCentral hears of what is noted from the synchronisation.

use super::Texting;
use crate::error::CoreError;
use domain::consent::{Consent, ConsentChoice, ConsentSource, ConsentState};
use domain::ipc::Undoable;
use domain::phone_number::E164;

impl Texting {
    /// Why these people must not be texted from this number, `None` when they may; and what can be noted about it. RingCentral
    /// blocks such texts (SMS-RC-413), so it is said before anything is written.
    pub(super) async fn consent(
        &self,
        numbers: &[E164],
        from: Option<&E164>,
    ) -> Result<(Option<String>, Option<ConsentChoice>), CoreError> {
        let Some(from) = from else {
            return Ok((None, None));
        };
        let statements = self.store.consents(numbers).await?;
        let choice = match numbers {
            [number] => Some(Consent::choice(&statements, from, number)),
            _ => None,
        };
        let refusing: Vec<(&E164, &Consent)> = numbers
            .iter()
            .filter_map(|number| {
                let holds = Consent::that_holds(&statements, from, number)?;
                holds.forbids().then_some((number, holds))
            })
            .collect();
        let Some((first, consent)) = refusing.first() else {
            return Ok((None, choice));
        };
        let name = self.name(first).await?;
        let others = match refusing.len() {
            1 => String::new(),
            more => format!(" So did {} more.", more - 1),
        };
        let way_back = if consent.is_entered_here() {
            "You can note it here when they want them again, or they write START."
        } else {
            "RingCentral blocks them until they write START."
        };
        let sentence = format!(
            "{name} does not want texts from {}{}.{others} {way_back}",
            scope(consent.sender.as_ref()),
            reason(&consent.source)
        );
        Ok((Some(sentence), choice))
    }

    /// Notes that somebody wants no texts, or wants them again, from one of our numbers or from all.
    ///
    /// # Errors
    /// [`CoreError::Invalid`] in plain words when they said themselves, or RingCentral's list says, that they want none:
    /// only they can change that. [`CoreError::Store`].
    pub async fn note_consent(
        &self,
        number: &E164,
        from: Option<&E164>,
        state: ConsentState,
    ) -> Result<Undoable, CoreError> {
        let name = self.name(number).await?;
        let whence = scope(from);
        let words = match state {
            ConsentState::OptedOut => format!("{name} gets no more texts from {whence}"),
            ConsentState::OptedIn => {
                if let Some(refusal) = self.refusal(number, from).await? {
                    return Err(CoreError::Invalid(format!(
                        "{name} does not want texts{}. Only they themselves can change that, by writing START.",
                        reason(&refusal.source)
                    )));
                }
                format!("{name} gets texts from {whence} again")
            }
        };
        Ok(self.store.enter_consent(from, number, state, words).await?)
    }

    /// What they said themselves against texts from one of our numbers or, without one, from every one of them.
    async fn refusal(&self, number: &E164, from: Option<&E164>) -> Result<Option<Consent>, CoreError> {
        let statements = self.store.consents(std::slice::from_ref(number)).await?;
        let ours: Vec<E164> = match from {
            Some(from) => vec![from.clone()],
            None => {
                let senders = self.store.senders().await?;
                senders
                    .into_iter()
                    .filter_map(|sender| sender.number.e164)
                    .collect()
            }
        };
        let refusals: Vec<_> = ours
            .iter()
            .filter_map(|ours| {
                Consent::that_holds(&statements, ours, number)
                    .filter(|holds| holds.forbids() && !holds.is_entered_here())
            })
            .collect();
        Ok(refusals
            .first()
            .filter(|_| refusals.len() == ours.len())
            .map(|refusal| (*refusal).clone()))
    }

    async fn name(&self, number: &E164) -> Result<String, CoreError> {
        let party = self.store.parties(std::slice::from_ref(number)).await?;
        Ok(party
            .first()
            .map_or_else(|| number.to_string(), |party| party.label.clone()))
    }
}

fn scope(sender: Option<&E164>) -> &'static str {
    match sender {
        Some(_) => "this number",
        None => "us",
    }
}

fn reason(source: &ConsentSource) -> String {
    match source {
        ConsentSource::Message { text, .. } => format!(" and wrote “{}”", text.trim()),
        ConsentSource::RingCentral => ", as RingCentral’s list says".to_owned(),
        ConsentSource::RefusedText => ", as an earlier text that came back said".to_owned(),
        ConsentSource::EnteredHere => ", as somebody here noted".to_owned(),
    }
}

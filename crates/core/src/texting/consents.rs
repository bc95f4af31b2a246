//! Whether people want our texts, in words for whoever is about to write one.

use super::Texting;
use crate::error::CoreError;
use domain::consent::{Consent, ConsentSource};
use domain::phone_number::E164;

impl Texting {
    /// Why these people must not be texted from this number; `None` when they may. RingCentral blocks such texts
    /// (SMS-RC-413), so it is said before anything is written.
    pub(super) async fn opted_out(
        &self,
        numbers: &[E164],
        from: Option<&E164>,
    ) -> Result<Option<String>, CoreError> {
        let Some(from) = from else { return Ok(None) };
        let statements = self.store.consents(numbers).await?;
        let refusing: Vec<(&E164, &Consent)> = numbers
            .iter()
            .filter_map(|number| {
                let holds = Consent::that_holds(&statements, from, number)?;
                holds.forbids().then_some((number, holds))
            })
            .collect();
        let Some((first, consent)) = refusing.first() else {
            return Ok(None);
        };
        let party = self.store.parties(std::slice::from_ref(first)).await?;
        let name = party
            .first()
            .map_or_else(|| first.to_string(), |party| party.label.clone());
        let others = match refusing.len() {
            1 => String::new(),
            more => format!(" So did {} more.", more - 1),
        };
        Ok(Some(format!(
            "{name} does not want texts from this number{}.{others} RingCentral blocks them until they write START.",
            reason(&consent.source)
        )))
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

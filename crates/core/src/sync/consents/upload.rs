//! Telling RingCentral of what people here entered. An entry is a row of the store until RingCentral has it, so it outlives a
//! crash and a day without network; saying the same thing twice does no harm.

use super::super::{Sync, SyncError};
use super::has_no_list;
use domain::consent::{Consent, ConsentState};
use domain::phone_number::E164;
use ringcentral::api::sms_consents::{ConsentChange, ConsentSender, OptStatus};
use ringcentral::{Error, Priority};
use std::collections::BTreeSet;

impl Sync {
    /// Tells of every entry that is pending. True when something was said.
    ///
    /// One entry a request, so that one which the server does not understand holds up no other.
    pub(super) async fn upload_consents(&self) -> Result<bool, SyncError> {
        let mut has_told = false;
        for entry in self.store().consents_to_upload().await? {
            let statements = self
                .store()
                .consents(std::slice::from_ref(&entry.recipient))
                .await?;
            let ours = self.store().senders().await?;
            let ours: Vec<E164> = ours.into_iter().filter_map(|sender| sender.number.e164).collect();
            let changes = changes(&entry, &statements, &ours);
            if !changes.is_empty() {
                self.store().consent_leaves(&entry).await?;
                has_told |= self.tell(&changes, &ours).await?;
            }
            self.store().settle_consent(&entry).await?;
        }
        Ok(has_told)
    }

    /// False when the server takes none of them, and never will.
    async fn tell(&self, changes: &[ConsentChange], ours: &[E164]) -> Result<bool, SyncError> {
        let consents = self.client().sms_consents();
        let mut told = consents.update(changes, Priority::Event).await;
        if let (Err(error), [only]) = (&told, changes)
            && is_refused(error)
            && !has_no_list(error)
            && only.from == ConsentSender::AnyOfAccount
            && !ours.is_empty()
        {
            // The guide knows `*`; the pattern of the API reference (`UpdateSmsOptRecord`) does not.
            let each: Vec<_> = ours
                .iter()
                .map(|number| ConsentChange {
                    from: ConsentSender::Number(number.to_string()),
                    ..only.clone()
                })
                .collect();
            told = consents.update(&each, Priority::Event).await;
        }
        match told {
            Ok(refused) => {
                for record in refused {
                    let code = record.error.and_then(|error| error.error_code);
                    tracing::info!(?code, "the server does not take a consent; it holds here");
                }
                Ok(true)
            }
            Err(error) if has_no_list(&error) || is_refused(&error) => {
                tracing::info!(%error, "the server takes no consent; it holds here");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn is_refused(error: &Error) -> bool {
    matches!(error, Error::Api(_)) && !error.is_transient()
}

/// What RingCentral is to be told of an entry: nothing where it does not hold, or is not needed, because of what they said
/// themselves. An entry about all our numbers goes out as one, unless they have said otherwise about some of these.
fn changes(entry: &Consent, statements: &[Consent], ours: &[E164]) -> Vec<ConsentChange> {
    let change = |from| ConsentChange {
        from,
        to: entry.recipient.to_string(),
        opt_status: match entry.state {
            ConsentState::OptedOut => OptStatus::OptOut,
            ConsentState::OptedIn => OptStatus::OptIn,
        },
    };
    let holds = |sender: &E164| Consent::that_holds(statements, sender, &entry.recipient);
    let number = |sender: &E164| change(ConsentSender::Number(sender.to_string()));
    if let Some(sender) = &entry.sender {
        let is_needed =
            holds(sender).is_some_and(|holds| holds.is_entered_here() && holds.state == entry.state);
        return is_needed.then(|| number(sender)).into_iter().collect();
    }
    let agrees = |sender: &&E164| holds(sender).is_some_and(|holds| holds.state == entry.state);
    let known: BTreeSet<&E164> = statements
        .iter()
        .filter_map(|one| one.sender.as_ref())
        .chain(ours)
        .collect();
    if known.iter().all(agrees) {
        return vec![change(ConsentSender::AnyOfAccount)];
    }
    ours.iter().filter(agrees).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ConsentState::{OptedIn, OptedOut};
    use domain::consent::ConsentSource;
    use jiff::{SignedDuration, Timestamp};

    const FIRST: &str = "+12095550100";
    const SECOND: &str = "+12095550101";

    fn e164(number: &str) -> E164 {
        E164::new(number).unwrap()
    }

    fn said(source: ConsentSource, sender: Option<&str>, state: ConsentState, seconds: i64) -> Consent {
        Consent {
            sender: sender.map(e164),
            recipient: e164("+15105550147"),
            state,
            source,
            stated_at: Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds),
        }
    }

    fn entered(sender: Option<&str>, state: ConsentState, seconds: i64) -> Consent {
        said(ConsentSource::EnteredHere, sender, state, seconds)
    }

    /// Whom RingCentral is told about.
    fn told(entry: &Consent, others: &[Consent]) -> Vec<String> {
        let statements: Vec<Consent> = others.iter().chain([entry]).cloned().collect();
        changes(entry, &statements, &[e164(FIRST), e164(SECOND)])
            .into_iter()
            .map(|change| match change.from {
                ConsentSender::Number(number) => number,
                ConsentSender::AnyOfAccount => "*".to_owned(),
            })
            .collect()
    }

    #[test]
    fn an_entry_goes_out_as_it_was_entered() {
        for state in [OptedOut, OptedIn] {
            assert_eq!(told(&entered(None, state, 1), &[]), ["*"]);
            assert_eq!(told(&entered(Some(FIRST), state, 1), &[]), [FIRST]);
        }
    }

    #[test]
    fn a_stop_of_theirs_is_never_overwritten() {
        let stop = said(ConsentSource::RingCentral, Some(FIRST), OptedOut, 1);
        assert!(told(&entered(Some(FIRST), OptedIn, 2), std::slice::from_ref(&stop)).is_empty());
        assert_eq!(
            told(&entered(None, OptedIn, 2), std::slice::from_ref(&stop)),
            [SECOND]
        );
        let everywhere = said(ConsentSource::RingCentral, None, OptedOut, 1);
        assert!(told(&entered(None, OptedIn, 2), &[everywhere]).is_empty());
        assert!(
            told(&entered(Some(FIRST), OptedOut, 2), &[stop]).is_empty(),
            "the list would name us in place of them"
        );
    }

    #[test]
    fn what_waited_until_they_said_otherwise_is_not_said_any_more() {
        let start = said(ConsentSource::RingCentral, Some(FIRST), OptedIn, 5);
        assert!(told(&entered(Some(FIRST), OptedOut, 2), std::slice::from_ref(&start)).is_empty());
        assert_eq!(told(&entered(None, OptedOut, 2), &[start]), [SECOND]);
        let since = entered(Some(SECOND), OptedIn, 3);
        assert_eq!(told(&entered(None, OptedOut, 2), &[since]), [FIRST]);
    }
}

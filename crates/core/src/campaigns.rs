//! Texts to many people: who gets one, with what words, and how it goes.
//!
//! [`check`] decides everything from facts that were read before, so that what is shown before the start is what the
//! start does. The messages are frozen rows of the outbox, which paces them and carries each out once.

mod audience;
pub mod check;
mod export;
#[cfg(test)]
mod tests;

pub use audience::columns;

use crate::error::CoreError;
use crate::outbox::plan;
use crate::store::{CampaignRecord, Job, NewCampaign, NewJob, ShownJob, Store, TextJob, Urgency};
use crate::templates::Author;
use check::{Facts, Planned};
use domain::campaign::{Campaign, CampaignCheck, CampaignDraft, CampaignResult, CampaignState, ResultKind};
use domain::communication::Party;
use domain::ids::CampaignId;
use domain::phone_number::E164;
use jiff::Timestamp;

/// The most people that one campaign may text: a day of a low-volume 10DLC campaign
/// (developers.ringcentral.com/guide/messaging/sms/sms-requirements).
const MOST_RECIPIENTS: usize = 6_000;

/// Results on a page at most.
const PAGE_AT_MOST: u32 = 200;

/// What would happen if the campaign began now.
///
/// # Errors
/// [`CoreError::Invalid`] when the list cannot be read, [`CoreError::Store`].
pub async fn check_draft(
    store: &Store,
    author: &Author,
    draft: &CampaignDraft,
    per_minute: u32,
) -> Result<CampaignCheck, CoreError> {
    Ok(planned(store, author, draft, per_minute).await?.into_check())
}

/// Freezes the texts and begins.
///
/// # Errors
/// [`CoreError::Invalid`] when nothing can be sent, [`CoreError::Store`].
pub async fn start(
    store: &Store,
    author: &Author,
    draft: &CampaignDraft,
    per_minute: u32,
) -> Result<CampaignId, CoreError> {
    let name = draft.name.trim();
    if name.is_empty() {
        return Err(CoreError::Invalid("Give the campaign a name.".to_owned()));
    }
    let planned = planned(store, author, draft, per_minute).await?;
    if let Some(problem) = planned.problems.first() {
        return Err(CoreError::Invalid(problem.clone()));
    }
    if planned.messages.is_empty() {
        return Err(CoreError::Invalid("Nobody would get this text.".to_owned()));
    }
    if planned.messages.len() > MOST_RECIPIENTS {
        return Err(CoreError::Invalid(format!(
            "A campaign can have {MOST_RECIPIENTS} recipients. Split the list."
        )));
    }
    let messages = planned.messages.into_iter().map(|message| {
        let job = Job::Text(TextJob {
            from: draft.from.clone(),
            to: vec![message.number],
            text: message.text,
            conversation: None,
            files: Vec::new(),
        });
        let new = NewJob {
            urgency: Urgency::Campaign,
            ..NewJob::for_person(job, message.not_before)
        };
        (message.label, new)
    });
    let new = NewCampaign {
        name: name.to_owned(),
        from: draft.from.to_string(),
        body: draft.body.clone(),
        messages: messages.collect(),
    };
    Ok(store.start_campaign(&new).await?)
}

/// All campaigns, the newest first.
///
/// # Errors
/// [`CoreError::Store`].
pub async fn list(store: &Store, per_minute: u32) -> Result<Vec<Campaign>, CoreError> {
    let records = store.campaigns().await?;
    Ok(records
        .into_iter()
        .map(|record| shown(store, record, per_minute))
        .collect())
}

/// One campaign.
///
/// # Errors
/// [`CoreError::NotFound`], [`CoreError::Store`].
pub async fn get(store: &Store, id: CampaignId, per_minute: u32) -> Result<Campaign, CoreError> {
    Ok(shown(store, store.campaign(id).await?, per_minute))
}

/// What became of its recipients, or of those of one kind, in the order of sending.
///
/// # Errors
/// [`CoreError::Store`].
pub async fn results(
    store: &Store,
    id: CampaignId,
    only: Option<ResultKind>,
    offset: u32,
    limit: u32,
) -> Result<Vec<CampaignResult>, CoreError> {
    let rows = store
        .campaign_messages(id, only, offset, limit.clamp(1, PAGE_AT_MOST))
        .await?;
    let numbers: Vec<E164> = rows
        .iter()
        .filter_map(|(_, job)| recipient(job).cloned())
        .collect();
    let parties = store.parties(&numbers).await?;
    Ok(rows
        .into_iter()
        .filter_map(|(label, row)| {
            let number = recipient(&row)?.clone();
            let party = party_of(&parties, &number);
            let Job::Text(text) = row.job else { return None };
            Some(CampaignResult {
                id: row.id,
                label,
                number: store.numbering().show(&number, None),
                contact: party.and_then(|party| party.contact.clone()),
                text: text.text,
                state: row.state,
            })
        })
        .collect())
}

/// The result per recipient as CSV.
///
/// # Errors
/// [`CoreError::NotFound`], [`CoreError::Store`].
pub async fn to_csv(store: &Store, id: CampaignId) -> Result<(String, Vec<u8>), CoreError> {
    let campaign = store.campaign(id).await?;
    let mut all = Vec::new();
    loop {
        let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
        let page = results(store, id, None, offset, PAGE_AT_MOST).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    Ok((format!("{}.csv", campaign.name), export::csv(&all)?))
}

async fn planned(
    store: &Store,
    author: &Author,
    draft: &CampaignDraft,
    per_minute: u32,
) -> Result<Planned, CoreError> {
    let candidates = audience::candidates(store, author, &draft.audience, &draft.from).await?;
    let numbers: Vec<E164> = candidates
        .iter()
        .filter_map(|candidate| candidate.number.clone())
        .collect();
    let facts = Facts {
        consents: store.consents(&numbers).await?,
        landlines: store.numbers_without_texts(&numbers).await?,
        senders: store.senders().await?,
        now: store.clock().now(),
        interval: plan::campaign_interval(per_minute),
        plan: store.numbering(),
    };
    Ok(check::plan(draft, candidates, &facts))
}

fn shown(store: &Store, record: CampaignRecord, per_minute: u32) -> Campaign {
    let counts = record.counts;
    let is_settled = counts.waiting == 0 && counts.unknown == 0;
    let state = if record.cancelled_at.is_some() {
        CampaignState::Cancelled
    } else if is_settled {
        CampaignState::Done
    } else if record.is_paused {
        CampaignState::Paused
    } else {
        CampaignState::Running
    };
    let ended_at = match state {
        CampaignState::Cancelled => record.cancelled_at,
        CampaignState::Done => record.settled_at,
        CampaignState::Running | CampaignState::Paused => None,
    };
    let now = store.clock().now();
    Campaign {
        id: record.id,
        name: record.name,
        from: number_shown(store, &record.from),
        body: record.body,
        state,
        counts,
        created_at: record.created_at,
        ended_at,
        seconds_left: (state == CampaignState::Running)
            .then(|| seconds_left(counts.waiting, record.last_not_before, now, per_minute)),
    }
}

fn seconds_left(waiting: u32, last_not_before: Option<Timestamp>, now: Timestamp, per_minute: u32) -> u64 {
    let sending = plan::campaign_interval(per_minute).as_millis() * i128::from(waiting) / 1_000;
    let morning = last_not_before.map_or(0, |at| at.duration_since(now).as_secs());
    u64::try_from(sending.max(i128::from(morning))).unwrap_or_default()
}

fn number_shown(store: &Store, number: &str) -> domain::phone_number::PhoneNumber {
    match E164::new(number) {
        Ok(number) => store.numbering().show(&number, None),
        Err(_) => crate::numbers::NumberingPlan::show_as_it_is(number),
    }
}

fn recipient(row: &ShownJob) -> Option<&E164> {
    match &row.job {
        Job::Text(text) => text.to.first(),
        Job::Fax(_) | Job::RingOut(_) | Job::Transcription(_) => None,
    }
}

fn party_of<'a>(parties: &'a [Party], number: &E164) -> Option<&'a Party> {
    parties
        .iter()
        .find(|party| party.number.as_ref().and_then(|one| one.e164.as_ref()) == Some(number))
}

//! Decides who gets what, and who gets nothing and why. Pure: everything it needs was read before.

use super::audience::Candidate;
use crate::numbers::{NumberingPlan, TextReach, text_reach};
use crate::texting::quiet_hours::{self, QuietHours};
use domain::campaign::{CampaignCheck, CampaignDraft, Excluded, Exclusion, Merge, OPT_OUT_LINE};
use domain::consent::{Consent, ConsentSource};
use domain::outgoing::Sender;
use domain::phone_number::E164;
use domain::segments;
use domain::template::Template;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// Real merges that are shown before the start.
const SAMPLES: usize = 3;

/// What has to be known to decide.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) consents: Vec<Consent>,
    /// Numbers that cannot receive texts.
    pub(super) landlines: Vec<E164>,
    pub(super) senders: Vec<Sender>,
    pub(super) now: Timestamp,
    /// From one message to the next.
    pub(super) interval: SignedDuration,
    pub(super) plan: NumberingPlan,
}

/// A message as it will go out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlannedMessage {
    pub(super) label: String,
    pub(super) number: E164,
    pub(super) text: String,
    pub(super) segments: u32,
    pub(super) not_before: Timestamp,
    waits_for_morning: bool,
}

/// Everything that was decided.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) problems: Vec<String>,
    pub(super) messages: Vec<PlannedMessage>,
    pub(super) excluded: Vec<Excluded>,
    interval: SignedDuration,
    plan: NumberingPlan,
}

/// Decides about every candidate in turn.
pub(super) fn plan(draft: &CampaignDraft, candidates: Vec<Candidate>, facts: &Facts) -> Planned {
    let mut planned = Planned {
        interval: facts.interval,
        plan: facts.plan,
        ..Planned::default()
    };
    let is_own = |sender: &Sender| sender.number.e164.as_ref() == Some(&draft.from);
    if !facts.senders.iter().any(is_own) {
        let words = "Texts cannot be sent from this number. Choose another one.";
        planned.problems.push(words.to_owned());
    }
    let body = with_opt_out_line(draft);
    let template = match Template::parse(&body) {
        Ok(template) if !body.trim().is_empty() => template,
        Ok(_) => {
            planned.problems.push("The text is empty.".to_owned());
            return planned;
        }
        Err(problems) => {
            planned.problems.extend(problems.iter().map(ToString::to_string));
            return planned;
        }
    };
    let mut taken: HashMap<E164, String> = HashMap::new();
    let mut is_too_long = false;
    for candidate in candidates {
        let decided = decide(
            &candidate,
            &template,
            draft,
            facts,
            &taken,
            planned.messages.len(),
        );
        match decided {
            Ok(message) => {
                is_too_long |= segments::count(&message.text).over_limit;
                taken.insert(message.number.clone(), message.label.clone());
                planned.messages.push(message);
            }
            Err(why) => planned.excluded.push(Excluded {
                number: candidate
                    .number
                    .as_ref()
                    .map(|number| facts.plan.show(number, None)),
                label: candidate.label,
                contact: candidate.contact,
                why,
            }),
        }
    }
    if is_too_long {
        planned.problems.push(format!(
            "For some recipients the text is longer than the {} characters that RingCentral takes.",
            segments::LONGEST_TEXT_UTF16_UNITS
        ));
    }
    planned
}

fn decide(
    candidate: &Candidate,
    template: &Template,
    draft: &CampaignDraft,
    facts: &Facts,
    taken: &HashMap<E164, String>,
    before: usize,
) -> Result<PlannedMessage, Exclusion> {
    let Some(number) = candidate.number.clone() else {
        return Err(if candidate.has_nothing {
            Exclusion::NoNumber
        } else {
            Exclusion::NotANumber
        });
    };
    if let Some(of) = taken.get(&number) {
        return Err(Exclusion::Duplicate { of: of.clone() });
    }
    match text_reach(&number) {
        TextReach::Invalid => return Err(Exclusion::NotANumber),
        TextReach::Landline => return Err(Exclusion::Landline),
        TextReach::Possible if candidate.is_fax || facts.landlines.contains(&number) => {
            return Err(Exclusion::Landline);
        }
        TextReach::Possible => {}
    }
    if let Some(consent) =
        Consent::that_holds(&facts.consents, &draft.from, &number).filter(|one| one.forbids())
    {
        return Err(Exclusion::OptedOut {
            proof: match &consent.source {
                ConsentSource::Message { communication, .. } => Some(*communication),
                _ => None,
            },
        });
    }
    let filled = template.fill(&candidate.values);
    let Some(text) = filled.sendable().map(str::to_owned) else {
        let missing = filled.missing.iter().map(|variable| variable.label().to_owned());
        return Err(Exclusion::MissingValues(missing.collect()));
    };
    let turn = facts
        .interval
        .saturating_mul(i32::try_from(before).unwrap_or(i32::MAX));
    let expected_at = facts.now.saturating_add(turn).unwrap_or(facts.now);
    let (not_before, waits_for_morning) = match quiet_hours::allowed(&number, expected_at) {
        QuietHours::Quiet { .. } if !draft.waits_for_morning => return Err(Exclusion::QuietHours),
        QuietHours::Quiet { until, .. } => (until, true),
        QuietHours::Fine | QuietHours::UnknownZone => (facts.now, false),
    };
    Ok(PlannedMessage {
        label: candidate.label.clone(),
        segments: segments::count(&text).segments,
        number,
        text,
        not_before,
        waits_for_morning,
    })
}

fn with_opt_out_line(draft: &CampaignDraft) -> String {
    let body = draft.body.trim_end();
    if draft.adds_opt_out_line && !body.is_empty() {
        format!("{body}\n{OPT_OUT_LINE}")
    } else {
        body.to_owned()
    }
}

impl Planned {
    /// What is shown before the start.
    pub(super) fn into_check(self) -> CampaignCheck {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let recipients = count(self.messages.len());
        let seconds = self.interval.as_millis() * i128::from(recipients) / 1_000;
        CampaignCheck {
            recipients,
            samples: self.samples(),
            segments: self.messages.iter().map(|message| message.segments).sum(),
            estimated_seconds: u64::try_from(seconds).unwrap_or_default(),
            waiting_for_morning: count(
                self.messages
                    .iter()
                    .filter(|message| message.waits_for_morning)
                    .count(),
            ),
            problems: self.problems,
            excluded: self.excluded,
        }
    }

    /// The first ones, and the longest in place of the last of them.
    fn samples(&self) -> Vec<Merge> {
        let mut shown: Vec<&PlannedMessage> = self.messages.iter().take(SAMPLES).collect();
        let longest = self.messages.iter().max_by_key(|message| message.text.len());
        if let Some(longest) = longest
            && !shown
                .iter()
                .any(|message| message.text.len() == longest.text.len())
        {
            shown.pop();
            shown.push(longest);
        }
        shown
            .into_iter()
            .map(|message| Merge {
                label: message.label.clone(),
                number: self.plan.show(&message.number, None),
                text: message.text.clone(),
                segments: message.segments,
            })
            .collect()
    }
}

//! A check with everything that a check can find.

use super::people;
use super::template_answers::values;
use super::world::World;
use domain::campaign::{CampaignCheck, CampaignDraft, Excluded, Exclusion, Merge, OPT_OUT_LINE};
use domain::communication::{Body, Direction};
use domain::contact::Contact;
use domain::ids::ContactId;
use domain::segments;
use domain::template::Template;

/// What would happen.
pub(super) fn check(world: &World, draft: &CampaignDraft) -> CampaignCheck {
    let Ok(template) = Template::parse(&draft.body) else {
        return CampaignCheck {
            problems: vec!["The text has placeholders that do not exist.".to_owned()],
            recipients: 0,
            samples: Vec::new(),
            excluded: Vec::new(),
            segments: 0,
            estimated_seconds: 0,
            waiting_for_morning: 0,
        };
    };
    let merge = |contact: &Contact| {
        let mut text = template.fill(&values(world, Some(contact.id))).text;
        if draft.adds_opt_out_line {
            text = format!("{text}\n{OPT_OUT_LINE}");
        }
        Merge {
            label: contact.name.clone(),
            number: contact
                .numbers
                .first()
                .map_or_else(|| people::number("510", "0147"), |entry| entry.number.clone()),
            segments: segments::count(&text).segments,
            text,
        }
    };
    let people = draft
        .audience
        .contacts
        .iter()
        .filter_map(|id| world.contacts.iter().find(|contact| contact.id == *id));
    let mut samples: Vec<Merge> = people.take(3).map(merge).collect();
    let others = world.contacts.iter().take(3_usize.saturating_sub(samples.len()));
    samples.extend(others.map(merge));
    let tags: usize = draft.audience.tags.len() * 16;
    let recipients = draft.audience.contacts.len() + tags + draft.audience.pasted.lines().count();
    let recipients =
        u32::try_from(recipients + if draft.audience.csv.is_some() { 120 } else { 0 }).unwrap_or(0);
    let longer: u32 = samples
        .iter()
        .map(|sample| sample.segments.saturating_sub(1))
        .sum();
    let waiting_for_morning = if draft.waits_for_morning {
        recipients.min(2)
    } else {
        0
    };
    CampaignCheck {
        problems: Vec::new(),
        recipients,
        segments: recipients + longer,
        excluded: excluded(world, draft),
        estimated_seconds: u64::from(recipients),
        samples,
        waiting_for_morning,
    }
}

fn excluded(world: &World, draft: &CampaignDraft) -> Vec<Excluded> {
    if super::states::is("all-clear") {
        return Vec::new();
    }
    let proof = world
        .items
        .iter()
        .find(|item| item.direction == Direction::Inbound && matches!(item.body, Body::Text { .. }))
        .map(|item| item.id);
    let one = |label: &str, number: Option<(&str, &str)>, contact: Option<i64>, why| Excluded {
        label: label.to_owned(),
        number: number.map(|(area, last)| people::number(area, last)),
        contact: contact.map(ContactId),
        why,
    };
    let mut all = vec![
        one(
            "Halvorsen Engineering",
            Some(("925", "0110")),
            Some(4),
            Exclusion::MissingValues(vec!["first_name".to_owned()]),
        ),
        one(
            "Aiko Tanaka",
            Some(("650", "0181")),
            Some(12),
            Exclusion::MissingValues(vec!["first_name".to_owned(), "company".to_owned()]),
        ),
        one(
            "Ed Bauer",
            Some(("510", "0188")),
            Some(2),
            Exclusion::OptedOut { proof },
        ),
        one(
            "(415) 555-0133",
            Some(("415", "0133")),
            None,
            Exclusion::OptedOut { proof: None },
        ),
        one("510-55-0147", None, None, Exclusion::NotANumber),
        one("Vera Sandoval", None, Some(16), Exclusion::NoNumber),
        one(
            "Hannah Weiss",
            Some(("925", "0172")),
            Some(8),
            Exclusion::Landline,
        ),
        one(
            "Maria Lopez",
            Some(("510", "0147")),
            Some(1),
            Exclusion::Duplicate {
                of: "Maria Lopez (row 14)".to_owned(),
            },
        ),
    ];
    all.extend((0..9).map(|index| {
        let last = format!("{:04}", 140 + index);
        one(
            &format!("(408) 555-{last}"),
            Some(("408", &last)),
            None,
            Exclusion::Landline,
        )
    }));
    if !draft.waits_for_morning {
        all.push(one("(808) 555-0120", None, None, Exclusion::QuietHours));
    }
    all
}

//! Faxes on their way. `?fax=` in the address shows a special state, several with commas between them: `over` and `dropped` (files on
//! the window), `drafts`, `many`, `office`, `broken`, `problems`, `hints`, `planned`, `own-cover`, `blocked`, `refused`; in the outbox
//! `out-queued`, `out-uploading`, `out-planned`, `out-there`, `out-unknown`, `out-failed`, `out-final`, or `out-all`.

use super::world::{self, World};
use super::{history, people};
use crate::browser;
use domain::attachment::FaxPage;
use domain::communication::Party;
use domain::contact::{Contact, NumberLabel};
use domain::event::CoreEvent;
use domain::fax::{
    Cover, CoverSheet, DraftPage, FaxCheck, FaxDraft, FaxFile, FaxFileKind, FaxHint, FaxRecipient,
    FaxResolution, OutgoingFax, Transfer,
};
use domain::ids::{CommunicationId, FaxDraftId, FaxFileId, OutgoingId};
use domain::outgoing::OutgoingState;
use gloo_timers::callback::Timeout;
use jiff::{SignedDuration, Timestamp};

/// What is begun and on its way.
#[derive(Debug, Clone, Default)]
pub(super) struct Faxes {
    pub(super) drafts: Vec<FaxDraft>,
    pub(super) outgoing: Vec<OutgoingFax>,
    pub(super) put_away: Vec<OutgoingFax>,
    /// What was sent from, to be a draft again.
    pub(super) sent: Vec<(OutgoingId, FaxDraft)>,
}

/// Whether the address asks for it.
pub(super) fn wants(state: &str) -> bool {
    browser::parameter("fax").is_some_and(|wanted| wanted.split(',').any(|one| one == state))
}

/// What there is when the page is opened.
pub(super) fn faxes(contacts: &[Contact]) -> Faxes {
    let mut faxes = Faxes::default();
    if wants("drafts") {
        for (id, to) in [(11, contacts.first()), (12, None)] {
            let mut draft = empty(id);
            draft.to = to
                .and_then(|contact| recipients(contact).into_iter().next())
                .into_iter()
                .collect();
            add(
                &mut draft,
                &[("Quote 118.pdf", FaxFileKind::Pdf, 2, 184_000)],
                id * 10,
            );
            faxes.drafts.push(draft);
        }
    }
    faxes.outgoing = outgoing(contacts.first());
    for (state, after_ms, event) in [
        ("over", 1_600, CoreEvent::FilesOverWindow { is_over: true }),
        ("dropped", 900, CoreEvent::FilesDropped),
    ] {
        if wants(state) {
            Timeout::new(after_ms, move || crate::ipc::announce(&event)).forget();
        }
    }
    faxes
}

pub(super) fn empty(id: i64) -> FaxDraft {
    let cover = Cover {
        sheet: if wants("own-cover") {
            CoverSheet::Own
        } else {
            CoverSheet::None
        },
        note: if wants("own-cover") {
            "Please find the signed quote attached.\nCall me with any question.".to_owned()
        } else {
            String::new()
        },
        subject: if wants("own-cover") {
            "Quote 118, footing cages".to_owned()
        } else {
            String::new()
        },
    };
    FaxDraft {
        id: FaxDraftId(id),
        to: Vec::new(),
        files: Vec::new(),
        pages: Vec::new(),
        cover,
        resolution: FaxResolution::High,
        send_at: wants("planned").then(|| now() + SignedDuration::from_hours(17)),
    }
}

/// The files that a drop or the file dialog brings.
pub(super) fn add_samples(draft: &mut FaxDraft, first_id: i64) {
    let pages = if wants("many") { 48 } else { 3 };
    let mut files = vec![
        ("Quote 118 signed.pdf", FaxFileKind::Pdf, pages, 184_000),
        (
            "S-201 Foundation plan rev C – issued for construction.tif",
            FaxFileKind::Tiff,
            2,
            2_910_000,
        ),
    ];
    if wants("office") {
        files.push((
            "Bar list heat 4471.docx",
            FaxFileKind::ConvertedByRingCentral,
            1,
            48_000,
        ));
    }
    add(draft, &files, first_id);
    if wants("broken") {
        draft.files.push(FaxFile {
            id: FaxFileId(first_id + 9),
            file_name: "Specs.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            size_bytes: 912_000,
            kind: FaxFileKind::Pdf,
            page_count: None,
            fault: Some("This PDF asks for a password. Save it without one and add it again.".to_owned()),
        });
    }
}

fn add(draft: &mut FaxDraft, files: &[(&str, FaxFileKind, u32, u64)], first_id: i64) {
    for (id, (name, kind, pages, size_bytes)) in (first_id..).zip(files) {
        let is_plan = *kind == FaxFileKind::Tiff;
        let size = if is_plan {
            FaxPage {
                width: 792,
                height: 612,
            }
        } else {
            FaxPage {
                width: 612,
                height: 792,
            }
        };
        draft.pages.extend((0..*pages).map(|index| DraftPage {
            file: FaxFileId(id),
            index,
            size,
            quarter_turns: 0,
        }));
        draft.files.push(FaxFile {
            id: FaxFileId(id),
            file_name: (*name).to_owned(),
            content_type: String::new(),
            size_bytes: *size_bytes,
            kind: *kind,
            page_count: (*kind != FaxFileKind::ConvertedByRingCentral).then_some(*pages),
            fault: None,
        });
    }
}

/// A contact's numbers, those for faxes first.
pub(super) fn recipients(contact: &Contact) -> Vec<FaxRecipient> {
    let mut all: Vec<_> = contact
        .numbers
        .iter()
        .map(|number| FaxRecipient {
            number: number.number.clone(),
            label: contact.name.clone(),
            contact: Some(history::reference(contact)),
            is_fax_number: number.label == NumberLabel::Fax,
        })
        .collect();
    all.sort_by_key(|one| !one.is_fax_number);
    all
}

pub(super) fn check(draft: &FaxDraft) -> FaxCheck {
    let count = u32::try_from(draft.pages.len()).unwrap_or(u32::MAX);
    let is_converted = |file: &FaxFile| file.kind == FaxFileKind::ConvertedByRingCentral;
    let pages = count + u32::from(draft.cover.sheet != CoverSheet::None);
    let page_count = (!draft.files.iter().any(is_converted)).then_some(pages);
    let mut problems = Vec::new();
    if wants("problems") {
        problems.push(
            "212 pages are too many: RingCentral sends 200 at once. Take out 12, or send two faxes."
                .to_owned(),
        );
        problems.push("Page 2 is empty. Take it out, or check the file.".to_owned());
    }
    let hint = |page, words: &str| FaxHint {
        page,
        words: words.to_owned(),
    };
    let hints = if wants("hints") {
        vec![
            hint(Some(1), "A colour photograph loses its greys on the line."),
            hint(Some(3), "The lettering is so small that it may not be readable."),
            hint(Some(4), "The lettering is so small that it may not be readable."),
        ]
    } else {
        Vec::new()
    };
    FaxCheck {
        missing: Vec::new(),
        problems,
        hints,
        page_count,
        size_bytes: draft.files.iter().map(|file| file.size_bytes).sum(),
        minutes: page_count.map(|count| (count.div_ceil(2), count)),
    }
}

fn outgoing(maria: Option<&Contact>) -> Vec<OutgoingFax> {
    let Some(maria) = maria else { return Vec::new() };
    let (now, to) = (now(), vec![history::party(maria)]);
    let failed = |reason: &str, can_retry| OutgoingState::Failed {
        reason: reason.to_owned(),
        can_retry,
    };
    let all: [(&str, OutgoingState, Option<Timestamp>); 7] = [
        ("queued", OutgoingState::Queued { not_before: now }, None),
        ("uploading", OutgoingState::Sending, None),
        (
            "planned",
            OutgoingState::Accepted,
            Some(now + SignedDuration::from_hours(17)),
        ),
        ("there", OutgoingState::Accepted, None),
        ("unknown", OutgoingState::Unknown { since: now }, None),
        (
            "failed",
            failed("The upload was stopped. Nothing was sent.", true),
            None,
        ),
        (
            "final",
            failed(
                "RingCentral cannot read “Specs.pdf”. Save the file again as PDF and send that.",
                false,
            ),
            None,
        ),
    ];
    let one = |(id, (name, state, send_at)): (i64, (&str, OutgoingState, Option<Timestamp>))| OutgoingFax {
        id: OutgoingId(900 + id),
        to: to.clone(),
        title: if name == "final" {
            "Specs.pdf"
        } else {
            "Quote 118 signed.pdf and 1 other"
        }
        .to_owned(),
        page_count: Some(12),
        upload: (name == "uploading").then_some(Transfer {
            done_bytes: 1_330_000,
            total_bytes: Some(3_094_000),
        }),
        item: matches!(state, OutgoingState::Accepted).then_some(CommunicationId(1)),
        state,
        send_at,
        created_at: now - SignedDuration::from_mins(4 + id),
        attempts: Vec::new(),
    };
    (0..)
        .zip(all)
        .filter(|(_, (name, ..))| wants("out-all") || wants(&format!("out-{name}")))
        .map(one)
        .collect()
}

/// Puts a fax into the outbox, where it moves on by itself.
pub(super) fn send(world: &mut World, draft: FaxDraft) -> (OutgoingId, Timestamp) {
    let id = OutgoingId(world.next_id());
    let leaves_at = now() + SignedDuration::from_secs(5);
    let party = |one: &FaxRecipient| Party {
        label: one.label.clone(),
        number: Some(one.number.clone()),
        caller_id_name: None,
        contact: one.contact.clone(),
    };
    let names: Vec<_> = draft.files.iter().map(|file| file.file_name.clone()).collect();
    world.faxes.outgoing.push(OutgoingFax {
        id,
        to: draft.to.iter().map(party).collect(),
        title: names.join(", "),
        page_count: Some(u32::try_from(draft.pages.len()).unwrap_or(u32::MAX)),
        state: OutgoingState::Queued {
            not_before: leaves_at,
        },
        upload: None,
        send_at: draft.send_at,
        item: None,
        created_at: now(),
        attempts: Vec::new(),
    });
    world.faxes.sent.push((id, draft));
    world::announce(CoreEvent::OutboxChanged);
    Timeout::new(5_000, move || upload(id, 0)).forget();
    (id, leaves_at)
}

fn upload(id: OutgoingId, percent: u64) {
    let goes_on = world::with(|world| {
        let fax = world.faxes.outgoing.iter_mut().find(|fax| fax.id == id)?;
        if percent > 0 && fax.state != OutgoingState::Sending {
            return None;
        }
        let (done_bytes, total_bytes) = (percent * 31_000, Some(3_100_000));
        fax.upload = Some(Transfer {
            done_bytes,
            total_bytes,
        });
        fax.state = if percent < 100 {
            OutgoingState::Sending
        } else {
            OutgoingState::Accepted
        };
        fax.item = (percent >= 100).then_some(CommunicationId(1));
        world::announce(CoreEvent::OutboxChanged);
        Some(percent < 100)
    });
    if goes_on == Some(true) {
        Timeout::new(400, move || upload(id, percent + 5)).forget();
    }
}

pub(super) fn now() -> Timestamp {
    crate::clock::now().at
}

/// Whoever has that number, else the number alone.
pub(super) fn recipient(world: &World, typed: &str) -> Option<FaxRecipient> {
    let known = world
        .contacts
        .iter()
        .flat_map(recipients)
        .find(|one| crate::recipients::is_same(&one.number.to_look_up(), typed));
    known.or_else(|| {
        let digits = crate::recipients::digits(typed);
        let last = digits.get(digits.len().checked_sub(4)?..)?.to_owned();
        let area = digits
            .get(digits.len().checked_sub(10)?..digits.len() - 7)?
            .to_owned();
        let number = people::number(&area, &last);
        Some(FaxRecipient {
            label: number.formatted.clone(),
            number,
            contact: None,
            is_fax_number: false,
        })
    })
}

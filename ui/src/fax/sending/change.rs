//! What a person changes about a fax, and how it looks at once, before the core has answered. Pure.

use crate::recipients::{Recipient, is_same};
use domain::fax::{Cover, DraftPage, FaxDraft, FaxRecipient, FaxResolution, PageChoice};
use domain::ids::FaxFileId;
use domain::phone_number::{E164, PhoneNumber};
use jiff::Timestamp;

/// One change.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    Recipients(Vec<Recipient>),
    Pages(Vec<DraftPage>),
    Cover(Cover),
    Sending {
        resolution: FaxResolution,
        send_at: Option<Timestamp>,
    },
    RemoveFile(FaxFileId),
    /// The files that were dropped on the window last.
    AddDropped,
    /// The system asks for files.
    ChooseFiles,
}

impl Change {
    /// Brings files, whose pages nobody knows before the core has answered.
    pub(super) fn adds_files(&self) -> bool {
        matches!(self, Self::AddDropped | Self::ChooseFiles)
    }

    /// Makes `earlier` pointless, as long as nobody has begun with it.
    pub(super) fn replaces(&self, earlier: &Self) -> bool {
        matches!(
            (self, earlier),
            (Self::Recipients(_), Self::Recipients(_))
                | (Self::Pages(_), Self::Pages(_))
                | (Self::Cover(_), Self::Cover(_))
                | (Self::Sending { .. }, Self::Sending { .. })
        )
    }
}

/// The fax with the change.
pub(super) fn apply(draft: &FaxDraft, change: &Change) -> FaxDraft {
    let mut draft = draft.clone();
    match change {
        Change::Recipients(to) => draft.to = to.iter().map(|one| recipient(&draft, one)).collect(),
        Change::Pages(pages) => draft.pages.clone_from(pages),
        Change::Cover(cover) => draft.cover = cover.clone(),
        Change::Sending { resolution, send_at } => {
            (draft.resolution, draft.send_at) = (*resolution, *send_at);
        }
        Change::RemoveFile(id) => {
            draft.files.retain(|file| file.id != *id);
            draft.pages.retain(|page| page.file != *id);
        }
        Change::AddDropped | Change::ChooseFiles => {}
    }
    draft
}

/// For the field: who it goes to.
pub(super) fn recipients(draft: &FaxDraft) -> Vec<Recipient> {
    let one = |to: &FaxRecipient| Recipient {
        number: to.number.to_look_up(),
        label: to.label.clone(),
    };
    draft.to.iter().map(one).collect()
}

/// For the core: which pages go, in which order.
pub(super) fn choices(pages: &[DraftPage]) -> Vec<PageChoice> {
    let choice = |page: &DraftPage| PageChoice {
        file: page.file,
        index: page.index,
        quarter_turns: page.quarter_turns,
    };
    pages.iter().map(choice).collect()
}

/// As it is known already, else by what was typed until the core says more.
fn recipient(draft: &FaxDraft, one: &Recipient) -> FaxRecipient {
    let known = |to: &&FaxRecipient| is_same(&to.number.to_look_up(), &one.number);
    draft
        .to
        .iter()
        .find(known)
        .cloned()
        .unwrap_or_else(|| FaxRecipient {
            number: PhoneNumber {
                e164: E164::new(one.number.clone()).ok(),
                formatted: one.number.clone(),
                extension: None,
                region: None,
            },
            label: one.label.clone(),
            contact: None,
            is_fax_number: false,
        })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use domain::attachment::FaxPage;
    use domain::fax::{FaxFile, FaxFileKind};
    use domain::ids::FaxDraftId;

    pub(in crate::fax::sending) fn page(file: i64, index: u32) -> DraftPage {
        DraftPage {
            file: FaxFileId(file),
            index,
            size: FaxPage {
                width: 612,
                height: 792,
            },
            quarter_turns: 0,
        }
    }

    pub(in crate::fax::sending) fn file(id: i64, name: &str) -> FaxFile {
        FaxFile {
            id: FaxFileId(id),
            file_name: name.to_owned(),
            content_type: "application/pdf".to_owned(),
            size_bytes: 1_000,
            kind: FaxFileKind::Pdf,
            page_count: Some(2),
            fault: None,
        }
    }

    pub(in crate::fax::sending) fn draft() -> FaxDraft {
        FaxDraft {
            id: FaxDraftId(1),
            to: Vec::new(),
            files: vec![file(1, "plans.pdf"), file(2, "quote.pdf")],
            pages: vec![page(1, 0), page(1, 1), page(2, 0)],
            cover: Cover::default(),
            resolution: FaxResolution::High,
            send_at: None,
        }
    }

    #[test]
    fn a_file_goes_with_all_its_pages() {
        let after = apply(&draft(), &Change::RemoveFile(FaxFileId(1)));
        assert_eq!(after.pages, [page(2, 0)]);
        assert_eq!(after.files.len(), 1);
    }

    #[test]
    fn somebody_known_keeps_their_name_when_others_are_added() {
        let maria = Recipient {
            number: "+15105550191".to_owned(),
            label: "Maria Lopez".to_owned(),
        };
        let with_maria = apply(&draft(), &Change::Recipients(vec![maria]));
        let both = vec![Recipient::typed("510 555 0191"), Recipient::typed("415 555 0132")];
        let after = apply(&with_maria, &Change::Recipients(both));
        let labels: Vec<_> = after.to.iter().map(|to| to.label.as_str()).collect();
        assert_eq!(labels, ["Maria Lopez", "415 555 0132"]);
    }

    #[test]
    fn a_newer_order_of_pages_makes_an_older_one_pointless_and_nothing_else() {
        let pages = Change::Pages(Vec::new());
        assert!(pages.replaces(&Change::Pages(vec![page(1, 0)])));
        assert!(!pages.replaces(&Change::Cover(Cover::default())));
        assert!(!Change::AddDropped.replaces(&Change::AddDropped));
        assert!(!Change::RemoveFile(FaxFileId(1)).replaces(&Change::RemoveFile(FaxFileId(2))));
    }
}

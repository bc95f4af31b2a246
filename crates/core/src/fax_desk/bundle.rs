//! Which documents leave, and how. Pure: nothing is read or made here.
//!
//! A file whose pages all go, in their order, unturned and together, leaves as it was dropped. Everything else is a run of pages
//! of one file, of which a PDF has to be made. The runs stand in the order of the pages.

use super::pdf::Turned;
use crate::store::FaxFileRecord;
use domain::fax::{FaxFileKind, PageChoice};
use domain::ids::FaxFileId;

/// One document that leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Byte for byte as it was dropped.
    AsDropped(FaxFileId),
    /// A PDF of these pages.
    Made { file: FaxFileId, pages: Vec<Turned> },
}

impl Part {
    pub(super) fn file(&self) -> FaxFileId {
        match self {
            Self::AsDropped(file) | Self::Made { file, .. } => *file,
        }
    }
}

/// The documents of these pages, in order.
pub(super) fn parts(files: &[FaxFileRecord], pages: &[PageChoice]) -> Vec<Part> {
    let mut parts = Vec::new();
    for run in runs(files, pages) {
        let Some(first) = run.first() else { continue };
        let chosen: Vec<Turned> = run
            .iter()
            .map(|choice| Turned {
                index: choice.index,
                quarter_turns: choice.quarter_turns % 4,
            })
            .collect();
        let Some(file) = files.iter().find(|file| file.id == first.file) else {
            continue;
        };
        parts.push(if is_whole(file, &chosen) {
            Part::AsDropped(file.id)
        } else {
            Part::Made {
                file: file.id,
                pages: chosen,
            }
        });
    }
    parts
}

/// Whether the fax is what RingCentral has already, so that nothing has to leave.
pub(super) fn is_untouched(files: &[FaxFileRecord], pages: &[PageChoice]) -> bool {
    let parts = parts(files, pages);
    parts.len() == files.len()
        && files
            .iter()
            .zip(&parts)
            .all(|(file, part)| file.facts.is_original && *part == Part::AsDropped(file.id))
}

/// Pages of one file that stand together. Where a whole file has just ended, its pages may begin anew.
fn runs<'a>(files: &[FaxFileRecord], pages: &'a [PageChoice]) -> Vec<&'a [PageChoice]> {
    let mut runs = Vec::new();
    let mut rest = pages;
    while let Some(first) = rest.first() {
        let of_file = rest.iter().take_while(|choice| choice.file == first.file).count();
        let whole = files
            .iter()
            .find(|file| file.id == first.file)
            .map(|file| usize::try_from(file.facts.shown_pages()).unwrap_or(usize::MAX))
            .filter(|count| *count > 0 && *count <= of_file)
            .filter(|count| {
                let head = rest.get(..*count).unwrap_or_default();
                (0_u32..)
                    .zip(head)
                    .all(|(index, choice)| choice.index == index && choice.quarter_turns % 4 == 0)
            });
        let (run, others) = rest.split_at(whole.unwrap_or(of_file));
        runs.push(run);
        rest = others;
    }
    runs
}

/// An office document has one place, and goes as it is however it is turned: nobody but RingCentral can turn it.
fn is_whole(file: &FaxFileRecord, chosen: &[Turned]) -> bool {
    if file.facts.kind == FaxFileKind::ConvertedByRingCentral {
        return true;
    }
    let count = usize::try_from(file.facts.shown_pages()).unwrap_or(usize::MAX);
    chosen.len() == count
        && (0_u32..)
            .zip(chosen)
            .all(|(index, page)| page.index == index && page.quarter_turns == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fax_desk::pdf::LETTER;
    use crate::store::NewFaxFile;

    fn file(id: i64, pages: usize) -> FaxFileRecord {
        FaxFileRecord {
            id: FaxFileId(id),
            facts: NewFaxFile {
                file: id.to_string(),
                file_name: format!("{id}.pdf"),
                content_type: "application/pdf".to_owned(),
                size_bytes: 10,
                kind: FaxFileKind::Pdf,
                pages: Some(vec![LETTER; pages]),
                fault: None,
                is_original: id == 1,
            },
        }
    }

    fn page(file: i64, index: u32, quarter_turns: u8) -> PageChoice {
        PageChoice {
            file: FaxFileId(file),
            index,
            quarter_turns,
        }
    }

    fn made(file: i64, pages: &[(u32, u8)]) -> Part {
        Part::Made {
            file: FaxFileId(file),
            pages: pages
                .iter()
                .map(|(index, quarter_turns)| Turned {
                    index: *index,
                    quarter_turns: *quarter_turns,
                })
                .collect(),
        }
    }

    #[test]
    fn a_file_whose_pages_all_go_in_order_leaves_as_it_was_dropped() {
        let files = [file(1, 2), file(2, 1)];
        let pages = [page(2, 0, 0), page(1, 0, 0), page(1, 1, 0)];
        assert_eq!(
            parts(&files, &pages),
            [Part::AsDropped(FaxFileId(2)), Part::AsDropped(FaxFileId(1))]
        );
    }

    #[test]
    fn of_a_file_that_is_cut_turned_or_parted_a_pdf_is_made() {
        let files = [file(1, 3), file(2, 1)];
        assert_eq!(
            parts(&files, &[page(1, 0, 0), page(1, 2, 0)]),
            [made(1, &[(0, 0), (2, 0)])]
        );
        let turned = [page(1, 0, 0), page(1, 1, 1), page(1, 2, 0)];
        assert_eq!(parts(&files, &turned), [made(1, &[(0, 0), (1, 1), (2, 0)])]);
        let parted = [page(1, 0, 0), page(2, 0, 0), page(1, 1, 0), page(1, 2, 0)];
        assert_eq!(
            parts(&files, &parted),
            [
                made(1, &[(0, 0)]),
                Part::AsDropped(FaxFileId(2)),
                made(1, &[(1, 0), (2, 0)])
            ]
        );
    }

    #[test]
    fn a_file_that_is_wanted_twice_leaves_twice() {
        let files = [file(1, 1)];
        let twice = [page(1, 0, 0), page(1, 0, 0)];
        assert_eq!(parts(&files, &twice), vec![Part::AsDropped(FaxFileId(1)); 2]);
    }

    #[test]
    fn only_an_untouched_fax_needs_no_upload() {
        let pages = [page(1, 0, 0), page(1, 1, 0)];
        assert!(is_untouched(&[file(1, 2)], &pages));
        assert!(!is_untouched(&[file(1, 2)], &pages[..1]));
        assert!(!is_untouched(&[file(1, 2), file(2, 1)], &pages));
        assert!(!is_untouched(&[file(2, 1)], &[page(2, 0, 0)]));
    }
}

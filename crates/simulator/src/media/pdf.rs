//! Pages as a PDF, with the reader's own Helvetica.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use super::page::{HEIGHT, Mark, Page, WIDTH};

const PLAIN: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");

/// Writes the pages.
pub(crate) fn write(pages: &[Page]) -> Vec<u8> {
    let mut next = 0;
    let mut reference = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, plain, bold) = (reference(), reference(), reference(), reference());
    let ids: Vec<(Ref, Ref)> = pages.iter().map(|_| (reference(), reference())).collect();

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree)
        .kids(ids.iter().map(|(page, _)| *page))
        .count(count);
    for ((page_id, content_id), page) in ids.iter().zip(pages) {
        let mut leaf = pdf.page(*page_id);
        leaf.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
            .parent(tree)
            .contents(*content_id);
        leaf.resources().fonts().pair(PLAIN, plain).pair(BOLD, bold);
        leaf.finish();
        pdf.stream(*content_id, &draw(page));
    }
    pdf.type1_font(plain).base_font(Name(b"Helvetica"));
    pdf.type1_font(bold).base_font(Name(b"Helvetica-Bold"));
    pdf.finish()
}

fn draw(page: &Page) -> Vec<u8> {
    let mut content = Content::new();
    content.set_fill_gray(0.0).set_stroke_gray(0.0);
    for mark in &page.marks {
        match mark {
            Mark::Line { from, to, width } => {
                content.set_line_width(*width);
                content
                    .move_to(from.0, HEIGHT - from.1)
                    .line_to(to.0, HEIGHT - to.1)
                    .stroke();
            }
            Mark::Box { at, size } => {
                content
                    .rect(at.0, HEIGHT - at.1 - size.1, size.0, size.1)
                    .fill_nonzero();
            }
            Mark::Text {
                at,
                size,
                is_bold,
                text,
            } => {
                content
                    .begin_text()
                    .set_font(if *is_bold { BOLD } else { PLAIN }, *size);
                content
                    .next_line(at.0, HEIGHT - at.1)
                    .show(Str(text.as_bytes()))
                    .end_text();
            }
        }
    }
    content.finish().into_vec()
}

/// How many page objects a PDF declares; `None` if it is no PDF. Enough for billing pages, no substitute for a parser.
pub(crate) fn page_count(bytes: &[u8]) -> Option<u32> {
    if !bytes.starts_with(b"%PDF-") {
        return None;
    }
    let needle = b"/Type";
    let pages = bytes.windows(needle.len()).enumerate().filter(|(at, window)| {
        *window == needle && {
            let rest = bytes.get(at + needle.len()..).unwrap_or_default();
            let word: Vec<u8> = rest
                .iter()
                .skip_while(|byte| byte.is_ascii_whitespace())
                .take(6)
                .copied()
                .collect();
            word.starts_with(b"/Page") && word.get(5).is_none_or(|byte| !byte.is_ascii_alphabetic())
        }
    });
    u32::try_from(pages.count()).ok().map(|count| count.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_pdf_has_as_many_pages_as_were_drawn() {
        let bytes = write(&[Page::default(), Page::default(), Page::default()]);
        assert_eq!(page_count(&bytes), Some(3));
        assert_eq!(page_count(b"hello"), None);
    }
}

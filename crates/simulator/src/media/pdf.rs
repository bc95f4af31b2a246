//! Pages as a PDF, with the reader's own Helvetica. PDFs that came from outside are [`super::merge`]'s.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str};

use super::page::{Mark, Page};

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
        leaf.media_box(Rect::new(0.0, 0.0, page.width, page.height))
            .parent(tree)
            .contents(*content_id);
        leaf.resources().fonts().pair(PLAIN, plain).pair(BOLD, bold);
        leaf.finish();
        pdf.stream(*content_id, &draw(page));
    }
    for (id, name) in [(plain, &b"Helvetica"[..]), (bold, b"Helvetica-Bold")] {
        pdf.type1_font(id)
            .base_font(Name(name))
            .encoding_predefined(Name(b"WinAnsiEncoding"));
    }
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
                    .move_to(from.0, page.height - from.1)
                    .line_to(to.0, page.height - to.1)
                    .stroke();
            }
            Mark::Box { at, size } => {
                content
                    .rect(at.0, page.height - at.1 - size.1, size.0, size.1)
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
                    .next_line(at.0, page.height - at.1)
                    .show(Str(&one_byte_each(text)))
                    .end_text();
            }
        }
    }
    content.finish().into_vec()
}

/// Text in the encoding of the fonts; what it does not have becomes a question mark.
fn one_byte_each(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '\t' => b' ',
        ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(letter)).unwrap_or(b'?'),
        '\u{2013}' => 0x96,
        '\u{2014}' => 0x97,
        '\u{2018}' => 0x91,
        '\u{2019}' => 0x92,
        '\u{201c}' => 0x93,
        '\u{201d}' => 0x94,
        '\u{2022}' => 0x95,
        '\u{20ac}' => 0x80,
        _ => b'?',
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_pdf_has_as_many_pages_as_were_drawn() {
        let bytes = write(&[Page::default(), Page::default(), Page::default()]);
        assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len(), 3);
    }

    #[test]
    fn letters_beyond_ascii_are_written_in_the_fonts_own_encoding() {
        assert_eq!(
            one_byte_each("Jos\u{e9} \u{2014} 5 \u{20ac} \u{5b57}"),
            b"Jos\xe9 \x97 5 \x80 ?"
        );
    }
}

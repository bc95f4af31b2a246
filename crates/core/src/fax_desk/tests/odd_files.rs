//! Files that are stored or written in ways that not everything knows.

use super::drafts::Bench;
use crate::fax;
use domain::fax::PageChoice;
use std::io::Cursor;
use tiff::encoder::TiffEncoder;
use tiff::encoder::colortype::{Gray16, RGB16};

/// Two pages with sixteen bits for a colour: the left half is dark, the right one light.
fn deep_tiff() -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap();
    let half = |at: usize| if at % 100 < 50 { 0x1000 } else { 0xf000 };
    let grey: Vec<u16> = (0..100 * 140).map(half).collect();
    let colours: Vec<u16> = (0..100 * 140).flat_map(|at| [half(at); 3]).collect();
    encoder.write_image::<Gray16>(100, 140, &grey).unwrap();
    encoder.write_image::<RGB16>(100, 140, &colours).unwrap();
    file.into_inner()
}

/// One page whose bytes are numbers in a palette, in which a low number is light and a high one dark.
fn palette_tiff() -> Vec<u8> {
    let (width, height) = (100_u16, 140_u16);
    let dots: Vec<u8> = (0..14_000_u32).map(|at| u8::from(at % 100 < 50)).collect();
    let mut file = b"II*\0".to_vec();
    let colours_at = 8 + dots.len() as u32;
    let directory_at = colours_at + 3 * 256 * 2;
    file.extend(directory_at.to_le_bytes());
    file.extend(&dots);
    for _ in 0..3 {
        for number in 0..256_u32 {
            let shade: u16 = if number == 0 { 0xf000 } else { 0x1000 };
            file.extend(shade.to_le_bytes());
        }
    }
    let entries: [(u16, u16, u32, u32); 10] = [
        (256, 3, 1, u32::from(width)),
        (257, 3, 1, u32::from(height)),
        (258, 3, 1, 8),
        (259, 3, 1, 1),
        (262, 3, 1, 3),
        (273, 4, 1, 8),
        (277, 3, 1, 1),
        (278, 3, 1, u32::from(height)),
        (279, 4, 1, dots.len() as u32),
        (320, 3, 768, colours_at),
    ];
    file.extend((entries.len() as u16).to_le_bytes());
    for (tag, kind, count, value) in entries {
        file.extend(tag.to_le_bytes());
        file.extend(kind.to_le_bytes());
        file.extend(count.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend(0_u32.to_le_bytes());
    file
}

#[tokio::test]
async fn pages_of_a_tiff_with_deep_colours_or_a_palette_can_be_chosen_and_turned() {
    for (content, index) in [(deep_tiff(), 0), (deep_tiff(), 1), (palette_tiff(), 0)] {
        let bench = Bench::new().await;
        let id = bench.begin().await;
        let draft = bench.add(id, "Scan.tif", &content).await;
        assert_eq!(draft.files[0].fault, None);
        let chosen = PageChoice {
            file: draft.files[0].id,
            index,
            quarter_turns: 2,
        };
        bench.desk.set_pages(id, &[chosen]).await.unwrap();
        bench.desk.send(None, id).await.unwrap();
        let job = bench.job().await;
        assert_eq!(job.files[0].content_type, "application/pdf");
        let sent = std::fs::read(bench.folder.path().join("outgoing").join(&job.files[0].file)).unwrap();
        let drawn = fax::draw(sent, 0, 100).await.unwrap();
        let drawn = image::load_from_memory(&drawn).unwrap().into_luma8();
        let (middle, wide) = (drawn.height() / 2, drawn.width());
        let (left, right) = (
            drawn.get_pixel(wide / 4, middle)[0],
            drawn.get_pixel(3 * wide / 4, middle)[0],
        );
        assert!(left > 200 && right < 50, "page {index}: {left} and {right}");
    }
}

#[tokio::test]
async fn letters_that_cannot_be_printed_are_named_for_the_text_that_has_them() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let long = format!("Привет Ελλάδα\n{}", "a line to be read\n".repeat(70));
    bench.add(id, "Europe.txt", long.as_bytes()).await;
    let draft = bench.add(id, "Tokyo.txt", format!("東\n{long}").as_bytes()).await;
    let hints = |check: domain::fax::FaxCheck| -> Vec<String> {
        let hints = check.hints.into_iter().filter(|hint| hint.page.is_none());
        hints.map(|hint| hint.words).collect()
    };
    let said = hints(bench.desk.check(None, id).await.unwrap());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("“Tokyo.txt” has “東”") && said[0].contains("RingCentral prints this text itself")
    );
    let last = draft.pages.last().map(|page| PageChoice {
        file: page.file,
        index: page.index,
        quarter_turns: 0,
    });
    let last = last.unwrap();
    bench.desk.set_pages(id, &[last]).await.unwrap();
    let said = hints(bench.desk.check(None, id).await.unwrap());
    assert!(said[0].contains("question mark"), "{said:?}");
}

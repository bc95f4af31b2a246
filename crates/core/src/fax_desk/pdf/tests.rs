use super::*;
use crate::fax;
use lopdf::{Document, Object};

fn turned(pages: &[(u32, u8)]) -> Vec<Turned> {
    pages
        .iter()
        .map(|(index, quarter_turns)| Turned {
            index: *index,
            quarter_turns: *quarter_turns,
        })
        .collect()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbaImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            image::Rgba([0, 0, 0, 255])
        } else {
            image::Rgba([0, 0, 0, 0])
        }
    });
    let mut file = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

#[tokio::test]
async fn a_picture_becomes_a_page_and_what_can_be_seen_through_is_white() {
    let content = png(400, 200);
    assert_eq!(size_of(&content).unwrap(), (400, 200));
    let made = picture(&content, &turned(&[(0, 0)])).unwrap();
    let sizes = fax::pages(made.clone()).await.unwrap();
    assert_eq!((sizes[0].width, sizes[0].height), (792, 612), "on its side");
    let drawn = image::load_from_memory(&fax::draw(made, 0, 792).await.unwrap())
        .unwrap()
        .into_luma8();
    assert!(drawn.get_pixel(200, 306)[0] < 50 && drawn.get_pixel(600, 306)[0] > 200);
}

#[tokio::test]
async fn a_photograph_is_put_in_byte_for_byte() {
    let picture_of = image::RgbImage::from_pixel(64, 96, image::Rgb([10, 200, 30]));
    let mut file = std::io::Cursor::new(Vec::new());
    picture_of.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    let content = file.into_inner();
    let made = picture(&content, &turned(&[(0, 0)])).unwrap();
    assert!(made.windows(content.len()).any(|part| part == content));
    assert_eq!(fax::pages(made).await.unwrap().len(), 1);
    assert!(picture(b"\xff\xd8\xff\xe0cut", &turned(&[(0, 0)])).is_err());
}

#[test]
fn a_text_is_broken_into_lines_and_pages() {
    let long = "x".repeat(200);
    let content = format!("a\tb\n{long}\n{}", "line\n".repeat(60));
    let pages = decoded(content.as_bytes());
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0][0], "a       b");
    assert_eq!(pages[0][1].len(), 84);
    assert_eq!(decoded(b"\n \n"), Vec::<Vec<String>>::new());
    assert_eq!(decoded("Gr\u{fc}\u{df}e".as_bytes())[0][0], "Grüße");
    assert_eq!(decoded(b"Gr\xfc\xdfe")[0][0], "Grüße");
}

/// A page of a fax machine, from the top: black, white, black and so on, eight rows each.
fn tiff(compression: u16, fill_order: u16, strips: &[&[u8]], columns: u32, rows_per_strip: u32) -> Vec<u8> {
    let rows = rows_per_strip * strips.len() as u32;
    let count = strips.len() as u32;
    let mut file = b"II*\0".to_vec();
    let data_at = 8_u32;
    let data: Vec<u8> = strips.concat();
    let tables_at = data_at + data.len() as u32;
    let directory_at = tables_at + 8 * count;
    file.extend(directory_at.to_le_bytes());
    file.extend(&data);
    let mut at = data_at;
    for strip in strips {
        file.extend(at.to_le_bytes());
        at += strip.len() as u32;
    }
    for strip in strips {
        file.extend((strip.len() as u32).to_le_bytes());
    }
    let (offsets, lengths) = if count == 1 {
        (data_at, data.len() as u32)
    } else {
        (tables_at, tables_at + 4 * count)
    };
    let entries: [(u16, u16, u32, u32); 10] = [
        (256, 4, 1, columns),
        (257, 4, 1, rows),
        (258, 3, 1, 1),
        (259, 3, 1, u32::from(compression)),
        (262, 3, 1, 0),
        (266, 3, 1, u32::from(fill_order)),
        (273, 4, count, offsets),
        (277, 3, 1, 1),
        (278, 4, 1, rows_per_strip),
        (279, 4, count, lengths),
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
async fn the_strips_of_a_fax_are_put_in_as_they_were_compressed() {
    // Group 4: a row of one black run over sixteen dots, told as the difference to white; the rest as "the same again".
    let row_of_black: [u8; 4] = [0x26, 0xa0, 0xb8, 0xff];
    let reversed: Vec<u8> = row_of_black.iter().map(|byte| byte.reverse_bits()).collect();
    for (order, strip) in [(1, row_of_black.to_vec()), (2, reversed)] {
        let content = tiff(4, order, &[&strip, &strip], 16, 4);
        let size = domain::attachment::FaxPage {
            width: 160,
            height: 80,
        };
        let made = scan(&content, &[size], &turned(&[(0, 0)])).unwrap();
        let document = Document::load_mem(&made).unwrap();
        let strips: Vec<_> = document
            .objects
            .values()
            .filter_map(|object| object.as_stream().ok())
            .filter(|stream| {
                stream
                    .dict
                    .get(b"Filter")
                    .and_then(Object::as_name)
                    .is_ok_and(|name| name == b"CCITTFaxDecode")
            })
            .collect();
        assert_eq!(strips.len(), 2);
        assert!(strips.iter().all(|stream| stream.content == row_of_black));
        let sizes = fax::pages(made).await.unwrap();
        assert_eq!((sizes[0].width, sizes[0].height), (160, 80));
    }
}

#[test]
fn words_that_are_too_wide_are_broken_and_odd_letters_named() {
    let lines = wrap("one two three\n\nfour", 10.0, Font::Plain, 40.0);
    assert_eq!(lines, ["one two", "three", "", "four"]);
    assert_eq!(wrap(&"w".repeat(10), 10.0, Font::Plain, 40.0).len(), 2);
}

const NONE: [char; 0] = [];

#[test]
fn the_letters_of_europe_can_be_written_in_every_font_and_others_are_named() {
    for font in [Font::Plain, Font::Bold, Font::Typewriter] {
        let europe = "Grüße € “Łódź, Őri, Žižek, Şişli, Īss” Привет, ґанок, њега. Καλημέρα";
        assert_eq!(unwritable(europe, font), NONE, "{font:?}");
        assert_eq!(
            unwritable("e\u{301} is é, and \u{feff}nothing is nothing", font),
            NONE
        );
        assert_eq!(unwritable("東京 שלום ☃", font).len(), 5);
        assert!((width("Łódź", 10.0, font) - width("Lodz", 10.0, font)).abs() < 2.0);
    }
    assert_eq!(unwritable("Grüße, 東京 €", Font::Plain), ['京', '東']);
}

#[tokio::test]
async fn what_is_written_can_be_seen_and_found_again() {
    let words = ["Привет, мир", "Καλημέρα κόσμε", "Zażółć gęślą jaźń"];
    let mut book = Book::new();
    for line in words {
        let mut sheet = Sheet::default();
        sheet.write((72.0, 100.0), 40.0, Font::Bold, line);
        sheet.write((72.0, 200.0), 10.0, Font::Typewriter, line);
        book.add_sheet(sheet);
    }
    let made = book.finish().unwrap();
    assert!(
        made.len() < 60_000,
        "only the signs that are needed go along: {}",
        made.len()
    );
    let document = Document::load_mem(&made).unwrap();
    for (number, line) in (1..).zip(words) {
        let found = document.extract_text(&[number]).unwrap();
        assert!(found.contains(line), "{found}");
        let drawn = fax::draw(made.clone(), number - 1, 612).await.unwrap();
        let drawn = image::load_from_memory(&drawn).unwrap().into_luma8();
        let ink = |from: u32, until: u32| {
            (from..until)
                .flat_map(|y| (0..612).map(move |x| (x, y)))
                .filter(|(x, y)| drawn.get_pixel(*x, *y)[0] < 128)
                .count()
        };
        assert!(ink(60, 112) > 1_500 && ink(190, 203) > 100, "{line}");
    }
}

/// A photograph of a page of four shades, and how the camera says that it was held.
fn photograph(held: u8) -> (image::DynamicImage, Vec<u8>) {
    let seen = image::RgbImage::from_fn(64, 96, |x, y| {
        let shade = [20, 90, 160, 230][usize::from(x >= 32) + 2 * usize::from(y >= 48)];
        image::Rgb([shade; 3])
    });
    let mut file = std::io::Cursor::new(Vec::new());
    seen.write_to(&mut file, image::ImageFormat::Jpeg).unwrap();
    let mut file = file.into_inner();
    let mut note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    note.extend([held, 0, 0, 0, 0, 0, 0]);
    let mut marked = vec![0xff, 0xe1];
    marked.extend(u16::try_from(note.len() + 2).unwrap().to_be_bytes());
    marked.extend(note);
    file.splice(2..2, marked);
    (image::DynamicImage::ImageRgb8(seen), file)
}

#[tokio::test]
async fn a_photograph_stands_as_the_camera_was_held() {
    for held in 1..=8 {
        let (mut seen, file) = photograph(held);
        seen.apply_orientation(image::metadata::Orientation::from_exif(held).unwrap());
        assert_eq!(size_of(&file).unwrap(), (seen.width(), seen.height()), "{held}");
        let mut upright = std::io::Cursor::new(Vec::new());
        seen.write_to(&mut upright, image::ImageFormat::Png).unwrap();
        let mut pages = Vec::new();
        for content in [file, upright.into_inner()] {
            let made = picture(&content, &turned(&[(0, 0)])).unwrap();
            let drawn = fax::draw(made, 0, 120).await.unwrap();
            pages.push(image::load_from_memory(&drawn).unwrap().into_luma8());
        }
        assert_eq!(pages[0].dimensions(), pages[1].dimensions());
        let differing = pages[0].pixels().zip(pages[1].pixels());
        let differing = differing
            .filter(|(one, other)| one[0].abs_diff(other[0]) > 30)
            .count();
        assert!(differing < 200, "held {held}: {differing} dots differ");
    }
}

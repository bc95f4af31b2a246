//! One small page, a black bar on white, in every form in which a fax may arrive.

use super::*;
use std::fmt::Write as _;

const WIDTH: u32 = 16;
const HEIGHT: u32 = 4;
/// Four white dots, four black, eight white; the second row onwards says "as above".
const GROUP_4: &str = "00110110111 111 111 111";
/// The same row by row: white 4, black 4, white 8.
const ROW: &str = "1011 011 10011";
const END_OF_LINE: &str = "000000000001";

fn bytes(bits: &str) -> Vec<u8> {
    let bits: Vec<u8> = bits
        .bytes()
        .filter(|bit| *bit != b' ')
        .map(|bit| bit - b'0')
        .collect();
    bits.chunks(8)
        .map(|eight| (0..8).fold(0, |byte, at| byte << 1 | eight.get(at).copied().unwrap_or(0)))
        .collect()
}

/// Tags of a TIFF's page, each with its one value.
type Tags<'a> = &'a [(u16, u32)];

/// A TIFF with one page per strip, each with these further tags.
fn tiff(pages: &[(&[u8], Tags<'_>)]) -> Vec<u8> {
    let mut file = b"II*\0\0\0\0\0".to_vec();
    let mut link = 4;
    for (strip, further) in pages {
        let strip_at = file.len() as u32;
        file.extend_from_slice(strip);
        file.resize(file.len().next_multiple_of(2), 0);
        let here = file.len() as u32;
        file[link..link + 4].copy_from_slice(&here.to_le_bytes());
        let mut tags = vec![
            (256, WIDTH),
            (257, HEIGHT),
            (258, 1),
            (262, 0),
            (273, strip_at),
            (277, 1),
            (278, HEIGHT),
            (279, strip.len() as u32),
            // As many dots to the inch as there are points: a page of so few dots would be rounded away.
            (282, 72),
            (283, 72),
        ];
        for (tag, value) in *further {
            tags.retain(|(other, _)| other != tag);
            tags.push((*tag, *value));
        }
        tags.sort_unstable();
        file.extend_from_slice(&(tags.len() as u16).to_le_bytes());
        for (tag, value) in tags {
            file.extend_from_slice(&tag.to_le_bytes());
            file.extend_from_slice(&4_u16.to_le_bytes());
            file.extend_from_slice(&1_u32.to_le_bytes());
            file.extend_from_slice(&value.to_le_bytes());
        }
        link = file.len();
        file.extend_from_slice(&[0; 4]);
    }
    file
}

/// A PDF, twice as wide as it is tall, whose left half is black.
fn pdf() -> Vec<u8> {
    pdf_of("0 0 100 100 re f", "", &[])
}

/// A PDF of 200 by 100 points with this on its page. Further objects have the numbers from 5 on.
fn pdf_of(content: &str, resources: &str, further: &[String]) -> Vec<u8> {
    let mut file = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R/Resources<<{resources}>>>>"),
        stream("", content),
    ];
    objects.extend_from_slice(further);
    for object in &objects {
        places.push(file.len());
        write!(file, "{} 0 obj{object}\nendobj\n", places.len()).unwrap();
    }
    let (size, table) = (objects.len() + 1, file.len());
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    for place in places {
        writeln!(file, "{place:010} 00000 n ").unwrap();
    }
    write!(
        file,
        "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF"
    )
    .unwrap();
    file.into_bytes()
}

fn stream(entries: &str, content: &str) -> String {
    format!(
        "<<{entries}/Length {}>>stream\n{content}\nendstream",
        content.len()
    )
}

/// Width, height and the brightness of every dot.
async fn drawn(document: Vec<u8>, index: u32, width: u32) -> (u32, u32, Vec<u8>) {
    let picture = draw(document, index, width).await.unwrap();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(picture));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut dots = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut dots).unwrap();
    let step = info.color_type.samples();
    (info.width, info.height, dots.into_iter().step_by(step).collect())
}

async fn refused(document: Vec<u8>) -> String {
    let from_pages = pages(document.clone()).await.unwrap_err().to_string();
    assert_eq!(draw(document, 0, 100).await.unwrap_err().to_string(), from_pages);
    from_pages
}

#[tokio::test]
async fn every_compression_of_fax_machines_gives_the_same_page() {
    let expected: Vec<u8> = [[255; 4], [0; 4], [255; 4], [255; 4]]
        .concat()
        .repeat(HEIGHT as usize);
    let aligned = format!("{ROW}0000").repeat(HEIGHT as usize);
    let with_marks = format!("{END_OF_LINE}{ROW}").repeat(HEIGHT as usize);
    // The first line by itself (tag bit 1), the others by reference to the line above (tag bit 0).
    let two_dimensions = format!("{END_OF_LINE}1{ROW}") + &format!("{END_OF_LINE}0 111").repeat(3);
    let reversed: Vec<u8> = bytes(GROUP_4).iter().map(|byte| byte.reverse_bits()).collect();
    let plain = [0x0f_u8, 0x00].repeat(HEIGHT as usize);
    let cases: [(&str, Vec<u8>, Tags<'_>); 8] = [
        ("modified Huffman", bytes(&aligned), &[(259, 2)]),
        ("group 3", bytes(&ROW.repeat(HEIGHT as usize)), &[(259, 3)]),
        ("group 3 with marks", bytes(&with_marks), &[(259, 3)]),
        (
            "group 3 in two dimensions",
            bytes(&two_dimensions),
            &[(259, 3), (292, 1)],
        ),
        ("group 4", bytes(GROUP_4), &[(259, 4)]),
        ("group 4, lowest bit first", reversed, &[(259, 4), (266, 2)]),
        ("without compression", plain.clone(), &[(259, 1)]),
        (
            "without compression, white is one",
            plain.iter().map(|byte| !byte).collect(),
            &[(259, 1), (262, 1)],
        ),
    ];
    for (name, strip, tags) in cases {
        let (width, height, dots) = drawn(tiff(&[(&strip, tags)]), 0, WIDTH).await;
        assert_eq!((width, height), (WIDTH, HEIGHT), "{name}");
        assert_eq!(dots, expected, "{name}");
    }
}

#[tokio::test]
async fn a_tiff_has_as_many_pages_as_directories() {
    let page = bytes(GROUP_4);
    let white = bytes("1111");
    let file = tiff(&[(&page, &[(259, 4)]), (&white, &[(259, 4)])]);
    assert_eq!(pages(file.clone()).await.unwrap().len(), 2);
    let (_, _, dots) = drawn(file.clone(), 1, WIDTH).await;
    assert!(dots.iter().all(|dot| *dot == 255));
    let error = draw(file, 2, WIDTH).await.unwrap_err();
    assert!(error.to_string().contains("no such page"), "{error}");
}

#[tokio::test]
async fn a_coarse_fax_is_as_tall_as_it_was_printed() {
    // Whole numbers are allowed for resolutions too: 200 across, 100 down.
    let file = tiff(&[(&bytes(GROUP_4), &[(259, 4), (282, 200), (283, 100)])]);
    let page = pages(file.clone()).await.unwrap()[0];
    assert_eq!((page.width, page.height), (6, 3));
    let (width, height, _) = drawn(file, 0, WIDTH).await;
    assert_eq!((width, height), (16, 8));
}

#[tokio::test]
async fn a_pdf_is_drawn_as_wide_as_it_is_asked_for() {
    let page = pages(pdf()).await.unwrap()[0];
    assert_eq!((page.width, page.height), (200, 100));
    let (width, height, dots) = drawn(pdf(), 0, 100).await;
    assert_eq!((width, height), (100, 50));
    assert_eq!((dots[10], dots[90]), (0, 255));
    assert!(draw(pdf(), 1, 100).await.is_err());
}

#[tokio::test]
async fn what_cannot_be_shown_says_so_in_plain_words() {
    assert!(
        refused(b"GIF89a".to_vec())
            .await
            .contains("neither a PDF nor a TIFF")
    );
    assert!(refused(Vec::new()).await.contains("neither a PDF nor a TIFF"));
    assert!(
        refused(b"%PDF-1.4 and then nothing".to_vec())
            .await
            .contains("damaged")
    );
    assert!(refused(b"II*\0\xff\xff\0\0".to_vec()).await.contains("damaged"));
    let unknown = tiff(&[(&[0], &[(259, 34_712)])]);
    assert!(
        draw(unknown, 0, 10)
            .await
            .unwrap_err()
            .to_string()
            .contains("compressed in a way")
    );
}

#[tokio::test]
async fn an_image_that_is_no_page_is_refused_before_it_fills_the_memory() {
    let huge = tiff(&[(
        &bytes(GROUP_4),
        &[(259, 4), (256, 100_000), (257, 100_000), (278, 100_000)],
    )]);
    assert!(
        draw(huge, 0, 100)
            .await
            .unwrap_err()
            .to_string()
            .contains("too large")
    );
}

#[tokio::test]
async fn a_page_that_was_cut_off_shows_what_arrived() {
    let (first_row, _) = GROUP_4.split_at(11);
    let strip = bytes(first_row);
    let (_, _, dots) = drawn(tiff(&[(&strip, &[(259, 4)])]), 0, WIDTH).await;
    assert_eq!(dots[4..8], [0; 4]);
    assert_eq!(dots.len(), (WIDTH * HEIGHT) as usize);
}

#[test]
fn a_crooked_reader_is_a_damaged_fax_and_not_the_end_of_the_program() {
    let error = drawing_work::unharmed(|| -> Result<(), FaxError> { panic!("index out of bounds") });
    assert_eq!(error, Err(FaxError::Damaged));
}

/// The dots of a page of 200 by 100, one to the point.
async fn page(content: &str, resources: &str, further: &[String]) -> Vec<u8> {
    let (width, height, dots) = drawn(pdf_of(content, resources, further), 0, 200).await;
    assert_eq!((width, height), (200, 100));
    dots
}

/// A column of dots, from top to bottom, without the white ones.
fn column(dots: &[u8], x: usize) -> Vec<(usize, u8)> {
    let dots = dots.iter().skip(x).step_by(200).copied();
    dots.enumerate().filter(|(_, grey)| *grey < 255).collect()
}

#[tokio::test]
async fn a_thin_line_is_black_on_one_row_and_a_frame_has_even_sides() {
    let line = page("0.3 w 10 50.3 m 190 50.3 l S", "", &[]).await;
    assert_eq!(column(&line, 100), [(50, 0)]);
    let frame = page("2 w 20.4 20.4 100 60 re S", "", &[]).await;
    let across: Vec<_> = (0..200).filter(|x| frame[50 * 200 + x] < 255).collect();
    assert_eq!(column(&frame, 70).len(), 4);
    assert_eq!(
        across,
        [19, 20, 119, 120].map(|x| x + usize::from(across[0] == 20))
    );
    assert!(frame.iter().all(|grey| matches!(grey, 0 | 255)));
    let dashed = page("1 w [10 10] 0 d 0 50.5 m 200 50.5 l S", "", &[]).await;
    assert_eq!((column(&dashed, 5).len(), column(&dashed, 15).len()), (1, 0));
}

#[tokio::test]
async fn surfaces_that_meet_between_two_dots_leave_no_seam() {
    let dots = page("0 0 100.4 100 re f 100.4 0 99.6 100 re f", "", &[]).await;
    assert!(dots.iter().all(|grey| *grey == 0));
}

#[tokio::test]
async fn letters_of_a_line_stand_on_the_same_row_wherever_it_begins() {
    let font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>";
    let at = |x: f64, y: f64| page_of_text(format!("BT /F 20 Tf {x} {y} Td (H) Tj ET"), font);
    let line = at(20.0, 40.2).await;
    assert!(line.iter().any(|grey| *grey < 100));
    assert_eq!(line, at(20.1, 40.7).await);
    assert_ne!(line, at(20.5, 40.2).await);
    assert_ne!(line, at(20.0, 41.2).await);
}

async fn page_of_text(content: String, resources: &str) -> Vec<u8> {
    page(&content, resources, &[]).await
}

#[tokio::test]
async fn a_picture_is_where_it_belongs_however_it_is_turned() {
    // Black on the left, white on the right; the upper left dot of four is grey.
    let image = "/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Filter/ASCIIHexDecode";
    let image = stream(image, "80FF 00FF>");
    let resources = "/XObject<</I 5 0 R>>";
    let corners = |dots: Vec<u8>| [(10, 10), (80, 10), (10, 80), (80, 80)].map(|(x, y)| dots[y * 200 + x]);
    for (matrix, expected) in [
        ("100 0 0 100 0 0", [128, 255, 0, 255]),
        ("-100 0 0 100 100 0", [255, 128, 255, 0]),
        ("100 0 0 -100 0 100", [0, 255, 128, 255]),
        ("0 100 -100 0 100 0", [255, 255, 128, 0]),
        ("0 -100 100 0 0 100", [0, 128, 255, 255]),
        ("0 100 100 0 0 0", [255, 255, 0, 128]),
    ] {
        let content = format!("q {matrix} cm /I Do Q");
        let dots = page(&content, resources, std::slice::from_ref(&image)).await;
        assert_eq!(corners(dots), expected, "{matrix}");
    }
    // Slanted: not on our canvas, and there all the same.
    let dots = page("q 100 20 -20 100 40 0 cm /I Do Q", resources, &[image]).await;
    assert!(dots.contains(&0));
}

#[tokio::test]
async fn hatching_and_shading_stay_within_their_surface() {
    let tile = "/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 10 10]/XStep 10/YStep 10/Resources<<>>";
    let tile = stream(tile, "0 0 10 5 re f");
    let shading = "<</PatternType 2/Shading<</ShadingType 2/ColorSpace/DeviceGray/Coords[100 0 200 0]\
        /Function<</FunctionType 2/Domain[0 1]/C0[0]/C1[1]/N 1>>>>>>";
    let resources = "/Pattern<</T 5 0 R/S 6 0 R>>";
    let content = "/Pattern cs /T scn 0 20 60 60 re f /S scn 100 20 100 60 re f";
    let dots = page(content, resources, &[tile, shading.to_owned()]).await;
    let at = |x: usize, y: usize| dots[y * 200 + x];
    assert_eq!(
        (at(30, 67), at(30, 62), at(30, 90), at(80, 50)),
        (0, 255, 255, 255)
    );
    assert!(at(105, 50) < 30 && (100..160).contains(&at(150, 50)) && at(195, 50) > 225);
    assert_eq!(at(105, 10), 255);
}

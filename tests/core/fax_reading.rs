//! Reading faxes against a company that sends them: opened, turned, drawn in parts, kept when RingCentral loses them, and saved.

mod words;

use crate::office::{ADA, Office, stranger};
use domain::communication::Communication;
use domain::fax::{FaxFormat, FaxView};
use domain::ids::CommunicationId;
use domain::inbox::InboxTab;
use domain::ipc::ErrorCode;
use domain::ipc::fax::{GetFaxTransfer, OpenFax, ReadFaxPart, SaveFax, TurnFaxPage};
use domain::kept::Kept;
use jiff::SignedDuration;
use simulator::media::DocumentFormat;
use simulator::world::ids::MessageId;
use simulator::world::message_store::MessageQuery;
use simulator::world::messages::MessageType;
use simulator::{Effect, Fault};
use std::path::PathBuf;
use switchboard_core::CoreError;

async fn open(office: &Office, item: CommunicationId) -> Result<FaxView, CoreError> {
    office.board.open_fax(OpenFax { item, fetch: true }).await
}

async fn known(office: &Office, item: CommunicationId) -> Result<FaxView, CoreError> {
    office.board.open_fax(OpenFax { item, fetch: false }).await
}

async fn faxes(office: &Office) -> Vec<Communication> {
    office.items(InboxTab::Fax).await
}

/// The newest fax at RingCentral.
fn newest_there(office: &Office) -> MessageId {
    office.world(|world| {
        let alive = MessageQuery {
            kinds: vec![MessageType::Fax],
            ..MessageQuery::alive(ADA)
        };
        world.messages(&alive).records[0].id
    })
}

async fn one_unread(format: DocumentFormat) -> (Office, CommunicationId) {
    let office = Office::open().await;
    office.receive_fax_as(stranger(3), format);
    office.synchronise().await;
    let id = faxes(&office).await[0].id;
    (office, id)
}

/// A fax that was read at another device, so that nothing of it is fetched ahead.
async fn read_elsewhere() -> (Office, CommunicationId) {
    let office = Office::open().await;
    office.receive_fax_as(stranger(3), DocumentFormat::Pdf);
    office.read_fax_elsewhere();
    office.synchronise().await;
    let id = faxes(&office).await[0].id;
    (office, id)
}

fn dimensions(picture: &[u8]) -> (u32, u32) {
    assert!(picture.starts_with(b"\x89PNG"));
    let number = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[tokio::test]
async fn an_unread_fax_is_here_before_anybody_asks_and_opens_without_network() {
    for format in [DocumentFormat::Pdf, DocumentFormat::Tiff] {
        let (mut office, id) = one_unread(format).await;
        office.kill_and_reopen_without_network().await;
        let view = open(&office, id).await.unwrap();
        assert_eq!(view.pages.len(), 2, "{format:?}");
        assert!(view.faults.is_empty());
        assert!(view.pages.iter().all(|page| page.size.height > page.size.width));
        let Kept::There {
            until: Some(until),
            is_archived: true,
            ..
        } = view.kept
        else {
            panic!("{:?}", view.kept);
        };
        assert!(until > office.clock.now() + SignedDuration::from_hours(29 * 24));
    }
}

#[tokio::test]
async fn a_fax_that_was_read_is_fetched_when_somebody_opens_it_and_once() {
    let (office, id) = read_elsewhere().await;
    assert_eq!(office.asked("readMessageContent"), 0);
    let (one, two) = tokio::join!(open(&office, id), open(&office, id));
    assert_eq!(one.unwrap(), two.unwrap());
    assert_eq!(office.asked("readMessageContent"), 1);
    let transfer = office.board.get_fax_transfer(GetFaxTransfer { item: id }).await;
    assert_eq!(transfer.unwrap(), None);
}

#[tokio::test]
async fn what_is_known_of_a_fax_is_told_without_fetching_it() {
    let (office, id) = read_elsewhere().await;
    let view = known(&office, id).await.unwrap();
    assert_eq!(office.asked("readMessageContent"), 0);
    assert!(view.pages.is_empty() && view.faults.is_empty());
    let is_here = |view: &FaxView| {
        matches!(
            view.kept,
            Kept::There {
                is_archived: true,
                ..
            }
        )
    };
    assert!(!is_here(&view));
    open(&office, id).await.unwrap();
    assert!(is_here(&known(&office, id).await.unwrap()));
}

#[tokio::test]
async fn without_network_a_fax_that_is_not_here_says_so() {
    let (office, id) = read_elsewhere().await;
    let cut = Fault::once("readMessageContent", Effect::CutBody { after_bytes: 500 }).times(9);
    office.control.add_fault(cut);
    assert_eq!(open(&office, id).await.unwrap_err().code(), ErrorCode::Offline);
    office.control.clear_faults();
    assert_eq!(open(&office, id).await.unwrap().pages.len(), 2);
}

#[tokio::test]
async fn a_turned_page_is_still_turned_after_a_restart() {
    let (mut office, id) = one_unread(DocumentFormat::Pdf).await;
    let page = open(&office, id).await.unwrap().pages[1];
    let turn = |quarter_turns| TurnFaxPage {
        id: page.attachment,
        index: 1,
        quarter_turns,
    };
    office.board.turn_fax_page(turn(3)).await.unwrap();
    office.kill_and_reopen().await;
    let turns = |view: FaxView| -> Vec<u8> { view.pages.iter().map(|page| page.quarter_turns).collect() };
    assert_eq!(turns(open(&office, id).await.unwrap()), [0, 3]);
    office.board.turn_fax_page(turn(4)).await.unwrap();
    assert_eq!(turns(open(&office, id).await.unwrap()), [0, 0]);
}

#[tokio::test]
async fn a_part_of_a_page_is_as_large_as_it_was_asked_for() {
    let (office, id) = one_unread(DocumentFormat::Pdf).await;
    let page = open(&office, id).await.unwrap().pages[0];
    let part = ReadFaxPart {
        id: page.attachment,
        index: 0,
        page_width_px: 5_000,
        left: 400,
        top: 300,
        width: 640,
        height: 480,
    };
    let picture = office.board.read_fax_part(part).await.unwrap();
    assert_eq!(dimensions(&picture), (640, 480));
}

/// A PDF with one page and these further objects.
fn pdf(content: &str, resources: &str, further: &[String]) -> Vec<u8> {
    let stream = |entries: &str, content: &str| {
        format!(
            "<<{entries}/Length {}>>stream\n{content}\nendstream",
            content.len()
        )
    };
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<<{resources}>>>>"),
        stream("", content),
    ];
    objects.extend_from_slice(further);
    let mut file = String::from("%PDF-1.7\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in (1..).zip(&objects) {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj{object}\nendobj\n"));
    }
    let (size, start) = (objects.len() + 1, file.len());
    file.push_str(&format!(
        "xref\n0 {size}\n{table}trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF"
    ));
    file.into_bytes()
}

#[tokio::test]
async fn a_file_made_to_do_harm_gets_a_sentence_and_other_faxes_are_drawn_meanwhile() {
    use_reader();
    let image = "<</Type/XObject/Subtype/Image/Width 1000000000/Height 1000000000/BitsPerComponent 1/ColorSpace/DeviceGray\
        /Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns 1000000000/Rows 1000000000>>/Length 4>>stream\n0000\nendstream";
    // More memory than there is: in this process it would be the end of everything.
    let immense = pdf(
        "612 0 0 792 0 0 cm /I Do",
        "/XObject<</I 5 0 R>>",
        &[image.to_owned()],
    );
    // A form that draws the next ten times, and so on: it would take years.
    let forms: Vec<String> = (6..40)
        .map(|next| {
            let calls = "/F Do ".repeat(10);
            format!(
                "<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</XObject<</F {next} 0 R>>>>/Length {}>>\
                 stream\n{calls}\nendstream",
                calls.len()
            )
        })
        .collect();
    let endless = pdf("/F Do", "/XObject<</F 5 0 R>>", &forms);
    let harmless = pdf("0 0 300 300 re f", "", &[]);
    let (immense, endless, harmless) = tokio::join!(
        switchboard_core::fax::draw(immense, 0, 200),
        switchboard_core::fax::draw(endless, 0, 200),
        switchboard_core::fax::draw(harmless, 0, 200),
    );
    for refused in [immense, endless] {
        assert!(refused.unwrap_err().to_string().contains("takes too much"));
    }
    assert_eq!(dimensions(&harmless.unwrap()), (200, 259));
}

#[tokio::test]
async fn lines_tiles_and_letters_beyond_number_come_to_an_end() {
    use_reader();
    let tile = |step: &str, content: &str| {
        format!(
            "<</PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep {step}/YStep {step}/Resources<</Pattern<</P 5 0 R>>>>\
             /Length {}>>stream\n{content}\nendstream",
            content.len()
        )
    };
    let pattern = "/Pattern<</P 5 0 R>>";
    let painted = "/Pattern cs /P scn 0 0 612 792 re f";
    let cases = [
        (
            "dashes",
            pdf("[0.00001] 0 d 0 400 m 612 400 l 0 0 612 792 re S", "", &[]),
        ),
        (
            "far dashes",
            pdf("[1] 0 d -1000000000 400 m 1000000000 401 l S", "", &[]),
        ),
        ("tiles", pdf(painted, pattern, &[tile("0.001", "0 0 1 1 re f")])),
        (
            "tiles within themselves",
            pdf(painted, pattern, &[tile("1", "/Pattern cs /P scn 0 0 1 1 re f")]),
        ),
        (
            "no number",
            pdf(
                "1e38 0 0 1e38 0 0 cm 1e38 w 0 0 m 1e38 1e38 l S 0 0 1e38 1e38 re f",
                "",
                &[],
            ),
        ),
    ];
    for (name, document) in cases {
        let outcome = switchboard_core::fax::draw(document, 0, 200).await;
        if let Err(refused) = outcome {
            assert!(
                refused.to_string().contains("takes too much"),
                "{name}: {refused}"
            );
        }
    }
    let harmless = switchboard_core::fax::draw(pdf("0 0 300 300 re f", "", &[]), 0, 200).await;
    assert_eq!(dimensions(&harmless.unwrap()), (200, 259));
}

/// From here on for all tests of this program: none of them tells the difference.
fn use_reader() {
    switchboard_core::fax::read_pages_with(PathBuf::from(env!("CARGO_BIN_EXE_fax-reader")));
}

#[tokio::test]
async fn a_fax_that_ringcentral_lost_stays_and_one_that_a_person_deleted_there_goes() {
    let (office, id) = one_unread(DocumentFormat::Pdf).await;
    office.receive_fax_as(stranger(4), DocumentFormat::Tiff);
    office.synchronise().await;
    let deleted = newest_there(&office);
    office.world(|world| world.delete_message(ADA, deleted, false).unwrap());
    office.pass(SignedDuration::from_mins(1));
    office.synchronise().await;
    let left: Vec<_> = faxes(&office).await.into_iter().map(|fax| fax.id).collect();
    assert_eq!(left, [id]);

    office.pass(SignedDuration::from_hours(26 * 24));
    let lost = newest_there(&office);
    office.world(|world| world.delete_message(ADA, lost, true).unwrap());
    office.synchronise().await;
    let view = open(&office, id).await.unwrap();
    assert_eq!(view.kept, Kept::OnlyHere);
    assert_eq!(view.pages.len(), 2);
}

#[tokio::test]
async fn a_read_fax_is_archived_before_ringcentral_loses_it() {
    let (office, id) = read_elsewhere().await;
    office.pass(SignedDuration::from_hours(26 * 24));
    office.synchronise().await;
    assert_eq!(office.asked("readMessageContent"), 1);
    let view = open(&office, id).await.unwrap();
    assert!(matches!(
        view.kept,
        Kept::There {
            is_archived: true,
            ..
        }
    ));
}

async fn saved(office: &Office, item: CommunicationId, format: FaxFormat) -> PathBuf {
    let saved = office.board.save_fax(SaveFax { item, format }).await.unwrap();
    PathBuf::from(saved.path)
}

#[tokio::test]
async fn a_fax_is_saved_in_every_form_and_nothing_is_overwritten() {
    for format in [DocumentFormat::Pdf, DocumentFormat::Tiff] {
        let (office, id) = one_unread(format).await;
        let page = open(&office, id).await.unwrap().pages[0];
        let turn = TurnFaxPage {
            id: page.attachment,
            index: 0,
            quarter_turns: 1,
        };
        office.board.turn_fax_page(turn).await.unwrap();
        let first = saved(&office, id, FaxFormat::AsReceived).await;
        let second = saved(&office, id, FaxFormat::AsReceived).await;
        assert_ne!(first, second);
        assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());

        let pdf = std::fs::read(saved(&office, id, FaxFormat::Pdf).await).unwrap();
        let sizes = switchboard_core::fax::pages(pdf).await.unwrap();
        assert_eq!(sizes.len(), 2, "{format:?}");
        assert!(
            sizes[0].width > sizes[0].height,
            "the first is turned: {format:?}"
        );
        assert!(sizes[1].width < sizes[1].height, "{format:?}");

        let tiff = std::fs::read(saved(&office, id, FaxFormat::Tiff).await).unwrap();
        assert!(tiff.starts_with(b"II*"));
        let sizes = switchboard_core::fax::pages(tiff).await.unwrap();
        assert!(sizes.len() == 2 && sizes[0].width > sizes[0].height, "{format:?}");

        let folder = saved(&office, id, FaxFormat::Png).await;
        let pictures: Vec<_> = ["Page 001.png", "Page 002.png"]
            .iter()
            .map(|name| dimensions(&std::fs::read(folder.join(name)).unwrap()))
            .collect();
        assert!(
            pictures[0].0 > pictures[0].1 && pictures[1].0 < pictures[1].1,
            "{format:?}"
        );
        assert_ne!(saved(&office, id, FaxFormat::Png).await, folder);
    }
}

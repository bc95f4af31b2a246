//! What RingCentral takes at once.

use super::drafts::Bench;
use domain::fax::PageChoice;

/// A document that only RingCentral can convert, of so many bytes.
fn spreadsheet(bytes: usize) -> Vec<u8> {
    let mut file = b"PK\x03\x04".to_vec();
    file.resize(bytes, 0);
    file
}

#[tokio::test]
async fn more_than_fifty_megabytes_in_all_are_said_before_sending_and_not_sent() {
    let bench = Bench::new().await;
    let id = bench.begin().await;
    let half = 25 * 1024 * 1024;
    bench.add(id, "One.xlsx", &spreadsheet(half)).await;
    bench.add(id, "Two.xlsx", &spreadsheet(half)).await;
    let check = bench.desk.check(None, id).await.unwrap();
    assert_eq!((check.problems, check.size_bytes), (Vec::new(), 2 * half as u64));
    let draft = bench.add(id, "Three.xlsx", &spreadsheet(8)).await;
    let check = bench.desk.check(None, id).await.unwrap();
    assert!(
        matches!(&check.problems[..], [words] if words.contains("51 MB") && words.contains("50 MB at once")),
        "{:?}",
        check.problems
    );
    assert!(bench.desk.send(None, id).await.is_err());
    let chosen: Vec<PageChoice> = draft.pages[..2]
        .iter()
        .map(|page| PageChoice {
            file: page.file,
            index: page.index,
            quarter_turns: 0,
        })
        .collect();
    bench.desk.set_pages(id, &chosen).await.unwrap();
    bench.desk.send(None, id).await.unwrap();
}

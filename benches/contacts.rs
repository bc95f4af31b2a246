//! Fifty thousand contacts come in, are looked at, and are taken back.

use crate::desk::Desk;
use crate::figures::{Samples, tell, timed};
use base64::Engine;
use domain::import::ImportFormat;
use domain::ipc::contacts::{ImportContacts, ListContacts, PreviewImport};
use domain::ipc::inbox::Undo;
use std::fmt::Write;
use switchboard_core::Switchboard;

const CONTACTS: usize = 50_000;

pub(crate) async fn measure(desk: &Desk) {
    let board = desk.board();
    import(board).await;
    read(board).await;
}

async fn import(board: &Switchboard) {
    let mut csv = String::from("Name,Company,Mobile,Email,Notes\n");
    for n in 0..CONTACTS {
        let _ = writeln!(
            csv,
            "Person {n},Company {},+1 612 {:03} {:04},p{n}@example.com,\"Met at the fair, stand {n}\"",
            n % 900,
            200 + n / 10_000,
            n % 10_000
        );
    }
    let content_base64 = base64::engine::general_purpose::STANDARD.encode(csv);
    let request = PreviewImport {
        format: ImportFormat::Csv,
        content_base64: content_base64.clone(),
        mapping: None,
    };
    let preview = timed("preview of 50,000 contacts", board.preview_import(request))
        .await
        .unwrap();
    let request = ImportContacts {
        format: ImportFormat::Csv,
        content_base64,
        mapping: None,
    };
    let importing = board.clone();
    let import =
        tokio::spawn(
            async move { timed("import of 50,000 contacts", importing.import_contacts(request)).await },
        );
    let mut pages = Samples::default();
    while !import.is_finished() {
        pages.take(list(board, "")).await;
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let report = import.await.unwrap().unwrap();
    pages.tell("  a page of contacts meanwhile");
    tell(
        "  previewed, imported",
        format!("{}, {}", preview.adds, report.added),
    );
    timed("taking the import back", board.undo(Undo { token: report.undo }))
        .await
        .unwrap();
    let request = ImportContacts {
        format: ImportFormat::Csv,
        content_base64: base64::engine::general_purpose::STANDARD.encode(csv_again()),
        mapping: None,
    };
    board.import_contacts(request).await.unwrap();
}

fn csv_again() -> String {
    let mut csv = String::from("Name,Mobile\n");
    for n in 0..CONTACTS {
        let _ = writeln!(csv, "Person {n},+1 612 {:03} {:04}", 200 + n / 10_000, n % 10_000);
    }
    csv
}

async fn read(board: &Switchboard) {
    for query in ["", "person 4711", "5550", "p"] {
        let mut pages = Samples::default();
        for _ in 0..50 {
            pages.take(list(board, query)).await;
        }
        pages.tell(&format!("contacts with {query:?} among 50,000"));
    }
}

async fn list(board: &Switchboard, query: &str) -> u64 {
    let request = ListContacts {
        query: query.to_owned(),
        offset: 0,
        limit: 100,
    };
    board.list_contacts(request).await.unwrap().total
}

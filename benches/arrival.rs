//! Two years of the demo company arrive, while somebody reads.

use crate::desk::Desk;
use crate::figures::{Samples, tell, timed};
use domain::inbox::{InboxTab, Subject};
use domain::ipc::inbox::{ListInbox, ListTimeline, OpenItem, Search, SetDone, SetRead};
use domain::ipc::session::{AppState, GetAppState};
use std::time::{Duration, Instant};
use switchboard_core::Switchboard;

/// A window asks about this often while things arrive.
const BETWEEN_READS: Duration = Duration::from_millis(20);

/// What one answer of the server brings, and more than a screen holds.
const FIRST_RECORDS: usize = 200;

pub(crate) async fn measure(desk: &Desk) {
    let began = Instant::now();
    desk.sign_in().await;
    tell("signed in", format!("{:.1?}", began.elapsed()));
    let board = desk.board();
    let mut pages = Samples::default();
    let mut states = Samples::default();
    let mut items = Samples::default();
    let mut writes = Samples::default();
    let mut are_first_here = false;
    loop {
        let rows = pages.take(page(board, InboxTab::All)).await;
        if !are_first_here && rows.len() >= FIRST_RECORDS {
            are_first_here = true;
            tell(
                "the first full list since signing in",
                format!("{:.1?}", began.elapsed()),
            );
        }
        if let Some(row) = rows.first() {
            let request = OpenItem { id: row.item.id };
            items.take(board.open_item(request)).await.unwrap();
            let request = SetRead {
                ids: vec![row.item.id],
                is_read: true,
            };
            writes.take(board.set_read(request)).await.unwrap();
        }
        let state = states.take(state(board)).await;
        if state.sync.backfill.is_some_and(|history| history.is_finished) {
            break;
        }
        tokio::time::sleep(BETWEEN_READS).await;
    }
    tell(
        "all of two years since signing in",
        format!("{:.1?}", began.elapsed()),
    );
    pages.tell("  a page of the inbox meanwhile");
    items.tell("  opening an item meanwhile");
    states.tell("  state and counts meanwhile");
    writes.tell("  marking an item as read meanwhile");
    at_rest(board).await;
}

/// The same when everything is here.
async fn at_rest(board: &Switchboard) {
    for tab in [InboxTab::All, InboxTab::Unread, InboxTab::Calls, InboxTab::Missed] {
        let mut pages = Samples::default();
        for _ in 0..100 {
            pages.take(page(board, tab)).await;
        }
        pages.tell(&format!("a page of {tab:?} at rest"));
    }
    let mut states = Samples::default();
    for _ in 0..100 {
        states.take(state(board)).await;
    }
    states.tell("state and counts at rest");
    for query in ["rebar", "555", "5550", "ma", "delivery tomorrow"] {
        let mut found = Samples::default();
        for _ in 0..20 {
            let request = Search {
                query: query.to_owned(),
                limit: 20,
            };
            found.take(board.search(request)).await.unwrap();
        }
        found.tell(&format!("searching {query:?}"));
    }
    let rows = page(board, InboxTab::All).await;
    if let Some(contact) = rows.iter().find_map(|row| row.item.party.contact.as_ref()) {
        let request = ListTimeline {
            subject: Subject::Contact(contact.id),
            before: None,
            limit: 50,
        };
        timed("somebody's timeline", board.list_timeline(request))
            .await
            .unwrap();
    }
    let ids = rows.iter().map(|row| row.item.id).collect();
    timed("200 items done", board.set_done(SetDone { ids, is_done: true }))
        .await
        .unwrap();
}

async fn page(board: &Switchboard, tab: InboxTab) -> Vec<domain::inbox::InboxRow> {
    let request = ListInbox {
        tab,
        after: None,
        limit: 200,
    };
    board.list_inbox(request).await.unwrap().rows
}

async fn state(board: &Switchboard) -> AppState {
    board.get_app_state(GetAppState {}).await.unwrap()
}

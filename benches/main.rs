//! How long the things take that a person would feel: the demo company arriving, the window's reads meanwhile, fifty
//! thousand contacts, and changing a contact with a long history.
//!
//! It prints what it measured and judges nothing. The simulator runs in the same process on a runtime of its own, so the
//! times of the arrival include its work.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a measurement may be blunt"
)]

mod arrival;
mod contacts;
mod desk;
mod figures;
mod history;

use desk::Desk;

fn main() {
    let desk = Desk::set_up();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        arrival::measure(&desk).await;
        contacts::measure(&desk).await;
        history::measure().await;
        desk.board().shut_down().await;
    });
}

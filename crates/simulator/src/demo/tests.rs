//! The demo company as a whole.

use std::time::Instant;

use super::*;
use crate::world::call_log::{CallLogQuery, CallLogScope};
use crate::world::message_store::MessageQuery;
use crate::world::messages::{Direction, MessageType, ReadStatus};

fn demo() -> World {
    world(1, Clock::manual("2026-06-10T18:00:00Z".parse().unwrap()))
}

#[test]
fn rosa_sees_about_sixty_thousand_records() {
    let started = Instant::now();
    let world = demo();
    let took = started.elapsed();
    let calls = world.call_log(&CallLogQuery { limit: 0, ..CallLogQuery::all(CallLogScope::Extension(SIGNED_IN)) }).total;
    let count = |kinds: &[MessageType]| {
        world.messages(&MessageQuery { kinds: kinds.to_vec(), limit: 0, ..MessageQuery::alive(SIGNED_IN) }).total
    };
    let account = world.call_log(&CallLogQuery { limit: 0, ..CallLogQuery::all(CallLogScope::Account) }).total;
    eprintln!(
        "{took:?} calls {calls} account {account} sms {} vm {} fax {} pager {} contacts {}",
        count(&[MessageType::Sms]),
        count(&[MessageType::VoiceMail]),
        count(&[MessageType::Fax]),
        count(&[MessageType::Pager]),
        world.address_book(SIGNED_IN).unwrap().alive().count(),
    );
    assert!((55_000..65_000).contains(&(calls + count(&[]))), "{calls} calls, {} messages", count(&[]));
    assert!((100..200).contains(&count(&[MessageType::VoiceMail])));
    assert!(count(&[MessageType::Fax]) > 800);
    assert!(account > 40_000);
}

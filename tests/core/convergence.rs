//! Whatever happens there and here, in whatever order and with whatever mishaps between: in the end both sides hold the
//! same.

use crate::office::{ADA, Office, stranger};
use domain::inbox::InboxTab;
use domain::ipc::inbox::SetRead;
use domain::ipc::voicemail::DeleteVoicemail;
use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use simulator::world::call_log::{CallLogQuery, CallLogScope};
use simulator::world::message_store::MessageQuery;
use simulator::world::messages::ReadStatus;
use simulator::{Effect, Fault};
use switchboard_core::sync::Lane;

/// Something that happens to the company, to the person, or on the way between them.
#[derive(Debug, Clone)]
enum Happening {
    Text(u32),
    MissedCall(u32),
    Voicemail(u32),
    ReadElsewhere(usize),
    MessageDeleted(usize),
    MessagePurged(usize),
    VoicemailDeletedHere(usize),
    CallDeleted(usize),
    ReadHere(usize, bool),
    TokensExpire,
    Mishap(usize, usize),
    Step(usize),
    Synchronise,
    Kill,
    Pass(i64),
}

const OPERATIONS: [&str; 8] = [
    "syncMessages",
    "syncUserCallLog",
    "listMessages",
    "readUserCallLog",
    "updateMessage",
    "deleteMessage",
    "readMessage",
    "readMessageContent",
];

fn mishaps() -> [Effect; 6] {
    [
        Effect::ServerError {
            status: 503,
            error_code: "CMN-201".into(),
        },
        Effect::LoseReply,
        Effect::CutBody { after_bytes: 300 },
        Effect::GarbageBody,
        Effect::ExpireToken,
        Effect::ExpiredSyncToken,
    ]
}

fn happening() -> impl Strategy<Value = Happening> {
    use Happening as Is;
    prop_oneof![
        4 => (0..9u32).prop_map(Is::Text),
        2 => (0..9u32).prop_map(Is::MissedCall),
        2 => (0..9u32).prop_map(Is::Voicemail),
        2 => (0..40usize).prop_map(Is::ReadElsewhere),
        1 => (0..40usize).prop_map(Is::MessageDeleted),
        1 => (0..40usize).prop_map(Is::CallDeleted),
        3 => (0..40usize, any::<bool>()).prop_map(|(index, is_read)| Is::ReadHere(index, is_read)),
        1 => (0..40usize).prop_map(Is::MessagePurged),
        1 => (0..4usize).prop_map(Is::VoicemailDeletedHere),
        1 => Just(Is::TokensExpire),
        3 => (0..OPERATIONS.len(), 0..mishaps().len()).prop_map(|(operation, effect)| Is::Mishap(operation, effect)),
        3 => (0..Lane::ALL.len()).prop_map(Is::Step),
        2 => Just(Is::Synchronise),
        1 => Just(Is::Kill),
        3 => (1..7200i64).prop_map(Is::Pass),
    ]
}

async fn happen(office: &mut Office, happening: &Happening) {
    match *happening {
        Happening::Text(from) => office.receive_text(stranger(from), "Hello"),
        Happening::MissedCall(from) => office.miss_call(stranger(from)),
        Happening::Voicemail(from) => office.leave_voicemail(stranger(from)),
        Happening::ReadElsewhere(index) => {
            if let Some(id) = nth_message(office, index) {
                office.world(|world| world.set_read_status(ADA, id, ReadStatus::Read).unwrap());
            }
        }
        Happening::MessageDeleted(index) => {
            // An answer without any record proves nothing, so the last one stays.
            if let Some(id) = nth_message(office, index).filter(|_| nth_message(office, 1).is_some()) {
                office.world(|world| world.delete_message(ADA, id, false).unwrap());
            }
        }
        // Young messages, and never a full mailbox: a person did it, so it goes here too.
        Happening::MessagePurged(index) => {
            if let Some(id) = nth_message(office, index).filter(|_| nth_message(office, 1).is_some()) {
                office.world(|world| world.delete_message(ADA, id, true).unwrap());
            }
        }
        Happening::VoicemailDeletedHere(index) => {
            let items = office.items(InboxTab::Voicemail).await;
            if let Some(item) = items.get(index).filter(|_| nth_message(office, 1).is_some()) {
                let item = item.id;
                office
                    .board
                    .delete_voicemail(DeleteVoicemail { item })
                    .await
                    .unwrap();
            }
        }
        Happening::CallDeleted(index) => office.world(|world| {
            let all = CallLogQuery::all(CallLogScope::Extension(ADA));
            let records = world.call_log(&all).records;
            let id = records
                .get(index)
                .filter(|_| records.len() > 1)
                .map(|call| call.id);
            if let Some(id) = id {
                world.delete_call_record(id).unwrap();
            }
        }),
        Happening::ReadHere(index, is_read) => {
            let items = office.items(InboxTab::All).await;
            if let Some(item) = items.get(index) {
                office
                    .board
                    .set_read(SetRead {
                        ids: vec![item.id],
                        is_read,
                    })
                    .await
                    .unwrap();
            }
        }
        Happening::TokensExpire => office.control.expire_sync_tokens(),
        Happening::Mishap(operation, effect) => {
            office
                .control
                .add_fault(Fault::once(OPERATIONS[operation], mishaps()[effect].clone()));
        }
        Happening::Step(lane) => {
            office.sync().retry_all();
            office.sync().step(Lane::ALL[lane]).await;
        }
        Happening::Synchronise => office.synchronise().await,
        Happening::Kill => office.kill_and_reopen().await,
        Happening::Pass(seconds) => office.pass(SignedDuration::from_secs(seconds)),
    }
}

fn nth_message(office: &Office, index: usize) -> Option<simulator::world::ids::MessageId> {
    office.world(|world| {
        world
            .messages(&MessageQuery::alive(ADA))
            .records
            .get(index)
            .map(|message| message.id)
    })
}

#[test]
fn both_sides_hold_the_same_in_the_end() {
    let cases = Config {
        cases: 24,
        failure_persistence: None,
        ..Config::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    // The same happenings at every run.
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let result = TestRunner::new_with_rng(cases, random).run(
        &prop::collection::vec(happening(), 1..40),
        |happenings| {
            runtime.block_on(async {
                let mut office = Office::open().await;
                for happening in &happenings {
                    happen(&mut office, happening).await;
                }
                office.control.clear_faults();
                office.pass(SignedDuration::from_mins(5));
                office.synchronise().await;
                // What was read here meanwhile is there by now; whatever that changed comes back.
                office.pass(SignedDuration::from_mins(5));
                office.synchronise().await;
                office.assert_converged().await;
            });
            Ok(())
        },
    );
    result.unwrap();
}

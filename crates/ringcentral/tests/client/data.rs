//! The data areas against the simulator's world.

use simulator::{
    Effect, Fault,
    scenario::{self, CallPlan, CallTarget, Ending, SteppedCall},
    world::{
        ids::{ExtensionId, MessageId},
        number::{E164, Endpoint},
    },
};
use switchboard_ringcentral::{
    Client, Priority,
    api::{
        CallsOf, Direction, ExtensionRef,
        call_log::{CallLogChange, CallLogFilter, CallResult, ListCalls, View},
        message::{AttachmentType, Availability, Message, MessageChange, MessageType, ReadStatus},
        message_store::ListMessages,
        message_sync::FullMessageSync,
        presence::{PresenceStatus, PresenceUpdate, TelephonyStatus},
        telephony::PartyStatusCode,
    },
    media::Download,
    page::{SyncPage, SyncToken},
};

use crate::support::Lab;

const NOW: Priority = Priority::Interactive;
const ADA: ExtensionId = ExtensionId(809_646_016);

fn outside() -> Endpoint {
    Endpoint::outside(E164::nanp(415, 5_550_132), Some("ACME STEEL"))
}

fn adas_number() -> E164 {
    E164::nanp(510, 5_550_101)
}

fn text(lab: &Lab, words: &str) -> MessageId {
    let send = |world: &mut _| scenario::incoming_text(world, outside(), adas_number(), words, &[]);
    lab.simulator.control().world(send).unwrap()
}

/// Sets the clock on, so that changes have times of their own and sync's overlap is left behind.
async fn later(lab: &Lab) {
    lab.advance_secs(60).await;
}

async fn full_sync(client: &Client) -> SyncPage<MessageChange> {
    let which = FullMessageSync {
        of: ExtensionRef::Own,
        created_from: "2026-03-01T00:00:00Z".parse().unwrap(),
        created_before: None,
        kinds: Vec::new(),
        direction: None,
        record_count: Some(100),
    };
    client.message_sync().full(&which, NOW).await.unwrap()
}

async fn sync_on(client: &Client, token: &SyncToken) -> SyncPage<MessageChange> {
    client
        .message_sync()
        .incremental(&ExtensionRef::Own, token, NOW)
        .await
        .unwrap()
}

fn only_message(page: &SyncPage<MessageChange>) -> &Message {
    let [MessageChange::Message(message)] = &page.records[..] else {
        panic!("{page:?}")
    };
    message
}

#[tokio::test]
async fn new_changed_and_deleted_messages_come_by_sync() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    text(&lab, "two tons of #5");
    later(&lab).await;
    let first = full_sync(&client).await;
    let message = only_message(&first);
    assert_eq!(message.subject.as_deref(), Some("two tons of #5"));
    assert_eq!(
        (&message.kind, &message.direction),
        (&MessageType::Sms, &Direction::Inbound)
    );
    assert!(message.conversation_id().is_some());
    let id = message.id.clone();

    later(&lab).await;
    let store = client.message_store();
    let read = store
        .set_read_status(&ExtensionRef::Own, &id, ReadStatus::Read, NOW)
        .await
        .unwrap();
    assert_eq!(read.read_status, Some(ReadStatus::Read));
    let second = sync_on(&client, &first.sync_info.sync_token).await;
    assert_eq!(only_message(&second).read_status, Some(ReadStatus::Read));

    later(&lab).await;
    store
        .delete(&ExtensionRef::Own, std::slice::from_ref(&id), false, NOW)
        .await
        .unwrap();
    let third = sync_on(&client, &second.sync_info.sync_token).await;
    let gone = MessageChange::Removed {
        id: id.clone(),
        availability: Availability::Deleted,
    };
    assert_eq!(third.records, [gone]);

    later(&lab).await;
    store.restore(&ExtensionRef::Own, &id, NOW).await.unwrap();
    assert_eq!(
        only_message(&sync_on(&client, &third.sync_info.sync_token).await).id,
        id
    );
}

#[tokio::test]
async fn an_expired_sync_token_is_told_from_other_refusals() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    for operation in ["syncMessages", "syncUserCallLog", "syncAddressBook"] {
        lab.simulator
            .control()
            .add_fault(Fault::once(operation, Effect::ExpiredSyncToken));
    }
    let token = SyncToken("old".into());
    let own = ExtensionRef::Own;
    let messages = client
        .message_sync()
        .incremental(&own, &token, NOW)
        .await
        .unwrap_err();
    let calls = client
        .call_log()
        .incremental_sync(&CallLogFilter::default(), &token, NOW)
        .await
        .unwrap_err();
    let contacts = client
        .address_book()
        .sync(&own, Some(&token), NOW)
        .await
        .unwrap_err();
    for error in [messages, calls, contacts] {
        assert!(error.is_sync_token_expired(), "{error:?}");
    }
    let not_there = client
        .message_store()
        .get(&own, &"1".into(), NOW)
        .await
        .unwrap_err();
    assert!(not_there.is_not_found() && !not_there.is_sync_token_expired());
}

#[tokio::test]
async fn many_messages_are_deleted_in_one_request() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let ids: Vec<_> = ["a", "b", "c"]
        .map(|words| text(&lab, words).0.to_string().into())
        .into();
    client
        .message_store()
        .delete(&ExtensionRef::Own, &ids, false, NOW)
        .await
        .unwrap();
    assert_eq!(lab.count("deleteMessage"), 1);
    let left = client
        .message_store()
        .list(&ListMessages::default(), NOW)
        .await
        .unwrap();
    assert!(left.records.is_empty());
    client
        .message_store()
        .delete(&ExtensionRef::Own, &[], false, NOW)
        .await
        .unwrap();
    assert_eq!(
        lab.count("deleteMessage"),
        1,
        "no ids, no request: it would delete everything"
    );
}

#[tokio::test]
async fn a_call_is_followed_from_ringing_to_the_call_log() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let ring = |world: &mut _| SteppedCall::ring(world, outside(), CallTarget::Extension(ADA)).unwrap();
    let call = lab.simulator.control().world(ring);
    let presence = client.presence().get(&ExtensionRef::Own, NOW).await.unwrap();
    assert_eq!(presence.telephony_status, Some(TelephonyStatus::Ringing));
    let active = presence.active_calls.unwrap();
    assert_eq!(active[0].from.as_deref(), Some("+14155550132"));
    let session_id = active[0].telephony_session_id.clone().unwrap();
    let session = client.telephony().session(&session_id, NOW).await.unwrap();
    assert!(
        session
            .parties
            .iter()
            .any(|party| party.status.code == PartyStatusCode::Proceeding)
    );

    lab.simulator.control().world(|world| call.answer(world)).unwrap();
    lab.advance_secs(30).await;
    lab.simulator
        .control()
        .world(|world| call.hang_up(world))
        .unwrap();
    later(&lab).await;
    let which = ListCalls {
        view: Some(View::Detailed),
        ..ListCalls::default()
    };
    let page = client.call_log().list(&which, NOW).await.unwrap();
    let [record] = &page.records[..] else {
        panic!("{page:?}")
    };
    assert_eq!(record.telephony_session_id.as_ref(), Some(&session_id));
    assert_eq!(record.result, Some(CallResult::Accepted));
    assert_eq!(record.duration_secs, Some(30));
    assert!(!record.legs.is_empty());
    let again = client
        .call_log()
        .get(&CallsOf::default(), &record.id, View::Detailed, NOW)
        .await
        .unwrap();
    assert_eq!(&again, record);
}

#[tokio::test]
async fn new_calls_come_by_sync() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let filter = CallLogFilter::default();
    let first = client
        .call_log()
        .full_sync(&filter, None, 100, NOW)
        .await
        .unwrap();
    assert!(first.records.is_empty());
    let miss = |world: &mut _| {
        scenario::incoming_call(
            world,
            outside(),
            CallTarget::Extension(ADA),
            &CallPlan::new(Ending::Missed),
        )
    };
    lab.simulator.control().world(miss).unwrap();
    later(&lab).await;
    let second = client
        .call_log()
        .incremental_sync(&filter, &first.sync_info.sync_token, NOW)
        .await
        .unwrap();
    let [CallLogChange::Record(record)] = &second.records[..] else {
        panic!("{second:?}")
    };
    assert_eq!(
        (&record.direction, &record.result),
        (&Direction::Inbound, &Some(CallResult::Missed))
    );
}

#[tokio::test]
async fn a_voicemails_sound_and_transcript_are_downloaded_even_when_the_line_breaks() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let speak = |world: &mut _| {
        scenario::incoming_voicemail(world, outside(), CallTarget::Extension(ADA), 0).unwrap()
    };
    lab.simulator.control().world(speak);
    later(&lab).await;
    let page = client
        .message_store()
        .list(&ListMessages::default(), NOW)
        .await
        .unwrap();
    let message = page
        .records
        .iter()
        .find(|message| message.kind == MessageType::VoiceMail)
        .unwrap();
    let link = |kind| message.attachment(&kind).and_then(|a| a.uri.clone()).unwrap();
    let options = Download::new(10_000_000, NOW);

    let mut whole = Vec::new();
    let sound = link(AttachmentType::AudioRecording);
    let done = client
        .message_store()
        .content(&sound, &options, &mut whole)
        .await
        .unwrap();
    assert_eq!(done.total_bytes, whole.len() as u64);
    assert!(done.content_type.unwrap().starts_with("audio/"));

    let cut = Fault::once("readMessageContent", Effect::CutBody { after_bytes: 1000 });
    lab.simulator.control().add_fault(cut);
    let mut pieced = Vec::new();
    client
        .message_store()
        .content(&sound, &options, &mut pieced)
        .await
        .unwrap();
    assert!(lab.simulator.control().unmet_faults().is_empty());
    assert_eq!(pieced, whole);

    let mut words = Vec::new();
    let transcript = link(AttachmentType::AudioTranscription);
    client
        .message_store()
        .content(&transcript, &options, &mut words)
        .await
        .unwrap();
    assert!(!words.is_empty());
}

#[tokio::test]
async fn colleagues_numbers_queues_and_devices_are_read() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let own = ExtensionRef::Own;
    let directory = client.directory().list_all(NOW).await.unwrap();
    assert!(
        directory
            .records
            .iter()
            .any(|entry| entry.first_name.as_deref() == Some("Ben"))
    );
    let found = client.directory().search("Cleo", 1, 10, NOW).await.unwrap();
    assert_eq!(found.records.len(), 1);
    let numbers = client.phone_numbers().of_extension(&own, NOW).await.unwrap();
    assert!(
        numbers
            .records
            .iter()
            .any(|number| number.phone_number == "+15105550101")
    );
    assert!(
        client
            .phone_numbers()
            .of_account(NOW)
            .await
            .unwrap()
            .records
            .len()
            >= 4
    );
    let queues = client.call_queues().list_all(NOW).await.unwrap();
    let members = client
        .call_queues()
        .members(&queues.records[0].id, NOW)
        .await
        .unwrap();
    assert_eq!(members.records.len(), 3);
    assert_eq!(
        client
            .devices()
            .of_extension(&own, NOW)
            .await
            .unwrap()
            .records
            .len(),
        1
    );
    assert!(
        client
            .authz_profile()
            .has_permission(&own, "ReadCallLog", NOW)
            .await
            .unwrap()
    );
    assert!(
        !client
            .authz_profile()
            .permissions(&own, NOW)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(client.presence().of_account(NOW).await.unwrap().malformed, []);
    assert_eq!(
        client
            .active_calls()
            .list(&CallsOf::Account, View::Simple, NOW)
            .await
            .unwrap()
            .records,
        []
    );
    assert!(lab.simulator.control().unmatched().is_empty());
}

#[tokio::test]
async fn ones_own_presence_can_be_changed() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let change = PresenceUpdate {
        user_status: Some(PresenceStatus::Busy),
        ..PresenceUpdate::default()
    };
    let presence = client
        .presence()
        .update(&ExtensionRef::Own, &change, NOW)
        .await
        .unwrap();
    assert_eq!(presence.user_status, Some(PresenceStatus::Busy));
}

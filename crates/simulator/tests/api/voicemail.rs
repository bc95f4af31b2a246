//! Voicemail from the call that nobody took to the last byte of its audio: events, states, shared mailboxes, limits.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::scenario::{self, CallPlan, CallTarget, Ending};
use simulator::world::messages::TranscriptionStatus;
use simulator::world::number::E164;

use crate::socket::Socket;
use crate::support::{Got, Lab};

const ME: &str = "/restapi/v1.0/account/~/extension/~";
const CALLER: E164 = E164::nanp(415, 5_550_199);
const ADA: E164 = E164::nanp(510, 5_550_101);
const MAIN: E164 = E164::nanp(510, 5_550_100);

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

/// A call rings until the caller is sent to voicemail and speaks.
fn unanswered(lab: &Lab, to: E164, transcription: TranscriptionStatus) {
    let plan = CallPlan::new(Ending::Voicemail {
        clip: 0,
        transcription,
    });
    let control = lab.simulator.control();
    let from = scenario::caller(CALLER, Some("MARIA DELGADO"));
    control
        .world(|world| scenario::incoming_call(world, from, CallTarget::Number(to), &plan))
        .unwrap();
    // Ringing, greeting and nineteen seconds of speech.
    control.advance(seconds(8 + 6 + 19));
}

async fn voicemails(lab: &Lab, token: &str, filter: &str) -> Vec<Value> {
    let path = format!("{ME}/message-store?messageType=VoiceMail&{filter}");
    lab.get(token, &path).await.records().clone()
}

/// Changes since a sync token, and the next token.
async fn changes(lab: &Lab, token: &str, since: &str) -> (Vec<Value>, String) {
    let got = lab
        .get(
            token,
            &format!("{ME}/message-sync?syncType=ISync&syncToken={since}"),
        )
        .await;
    (got.records().clone(), sync_token(&got))
}

fn sync_token(got: &Got) -> String {
    got.body["syncInfo"]["syncToken"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_call_nobody_took_leaves_a_linked_voicemail_that_is_announced_whole() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    let filters = ["voicemail", "message-store", "missed-calls"].map(|topic| format!("{ME}/{topic}"));
    socket.subscribe(&filters.each_ref().map(String::as_str)).await;
    unanswered(&lab, ADA, TranscriptionStatus::Completed);
    lab.simulator.control().settled().await;
    let told = socket.notifications_so_far().await;
    let of = |topic: &str| {
        told.iter()
            .find(|one| one["event"].as_str().unwrap().ends_with(topic))
            .unwrap_or_else(|| panic!("{topic}: {told:#?}"))["body"]
            .clone()
    };
    assert_eq!(of("/missed-calls")["from"], CALLER.to_string());

    let record = lab.get(&token, &format!("{ME}/call-log")).await.records()[0].clone();
    assert_eq!(
        (&record["result"], &record["message"]["type"]),
        (&json!("Voicemail"), &json!("VoiceMail"))
    );
    assert_eq!(record["duration"], 8 + 6 + 19);
    let message = lab.get(&token, record["message"]["uri"].as_str().unwrap()).await;
    assert_eq!(message.status, 200);
    assert_eq!(
        message.body["id"].to_string(),
        record["message"]["id"].as_str().unwrap()
    );
    assert_eq!(message.body["owner"], Value::Null, "a personal mailbox");

    let counts = &of("/message-store")["changes"][0];
    assert_eq!(
        (&counts["type"], &counts["newCount"]),
        (&json!("VoiceMail"), &json!(1))
    );
    assert_eq!(counts["newMessageIds"], json!([message.body["id"]]));

    let whole = of("/voicemail");
    assert_eq!(whole["id"].as_str().unwrap(), message.body["id"].to_string());
    for (field, wanted) in [
        ("type", "VoiceMail"),
        ("readStatus", "Unread"),
        ("priority", "Normal"),
        ("direction", "Inbound"),
        ("availability", "Alive"),
        ("messageStatus", "Received"),
        ("vmTranscriptionStatus", "InProgress"),
    ] {
        assert_eq!(whole[field], wanted, "{field}");
    }
    assert_eq!(whole["from"]["name"], "MARIA DELGADO");
    let audio = &whole["attachments"][0];
    assert_eq!(
        (&audio["type"], &audio["contentType"]),
        (&json!("AudioRecording"), &json!("audio/mpeg"))
    );
    assert_eq!(audio["vmDuration"], 19);
    assert_eq!(audio["uri"], message.body["attachments"][0]["uri"]);
    assert_eq!(whole["owner"], Value::Null);
}

#[tokio::test]
async fn a_transcription_ends_in_its_time_and_every_change_is_told() {
    for (ending, words) in [
        (TranscriptionStatus::Completed, Some(220)),
        (TranscriptionStatus::CompletedPartially, Some(108)),
        (TranscriptionStatus::Failed, None),
        (TranscriptionStatus::TimedOut, None),
        (TranscriptionStatus::NotAvailable, None),
    ] {
        let lab = Lab::new().await;
        let token = lab.token("101").await;
        let full = lab
            .get(&token, &format!("{ME}/message-sync?syncType=FSync"))
            .await;
        unanswered(&lab, ADA, ending);
        let (arrived, since) = changes(&lab, &token, &sync_token(&full)).await;
        assert_eq!(arrived[0]["vmTranscriptionStatus"], "InProgress", "{ending}");
        let mut socket = Socket::open(&lab, &token, None).await;
        socket
            .subscribe(&[&format!("{ME}/message-store?type=VoiceMail")])
            .await;
        lab.simulator.control().advance(seconds(30));
        lab.simulator.control().settled().await;
        let told = socket.notification().await;
        assert_eq!(told["body"]["changes"][0]["updatedCount"], 1);
        let (changed, _) = changes(&lab, &token, &since).await;
        let ended = &changed[0];
        assert_eq!(ended["vmTranscriptionStatus"], ending.as_str());
        assert_eq!(ended["id"], arrived[0]["id"]);
        assert!(ended["lastModifiedTime"].as_str() > arrived[0]["lastModifiedTime"].as_str());
        assert_eq!(ended["readStatus"], "Unread");
        let transcript = ended["attachments"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["type"] == "AudioTranscription");
        assert_eq!(transcript.is_some(), words.is_some(), "{ending}");
        if let (Some(transcript), Some(length)) = (transcript, words) {
            let text = lab.get(&token, transcript["uri"].as_str().unwrap()).await;
            assert!(text.header("content-type").starts_with("text/plain"));
            assert!(
                text.text.starts_with("Hi, this is Maria Delgado"),
                "{}",
                text.text
            );
            assert!(text.text.len().abs_diff(length) < 20, "{}", text.text.len());
        }
    }
}

#[tokio::test]
async fn a_queues_voicemail_says_whose_it_is_and_its_call_leads_to_it() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    socket.subscribe(&[&format!("{ME}/voicemail")]).await;
    lab.simulator.control().world(|world| {
        let queue = world.extension_by_number(201).unwrap().id;
        world.set_operator(queue);
    });
    unanswered(&lab, MAIN, TranscriptionStatus::Completed);
    lab.simulator.control().settled().await;
    let all = voicemails(&lab, &token, "").await;
    let owner = &all[0]["owner"];
    assert_eq!(
        (&owner["extensionType"], &owner["name"]),
        (&json!("Department"), &json!("Sales"))
    );
    assert_eq!(&socket.notification().await["body"]["owner"], owner);
    let queue = owner["extensionId"].as_str().unwrap();

    for (filter, count) in [
        ("owner=Any", 1),
        ("owner=Shared", 1),
        ("owner=Personal", 0),
        (&format!("owner={queue}") as &str, 1),
        ("voicemailOwner=1", 0),
        ("ownerExtensionType=Department", 1),
        ("ownerExtensionType=User", 0),
    ] {
        assert_eq!(voicemails(&lab, &token, filter).await.len(), count, "{filter}");
        let synced = lab
            .get(&token, &format!("{ME}/message-sync?syncType=FSync&{filter}"))
            .await;
        assert_eq!(synced.records().len(), count, "{filter}");
    }
    // The queue's own record, in the account's log, leads into the mailbox where the message is.
    let log = lab.get(&token, "/restapi/v1.0/account/~/call-log").await;
    let link = log.records()[0]["message"]["uri"].as_str().unwrap().to_owned();
    assert_eq!(lab.get(&token, &link).await.body["id"], all[0]["id"]);
}

#[tokio::test]
async fn the_voicemail_that_is_one_too_many_overwrites_the_oldest() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    lab.simulator.control().world(|world| world.set_inbox_limit(2));
    for _ in 0..2 {
        unanswered(&lab, ADA, TranscriptionStatus::Completed);
        lab.clock.advance(seconds(60));
    }
    let full = lab
        .get(&token, &format!("{ME}/message-sync?syncType=FSync"))
        .await;
    let oldest = full.records()[1].clone();
    unanswered(&lab, ADA, TranscriptionStatus::Completed);
    let (changed, _) = changes(&lab, &token, &sync_token(&full)).await;
    let gone = changed.iter().find(|one| one["id"] == oldest["id"]).unwrap();
    assert_eq!(gone["availability"], "Purged");
    assert_eq!(
        (&gone["attachments"], &gone["creationTime"]),
        (&Value::Null, &Value::Null)
    );
    let purged = changed.iter().filter(|one| one["availability"] == "Purged");
    assert_eq!(purged.count(), 1);
    assert_eq!(voicemails(&lab, &token, "").await.len(), 2);
    let audio = oldest["attachments"][0]["uri"].as_str().unwrap();
    assert_eq!(lab.get(&token, audio).await.status, 404);
}

#[tokio::test]
async fn a_deleted_voicemail_can_still_be_heard_until_it_is_purged_five_days_later() {
    let lab = Lab::new().await;
    unanswered(&lab, ADA, TranscriptionStatus::Completed);
    let token = lab.token("101").await;
    let message = voicemails(&lab, &token, "").await[0].clone();
    let audio = message["attachments"][0]["uri"].as_str().unwrap();
    let one = format!("{ME}/message-store/{}", message["id"]);
    assert_eq!(lab.request(Method::DELETE, &token, &one, None).await.status, 204);
    assert!(voicemails(&lab, &token, "").await.is_empty());
    assert_eq!(lab.get(&token, audio).await.status, 200);
    lab.simulator
        .control()
        .advance(SignedDuration::from_hours(5 * 24));
    let token = lab.token("101").await;
    let purged = lab.get(&token, audio).await;
    assert_eq!((purged.status, purged.code()), (404, "CMN-102"));
    assert_eq!(lab.get(&token, &one).await.body["availability"], "Purged");
    lab.simulator
        .control()
        .advance(SignedDuration::from_hours(5 * 24));
    let token = lab.token("101").await;
    assert_eq!(lab.get(&token, &one).await.status, 404);
}

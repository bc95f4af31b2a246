//! What becomes of faxes: states and codes per recipient, the pace, sending later and again, the call log, how long they
//! are kept.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};
use simulator::world::faxing::{FaxErrorCode, FaxPace};

use crate::faxes::{FAX, envelope_to, fax, file, last_fax, pdf};
use crate::socket::Socket;
use crate::support::{Got, Lab, START, send};
use crate::texts::{KIM, LEE, ME, advance, message, number};

fn states(message: &Value) -> Vec<&str> {
    let to = message["to"].as_array().unwrap();
    to.iter()
        .map(|one| one["messageStatus"].as_str().unwrap())
        .collect()
}

async fn again(lab: &Lab, token: &str, body: Value) -> Got {
    lab.request(Method::POST, token, FAX, Some(body)).await
}

#[tokio::test]
async fn each_recipient_is_called_in_turn_and_the_whole_is_queued_as_long_as_one_is() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    control.world(|world| {
        world.set_fax_pace(FaxPace::real());
        world.set_fax_failure(number(LEE), Some(FaxErrorCode::NoAnswer), None);
    });
    let sent = fax(
        &lab,
        &token,
        &envelope_to(&[KIM, LEE]),
        vec![file("a.pdf", pdf(2))],
    )
    .await;
    let look = async || message(&lab, &token, &sent).await;
    // Twenty seconds for conversion, then half a minute for each call and a minute for each page.
    advance(&lab, 79);
    let queued = look().await;
    assert_eq!(
        (states(&queued), &queued["faxPageCount"]),
        (vec!["Queued", "Queued"], &json!(0))
    );
    advance(&lab, 1);
    let one_failed = look().await;
    assert_eq!(states(&one_failed), ["Queued", "SendingFailed"]);
    assert_eq!(one_failed["messageStatus"], "Queued");
    assert_eq!(one_failed["to"][1]["faxErrorCode"], "NoAnswer");
    advance(&lab, 90);
    let settled = look().await;
    assert_eq!(states(&settled), ["Sent", "SendingFailed"]);
    assert_eq!(
        (&settled["messageStatus"], &settled["faxPageCount"]),
        (&json!("SendingFailed"), &json!(2))
    );
    assert_eq!(settled["to"][0]["faxErrorCode"], Value::Null);

    control.world(|world| world.set_fax_pace(FaxPace::default()));
    let quick = fax(&lab, &token, &envelope_to(&[KIM]), vec![file("a.pdf", pdf(2))]).await;
    advance(&lab, 4);
    assert_eq!(message(&lab, &token, &quick).await["messageStatus"], "Sent");
}

#[tokio::test]
async fn every_documented_code_can_be_ordered_and_ends_the_fax_as_such() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    for code in FaxErrorCode::ALL {
        let order = json!({"number": KIM, "error": code.as_str(), "times": 1});
        let address = format!("{}/fax-failures", lab.ready.control_url);
        assert_eq!(send(lab.http.post(address).json(&order)).await.status, 200);
        let sent = fax(&lab, &token, &envelope_to(&[KIM]), vec![file("a.txt", "Bars")]).await;
        let before = lab.simulator.control().message_ledger().len();
        advance(&lab, 10);
        let settled = message(&lab, &token, &sent).await;
        assert_eq!(settled["messageStatus"], "SendingFailed", "{code}");
        assert_eq!(settled["to"][0]["faxErrorCode"], code.as_str());
        // What RingCentral itself refuses never leaves.
        let left = lab.simulator.control().message_ledger().len() - before;
        assert_eq!(left, usize::from(code.is_of_the_line()), "{code}");
    }
    let sent = fax(&lab, &token, &envelope_to(&[KIM]), vec![file("a.txt", "Bars")]).await;
    advance(&lab, 10);
    assert_eq!(
        message(&lab, &token, &sent).await["messageStatus"],
        "Sent",
        "once was ordered"
    );
    let unknown = json!({"number": KIM, "error": "Tired"});
    let address = format!("{}/fax-failures", lab.ready.control_url);
    assert_eq!(send(lab.http.post(address).json(&unknown)).await.status, 400);
}

#[tokio::test]
async fn what_cannot_be_converted_or_is_too_long_fails_after_it_was_accepted() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut locked = lopdf::Document::load_mem(&pdf(1)).unwrap();
    locked.trailer.set(
        "ID",
        vec![
            lopdf::Object::string_literal("a"),
            lopdf::Object::string_literal("b"),
        ],
    );
    let state = lopdf::EncryptionState::try_from(lopdf::EncryptionVersion::V2 {
        document: &locked,
        owner_password: "owner",
        user_password: "user",
        key_length: 128,
        permissions: lopdf::Permissions::all(),
    });
    locked.encrypt(&state.unwrap()).unwrap();
    let mut encrypted = Vec::new();
    locked.save_to(&mut encrypted).unwrap();
    let cut = pdf(2)[..400].to_vec();
    for (name, bytes, code) in [
        ("broken.pdf", cut, "RenderingFailed"),
        ("locked.pdf", encrypted, "RenderingFailed"),
        ("broken.png", b"\x89PNG and no more".to_vec(), "RenderingFailed"),
        ("long.pdf", pdf(201), "TooManyPages"),
    ] {
        let sent = fax(
            &lab,
            &token,
            &envelope_to(&[KIM]),
            vec![file("a.txt", "x"), file(name, bytes)],
        )
        .await;
        assert_eq!(
            (sent.status, &sent.body["messageStatus"]),
            (200, &json!("Queued")),
            "{name}"
        );
        if code == "RenderingFailed" {
            let address = sent.body["attachments"][0]["uri"].as_str().unwrap();
            assert_eq!(lab.get(&token, address).await.status, 404, "{name}");
        }
        advance(&lab, 10);
        let settled = message(&lab, &token, &sent).await;
        assert_eq!(settled["to"][0]["faxErrorCode"], code, "{name}");
        assert_eq!(settled["messageStatus"], "SendingFailed");
    }
    assert!(lab.simulator.control().message_ledger().is_empty());
    let most = fax(
        &lab,
        &token,
        &envelope_to(&[KIM]),
        vec![file("long.pdf", pdf(200))],
    )
    .await;
    advance(&lab, 60);
    assert_eq!(message(&lab, &token, &most).await["faxPageCount"], 200);
}

#[tokio::test]
async fn a_fax_for_later_waits_and_deleting_its_message_calls_it_back() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let start: jiff::Timestamp = START.parse().unwrap();
    let mut envelope = envelope_to(&[KIM]);
    envelope["sendTime"] = json!((start + SignedDuration::from_hours(2)).to_string());
    let kept = fax(&lab, &token, &envelope, vec![file("a.txt", "kept")]).await;
    let called_back = fax(&lab, &token, &envelope, vec![file("b.txt", "called back")]).await;
    advance(&lab, 7_199);
    let token = lab.token("101").await;
    assert_eq!(message(&lab, &token, &kept).await["messageStatus"], "Queued");
    assert!(control.message_ledger().is_empty());
    let address = format!("{ME}/message-store/{}", called_back.body["id"]);
    assert_eq!(
        lab.request(Method::DELETE, &token, &address, None).await.status,
        204
    );
    advance(&lab, 30);
    assert_eq!(message(&lab, &token, &kept).await["messageStatus"], "Sent");
    let ledger = control.message_ledger();
    assert_eq!(ledger.len(), 1);
    assert_eq!(ledger[0].files[0].name.as_deref(), Some("a.txt"));
    assert_eq!(ledger[0].at, start + SignedDuration::from_secs(7_201));
    assert_eq!(
        ledger[0].fax.as_ref().unwrap().send_at,
        Some(start + SignedDuration::from_hours(2))
    );

    envelope["sendTime"] = json!(START);
    let past = fax(&lab, &token, &envelope, vec![file("a.txt", "x")]).await;
    advance(&lab, 10);
    assert_eq!(
        message(&lab, &token, &past).await["messageStatus"],
        "Sent",
        "the past is at once"
    );
}

#[tokio::test]
async fn deleting_a_fax_that_is_on_the_line_does_not_bring_it_back() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    control.world(|world| world.set_fax_pace(FaxPace::real()));
    let sent = fax(&lab, &token, &envelope_to(&[KIM]), vec![file("a.txt", "x")]).await;
    advance(&lab, 60);
    assert_eq!(control.message_ledger().len(), 1);
    let address = format!("{ME}/message-store/{}", sent.body["id"]);
    lab.request(Method::DELETE, &token, &address, None).await;
    advance(&lab, 120);
    let gone = message(&lab, &token, &sent).await;
    assert_eq!(
        (&gone["availability"], &gone["messageStatus"]),
        (&json!("Deleted"), &json!("Sent"))
    );
    assert_eq!(control.message_ledger().len(), 1);
}

#[tokio::test]
async fn a_failed_fax_is_sent_again_and_any_settled_one_forwarded_without_an_upload() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    control.world(|world| world.set_fax_failure(number(KIM), Some(FaxErrorCode::LineBusy), Some(1)));
    let mut envelope = envelope_to(&[KIM]);
    envelope["coverIndex"] = json!(5);
    envelope["coverPageText"] = json!("Second try");
    let first = fax(&lab, &token, &envelope, vec![file("a.pdf", pdf(2))]).await;
    let id = first.body["id"].to_string();
    let early = again(&lab, &token, json!({"originalMessageId": id})).await;
    assert_eq!(
        (early.status, early.code()),
        (406, "MSG-343"),
        "it is still queued"
    );
    advance(&lab, 10);
    assert_eq!(
        message(&lab, &token, &first).await["messageStatus"],
        "SendingFailed"
    );
    let second = again(&lab, &token, json!({"originalMessageId": id})).await;
    assert_eq!(second.status, 200, "{second:?}");
    assert_ne!(second.body["id"], first.body["id"]);
    assert_eq!(
        (&second.body["coverPageText"], &second.body["messageStatus"]),
        (&json!("Second try"), &json!("Queued"))
    );
    advance(&lab, 10);
    let settled = message(&lab, &token, &second).await;
    assert_eq!(
        (&settled["messageStatus"], &settled["faxPageCount"]),
        (&json!("Sent"), &json!(3))
    );
    let entry = last_fax(&lab);
    assert_eq!(entry.files[0].name.as_deref(), Some("a.pdf"));
    assert_eq!(
        entry.fax.unwrap().original.map(|id| id.to_string()),
        Some(id.clone())
    );

    let sent_again = again(&lab, &token, json!({"originalMessageId": second.body["id"]})).await;
    assert_eq!(
        (sent_again.status, sent_again.code()),
        (406, "MSG-343"),
        "it was sent"
    );
    let forwarded = again(
        &lab,
        &token,
        json!({"originalMessageId": second.body["id"], "to": [{"phoneNumber": LEE}]}),
    )
    .await;
    assert_eq!(forwarded.status, 200);
    advance(&lab, 10);
    assert_eq!(last_fax(&lab).reached().collect::<Vec<_>>(), [number(LEE)]);
    for (body, status, code) in [
        (json!({"originalMessageId": "4711"}), 404, "CMN-102"),
        (json!({"originalMessageId": "x"}), 400, "CMN-101"),
        (json!({}), 400, "CMN-101"),
        (
            json!({"originalMessageId": id, "to": [{"phoneNumber": "1"}]}),
            400,
            "CMN-101",
        ),
    ] {
        let refused = again(&lab, &token, body).await;
        assert_eq!((refused.status, refused.code()), (status, code));
    }
}

#[tokio::test]
async fn the_call_log_has_a_record_for_each_recipient_with_the_vendors_words() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let numbers = [KIM, LEE, "+14155550197", "+14155550196"];
    lab.simulator.control().world(|world| {
        world.set_fax_failure(number(numbers[1]), Some(FaxErrorCode::SentPartially), None);
        world.set_fax_failure(number(numbers[2]), Some(FaxErrorCode::LineBusy), None);
        world.set_fax_failure(number(numbers[3]), Some(FaxErrorCode::CallerHungUp), None);
    });
    fax(&lab, &token, &envelope_to(&numbers), vec![file("a.txt", "Bars")]).await;
    advance(&lab, 30);
    let log = lab.get(&token, &format!("{ME}/call-log?view=Detailed")).await;
    let found = |to: &str| {
        let record = log.records().iter().find(|one| one["to"]["phoneNumber"] == to);
        let record = record.unwrap_or_else(|| panic!("no call to {to}"));
        assert_eq!(
            (&record["type"], &record["action"]),
            (&json!("Fax"), &json!("Outgoing Fax"))
        );
        (
            record["result"].as_str().unwrap().to_owned(),
            record["reason"].as_str().map(str::to_owned),
        )
    };
    let words =
        |result: &str, reason: &str| (result.to_owned(), (!reason.is_empty()).then(|| reason.to_owned()));
    assert_eq!(found(numbers[0]), words("Sent", ""));
    assert_eq!(
        found(numbers[1]),
        words("Fax Partially Sent", "Fax Partially Sent")
    );
    assert_eq!(found(numbers[2]), words("Fax Not Sent", "Line Busy"));
    assert_eq!(found(numbers[3]), words("Fax Poor Line", "Fax Poor Line"));
}

#[tokio::test]
async fn every_change_of_a_fax_is_told_and_one_that_comes_in_is_told_whole() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let mut socket = Socket::open(&lab, &token, None).await;
    let store = format!("{ME}/message-store?type=Fax");
    let whole = format!("{ME}/fax?direction=Inbound");
    socket.subscribe(&[&store, &whole]).await;
    fax(&lab, &token, &envelope_to(&[KIM, LEE]), vec![file("a.txt", "x")]).await;
    advance(&lab, 10);
    let told = socket.notifications_so_far().await;
    let counts: Vec<(u64, u64)> = told
        .iter()
        .map(|one| &one["body"]["changes"][0])
        .map(|change| {
            (
                change["newCount"].as_u64().unwrap(),
                change["updatedCount"].as_u64().unwrap(),
            )
        })
        .collect();
    assert_eq!(counts, [(1, 0), (0, 1), (0, 1)], "{told:?}");
    // A fax to a colleague arrives there.
    fax(
        &lab,
        &token,
        &envelope_to(&["+15105550101"]),
        vec![file("a.pdf", pdf(3))],
    )
    .await;
    advance(&lab, 10);
    let told = socket.notifications_so_far().await;
    let arrived = told
        .iter()
        .find(|one| one["event"].as_str().unwrap().contains("/fax"));
    let arrived = &arrived.unwrap_or_else(|| panic!("nothing arrived: {told:?}"))["body"];
    assert_eq!(
        (&arrived["direction"], &arrived["faxPageCount"]),
        (&json!("Inbound"), &json!(3))
    );
}

#[tokio::test]
async fn a_sent_fax_is_kept_for_thirty_days() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let sent = fax(&lab, &token, &envelope_to(&[KIM]), vec![file("a.txt", "x")]).await;
    let days = |count: i64| SignedDuration::from_hours(24 * count);
    lab.simulator.control().advance(days(30));
    let token = lab.token("101").await;
    assert_eq!(message(&lab, &token, &sent).await["availability"], "Alive");
    lab.simulator.control().advance(SignedDuration::from_secs(2));
    let purged = message(&lab, &token, &sent).await;
    assert_eq!(
        (&purged["availability"], &purged["attachments"]),
        (&json!("Purged"), &json!([]))
    );
    let id = &sent.body["id"];
    let late = again(
        &lab,
        &token,
        json!({"originalMessageId": id, "to": [{"phoneNumber": LEE}]}),
    )
    .await;
    assert_eq!((late.status, late.code()), (404, "CMN-102"));
}

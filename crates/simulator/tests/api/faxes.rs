//! Sending faxes: every shape RingCentral takes, and what it refuses in which words. What the tests of faxes share stands
//! here too.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use simulator::media::{Document, DocumentDesign, DocumentFormat};
use simulator::world::outbound::{LedgerEntry, LedgerKind};

use crate::support::{Got, Lab, send};
use crate::texts::{KIM, LEE, ME, advance, number};

pub(crate) const FAX: &str = "/restapi/v1.0/account/~/extension/~/fax";

/// A document of so many pages.
pub(crate) fn pdf(pages: u32) -> Vec<u8> {
    Document {
        design: DocumentDesign::Quote,
        pages,
        seed: 7,
        format: DocumentFormat::Pdf,
    }
    .render()
}

pub(crate) fn envelope_to(to: &[&str]) -> Value {
    let to: Vec<Value> = to.iter().map(|number| json!({"phoneNumber": number})).collect();
    json!({"to": to, "coverIndex": 0})
}

pub(crate) fn file(name: &str, bytes: impl Into<Vec<u8>>) -> Part {
    Part::bytes(bytes.into()).file_name(name.to_owned())
}

pub(crate) async fn fax(lab: &Lab, token: &str, envelope: &Value, files: Vec<Part>) -> Got {
    named_fax(lab, token, "json", envelope, files).await
}

async fn named_fax(lab: &Lab, token: &str, name: &'static str, envelope: &Value, files: Vec<Part>) -> Got {
    let json = Part::text(envelope.to_string())
        .mime_str("application/json")
        .unwrap();
    let form = files
        .into_iter()
        .fold(Form::new().part(name, json), |form, file| {
            form.part("attachment", file)
        });
    send(lab.http.post(lab.url(FAX)).bearer_auth(token).multipart(form)).await
}

/// A body put together by hand.
async fn raw_fax(lab: &Lab, token: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Got {
    let request = lab.http.post(lab.url(FAX)).bearer_auth(token);
    send(request.header("Content-Type", content_type).body(body.into())).await
}

/// The last fax that left.
pub(crate) fn last_fax(lab: &Lab) -> LedgerEntry {
    let entry = lab.simulator.control().message_ledger().pop().unwrap();
    assert_eq!(entry.kind, LedgerKind::Fax);
    entry
}

fn names(entry: &LedgerEntry) -> Vec<Option<&str>> {
    entry.files.iter().map(|file| file.name.as_deref()).collect()
}

#[tokio::test]
async fn a_fax_is_accepted_in_every_shape_that_is_documented_or_sent_by_an_sdk() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let envelope = envelope_to(&[KIM]);
    for name in ["json", "request.json"] {
        let sent = named_fax(&lab, &token, name, &envelope, vec![file("a.txt", "Bars")]).await;
        assert_eq!(
            (sent.status, &sent.body["messageStatus"]),
            (200, &json!("Queued")),
            "{name}: {sent:?}"
        );
        advance(&lab, 10);
        let entry = last_fax(&lab);
        assert_eq!(
            (names(&entry), entry.reached().collect::<Vec<_>>()),
            (vec![Some("a.txt")], vec![number(KIM)])
        );
    }
    // The Python SDK names the part and the file, and gives no quotes' worth of type to the file.
    let python = format!(
        "--b\r\nContent-Disposition: form-data; name=\"json\"; filename=\"request.json\"\r\nContent-Type: \
         application/json\r\n\r\n{envelope}\r\n--b\r\nContent-Disposition: form-data; name=\"attachment\"; \
         filename=\"b.csv\"\r\nContent-Type: text/csv\r\n\r\nx,y\r\n--b--\r\n"
    );
    assert_eq!(
        raw_fax(&lab, &token, "multipart/form-data; boundary=b", python)
            .await
            .status,
        200
    );
    advance(&lab, 10);
    assert_eq!(names(&last_fax(&lab)), [Some("b.csv")]);
    let mixed = format!(
        "--b\nContent-Type: application/json\n\n{envelope}\n\n--b\nContent-Disposition: attachment; \
         filename=\"fax.txt\"\n\nHello, World!\n\n--b--\n"
    );
    assert_eq!(
        raw_fax(&lab, &token, "multipart/mixed; boundary=b", mixed)
            .await
            .status,
        200
    );
    advance(&lab, 10);
    assert_eq!(names(&last_fax(&lab)), [Some("fax.txt")]);

    let plain = |text: &'static str| Part::text(text);
    let flat = Form::new()
        .part("coverPageText", plain("As agreed"))
        .part("coverIndex", plain("2"))
        .part("faxResolution", plain("Low"))
        .part("isoCode", plain("US"))
        .part("to", plain(KIM))
        .part("to", plain(LEE))
        .part("attachment", plain("one").mime_str("text/plain").unwrap())
        .part("attachment", plain("two").file_name("2.txt"));
    let sent = send(lab.http.post(lab.url(FAX)).bearer_auth(&token).multipart(flat)).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    assert_eq!(
        (&sent.body["coverIndex"], &sent.body["coverPageText"]),
        (&json!(2), &json!("As agreed"))
    );
    advance(&lab, 10);
    let entry = last_fax(&lab);
    assert_eq!(names(&entry), [None, Some("2.txt")]);
    assert_eq!(entry.reached().collect::<Vec<_>>(), [number(KIM), number(LEE)]);
    assert_eq!(entry.fax.unwrap().resolution.as_str(), "Low");
}

#[tokio::test]
async fn the_answer_is_that_of_the_recorded_sample() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    lab.clock.advance(jiff::SignedDuration::from_millis(879));
    let envelope = json!({"to": [{"phoneNumber": KIM, "name": "Kim Lee"}], "faxResolution": "High"});
    let sent = fax(&lab, &token, &envelope, vec![file("a.txt", "Bars")])
        .await
        .body;
    for (field, value) in [
        ("type", json!("Fax")),
        ("direction", json!("Outbound")),
        ("availability", json!("Alive")),
        ("messageStatus", json!("Queued")),
        ("readStatus", json!("Unread")),
        ("faxResolution", json!("High")),
        ("faxPageCount", json!(0)),
        ("creationTime", json!("2026-03-02T16:00:00.000Z")),
        ("lastModifiedTime", json!("2026-03-02T16:00:00.879Z")),
        // Nobody named one: the sender's own goes before the fax.
        ("coverIndex", json!(7)),
    ] {
        assert_eq!(sent[field], value, "{field}");
    }
    let to = &sent["to"][0];
    assert_eq!(
        (&to["name"], &to["messageStatus"]),
        (&json!("Kim Lee"), &json!("Queued"))
    );
    assert!(to["recipientId"].is_string() && to["faxErrorCode"].is_null());
    let attachment = &sent["attachments"][0];
    assert_eq!(
        (&attachment["id"], &attachment["type"]),
        (&sent["id"], &json!("RenderedDocument"))
    );
    assert_eq!(attachment["contentType"], "application/pdf");
}

#[tokio::test]
async fn refusals_come_in_the_documented_words_and_nothing_leaves() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let good = envelope_to(&[KIM]);
    let with = |key: &str, value: Value| {
        let mut envelope = envelope_to(&[KIM]);
        envelope[key] = value;
        envelope
    };
    let page = || vec![file("a.txt", "Bars")];
    let cases = [
        ("no recipient", envelope_to(&[]), page(), 400, "MSG-219"),
        ("a short number", envelope_to(&["4711"]), page(), 400, "CMN-101"),
        (
            "the same number twice",
            envelope_to(&[KIM, "14155550199"]),
            page(),
            400,
            "CMN-406",
        ),
        ("nothing", good.clone(), vec![], 400, "MSG-347"),
        (
            "an empty file",
            good.clone(),
            vec![file("a.txt", "Bars"), file("b.txt", "")],
            400,
            "MSG-347",
        ),
        (
            "a program",
            good.clone(),
            vec![file("run.exe", "MZ")],
            415,
            "MSG-348",
        ),
        (
            "an ampersand",
            good.clone(),
            vec![file("A&B.pdf", pdf(1))],
            400,
            "CMN-101",
        ),
        (
            "a long note",
            with("coverPageText", json!("x".repeat(1_025))),
            page(),
            400,
            "CMN-101",
        ),
        ("cover 14", with("coverIndex", json!(14)), page(), 400, "CMN-101"),
        ("cover 29", with("coverIndex", json!(29)), page(), 400, "CMN-101"),
        (
            "a resolution",
            with("faxResolution", json!("Superfine")),
            page(),
            400,
            "CMN-101",
        ),
        (
            "a time",
            with("sendTime", json!("tomorrow")),
            page(),
            400,
            "CMN-101",
        ),
    ];
    for (what, envelope, files, status, code) in cases {
        let got = fax(&lab, &token, &envelope, files).await;
        assert_eq!((got.status, got.code()), (status, code), "{what}: {got:?}");
    }
    for index in [0, 13, 15, 28] {
        assert_eq!(
            fax(&lab, &token, &with("coverIndex", json!(index)), page())
                .await
                .status,
            200,
            "{index}"
        );
    }
    let note = with("coverPageText", json!("ü".repeat(1_024)));
    assert_eq!(fax(&lab, &token, &note, page()).await.status, 200);

    let json = "--b\r\nContent-Type: application/json\r\n\r\n";
    for (what, content_type, body, status, code) in [
        ("no multipart", "text/plain", "Hello".to_owned(), 415, "MSG-348"),
        (
            "no envelope",
            "multipart/mixed; boundary=b",
            "--b\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\nx\r\n--b--".to_owned(),
            400,
            "MSG-349",
        ),
        (
            "a broken envelope",
            "multipart/mixed; boundary=b",
            format!("{json}{{\"to\": \r\n--b--"),
            400,
            "MSG-349",
        ),
        (
            "no disposition",
            "multipart/mixed; boundary=b",
            format!("{json}{good}\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--"),
            400,
            "MSG-350",
        ),
        (
            "no disposition in form data",
            "multipart/form-data; boundary=b",
            format!("{json}{good}\r\n--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--"),
            400,
            "MSG-350",
        ),
        (
            "no file name",
            "multipart/mixed; boundary=b",
            format!("{json}{good}\r\n--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--"),
            400,
            "MSG-351",
        ),
        (
            "no end",
            "multipart/mixed; boundary=b",
            format!("{json}{good}\r\n--b\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\nx"),
            400,
            "CMN-103",
        ),
    ] {
        let got = raw_fax(&lab, &token, content_type, body).await;
        assert_eq!((got.status, got.code()), (status, code), "{what}: {got:?}");
    }
    advance(&lab, 60);
    assert_eq!(lab.simulator.control().message_ledger().len(), 5);
}

#[tokio::test]
async fn only_the_signed_in_person_faxes_and_only_where_allowed() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let envelope = envelope_to(&[KIM]);
    let extensions = lab.get(&token, "/restapi/v1.0/account/~/extension").await;
    let ben = extensions
        .records()
        .iter()
        .find(|one| one["extensionNumber"] == "102")
        .unwrap()["id"]
        .clone();
    let json = Part::text(envelope.to_string())
        .mime_str("application/json")
        .unwrap();
    let form = Form::new()
        .part("json", json)
        .part("attachment", file("a.txt", "x"));
    let address = lab.url(&format!("/restapi/v1.0/account/~/extension/{ben}/fax"));
    let other = send(lab.http.post(address).bearer_auth(&token).multipart(form)).await;
    assert_eq!((other.status, other.code()), (403, "CMN-419"));
    let ada = lab.get(&token, ME).await.body["id"].as_u64().unwrap();
    let control = lab.simulator.control();
    control.deny_user_permissions(simulator::world::ids::ExtensionId(ada), &["OutboundFaxes"]);
    let denied = fax(&lab, &token, &envelope, vec![file("a.txt", "x")]).await;
    assert_eq!((denied.status, denied.code()), (403, "CMN-408"));
    control.deny_user_permissions(simulator::world::ids::ExtensionId(ada), &[]);
    let address = format!("{}/faxing", lab.ready.control_url);
    send(lab.http.put(address).json(&json!({"allowed": false}))).await;
    let switched_off = fax(&lab, &token, &envelope, vec![file("a.txt", "x")]).await;
    assert_eq!((switched_off.status, switched_off.code()), (403, "MSG-341"));
}

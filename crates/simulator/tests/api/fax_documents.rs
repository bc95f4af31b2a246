//! The documents of faxes: what is made of uploads, and what arrives.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use simulator::media::{DocumentDesign, DocumentFormat, GivenDocument, Picture};
use simulator::scenario;
use simulator::world::number::E164;

use crate::faxes::{envelope_to, fax, file, last_fax, pdf};
use crate::support::{Lab, send};
use crate::texts::{KIM, ME, advance, message};

async fn content(lab: &Lab, token: &str, message: &Value) -> Vec<u8> {
    let address = message["attachments"][0]["uri"].as_str().unwrap();
    let got = lab.http.get(address).bearer_auth(token).send().await.unwrap();
    assert_eq!(got.status(), 200);
    assert_eq!(
        got.headers()["content-type"],
        message["attachments"][0]["contentType"].as_str().unwrap()
    );
    got.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn the_rendered_document_is_the_cover_with_its_note_and_every_file_in_order() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let tiff = simulator::media::Document {
        design: DocumentDesign::BendingSchedule,
        pages: 2,
        seed: 3,
        format: DocumentFormat::TiffGroup3TwoDimensional,
    };
    let picture = Picture::new(1);
    let mut envelope = envelope_to(&[KIM]);
    envelope["to"][0]["name"] = json!("Kim Lee");
    envelope["coverIndex"] = json!(6);
    envelope["coverPageText"] = json!("Dowels moved, see page four");
    let files = vec![
        file("quote.pdf", pdf(2)),
        file("schedule.tif", tiff.render()),
        file("site.jpg", picture.bytes().to_vec()),
        file("note.txt", "Thirty bars, bent"),
        file("terms.docx", b"PK\x03\x04 as good as any".to_vec()),
    ];
    let sent = fax(&lab, &token, &envelope, files).await;
    advance(&lab, 10);
    let settled = message(&lab, &token, &sent).await;
    assert_eq!(
        (&settled["messageStatus"], &settled["faxPageCount"]),
        (&json!("Sent"), &json!(8))
    );
    assert_eq!(settled["attachments"].as_array().unwrap().len(), 1);
    let bytes = content(&lab, &token, &settled).await;
    assert_eq!(
        bytes,
        content(&lab, &token, &settled).await,
        "the same every time"
    );
    let document = lopdf::Document::load_mem(&bytes).unwrap();
    assert_eq!(document.get_pages().len(), 8);
    let words = |number: u32| document.extract_text(&[number]).unwrap();
    assert!(
        words(1).contains("Dowels moved, see page four") && words(1).contains("Kim Lee"),
        "{}",
        words(1)
    );
    assert!(words(2).contains("QUOTE"), "{}", words(2));
    assert!(words(7).contains("Thirty bars, bent"), "{}", words(7));
    assert!(words(8).contains("terms.docx"), "{}", words(8));
    for number in 4..=6 {
        let page = document.get_pages()[&number];
        assert_eq!(
            document.get_page_images(page).unwrap().len(),
            1,
            "page {number} is a picture"
        );
    }
}

#[tokio::test]
async fn a_given_file_arrives_as_it_is_whatever_it_is() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let tiff = simulator::media::Document {
        design: DocumentDesign::Letter,
        pages: 3,
        seed: 1,
        format: DocumentFormat::TiffCoarse,
    };
    for (bytes, content_type, pages) in [
        (pdf(5), "application/pdf", 5),
        (tiff.render(), "image/tiff", 3),
        (pdf(2)[..300].to_vec(), "application/pdf", 1),
    ] {
        let body = json!({"from": KIM, "to": "101", "files": [{"base64": STANDARD.encode(&bytes)}]});
        let done = send(
            lab.http
                .post(format!("{}/faxes", lab.ready.control_url))
                .json(&body),
        )
        .await;
        let id = done.body["messageId"]
            .as_str()
            .unwrap_or_else(|| panic!("{done:?}"))
            .to_owned();
        advance(&lab, 1);
        let fax = lab.get(&token, &format!("{ME}/message-store/{id}")).await.body;
        assert_eq!(
            (&fax["faxPageCount"], &fax["attachments"][0]["contentType"]),
            (&json!(pages), &json!(content_type))
        );
        assert_eq!(content(&lab, &token, &fax).await, bytes);
    }
    // A claim that the file does not keep, and several documents in one fax.
    let two = json!([
        {"base64": STANDARD.encode(pdf(1)), "pages": 12},
        {"base64": STANDARD.encode(b"II*\0"), "content_type": "image/tiff"},
    ]);
    let body = json!({"from": "withheld", "to": "101", "files": two});
    let done = send(
        lab.http
            .post(format!("{}/faxes", lab.ready.control_url))
            .json(&body),
    )
    .await;
    let id = done.body["messageId"].as_str().unwrap().to_owned();
    let fax = lab.get(&token, &format!("{ME}/message-store/{id}")).await.body;
    assert_eq!(
        (&fax["faxPageCount"], fax["attachments"].as_array().unwrap().len()),
        (&json!(13), 2)
    );
    let bad = json!({"from": KIM, "to": "101", "files": [{"base64": "?"}]});
    assert_eq!(
        send(
            lab.http
                .post(format!("{}/faxes", lab.ready.control_url))
                .json(&bad)
        )
        .await
        .status,
        400
    );
}

#[tokio::test]
async fn faxes_of_every_design_and_format_arrive_over_the_control_face() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    for (design, format, content_type, resolution) in [
        ("plan_set", "pdf", "application/pdf", "High"),
        ("framing_plan", "pdf", "application/pdf", "High"),
        ("purchase_order", "scanned_pdf", "application/pdf", "High"),
        ("bending_schedule", "tiff_g3", "image/tiff", "High"),
        ("quote", "tiff_g3_two_dimensional", "image/tiff", "High"),
        ("letter", "tiff_reversed", "image/tiff", "High"),
        ("letter", "tiff_coarse", "image/tiff", "Low"),
    ] {
        let body = json!({"from": KIM, "to": "101", "design": design, "format": format, "pages": 2});
        let done = send(
            lab.http
                .post(format!("{}/faxes", lab.ready.control_url))
                .json(&body),
        )
        .await;
        let id = done.body["messageId"]
            .as_str()
            .unwrap_or_else(|| panic!("{done:?}"))
            .to_owned();
        let fax = lab.get(&token, &format!("{ME}/message-store/{id}")).await.body;
        assert_eq!(fax["faxResolution"], resolution, "{design} {format}");
        let bytes = content(&lab, &token, &fax).await;
        let given = GivenDocument::new(bytes);
        assert_eq!(
            (given.content_type, given.pages),
            (content_type, 2),
            "{design} {format}"
        );
    }
}

#[tokio::test]
async fn a_received_fax_is_forwarded_with_its_own_pages() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let bytes = pdf(2);
    let given = GivenDocument::new(bytes.clone());
    let id = lab.simulator.control().world(|world| {
        let ada = world.extension_by_number(101).unwrap().id;
        let from = scenario::caller(E164::nanp(212, 5_550_100), None);
        scenario::incoming_fax_of_files(world, from, ada, vec![given])
    });
    let body = json!({"originalMessageId": id.to_string(), "to": [{"phoneNumber": KIM}]});
    let sent = lab
        .request(reqwest::Method::POST, &token, &format!("{ME}/fax"), Some(body))
        .await;
    assert_eq!(sent.status, 200, "{sent:?}");
    advance(&lab, 10);
    assert_eq!(last_fax(&lab).files[0].byte_count, bytes.len());
    assert_eq!(message(&lab, &token, &sent).await["faxPageCount"], 2);
    let alone = json!({"originalMessageId": id.to_string()});
    let refused = lab
        .request(reqwest::Method::POST, &token, &format!("{ME}/fax"), Some(alone))
        .await;
    assert_eq!(
        (refused.status, refused.code()),
        (406, "MSG-343"),
        "nobody here sent it"
    );
}

#[tokio::test]
async fn the_pace_and_the_default_cover_are_steered_over_http() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let put = async |body: Value| {
        send(
            lab.http
                .put(format!("{}/faxing", lab.ready.control_url))
                .json(&body),
        )
        .await
    };
    let real = put(json!({"pace": "real", "default_cover_index": 0})).await;
    assert_eq!(
        (&real.body["page_seconds"], &real.body["default_cover_index"]),
        (&json!(60.0), &json!(0))
    );
    let mixed = put(json!({"converting_seconds": 0, "page_seconds": 0.5})).await;
    assert_eq!(
        (&mixed.body["page_seconds"], &mixed.body["dialling_seconds"]),
        (&json!(0.5), &json!(30.0))
    );
    assert_eq!(put(json!({"page_seconds": -1})).await.status, 400);
    let sent = fax(
        &lab,
        &token,
        &json!({"to": [{"phoneNumber": KIM}]}),
        vec![file("a.txt", "x")],
    )
    .await;
    assert_eq!(sent.body["coverIndex"], 0);
    advance(&lab, 30);
    assert_eq!(message(&lab, &token, &sent).await["messageStatus"], "Queued");
    advance(&lab, 1);
    assert_eq!(message(&lab, &token, &sent).await["messageStatus"], "Sent");
}

#[tokio::test]
async fn the_call_of_a_fax_that_came_in_is_over_when_it_is_listed() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let now = lab.simulator.control().world(|world| {
        let ada = world.extension_by_number(101).unwrap().id;
        let from = scenario::caller(E164::nanp(212, 5_550_100), None);
        scenario::incoming_fax(world, from, ada, DocumentDesign::Quote, 3, DocumentFormat::Pdf);
        world.now()
    });
    advance(&lab, 60);
    let log = lab
        .get(&token, &format!("{ME}/call-log?type=Fax&view=Detailed"))
        .await;
    let record = log.records()[0].clone();
    let began: jiff::Timestamp = record["startTime"].as_str().unwrap().parse().unwrap();
    let lasted = record["duration"].as_i64().unwrap();
    assert!(lasted >= 3 * 30, "{record}");
    let ended = began + jiff::SignedDuration::from_secs(lasted);
    assert!(ended <= now, "{ended} is after {now}");
}

//! Uploads of faxes: how large they may be, that every byte of them counts, and that half of one is none.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use simulator::{Effect, Fault};

use crate::faxes::{FAX, envelope_to, fax, file, last_fax, pdf};
use crate::support::{Lab, send};
use crate::texts::{KIM, LEE, ME, advance, number};

#[tokio::test]
async fn fifty_megabytes_are_the_limit_of_one_file_and_of_all_together() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let envelope = envelope_to(&[KIM]);
    let megabytes = |count: usize| vec![b'x'; count * 1024 * 1024];
    let one = fax(&lab, &token, &envelope, vec![file("a.psd", megabytes(51))]).await;
    assert_eq!((one.status, one.code()), (400, "MSG-337"));
    let both = vec![file("a.psd", megabytes(26)), file("b.psd", megabytes(26))];
    let both = fax(&lab, &token, &envelope, both).await;
    assert_eq!((both.status, both.code()), (400, "MSG-338"));
    let fits = vec![file("a.psd", megabytes(25)), file("b.psd", megabytes(25))];
    assert_eq!(fax(&lab, &token, &envelope, fits).await.status, 200);
}

#[tokio::test]
async fn what_arrived_equals_what_was_uploaded_byte_for_byte_and_in_order() {
    use sha2::{Digest, Sha256};
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    // Line ends and what looks like a boundary are part of the file.
    let odd = b"%PDF-1.4\r\n\r\n--b--\r\n\x00\xff\n\r\n--\r\n".to_vec();
    let files = [
        ("b.pdf", pdf(3)),
        ("a.txt", b"one\r\ntwo\r\n\r\n".to_vec()),
        ("c.psd", odd),
    ];
    let mut envelope = envelope_to(&[LEE, KIM]);
    envelope["coverIndex"] = json!(3);
    envelope["coverPageText"] = json!("Call me");
    let parts = files
        .iter()
        .map(|(name, bytes)| file(name, bytes.clone()))
        .collect();
    let sent = fax(&lab, &token, &envelope, parts).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    advance(&lab, 30);
    let entry = last_fax(&lab);
    let got: Vec<_> = entry
        .files
        .iter()
        .map(|one| (one.name.as_deref().unwrap(), one.byte_count, one.sha256.clone()))
        .collect();
    let digest = |bytes: &[u8]| {
        Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
    };
    let expected: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (*name, bytes.len(), digest(bytes)))
        .collect();
    assert_eq!(got, expected);
    assert_eq!(entry.reached().collect::<Vec<_>>(), [number(LEE), number(KIM)]);
    let how = entry.fax.unwrap();
    assert_eq!(
        (how.cover_index, how.note.as_deref(), how.original),
        (3, Some("Call me"), None)
    );
    let over_http = send(lab.http.get(format!("{}/ledger", lab.ready.control_url))).await;
    let told = &over_http.body["entries"][0];
    assert_eq!(
        (&told["fax"]["note"], &told["files"][1]["name"]),
        (&json!("Call me"), &json!("a.txt"))
    );
}

#[tokio::test]
async fn an_upload_that_is_cut_never_becomes_a_fax_and_a_lost_answer_takes_none_back() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let control = lab.simulator.control();
    let request = || {
        let json = Part::text(envelope_to(&[KIM]).to_string())
            .mime_str("application/json")
            .unwrap();
        let form = Form::new()
            .part("json", json)
            .part("attachment", file("a.psd", vec![7; 3_000_000]));
        lab.http.post(lab.url(FAX)).bearer_auth(&token).multipart(form)
    };
    let is_lost = async || match request().send().await {
        Ok(response) => response.bytes().await.is_err(),
        Err(_) => true,
    };
    for after_bytes in [0, 1, 100_000, 2_999_999, 9_000_000] {
        control.add_fault(Fault::once("createFaxMessage", Effect::CutUpload { after_bytes }));
        assert!(is_lost().await, "{after_bytes}");
    }
    control.add_fault(Fault::once("createFaxMessage", Effect::LoseRequest));
    assert!(is_lost().await);
    advance(&lab, 60);
    assert!(control.message_ledger().is_empty());
    assert!(
        lab.get(&token, &format!("{ME}/message-store"))
            .await
            .records()
            .is_empty()
    );

    control.add_fault(Fault::once("createFaxMessage", Effect::LoseReply));
    control.add_fault(Fault::once(
        "createFaxMessage",
        Effect::StallUpload {
            after_bytes: 50_000,
            millis: 30,
        },
    ));
    assert!(is_lost().await);
    control.add_fault(Fault::once(
        "createFaxMessage",
        Effect::SlowUpload {
            bytes_per_second: 60_000_000,
        },
    ));
    assert_eq!(send(request()).await.status, 200);
    advance(&lab, 60);
    assert!(control.unmet_faults().is_empty());
    assert_eq!(control.message_ledger().len(), 2);
}

#[tokio::test]
async fn a_client_that_hangs_up_in_the_middle_of_its_upload_has_sent_nothing() {
    use tokio::io::AsyncWriteExt;
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let host = lab.ready.base_url.trim_start_matches("http://").to_owned();
    let body = format!(
        "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b\r\nContent-Disposition: attachment; filename=\"a.txt\"\r\n\r\nBars\r\n--b--\r\n",
        envelope_to(&[KIM])
    );
    let head = format!(
        "POST {FAX} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: multipart/mixed; boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    for sent in [0, 1, body.len() / 2, body.len() - 1] {
        let mut stream = tokio::net::TcpStream::connect(&host).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&body.as_bytes()[..sent]).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        // Whatever it says, it does not say that a fax was accepted.
        let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut answer).await;
        assert!(!String::from_utf8_lossy(&answer).contains("200 OK"), "{sent}");
    }
    let list = lab
        .request(Method::GET, &token, &format!("{ME}/message-store"), None)
        .await;
    assert!(list.records().is_empty());
}

use switchboard_ringcentral::{
    Error, Priority,
    media::{Download, Version},
};

use crate::script::Script;

const CONTENT: &str = "0123456789";
const LINK: &str = "/restapi/v1.0/account/1/extension/2/message-store/3/content/4";

/// An answer that promises `promised` bytes and sends `body`.
fn answer(status: &str, headers: &str, promised: usize, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nContent-Type: audio/mpeg\r\n{headers}Content-Length: {promised}\r\nConnection: close\r\n\r\n{body}"
    )
}

async fn download(script: &Script, options: &Download, writer: &mut Vec<u8>) -> Result<u64, Error> {
    let client = script.client().await;
    let done = client.message_store().content(LINK, options, writer).await?;
    Ok(done.total_bytes)
}

fn options() -> Download {
    Download::new(1000, Priority::Interactive)
}

#[tokio::test]
async fn a_download_that_breaks_is_taken_up_where_it_broke() {
    let rest = answer(
        "206 Partial Content",
        "Content-Range: bytes 4-9/10\r\n",
        6,
        "456789",
    );
    let script = Script::play(vec![answer("200 OK", "", 10, "0123"), rest]).await;
    let mut content = Vec::new();
    assert_eq!(download(&script, &options(), &mut content).await.unwrap(), 10);
    assert_eq!(content, CONTENT.as_bytes());
    assert!(script.asked(0).contains("authorization: bearer secret"));
    assert!(script.asked(1).contains("range: bytes=4-"));
}

#[tokio::test]
async fn a_server_that_ignores_the_range_does_not_double_the_beginning() {
    let script = Script::play(vec![
        answer("200 OK", "", 10, "0123"),
        answer("200 OK", "", 10, CONTENT),
    ])
    .await;
    let mut content = Vec::new();
    download(&script, &options(), &mut content).await.unwrap();
    assert_eq!(content, CONTENT.as_bytes());
}

#[tokio::test]
async fn an_earlier_run_is_gone_on_with_even_when_it_was_complete() {
    let nothing_left = answer(
        "416 Range Not Satisfiable",
        "Content-Range: bytes */10\r\n",
        0,
        "",
    );
    let script = Script::play(vec![nothing_left]).await;
    let mut content = CONTENT.as_bytes().to_vec();
    let resumed = Download {
        resume_from_byte: 10,
        ..options()
    };
    assert_eq!(download(&script, &resumed, &mut content).await.unwrap(), 10);
    assert_eq!(content, CONTENT.as_bytes());
    assert!(script.asked(0).contains("range: bytes=10-"));
}

#[tokio::test]
async fn a_range_that_leaves_bytes_out_is_refused() {
    let hole = answer("206 Partial Content", "Content-Range: bytes 7-9/10\r\n", 3, "789");
    let script = Script::play(vec![answer("200 OK", "", 10, "0123"), hole]).await;
    let mut content = Vec::new();
    let error = download(&script, &options(), &mut content).await.unwrap_err();
    assert!(matches!(error, Error::Decode { field, .. } if field == "Content-Range"));
    assert_eq!(content, b"0123");
}

#[tokio::test]
async fn content_beyond_the_limit_is_refused_before_it_is_read() {
    let script = Script::play(vec![answer("200 OK", "", 10, CONTENT)]).await;
    let mut content = Vec::new();
    let small = Download::new(9, Priority::Interactive);
    let error = download(&script, &small, &mut content).await.unwrap_err();
    assert!(matches!(error, Error::BodyTooLarge { limit_bytes: 9, .. }));
    assert!(content.is_empty());
}

#[tokio::test]
async fn a_link_to_another_host_gets_neither_a_request_nor_our_token() {
    let trap = Script::play(vec![answer("200 OK", "", 10, CONTENT)]).await;
    let script = Script::play(Vec::new()).await;
    let link = format!("{}{LINK}", trap.address);
    let client = script.client().await;
    let error = client
        .message_store()
        .content(&link, &options(), &mut Vec::new())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::UntrustedHost { .. }));
    assert_eq!(trap.count(), 0);
}

/// What is left of an earlier run: the first four bytes of this version.
fn begun(etag: Option<&str>, total_bytes: Option<u64>) -> Download {
    Download {
        resume_from_byte: 4,
        version: Version {
            etag: etag.map(str::to_owned),
            total_bytes,
        },
        ..options()
    }
}

#[tokio::test]
async fn an_earlier_run_is_gone_on_with_only_if_the_content_is_still_the_same() {
    let rest = answer(
        "206 Partial Content",
        "ETag: \"one\"\r\nContent-Range: bytes 4-9/10\r\n",
        6,
        "456789",
    );
    let script = Script::play(vec![rest]).await;
    let mut content = b"0123".to_vec();
    download(&script, &begun(Some("\"one\""), Some(10)), &mut content)
        .await
        .unwrap();
    assert_eq!(content, CONTENT.as_bytes());
    assert!(script.asked(0).contains("range: bytes=4-") && script.asked(0).contains("if-range: \"one\""));
}

#[tokio::test]
async fn content_that_changed_meanwhile_begins_anew() {
    let other = answer("200 OK", "ETag: \"two\"\r\n", 8, "abcdefgh");
    let script = Script::play(vec![other.clone()]).await;
    let mut content = b"0123".to_vec();
    download(&script, &begun(Some("\"one\""), Some(10)), &mut content)
        .await
        .unwrap();
    assert_eq!(content, b"abcdefgh");

    // A server that does not know If-Range, and one whose content ends before our place in it.
    let piece = answer("206 Partial Content", "Content-Range: bytes 4-7/8\r\n", 4, "efgh");
    let beyond = answer("416 Range Not Satisfiable", "Content-Range: bytes */3\r\n", 0, "");
    for refused in [piece, beyond] {
        let script = Script::play(vec![refused, other.clone()]).await;
        let mut content = b"0123".to_vec();
        download(&script, &begun(None, Some(10)), &mut content)
            .await
            .unwrap();
        assert_eq!(content, b"abcdefgh");
        assert!(!script.asked(1).contains("range:"));
    }
}

#[tokio::test]
async fn weak_tags_are_not_asked_by_but_compared() {
    let rest = answer(
        "206 Partial Content",
        "ETag: W/\"one\"\r\nContent-Range: bytes 4-9/10\r\n",
        6,
        "456789",
    );
    let script = Script::play(vec![rest]).await;
    let mut content = b"0123".to_vec();
    download(&script, &begun(Some("W/\"one\""), None), &mut content)
        .await
        .unwrap();
    assert_eq!(content, CONTENT.as_bytes());
    assert!(!script.asked(0).contains("if-range"));
}

#[tokio::test]
async fn content_of_another_length_than_it_was_said_is_refused() {
    let short = answer("206 Partial Content", "Content-Range: bytes 4-9/10\r\n", 3, "456");
    let script = Script::play(vec![short]).await;
    let mut content = b"0123".to_vec();
    let error = download(&script, &begun(None, Some(10)), &mut content)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Decode { field, .. } if field == "Content-Length"));
}

//! Texts against the simulator, and lists that go by tokens.

use std::time::Duration;

use serde_json::json;
use simulator::{Effect, Fault, Options};
use switchboard_ringcentral::{
    Priority,
    api::{
        Direction,
        message::{AttachmentType, Message},
        message_store::ListMessages,
        outgoing_file::OutgoingFile,
        sms::OutgoingText,
        sms_consents::{ConsentChange, ConsentFilter, ConsentSender, OptStatus},
    },
    error::RequestOutcome,
    media::Download,
    rate_limit::Group,
};
use wiremock::{Mock, ResponseTemplate, matchers::method, matchers::path, matchers::query_param};

use crate::{answers::Stub, support::Lab};

const NOW: Priority = Priority::Interactive;
const CONSENTS: &str = "/restapi/v2/accounts/~/sms/consents";

fn text(words: &str) -> OutgoingText {
    OutgoingText {
        from: "+15105550101".into(),
        to: vec!["+14155550132".into()],
        text: words.into(),
        country: None,
    }
}

async fn sent_messages(client: &switchboard_ringcentral::Client) -> Vec<Message> {
    let which = ListMessages {
        direction: Some(Direction::Outbound),
        ..ListMessages::default()
    };
    client.message_store().list(&which, NOW).await.unwrap().records
}

#[tokio::test]
async fn a_text_is_sent_and_stands_in_the_message_store() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let before = sent_messages(&client).await.len();
    let message = client.sms().send(&text("On our way."), NOW).await.unwrap();
    assert_eq!(message.direction, Direction::Outbound);
    let sent = sent_messages(&client).await;
    assert_eq!(sent.len(), before + 1);
    let stored = sent.iter().find(|stored| stored.id == message.id).unwrap();
    assert_eq!(stored.subject.as_deref(), Some("On our way."));
    assert_eq!(stored.conversation_id(), message.conversation_id());
}

#[tokio::test]
async fn a_text_whose_answer_is_lost_is_sent_once_and_known_to_be_unknown() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let before = sent_messages(&client).await.len();
    lab.simulator
        .control()
        .add_fault(Fault::once("createSMSMessage", Effect::LoseReply));
    let error = client
        .sms()
        .send(&text("Once."), Priority::Campaign)
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), RequestOutcome::Unknown);
    assert_eq!(lab.count("createSMSMessage"), 1);
    assert_eq!(sent_messages(&client).await.len(), before + 1);
}

#[tokio::test]
async fn a_token_that_ended_costs_no_text_and_doubles_none() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let before = sent_messages(&client).await.len();
    lab.simulator.control().expire_access_tokens(None);
    client.sms().send(&text("After all."), NOW).await.unwrap();
    assert_eq!(sent_messages(&client).await.len(), before + 1);
}

#[tokio::test]
async fn pictures_arrive_byte_for_byte_with_their_names() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    let picture = OutgoingFile {
        name: "Größe \"A\"\r\n.png".into(),
        content_type: "image/png".into(),
        content: vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 255].into(),
    };
    let second = OutgoingFile {
        name: "b.jpg".into(),
        content_type: "image/jpeg".into(),
        content: vec![0xff, 0xd8, 0xff].into(),
    };
    let files = [picture.clone(), second];
    let message = client
        .sms()
        .send_with_files(&text("Look."), &files, NOW)
        .await
        .unwrap();
    let pictures: Vec<_> = message
        .attachments
        .iter()
        .filter(|attachment| attachment.kind == Some(AttachmentType::MmsAttachment))
        .collect();
    assert_eq!(pictures.len(), 2, "{:?}", message.attachments);
    assert_eq!(pictures[0].content_type.as_deref(), Some("image/png"));
    let mut content = Vec::new();
    client
        .message_store()
        .content(
            pictures[0].uri.as_ref().unwrap(),
            &Download::new(1000, NOW),
            &mut content,
        )
        .await
        .unwrap();
    assert_eq!(content, picture.content);
}

#[tokio::test]
async fn sending_lowers_what_is_free_and_looking_does_not() {
    let lab = Lab::new().await;
    let client = lab.signed_in().await;
    client.sms().send(&text("One."), NOW).await.unwrap();
    let standing = client.rate_limit().forecast(Group::Medium, NOW);
    client.sms().send(&text("Two."), NOW).await.unwrap();
    for _ in 0..3 {
        let after = client.rate_limit().forecast(Group::Medium, NOW);
        assert_eq!(after.free, standing.free - 1);
    }
    assert!(
        standing.limit > 40,
        "the simulator's raised limit is learnt: {standing:?}"
    );
}

#[tokio::test]
async fn a_campaign_that_looks_before_it_sends_meets_no_429() {
    let clock = simulator::world::Clock::manual("2026-03-02T16:00:00Z".parse().unwrap());
    // With the limits of a real account.
    let lab = Lab::with(Options::small_company(clock.clone()), clock).await;
    let mut config = lab.config();
    config.are_rate_windows_driven = true;
    let client = lab.client_with(config, lab.store.clone());
    client.auth().sign_in_with_jwt(lab.jwt()).await.unwrap();
    let mut passed = Duration::ZERO;
    for _ in 0..100 {
        let wait = client
            .rate_limit()
            .forecast(Group::Medium, Priority::Campaign)
            .next_free_in;
        lab.simulator.control().advance(wait.try_into().unwrap());
        passed += wait;
        client
            .sms()
            .send(&text("Sale!"), Priority::Campaign)
            .await
            .unwrap();
    }
    assert_eq!(lab.count("createSMSMessage"), 100);
    let per_minute = 99.0 * 60.0 / passed.as_secs_f64();
    assert!(per_minute > 40.0 * 0.99, "{per_minute}");
}

#[tokio::test]
async fn consents_are_read_page_by_page_and_a_refused_change_is_named() {
    let stub = Stub::new(|_| {}).await;
    let record = json!({"from": "+14081112345", "to": "+16501112345", "optStatus": "OptOut",
                        "source": "Recipient", "lastModifiedTime": "2025-05-12T22:21:03.879569Z"});
    let page =
        |paging| ResponseTemplate::new(200).set_body_json(json!({"records": [record], "paging": paging}));
    Mock::given(method("GET"))
        .and(path(CONSENTS))
        .and(query_param("pageToken", "second"))
        .and(query_param("optStatus", "OptOut"))
        .respond_with(page(json!({"perPage": 1})))
        .expect(1)
        .mount(&stub.server)
        .await;
    Mock::given(method("POST"))
        .and(path(format!("{CONSENTS}/search")))
        .respond_with(page(json!({"perPage": 1, "nextPageToken": "second"})))
        .mount(&stub.server)
        .await;
    let api = stub.client.sms_consents();
    let mut which = ConsentFilter {
        status: Some(OptStatus::OptOut),
        ..ConsentFilter::default()
    };
    let first = api.search(&which, NOW).await.unwrap();
    which.page_token = first.next_page_token;
    let second = api.list(&which, NOW).await.unwrap();
    assert_eq!((second.records.len(), second.next_page_token), (1, None));

    let refused = json!({"failedRecords": [{"from": "+14081112345", "to": "+1650", "optStatus": "OptOut",
        "source": "Api", "error": {"errorCode": "CMN-101", "message": "no"}}]});
    Mock::given(method("PATCH"))
        .and(path(CONSENTS))
        .respond_with(ResponseTemplate::new(200).set_body_json(refused))
        .mount(&stub.server)
        .await;
    let change = ConsentChange {
        from: ConsentSender::Number("+14081112345".into()),
        to: "+1650".into(),
        opt_status: OptStatus::OptOut,
    };
    let refused = api.update(&[change], NOW).await.unwrap();
    let code = refused[0].error.as_ref().unwrap().error_code.as_deref();
    assert_eq!(code, Some("CMN-101"));
}

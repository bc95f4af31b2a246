//! Sending texts: what is refused and in which words, and how much may leave. What the tests of texts share stands here too.

use jiff::SignedDuration;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use simulator::world::account::{NumberFeature, NumberType, PaymentType, UsageType};
use simulator::world::number::E164;
use simulator::world::texting::Texting;
use simulator::world::{NewPhoneNumber, World};
use simulator::{RateLimits, TextLimits};

use crate::support::{Got, Lab, send};

pub(crate) const ME: &str = "/restapi/v1.0/account/~/extension/~";
pub(crate) const SMS: &str = "/restapi/v1.0/account/~/extension/~/sms";
const ADA: &str = "+15105550101";
pub(crate) const KIM: &str = "+14155550199";
pub(crate) const LEE: &str = "+14155550198";
const TOLL_FREE: E164 = E164::nanp(800, 5_550_101);

pub(crate) fn text_to(to: &[&str], text: &str) -> Value {
    text_from(ADA, to, text)
}

fn text_from(from: &str, to: &[&str], text: &str) -> Value {
    let to: Vec<Value> = to.iter().map(|number| json!({"phoneNumber": number})).collect();
    json!({"from": {"phoneNumber": from}, "to": to, "text": text})
}

pub(crate) async fn post(lab: &Lab, token: &str, body: Value) -> Got {
    lab.request(Method::POST, token, SMS, Some(body)).await
}

async fn with_files(lab: &Lab, token: &str, body: &Value, files: Vec<Part>) -> Got {
    let json = Part::text(body.to_string()).mime_str("application/json").unwrap();
    let form = files
        .into_iter()
        .fold(Form::new().part("json", json), |form, file| {
            form.part("attachment", file)
        });
    send(lab.http.post(lab.url(SMS)).bearer_auth(token).multipart(form)).await
}

fn picture(byte_count: usize) -> Part {
    Part::bytes(vec![7; byte_count])
        .file_name("a.png")
        .mime_str("image/png")
        .unwrap()
}

pub(crate) async fn message(lab: &Lab, token: &str, sent: &Got) -> Value {
    let address = format!("{ME}/message-store/{}", sent.body["id"]);
    lab.get(token, &address).await.body
}

pub(crate) fn number(text: &str) -> E164 {
    E164::parse(text).unwrap()
}

pub(crate) fn advance(lab: &Lab, seconds: i64) {
    lab.simulator
        .control()
        .advance(SignedDuration::from_secs(seconds));
}

/// Gives Ada one more number.
fn add_number(
    world: &mut World,
    e164: E164,
    payment: PaymentType,
    kind: NumberType,
    features: &[NumberFeature],
) {
    let ada = world.extension_by_number(101).unwrap().id;
    world.add_phone_number(NewPhoneNumber {
        number: e164,
        usage: UsageType::DirectNumber,
        kind,
        payment,
        label: None,
        owner: Some(ada),
        features,
        is_primary: false,
    });
}

#[tokio::test]
async fn everything_that_is_missing_is_said_at_once() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let got = post(&lab, &token, json!({})).await;
    let codes: Vec<&str> = got.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["errorCode"].as_str().unwrap())
        .collect();
    assert_eq!(
        (got.status, codes.as_slice()),
        (400, &["MSG-219", "MSG-221", "MSG-224"][..])
    );
    assert_eq!(
        (&got.body["errorCode"], &got.body["parameterName"]),
        (&json!("InvalidParameter"), &json!("to"))
    );
}

#[tokio::test]
async fn each_documented_refusal_comes_with_its_code() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let token = lab.token("101").await;
    let fax_only = E164::nanp(510, 5_550_139);
    control.world(|world| {
        let texts = [NumberFeature::SmsSender];
        add_number(
            world,
            TOLL_FREE,
            PaymentType::TollFree,
            NumberType::VoiceFax,
            &texts,
        );
        add_number(world, fax_only, PaymentType::Local, NumberType::FaxOnly, &texts);
        add_number(
            world,
            E164::nanp(510, 5_550_140),
            PaymentType::Local,
            NumberType::VoiceFax,
            &[NumberFeature::A2PSmsSender],
        );
        let ada = world.extension_by_number(101).unwrap().id;
        world.set_blocked(ada, number(LEE), true);
    });
    let toll_free = TOLL_FREE.to_string();
    let cases = [
        (text_from("+15105550102", &[KIM], "x"), 403, "MSG-304"),
        (text_from("+18885550000", &[KIM], "x"), 400, "MSG-245"),
        (text_from(&fax_only.to_string(), &[KIM], "x"), 403, "MSG-241"),
        (text_from("+15105550140", &[KIM], "x"), 403, "MSG-367"),
        (text_from(&toll_free, &["+442079460000"], "x"), 403, "MSG-403"),
        (text_from(&toll_free, &[KIM, "+14155550197"], "x"), 403, "MSG-380"),
        (text_to(&["+442079460000"], "x"), 403, "MSG-240"),
        (text_to(&[LEE], "x"), 400, "MSG-243"),
        (text_to(&["72645"], "x"), 400, "MSG-247"),
        (text_to(&["+1415abc"], "x"), 400, "CMN-101"),
        (text_to(&[KIM], &"a".repeat(1_001)), 400, "CMN-101"),
        (text_to(&[KIM], &"🙂".repeat(501)), 400, "CMN-101"),
        (
            json!({"from": {"extensionNumber": "101"}, "to": [{"phoneNumber": KIM}], "text": "x"}),
            400,
            "MSG-246",
        ),
        (
            json!({"from": {"phoneNumber": ADA}, "to": [{"extensionNumber": "102"}], "text": "x"}),
            400,
            "MSG-246",
        ),
        (
            json!({"from": {"phoneNumber": ADA}, "to": [{"phoneNumber": KIM}], "text": "x",
                   "country": {"id": "1", "isoCode": "US"}}),
            400,
            "MSG-365",
        ),
    ];
    for (body, status, code) in cases {
        let got = post(&lab, &token, body.clone()).await;
        assert_eq!((got.status, got.code()), (status, code), "{body}");
    }
    let queue = control.world(|world| {
        let id = simulator::world::ids::ExtensionId(809_646_099);
        world.add_extension(
            id,
            simulator::world::NewExtension {
                number: 301,
                kind: simulator::world::account::ExtensionType::IvrMenu,
                first_name: "Menu",
                last_name: "",
                email: "",
                job_title: "",
                department: "",
                is_admin: false,
                contact_phone: None,
                queue_members: Vec::new(),
                message_recipient: None,
            },
        );
        id
    });
    let path = format!("/restapi/v1.0/account/~/extension/{queue}/sms");
    let got = lab
        .request(Method::POST, &token, &path, Some(text_to(&[KIM], "x")))
        .await;
    assert_eq!((got.status, got.code()), (403, "MSG-314"));
    assert!(control.message_ledger().is_empty(), "nothing of this left");
}

#[tokio::test]
async fn what_the_account_lacks_is_refused_by_name() {
    let lab = Lab::new().await;
    let control = lab.simulator.control();
    let token = lab.token("101").await;
    control.world(|world| {
        add_number(
            world,
            TOLL_FREE,
            PaymentType::TollFree,
            NumberType::VoiceFax,
            &[NumberFeature::SmsSender],
        );
    });
    let off = Texting {
        allows_mms: false,
        allows_toll_free: false,
        ..Texting::default()
    };
    control.world(|world| world.set_texting(off));
    let group = post(&lab, &token, text_to(&[KIM, LEE], "x")).await;
    let toll_free = post(&lab, &token, text_from(&TOLL_FREE.to_string(), &[KIM], "x")).await;
    assert_eq!((group.status, group.code()), (403, "BIL-103"));
    assert_eq!((toll_free.status, toll_free.code()), (403, "MSG-397"));
    control.world(|world| {
        world.set_texting(Texting {
            allows_sms: false,
            ..Texting::default()
        });
    });
    let none = post(&lab, &token, text_to(&[KIM], "x")).await;
    assert_eq!((none.status, none.code()), (403, "MSG-242"));
}

#[tokio::test]
async fn files_are_counted_weighed_and_of_known_kinds() {
    let lab = Lab::new().await;
    let token = lab.token("101").await;
    let body = text_to(&[KIM], "Look");
    let many = (0..11).map(|_| picture(10)).collect();
    let exe = Part::bytes(vec![1])
        .file_name("a.exe")
        .mime_str("application/x-msdownload")
        .unwrap();
    for (files, status, code) in [
        (many, 400, "MSG-379"),
        (vec![picture(1_500_001)], 400, "MSG-376"),
        (vec![picture(0)], 400, "MSG-347"),
        (vec![exe], 415, "MSG-348"),
    ] {
        let got = with_files(&lab, &token, &body, files).await;
        assert_eq!((got.status, got.code()), (status, code));
    }
    let control = lab.simulator.control();
    assert!(control.message_ledger().is_empty());
    let sent = with_files(&lab, &token, &body, vec![picture(1_499_000), picture(1_000)]).await;
    assert_eq!(sent.status, 200, "{sent:?}");
    let ledger = control.message_ledger();
    let files: Vec<(Option<&str>, usize)> = ledger[0]
        .files
        .iter()
        .map(|file| (file.name.as_deref(), file.byte_count))
        .collect();
    assert_eq!(files, [(Some("a.png"), 1_499_000), (Some("a.png"), 1_000)]);
    assert_ne!(ledger[0].files[0].sha256, ledger[0].files[1].sha256);
}

#[tokio::test]
async fn a_number_that_sends_too_fast_is_slowed_with_msg_305_and_nothing_leaves() {
    let limits = RateLimits {
        medium: 1_000,
        texts: TextLimits {
            texts_per_user: 1_000,
            ..TextLimits::default()
        },
        ..RateLimits::default()
    };
    let lab = Lab::with(|options| options.rate_limits(limits)).await;
    let token = lab.token("101").await;
    for _ in 0..50 {
        assert_eq!(post(&lab, &token, text_to(&[KIM], "x")).await.status, 200);
    }
    let slowed = post(&lab, &token, text_to(&[KIM], "x")).await;
    assert_eq!(
        (slowed.status, slowed.code(), slowed.header("retry-after")),
        (429, "MSG-305", "60")
    );
    assert_eq!(lab.simulator.control().message_ledger().len(), 50);
    advance(&lab, 60);
    assert_eq!(post(&lab, &token, text_to(&[KIM], "x")).await.status, 200);
}

#[tokio::test]
async fn a_text_every_second_and_a_half_is_never_refused_and_each_leaves_once() {
    let lab = Lab::with(|options| options.rate_limits(RateLimits::default())).await;
    let token = lab.token("101").await;
    let mut refused = 0;
    for _ in 0..120 {
        refused += u32::from(post(&lab, &token, text_to(&[KIM], "x")).await.status == 429);
        lab.simulator
            .control()
            .advance(SignedDuration::from_millis(1_500));
    }
    assert_eq!(refused, 0);
    assert_eq!(lab.simulator.control().message_ledger().len(), 120);
}

#[tokio::test]
async fn beyond_its_day_a_small_campaign_accepts_texts_and_keeps_them_back() {
    let limits = RateLimits {
        texts: TextLimits {
            low_volume_campaign_per_day: 2,
            account_per_day: Some(3),
            ..TextLimits::default()
        },
        ..RateLimits::raised()
    };
    let lab = Lab::with(|options| options.rate_limits(limits)).await;
    let token = lab.token("101").await;
    let mut last = None;
    for _ in 0..3 {
        last = Some(post(&lab, &token, text_to(&[KIM], "x")).await);
    }
    let last = last.unwrap();
    assert_eq!(last.status, 200);
    advance(&lab, 5);
    let kept_back = message(&lab, &token, &last).await;
    assert_eq!(
        (&kept_back["messageStatus"], &kept_back["deliveryErrorCode"]),
        (&json!("SendingFailed"), &json!("SMS-RC-403"))
    );
    let exhausted = post(&lab, &token, text_to(&[KIM], "x")).await;
    assert_eq!((exhausted.status, exhausted.code()), (403, "MSG-384"));
}

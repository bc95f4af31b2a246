//! The tables as a whole, and what happens outside of them.

use super::codes::{DELIVERY, REFUSALS};
use super::*;
use std::collections::{HashMap, HashSet};

/// Words of the trade that a receptionist need not know.
const JARGON: [&str; 27] = [
    "sms",
    "mms",
    "10dlc",
    "tcr",
    "a2p",
    "api",
    "gateway",
    "upstream",
    "smsc",
    "e.164",
    "utf",
    "gsm",
    "ucs",
    "parameter",
    "http",
    "null",
    "json",
    "provision",
    "destination number",
    "source number",
    "subscriber",
    "endpoint",
    "concatenat",
    "url",
    "throttl",
    "request",
    "extension of",
];

fn sentences(meaning: Meaning) -> [String; 3] {
    let it = Explanation::from(meaning);
    [it.what_happened, it.what_it_means, it.what_to_do]
}

#[test]
fn no_two_meanings_share_what_happened() {
    let mut said = HashMap::new();
    for meaning in Meaning::ALL {
        let [happened, ..] = sentences(*meaning);
        if let Some(other) = said.insert(happened, meaning) {
            panic!("{other:?} and {meaning:?} say the same");
        }
    }
}

#[test]
fn every_code_stands_once_and_every_meaning_is_reached() {
    let all = || DELIVERY.iter().chain(REFUSALS);
    let codes: HashSet<&str> = all().map(|(code, _)| *code).collect();
    assert_eq!(codes.len(), all().count());
    let mut reached: HashSet<Meaning> = all().map(|(_, meaning)| *meaning).collect();
    reached.extend(["to", "from", "text"].into_iter().filter_map(codes::of_parameter));
    for meaning in Meaning::ALL {
        assert!(reached.contains(meaning), "{meaning:?} belongs to no code");
    }
}

#[test]
fn every_sentence_is_whole_and_free_of_jargon() {
    for meaning in Meaning::ALL {
        for sentence in sentences(*meaning) {
            assert!(
                sentence.ends_with('.') && sentence.starts_with(char::is_uppercase),
                "{sentence}"
            );
            assert!(sentence.len() <= 110, "{sentence}");
            let lower = sentence.to_lowercase();
            for word in JARGON {
                assert!(!lower.contains(word), "“{word}” in: {sentence}");
            }
            assert!(!sentence.contains(['_', '[', '{', '$']), "{sentence}");
        }
    }
}

#[test]
fn every_documented_delivery_code_is_known() {
    // From the vendor's page, written down apart from the table.
    let documented = [
        ("RC", vec![403, 410, 413, 430, 500, 501, 503, 504]),
        ("UP", vec![410, 413, 414, 430, 431, 432, 433, 500]),
        (
            "CAR",
            vec![
                104, 199, 400, 410, 411, 412, 413, 414, 430, 431, 432, 433, 434, 435, 450, 451, 452, 460,
                461, 500,
            ],
        ),
    ];
    let mut count = 0;
    for (layer, numbers) in documented {
        for number in numbers {
            let code = format!("SMS-{layer}-{number}");
            assert!(of_delivery(&code).meaning.is_some(), "{code}");
            assert!(parse(&code).is_some(), "{code}");
            count += 1;
        }
    }
    assert_eq!(count, DELIVERY.len());
}

#[test]
fn every_documented_refusal_is_known() {
    for code in [
        "MSG-219", "MSG-221", "MSG-224", "MSG-240", "MSG-241", "MSG-242", "MSG-243", "MSG-245", "MSG-246",
        "MSG-247", "MSG-304", "MSG-305", "MSG-314", "MSG-367", "MSG-376", "MSG-379", "MSG-380", "MSG-381",
        "MSG-384", "MSG-397", "MSG-403", "BIL-103", "CMN-401", "CMN-408", "CMN-419",
    ] {
        assert!(of_refusal(code, None).meaning.is_some(), "{code}");
    }
}

#[test]
fn codes_that_mean_the_same_say_the_same_and_others_do_not() {
    let said = |code: &str| of_delivery(code).to_string();
    assert_eq!(said("SMS-RC-413"), said("SMS-CAR-413"));
    assert_eq!(said("SMS-RC-413"), said("sms-up-413 "));
    assert_eq!(of_refusal("MSG-304", None), of_refusal("MSG-245", None));
    // One number, three layers, three meanings.
    let spam = ["RC", "UP", "CAR"].map(|layer| said(&format!("SMS-{layer}-430")));
    assert!(spam[0] != spam[1] && spam[1] != spam[2] && spam[0] != spam[2]);
    assert_ne!(said("SMS-CAR-410"), said("SMS-UP-410"));
    assert_ne!(said("SMS-UP-432"), said("SMS-CAR-432"));
}

#[test]
fn what_may_have_arrived_is_never_sent_again_and_limits_pass() {
    assert_eq!(of_delivery("SMS-CAR-104").retry, Retry::Never);
    assert_eq!(of_delivery("SMS-CAR-199").retry, Retry::Never);
    assert_eq!(of_delivery("SMS-CAR-450").retry, Retry::Later);
    assert_eq!(of_refusal("MSG-305", None).retry, Retry::Later);
    assert_eq!(of_delivery("SMS-CAR-411").retry, Retry::AfterChange);
    assert_eq!(of_refusal("MSG-243", None).retry, Retry::Never);
}

#[test]
fn a_wrong_parameter_is_explained_by_its_name() {
    let meaning = |parameter| of_refusal("CMN-101", parameter).meaning;
    assert_eq!(meaning(Some("to")), Some(Meaning::BadRecipient));
    assert_eq!(meaning(Some("to[0].phoneNumber")), Some(Meaning::BadRecipient));
    assert_eq!(meaning(Some("from.phoneNumber")), Some(Meaning::SenderNotYours));
    assert_eq!(meaning(Some("text")), Some(Meaning::TextNotAccepted));
    assert_eq!(meaning(Some("country")), None);
    assert_eq!(meaning(None), None);
}

#[test]
fn a_code_nobody_has_heard_of_still_becomes_sentences_with_the_code() {
    assert_eq!(
        of_delivery("SMS-CAR-999").to_string(),
        "The recipient's carrier refused the text. RingCentral gave the reason SMS-CAR-999, which Switchboard does \
         not know. Check the number and the wording and send it again, or call."
    );
    assert!(of_delivery("SMS-RC-999").what_happened.starts_with("RingCentral"));
    assert!(of_delivery("SMS-UP-999").what_happened.contains("on its way"));
    assert!(of_delivery("TELEGRAM-1").to_string().contains("TELEGRAM-1"));
    assert!(of_refusal("MSG-999", None).to_string().contains("MSG-999"));
    assert!(of_delivery("").to_string().contains("gave no reason"));
    for broken in ["SMS-", "SMS-CAR-", "SMS-CAR-x", "SMS--1", "-", "SMS-CAR-99999999"] {
        assert_eq!(parse(broken), None, "{broken}");
        assert!(of_delivery(broken).meaning.is_none());
    }
}

use super::*;

fn us() -> NumberingPlan {
    NumberingPlan::of_country("US").unwrap()
}

fn e164(parsed: &ParsedNumber) -> Option<&str> {
    match parsed {
        ParsedNumber::Number { e164, .. } => Some(e164.as_str()),
        _ => None,
    }
}

#[test]
fn a_number_is_the_same_however_it_is_written() {
    for written in [
        "+15105550147",
        "15105550147",
        "5105550147",
        "(510) 555-0147",
        "1-510-555-0147",
        "510.555.0147",
        "tel:+1-510-555-0147",
        "sip:+15105550147@sip.example.com",
        "\u{202a}+1 510\u{a0}555 0147\u{202c}",
        "５１０５５５０１４７",
        "011 1 510 555 0147",
    ] {
        assert_eq!(e164(&us().parse(written)), Some("+15105550147"), "{written}");
    }
}

#[test]
fn foreign_numbers_are_understood_with_and_without_a_plus() {
    assert_eq!(e164(&us().parse("+49 30 123456")), Some("+4930123456"));
    assert_eq!(e164(&us().parse("442071838750")), Some("+442071838750"));
    let germany = NumberingPlan::of_country("de").unwrap();
    assert_eq!(e164(&germany.parse("030 123456")), Some("+4930123456"));
    assert_eq!(e164(&germany.parse("+15105550147")), Some("+15105550147"));
}

#[test]
fn an_extension_after_the_number_is_kept_apart() {
    for written in [
        "510-555-0147 x104",
        "(510) 555-0147 ext. 104",
        "+15105550147;ext=104",
    ] {
        let ParsedNumber::Number { e164, extension } = us().parse(written) else {
            panic!("{written}")
        };
        assert_eq!(
            (e164.as_str(), extension.as_deref()),
            ("+15105550147", Some("104")),
            "{written}"
        );
    }
}

#[test]
fn hidden_numbers_are_withheld() {
    for written in [
        "",
        "  ",
        "anonymous",
        "Anonymous",
        "RESTRICTED",
        "Private",
        "unavailable",
        "+266696687",
    ] {
        assert_eq!(us().parse(written), ParsedNumber::Withheld, "{written}");
    }
}

#[test]
fn short_codes_are_not_telephone_numbers() {
    for (written, code) in [
        ("911", "911"),
        ("74545", "74545"),
        ("104", "104"),
        ("*86", "*86"),
        ("262 966", "262966"),
    ] {
        assert_eq!(
            us().parse(written),
            ParsedNumber::Short(code.to_owned()),
            "{written}"
        );
    }
}

#[test]
fn masked_and_damaged_numbers_are_malformed() {
    for written in [
        "+1855201XXXX",
        "855-201-xxxx",
        "+1",
        "12345678",
        "hello",
        "+1 510 555 014",
        "1.51056E+10",
        "+",
    ] {
        assert!(
            matches!(us().parse(written), ParsedNumber::Malformed(_)),
            "{written}: {:?}",
            us().parse(written)
        );
    }
}

#[test]
fn numbers_are_shown_as_they_are_written_at_home() {
    let number = |text: &str| E164::new(text).unwrap();
    let home = us().show(&number("+15105550147"), None);
    assert_eq!(home.formatted, "(510) 555-0147");
    assert_eq!(home.region.as_deref(), Some("Oakland, CA"));
    let abroad = us().show(&number("+442071838750"), None);
    assert_eq!(abroad.formatted, "+44 20 7183 8750");
    assert_eq!(abroad.region.as_deref(), Some("United Kingdom"));
    let extended = us().show(&number("+15105550147"), Some("104"));
    assert_eq!(extended.formatted, "(510) 555-0147 ext. 104");
    assert_eq!(extended.extension.as_deref(), Some("104"));
}

#[test]
fn the_shared_country_code_is_told_apart_by_area() {
    let region = |text: &str| us().show(&E164::new(text).unwrap(), None).region;
    assert_eq!(region("+14165550100").as_deref(), Some("Toronto, ON"));
    assert_eq!(region("+13685550100").as_deref(), Some("AB"));
    assert_eq!(region("+18005550100").as_deref(), Some("Toll-free"));
    assert_eq!(region("+18765550100").as_deref(), Some("Jamaica"));
    assert_eq!(region("+17875550100").as_deref(), Some("Puerto Rico"));
}

#[test]
fn unknown_countries_are_refused() {
    assert_eq!(NumberingPlan::of_country("XX"), None);
    assert_eq!(NumberingPlan::of_country("Germany"), None);
    assert_eq!(NumberingPlan::of_country(" de "), NumberingPlan::of_country("DE"));
}

#[test]
fn every_country_of_the_tables_has_a_name() {
    let nameless: Vec<String> = PHONE_NUMBER_UTIL
        .get_supported_regions()
        .map(|region| region.to_string())
        .filter(|region| regions::country_name(region).is_none())
        .collect();
    assert_eq!(nameless, Vec::<String>::new());
}

proptest::proptest! {
    #[test]
    fn nothing_that_can_be_typed_makes_the_parser_fail(text in "\\PC{0,40}") {
        let _ = us().parse(&text);
    }

    #[test]
    fn what_is_shown_is_understood_again(line in 0u32..10_000) {
        let written = format!("+1510555{line:04}");
        let ParsedNumber::Number { e164, .. } = us().parse(&written) else { panic!("{written}") };
        let shown = us().show(&e164, None).formatted;
        proptest::prop_assert_eq!(us().parse(&shown), ParsedNumber::Number { e164, extension: None });
    }
}

//! Segments at their edges, and the laws that hold for any text.

use super::*;
use proptest::prelude::*;

/// Texts that reach the edges: all kinds of characters, up to several segments.
fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![
        6 => prop::char::range(' ', '~'),
        2 => prop::sample::select("€[]{}~^|\\\u{c}".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("’“–…\u{a0}\u{200b}éçÇñłșẾ½°•`\u{301}\u{fe0f}\u{200d}\u{20e3}\u{feff}".chars().collect::<Vec<_>>()),
        1 => prop::sample::select("😀👨👩🏽❤🇺🇸漢יд".chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    prop::collection::vec(character, 0..420).prop_map(String::from_iter)
}

/// Only what the GSM 7-bit alphabet has.
fn gsm7_text() -> impl Strategy<Value = String> {
    let alphabet: Vec<char> = (0..0x3000)
        .filter_map(char::from_u32)
        .filter(|c| gsm7::septets(*c).is_some())
        .collect();
    prop::collection::vec(prop::sample::select(alphabet), 0..500).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn the_segments_joined_are_the_text_and_each_keeps_its_limit(text in any_text()) {
        let parts = split(&text);
        let counted = count(&text);
        prop_assert_eq!(parts.concat(), text.clone());
        prop_assert_eq!(parts.len() as u32, counted.segments);
        let limit = if parts.len() > 1 { counted.encoding.units_joined() } else { counted.encoding.units_alone() };
        let mut total = 0;
        for part in &parts {
            // Units on their own: whatever a part is cut from, its pairs are whole, or the sum would not come out.
            let units: u32 = match counted.encoding {
                Encoding::Gsm7 => part.chars().map(|c| if "^{}\\[~]|€\u{c}".contains(c) { 2 } else { 1 }).sum(),
                Encoding::Ucs2 => part.encode_utf16().count() as u32,
            };
            prop_assert!(units <= limit && units > 0);
            total += units;
        }
        prop_assert_eq!(total, counted.units);
        if let Some(last) = parts.last() {
            let last: u32 = last.chars().map(|c| counted.encoding.units(c)).sum();
            prop_assert_eq!(counted.units_left_in_segment, limit - last);
        }
    }

    #[test]
    fn a_segment_ends_short_only_because_a_pair_did_not_fit(text in any_text()) {
        let encoding = Encoding::of(&text);
        let parts = split(&text);
        for (part, next) in parts.iter().zip(parts.iter().skip(1)) {
            let units: u32 = part.chars().map(|c| encoding.units(c)).sum();
            let first = next.chars().next().map_or(0, |c| encoding.units(c));
            prop_assert!(units + first > encoding.units_joined());
        }
    }

    #[test]
    fn the_forcing_character_is_named_exactly_for_ucs2_and_stands_where_it_says(text in any_text()) {
        let counted = count(&text);
        prop_assert_eq!(counted.forces_ucs2.is_some(), counted.encoding == Encoding::Ucs2);
        if let Some(forcing) = counted.forces_ucs2 {
            let units: Vec<u16> = text.encode_utf16().skip(forcing.position as usize).collect();
            let there: Vec<u16> = forcing.character.encode_utf16().collect();
            prop_assert!(units.starts_with(&there));
        }
    }

    #[test]
    fn plain_twice_is_plain_once(text in any_text()) {
        let once = plain(&text);
        prop_assert_eq!(plain(&once), once);
    }

    #[test]
    fn plain_changes_nothing_that_already_fits(text in gsm7_text()) {
        prop_assert_eq!(plain(&text), text.clone());
        prop_assert_eq!(count(&text).encoding, Encoding::Gsm7);
    }

    #[test]
    fn after_plain_only_what_cannot_be_replaced_forces_ucs2(text in any_text()) {
        let said = plain(&text);
        prop_assert_eq!(unreplaceable(&text).is_empty(), count(&said).encoding == Encoding::Gsm7);
        if let Some(forcing) = count(&said).forces_ucs2 {
            prop_assert_eq!(forcing.replacement, None);
        }
    }
}

#[test]
fn the_limits_are_160_and_153_septets_70_and_67_units() {
    for (text, segments, left) in [
        (String::new(), 0, 160),
        ("a".repeat(160), 1, 0),
        ("a".repeat(161), 2, 145),
        ("a".repeat(306), 2, 0),
        ("a".repeat(307), 3, 152),
        ("é".repeat(160), 1, 0),
        ("д".repeat(70), 1, 0),
        ("д".repeat(71), 2, 63),
        ("д".repeat(134), 2, 0),
        ("д".repeat(135), 3, 66),
    ] {
        let counted = count(&text);
        assert_eq!(
            (counted.segments, counted.units_left_in_segment),
            (segments, left),
            "{}",
            text.len()
        );
    }
}

#[test]
fn an_escape_pair_is_not_split_between_two_segments() {
    let text = format!("{}€{}", "a".repeat(152), "b".repeat(20));
    assert_eq!(split(&text), ["a".repeat(152), format!("€{}", "b".repeat(20))]);
    assert_eq!(count(&text).units, 174);
    assert_eq!(count(&text).units_left_in_segment, 153 - 22);
}

#[test]
fn an_emoji_is_not_split_between_two_segments() {
    let text = format!("{}😀{}", "д".repeat(66), "д".repeat(10));
    assert_eq!(split(&text), ["д".repeat(66), format!("😀{}", "д".repeat(10))]);
    assert_eq!(count(&text).units, 78);
}

#[test]
fn pairs_count_two_before_the_text_is_cut_at_all() {
    assert_eq!(count(&"€".repeat(80)).segments, 1);
    assert_eq!(count(&"€".repeat(81)).segments, 2);
    assert_eq!(count(&"😀".repeat(35)).segments, 1);
    assert_eq!(count(&"😀".repeat(36)).segments, 2);
}

#[test]
fn the_character_that_forces_ucs2_is_named_with_its_replacement() {
    let forcing = |text: &str| {
        count(text)
            .forces_ucs2
            .map(|it| (it.character, it.replacement, it.position))
    };
    assert_eq!(forcing("Plain text costs €5 [net]"), None);
    assert_eq!(forcing("It’s done"), Some(("’".into(), Some("'".into()), 2)));
    assert_eq!(
        forcing("ok \u{200b}!"),
        Some(("\u{200b}".into(), Some(String::new()), 3))
    );
    assert_eq!(forcing("Thanks 👍🏽 all"), Some(("👍🏽".into(), None, 7)));
    assert_eq!(forcing("1️⃣ first"), Some(("1️⃣".into(), None, 0)));
    assert_eq!(forcing("👨‍👩‍👧"), Some(("👨‍👩‍👧".into(), None, 0)));
}

#[test]
fn plain_says_the_same_in_the_small_alphabet() {
    for (typed, said) in [
        ("“Don’t” – he said…", "\"Don't\" - he said..."),
        ("• 72° at 3\u{202f}PM", "- 72 deg at 3 PM"),
        ("1½ hours, ½ day, 5 m²", "1 1/2 hours, 1/2 day, 5 m^2"),
        ("façade, ÇA, Łódź, São", "facade, ÇA, Lodz, Sao"),
        ("cafe\u{301} c\u{327}a o\u{302}", "café ca o"),
        ("zero\u{200b}width\u{feff}", "zerowidth"),
        ("Ｈｉ！", "Hi!"),
        ("Nguyễn ™", "Nguyen TM"),
    ] {
        assert_eq!(plain(typed), said);
    }
}

#[test]
fn emoji_and_other_scripts_stay_and_are_named() {
    for kept in [
        "👨‍👩‍👧",
        "❤️",
        "1️⃣",
        "🇺🇸",
        "👍🏽",
        "Привет",
        "שלום",
        "می‌خواهم",
        "漢字",
        "й",
    ] {
        assert_eq!(plain(kept), kept);
        assert!(!unreplaceable(kept).is_empty());
    }
    assert_eq!(unreplaceable("“Hi” 👍🏽 and 👍🏽 ❤️"), ["👍🏽", "❤️"]);
    assert_eq!(unreplaceable("“Hi”"), Vec::<String>::new());
}

#[test]
fn a_thousand_utf16_units_are_the_end() {
    assert!(!count(&"a".repeat(1000)).over_limit);
    assert!(count(&"a".repeat(1001)).over_limit);
    assert!(!count(&"😀".repeat(500)).over_limit);
    assert!(count(&"😀".repeat(501)).over_limit);
    assert!(
        !count(&"€".repeat(1000)).over_limit,
        "an extension character is one unit to RingCentral"
    );
}

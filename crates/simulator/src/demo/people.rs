//! Whom the company deals with: contractors, engineers, suppliers, inspectors, haulers, and the people there.
//!
//! All names are made up from lists; all numbers are from the range kept for fiction (555-0100 to 555-0199).

mod names;

use super::dice::Dice;
use crate::world::address_book::ContactFields;
use crate::world::number::E164;
use names::{AREA_CODES, FIRST_NAMES, LAST_NAMES, NOTES, PLACES, RESERVED, SPEAKERS, TRADES};

/// Someone outside the company.
#[derive(Debug, Clone)]
pub(super) struct Outsider {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) company: String,
    pub(super) title: &'static str,
    pub(super) mobile: E164,
    pub(super) office: Option<E164>,
    pub(super) fax: Option<E164>,
    /// How the network shows them.
    pub(super) caller_name: String,
    /// Somebody has typed them into the address book.
    pub(super) is_in_address_book: bool,
}

/// Everybody outside, and numbers that belong to nobody known.
#[derive(Debug)]
pub(super) struct Outside {
    pub(super) people: Vec<Outsider>,
    pub(super) strangers: Vec<E164>,
}

/// Of every hundred people outside, this many are in the address book; the others stay unknown callers.
const IN_ADDRESS_BOOK_PERCENT: u64 = 93;
/// How many people outside the company are known.
const CONTACTS: usize = 400;
/// How many unknown numbers call now and then.
const STRANGERS: usize = 240;

/// Deals out fictional numbers, near ones first.
struct NumberPool {
    next: u32,
}

impl NumberPool {
    fn take(&mut self) -> E164 {
        const PER_AREA: u32 = 100;
        // 510-555-0100 to 0139 are the company's own.
        const OWN: u32 = 40;
        loop {
            let area = AREA_CODES
                .get((self.next / PER_AREA) as usize)
                .copied()
                .unwrap_or(212);
            let line = self.next % PER_AREA;
            self.next += 1;
            let number = E164::nanp(area, 5_550_100 + line);
            let is_spoken_for =
                SPEAKERS.iter().any(|speaker| speaker.4 == number) || RESERVED.contains(&number);
            if !(is_spoken_for || area == 510 && line < OWN) {
                return number;
            }
        }
    }
}

/// Makes up everybody outside.
pub(super) fn invent(dice: &mut Dice) -> Outside {
    let mut pool = NumberPool { next: 0 };
    let mut people: Vec<Outsider> = SPEAKERS
        .iter()
        .map(|(first, last, company, title, mobile)| Outsider {
            first,
            last,
            company: (*company).to_owned(),
            title,
            mobile: *mobile,
            office: Some(pool.take()),
            fax: Some(pool.take()),
            caller_name: format!("{last} {first}").to_uppercase(),
            is_in_address_book: true,
        })
        .collect();
    let mut companies = 0;
    while people.len() < CONTACTS {
        let staff = 1 + dice.place(5);
        let staff = staff.min(CONTACTS - people.len());
        hire(dice, &mut pool, &mut people, companies, staff);
        companies += 1;
    }
    let strangers = (0..STRANGERS).map(|_| pool.take()).collect();
    Outside { people, strangers }
}

/// One company and the people there; they share its office and fax numbers.
fn hire(dice: &mut Dice, pool: &mut NumberPool, people: &mut Vec<Outsider>, company: usize, staff: usize) {
    let place = PLACES.get(company % PLACES.len()).copied().unwrap_or("Bay");
    // Places come round again with another trade, so that no two companies share a name.
    let (_, endings, titles) = TRADES
        .get((company + company / PLACES.len()) % TRADES.len())
        .copied()
        .unwrap_or(("", &[], &[]));
    let ending = endings
        .get((company / PLACES.len()) % endings.len().max(1))
        .copied()
        .unwrap_or("Co.");
    let name = format!("{place} {ending}");
    let office = dice.chance(80).then(|| pool.take());
    let fax = dice.chance(45).then(|| pool.take());
    for _ in 0..staff {
        let (first, last) = (dice.word(&FIRST_NAMES), dice.word(&LAST_NAMES));
        let caller_name = match dice.below(3) {
            0 => "WIRELESS CALLER".to_owned(),
            1 => format!("{last} {first}")
                .to_uppercase()
                .chars()
                .take(15)
                .collect(),
            _ => name.to_uppercase().chars().take(15).collect(),
        };
        let title = dice.word(titles);
        let is_in_address_book = dice.chance(IN_ADDRESS_BOOK_PERCENT);
        people.push(Outsider {
            first,
            last,
            company: name.clone(),
            title,
            mobile: pool.take(),
            office,
            fax,
            caller_name,
            is_in_address_book,
        });
    }
}

/// The entry somebody typed into the address book, in whatever way they write numbers.
pub(super) fn address_book_entry(dice: &mut Dice, person: &Outsider) -> ContactFields {
    let mut phones = vec![("mobilePhone", as_typed(dice, person.mobile))];
    if let Some(office) = person.office {
        let extension = if dice.chance(12) {
            format!(" x{}", 100 + dice.below(60))
        } else {
            String::new()
        };
        phones.push(("businessPhone", as_typed(dice, office) + &extension));
    }
    if let Some(fax) = person.fax {
        phones.push(("businessFax", as_typed(dice, fax)));
    }
    let domain: String = person
        .company
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    // People are not tidy: some entries lack a name, a company, or carry the name in the wrong field.
    let has_name = !dice.chance(4);
    ContactFields {
        first_name: has_name.then(|| person.first.to_owned()),
        last_name: (has_name && !dice.chance(6)).then(|| person.last.to_owned()),
        company: (!dice.chance(5)).then(|| {
            if dice.chance(8) {
                person.company.to_uppercase()
            } else {
                person.company.clone()
            }
        }),
        job_title: dice.chance(70).then(|| person.title.to_owned()),
        emails: if dice.chance(65) {
            vec![format!("{}@{domain}.example", person.first.to_lowercase())]
        } else {
            Vec::new()
        },
        phones,
        business_city: dice.chance(40).then(|| "Oakland".to_owned()),
        business_state: dice.chance(40).then(|| "CA".to_owned()),
        notes: dice.chance(15).then(|| dice.word(&NOTES).to_owned()),
        ..ContactFields::default()
    }
}

fn as_typed(dice: &mut Dice, number: E164) -> String {
    let national = number.0 % 10_000_000_000;
    let (area, exchange, line) = (national / 10_000_000, national / 10_000 % 1000, national % 10_000);
    match dice.below(6) {
        0 => format!("({area}) {exchange}-{line:04}"),
        1 => format!("{area}-{exchange}-{line:04}"),
        2 => format!("{area}.{exchange}.{line:04}"),
        3 => format!("{area}{exchange}{line:04}"),
        4 => format!("1 {area} {exchange} {line:04}"),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn everybody_has_a_number_of_their_own() {
        let outside = invent(&mut Dice::new(1));
        assert_eq!(outside.people.len(), CONTACTS);
        let mobiles: HashSet<E164> = outside.people.iter().map(|person| person.mobile).collect();
        assert_eq!(mobiles.len(), CONTACTS);
        assert!(
            outside
                .strangers
                .iter()
                .all(|stranger| !mobiles.contains(stranger))
        );
        let companies: HashSet<&str> = outside
            .people
            .iter()
            .map(|person| person.company.as_str())
            .collect();
        assert!(companies.len() > 80, "{}", companies.len());
    }

    #[test]
    fn company_names_are_not_reused_for_different_offices() {
        let outside = invent(&mut Dice::new(3));
        let mut seen: std::collections::HashMap<&str, Option<E164>> = std::collections::HashMap::new();
        for person in outside.people.iter().skip(SPEAKERS.len()) {
            assert_eq!(
                *seen.entry(&person.company).or_insert(person.office),
                person.office,
                "{}",
                person.company
            );
        }
    }
}

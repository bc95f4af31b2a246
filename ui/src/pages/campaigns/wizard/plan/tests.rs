use super::*;
use domain::phone_number::{E164, PhoneNumber};

fn ready() -> Plan {
    Plan {
        tags: vec![("customer".to_owned(), 41)],
        pasted: "(510) 555-0147, 510-555-0188".to_owned(),
        from: Some(Sender {
            number: PhoneNumber {
                e164: E164::new("+15105550100").ok(),
                formatted: "(510) 555-0100".to_owned(),
                extension: None,
                region: None,
            },
            name: "Your direct line".to_owned(),
            can_send_pictures: true,
        }),
        body: "Hi {first_name|there}, the yard is closed on Friday.".to_owned(),
        ..Plan::default()
    }
}

fn file(number_column: Option<usize>) -> PickedFile {
    PickedFile {
        name: "list.csv".to_owned(),
        content: "Phone\n5105550147\n".to_owned(),
        columns: CsvColumns {
            headers: vec!["Phone".to_owned()],
            samples: Vec::new(),
            rows: 120,
            number_column,
            values: Vec::new(),
        },
        number_column,
        values: Vec::new(),
    }
}

fn check(recipients: u32, problems: &[&str]) -> CampaignCheck {
    CampaignCheck {
        problems: problems.iter().map(|words| (*words).to_owned()).collect(),
        recipients,
        samples: Vec::new(),
        excluded: Vec::new(),
        segments: recipients,
        estimated_seconds: recipients.into(),
        waiting_for_morning: 0,
    }
}

#[test]
fn everyone_chosen_in_any_way_is_counted() {
    let mut plan = ready();
    assert_eq!(plan.most_recipients(), 43);
    plan.file = Some(file(Some(0)));
    assert_eq!(plan.most_recipients(), 163);
    assert_eq!(plan.summary(None), "Up to 163 recipients");
    assert_eq!(plan.summary(Some(&check(150, &[]))), "150 recipients");
}

#[test]
fn pasted_entries_count_only_with_a_digit_in_them() {
    assert_eq!(pasted_numbers(""), 0);
    assert_eq!(
        pasted_numbers("Maria, (510) 555-0147\n\n510-555-0188;  ,\t4155550199"),
        3
    );
}

#[test]
fn a_file_whose_numbers_nobody_has_pointed_out_holds_one_up() {
    let mut plan = ready();
    plan.file = Some(file(None));
    assert_eq!(
        plan.obstacle(None).as_deref(),
        Some("Say which column of the file holds the numbers.")
    );
    assert_eq!(plan.reached(), Step::Who);
    let draft = plan.draft("November 24").unwrap();
    assert_eq!(draft.audience.csv, None, "without that column it is no list");
}

#[test]
fn a_text_with_a_mistake_goes_no_further() {
    let mut plan = Plan {
        step: Step::What,
        ..ready()
    };
    assert_eq!(plan.obstacle(None), None);
    plan.body.push_str(" {nmae");
    assert_eq!(
        plan.obstacle(None).as_deref(),
        Some("Mend the marked places in the text.")
    );
    assert_eq!(plan.reached(), Step::What);
}

#[test]
fn nothing_is_sent_before_the_check_has_found_somebody() {
    let plan = Plan {
        step: Step::Check,
        ..ready()
    };
    assert!(plan.obstacle(None).is_some());
    assert!(plan.obstacle(Some(&check(0, &[]))).is_some());
    assert!(plan.obstacle(Some(&check(3, &["Too long."]))).is_some());
    assert_eq!(plan.obstacle(Some(&check(3, &[]))), None);
}

#[test]
fn one_cannot_jump_over_the_check() {
    assert_eq!(ready().reached(), Step::Check);
}

#[test]
fn a_campaign_without_a_name_is_named_after_its_day() {
    let mut plan = ready();
    assert_eq!(plan.draft("November 24").unwrap().name, "Campaign of November 24");
    plan.name = " Friday ".to_owned();
    assert_eq!(plan.draft("November 24").unwrap().name, "Friday");
}

use super::*;
use crate::contacts;
use crate::store::testing::*;
use crate::store::{Change, LineRecord, SenderRecord};
use domain::campaign::{Audience, CsvAudience, Exclusion, ResultKind};
use domain::communication::Direction;
use domain::contact::{ContactDraft, NumberLabel};
use domain::ids::ContactId;
use domain::outgoing::OutgoingState;
use jiff::SignedDuration;

const OURS: &str = "+15105550100";
const PER_MINUTE: u32 = 40;

/// A store on a Monday at ten in the morning in California.
async fn store() -> TestStore {
    let test = TestStore::new().await;
    test.clock.set("2026-03-02T18:00:00Z".parse().unwrap());
    let sender = SenderRecord {
        number: OURS.to_owned(),
        can_send_pictures: true,
    };
    test.store.replace_senders(&[sender]).await.unwrap();
    test
}

fn author() -> Author {
    Author {
        company_id: "37".to_owned(),
        name: "Ada Park".to_owned(),
        number: None,
    }
}

async fn contact(test: &TestStore, first: &str, tags: &[&str], numbers: &[(NumberLabel, &str)]) -> ContactId {
    let form = ContactDraft {
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        ..draft(first, "Test", numbers)
    };
    contacts::add(&test.store, &form).await.unwrap().contact.id
}

fn campaign(audience: Audience, body: &str) -> CampaignDraft {
    CampaignDraft {
        name: "Pickup".to_owned(),
        from: E164::new(OURS).unwrap(),
        audience,
        body: body.to_owned(),
        adds_opt_out_line: false,
        waits_for_morning: true,
    }
}

fn pasted(numbers: &str) -> Audience {
    Audience {
        pasted: numbers.to_owned(),
        ..Audience::default()
    }
}

async fn checked(test: &TestStore, draft: &CampaignDraft) -> CampaignCheck {
    check_draft(&test.store, &author(), draft, PER_MINUTE)
        .await
        .unwrap()
}

fn reasons(check: &CampaignCheck) -> Vec<(&str, &Exclusion)> {
    check
        .excluded
        .iter()
        .map(|one| (one.label.as_str(), &one.why))
        .collect()
}

#[tokio::test]
async fn everybody_is_texted_once_whatever_list_they_are_in() {
    let test = store().await;
    let maria = contact(&test, "Maria", &["yard"], &[(NumberLabel::Mobile, MARIA)]).await;
    let audience = Audience {
        contacts: vec![maria],
        tags: vec!["yard".to_owned()],
        pasted: format!("{MARIA}; (510) 555-0147\n{BEN}"),
        csv: None,
    };
    let check = checked(&test, &campaign(audience, "Ready")).await;
    assert_eq!(check.recipients, 2);
    assert_eq!(check.excluded.len(), 3);
    let duplicate = Exclusion::Duplicate {
        of: "Maria Test".to_owned(),
    };
    assert!(check.excluded.iter().all(|one| one.why == duplicate));
}

#[tokio::test]
async fn who_gets_nothing_is_named_with_the_reason() {
    let test = store().await;
    let nobody = contact(&test, "Nora", &[], &[]).await;
    let fax = contact(&test, "Fay", &[], &[(NumberLabel::Fax, "+14155550177")]).await;
    let mut stop = text("1", "c", BEN, 0, Direction::Inbound, "STOP");
    stop.line = LineRecord {
        number: Some(OURS.to_owned()),
        ..LineRecord::default()
    };
    let proof = test.apply(vec![Change::UpsertMessage(stop)]).await[0];
    let audience = Audience {
        contacts: vec![nobody, fax],
        pasted: format!("{BEN},12,{MARIA}"),
        ..Audience::default()
    };
    let check = checked(&test, &campaign(audience, "Hi {first_name}")).await;
    assert_eq!(check.recipients, 0);
    let missing = Exclusion::MissingValues(vec!["first name".to_owned()]);
    assert_eq!(
        reasons(&check),
        [
            ("Nora Test", &Exclusion::NoNumber),
            ("Fay Test", &Exclusion::Landline),
            ("(212) 555-0123", &Exclusion::OptedOut { proof: Some(proof) }),
            ("12", &Exclusion::NotANumber),
            ("(510) 555-0147", &missing),
        ]
    );
}

#[tokio::test]
async fn landlines_and_numbers_that_nobody_has_are_told_apart_where_the_number_tells() {
    let test = store().await;
    let draft = campaign(pasted("+442079460958, +447911123456, +14150550147"), "Ready");
    let check = checked(&test, &draft).await;
    assert_eq!(check.recipients, 1);
    assert_eq!(
        reasons(&check),
        [
            ("+44 20 7946 0958", &Exclusion::Landline),
            ("(415) 055-0147", &Exclusion::NotANumber),
        ]
    );
}

#[tokio::test]
async fn a_list_fills_the_text_and_what_we_know_fills_the_rest() {
    let test = store().await;
    contact(&test, "Maria", &[], &[(NumberLabel::Mobile, MARIA)]).await;
    let content = format!("Mobile phone;First name;Order\n{BEN};Ben;77\n{MARIA};;78\n");
    let columns = columns(&content, test.store.numbering()).unwrap();
    assert_eq!(columns.number_column, Some(0));
    assert_eq!(columns.values, [(1, "first_name".to_owned())]);
    let csv = CsvAudience {
        file_name: "list.csv".to_owned(),
        content,
        number_column: 0,
        values: columns.values,
    };
    let audience = Audience {
        csv: Some(csv),
        ..Audience::default()
    };
    let check = checked(&test, &campaign(audience, "Hi {first_name}, {my_name} here")).await;
    let texts: Vec<_> = check.samples.iter().map(|sample| sample.text.as_str()).collect();
    assert_eq!(texts, ["Hi Ben, Ada Park here", "Hi Maria, Ada Park here"]);
}

#[tokio::test]
async fn a_text_with_a_mistake_is_not_sent_to_anybody() {
    let test = store().await;
    let draft = campaign(pasted(MARIA), "Hi {first_nam}");
    assert_eq!(checked(&test, &draft).await.problems.len(), 1);
    let refused = start(&test.store, &author(), &draft, PER_MINUTE).await;
    assert!(matches!(refused, Err(CoreError::Invalid(_))));
    assert!(list(&test.store, PER_MINUTE).await.unwrap().is_empty());
}

#[tokio::test]
async fn segments_and_time_are_counted_for_all_of_them() {
    let test = store().await;
    let draft = CampaignDraft {
        adds_opt_out_line: true,
        ..campaign(pasted(&format!("{MARIA},{BEN}")), &"x".repeat(150))
    };
    let check = checked(&test, &draft).await;
    assert_eq!(
        (check.recipients, check.segments, check.estimated_seconds),
        (2, 4, 3)
    );
    assert!(check.samples[0].text.ends_with("\nReply STOP to opt out."));
}

#[tokio::test]
async fn whoever_sleeps_gets_it_in_the_morning_or_not_at_all() {
    let test = store().await;
    // 10 in the evening in California, 1 in the morning in New York.
    test.clock.set("2026-03-03T06:00:00Z".parse().unwrap());
    let draft = campaign(pasted(&format!("{MARIA},{BEN}")), "Ready");
    assert_eq!(checked(&test, &draft).await.waiting_for_morning, 2);
    let id = start(&test.store, &author(), &draft, PER_MINUTE).await.unwrap();
    let mornings: Vec<_> = results(&test.store, id, None, 0, 10)
        .await
        .unwrap()
        .into_iter()
        .map(|result| match result.state {
            OutgoingState::Queued { not_before } => not_before.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(mornings, ["2026-03-03T16:00:00Z", "2026-03-03T13:00:00Z"]);
    let impatient = CampaignDraft {
        waits_for_morning: false,
        ..draft
    };
    let check = checked(&test, &impatient).await;
    assert_eq!((check.recipients, check.excluded.len()), (0, 2));
}

#[tokio::test]
async fn a_campaign_is_held_goes_on_and_ends_with_a_result_for_each() {
    let test = store().await;
    let draft = campaign(pasted(&format!("{MARIA},{BEN},+14155550199")), "Ready");
    let id = start(&test.store, &author(), &draft, PER_MINUTE).await.unwrap();
    let due = async || {
        test.store
            .due_jobs(Urgency::Campaign, test.clock.now())
            .await
            .unwrap()
    };
    let state = async || get(&test.store, id, PER_MINUTE).await.unwrap();
    assert_eq!(due().await.len(), 1);
    assert_eq!(state().await.seconds_left, Some(4));

    test.store.pause_campaign(id, true).await.unwrap();
    assert_eq!(
        (due().await.len(), state().await.state),
        (0, CampaignState::Paused)
    );
    test.store.pause_campaign(id, false).await.unwrap();
    let first = due().await[0].id;
    let now = test.clock.now();
    test.store.begin_job(first, now, now).await.unwrap();
    test.store.job_accepted(first, "m1").await.unwrap();

    test.store.cancel_campaign(id).await.unwrap();
    let campaign = state().await;
    assert_eq!(campaign.state, CampaignState::Cancelled);
    assert_eq!(
        (
            campaign.counts.accepted,
            campaign.counts.cancelled,
            campaign.counts.total
        ),
        (1, 2, 3)
    );
    let cancelled = results(&test.store, id, Some(ResultKind::Cancelled), 0, 10)
        .await
        .unwrap();
    assert_eq!(cancelled.len(), 2);
    let (name, csv) = to_csv(&test.store, id).await.unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert_eq!(name, "Pickup.csv");
    assert!(csv.contains("(510) 555-0147,+15105550147,Sent,,Ready"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
}

#[tokio::test]
async fn those_whom_another_try_can_help_are_queued_again_and_wait_while_the_campaign_is_paused() {
    let test = store().await;
    let draft = campaign(pasted(&format!("{MARIA},{BEN},+14155550199")), "Ready");
    let id = start(&test.store, &author(), &draft, PER_MINUTE).await.unwrap();
    let now = test.clock.now();
    for can_retry in [true, false] {
        let due = test.store.due_jobs(Urgency::Campaign, now).await.unwrap()[0].id;
        test.store.begin_job(due, now, now).await.unwrap();
        let refusal = crate::store::Refusal {
            code: None,
            words: "RingCentral did not take it over.".to_owned(),
            can_retry,
        };
        test.store.job_refused(due, &refusal).await.unwrap();
    }
    let counts = async || get(&test.store, id, PER_MINUTE).await.unwrap().counts;
    assert_eq!((counts().await.failed, counts().await.retryable), (2, 1));
    test.store.pause_campaign(id, true).await.unwrap();
    assert_eq!(test.store.retry_campaign(id).await.unwrap(), 1);
    assert_eq!((counts().await.failed, counts().await.waiting), (1, 2));
    assert!(
        test.store
            .due_jobs(Urgency::Campaign, now)
            .await
            .unwrap()
            .is_empty()
    );
    test.store.cancel_campaign(id).await.unwrap();
    assert!(test.store.retry_campaign(id).await.is_err());
}

#[tokio::test]
async fn what_was_being_sent_when_the_campaign_was_cancelled_is_not_sent_again() {
    let test = store().await;
    let id = start(
        &test.store,
        &author(),
        &campaign(pasted(MARIA), "Ready"),
        PER_MINUTE,
    )
    .await
    .unwrap();
    let now = test.clock.now();
    let first = test.store.due_jobs(Urgency::Campaign, now).await.unwrap()[0].id;
    test.store.begin_job(first, now, now).await.unwrap();
    test.store.cancel_campaign(id).await.unwrap();
    let why = crate::store::NotSent {
        words: "No network.".to_owned(),
        code: None,
    };
    test.store.job_not_sent(first, &why, now).await.unwrap();
    test.clock.advance(SignedDuration::from_hours(1));
    assert!(
        test.store
            .due_jobs(Urgency::Campaign, test.clock.now())
            .await
            .unwrap()
            .is_empty()
    );
    let campaign = get(&test.store, id, PER_MINUTE).await.unwrap();
    assert_eq!(campaign.counts.cancelled, 1);
}

#[test]
fn a_cell_that_a_spreadsheet_would_take_for_a_formula_is_disarmed() {
    let result = CampaignResult {
        id: domain::ids::OutgoingId(1),
        label: "=HYPERLINK(\"http://x\")".to_owned(),
        number: crate::numbers::NumberingPlan::default().show(&E164::new(MARIA).unwrap(), None),
        contact: None,
        text: "-1, \"two\"".to_owned(),
        state: OutgoingState::Delivered,
    };
    let csv = String::from_utf8(export::csv(&[result]).unwrap()).unwrap();
    assert!(
        csv.contains("\"'=HYPERLINK(\"\"http://x\"\")\",+15105550147,Delivered,,\"'-1, \"\"two\"\"\""),
        "{csv}"
    );
}

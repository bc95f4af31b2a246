use super::Texting;
use crate::error::CoreError;
use crate::store::testing::*;
use crate::store::{Change, Job, LineRecord, MessageBody, PartyRecord, SenderRecord, Urgency};
use domain::communication::{DeliveryState, Direction};
use domain::consent::{ConsentChoice, ConsentState};
use domain::ids::ConversationId;
use domain::outgoing::{OutgoingState, Thread};
use domain::phone_number::E164;
use jiff::SignedDuration;

const OURS: &str = "+15105550100";
const OURS_WITHOUT_PICTURES: &str = "+15105550101";

struct Desk {
    test: TestStore,
    texting: Texting,
    folder: tempfile::TempDir,
}

impl Desk {
    async fn open() -> Self {
        let test = TestStore::new().await;
        let folder = tempfile::tempdir().unwrap();
        let senders =
            [(OURS, true), (OURS_WITHOUT_PICTURES, false)].map(|(number, can_send_pictures)| SenderRecord {
                number: number.to_owned(),
                can_send_pictures,
            });
        test.store.replace_senders(&senders).await.unwrap();
        Self {
            texting: Texting::new(test.store.clone(), folder.path().join("outgoing")),
            test,
            folder,
        }
    }

    /// A text on our second number.
    async fn arrives(&self, id: &str, words: &str, minutes: i64) {
        let mut record = text(id, "c1", MARIA, minutes, Direction::Inbound, words);
        record.line = LineRecord {
            number: Some(OURS_WITHOUT_PICTURES.to_owned()),
            ..LineRecord::default()
        };
        self.test.apply(vec![Change::UpsertMessage(record)]).await;
    }

    async fn job(&self, id: domain::ids::OutgoingId) -> crate::store::TextJob {
        match self.test.store.job(id).await.unwrap().job {
            Job::Text(text) => text,
            Job::Fax(_) | Job::RingOut(_) | Job::Transcription(_) => panic!("a text"),
        }
    }

    fn files(&self) -> usize {
        std::fs::read_dir(self.folder.path().join("outgoing")).map_or(0, Iterator::count)
    }
}

fn maria() -> Thread {
    Thread::Numbers(vec![E164::new(MARIA).unwrap()])
}

fn e164(number: &str) -> E164 {
    E164::new(number).unwrap()
}

fn invalid(error: CoreError) -> String {
    match error {
        CoreError::Invalid(words) => words,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_answer_goes_out_from_the_number_that_the_conversation_runs_on() {
    let desk = Desk::open().await;
    desk.arrives("1", "Is it ready?", 0).await;
    let composer = desk
        .texting
        .compose_to(&["510-555-0147".to_owned()], None)
        .await
        .unwrap();
    assert_eq!(composer.thread, Thread::Conversation(ConversationId::from("c1")));
    assert_eq!(composer.from, Some(e164(OURS_WITHOUT_PICTURES)));
    let written = desk.texting.send(&composer.thread, "Yes", None).await.unwrap();
    let job = desk.job(written.id).await;
    assert_eq!(
        (job.from, job.to),
        (e164(OURS_WITHOUT_PICTURES), vec![e164(MARIA)])
    );
}

#[tokio::test]
async fn a_call_is_answered_with_a_text_to_whoever_called() {
    let desk = Desk::open().await;
    let ids = desk.test.apply(vec![missed("1", MARIA, 0)]).await;
    let composer = desk.texting.compose_reply(ids[0], None).await.unwrap();
    assert_eq!(composer.thread, maria());
    assert_eq!(composer.to[0].number.as_ref().unwrap().e164, Some(e164(MARIA)));
}

#[tokio::test]
async fn a_draft_is_kept_per_thread_and_gone_when_it_is_sent() {
    let desk = Desk::open().await;
    desk.texting
        .save_draft(&maria(), "Good mor", Some(&e164(OURS)))
        .await
        .unwrap();
    let composer = desk.texting.composer(&maria(), None).await.unwrap();
    assert_eq!(
        (composer.draft.text.as_str(), composer.from),
        ("Good mor", Some(e164(OURS)))
    );
    let written = desk.texting.send(&maria(), "Good morning", None).await.unwrap();
    let composer = desk.texting.composer(&maria(), None).await.unwrap();
    assert_eq!(composer.draft.text, "");
    assert_eq!(composer.outgoing[0].id, written.id);
    assert!(
        matches!(composer.outgoing[0].state, OutgoingState::Queued { not_before } if not_before == written.leaves_at)
    );
}

#[tokio::test]
async fn a_text_can_be_taken_back_for_five_seconds_and_is_the_draft_again_before_what_was_begun_since() {
    let desk = Desk::open().await;
    let written = desk.texting.send(&maria(), "Good morning", None).await.unwrap();
    assert_eq!(written.leaves_at, at(0) + SignedDuration::from_secs(5));
    desk.texting
        .save_draft(&maria(), "And one more", None)
        .await
        .unwrap();
    let draft = desk.texting.take_back(written.id).await.unwrap();
    assert_eq!(draft.text, "Good morning\nAnd one more");
    assert!(
        desk.texting
            .composer(&maria(), None)
            .await
            .unwrap()
            .outgoing
            .is_empty()
    );
    assert!(matches!(
        desk.texting.take_back(written.id).await,
        Err(CoreError::TooLate)
    ));
}

#[tokio::test]
async fn pictures_go_along_from_a_number_that_can_send_them_and_are_deleted_once_sent() {
    let desk = Desk::open().await;
    desk.texting
        .attach(&maria(), "../../plan.png", b"PNG")
        .await
        .unwrap();
    let words = desk
        .texting
        .send(&maria(), "", Some(&e164(OURS_WITHOUT_PICTURES)))
        .await
        .unwrap_err();
    assert!(invalid(words).contains("neither pictures nor group texts"));
    let written = desk.texting.send(&maria(), "", Some(&e164(OURS))).await.unwrap();
    let job = desk.job(written.id).await;
    assert_eq!(
        (job.files.len(), job.files[0].file_name.as_str()),
        (1, "plan.png")
    );
    desk.texting.sweep().await.unwrap();
    assert_eq!(desk.files(), 1, "it has not been sent yet");
    let now = desk.test.clock.now();
    desk.test.store.begin_job(written.id, now, now).await.unwrap();
    desk.test.store.job_accepted(written.id, "m1").await.unwrap();
    desk.texting.sweep().await.unwrap();
    assert_eq!(desk.files(), 0);
}

#[tokio::test]
async fn what_was_taken_away_or_cannot_be_sent_leaves_no_file() {
    let desk = Desk::open().await;
    let picture = desk.texting.attach(&maria(), "plan.png", b"PNG").await.unwrap();
    desk.texting.detach(&maria(), picture.id).await.unwrap();
    let words = desk
        .texting
        .attach(&maria(), "setup.exe", b"MZ")
        .await
        .unwrap_err();
    assert!(invalid(words).contains("setup.exe"));
    let large = vec![0; 1_500_001];
    assert!(desk.texting.attach(&maria(), "large.png", &large).await.is_err());
    assert_eq!(desk.files(), 0);
}

#[tokio::test]
async fn what_ringcentral_would_refuse_is_said_before() {
    let desk = Desk::open().await;
    let send = async |text: &str| invalid(desk.texting.send(&maria(), text, None).await.unwrap_err());
    assert!(send("  \n").await.contains("nothing to send"));
    assert!(send(&"x".repeat(1_001)).await.contains("1000 characters"));
    for (number, words) in [("12345", "Short numbers"), ("hello", "not a phone number")] {
        let error = desk
            .texting
            .compose_to(&[number.to_owned()], None)
            .await
            .unwrap_err();
        assert!(invalid(error).contains(words), "{number}");
    }
    let many: Vec<String> = (0..11).map(|last| format!("+151055501{last:02}")).collect();
    let composer = desk.texting.compose_to(&many, None).await.unwrap();
    assert!(composer.blocked.unwrap().contains("10 people"));
}

#[tokio::test]
async fn without_a_number_that_may_text_the_composer_says_so() {
    let desk = Desk::open().await;
    desk.test.store.replace_senders(&[]).await.unwrap();
    let composer = desk.texting.composer(&maria(), None).await.unwrap();
    assert!(composer.blocked.unwrap().contains("No phone number of yours"));
    assert!(desk.texting.send(&maria(), "Hi", None).await.is_err());
}

#[tokio::test]
async fn whoever_wrote_stop_is_not_texted_from_that_number_until_they_write_start() {
    let desk = Desk::open().await;
    desk.arrives("1", "stop", 0).await;
    let composer = desk.texting.composer(&maria(), None).await.unwrap();
    let blocked = composer.blocked.unwrap();
    assert!(
        blocked.contains("“stop”") && blocked.contains("START"),
        "{blocked}"
    );
    assert!(desk.texting.send(&composer.thread, "Hi", None).await.is_err());
    // Another number of ours is another pair.
    desk.texting
        .send(&composer.thread, "Hi", Some(&e164(OURS)))
        .await
        .unwrap();
    desk.arrives("2", "Start", 5).await;
    assert_eq!(desk.texting.composer(&maria(), None).await.unwrap().blocked, None);
}

#[tokio::test]
async fn what_they_said_on_the_phone_is_noted_and_lifted_here_for_one_number_or_all() {
    let desk = Desk::open().await;
    let note = async |from: Option<&str>, state| {
        desk.test.clock.advance(SignedDuration::from_secs(1));
        let from = from.map(e164);
        desk.texting
            .note_consent(&e164(MARIA), from.as_ref(), state)
            .await
    };
    let composer = async || desk.texting.composer(&maria(), None).await.unwrap();
    assert_eq!(composer().await.consent, Some(ConsentChoice::OptOut));

    let words = note(None, ConsentState::OptedOut).await.unwrap().words;
    assert!(words.contains("no more texts from us"), "{words}");
    let blocked = composer().await;
    assert!(blocked.blocked.unwrap().contains("somebody here noted"));
    assert_eq!(blocked.consent, Some(ConsentChoice::OptIn { sender: None }));
    for ours in [OURS, OURS_WITHOUT_PICTURES] {
        assert!(
            desk.texting
                .send(&maria(), "Hi", Some(&e164(ours)))
                .await
                .is_err()
        );
    }

    note(None, ConsentState::OptedIn).await.unwrap();
    assert_eq!(composer().await.blocked, None);
    note(Some(OURS), ConsentState::OptedOut).await.unwrap();
    let sender = Some(e164(OURS));
    assert_eq!(composer().await.consent, Some(ConsentChoice::OptIn { sender }));
    let other = e164(OURS_WITHOUT_PICTURES);
    desk.texting.send(&maria(), "Hi", Some(&other)).await.unwrap();
}

#[tokio::test]
async fn nobody_here_can_take_back_what_they_wrote_themselves() {
    let desk = Desk::open().await;
    desk.arrives("1", "STOP", 0).await;
    let stopped = e164(OURS_WITHOUT_PICTURES);
    let lift = async |from: Option<&E164>| {
        let state = ConsentState::OptedIn;
        desk.texting.note_consent(&e164(MARIA), from, state).await
    };
    let composer = desk.texting.composer(&maria(), None).await.unwrap();
    assert_eq!(composer.consent, Some(ConsentChoice::TheirsAlone));
    let words = invalid(lift(Some(&stopped)).await.unwrap_err());
    assert!(words.contains("“STOP”") && words.contains("START"), "{words}");
    assert!(desk.texting.send(&maria(), "Hi", Some(&stopped)).await.is_err());
    // For all our numbers it helps with the others, and not with this one.
    lift(None).await.unwrap();
    assert!(desk.texting.send(&maria(), "Hi", Some(&stopped)).await.is_err());
    let sender = SenderRecord {
        number: OURS_WITHOUT_PICTURES.to_owned(),
        can_send_pictures: false,
    };
    desk.test.store.replace_senders(&[sender]).await.unwrap();
    assert!(invalid(lift(None).await.unwrap_err()).contains("START"));
}

#[tokio::test]
async fn please_stop_by_is_no_opt_out() {
    let desk = Desk::open().await;
    desk.arrives("1", "Please stop by", 0).await;
    assert_eq!(desk.texting.composer(&maria(), None).await.unwrap().blocked, None);
}

#[tokio::test]
async fn messages_between_extensions_can_be_read_and_not_written() {
    let desk = Desk::open().await;
    let mut record = text("1", "pager", MARIA, 0, Direction::Inbound, "Lunch?");
    record.party = PartyRecord {
        extension: Some("104".to_owned()),
        ..PartyRecord::default()
    };
    let ids = desk.test.apply(vec![Change::UpsertMessage(record)]).await;
    let composer = desk.texting.compose_reply(ids[0], None).await.unwrap();
    assert!(composer.blocked.unwrap().contains("between extensions"));
}

#[tokio::test]
async fn a_failed_text_can_be_sent_again_changed_or_put_away() {
    let desk = Desk::open().await;
    let refused = async |words: &str| {
        let id = desk.texting.send(&maria(), words, None).await.unwrap().id;
        let now = desk.test.clock.now();
        desk.test.store.begin_job(id, now, now).await.unwrap();
        let refusal = crate::store::Refusal {
            code: Some("MSG-243".to_owned()),
            words: "Blocked.".to_owned(),
            can_retry: false,
        };
        desk.test.store.job_refused(id, &refusal).await.unwrap();
        id
    };
    let (first, second, third) = (refused("one").await, refused("two").await, refused("three").await);
    assert_eq!(desk.texting.outbox(None).await.unwrap().failed.len(), 3);
    assert_eq!(desk.texting.retry(first).await.unwrap().id, first);
    assert_eq!(desk.texting.edit(second).await.unwrap().text, "two");
    desk.texting.discard(third).await.unwrap();
    let outbox = desk.texting.outbox(None).await.unwrap();
    assert_eq!((outbox.waiting, outbox.failed.len()), (1, 0));
    assert!(matches!(
        desk.texting.discard(third).await,
        Err(CoreError::TooLate)
    ));
    assert!(matches!(desk.texting.edit(first).await, Err(CoreError::TooLate)));
    // Put away by mistake.
    desk.texting.restore(third).await.unwrap();
    let outbox = desk.texting.outbox(None).await.unwrap();
    assert_eq!(
        (outbox.waiting_texts[0].id, outbox.failed[0].text.as_str()),
        (first, "three")
    );
    assert!(matches!(
        desk.texting.restore(third).await,
        Err(CoreError::TooLate)
    ));
}

#[tokio::test]
async fn a_text_whose_answer_was_lost_is_not_shown_beside_the_message_that_it_became() {
    let desk = Desk::open().await;
    let now = desk.test.clock.now();
    let shown = async || {
        let composer = desk.texting.composer(&maria(), None).await.unwrap();
        composer.outgoing.len()
    };
    for remote_id in ["m1", "m2"] {
        let id = desk.texting.send(&maria(), "Ready", None).await.unwrap().id;
        desk.test.store.begin_job(id, now, now).await.unwrap();
        desk.test.store.job_unknown(id, "Lost.", now).await.unwrap();
        assert_eq!(shown().await, 1);
        let minute = i64::from(remote_id == "m2");
        let record = text(remote_id, "c1", MARIA, minute, Direction::Outbound, " Ready");
        desk.test.apply(vec![Change::UpsertMessage(record)]).await;
        assert_eq!(shown().await, 0, "{remote_id}");
        // Found: it stands for this message alone, and the same words sent again are another text.
        desk.test.store.job_found(id, remote_id).await.unwrap();
        assert_eq!(shown().await, 0);
    }
}

#[tokio::test]
async fn a_text_that_was_not_delivered_is_really_sent_again() {
    let desk = Desk::open().await;
    let written = desk.texting.send(&maria(), "Ready", None).await.unwrap();
    let now = desk.test.clock.now();
    desk.test.store.begin_job(written.id, now, now).await.unwrap();
    desk.test.store.job_accepted(written.id, "m1").await.unwrap();
    let mut record = text("m1", "c1", MARIA, 1, Direction::Outbound, "Ready");
    if let MessageBody::Text { state, .. } = &mut record.body {
        *state = DeliveryState::Failed {
            reason: "Their network refused it.".to_owned(),
        };
    }
    let ids = desk.test.apply(vec![Change::UpsertMessage(record)]).await;
    let OutgoingState::Failed { reason, .. } = desk.test.store.job(written.id).await.unwrap().state else {
        panic!("the outbox hears of it")
    };
    assert_eq!(reason, "Their network refused it.");
    let again = desk.texting.resend(ids[0]).await.unwrap();
    assert_ne!(again.id, written.id);
    assert_eq!(desk.job(again.id).await.text, "Ready");
    let due = desk
        .test
        .store
        .due_jobs(Urgency::Person, desk.test.clock.now())
        .await
        .unwrap();
    assert_eq!(due.len(), 1);
}

#[tokio::test]
async fn an_answer_to_a_group_that_is_taken_back_is_the_draft_of_that_group_again() {
    let desk = Desk::open().await;
    let mut record = text("1", "group", MARIA, 0, Direction::Inbound, "Who has the key?");
    record.line = LineRecord {
        number: Some(OURS.to_owned()),
        ..LineRecord::default()
    };
    if let MessageBody::Text { participants, .. } = &mut record.body {
        *participants = vec![party(MARIA), party(BEN)];
    }
    let ids = desk.test.apply(vec![Change::UpsertMessage(record)]).await;
    let composer = desk.texting.compose_reply(ids[0], None).await.unwrap();
    assert_eq!(composer.to.len(), 2);
    let written = desk
        .texting
        .send(&composer.thread, "I have it", None)
        .await
        .unwrap();
    assert_eq!(
        desk.texting.take_back(written.id).await.unwrap().text,
        "I have it"
    );
    let composer = desk.texting.composer(&composer.thread, None).await.unwrap();
    assert_eq!(composer.draft.text, "I have it");
}

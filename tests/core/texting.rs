//! Texts written here arrive there, once, and what becomes of them is seen here.

use crate::office::{Office, maria};
use domain::communication::{Body, DeliveryState};
use domain::inbox::InboxTab;
use domain::ipc::inbox::OpenItem;
use domain::ipc::ring_out::{CancelRingOut, GetRingOut, ListOwnPhones, PlaceCall};
use domain::ipc::templates::{ImportVendorTemplates, ListTemplates};
use domain::ipc::texting::{AttachPicture, ComposeReply, ComposeTo, GetComposer, GetOutbox, SendText};
use domain::outgoing::{HeldUp, OutgoingState, Thread};
use domain::ring_out::RingOutState;
use jiff::SignedDuration;
use simulator::world::consents::{ConsentSender, ConsentSource, OptStatus};
use simulator::world::text_templates::TemplateScope;
use simulator::{Effect, Fault, RateLimits};
use switchboard_core::outbox::Step;
use switchboard_core::store::Urgency;

const SMS: &str = "POST /restapi/v1.0/account/*/extension/*/sms";

impl Office {
    /// Steps the outbox, and both clocks on, until nothing is left to do.
    pub(crate) async fn empty_outbox(&self) {
        for _ in 0..20_000 {
            let Some(wait) = self.step_outbox().await else {
                return;
            };
            self.pass(wait);
        }
        panic!("the outbox never comes to rest");
    }

    /// Steps the outbox until nothing is due; how long until something is.
    pub(crate) async fn step_outbox(&self) -> Option<SignedDuration> {
        let outbox = self.board.outbox().unwrap();
        let mut next = None;
        // What one lane does may leave something for another.
        let mut is_busy = true;
        while std::mem::take(&mut is_busy) {
            next = None;
            for urgency in [Urgency::Person, Urgency::Upload, Urgency::Campaign] {
                loop {
                    if let Step::Idle { until } = outbox.step(urgency).await.unwrap() {
                        next = [next, until].into_iter().flatten().min();
                        break;
                    }
                    is_busy = true;
                }
            }
        }
        let wait = next?.duration_since(self.clock.now());
        Some(wait.max(SignedDuration::from_millis(1)))
    }

    /// What left for the outside world, as recipients and words.
    pub(crate) fn sent(&self) -> Vec<(String, String)> {
        self.control
            .message_ledger()
            .into_iter()
            .filter(|entry| entry.message.is_some())
            .flat_map(|entry| {
                let text = entry.text.clone();
                entry
                    .reached()
                    .map(|number| (number.to_string(), text.clone()))
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    pub(crate) async fn text_maria(&self, text: &str) -> domain::ids::OutgoingId {
        let numbers = vec![maria().to_string()];
        let composer = self.board.compose_to(ComposeTo { numbers }).await.unwrap();
        let request = SendText {
            thread: composer.thread,
            text: text.to_owned(),
            from: None,
        };
        self.board.send_text(request).await.unwrap().id
    }

    pub(crate) async fn ready() -> Self {
        // Waits that the server asks for pass with the office's clock.
        let office = Self::paced(RateLimits::raised()).await;
        office.synchronise().await;
        office
    }

    async fn outgoing(&self) -> Vec<OutgoingState> {
        let numbers = vec![maria().to_string()];
        let composer = self.board.compose_to(ComposeTo { numbers }).await.unwrap();
        composer.outgoing.into_iter().map(|text| text.state).collect()
    }
}

#[tokio::test]
async fn a_text_leaves_after_the_moment_in_which_it_can_be_taken_back_and_stands_in_the_inbox() {
    let office = Office::ready().await;
    office.text_maria("It is ready").await;
    assert_eq!(office.step_outbox().await, Some(SignedDuration::from_secs(5)));
    assert_eq!(office.sent(), []);
    office.empty_outbox().await;
    assert_eq!(office.sent(), [(maria().to_string(), "It is ready".to_owned())]);
    let texts = office.items(InboxTab::Texts).await;
    let Body::Text { text, state, .. } = &texts[0].body else {
        panic!("a text")
    };
    assert_eq!(
        (text.as_str(), state.clone()),
        ("It is ready", DeliveryState::Queued)
    );
    assert_eq!(office.outgoing().await, [], "it is a message like any other now");
    // The delivery is reported on the message.
    office.pass(SignedDuration::from_secs(60));
    office.synchronise().await;
    let detail = office
        .board
        .open_item(OpenItem { id: texts[0].id })
        .await
        .unwrap();
    assert!(matches!(
        &detail.item.body,
        Body::Text {
            state: DeliveryState::Delivered,
            ..
        }
    ));
    office.assert_converged().await;
    office.assert_faults_met();
}

#[tokio::test]
async fn whatever_happens_to_the_request_the_text_goes_out_once() {
    for (name, effect) in [
        ("the reply is lost", Effect::LoseReply),
        ("the request is lost", Effect::LoseRequest),
        ("the reply is cut", Effect::CutBody { after_bytes: 40 }),
        ("the reply is garbage", Effect::GarbageBody),
        (
            "it is done and said to have failed",
            Effect::FailAfter {
                status: 500,
                error_code: "CMN-203".to_owned(),
            },
        ),
        (
            "the server is down",
            Effect::ServerError {
                status: 503,
                error_code: "CMN-201".to_owned(),
            },
        ),
        (
            "too many requests",
            Effect::RateLimited {
                retry_after_seconds: Some(30),
            },
        ),
        ("the token is expired", Effect::ExpireToken),
    ] {
        let office = Office::ready().await;
        office.control.add_fault(Fault::once(SMS, effect));
        office.text_maria("Once").await;
        office.empty_outbox().await;
        assert_eq!(office.sent().len(), 1, "{name}");
        office.pass(SignedDuration::from_secs(60));
        office.synchronise().await;
        assert_eq!(office.outgoing().await, [], "{name}");
        office.assert_faults_met();
    }
}

#[tokio::test]
async fn without_network_a_text_waits_and_says_so_and_outlives_the_program() {
    let mut office = Office::ready().await;
    office
        .control
        .add_fault(Fault::once("/**", Effect::LoseRequest).times(100_000));
    office.text_maria("Later").await;
    office.pass(SignedDuration::from_secs(6));
    office.step_outbox().await;
    let outbox = office.board.get_outbox(GetOutbox {}).await.unwrap();
    assert!(outbox.held_up.is_some() || outbox.unknown == 1, "{outbox:?}");
    office.control.clear_faults();
    office.kill_and_reopen().await;
    office.empty_outbox().await;
    assert_eq!(office.sent().len(), 1);
    let outbox = office.board.get_outbox(GetOutbox {}).await.unwrap();
    assert_eq!(
        (outbox.waiting, outbox.unknown, outbox.held_up),
        (0, 0, None::<HeldUp>)
    );
}

#[tokio::test]
async fn a_refusal_is_kept_in_plain_words_and_can_be_edited() {
    let office = Office::ready().await;
    let refusal = Effect::Reply {
        status: 400,
        headers: Vec::new(),
        body: r#"{"errorCode":"MSG-243","message":"x","errors":[{"errorCode":"MSG-243","message":"x"}]}"#
            .to_owned(),
    };
    office.control.add_fault(Fault::once(SMS, refusal));
    let id = office.text_maria("Hello").await;
    office.empty_outbox().await;
    let OutgoingState::Failed { reason, .. } = office.outgoing().await.remove(0) else {
        panic!("it was refused")
    };
    assert!(!reason.contains("MSG-243") && reason.len() > 40, "{reason}");
    let request = domain::ipc::texting::EditText { id };
    assert_eq!(office.board.edit_text(request).await.unwrap().text, "Hello");
    assert_eq!(office.sent(), []);
}

#[tokio::test]
async fn pictures_go_along_as_they_are() {
    use base64::Engine as _;
    let office = Office::ready().await;
    let thread = Thread::Numbers(vec![
        domain::phone_number::E164::new(maria().to_string()).unwrap(),
    ]);
    let picture = b"\x89PNG\r\n\x1a\n picture".to_vec();
    let attach = AttachPicture {
        thread: thread.clone(),
        file_name: "plan.png".to_owned(),
        content: base64::engine::general_purpose::STANDARD.encode(&picture),
    };
    office.board.attach_picture(attach).await.unwrap();
    let request = SendText {
        thread: thread.clone(),
        text: "The plan".to_owned(),
        from: None,
    };
    office.board.send_text(request).await.unwrap();
    office.empty_outbox().await;
    let ledger = office.control.message_ledger();
    let entry = ledger.first().unwrap();
    assert_eq!((entry.text.as_str(), entry.files.len()), ("The plan", 1));
    assert_eq!(entry.files[0].byte_count, picture.len());
    assert_eq!(entry.files[0].content_type, "image/png");
    let composer = office.board.get_composer(GetComposer { thread }).await.unwrap();
    assert_eq!(composer.draft.pictures, []);
}

#[tokio::test]
async fn a_missed_call_is_answered_with_a_text_and_is_not_owed_any_more() {
    let office = Office::ready().await;
    office.miss_call(maria());
    office.synchronise().await;
    let missed = office.items(InboxTab::Missed).await;
    let composer = office
        .board
        .compose_reply(ComposeReply { item: missed[0].id })
        .await
        .unwrap();
    let request = SendText {
        thread: composer.thread,
        text: "Sorry we missed you".to_owned(),
        from: None,
    };
    office.board.send_text(request).await.unwrap();
    office.empty_outbox().await;
    assert_eq!(office.items(InboxTab::Missed).await, []);
}

#[tokio::test]
async fn a_call_rings_our_phone_first_and_then_theirs() {
    let office = Office::ready().await;
    let phones = office.board.list_own_phones(ListOwnPhones {}).await.unwrap();
    assert!(!phones.is_empty());
    let request = PlaceCall {
        number: maria().to_string(),
        phone: None,
    };
    let call = office.board.place_call(request).await.unwrap();
    assert_eq!(call.state, RingOutState::Waiting);
    office.step_outbox().await;
    let mut seen = Vec::new();
    for _ in 0..120 {
        let call = office
            .board
            .get_ring_out(GetRingOut { id: call.id })
            .await
            .unwrap();
        if seen.last() != Some(&call.state) {
            seen.push(call.state);
        }
        office.pass(SignedDuration::from_secs(1));
    }
    assert_eq!(seen.first(), Some(&RingOutState::RingingYou), "{seen:?}");
    assert!(
        seen.contains(&RingOutState::RingingThem) && seen.contains(&RingOutState::Connected),
        "{seen:?}"
    );
    office.assert_faults_met();
}

#[tokio::test]
async fn a_call_can_be_cancelled_while_our_phone_rings_and_is_never_asked_for_twice() {
    let office = Office::ready().await;
    let place = async || {
        let number = maria().to_string();
        office
            .board
            .place_call(PlaceCall { number, phone: None })
            .await
            .unwrap()
            .id
    };
    let id = place().await;
    office.step_outbox().await;
    office.board.cancel_ring_out(CancelRingOut { id }).await.unwrap();
    let state = async |id| office.board.get_ring_out(GetRingOut { id }).await.unwrap().state;
    assert_eq!(state(id).await, RingOutState::Cancelled);

    office.control.clear_requests();
    office.control.add_fault(Fault::once(
        "POST /restapi/v1.0/account/*/extension/*/ring-out",
        Effect::LoseReply,
    ));
    let id = place().await;
    office.empty_outbox().await;
    assert_eq!(state(id).await, RingOutState::Unknown);
    assert_eq!(office.asked("createRingOutCall"), 1);
}

#[tokio::test]
async fn what_ringcentral_knows_of_consent_is_said_before_anything_is_written() {
    let office = Office::ready().await;
    // Written on another device, and deleted there: only RingCentral's list knows of it.
    office.world(|world| {
        let (status, source) = (OptStatus::OptOut, ConsentSource::Recipient);
        assert!(world.record_consent(ConsentSender::Everyone, maria(), status, source));
    });
    office.pass(SignedDuration::from_hours(7));
    office.synchronise().await;
    let numbers = vec![maria().to_string()];
    let composer = office.board.compose_to(ComposeTo { numbers }).await.unwrap();
    assert!(composer.blocked.unwrap().contains("RingCentral’s list"));
}

#[tokio::test]
async fn ringcentrals_own_templates_are_copied_once() {
    let office = Office::ready().await;
    office.world(|world| {
        let personal = TemplateScope::Personal(crate::office::ADA);
        world
            .add_text_template(personal, "Gate", "Gate code {4711}")
            .unwrap();
        world
            .add_text_template(TemplateScope::Company, "Hours", "We open at seven")
            .unwrap();
    });
    let import = async || {
        office
            .board
            .import_vendor_templates(ImportVendorTemplates {})
            .await
            .unwrap()
    };
    let first = import().await;
    assert_eq!((first.added, first.unchanged), (2, 0));
    let again = import().await;
    assert_eq!((again.added, again.unchanged), (0, 2));
    let templates = office.board.list_templates(ListTemplates {}).await.unwrap();
    let names: Vec<_> = templates.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Gate", "Hours"]);
    office.assert_faults_met();
}

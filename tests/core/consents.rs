//! Who wants no texts: what RingCentral hears of is seen here, and what is entered here is heard of there.

use crate::calls::desk::Desk;
use crate::office::{ADA, Office, maria};
use domain::campaign::{Audience, CampaignDraft, Exclusion};
use domain::consent::{ConsentChoice, ConsentState};
use domain::ipc::Undoable;
use domain::ipc::campaigns::CheckCampaign;
use domain::ipc::inbox::Undo;
use domain::ipc::texting::{ComposeTo, NoteConsent};
use domain::outgoing::Composer;
use domain::phone_number::E164;
use domain::sync::SyncPhase;
use jiff::SignedDuration;
use simulator::world::consents::{ConsentSender, ConsentSource, OptStatus};
use simulator::{Effect, Fault};
use switchboard_core::store::SyncScope;
use switchboard_core::texting::Texting;

const UPLOAD: &str = "editSmsConsentRecords";

impl Office {
    async fn ready_for_consent() -> Self {
        let office = Self::open().await;
        office.synchronise().await;
        office.pass(SignedDuration::from_mins(1));
        office.control.clear_requests();
        office
    }

    async fn composer_for_maria(&self) -> Composer {
        let numbers = vec![maria().to_string()];
        self.board.compose_to(ComposeTo { numbers }).await.unwrap()
    }

    async fn note(&self, from: Option<E164>, state: ConsentState) -> Undoable {
        let number = E164::new(maria().to_string()).unwrap();
        let request = NoteConsent { number, from, state };
        self.board.note_consent(request).await.unwrap()
    }

    /// What RingCentral has about Maria and Ada's own number.
    fn listed(&self) -> Option<(OptStatus, ConsentSource)> {
        self.world(|world| {
            let ours = world.primary_number(ADA).unwrap();
            let mut consents = world.consents();
            let found = consents.find(|one| one.from == ours && one.to == maria())?;
            Some((found.status, found.source))
        })
    }

    fn record(&self, status: OptStatus) {
        self.world(|world| {
            let ours = ConsentSender::Number(world.primary_number(ADA).unwrap());
            assert!(world.record_consent(ours, maria(), status, ConsentSource::Recipient));
        });
    }

    /// Steps what was asked for, and nothing else.
    async fn settle(&self) {
        self.sync().run_until_idle().await;
        self.pass(SignedDuration::from_mins(1));
    }
}

#[tokio::test]
async fn an_opt_out_recorded_at_ringcentral_shows_in_the_composer_at_once() {
    let mut desk = Desk::open().await;
    desk.sync.run_until_idle().await;
    desk.wanted.take();
    let folder = tempfile::tempdir().unwrap();
    let texting = Texting::new(desk.store.clone(), folder.path().to_path_buf());
    let composer = async || texting.compose_to(&[maria().to_string()], None).await.unwrap();
    assert_eq!(composer().await.blocked, None);

    desk.pass(SignedDuration::from_mins(1));
    for (status, is_blocked) in [(OptStatus::OptOut, true), (OptStatus::OptIn, false)] {
        desk.control.world(|world| {
            let ours = ConsentSender::Number(world.primary_number(ADA).unwrap());
            assert!(world.record_consent(ours, maria(), status, ConsentSource::Recipient));
        });
        let wanted = desk.wanted.clone();
        desk.until("the consents are wished for", move |_| {
            wanted.take() == [SyncScope::CONSENTS]
        })
        .await;
        desk.sync.request_scope(&SyncScope::CONSENTS);
        desk.sync.run_until_idle().await;
        assert_eq!(composer().await.blocked.is_some(), is_blocked);
        desk.pass(SignedDuration::from_mins(1));
    }
    desk.close();
}

#[tokio::test]
async fn what_is_entered_here_is_in_ringcentrals_list_and_keeps_campaigns_away() {
    let office = Office::ready_for_consent().await;
    assert_eq!(
        office.composer_for_maria().await.consent,
        Some(ConsentChoice::OptOut)
    );
    office.note(None, ConsentState::OptedOut).await;
    office.settle().await;
    assert_eq!(office.listed(), Some((OptStatus::OptOut, ConsentSource::Api)));
    let composer = office.composer_for_maria().await;
    assert!(composer.blocked.unwrap().contains("somebody here noted"));

    let check = CheckCampaign {
        draft: CampaignDraft {
            name: "Pickup".to_owned(),
            from: composer.from.unwrap(),
            audience: Audience {
                pasted: maria().to_string(),
                ..Audience::default()
            },
            body: "Your order is ready".to_owned(),
            adds_opt_out_line: true,
            waits_for_morning: true,
        },
    };
    let excluded = office.board.check_campaign(check.clone()).await.unwrap().excluded;
    assert_eq!(excluded[0].why, Exclusion::OptedOut { proof: None });

    // The list has come back meanwhile, and the entry is still ours to lift.
    assert_eq!(composer.consent, Some(ConsentChoice::OptIn { sender: None }));
    office.note(None, ConsentState::OptedIn).await;
    office.settle().await;
    assert_eq!(office.listed(), Some((OptStatus::OptIn, ConsentSource::Api)));
    assert_eq!(office.composer_for_maria().await.blocked, None);
    assert!(
        office
            .board
            .check_campaign(check)
            .await
            .unwrap()
            .excluded
            .is_empty()
    );
    assert_eq!(office.asked(UPLOAD), 2);
    office.assert_faults_met();
}

#[tokio::test]
async fn whatever_happens_to_the_request_ringcentral_hears_of_it_in_the_end() {
    for (name, effect) in [
        ("the reply is lost", Effect::LoseReply),
        ("the request is lost", Effect::LoseRequest),
        (
            "the server is down",
            Effect::ServerError {
                status: 503,
                error_code: "CMN-201".to_owned(),
            },
        ),
    ] {
        let mut office = Office::ready_for_consent().await;
        office.control.add_fault(Fault::once(UPLOAD, effect).times(3));
        office.note(None, ConsentState::OptedOut).await;
        office.settle().await;
        assert!(office.composer_for_maria().await.blocked.is_some(), "{name}");
        office.kill_and_reopen().await;
        office.synchronise_patiently().await;
        assert_eq!(
            office.listed(),
            Some((OptStatus::OptOut, ConsentSource::Api)),
            "{name}"
        );
        assert_eq!(
            office.composer_for_maria().await.consent,
            Some(ConsentChoice::OptIn { sender: None }),
            "{name}"
        );
        office.assert_faults_met();
    }
}

#[tokio::test]
async fn a_stop_that_nobody_here_has_heard_of_is_not_overwritten() {
    let office = Office::ready_for_consent().await;
    office.note(None, ConsentState::OptedOut).await;
    office.settle().await;
    office.record(OptStatus::OptOut);
    office.pass(SignedDuration::from_mins(1));
    office.note(None, ConsentState::OptedIn).await;
    office.settle().await;
    assert_eq!(
        office.listed(),
        Some((OptStatus::OptOut, ConsentSource::Recipient))
    );
    let composer = office.composer_for_maria().await;
    assert_eq!(composer.consent, Some(ConsentChoice::TheirsAlone));
    assert!(composer.blocked.unwrap().contains("START"));

    office.record(OptStatus::OptIn);
    office.pass(SignedDuration::from_hours(7));
    office.settle().await;
    assert_eq!(office.composer_for_maria().await.blocked, None);
}

#[tokio::test]
async fn an_entry_that_is_taken_back_is_taken_back_at_ringcentral() {
    let office = Office::ready_for_consent().await;
    let done = office.note(None, ConsentState::OptedOut).await;
    office.settle().await;
    office.board.undo(Undo { token: done.token }).await.unwrap();
    office.settle().await;
    assert_eq!(office.listed(), Some((OptStatus::OptIn, ConsentSource::Api)));
    assert_eq!(office.composer_for_maria().await.blocked, None);
}

#[tokio::test]
async fn where_there_is_no_list_an_entry_holds_here_and_nobody_is_bothered() {
    for status in [403, 404] {
        let office = Office::ready_for_consent().await;
        let refusal = Effect::Reply {
            status,
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body:
                r#"{"errorCode":"CMN-102","message":"no","errors":[{"errorCode":"CMN-102","message":"no"}]}"#
                    .to_owned(),
        };
        // The list may be read all the same.
        office.control.add_fault(Fault::once(UPLOAD, refusal));
        office.note(None, ConsentState::OptedOut).await;
        for _ in 0..3 {
            office.settle().await;
            office.pass(SignedDuration::from_hours(7));
        }
        office.settle().await;
        assert_eq!(office.asked(UPLOAD), 1, "{status}");
        assert!(office.composer_for_maria().await.blocked.is_some(), "{status}");
        assert_eq!(office.status().await.phase, SyncPhase::UpToDate, "{status}");
        office.assert_faults_met();
    }
}

#[tokio::test]
async fn where_the_star_is_refused_each_of_our_numbers_is_named() {
    let office = Office::ready_for_consent().await;
    let refusal = Effect::Reply {
        status: 400,
        headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
        body: r#"{"errorCode":"CMN-101","message":"no","errors":[{"errorCode":"CMN-101","message":"no"}]}"#
            .to_owned(),
    };
    office.control.add_fault(Fault::once(UPLOAD, refusal));
    office.note(None, ConsentState::OptedOut).await;
    office.settle().await;
    assert_eq!(office.listed(), Some((OptStatus::OptOut, ConsentSource::Api)));
    let consent = office.composer_for_maria().await.consent;
    assert_eq!(consent, Some(ConsentChoice::OptIn { sender: None }));
    office.assert_faults_met();
}

#[tokio::test]
async fn an_account_that_lets_nobody_see_its_consents_is_not_told_and_not_asked_again_and_again() {
    let office = Office::ready_for_consent().await;
    let client_id = office.control.ready().client_id;
    let without = ["ReadAccounts", "ReadCallLog", "ReadMessages", "ReadPresence"];
    assert!(office.control.set_application_permissions(&client_id, &without));
    office.note(None, ConsentState::OptedOut).await;
    office.settle().await;
    assert_eq!(
        (office.asked("listSmsConsentRecords"), office.asked(UPLOAD)),
        (1, 0)
    );
    assert!(office.composer_for_maria().await.blocked.is_some());
}

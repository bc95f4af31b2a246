//! Supervision in the simulated company: who may, who may not, and what is written about it.
//!
//! What needs monitoring groups in the simulator is left out where it has none, and says so.

use crate::calls::desk::{ADA, BEN, Desk, Seat};
use crate::office::{Office, noon};
use domain::ipc::ErrorCode;
use domain::ipc::live_calls::{ExportSupervisions, GetSupervision, ListSupervisions, Supervise};
use domain::supervision::{SupervisionMode as Mode, SupervisionResult, SupervisionWay};
use jiff::SignedDuration;
use simulator::Options;
use simulator::scenario::caller;
use simulator::world::CallVerb;
use simulator::world::ids::ExtensionId;
use simulator::world::number::E164;
use switchboard_core::error::CoreError;
use switchboard_core::live_calls::LivePage;
use switchboard_core::supervision::Supervisions;

const CLEO: ExtensionId = ExtensionId(809_646_018);
const ALL: [Mode; 4] = [Mode::Listen, Mode::Whisper, Mode::Barge, Mode::TakeOver];

fn list() -> ListSupervisions {
    ListSupervisions {
        before: None,
        limit: 50,
    }
}

/// Ada at her desk with the company's calls, and a call of a colleague that is talked on.
struct Floor {
    desk: Desk,
    supervisions: Supervisions,
    session: String,
    call: simulator::world::ids::TelephonySessionId,
}

impl Floor {
    async fn with_call_of(agent: ExtensionId, supervisor: &'static str) -> Self {
        let mut desk = Desk::of(Seat {
            number: supervisor,
            hears_company: true,
            ..Seat::default()
        })
        .await;
        let mut follower = desk.company_follower();
        desk.company.doubt_all();
        desk.until_live().await;
        follower.step().await;
        let call = desk.control.world(|world| {
            let call = world
                .ring_extension(caller(E164::nanp(510, 5_550_147), None), agent)
                .unwrap();
            world.call(call, CallVerb::Answer { by: None }).unwrap();
            call
        });
        desk.until_all_has_arrived().await;
        let page = LivePage::new(desk.store.clone(), desk.company.clone());
        let supervisions = Supervisions::new(
            desk.store.clone(),
            desk.company.clone(),
            page,
            "Somebody".to_owned(),
        );
        Self {
            desk,
            supervisions,
            session: call.to_string(),
            call,
        }
    }

    async fn supervise(&self, agent: ExtensionId, mode: Mode) -> Result<(), CoreError> {
        let request = Supervise {
            session_id: self.session.as_str().into(),
            extension_id: agent.to_string(),
            mode,
            device: None,
        };
        let begun = self
            .supervisions
            .supervise(Some(&self.desk.client), &request)
            .await;
        begun.map(|_| ())
    }

    /// How often a phone was to be rung.
    fn asked_to_listen(&self) -> usize {
        let requests = self.desk.control.requests();
        requests
            .iter()
            .filter(|one| one.path.ends_with("/supervise"))
            .count()
    }

    /// Whether the simulator has monitoring groups.
    fn knows_groups(&self) -> bool {
        let is_unknown = self
            .desk
            .control
            .unmatched()
            .iter()
            .any(|one| one.path.contains("call-monitoring-groups"));
        if is_unknown {
            println!("skipped: this simulator has no monitoring groups");
        }
        !is_unknown
    }
}

#[tokio::test]
async fn commands_called_directly_by_somebody_without_the_right_send_nothing_and_are_logged() {
    let clock = simulator::world::Clock::manual(noon());
    let office = Office::of(Options::small_company(clock), BEN).await;
    office.sign_in().await;
    office.synchronise().await;
    let call = office.world(|world| {
        let call = world
            .ring_extension(caller(E164::nanp(510, 5_550_147), None), ADA)
            .unwrap();
        world.call(call, CallVerb::Answer { by: None }).unwrap();
        call
    });
    for mode in ALL {
        let request = Supervise {
            session_id: call.to_string().as_str().into(),
            extension_id: ADA.to_string(),
            mode,
            device: Some("1".to_owned()),
        };
        assert!(office.board.supervise(request).await.is_err(), "{mode:?}");
    }
    let session_id = call.to_string().as_str().into();
    assert!(
        office
            .board
            .get_supervision(GetSupervision { session_id })
            .await
            .is_err()
    );
    let log = office.board.list_supervisions(list()).await.unwrap_err();
    assert_eq!(log.code(), ErrorCode::NotPermitted);
    let export = office
        .board
        .export_supervisions(ExportSupervisions {})
        .await
        .unwrap_err();
    assert_eq!(export.code(), ErrorCode::NotPermitted);
    let downloads = office.folder.path().join("downloads");
    assert!(!downloads.exists() || std::fs::read_dir(downloads).unwrap().next().is_none());

    let requests = office.control.requests();
    assert!(requests.iter().all(|one| !one.path.ends_with("/supervise")));
    let logged: Vec<(String, String)> =
        sqlx::query_as("SELECT kind, supervisor_id FROM supervisions ORDER BY number")
            .fetch_all(&office.database().await)
            .await
            .unwrap();
    let expected: Vec<(String, String)> = ["asked", "refused"]
        .repeat(4)
        .into_iter()
        .map(|kind| (kind.to_owned(), BEN.to_string()))
        .collect();
    assert_eq!(logged, expected);
}

#[tokio::test]
async fn an_administrator_sees_refused_attempts_in_the_log_and_saves_it() {
    let office = Office::open().await;
    let request = Supervise {
        session_id: "s-that-never-was".into(),
        extension_id: BEN.to_string(),
        mode: Mode::Listen,
        device: None,
    };
    assert!(office.board.supervise(request).await.is_err());
    let log = office.board.list_supervisions(list()).await.unwrap();
    assert_eq!((log.entries.len(), log.has_more, log.broken_at), (1, false, None));
    assert!(matches!(log.entries[0].result, SupervisionResult::Refused { .. }));
    assert_eq!(log.entries[0].supervisor, "Ada Alvarez");

    let path = office
        .board
        .export_supervisions(ExportSupervisions {})
        .await
        .unwrap();
    let again = office
        .board
        .export_supervisions(ExportSupervisions {})
        .await
        .unwrap();
    assert_ne!(path, again, "nothing there is overwritten");
    let text = std::fs::read_to_string(path).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.contains("refused"));
}

#[tokio::test]
async fn a_supervisor_listens_in_the_company_sees_it_and_the_log_has_its_end() {
    let mut floor = Floor::with_call_of(BEN, "101").await;
    let session = floor.session.as_str().into();
    let offered = floor.supervisions.possible(&floor.desk.client, &session).await;
    if !floor.knows_groups() {
        return;
    }
    let offered = offered.unwrap();
    assert_eq!(offered.agents[0].modes[0].way, SupervisionWay::RingsDevice);
    floor.supervise(BEN, Mode::Listen).await.unwrap();
    floor.desk.until_all_has_arrived().await;
    floor.supervisions.step().await.unwrap();
    let page = LivePage::new(floor.desk.store.clone(), floor.desk.company.clone());
    let shown = page.get().await.unwrap();
    assert!(shown.calls[0].is_supervised);
    assert_eq!(shown.calls[0].members.len(), 1, "the supervisor is no member");

    floor.desk.pass(SignedDuration::from_secs(50));
    floor
        .desk
        .let_it(|world| world.call(floor.call, CallVerb::FarEndHangsUp));
    floor.desk.until_all_has_arrived().await;
    floor.supervisions.step().await.unwrap();
    let log = floor
        .supervisions
        .log(Some(&floor.desk.client), None, 10)
        .await
        .unwrap();
    assert_eq!(log.entries[0].result, SupervisionResult::Ended { seconds: 50 });
    assert_eq!(log.broken_at, None);
}

#[tokio::test]
async fn nobody_listens_in_to_whom_the_groups_do_not_name_and_nobody_without_a_group_listens() {
    // Cleo is in no group; Ben may be monitored and monitors nobody.
    for (agent, supervisor) in [(CLEO, "101"), (BEN, "102"), (BEN, "103")] {
        let floor = Floor::with_call_of(agent, supervisor).await;
        for mode in ALL {
            assert!(
                floor.supervise(agent, mode).await.is_err(),
                "{supervisor} {mode:?}"
            );
        }
        assert_eq!(floor.asked_to_listen(), 0, "{supervisor}");
        floor.knows_groups();
    }
}

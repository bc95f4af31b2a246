use super::*;

const FILTER: &str = "/restapi/v1.0/account/~/extension/~/message-store";

struct Bench {
    protocol: Protocol,
    now: Instant,
    wall: Timestamp,
}

impl Bench {
    /// Needs tokio's paused clock, which the tests below have.
    fn new() -> Self {
        let (now, wall) = (Instant::now(), "2026-03-01T12:00:00Z".parse().unwrap());
        let mut protocol = Protocol::new(vec![EventFilter::custom(FILTER)], Timing::default(), now);
        protocol.connected(now, wall);
        Self { protocol, now, wall }
    }

    fn pass(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
        self.wall += jiff::SignedDuration::from_secs(i64::try_from(seconds).unwrap());
    }

    fn tick(&mut self) -> Vec<Effect> {
        self.protocol.tick(self.now, self.wall)
    }

    fn hear(&mut self, frame: serde_json::Value) -> Vec<Effect> {
        self.protocol.received(frame.to_string().as_bytes(), self.now)
    }

    fn details(&mut self, recovery_state: Option<&str>) -> Vec<Effect> {
        let body = json!({"recoveryTimeout": 180, "recoveryBufferSize": 3, "recoveryState": recovery_state});
        self.hear(json!([{"type": "ConnectionDetails", "wsc": {"token": "w-1", "sequence": 1}}, body]))
    }

    fn notify(&mut self, sequence: u64) -> Vec<Effect> {
        let body = json!({"uuid": sequence.to_string(), "event": FILTER, "body": {"changes": []}});
        let wsc = json!({"token": format!("w-{sequence}"), "sequence": sequence});
        self.hear(json!([{"type": "ServerNotification", "wsc": wsc}, body]))
    }

    fn answer(&mut self, status: u16, body: serde_json::Value) -> Vec<Effect> {
        let id = self.protocol.pending.as_ref().unwrap().message_id.clone();
        self.hear(json!([{"type": "ClientRequest", "messageId": id, "status": status}, body]))
    }

    fn subscription() -> serde_json::Value {
        json!({"id": "sub-1", "eventFilters": [FILTER], "status": "Active", "expiresIn": 1000})
    }

    /// Brings a first connection up.
    fn live() -> Self {
        let mut bench = Self::new();
        assert!(matches!(bench.details(None)[..], [Effect::WantSubscription]));
        bench.protocol.subscribe(bench.now);
        bench.answer(200, Self::subscription());
        bench
    }

    /// Loses the connection and gets another one after so many seconds.
    fn reconnect_after(&mut self, seconds: u64) -> Option<RecoveryPoint> {
        self.protocol.disconnected(self.wall);
        self.pass(seconds);
        let point = self.protocol.recovery_point(self.wall);
        self.protocol.connected(self.now, self.wall);
        point
    }
}

fn sent(effects: &[Effect]) -> serde_json::Value {
    let text = effects.iter().find_map(|effect| match effect {
        Effect::Send(text) => Some(text),
        _ => None,
    });
    serde_json::from_str(text.expect("something is sent")).unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_first_session_subscribes_and_says_that_it_knows_nothing_of_the_past() {
    let mut bench = Bench::new();
    bench.details(None);
    let request: serde_json::Value = serde_json::from_str(&bench.protocol.subscribe(bench.now)).unwrap();
    assert_eq!(request[0]["method"], "POST");
    assert_eq!(request[0]["path"], "/restapi/v1.0/subscription");
    assert_eq!(request[1]["eventFilters"], json!([FILTER]));
    assert_eq!(request[1]["deliveryMode"]["transportType"], "WebSocket");
    let effects = bench.answer(200, Bench::subscription());
    assert!(matches!(
        effects[..],
        [
            Effect::Observe(..),
            Effect::Emit(SessionEvent::Connected {
                is_recovered: false,
                ..
            }),
            Effect::Emit(SessionEvent::Gap(GapReason::NewSession)),
        ]
    ));
}

#[tokio::test(start_paused = true)]
async fn a_recovered_session_keeps_its_subscription_and_has_no_gap() {
    let mut bench = Bench::live();
    bench.notify(7);
    assert_eq!(bench.reconnect_after(20).unwrap().token, "w-7");
    let effects = bench.details(Some("Successful"));
    assert!(matches!(
        effects[0],
        Effect::Emit(SessionEvent::Connected {
            is_recovered: true,
            ..
        })
    ));
    let heartbeat = sent(&effects);
    bench.notify(8);
    assert!(
        bench.hear(heartbeat).is_empty(),
        "two events fit the buffer, so nothing was lost"
    );
}

#[tokio::test(start_paused = true)]
async fn a_replay_as_long_as_the_buffer_is_a_gap() {
    let mut bench = Bench::live();
    bench.reconnect_after(20);
    let heartbeat = sent(&bench.details(Some("Successful")));
    for sequence in 2..5 {
        bench.notify(sequence);
    }
    assert!(matches!(
        bench.hear(heartbeat)[..],
        [Effect::Emit(SessionEvent::Gap(GapReason::ReplayBufferFull))]
    ));
}

#[tokio::test(start_paused = true)]
async fn a_failed_recovery_subscribes_anew_and_reports_the_gap() {
    let mut bench = Bench::live();
    assert!(bench.reconnect_after(20).is_some());
    assert!(matches!(
        bench.details(Some("Failed"))[..],
        [Effect::WantSubscription]
    ));
    let request: serde_json::Value = serde_json::from_str(&bench.protocol.subscribe(bench.now)).unwrap();
    assert_eq!(
        request[0]["method"], "POST",
        "the earlier subscription is gone with its session"
    );
    let effects = bench.answer(200, Bench::subscription());
    assert!(matches!(
        effects[2],
        Effect::Emit(SessionEvent::Gap(GapReason::NewSession))
    ));
}

#[tokio::test(start_paused = true)]
async fn after_the_recovery_time_no_recovery_is_tried() {
    assert!(Bench::live().reconnect_after(179).is_some());
    assert!(Bench::live().reconnect_after(180).is_none());
}

#[tokio::test(start_paused = true)]
async fn the_recovery_point_never_goes_back() {
    let mut bench = Bench::live();
    bench.notify(9);
    bench.notify(4);
    assert_eq!(bench.reconnect_after(1).unwrap().sequence, 9);
}

#[tokio::test(start_paused = true)]
async fn silence_is_met_with_a_heartbeat_and_then_with_an_end() {
    let mut bench = Bench::live();
    bench.pass(25);
    assert!(bench.tick().is_empty());
    bench.pass(5);
    assert_eq!(sent(&bench.tick())[0]["type"], "Heartbeat");
    bench.pass(15);
    assert!(matches!(
        bench.tick()[..],
        [Effect::End(DisconnectReason::Silent)]
    ));
}

#[tokio::test(start_paused = true)]
async fn an_answered_heartbeat_keeps_the_connection() {
    let mut bench = Bench::live();
    bench.pass(24);
    bench.tick();
    bench.pass(6);
    let heartbeat = sent(&bench.tick());
    assert!(bench.hear(heartbeat).is_empty());
    bench.pass(15);
    assert!(bench.tick().is_empty());
}

#[tokio::test(start_paused = true)]
async fn details_that_never_come_end_the_connection() {
    let mut bench = Bench::new();
    bench.pass(15);
    assert!(matches!(
        bench.tick()[..],
        [Effect::End(DisconnectReason::Silent)]
    ));
}

#[tokio::test(start_paused = true)]
async fn a_jump_of_the_clock_is_a_night_of_sleep() {
    let mut bench = Bench::live();
    bench.wall += jiff::SignedDuration::from_hours(8);
    assert!(matches!(
        bench.tick()[..],
        [Effect::End(DisconnectReason::WokeFromSleep)]
    ));
    assert!(
        bench.reconnect_after(1).is_none(),
        "the recovery time ran out during the night"
    );
}

#[tokio::test(start_paused = true)]
async fn a_malformed_frame_is_reported_and_the_session_goes_on() {
    let mut bench = Bench::live();
    for bytes in [
        &b"\xff\xfe"[..],
        b"[{\"type\":\"ServerNotification\"},{\"event\":7}]",
        b"[{\"type\":",
    ] {
        let effects = bench.protocol.received(bytes, bench.now);
        assert!(matches!(
            effects[..],
            [Effect::Emit(SessionEvent::Malformed { .. })]
        ));
    }
    assert!(matches!(
        bench.notify(2)[..],
        [Effect::Emit(SessionEvent::Notification(_))]
    ));
}

#[tokio::test(start_paused = true)]
async fn the_vendors_timeouts_are_told_apart() {
    for (code, is_expected) in [
        (
            "WSG-902",
            (|reason| matches!(reason, DisconnectReason::IdleTimeout)) as fn(&DisconnectReason) -> bool,
        ),
        ("WSG-903", |reason| {
            matches!(reason, DisconnectReason::AbsoluteTimeout)
        }),
        ("WSG-999", |reason| {
            matches!(reason, DisconnectReason::Closed { code: Some(_) })
        }),
    ] {
        let error =
            json!([{"type": "Error", "status": 400}, {"errors": [{"errorCode": code, "message": "bye"}]}]);
        let effects = Bench::live().hear(error);
        assert!(
            matches!(&effects[..], [Effect::End(reason)] if is_expected(reason)),
            "{code}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn new_filters_update_the_subscription_on_the_open_connection() {
    let mut bench = Bench::live();
    let filters = vec![EventFilter::custom("/restapi/v1.0/account/~/presence")];
    assert!(
        bench
            .protocol
            .set_filters(vec![EventFilter::custom(FILTER)])
            .is_empty(),
        "nothing has changed"
    );
    assert!(matches!(
        bench.protocol.set_filters(filters)[..],
        [Effect::WantSubscription]
    ));
    let request: serde_json::Value = serde_json::from_str(&bench.protocol.subscribe(bench.now)).unwrap();
    assert_eq!(request[0]["method"], "PUT");
    assert_eq!(request[0]["path"], "/restapi/v1.0/subscription/sub-1");
    // When the server has lost the subscription, a new one is made.
    let effects = bench.answer(404, json!({"errors": [{"errorCode": "SUB-507"}]}));
    assert!(matches!(
        effects[..],
        [Effect::Observe(..), Effect::WantSubscription]
    ));
    let request: serde_json::Value = serde_json::from_str(&bench.protocol.subscribe(bench.now)).unwrap();
    assert_eq!(request[0]["method"], "POST");
}

#[tokio::test(start_paused = true)]
async fn the_subscription_is_renewed_before_it_ends() {
    let mut bench = Bench::live();
    for _ in 0..45 {
        bench.pass(20);
        bench.notify(1);
        let is_due = bench
            .tick()
            .iter()
            .any(|effect| matches!(effect, Effect::WantSubscription));
        assert_eq!(
            is_due,
            bench.now - bench.protocol.live_since.unwrap() >= Duration::from_secs(900)
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_subscription_ends_the_connection_with_the_servers_reason() {
    let mut bench = Bench::new();
    bench.details(None);
    bench.protocol.subscribe(bench.now);
    let effects = bench.answer(403, json!({"errors": [{"errorCode": "SUB-505"}]}));
    let [_, Effect::End(DisconnectReason::SubscriptionRefused(error))] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!(error.code(), Some("SUB-505"));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_is_not_well_refuses_nothing() {
    for status in [429, 500, 503] {
        let mut bench = Bench::new();
        bench.details(None);
        bench.protocol.subscribe(bench.now);
        let effects = bench.answer(status, json!({"errors": [{"errorCode": "CMN-201"}]}));
        let [_, Effect::End(DisconnectReason::Unreachable(error))] = &effects[..] else {
            panic!("{effects:?}")
        };
        assert!(error.is_transient(), "{error:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_renewal_that_comes_too_often_is_tried_again_after_the_penalty() {
    let mut bench = Bench::live();
    bench
        .protocol
        .set_filters(vec![EventFilter::custom("/restapi/v1.0/account/~/presence")]);
    bench.protocol.subscribe(bench.now);
    let effects = bench.answer(429, json!({"errors": [{"errorCode": "CMN-301"}]}));
    assert!(matches!(effects[..], [Effect::Observe(_, _, 429)]), "{effects:?}");
    bench.pass(29);
    assert!(
        bench
            .tick()
            .iter()
            .all(|effect| !matches!(effect, Effect::WantSubscription))
    );
    bench.pass(1);
    assert!(
        bench
            .tick()
            .iter()
            .any(|effect| matches!(effect, Effect::WantSubscription))
    );
}

//! The worker with a source that the test plays, as any third source would be one.

use super::*;
use async_trait::async_trait;
use ringcentral::auth::MemoryTokenStore;
use std::collections::VecDeque;
use std::sync::Mutex;

/// A source that tells what the test has laid out for it.
#[derive(Debug, Clone, Default)]
struct Played(Arc<Mutex<Script>>);

#[derive(Debug, Default)]
struct Script {
    news: VecDeque<News>,
    asked_at: Vec<Timestamp>,
    every: Option<SignedDuration>,
    renewed: usize,
    opened: usize,
}

#[async_trait]
impl EventSource for Played {
    async fn stirred(&mut self) {
        std::future::pending().await
    }

    async fn take(&mut self, now: Timestamp) -> Vec<News> {
        let mut script = self.0.lock().unwrap();
        script.asked_at.push(now);
        script.news.drain(..).collect()
    }

    fn due_at(&self) -> Option<Timestamp> {
        let script = self.0.lock().unwrap();
        script
            .every
            .zip(script.asked_at.last().copied())
            .map(|(every, last)| last + every)
    }

    fn renew(&mut self) {
        self.0.lock().unwrap().renewed += 1;
    }
}

struct Bench {
    script: Arc<Mutex<Script>>,
    clock: Clock,
    wanted: SyncWanted,
    subscription: Subscription,
    handle: SubscriptionHandle,
}

fn bench() -> Bench {
    let clock = Clock::manual(Timestamp::from_second(1_800_000_000).unwrap());
    let changes = ChangeFeed::new();
    // Nobody listens there: polling must not be needed in these tests.
    let config = ringcentral::Config::new("http://127.0.0.1:9".parse().unwrap(), "client");
    let tokens = Arc::new(MemoryTokenStore::default());
    let client = Client::new(config, tokens, Arc::new(ringcentral::SystemClock)).unwrap();
    let calls = Calls::new("101".into(), clock.clone(), changes.clone());
    let wanted = SyncWanted::default();
    let played = Played::default();
    let script = played.0.clone();
    let sources = LiveSources::new(move || {
        played.0.lock().unwrap().opened += 1;
        Box::new(played.clone())
    });
    let (subscription, handle) = Subscription::new(
        sources,
        client,
        calls,
        wanted.clone(),
        clock.clone(),
        changes,
        false,
    );
    script.lock().unwrap().news.push_back(News::Up(Coverage::ALL));
    Bench {
        script,
        clock,
        wanted,
        subscription,
        handle,
    }
}

#[tokio::test]
async fn another_network_makes_the_source_anew_and_closes_the_gap() {
    let mut bench = bench();
    bench.subscription.step().await;
    let now = bench.clock.now();
    bench.subscription.jumped(Gap::NetworkChanged, now);
    assert_eq!(bench.script.lock().unwrap().renewed, 1);
    assert_eq!(bench.wanted.take().len(), SyncWanted::ALL.len());
}

#[tokio::test]
async fn a_clock_that_jumped_closes_the_gap_and_leaves_the_source_alone() {
    let mut bench = bench();
    bench.subscription.step().await;
    bench.clock.advance(SignedDuration::from_hours(8));
    bench.subscription.step().await;
    assert_eq!(bench.script.lock().unwrap().renewed, 0);
    assert_eq!(bench.wanted.take().len(), SyncWanted::ALL.len());
    assert_eq!(bench.handle.state(), EventSourceState::Live);
}

#[tokio::test]
async fn a_source_that_goes_by_time_is_asked_when_it_is_due() {
    let mut bench = bench();
    bench.script.lock().unwrap().every = Some(SignedDuration::from_secs(3));
    let due = bench.subscription.step().await;
    assert_eq!(
        due.duration_since(bench.clock.now()),
        SignedDuration::from_secs(3)
    );
}

#[tokio::test]
async fn the_source_is_opened_once_and_again_only_after_it_was_unwanted() {
    let mut bench = bench();
    bench.subscription.step().await;
    bench.subscription.step().await;
    assert_eq!(bench.script.lock().unwrap().opened, 1);
    bench.handle.set_polling_only(true);
    bench.handle.set_polling_only(false);
    bench.subscription.step().await;
    assert_eq!(bench.script.lock().unwrap().opened, 2);
}

#[tokio::test]
async fn a_flood_of_unreadable_news_is_answered_once_a_minute() {
    let mut bench = bench();
    let mut rounds = 0;
    for _ in 0..120 {
        bench
            .script
            .lock()
            .unwrap()
            .news
            .push_back(News::Gap(Gap::Unreadable));
        bench.subscription.step().await;
        rounds += usize::from(!bench.wanted.take().is_empty());
        bench.clock.advance(SignedDuration::from_secs(1));
    }
    assert_eq!(rounds, 2);
}

#[tokio::test]
async fn a_lost_sign_in_is_said_and_nothing_is_polled() {
    let mut bench = bench();
    let reason = "The sign-in has ended.".to_owned();
    let lost = News::Down(LiveFailure::SignInRequired {
        reason: reason.clone(),
    });
    bench.script.lock().unwrap().news.push_back(lost);
    bench.subscription.step().await;
    bench.clock.advance(SignedDuration::from_secs(30));
    bench.subscription.step().await;
    assert_eq!(bench.handle.state(), EventSourceState::Down { reason });
    assert!(bench.wanted.take().is_empty());
}

//! A campaign among people: what it may use, and what they notice of it.

use tokio::time::Instant;

use super::*;

/// (60 s + 250 ms) / 40: what a campaign leaves between two of its requests.
const STEP: Duration = Duration::from_micros(1_506_250);

fn medium_headers(limit: u32, remaining: u32) -> RateHeaders {
    RateHeaders {
        group: Some(Group::Medium),
        limit: Some(limit),
        remaining: Some(remaining),
        window: Some(Duration::from_secs(60)),
        retry_after: None,
    }
}

async fn take(limiter: &RateLimiter, priority: Priority) -> Duration {
    let start = Instant::now();
    limiter.acquire(Group::Medium, priority, None).await.unwrap();
    start.elapsed()
}

/// Runs until the test ends.
async fn campaign_under_way(limiter: &Arc<RateLimiter>) -> tokio::task::JoinHandle<()> {
    let limiter = limiter.clone();
    let campaign = tokio::spawn(async move {
        loop {
            take(&limiter, Priority::Campaign).await;
        }
    });
    // Into the second window: the budget is as full as it gets.
    tokio::time::sleep(Duration::from_secs(90)).await;
    campaign
}

#[tokio::test(start_paused = true)]
async fn a_campaign_alone_uses_the_whole_limit_in_even_steps() {
    let limiter = RateLimiter::default();
    let start = Instant::now();
    take(&limiter, Priority::Campaign).await;
    for number in 1..1000 {
        take(&limiter, Priority::Campaign).await;
        let (early, elapsed) = (STEP * number, start.elapsed());
        // The timer is as fine as a millisecond.
        assert!(elapsed >= early && elapsed < early + Duration::from_millis(2) * number);
    }
    let per_minute = 1000.0 * 60.0 / start.elapsed().as_secs_f64();
    assert!(per_minute > 40.0 * 0.99, "{per_minute}");
}

#[tokio::test(start_paused = true)]
async fn a_person_in_the_middle_of_a_campaign_waits_for_one_step_at_most() {
    let limiter = Arc::new(RateLimiter::default());
    let campaign = campaign_under_way(&limiter).await;
    let mut waits = Vec::new();
    for _ in 0..60 {
        waits.push(take(&limiter, Priority::Interactive).await);
        tokio::time::sleep(Duration::from_secs(7)).await;
    }
    let timer = Duration::from_millis(2);
    assert!(waits.iter().all(|wait| *wait <= STEP + timer), "{waits:?}");
    // After the first the campaign makes room.
    assert!(waits[2..].iter().all(Duration::is_zero), "{waits:?}");
    campaign.abort();
}

#[tokio::test(start_paused = true)]
async fn several_requests_of_a_person_at_once_go_before_the_campaign_goes_on() {
    let limiter = Arc::new(RateLimiter::default());
    let campaign = campaign_under_way(&limiter).await;
    let start = Instant::now();
    for _ in 0..5 {
        take(&limiter, Priority::Interactive).await;
    }
    assert!(
        start.elapsed() <= (STEP + Duration::from_millis(2)) * 5,
        "{:?}",
        start.elapsed()
    );
    campaign.abort();
}

#[tokio::test(start_paused = true)]
async fn work_that_is_told_to_come_back_finds_room_then() {
    let limiter = Arc::new(RateLimiter::default());
    let campaign = campaign_under_way(&limiter).await;
    let start = Instant::now();
    while let Err(wait) = limiter
        .acquire(Group::Medium, Priority::Event, Some(Duration::ZERO))
        .await
    {
        // Without the reserve the campaign would have taken the place again, each time.
        assert!(start.elapsed() < Duration::from_secs(20), "starved");
        tokio::time::sleep(wait.retry_after).await;
    }
    campaign.abort();
}

#[tokio::test(start_paused = true)]
async fn a_campaign_has_the_whole_limit_again_a_window_after_the_last_person() {
    let limiter = RateLimiter::default();
    take(&limiter, Priority::Interactive).await;
    assert_eq!(
        limiter.forecast(Group::Medium, Priority::Campaign).free,
        40 - 4 - 1 - 1
    );
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(limiter.forecast(Group::Medium, Priority::Campaign).free, 40);
}

#[tokio::test(start_paused = true)]
async fn looking_spends_nothing_and_says_what_each_priority_may_use() {
    let limiter = RateLimiter::default();
    for _ in 0..100 {
        limiter.forecast(Group::Medium, Priority::Interactive);
    }
    let standings = [
        Priority::Interactive,
        Priority::Event,
        Priority::Campaign,
        Priority::Backfill,
    ]
    .map(|priority| limiter.forecast(Group::Medium, priority));
    assert_eq!(standings.map(|standing| standing.free), [40, 36, 40, 28]);
    assert!(
        standings
            .iter()
            .all(|s| s.limit == 40 && s.next_free_in.is_zero())
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_foretold_is_what_happens() {
    let limiter = RateLimiter::default();
    let order = [
        Priority::Backfill,
        Priority::Campaign,
        Priority::Backfill,
        Priority::Interactive,
        Priority::Event,
    ];
    for round in 0..300_u64 {
        let priority = order[(round % 5) as usize];
        let standing = limiter.forecast(Group::Medium, priority);
        // The timer is as fine as a millisecond.
        assert_eq!(take(&limiter, priority).await, standing.next_free_in, "{round}");
        tokio::time::sleep(Duration::from_millis(round * 37 % 900)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_learnt_limit_changes_the_forecast_and_a_campaigns_steps() {
    let limiter = RateLimiter::default();
    limiter.observe(Group::Medium, &medium_headers(20, 15));
    let standing = limiter.forecast(Group::Medium, Priority::Campaign);
    assert_eq!((standing.limit, standing.free), (20, 15));
    take(&limiter, Priority::Campaign).await;
    let step = take(&limiter, Priority::Campaign).await;
    assert_eq!(step.as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn during_a_penalty_nothing_is_free_and_its_end_is_foretold() {
    let limiter = RateLimiter::default();
    let headers = RateHeaders {
        retry_after: Some(Duration::from_secs(45)),
        ..RateHeaders::default()
    };
    limiter.penalise(Group::Medium, &headers);
    let standing = limiter.forecast(Group::Medium, Priority::Interactive);
    assert_eq!(
        (standing.free, standing.next_free_in),
        (0, Duration::from_secs(45))
    );
    assert_eq!(limiter.forecast(Group::Light, Priority::Interactive).free, 50);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_already_are_counted_before_a_newcomer() {
    let limiter = Arc::new(RateLimiter::default());
    for _ in 0..40 {
        take(&limiter, Priority::Interactive).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let seconds = |priority| limiter.forecast(Group::Medium, priority).next_free_in.as_secs();
    assert_eq!(
        (seconds(Priority::Interactive), seconds(Priority::Event)),
        (20, 24)
    );
    let queue = |priority| {
        let limiter = limiter.clone();
        tokio::spawn(async move { take(&limiter, priority).await })
    };
    let waiting = queue(Priority::Interactive);
    tokio::task::yield_now().await;
    assert_eq!(
        (seconds(Priority::Interactive), seconds(Priority::Event)),
        (21, 25)
    );
    let less_urgent = queue(Priority::Event);
    tokio::task::yield_now().await;
    assert_eq!(
        seconds(Priority::Interactive),
        21,
        "a person goes before the event"
    );
    waiting.abort();
    less_urgent.abort();
}

#[derive(Debug)]
struct DrivenClock(Mutex<jiff::Timestamp>);

impl Clock for DrivenClock {
    fn now(&self) -> jiff::Timestamp {
        *self.0.lock().unwrap()
    }
}

#[tokio::test]
async fn windows_can_follow_a_clock_that_a_test_drives() {
    let clock = Arc::new(DrivenClock(Mutex::new(jiff::Timestamp::UNIX_EPOCH)));
    let limiter = RateLimiter::driven_by(clock.clone());
    for _ in 0..40 {
        take(&limiter, Priority::Interactive).await;
    }
    let full = limiter.forecast(Group::Medium, Priority::Interactive);
    assert_eq!((full.free, full.next_free_in), (0, Duration::from_secs(60)));
    *clock.0.lock().unwrap() += jiff::SignedDuration::from_secs(60);
    let empty = limiter.forecast(Group::Medium, Priority::Interactive);
    assert_eq!((empty.free, empty.next_free_in), (40, Duration::ZERO));
}

use tokio::time::Instant;

use super::*;

fn heavy_headers(limit: u32, remaining: u32) -> RateHeaders {
    RateHeaders {
        group: Some(Group::Heavy),
        limit: Some(limit),
        remaining: Some(remaining),
        window: Some(Duration::from_secs(60)),
        retry_after: None,
    }
}

async fn take(limiter: &RateLimiter, priority: Priority, count: usize) {
    for _ in 0..count {
        limiter.acquire(Group::Heavy, priority, None).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn the_window_slides_and_is_never_exceeded() {
    let limiter = RateLimiter::default();
    let start = Instant::now();
    take(&limiter, Priority::Interactive, 10).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
    take(&limiter, Priority::Interactive, 1).await;
    assert_eq!(start.elapsed(), Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn backfill_leaves_a_reserve_for_a_waiting_person() {
    let limiter = RateLimiter::default();
    let start = Instant::now();
    take(&limiter, Priority::Backfill, 7).await;
    let eighth = limiter
        .acquire(Group::Heavy, Priority::Backfill, Some(Duration::ZERO))
        .await;
    assert_eq!(
        eighth,
        Err(WouldWait {
            retry_after: Duration::from_secs(60)
        })
    );
    take(&limiter, Priority::Event, 2).await;
    take(&limiter, Priority::Interactive, 1).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_waiting_person_overtakes_the_backfill_queue() {
    let limiter = Arc::new(RateLimiter::default());
    take(&limiter, Priority::Interactive, 10).await;
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for priority in [Priority::Backfill, Priority::Event, Priority::Interactive] {
        let (limiter, order) = (limiter.clone(), order.clone());
        tasks.push(tokio::spawn(async move {
            limiter.acquire(Group::Heavy, priority, None).await.unwrap();
            order.lock().unwrap().push(priority);
        }));
        tokio::task::yield_now().await;
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(
        *order.lock().unwrap(),
        [Priority::Interactive, Priority::Event, Priority::Backfill]
    );
}

#[tokio::test(start_paused = true)]
async fn nothing_of_the_group_is_sent_during_the_penalty() {
    let limiter = RateLimiter::default();
    let start = Instant::now();
    let headers = RateHeaders {
        retry_after: Some(Duration::from_secs(45)),
        ..RateHeaders::default()
    };
    limiter.penalise(Group::Heavy, &headers);
    limiter
        .acquire(Group::Light, Priority::Backfill, None)
        .await
        .unwrap();
    assert_eq!(start.elapsed(), Duration::ZERO, "other groups go on");
    limiter
        .acquire(Group::Heavy, Priority::Interactive, None)
        .await
        .unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(45));
}

#[tokio::test(start_paused = true)]
async fn a_penalty_without_a_time_lasts_half_a_minute() {
    let limiter = RateLimiter::default();
    assert_eq!(
        limiter.penalise(Group::Heavy, &RateHeaders::default()),
        Duration::from_secs(30)
    );
    let wait = limiter
        .acquire(Group::Heavy, Priority::Interactive, Some(Duration::from_secs(10)))
        .await;
    assert_eq!(
        wait,
        Err(WouldWait {
            retry_after: Duration::from_secs(30)
        })
    );
}

#[tokio::test(start_paused = true)]
async fn limits_are_learnt_from_the_headers() {
    let limiter = RateLimiter::default();
    let start = Instant::now();
    limiter.observe(Group::Heavy, &heavy_headers(100, 100));
    take(&limiter, Priority::Interactive, 100).await;
    assert_eq!(start.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn requests_that_others_sent_count_too() {
    let limiter = RateLimiter::default();
    limiter.observe(Group::Heavy, &heavy_headers(10, 1));
    take(&limiter, Priority::Interactive, 1).await;
    let start = Instant::now();
    take(&limiter, Priority::Interactive, 1).await;
    assert_eq!(start.elapsed(), Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn a_dropped_request_gives_its_place_up() {
    let limiter = Arc::new(RateLimiter::default());
    take(&limiter, Priority::Interactive, 10).await;
    let impatient = tokio::spawn({
        let limiter = limiter.clone();
        async move { limiter.acquire(Group::Heavy, Priority::Interactive, None).await }
    });
    tokio::task::yield_now().await;
    impatient.abort();
    let _ = impatient.await;
    let start = Instant::now();
    limiter
        .acquire(Group::Heavy, Priority::Event, None)
        .await
        .unwrap();
    assert_eq!(start.elapsed(), Duration::from_secs(60));
}

#[test]
fn headers_are_read_in_any_case_and_may_be_absent() {
    let headers = RateHeaders::read(|name| match name {
        "x-rate-limit-group" => Some("heavy"),
        "x-rate-limit-limit" => Some("10"),
        "retry-after" => Some("60"),
        _ => None,
    });
    assert_eq!(headers.group, Some(Group::Heavy));
    assert_eq!((headers.limit, headers.remaining), (Some(10), None));
    assert_eq!(headers.retry_after, Some(Duration::from_secs(60)));
}

//! Times, and how they are told.

use std::time::{Duration, Instant};

/// Prints a figure.
pub(crate) fn tell(what: &str, figure: impl std::fmt::Display) {
    println!("{what:<58} {figure}");
}

/// Runs something and prints how long it took.
pub(crate) async fn timed<T>(what: &str, work: impl Future<Output = T>) -> T {
    let began = Instant::now();
    let done = work.await;
    tell(what, format!("{:.1?}", began.elapsed()));
    done
}

/// Many times of the same thing.
#[derive(Default)]
pub(crate) struct Samples(Vec<Duration>);

impl Samples {
    pub(crate) async fn take<T>(&mut self, work: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let done = work.await;
        self.0.push(began.elapsed());
        done
    }

    /// Prints half, nearly all, and the worst.
    pub(crate) fn tell(mut self, what: &str) {
        self.0.sort_unstable();
        let at = |share: f64| self.0[((self.0.len() - 1) as f64 * share) as usize];
        let (count, worst) = (self.0.len(), at(1.0));
        tell(
            what,
            format!(
                "p50 {:.1?}, p99 {:.1?}, max {worst:.1?} ({count} times)",
                at(0.5),
                at(0.99)
            ),
        );
    }
}

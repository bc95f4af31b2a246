//! The world behind a lock, for a server with many connections, and the task that lets due steps happen.
//!
//! No HTTP here.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use super::World;

/// A handle on one world; clones reach the same one.
#[derive(Debug, Clone)]
pub struct SharedWorld {
    world: Arc<Mutex<World>>,
    rescheduled: Arc<Notify>,
}

impl SharedWorld {
    /// Shares a world.
    pub fn new(world: World) -> Self {
        SharedWorld {
            world: Arc::new(Mutex::new(world)),
            rescheduled: Arc::new(Notify::new()),
        }
    }

    /// Reads or changes the world. Steps that are due happen first, so nobody sees a world that is behind its clock.
    pub fn with<R>(&self, act: impl FnOnce(&mut World) -> R) -> R {
        // Every method of the world keeps it whole, so a panic elsewhere is no reason to refuse it.
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        world.run_due();
        let wakeups_before = world.wakeups();
        let result = act(&mut world);
        if world.wakeups() != wakeups_before {
            self.rescheduled.notify_one();
        }
        result
    }

    /// Lets due steps happen in real time, for as long as the future is polled. Spawn it once per server; a world with a
    /// manual clock is driven by [`World::advance`] and only needs it when both are mixed.
    pub async fn drive(&self) {
        loop {
            let wait = self.with(|world| {
                let now = world.now();
                world
                    .next_due()
                    .map(|due| Duration::try_from(due.duration_since(now)).unwrap_or_default())
            });
            let is_manual = self.with(|world| world.clock().is_manual());
            match wait {
                Some(wait) if !is_manual => {
                    tokio::select! {
                        () = tokio::time::sleep(wait) => {}
                        () = self.rescheduled.notified() => {}
                    }
                }
                _ => self.rescheduled.notified().await,
            }
        }
    }
}

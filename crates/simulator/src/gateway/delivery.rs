//! The way of a notification from the world to the sockets, with the faults that may befall it.

use std::sync::Arc;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot};

use super::notification;
use crate::faults::EventEffect;
use crate::simulation::Simulation;
use crate::wire::Links;
use crate::world::events::WorldEvent;

/// Delivers what the world announces until the world is gone.
pub(crate) async fn pump(
    sim: Arc<Simulation>,
    mut events: mpsc::UnboundedReceiver<Arc<WorldEvent>>,
    mut waiting: mpsc::UnboundedReceiver<oneshot::Sender<()>>,
) {
    loop {
        // Events first: whoever waits is told only when nothing is left to deliver.
        tokio::select! {
            biased;
            event = events.recv() => match event {
                Some(event) => deliver(&sim, &event),
                None => return,
            },
            Some(told) = waiting.recv() => {
                // Whoever asked may have stopped waiting.
                let _ = told.send(());
            }
        }
    }
}

fn deliver(sim: &Simulation, event: &WorldEvent) {
    let addressees: Vec<_> = {
        let links = sim.gateway.links();
        let subscribed = links.by_number.iter().filter_map(|(number, link)| {
            link.subscription
                .clone()
                .map(|subscription| (*number, link.extension_id, subscription))
        });
        subscribed.collect()
    };
    let wire_links = Links::of(sim);
    for (number, owner, subscription) in addressees {
        let notifications =
            sim.world(|world| notification::of_event(world, &wire_links, owner, &subscription, event));
        for notification in notifications {
            deliver_one(sim, number, notification);
        }
    }
}

fn deliver_one(sim: &Simulation, number: u64, notification: Value) {
    let name = notification
        .get("event")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mishap = sim.faults().take_event(name);
    let now = sim.now();
    let size = sim.gateway.settings().recovery_buffer_size;
    let mut links = sim.gateway.links();
    let Some(link) = links.by_number.get_mut(&number) else {
        return;
    };
    match mishap {
        Some(EventEffect::Lose) => {}
        Some(EventEffect::Duplicate) => {
            link.notify(notification.clone(), size);
            link.notify(notification, size);
            link.count_down(size);
        }
        Some(EventEffect::Late { by_events }) => link.hold(notification, by_events.max(1)),
        Some(EventEffect::CloseSocket { code }) => {
            link.close(code, "closed by a fault", now);
            link.notify(notification, size);
        }
        None => {
            link.notify(notification, size);
            link.count_down(size);
        }
    }
}

//! What is being handed to the core for a thread, one thing after the other.
//!
//! Keeping a draft and sending it are two requests. Were they under way at once, a draft kept late would bring back what has been sent.

use super::composer::Kept;
use domain::outgoing::Thread;
use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use wasm_bindgen_futures::spawn_local;

type Job = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Default)]
struct Desk {
    jobs: VecDeque<Job>,
    newest: Kept,
}

thread_local! {
    static DESKS: RefCell<HashMap<Thread, Desk>> = RefCell::default();
}

/// Does `job` once everything before it is done. `newest` is what the draft will be then.
pub(super) fn enqueue(thread: &Thread, newest: Kept, job: impl Future<Output = ()> + 'static) {
    let is_free = DESKS.with_borrow_mut(|desks| {
        let is_free = !desks.contains_key(thread);
        let desk = desks.entry(thread.clone()).or_default();
        desk.jobs.push_back(Box::pin(job));
        desk.newest = newest;
        is_free
    });
    if is_free {
        let thread = thread.clone();
        spawn_local(async move {
            while let Some(job) = next(&thread) {
                job.await;
            }
        });
    }
}

/// The draft of a thread while the core does not have it yet.
pub(super) fn newest(thread: &Thread) -> Option<Kept> {
    DESKS.with_borrow(|desks| Some(desks.get(thread)?.newest.clone()))
}

fn next(thread: &Thread) -> Option<Job> {
    DESKS.with_borrow_mut(|desks| {
        let job = desks.get_mut(thread)?.jobs.pop_front();
        if job.is_none() {
            desks.remove(thread);
        }
        job
    })
}

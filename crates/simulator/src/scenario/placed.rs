//! Calls that are placed one after the other at instants fixed beforehand.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::world::ids::{ExtensionId, TelephonySessionId};
use crate::world::number::Endpoint;
use crate::world::{CallControlError, CallVerb, Scene, World, scene};

/// How a call begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// Somebody outside calls an extension or a queue.
    ComesIn {
        /// Who.
        from: Endpoint,
        /// Whom.
        to: ExtensionId,
    },
    /// An extension calls somebody outside.
    GoesOut {
        /// Who.
        from: ExtensionId,
        /// Whom.
        to: Endpoint,
    },
    /// An extension calls another.
    Inside {
        /// Who.
        from: ExtensionId,
        /// Whom.
        to: ExtensionId,
    },
}

/// A call with everything that happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedCall {
    /// After what time of the scene it begins.
    pub at: SignedDuration,
    /// How it begins.
    pub opening: Opening,
    /// What happens, each so long after the call began. What does not apply by then is left out.
    pub steps: Vec<(SignedDuration, CallVerb)>,
}

impl PlacedCall {
    /// Places it now.
    ///
    /// # Errors
    /// When somebody who takes part does not exist.
    pub fn place(&self, world: &mut World) -> Result<TelephonySessionId, CallControlError> {
        let session = match &self.opening {
            Opening::ComesIn { from, to } => world.ring_extension(from.clone(), *to)?,
            Opening::GoesOut { from, to } => world.dial_out(*from, to.clone())?,
            Opening::Inside { from, to } => world.dial_extension(*from, *to)?,
        };
        for (after, verb) in &self.steps {
            world.call_later(session, *after, verb.clone());
        }
        Ok(session)
    }

    /// When nothing more is planned for it, counted from the beginning of the scene.
    pub fn ends_after(&self) -> SignedDuration {
        let last = self.steps.iter().map(|(after, _)| *after).max();
        self.at.saturating_add(last.unwrap_or_default())
    }
}

/// The scene of placing them.
#[derive(Debug)]
pub(super) struct Placing {
    calls: VecDeque<PlacedCall>,
    began_at: Option<Timestamp>,
}

impl Placing {
    pub(super) fn new(mut calls: Vec<PlacedCall>) -> Self {
        calls.sort_by_key(|call| call.at);
        Placing {
            calls: calls.into(),
            began_at: None,
        }
    }
}

impl Scene for Placing {
    fn go_on(&mut self, world: &mut World) -> Option<SignedDuration> {
        let now = world.now();
        let passed = now.duration_since(*self.began_at.get_or_insert(now));
        while let Some(call) = self.calls.front().filter(|call| call.at <= passed) {
            // Who takes part was looked up when the scene was planned.
            let _ = call.place(world);
            self.calls.pop_front();
        }
        self.calls.front().map(|next| next.at.saturating_sub(passed))
    }

    fn shift(&mut self, by: SignedDuration) {
        self.began_at.iter_mut().for_each(|at| scene::shift(at, by));
    }
}

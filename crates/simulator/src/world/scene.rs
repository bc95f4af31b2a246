//! What goes on by itself for a while: a busy morning, a load, an ordinary day at the office.
//!
//! The world only calls a scene when its time has come; what scenes there are it does not know.

use std::fmt::Debug;

use jiff::{SignedDuration, Timestamp};

use super::World;
use super::timeline::Step;

/// Something that goes on by itself on the world's clock.
pub trait Scene: Debug + Send {
    /// Does what is due and says after how long it is to be called again; `None` when it is over.
    fn go_on(&mut self, world: &mut World) -> Option<SignedDuration>;

    /// The clock was put off by so much; instants the scene remembers move along.
    fn shift(&mut self, by: SignedDuration);
}

/// Moves a remembered instant.
pub(crate) fn shift(at: &mut Timestamp, by: SignedDuration) {
    *at = at.saturating_add(by).unwrap_or(*at);
}

/// No scene keeps the clock from moving on.
const SHORTEST: SignedDuration = SignedDuration::from_millis(1);

impl World {
    /// Lets a scene begin, now.
    pub fn begin(&mut self, scene: impl Scene + 'static) {
        self.schedule_in(SignedDuration::ZERO, Step::Scene(Box::new(scene)));
    }

    /// Ends every scene. Calls that are on go on as they were planned.
    pub fn end_scenes(&mut self) {
        self.timeline.retain(|step| !matches!(step, Step::Scene(_)));
    }

    pub(super) fn go_on_with(&mut self, mut scene: Box<dyn Scene>) {
        if let Some(after) = scene.go_on(self) {
            self.schedule_in(after.max(SHORTEST), Step::Scene(scene));
        }
    }
}

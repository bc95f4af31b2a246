//! The core without a window, against the simulated RingCentral: one module per area.

mod attachments;
mod calls;
mod crashes;
mod faults;
mod notices;
mod office;
mod sessions;
mod subscription;
mod synchronising;

//! The core without a window, against the simulated RingCentral: one module per area.

mod calls;
mod crashes;
mod faults;
mod notices;
mod office;
mod subscription;
mod synchronising;

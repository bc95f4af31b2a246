//! The core without a window, against the simulated RingCentral: one module per area.

mod attachments;
mod background;
mod calls;
mod convergence;
mod crashes;
mod demo_company;
mod faults;
mod notices;
mod office;
mod people;
mod sessions;
mod subscription;
mod synchronising;

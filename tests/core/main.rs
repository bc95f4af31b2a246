//! The core without a window, against the simulated RingCentral: one module per area.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests may be blunt"
)]

mod attachments;
mod background;
mod calls;
mod campaigns;
mod consents;
mod convergence;
mod crashes;
mod damage;
mod demo_company;
mod faults;
mod fax_reading;
mod fax_sending;
mod live_calls;
mod notices;
mod office;
mod people;
mod presence;
mod sessions;
mod settings;
mod subscription;
mod supervision;
mod synchronising;
mod texting;
mod transcription;
mod voicemail;

//! The client against a real server on the loopback: the simulator, and single answers where that is plainer.

mod answers;
mod downloads;
mod events;
mod sign_in;
mod support;

//! The simulator asked from outside, over real sockets.

mod sign_in;
mod support;

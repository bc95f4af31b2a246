//! The built app in a real window: the few journeys that only the whole can prove.
//!
//! Each journey brings its own desktop: display, window manager, session bus, keychain, notification server and home folder. It uses nothing of
//! the desktop it is started on, and runs on a machine without one.

mod app;
mod desktop;
mod notifications;

mod first_run;

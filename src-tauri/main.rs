//! Starts the app.
fn main() {
    switchboard_app::run();
}

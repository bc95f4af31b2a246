//! A reader of fax pages as a program by itself: for the tests of the core, whose own programs are none of ours. The app is its
//! own reader.

fn main() {
    switchboard_core::fax::read_pages();
}

//! A new migration must rebuild the crate that carries them.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}

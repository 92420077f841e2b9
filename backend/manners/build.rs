//! The binary that serves carries the built pages: when they change, or appear at last, it must be built anew.
//! A debug build reads them from their folder, and is not. Nothing is generated here.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("debug") {
        return;
    }
    let built = "../../frontend/dist";
    // Watching a path that does not exist would rebuild every time; until there are pages, their
    // parent folder tells when they appear.
    let watched = if Path::new(built).exists() {
        built
    } else {
        "../../frontend"
    };
    println!("cargo::rerun-if-changed={watched}");
}

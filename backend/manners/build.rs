//! The binary carries the built pages: when they change, or appear at last, it must be built anew.
//! Nothing is generated here.

use std::path::Path;

fn main() {
    let built = "../../frontend/dist";
    // Watching a path that does not exist would rebuild every time; until there are pages, their
    // parent folder tells when they appear.
    let watched = if Path::new(built).exists() {
        built
    } else {
        "../../frontend"
    };
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={watched}");
}

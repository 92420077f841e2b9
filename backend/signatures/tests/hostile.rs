//! Files come from anybody: whatever they hold, they are answered, and nothing is accepted that was touched.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod support;

use std::fmt::Write as _;
use std::sync::OnceLock;

use motcua_signatures::{Fault, Roots, sign_detached, verify_detached, verify_pdf};
use proptest::prelude::*;
use support::{bench, letter, now};

struct Made {
    file: Vec<u8>,
    beside: Vec<u8>,
    roots: Roots,
}

fn made() -> &'static Made {
    static MADE: OnceLock<Made> = OnceLock::new();
    MADE.get_or_init(|| {
        let bench = bench();
        Made {
            file: bench.signed(&letter(), "agency", now()),
            beside: sign_detached(b"x", &bench.signer("agency"), now(), None).unwrap(),
            roots: bench.roots(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let roots = Roots::none();
        prop_assert!(verify_pdf(&bytes, &roots, now()).is_err());
        let mut begun = b"%PDF-1.7\n".to_vec();
        begun.extend_from_slice(&bytes);
        begun.extend_from_slice(b"\nstartxref\n9\n%%EOF\n");
        prop_assert!(verify_pdf(&begun, &roots, now()).is_err());
        prop_assert!(verify_detached(b"x", &bytes, &roots, now()).is_err());
    }

    /// Some bytes changed, cut or doubled. What is still accepted says the same as before: only bytes of the
    /// signature's filling may differ.
    #[test]
    fn changed_files_are_answered_and_not_accepted(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in any::<prop::sample::Index>(),
        how in 0..4,
    ) {
        let made = made();
        let mut file = made.file.clone();
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if how == 1 {
            file.truncate(cut.index(file.len()));
        }
        if how == 2 {
            let tail = file.split_off(cut.index(file.len()));
            file.extend_from_slice(&tail[..tail.len() / 2]);
            file.extend_from_slice(&tail);
        }
        let outside = |file: &[u8]| {
            let at = support::find(&made.file, b"/Contents <") + 10;
            let end = at + made.file[at..].iter().position(|b| *b == b'>').unwrap();
            (file[..at].to_vec(), file.get(end..).unwrap_or_default().to_vec())
        };
        if let Ok(reports) = verify_pdf(&file, &made.roots, now())
            && motcua_signatures::accepted(&reports)
        {
            prop_assert_eq!(file.len(), made.file.len());
            prop_assert!(outside(&file) == outside(&made.file));
        }
    }

    #[test]
    fn changed_signatures_beside_files_are_answered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let made = made();
        let mut beside = made.beside.clone();
        for (at, byte) in changes {
            let at = at.index(beside.len());
            beside[at] = byte;
        }
        drop(verify_detached(b"x", &beside, &made.roots, now()));
    }
}

fn told(body: &str, table_at: usize, tail: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{body}{tail}startxref\n{table_at}\n%%EOF\n").into_bytes()
}

#[test]
fn bombs_are_refused() {
    let roots = Roots::none();
    // Tables that lead to one another.
    let round = "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1 /Root 1 0 R /Prev 9>>\n";
    assert!(verify_pdf(&told("", 9, round), &roots, now()).is_err());
    // Values that lie deep in one another.
    let deep = format!("trailer\n<</A {}>>\n", "[".repeat(200_000));
    assert!(verify_pdf(&told("", 9, &format!("xref\n{deep}")), &roots, now()).is_err());
    // More values than are read.
    let many = format!("xref\ntrailer\n<</A [{}]>>\n", "1 ".repeat(5_000_000));
    assert_eq!(
        verify_pdf(&told("", 9, &many), &roots, now()),
        Err(Fault::TooLarge)
    );
    // A signature made of brackets.
    assert!(verify_detached(b"x", &[0x30, 0x80].repeat(50_000), &roots, now()).is_err());
    assert!(
        verify_detached(
            b"x",
            &[0x30, 0x82, 0xFF, 0xF0].repeat(20_000),
            &roots,
            now()
        )
        .is_err()
    );
}

#[test]
fn pages_and_fields_that_go_round_are_answered() {
    let objects = [
        "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [3 0 R]>>>>",
        "<</Type /Pages /Kids [2 0 R 2 0 R]>>",
        "<</FT /Sig /T (a) /Kids [3 0 R 3 0 R] /V 3 0 R>>",
    ];
    let mut body = String::new();
    let mut table = "xref\n0 4\n0000000000 65535 f \n".to_owned();
    for (i, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", 9 + body.len()).unwrap();
        writeln!(body, "{} 0 obj\n{object}\nendobj", i + 1).unwrap();
    }
    table.push_str("trailer\n<</Size 4 /Root 1 0 R>>\n");
    let file = told(&body, 9 + body.len(), &table);
    let reports = verify_pdf(&file, &Roots::none(), now()).unwrap();
    assert_eq!(reports.len(), 1);
    assert!(!reports[0].accepted());
}

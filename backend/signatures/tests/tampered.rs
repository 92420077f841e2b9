//! Files somebody was at: neither we nor pyHanko accept one of them, while both accept what they were made of.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod support;

use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerInfos, UnsignedAttributes};
use der::{Decode, Encode};
use motcua_signatures::{
    Algorithm, Chain, Integrity, LaterChanges, Pkcs12Signer, SignatureReport, Signer, SignerFault,
    SigningRequest, Time, Who, sign_pdf, verify_pdf,
};
use serde_json::json;
use support::{appended, bench, days_ago, find, letter, now, replaced, request};

/// What we must say of it.
type Says = fn(&SignatureReport) -> bool;

const fn changed(report: &SignatureReport) -> bool {
    matches!(report.integrity, Integrity::Changed)
}

const fn not_covered(report: &SignatureReport) -> bool {
    matches!(report.integrity, Integrity::NotCovered)
}

const fn unreadable(report: &SignatureReport) -> bool {
    matches!(report.integrity, Integrity::Unreadable)
}

const fn followed(report: &SignatureReport) -> bool {
    matches!(report.later_changes, LaterChanges::Appended)
}

/// The numbers of a file's last signature: before it, after it, and how much.
fn range(file: &[u8]) -> (usize, [usize; 3]) {
    let at = find(file, b"/ByteRange ") + 11;
    let text: String = file[at..at + 40].iter().map(|b| char::from(*b)).collect();
    let numbers: Vec<usize> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .take(4)
        .map(|part| part.parse().unwrap())
        .collect();
    (at, [numbers[1], numbers[2], numbers[3]])
}

/// The file with other numbers in its signature.
fn ranged(file: &[u8], numbers: [usize; 4]) -> Vec<u8> {
    let (at, _) = range(file);
    let [a, b, c, d] = numbers;
    let text = format!("[{a} {b:010} {c:010} {d:010}]");
    let mut file = file.to_vec();
    file[at..at + text.len()].copy_from_slice(text.as_bytes());
    file
}

/// The file with another signature in the place of its own.
fn with_contents(file: &[u8], contents: &[u8]) -> Vec<u8> {
    let (_, [before, after, _]) = range(file);
    let room = after - before - 2;
    let mut text: String = contents.iter().map(|b| format!("{b:02x}")).collect();
    while text.len() < room {
        text.push('0');
    }
    let mut file = file.to_vec();
    file[before + 1..after - 1].copy_from_slice(text.as_bytes());
    file
}

fn contents(file: &[u8]) -> Vec<u8> {
    let (_, [before, after, _]) = range(file);
    file[before + 1..after - 1]
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Signs with a key, under the name of another.
struct Borrowed {
    name: Pkcs12Signer,
    key: Pkcs12Signer,
}

impl Signer for Borrowed {
    fn certificates(&self) -> &[Vec<u8>] {
        self.name.certificates()
    }

    fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        self.key.sign(message)
    }
}

fn opened(contents: &[u8]) -> (ContentInfo, SignedData) {
    let length = 4 + (usize::from(contents[2]) << 8 | usize::from(contents[3]));
    let outer = ContentInfo::from_der(&contents[..length]).unwrap();
    let data = SignedData::from_der(&outer.content.to_der().unwrap()).unwrap();
    (outer, data)
}

fn unsigned_of(contents: &[u8]) -> Option<UnsignedAttributes> {
    let (_, data) = opened(contents);
    data.signer_infos.0.get(0).unwrap().unsigned_attrs.clone()
}

/// The signature with other things said beside it: those are not signed.
fn with_unsigned(contents: &[u8], unsigned: Option<UnsignedAttributes>) -> Vec<u8> {
    let (mut outer, mut data) = opened(contents);
    let mut info = data.signer_infos.0.get(0).unwrap().clone();
    info.unsigned_attrs = unsigned;
    data.signer_infos = SignerInfos::try_from(vec![info]).unwrap();
    outer.content = der::Any::from_der(&data.to_der().unwrap()).unwrap();
    outer.to_der().unwrap()
}

#[test]
fn no_tampered_file_is_accepted() {
    let bench = bench();
    let document = letter();
    let good = bench.signed(&document, "person", now());
    let (_, [before, after, rest]) = range(&good);
    let page = "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 6 0 R>>";
    let other = "<</Length 4>>\nstream\nBT  \nendstream";

    let stamper = bench.stamper(60, "stamper");
    let lapsed = |stamped: bool| {
        sign_pdf(
            &document,
            &bench.signer("lapsed"),
            &SigningRequest {
                stamper: stamped.then_some(&stamper as _),
                ..request(Who::Person, days_ago(60))
            },
        )
        .unwrap()
    };
    let stamped = lapsed(true);
    let another = bench.signed(&replaced(&document, b"12/TB", b"99/TB"), "person", now());

    let wrong_key = sign_pdf(
        &document,
        &Borrowed {
            name: bench.signer("agency"),
            key: bench.signer("foreign"),
        },
        &request(Who::Person, now()),
    )
    .unwrap();
    let misdated = {
        let mut file = good.clone();
        let at = find(&file, b"/M <443A") + 8;
        file[at + 3] = if file[at + 3] == b'9' { b'8' } else { b'9' };
        file
    };
    let restamped = {
        let other = unsigned_of(&contents(&lapsed(true)));
        with_contents(&stamped, &with_unsigned(&contents(&stamped), other))
    };
    let unstamped = with_contents(&stamped, &with_unsigned(&contents(&stamped), None));
    // The digest that was signed is put right for a changed page, and the signature is the old one.
    let redigested = {
        let changed = replaced(&good, b"12/TB-UBND", b"13/TB-UBND");
        let digest = |file: &[u8]| {
            let pieces = [&file[..before], &file[after..]].concat();
            ring::digest::digest(&ring::digest::SHA256, &pieces)
        };
        let mut made = contents(&changed);
        let at = find(&made, digest(&good).as_ref());
        made[at..at + 32].copy_from_slice(digest(&changed).as_ref());
        with_contents(&changed, &made)
    };
    // Everything behind the signature is somebody else's, and so is what is said of it.
    let short = {
        let end = find(&good, b"startxref");
        ranged(&good, [0, before, after, end - after])
    };
    let unsigned_field = appended(
        &good,
        &[
            (
                1,
                "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [9 0 R 50 0 R]/SigFlags 3>>>>",
            ),
            (
                50,
                "<</Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (x) /Rect [0 0 500 500]>>",
            ),
        ],
    );

    let table: Vec<(&str, Vec<u8>, Says)> = vec![
        (
            "a changed byte",
            replaced(&good, b"12/TB-UBND", b"72/TB-UBND"),
            changed,
        ),
        ("a changed date of signing", misdated, changed),
        (
            "a page put in another's place",
            appended(&good, &[(3, page)]),
            followed,
        ),
        (
            "a page's content written anew",
            appended(&good, &[(5, other)]),
            followed,
        ),
        (
            "pages swapped",
            appended(
                &good,
                &[(2, "<</Type /Pages /Kids [4 0 R 3 0 R] /Count 2>>")],
            ),
            followed,
        ),
        (
            "a page taken out",
            appended(&good, &[(2, "<</Type /Pages /Kids [3 0 R] /Count 1>>")]),
            followed,
        ),
        ("a field that is no signature", unsigned_field, followed),
        ("an end that is not covered", short, not_covered),
        (
            "a beginning that is not covered",
            ranged(&good, [9, before - 9, after, rest]),
            not_covered,
        ),
        (
            "a hole wider than the signature",
            ranged(&good, [0, before - 40, after, rest]),
            not_covered,
        ),
        (
            "a range beyond the end",
            ranged(&good, [0, before, after, rest + 100]),
            not_covered,
        ),
        ("a wrong key", wrong_key, changed),
        ("a digest put right", redigested, changed),
        (
            "a signature of another document",
            with_contents(&good, &contents(&another)),
            changed,
        ),
        (
            "a signature that is empty",
            with_contents(&good, b""),
            unreadable,
        ),
        (
            "a signature cut short",
            with_contents(&good, &contents(&good)[..200]),
            unreadable,
        ),
        ("an expired signer", lapsed(false), |r| {
            r.chain == Chain::Expired
        }),
        (
            "a signer before his time",
            bench
                .sign(&[(&document, json!({"key": "early", "field": "A"}))])
                .remove(0),
            |r| r.chain == Chain::NotYetValid,
        ),
        (
            "a signer who vouches for himself",
            bench.signed(&document, "alone", now()),
            |r| r.chain == Chain::SelfSigned,
        ),
        (
            "a signer of a foreign root",
            bench.signed(&document, "foreign", now()),
            |r| r.chain == Chain::Unknown,
        ),
        ("a time stamp taken away", unstamped, |r| {
            r.chain == Chain::Expired
        }),
        ("another signature's time stamp", restamped, |r| {
            r.time.level == Time::StampBroken
        }),
    ];
    assert!(table.len() >= 12);

    // What they were made of is accepted by both, so that it is the tampering that is not.
    assert!(bench.accepts(&good) && bench.accepts(&stamped));
    for judged in bench.judged(&[&good, &stamped]) {
        assert_eq!(judged["accepted"], true, "{judged:#}");
    }

    let files: Vec<&[u8]> = table.iter().map(|(_, file, _)| file.as_slice()).collect();
    let judged = bench.judged(&files);
    let mut wrong = Vec::new();
    for ((name, file, says), judged) in table.iter().zip(&judged) {
        let ours = verify_pdf(file, &bench.roots(), now());
        if bench.accepts(file) {
            wrong.push(format!("we accept {name}"));
        }
        match &ours {
            Ok(reports) if reports.first().is_some_and(says) => {}
            other => wrong.push(format!("we say of {name}: {other:#?}")),
        }
        if judged["accepted"] != false {
            wrong.push(format!("pyHanko accepts {name}: {judged:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! Independent tools accept what we sign, and we accept what they sign.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking"
)]

mod support;

use motcua_signatures::{
    Appearance, Area, Chain, Evidence, Integrity, LaterChanges, NotChecked, Pkcs12Signer,
    Revocation, SignerFault, SigningFault, SigningRequest, Time, Who, accepted, agency_beside,
    keep_validation_data, sign_detached, sign_pdf, verify_detached, verify_pdf,
};
use serde_json::json;
use support::{appended, bench, days_ago, letter, now, packed_letter, request};

/// A red square on a transparent ground.
fn seal() -> Vec<u8> {
    let mut png = Vec::new();
    let image = image::RgbaImage::from_fn(40, 40, |x, y| {
        let inside = (8..32).contains(&x) && (8..32).contains(&y);
        image::Rgba(if inside {
            [200, 0, 0, 200]
        } else {
            [0, 0, 0, 0]
        })
    });
    image
        .write_to(&mut std::io::Cursor::new(&mut png), image::ImageFormat::Png)
        .unwrap();
    png
}

#[test]
fn what_we_sign_is_accepted_by_pyhanko_and_pdfsig() {
    let bench = bench();
    let person = Area {
        left: 320.0,
        bottom: 200.0,
        width: 150.0,
        height: 60.0,
    };
    let png = seal();
    let mut files = Vec::new();
    for document in [letter(), packed_letter()] {
        let first = sign_pdf(
            &document,
            &bench.signer("person"),
            &SigningRequest {
                appearance: Some(Appearance {
                    page: 1,
                    area: person,
                    png: &png,
                }),
                ..request(Who::Person, now())
            },
        )
        .unwrap();
        assert_eq!(first.get(..document.len()), Some(document.as_slice()));
        let stamper = bench.stamper(0, "stamper");
        let both = sign_pdf(
            &first,
            &bench.signer("agency"),
            &SigningRequest {
                appearance: Some(Appearance {
                    page: 1,
                    area: agency_beside(&person, 103.0, 103.0),
                    png: &png,
                }),
                stamper: Some(&stamper),
                ..request(Who::Agency, now())
            },
        )
        .unwrap();
        let kept = keep_validation_data(
            &both,
            &Evidence {
                certificates: vec![bench.read("middle.der")],
                crls: vec![bench.read("list.crl")],
                ocsps: vec![bench.read("good.ocsp")],
            },
        )
        .unwrap();
        files.extend([(1, first), (2, both), (2, kept)]);
    }
    let judged = bench.judged(&files.iter().map(|(_, f)| f.as_slice()).collect::<Vec<_>>());
    for ((count, file), judged) in files.iter().zip(judged) {
        assert_eq!(judged["accepted"], true, "{judged:#}");
        assert_eq!(judged["signatures"].as_array().unwrap().len(), *count);
        let printed = bench.pdfsig(file);
        assert_eq!(
            printed.matches("Signature is Valid.").count(),
            *count,
            "{printed}"
        );
        let ours = verify_pdf(file, &bench.roots(), now()).unwrap();
        assert!(accepted(&ours), "{ours:#?}");
        assert_eq!(ours.len(), *count);
    }
    // The person's is followed by a signature, the agency's by nothing; then both by proofs only.
    let of = |i: usize| verify_pdf(&files[i].1, &bench.roots(), now()).unwrap();
    let (first, both, kept) = (of(0), of(1), of(2));
    assert!(first[0].whole_file);
    assert_eq!(first[0].later_changes, LaterChanges::None);
    assert_eq!(first[0].time.level, Time::Claimed);
    assert_eq!(first[0].revocation, Revocation::NotChecked);
    assert!(first[0].not_checked.contains(&NotChecked::Revocation));
    assert_eq!(
        first[0].signer.as_ref().unwrap().name.as_deref(),
        Some("person")
    );
    assert_eq!(both[0].later_changes, LaterChanges::Signatures);
    assert_eq!(both[1].later_changes, LaterChanges::None);
    assert_eq!(both[1].time.level, Time::Stamped);
    assert!(!kept[1].whole_file);
    assert_eq!(kept[0].revocation, Revocation::Good);
    assert_eq!(kept[1].revocation, Revocation::Good);
}

#[test]
fn what_pyhanko_signs_is_accepted_by_us() {
    let bench = bench();
    let (plain, packed) = (letter(), packed_letter());
    let made = bench.sign(&[
        (&plain, json!({"key": "person", "field": "A"})),
        (&packed, json!({"key": "agency", "field": "A"})),
        (&plain, json!({"key": "agency", "field": "A", "stamped": 1})),
        (
            &plain,
            json!({"key": "person", "field": "A", "pades": false}),
        ),
        (
            &plain,
            json!({"key": "lapsed", "field": "A", "stamped": 60}),
        ),
        (
            &plain,
            json!({"key": "person", "field": "A", "stamped": 1, "stamper": "foreign_stamper"}),
        ),
    ]);
    for (i, file) in made.iter().enumerate() {
        let ours = verify_pdf(file, &bench.roots(), now()).unwrap();
        assert!(accepted(&ours), "{i}: {ours:#?}");
        assert!(ours[0].whole_file);
    }
    let of = |i: usize| {
        verify_pdf(&made[i], &bench.roots(), now())
            .unwrap()
            .remove(0)
    };
    assert_eq!(of(2).time.level, Time::Stamped);
    // He signed when his certificate was good: an authority says so.
    assert_eq!(of(4).time.level, Time::Stamped);
    assert!(of(4).signer.unwrap().valid_at_time);
    assert_eq!(of(5).time.level, Time::StampUnknown);
    // A second one of theirs over a first of ours, and of ours over theirs.
    let ours = bench.signed(&plain, "person", now());
    let mixed = bench.sign(&[
        (&ours, json!({"key": "agency", "field": "B"})),
        (&made[0], json!({"key": "agency", "field": "B"})),
    ]);
    let again = bench.signed(&made[0], "person", now());
    for file in mixed.iter().chain([&again]) {
        let reports = verify_pdf(file, &bench.roots(), now()).unwrap();
        assert!(accepted(&reports), "{reports:#?}");
        assert_eq!(reports[0].later_changes, LaterChanges::Signatures);
    }
    assert!(bench.judged(&[&again])[0]["accepted"].as_bool().unwrap());
}

#[test]
fn signatures_beside_files_agree_in_both_directions() {
    let bench = bench();
    let content = "Nội dung hồ sơ".as_bytes();
    let stamper = bench.stamper(0, "stamper");
    let ours: Vec<_> = ["person", "agency"]
        .iter()
        .map(|key| sign_detached(content, &bench.signer(key), now(), Some(&stamper)).unwrap())
        .collect();
    let pairs: Vec<(&[u8], &[u8])> = ours.iter().map(|s| (content, s.as_slice())).collect();
    for judged in bench.judged_beside(&pairs) {
        assert_eq!(judged["accepted"], true, "{judged:#}");
    }
    let theirs = bench.sign(&[
        (content, json!({"key": "person", "detached": true})),
        (
            content,
            json!({"key": "agency", "detached": true, "stamped": 1}),
        ),
    ]);
    for made in ours.iter().chain(&theirs) {
        let reports = verify_detached(content, made, &bench.roots(), now()).unwrap();
        assert!(accepted(&reports), "{reports:#?}");
        let other = verify_detached(b"khac", made, &bench.roots(), now()).unwrap();
        assert_eq!(other[0].integrity, Integrity::Changed);
    }
    assert!(verify_detached(content, b"0\x80khong", &bench.roots(), now()).is_err());
}

#[test]
fn whether_it_was_taken_back_is_said_as_far_as_it_is_known() {
    let bench = bench();
    let document = letter();
    let now_ = now();
    let plain = bench.signed(&document, "revoked", now_);
    let stamper = bench.stamper(50, "stamper");
    let before = sign_pdf(
        &document,
        &bench.signer("revoked"),
        &SigningRequest {
            stamper: Some(&stamper),
            ..request(Who::Person, days_ago(50))
        },
    )
    .unwrap();
    let kept = |file: &[u8], crl: Option<&str>, ocsp: Option<&str>| {
        let read = |name: Option<&str>| name.map(|n| bench.read(n)).into_iter().collect();
        let evidence = Evidence {
            certificates: Vec::new(),
            crls: read(crl),
            ocsps: read(ocsp),
        };
        let file = keep_validation_data(file, &evidence).unwrap();
        verify_pdf(&file, &bench.roots(), now_).unwrap().remove(0)
    };
    assert_eq!(kept(&plain, None, None).revocation, Revocation::NotChecked);
    let by_list = kept(&plain, Some("list.crl"), None);
    assert_eq!(by_list.revocation, Revocation::Revoked);
    assert!(!by_list.accepted());
    let by_answer = kept(&plain, None, Some("revoked.ocsp"));
    assert_eq!(by_answer.revocation, Revocation::Revoked);
    // It was signed before that, and an authority says so.
    assert_ne!(
        kept(&before, None, Some("revoked.ocsp")).revocation,
        Revocation::Revoked
    );
    assert!(kept(&before, Some("list.crl"), None).accepted());
    // A list that has run out says nothing of today; an answer about somebody else says nothing.
    let person = bench.signed(&document, "person", now_);
    assert_eq!(
        kept(&person, Some("old.crl"), None).revocation,
        Revocation::NotChecked
    );
    assert_eq!(
        kept(&person, None, Some("revoked.ocsp")).revocation,
        Revocation::NotChecked
    );
    assert_eq!(
        kept(&person, None, Some("good.ocsp")).revocation,
        Revocation::Good
    );
}

#[test]
fn who_may_sign_when_is_held() {
    let bench = bench();
    let document = letter();
    let agency = bench.signer("agency");
    let fault = |bytes: &[u8], key: &Pkcs12Signer, who: Who| {
        sign_pdf(bytes, key, &request(who, now())).unwrap_err()
    };
    assert_eq!(
        fault(&document, &agency, Who::Agency),
        SigningFault::PersonFirst
    );
    let person = bench.signed(&document, "person", now());
    let both = sign_pdf(&person, &agency, &request(Who::Agency, now())).unwrap();
    assert_eq!(
        fault(&both, &agency, Who::Person),
        SigningFault::AgencyHasSigned
    );
    let changed = appended(&person, &[(5, "<</Length 1>>\nstream\nn\nendstream")]);
    assert_eq!(
        fault(&changed, &agency, Who::Agency),
        SigningFault::EarlierSignature
    );
    let lapsed = bench.signer("lapsed");
    assert_eq!(
        fault(&document, &lapsed, Who::Person),
        SigningFault::CertificateNotValid
    );
    let store = bench.read("person.p12");
    assert!(matches!(
        Pkcs12Signer::open(&store, "sai"),
        Err(SignerFault::Closed(_))
    ));
    // Two persons may sign before the agency does.
    let two = bench.signed(&person, "person", now());
    assert_eq!(verify_pdf(&two, &bench.roots(), now()).unwrap().len(), 2);
    assert!(bench.accepts(&two));
}

#[test]
fn without_roots_every_signer_is_unknown() {
    let bench = bench();
    let file = bench.signed(&letter(), "person", now());
    let report = verify_pdf(&file, &motcua_signatures::Roots::none(), now())
        .unwrap()
        .remove(0);
    assert_eq!(report.integrity, Integrity::Intact);
    assert_eq!(report.chain, Chain::Unknown);
    assert!(!report.accepted());
    assert_eq!(verify_pdf(&letter(), &bench.roots(), now()).unwrap(), []);
}

#[test]
fn the_seal_covers_a_third_of_the_signature_on_its_left() {
    let person = Area {
        left: 300.0,
        bottom: 100.0,
        width: 120.0,
        height: 60.0,
    };
    let seal = agency_beside(&person, 100.0, 100.0);
    assert!((seal.left + seal.width - (person.left + 40.0)).abs() < 1e-9);
    assert!((seal.bottom + 50.0 - (person.bottom + 30.0)).abs() < 1e-9);
}

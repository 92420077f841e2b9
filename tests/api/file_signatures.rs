//! Digital signatures of files: told level by level, and what was not checked with them.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use motcua_documents::Form;
use motcua_signatures::{Algorithm, Signer, SignerFault, SigningRequest, Who, sign_pdf};
use motcua_tests::app::{NOW, Options};
use motcua_tests::{App, Kind};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair};
use serde_json::{Value, json};

/// Who signs with a key made for this test.
struct Pen {
    key: EcdsaKeyPair,
    random: SystemRandom,
    certificates: Vec<Vec<u8>>,
}

impl Signer for Pen {
    fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }

    fn algorithm(&self) -> Algorithm {
        Algorithm::EcdsaP256Sha256
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault> {
        let signed = self.key.sign(&self.random, message).unwrap();
        Ok(signed.as_ref().to_vec())
    }
}

fn named(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = rcgen::date_time_ymd(2025, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    params
}

/// An authority's certificate, and whom it vouches for.
fn vouched_for(name: &str) -> (String, Pen) {
    let mut root = named("CA thử nghiệm");
    root.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_key = KeyPair::generate().unwrap();
    let root_certificate = root.self_signed(&root_key).unwrap();
    let mut person = named(name);
    person.key_usages = vec![
        KeyUsagePurpose::DigitalSignature,
        KeyUsagePurpose::ContentCommitment,
    ];
    let key = KeyPair::generate().unwrap();
    let issuer = Issuer::from_params(&root, &root_key);
    let certificate = person.signed_by(&key, &issuer).unwrap();
    let random = SystemRandom::new();
    let pen = Pen {
        key: EcdsaKeyPair::from_pkcs8(
            &ECDSA_P256_SHA256_ASN1_SIGNING,
            &key.serialize_der(),
            &random,
        )
        .unwrap(),
        random,
        certificates: vec![certificate.der().to_vec(), root_certificate.der().to_vec()],
    };
    (root_certificate.pem(), pen)
}

fn document(text: &str) -> Vec<u8> {
    let at = DateTime::parse_from_rfc3339(NOW).unwrap();
    motcua_documents::pdf(Form::Bare, text, &json!({}), at).unwrap()
}

fn signed(pen: &Pen, document: &[u8]) -> Vec<u8> {
    let at: DateTime<Utc> = DateTime::parse_from_rfc3339(NOW).unwrap().into();
    let request = SigningRequest {
        who: Who::Person,
        at,
        name: "Nguyễn Thị Hồng",
        reason: "Xác nhận",
        location: "Hà Nội",
        appearance: None,
        stamper: None,
    };
    sign_pdf(document, pen, &request).unwrap()
}

/// A server that believes one authority, and whom that vouches for.
fn believing(kind: Kind) -> (App, Pen) {
    let (root, pen) = vouched_for("Nguyễn Thị Hồng");
    let folder: PathBuf =
        std::env::temp_dir().join(format!("motcua-roots-{}-{kind:?}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("ca.pem"), root).unwrap();
    let folder: &'static str = Box::leak(folder.to_str().unwrap().to_owned().into_boxed_str());
    let options = Options {
        settings: vec![("RATE_LIMIT", "off"), ("TRUSTED_ROOTS", folder)],
        ..Options::default()
    };
    (App::start(kind, &options), pen)
}

/// What is told of a file that is handed in with a dossier.
fn told(app: &App, dossier: &str, name: &str, bytes: Vec<u8>) -> Value {
    let file = app.send_file("tiepnhan", dossier, name, bytes).expect(201);
    let path = format!(
        "/api/v1/dossiers/{dossier}/files/{}/signatures",
        file["id"].as_str().unwrap()
    );
    app.get("tiepnhan", &path).expect(200)
}

fn the_signatures_of_a_file_are_told_level_by_level_on(kind: Kind) {
    let (app, pen) = believing(kind);
    let dossier = app.take_in("thd").id;

    let plain = document("Đơn");
    let of = told(&app, &dossier, "don.pdf", plain.clone());
    assert_eq!(
        (&of["accepted"], &of["items"], &of["fault"], &of["roots"]),
        (&json!(false), &json!([]), &Value::Null, &json!(1))
    );

    let good = signed(&pen, &plain);
    let of = told(&app, &dossier, "ky.pdf", good.clone());
    assert_eq!(
        (&of["accepted"], &of["fault"]),
        (&json!(true), &Value::Null),
        "{of}"
    );
    let item = &of["items"][0];
    for (level, word) in [
        ("kind", "signature"),
        ("integrity", "intact"),
        ("chain", "trusted"),
        ("time", "claimed"),
        ("revocation", "not_checked"),
        ("later_changes", "none"),
    ] {
        assert_eq!(item[level], json!(word), "{level} of {of}");
    }
    assert_eq!(item["signer"]["name"], json!("Nguyễn Thị Hồng"));
    assert_eq!(item["signed_at"], json!(NOW));
    let unchecked = item["not_checked"].as_array().unwrap();
    assert!(unchecked.contains(&json!("revocation")) && unchecked.contains(&json!("signing_time")));

    // A later version of the file that says something else.
    let mut longer = good.clone();
    longer.extend_from_slice(b"\n% them\n");
    let of = told(&app, &dossier, "them.pdf", longer);
    assert_eq!(of["accepted"], json!(false), "{of}");

    // One byte of what was signed.
    let mut changed = good.clone();
    let at = changed.windows(9).position(|w| w == b"/MediaBox").unwrap() + 12;
    changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
    let of = told(&app, &dossier, "sua.pdf", changed);
    assert_eq!(of["accepted"], json!(false), "{of}");

    // Somebody whom nobody vouches for here.
    let (_, other) = vouched_for("Người Lạ");
    let of = told(&app, &dossier, "la.pdf", signed(&other, &plain));
    assert_eq!(
        (
            &of["accepted"],
            &of["items"][0]["chain"],
            &of["items"][0]["integrity"]
        ),
        (&json!(false), &json!("unknown"), &json!("intact"))
    );

    // What cannot be read is not taken for unsigned: its table of objects is not where it says.
    let mut broken = motcua_tests::file::pdf("hỏng");
    let end = broken
        .windows(10)
        .rposition(|w| w == b"startxref\n")
        .unwrap()
        + 10;
    broken[end] = if broken[end] == b'1' { b'2' } else { b'1' };
    let of = told(&app, &dossier, "hong.pdf", broken);
    assert_eq!(
        (&of["fault"], &of["items"]),
        (&json!("unreadable"), &json!([]))
    );

    // Who may not see what people hand in learns nothing of who signed.
    let path = format!("/api/v1/dossiers/{dossier}/files");
    let files = app.get("tiepnhan", &path).expect(200);
    let id = files["items"][0]["id"].as_str().unwrap();
    app.get("thungan", &format!("{path}/{id}/signatures"))
        .refused(403, "role_not_allowed");
    assert!(app.verify().is_empty());
}

#[test]
fn the_signatures_of_a_file_are_told_level_by_level_on_sqlite() {
    the_signatures_of_a_file_are_told_level_by_level_on(Kind::Sqlite);
}

#[test]
fn the_signatures_of_a_file_are_told_level_by_level_on_postgres() {
    the_signatures_of_a_file_are_told_level_by_level_on(Kind::Postgres);
}

#[test]
fn a_server_does_not_start_with_a_folder_of_authorities_that_is_not_there() {
    let folder = std::env::temp_dir();
    let config = motcua_tests::database::config(&[
        ("DATA_DIR", folder.to_str().unwrap()),
        ("TRUSTED_ROOTS", "/khong-co"),
    ]);
    let told = config.filing().unwrap_err().to_string();
    assert!(
        told.contains("MOTCUA_TRUSTED_ROOTS") && told.contains("/khong-co"),
        "{told}"
    );
}

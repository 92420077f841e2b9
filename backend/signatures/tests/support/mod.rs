//! What the tests share: documents, keys and certificates made for this run, and the independent tools.
//!
//! A tool that is missing fails the test, with what to install.

#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, and each uses a part of this"
)]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::SystemTime;

use chrono::{DateTime, Duration, Utc};
use motcua_signatures::{
    Pkcs12Signer, Roots, SigningRequest, TimeStamper, Who, sign_pdf, verify_pdf,
};
use serde_json::{Value, json};

const PASSWORD: &str = "thu-bi-mat";
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// pyHanko judges by the clock of the machine, so we must too.
pub fn now() -> DateTime<Utc> {
    DateTime::from(SystemTime::now())
}

fn install() -> &'static Path {
    static PYTHON: OnceLock<PathBuf> = OnceLock::new();
    PYTHON.get_or_init(|| {
        let python = Path::new(ROOT).join(".cache/pyhanko-venv/bin/python");
        let told = format!("{ROOT}/scripts/install-test-tools pdfsig, {ROOT}/scripts/python-ready backend/signatures/tests/pyhanko");
        assert!(
            python.exists(),
            "pyHanko is missing: {told}"
        );
        assert!(
            Command::new("pdfsig").arg("-v").output().is_ok(),
            "pdfsig is missing: {told}"
        );
        python
    })
}

fn python(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(install())
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/tests/pyhanko/tools.py"
        ))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// Keys and certificates, and a folder for files.
pub struct Bench {
    pub folder: PathBuf,
}

/// One for each run of a test program: making keys takes a while.
pub fn bench() -> &'static Bench {
    static BENCH: OnceLock<Bench> = OnceLock::new();
    BENCH.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!(
            "signatures-{}-{}",
            std::process::id(),
            now().timestamp_micros()
        ));
        std::fs::create_dir_all(&folder).unwrap();
        python(&["pki", folder.to_str().unwrap()], b"");
        Bench { folder }
    })
}

impl Bench {
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(name)).unwrap()
    }

    pub fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    pub fn roots(&self) -> Roots {
        let mut roots = Roots::none();
        roots.add(&self.read("root.pem")).unwrap();
        roots
    }

    pub fn signer(&self, name: &str) -> Pkcs12Signer {
        Pkcs12Signer::open(&self.read(&format!("{name}.p12")), PASSWORD).unwrap()
    }

    pub fn stamper(&self, days: i64, name: &'static str) -> Stamper {
        Stamper {
            folder: self.folder.to_str().unwrap().to_owned(),
            days,
            name,
        }
    }

    /// Signs with ours, as a person and without an image.
    pub fn signed(&self, document: &[u8], key: &str, at: DateTime<Utc>) -> Vec<u8> {
        sign_pdf(document, &self.signer(key), &request(Who::Person, at)).unwrap()
    }

    /// Signs with pyHanko, by jobs of key, field and more; gives back the files.
    pub fn sign(&self, jobs: &[(&[u8], Value)]) -> Vec<Vec<u8>> {
        let jobs: Vec<Value> = jobs
            .iter()
            .enumerate()
            .map(|(i, (bytes, job))| {
                let mut job = job.clone();
                let to = format!("made-{}-{i}", now().timestamp_micros());
                job["in"] = json!(self.write(&format!("{to}.in"), bytes));
                job["out"] = json!(self.folder.join(&to));
                job
            })
            .collect();
        let text = serde_json::to_string(&jobs).unwrap();
        python(&["sign", self.folder.to_str().unwrap(), &text], b"");
        jobs.iter()
            .map(|job| std::fs::read(job["out"].as_str().unwrap()).unwrap())
            .collect()
    }

    /// What pyHanko says of documents, all in one go.
    pub fn judged(&self, documents: &[&[u8]]) -> Vec<Value> {
        let mut arguments = vec!["judge".to_owned(), self.folder.to_str().unwrap().to_owned()];
        for (i, bytes) in documents.iter().enumerate() {
            let name = format!("judged-{}-{i}.pdf", now().timestamp_micros());
            arguments.push(self.write(&name, bytes).to_str().unwrap().to_owned());
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        serde_json::from_slice(&python(&arguments, b"")).unwrap()
    }

    /// What pyHanko says of signatures beside files.
    pub fn judged_beside(&self, pairs: &[(&[u8], &[u8])]) -> Vec<Value> {
        let folder = self.folder.to_str().unwrap();
        let mut arguments = vec!["judge-cms".to_owned(), folder.to_owned()];
        for (i, (content, signature)) in pairs.iter().enumerate() {
            let name = format!("beside-{}-{i}", now().timestamp_micros());
            let content = self.write(&format!("{name}.bin"), content);
            let signature = self.write(&format!("{name}.p7s"), signature);
            arguments.push(format!("{}:{}", content.display(), signature.display()));
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        serde_json::from_slice(&python(&arguments, b"")).unwrap()
    }

    /// What poppler's `pdfsig` prints of a document.
    pub fn pdfsig(&self, bytes: &[u8]) -> String {
        install();
        let name = format!("pdfsig-{}.pdf", now().timestamp_micros());
        let path = self.write(&name, bytes);
        let output = Command::new("pdfsig")
            .arg("-nocert")
            .arg(&path)
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Whether we accept a document.
    pub fn accepts(&self, bytes: &[u8]) -> bool {
        verify_pdf(bytes, &self.roots(), now())
            .is_ok_and(|reports| motcua_signatures::accepted(&reports))
    }
}

/// An authority that stamps the time of so many days ago.
pub struct Stamper {
    folder: String,
    days: i64,
    name: &'static str,
}

impl TimeStamper for Stamper {
    fn stamp(&self, digest: &[u8]) -> Result<Vec<u8>, String> {
        Ok(python(
            &["stamp", &self.folder, &self.days.to_string(), self.name],
            digest,
        ))
    }
}

pub fn request(who: Who, at: DateTime<Utc>) -> SigningRequest<'static> {
    SigningRequest {
        who,
        at,
        name: "Nguyễn Thị Ánh",
        reason: "Ký ban hành",
        location: "Phường Thử",
        appearance: None,
        stamper: None,
    }
}

pub fn days_ago(days: i64) -> DateTime<Utc> {
    now() - Duration::days(days)
}

/// A document of two pages with a table of contents of the old kind.
pub fn letter() -> Vec<u8> {
    let page = |text: &str| format!("BT /F1 24 Tf 72 700 Td ({text}) Tj ET");
    let stream = |text: &str| format!("<</Length {}>>\nstream\n{text}\nendstream", text.len());
    let shown = "/MediaBox [0 0 595 842] /Resources <</Font <</F1 7 0 R>>>>";
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        "<</Type /Pages /Kids [3 0 R 4 0 R] /Count 2>>".to_owned(),
        format!("<</Type /Page /Parent 2 0 R {shown} /Contents 5 0 R>>"),
        format!("<</Type /Page /Parent 2 0 R {shown} /Contents 6 0 R>>"),
        stream(&page("So: 12/TB-UBND")),
        stream(&page("Noi nhan: Ba Anh")),
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>".to_owned(),
    ];
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", i + 1).as_bytes());
    }
    let at = file.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        writeln!(table, "{place:010} 00000 n ").unwrap();
    }
    writeln!(
        table,
        "trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{at}\n%%EOF",
        objects.len() + 1
    )
    .unwrap();
    file.extend_from_slice(table.as_bytes());
    file
}

/// A document of one page whose objects lie in a stream, with a table of the new kind.
pub fn packed_letter() -> Vec<u8> {
    let objects = [
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R>>",
    ];
    let mut index = String::new();
    let mut body = String::new();
    for (i, object) in objects.iter().enumerate() {
        write!(index, "{} {} ", i + 1, body.len()).unwrap();
        writeln!(body, "{object}").unwrap();
    }
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let container = file.len();
    let text = format!(
        "4 0 obj\n<</Type /ObjStm /N 3 /First {} /Length {}>>\nstream\n{index}{body}\nendstream\nendobj\n",
        index.len(),
        index.len() + body.len()
    );
    file.extend_from_slice(text.as_bytes());
    let content = file.len();
    file.extend_from_slice(b"5 0 obj\n<</Length 6>>\nstream\n0 0 m \nendstream\nendobj\n");
    let at = file.len();
    let mut rows = vec![0, 0, 0, 0xFF];
    for i in 0..3 {
        rows.extend_from_slice(&[2, 0, 4, i]);
    }
    for place in [container, content, at] {
        let place = u16::try_from(place).unwrap().to_be_bytes();
        rows.extend_from_slice(&[1, place[0], place[1], 0]);
    }
    let head = format!(
        "6 0 obj\n<</Type /XRef /Size 7 /W [1 2 1] /Root 1 0 R /Length {}>>\nstream\n",
        rows.len()
    );
    file.extend_from_slice(head.as_bytes());
    file.extend_from_slice(&rows);
    file.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF\n").as_bytes());
    file
}

pub fn find(bytes: &[u8], needle: &[u8]) -> usize {
    bytes
        .windows(needle.len())
        .rposition(|window| window == needle)
        .unwrap()
}

/// Puts other bytes of the same length in the place of some.
pub fn replaced(bytes: &[u8], what: &[u8], with: &[u8]) -> Vec<u8> {
    assert_eq!(what.len(), with.len());
    let at = find(bytes, what);
    let mut bytes = bytes.to_vec();
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

/// Adds a revision that puts objects in the place of others.
pub fn appended(bytes: &[u8], objects: &[(u32, &str)]) -> Vec<u8> {
    let before = find(bytes, b"startxref");
    let before: String = bytes[before + 9..]
        .iter()
        .map(|byte| char::from(*byte))
        .skip_while(|c| c.is_whitespace())
        .take_while(char::is_ascii_digit)
        .collect();
    let mut file = bytes.to_vec();
    let mut table = "xref\n".to_owned();
    for (id, object) in objects {
        writeln!(table, "{id} 1\n{:010} 00000 n ", file.len()).unwrap();
        file.extend_from_slice(format!("{id} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let at = file.len();
    file.extend_from_slice(table.as_bytes());
    file.extend_from_slice(
        format!("trailer\n<</Size 60 /Root 1 0 R /Prev {before}>>\nstartxref\n{at}\n%%EOF\n")
            .as_bytes(),
    );
    file
}

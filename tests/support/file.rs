//! Files as people hand them in, sound and unsound, made here so that none lies in the tree.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use sha2::{Digest, Sha256};

use crate::answer::Answer;
use crate::app::App;

/// The text by which virus scanners are tried, in two halves so that none finds it here.
pub fn eicar() -> String {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD",
        r"-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
}

/// A document of one page with these further objects in it.
pub fn pdf_with(objects: &str) -> Vec<u8> {
    let mut out =
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
            .to_vec();
    out.extend_from_slice(objects.as_bytes());
    let table = out.len();
    out.extend_from_slice(
        b"xref\n0 4\n0000000000 65535 f \n0000000015 00000 n \n0000000064 00000 n \n0000000121 00000 n \n\
        trailer\n<< /Size 4 /Root 1 0 R >>\n",
    );
    out.extend_from_slice(format!("startxref\n{table}\n%%EOF\n").as_bytes());
    out
}

/// A document that is no other's.
pub fn pdf(of: &str) -> Vec<u8> {
    pdf_with(&format!("% {of}\n"))
}

/// A document that is no other's and at least this long.
pub fn long_pdf(of: &str, bytes: usize) -> Vec<u8> {
    // Nothing that packs or repeats: what a scanner makes of paper.
    let mut state = Sha256::digest(of.as_bytes()).to_vec();
    let mut noise = String::with_capacity(bytes + 64);
    while noise.len() < bytes {
        state = Sha256::digest(&state).to_vec();
        noise.push_str(&hex::encode(&state));
    }
    pdf_with(&format!(
        "5 0 obj\n<< /Length {} >>\nstream\n{noise}\nendstream\nendobj\n",
        noise.len()
    ))
}

fn chunk(out: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    out.extend(kind);
    out.extend(data);
    let mut crc = flate2::Crc::new();
    crc.update(kind);
    crc.update(data);
    out.extend(crc.sum().to_be_bytes());
}

/// A grey picture of this size whose points are these.
pub fn png(width: u32, height: u32, point: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for y in 0..height {
        let mut line = vec![0_u8];
        line.extend((0..width).map(|x| point(x, y)));
        packed.write_all(&line).unwrap();
    }
    png_of(width, height, &packed.finish().unwrap())
}

/// A picture whose head says this size, whatever is in it.
pub fn png_of(width: u32, height: u32, packed: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &head);
    chunk(&mut out, b"IDAT", packed);
    chunk(&mut out, b"IEND", b"");
    out
}

/// A scan with some lines on it.
pub fn scan() -> Vec<u8> {
    png(620, 877, |_, y| if y % 40 < 6 { 30 } else { 240 })
}

/// The SHA-256 of these bytes.
pub fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

impl App {
    /// A file for a paper of a dossier, not sent yet.
    pub fn file_for(
        &self,
        who: &str,
        (dossier, component): (&str, &str),
        (kind, name): (&str, &str),
        bytes: Vec<u8>,
    ) -> RequestBuilder {
        let path = format!("/api/v1/dossiers/{dossier}/components/{component}/files");
        let name: String = name
            .bytes()
            .map(|b| {
                if b.is_ascii_alphanumeric() || b == b'.' {
                    char::from(b).to_string()
                } else {
                    format!("%{b:02X}")
                }
            })
            .collect();
        self.as_person(who, Method::POST, &path)
            .header("content-type", kind)
            .header(
                "content-disposition",
                format!("attachment; filename*=UTF-8''{name}"),
            )
            .body(bytes)
    }

    /// Sends a file for the application form of a dossier.
    #[track_caller]
    pub fn send_file(&self, who: &str, dossier: &str, name: &str, bytes: Vec<u8>) -> Answer {
        let kind = match name.rsplit('.').next() {
            Some("png") => "image/png",
            Some("jpg") => "image/jpeg",
            _ => "application/pdf",
        };
        self.send(self.file_for(who, (dossier, "to_khai"), (kind, name), bytes))
    }
}

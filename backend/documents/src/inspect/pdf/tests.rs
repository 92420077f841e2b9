use std::io::Write as _;

use chrono::{FixedOffset, TimeZone as _};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::*;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A document of one page with these further objects.
fn with(objects: &[u8]) -> Vec<u8> {
    let mut out =
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>\nendobj\n"
            .to_vec();
    out.extend_from_slice(objects);
    out.extend_from_slice(
        b"\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n9\n%%EOF\n",
    );
    out
}

fn stream_of(head: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("5 0 obj\n<< {head} /Length {} >>\nstream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
    out
}

fn judged(bytes: &[u8]) -> Result<(), Fault> {
    document(&mut &*bytes)
}

#[test]
fn our_own_papers_are_taken() {
    let at = FixedOffset::east_opt(7 * 3600)
        .unwrap()
        .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
        .unwrap();
    let sheet = crate::book::Book {
        body: "TRUNG TÂM".into(),
        title: "SỔ",
        lines: Vec::new(),
        tables: Vec::new(),
        remarks: vec!["Không".into()],
        signers: Vec::new(),
    };
    let bytes = crate::book::page(&sheet, "so", at).unwrap();
    assert_eq!(judged(&bytes), Ok(()));
    // Cut anywhere it is not the same document any more.
    for part in [1, 3, 7, 9] {
        let cut = bytes.get(..bytes.len() * part / 10).unwrap();
        assert!(judged(cut).is_err(), "{part}/10");
    }
}

#[test]
fn a_plain_document_is_taken() {
    assert_eq!(judged(&with(b"")), Ok(()));
    let text = stream_of("/Filter /FlateDecode", &packed(b"BT (/JavaScript) Tj ET"));
    assert_eq!(judged(&with(&text)), Ok(()));
    // What stands in strings and comments is text.
    assert_eq!(
        judged(&with(
            b"5 0 obj\n<< /Title (see \\( /Launch) >> % /JavaScript\nendobj\n"
        )),
        Ok(())
    );
}

#[test]
fn what_acts_is_found_however_it_is_written() {
    for (objects, what) in [
        (
            &b"5 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj"[..],
            "JavaScript",
        ),
        (b"5 0 obj << /S/J#61va#53cript >> endobj", "JavaScript"),
        (b"5 0 obj <</JS(x)>> endobj", "JS"),
        (b"5 0 obj << /S /Launch /F (cmd.exe) >> endobj", "Launch"),
        (
            b"5 0 obj << /Names << /EmbeddedFiles 6 0 R >> >> endobj",
            "EmbeddedFiles",
        ),
        (b"5 0 obj << /AcroForm << /XFA [] >> >> endobj", "XFA"),
    ] {
        assert_eq!(judged(&with(objects)), Err(Fault::Active(what)), "{what}");
    }
}

#[test]
fn what_acts_is_found_in_packed_objects() {
    let inside = b"6 0 << /S /JavaScript >>";
    let plain = stream_of("/Type /ObjStm /N 1 /First 4", inside);
    assert_eq!(judged(&with(&plain)), Err(Fault::Active("JavaScript")));
    let flate = stream_of(
        "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
        &packed(inside),
    );
    assert_eq!(judged(&with(&flate)), Err(Fault::Active("JavaScript")));
    let array = stream_of("/Filter [/FlateDecode] /Type /ObjStm", &packed(inside));
    assert_eq!(judged(&with(&array)), Err(Fault::Active("JavaScript")));
    // What cannot be looked into is not believed.
    for head in [
        "/Type /ObjStm /Filter /LZWDecode",
        "/Type /ObjStm /Filter 9 0 R",
        "/Type /ObjStm /Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
        "/Type /ObjStm /Filter [/ASCIIHexDecode /FlateDecode]",
    ] {
        assert_eq!(
            judged(&with(&stream_of(head, &packed(inside)))),
            Err(Fault::Damaged),
            "{head}"
        );
    }
}

#[test]
fn an_object_hidden_in_a_stream_is_found() {
    // Another reader ends this stream by its length, and reads the object behind it.
    let hidden = b"xx\n7 0 obj << /S /JavaScript >> endobj\n";
    let bytes = stream_of("", hidden);
    assert_eq!(judged(&with(&bytes)), Err(Fault::Active("JavaScript")));
}

#[test]
fn a_document_with_a_password_is_refused() {
    let bytes = with(b"trailer << /Encrypt 9 0 R >>");
    assert_eq!(judged(&bytes), Err(Fault::Encrypted));
}

#[test]
fn bombs_are_refused() {
    // 600 MB of one byte pack to some 600 kB.
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![0_u8; 1 << 20];
    for _ in 0..600 {
        encoder.write_all(&block).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let bytes = with(&stream_of("/Filter /FlateDecode", &bomb));
    assert_eq!(judged(&bytes), Err(Fault::Bomb));
    let objects = with(&stream_of("/Type /ObjStm /Filter /FlateDecode", &bomb));
    assert_eq!(judged(&objects), Err(Fault::Bomb));
    let twice = with(&stream_of(
        "/Filter [/FlateDecode /FlateDecode]",
        &packed(&bomb),
    ));
    assert_eq!(judged(&twice), Err(Fault::Bomb));
}

#[test]
fn what_is_no_document_is_damaged() {
    for bytes in [
        &b""[..],
        b"%PDF-1.7",
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"%PDF-1.7 (unended",
        b"%PDF-1.7 1 0 obj <<>> stream never ended",
    ] {
        assert_eq!(judged(bytes), Err(Fault::Damaged));
    }
    let pageless = with(b"");
    let pageless = String::from_utf8_lossy(&pageless).replace("/Type /Page ", "/Type /Pag ");
    assert_eq!(judged(pageless.as_bytes()), Err(Fault::NoPages));
}

#[test]
fn the_end_of_a_stream_is_found_wherever_it_begins() {
    for data in [
        &b""[..],
        b"e",
        b"end",
        b"endstrea",
        b"endstrendstre",
        b"eeeendstr",
        b"endstrendstrendstr",
    ] {
        let bytes = with(&stream_of("", data));
        assert_eq!(judged(&bytes), Ok(()), "{}", String::from_utf8_lossy(data));
        let with_name = [data, b" /JavaScript "].concat();
        let bytes = with(&stream_of("", &with_name));
        assert_eq!(judged(&bytes), Err(Fault::Active("JavaScript")));
    }
}

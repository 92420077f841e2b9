//! Those that read what comes from outside.

use std::io::Cursor;

use chrono::{DateTime, FixedOffset};
use motcua_documents::inspect::{PictureKind, document, picture};
use motcua_documents::marks::{code128_svg, qr_svg};
use motcua_documents::{Form, pdf as set};
use motcua_domain::citizen_card;
use motcua_domain::file::{Media, clean_name};
use motcua_signatures::{Roots, verify_detached, verify_pdf};
use motcua_tests::file::{eicar, long_pdf, pdf, pdf_with, png, scan};
use serde_json::{Value, json};

use crate::tried;

#[test]
fn changed_documents_are_read_or_refused_and_nothing_more() {
    let samples = [
        pdf("giấy khai sinh"),
        long_pdf("dài", 20_000),
        pdf_with(
            "4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Length 20 >>\nstream\n5 0 << /A 1 >>\nendstream\nendobj\n",
        ),
        pdf_with("4 0 obj\n<< /S /JavaScript /JS (app.alert\\(1\\)) >>\nendobj\n"),
        pdf_with(&format!("% {}\n", eicar())),
        slip(&slip_data()),
    ];
    let words: [&[u8]; 14] = [
        b"/FlateDecode",
        b"/LZWDecode",
        b"/ASCII85Decode",
        b"/ObjStm",
        b"/XRef",
        b"/Encrypt",
        b"/JavaScript",
        b"stream\n",
        b"endstream",
        b"endobj",
        b"/Length 999999999",
        b"<<",
        b"#4a",
        b"startxref\n0\n%%EOF",
    ];
    tried("document", &samples, &words, |bytes| {
        let _ = Media::sniff(bytes);
        let _ = document(&mut &*bytes);
    });
}

/// A document that pyHanko signed with a throw-away key.
const SIGNED: &[u8] = include_bytes!("../browser/support/signed.pdf");

/// What lies in its hole: the signature by itself.
fn signature_of(file: &[u8]) -> Vec<u8> {
    let name = b"/Contents <";
    let at = file.windows(name.len()).position(|w| w == name);
    let hex: Vec<u8> = file[at.expect("it is signed") + name.len()..]
        .iter()
        .copied()
        .take_while(u8::is_ascii_hexdigit)
        .collect();
    hex::decode(hex).expect("digits")
}

#[test]
fn changed_signatures_in_documents_are_read_or_refused_and_nothing_more() {
    let samples = [SIGNED.to_vec(), slip(&slip_data()), pdf("giấy khai sinh")];
    let words: [&[u8]; 18] = [
        b"/ByteRange [0 10 20 30]",
        b"/ByteRange",
        b"/Contents <30",
        b"/SubFilter /ETSI.CAdES.detached",
        b"/FT /Sig",
        b"/Fields [",
        b"/Kids [1 0 R]",
        b"/Prev 0",
        b"/XRefStm 15",
        b"/Size 999999999",
        b"/W [8 8 8]",
        b"/Index [0 999999999]",
        b"/Type /ObjStm /N 1000000 /First 0",
        b"/DecodeParms << /Predictor 15 /Columns 1000000 >>",
        b"[[[[[[[[[[[[[[[[",
        b"<<<<<<<<",
        b"xref\n0 1\n0000000000 65535 f \ntrailer\n",
        b"startxref\n0\n%%EOF",
    ];
    tried("signed", &samples, &words, |bytes| {
        let _ = verify_pdf(bytes, &Roots::none(), at().to_utc());
    });
}

#[test]
fn changed_signatures_beside_files_are_read_or_refused_and_nothing_more() {
    let samples = [signature_of(SIGNED)];
    let words: [&[u8]; 8] = [
        b"\x30\x80",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x31\x00",
        b"\xa0\x82\xff\xff",
        b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02",
        b"\x02\x01\xff",
        b"\x17\x0d99999999999Z",
        b"\x04\x00",
    ];
    tried("beside", &samples, &words, |bytes| {
        let _ = verify_detached(
            "giấy khai sinh".as_bytes(),
            bytes,
            &Roots::none(),
            at().to_utc(),
        );
    });
}

#[test]
fn changed_pictures_are_drawn_or_refused_and_nothing_more() {
    let samples = [
        scan(),
        png(8, 8, |x, _| if x > 3 { 255 } else { 0 }),
        png(300, 300, |x, y| (x ^ y) as u8),
        JPEG.to_vec(),
    ];
    let words: [&[u8]; 8] = [
        b"IHDR",
        b"IDAT",
        b"PLTE",
        b"IEND",
        b"\xff\xd8\xff",
        b"\xff\xc0",
        b"\xff\xda",
        b"\xff\xff\xff\xff",
    ];
    tried("picture", &samples, &words, |bytes| {
        let kind = match Media::sniff(bytes) {
            Some(Media::Jpeg) => PictureKind::Jpeg,
            _ => PictureKind::Png,
        };
        let _ = picture(Cursor::new(bytes), kind);
    });
}

#[test]
fn changed_card_texts_and_names_of_files_are_read_or_refused_and_nothing_more() {
    let samples = [
        "001085012345|012345678|Nguyễn Văn An|15081985|Nam|Số 5 Nguyễn Trãi, phường Trần Hưng Đạo|01012022".into(),
        "001085012345||NGUYỄN VĂN AN|1985|Nữ||01012022|x|y|z".into(),
        "Giấy khai sinh (An).pdf".as_bytes().to_vec(),
    ];
    let words: [&[u8]; 7] = [
        b"|",
        b"\t",
        "\u{feff}".as_bytes(),
        "\u{0301}".as_bytes(),
        "｜".as_bytes(),
        b"29022023",
        "\u{202e}".as_bytes(),
    ];
    tried("card", &samples, &words, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let _ = citizen_card::parse(&text);
        let _ = clean_name(&text);
    });
}

#[test]
fn a_form_is_set_or_refused_whatever_its_data_say() {
    let samples = [slip_data().to_string().into_bytes()];
    let words: [&[u8]; 10] = [
        b"null",
        b"[]",
        b"{}",
        b"\"\"",
        "\u{200b}".as_bytes(),
        "\u{202e}".as_bytes(),
        "𝕏".as_bytes(),
        b"#panic(\\\"x\\\")",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"$x$*_`@<",
    ];
    tried("form", &samples, &words, |bytes| {
        let Ok(data) = serde_json::from_str::<Value>(&String::from_utf8_lossy(bytes)) else {
            return;
        };
        let _ = set(Form::Slip, "x", &data, at());
    });
}

fn at() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-03-02T09:00:00+07:00").expect("an instant")
}

fn slip(data: &Value) -> Vec<u8> {
    set(Form::Slip, "x", data, at()).expect("a slip")
}

/// What a reception slip says.
fn slip_data() -> Value {
    let code = "H26.14.101-260302-0001";
    json!({
        "copies": ["Giao khách hàng"], "above": "THÀNH PHỐ HÀ NỘI", "body": "TRUNG TÂM", "centre_name": "Trung tâm",
        "number": "17/TNHS", "place_date": "Trần Hưng Đạo, ngày 02 tháng 3 năm 2026", "mark_name": "Mã hồ sơ:",
        "mark": code, "qr_svg": qr_svg(code).expect("a code"), "bar_svg": code128_svg(code).expect("a code"),
        "filer_name": "Nguyễn Văn An", "owner_name": null, "identity_number": "001085012345", "address": null,
        "phone": "0912345678", "email": null, "procedure_name": "Xác nhận tình trạng hôn nhân",
        "components": [{ "name": "Tờ khai", "originals": "1", "certified_copies": "", "photocopies": "" }],
        "sets": "01", "limit": "3 ngày làm việc", "accepted": "09 giờ", "due": "17 giờ",
        "others": [{ "code": code, "what": "Trích lục.", "due": "không hẹn ngày" }], "delivery": "Trung tâm",
        "book": "Quyển số 2026", "receiver_name": "Lê Thị Tiếp",
    })
}

/// The least JPEG that shows something: one grey block.
const JPEG: &[u8] = &[
    0xff, 0xd8, 0xff, 0xdb, 0x00, 0x43, 0x00, 3, 2, 2, 2, 2, 2, 3, 2, 2, 2, 3, 3, 3, 3, 4, 6, 4, 4,
    4, 4, 4, 8, 6, 6, 5, 6, 9, 8, 10, 10, 9, 8, 9, 9, 10, 12, 15, 12, 10, 11, 14, 11, 9, 9, 13, 17,
    13, 14, 15, 16, 16, 17, 16, 10, 12, 18, 19, 18, 16, 19, 15, 16, 16, 16, 0xff, 0xc0, 0x00, 0x0b,
    0x08, 0x00, 0x08, 0x00, 0x08, 0x01, 0x01, 0x11, 0x00, 0xff, 0xc4, 0x00, 0x14, 0x00, 0x01, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0xff, 0xc4, 0x00, 0x14, 0x10, 0x01, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00,
    0x54, 0xdf, 0xff, 0xd9,
];

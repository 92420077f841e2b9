//! What is printed and kept: forms set as PDF/A, each from a template of its own and data that the
//! template reads as JSON, so that no text of a person's is ever read as markup.

pub mod book;
pub mod history;
pub mod inspect;
pub mod marks;
pub mod words;

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, FixedOffset, Timelike as _};
use serde::Serialize;
use typst::diag::{FileError, FileResult, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt as _, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// How many documents ago something must have been used last to be forgotten by the typesetter.
const KEPT_FOR: usize = 8;

/// The fonts of all forms: the metric twin of the typeface that Decree 30/2020 asks for.
static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    let files: [&'static [u8]; 3] = [
        include_bytes!("../fonts/LiberationSerif-Regular.ttf"),
        include_bytes!("../fonts/LiberationSerif-Bold.ttf"),
        include_bytes!("../fonts/LiberationSerif-Italic.ttf"),
    ];
    files
        .into_iter()
        .flat_map(|file| Font::iter(Bytes::new(file)))
        .collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A receipt for phí or lệ phí.
    Receipt,
    /// A sheet of figures: [`book::page`].
    Book,
    /// Form 01: the slip of reception and appointment.
    Slip,
    /// Form 02: what is to be added or put right.
    Supplement,
    /// Form 03: that a dossier is not received, and why.
    Refusal,
    /// Form 04: an apology, and another date.
    Apology,
    /// Form 05: that a dossier is stopped, or held.
    Stop,
    /// Form 06: who gave a dossier to whom, and when.
    Control,
    /// The process history: what was done with a dossier, when and by whom.
    History,
    /// What was handed back, and to whom.
    Return,
    /// The mark by which anybody checks a result, on a label.
    Mark,
    /// A declaration that the officer filled in, whatever its form.
    Declaration,
    /// A page with its title: what other forms are measured against.
    Bare,
}

impl Form {
    const fn template(self) -> &'static str {
        match self {
            Self::Receipt => include_str!("../forms/receipt.typ"),
            Self::Book => include_str!("../forms/book.typ"),
            Self::Slip => include_str!("../forms/form01.typ"),
            Self::Supplement => include_str!("../forms/form02.typ"),
            Self::Refusal => include_str!("../forms/form03.typ"),
            Self::Apology => include_str!("../forms/form04.typ"),
            Self::Stop => include_str!("../forms/form05.typ"),
            Self::Control => include_str!("../forms/form06.typ"),
            Self::History => include_str!("../forms/history.typ"),
            Self::Return => include_str!("../forms/return.typ"),
            Self::Mark => include_str!("../forms/mark.typ"),
            Self::Declaration => include_str!("../forms/declaration.typ"),
            Self::Bare => {
                "#set document(title: \"x\")\n#set page(paper: \"a5\")\n#set text(font: \"Liberation Serif\")\n"
            }
        }
    }
}

/// What forms share: their page and their head.
const SHARED: &str = include_str!("../forms/head.typ");

/// Why a document could not be set.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The data cannot be written as JSON.
    #[error("the data of a form cannot be written: {0}")]
    Data(#[from] serde_json::Error),
    /// The template or the typesetter refuses; the message holds no data of the form's.
    #[error("a form could not be set: {0}")]
    Setting(String),
}

/// The file of a template, what templates share, and the file of the data.
struct Desk {
    main: Source,
    shared: Source,
    data: FileId,
    bytes: Bytes,
    at: DateTime<FixedOffset>,
}

fn file(name: &str) -> Result<FileId, DocumentError> {
    let path =
        VirtualPath::new(name).map_err(|_| DocumentError::Setting("a file's name".into()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        [&self.main, &self.shared]
            .into_iter()
            .find(|source| source.id() == id)
            .cloned()
            .ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data {
            Ok(self.bytes.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        day(self.at)
    }
}

fn day(at: DateTime<FixedOffset>) -> Option<Datetime> {
    let month = u8::try_from(at.month()).ok()?;
    Datetime::from_ymd(at.year(), month, u8::try_from(at.day()).ok()?)
}

fn moment(at: DateTime<FixedOffset>) -> Option<Timestamp> {
    let part = |n: u32| u8::try_from(n).ok();
    let datetime = Datetime::from_ymd_hms(
        at.year(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )?;
    Timestamp::new_local(datetime, at.offset().local_minus_utc() / 60)
}

/// The pages of a form.
fn laid(desk: &Desk) -> Result<PagedDocument, DocumentError> {
    let said = |what: &str| DocumentError::Setting(what.to_owned());
    let Warned { output, warnings } = typst::compile::<PagedDocument>(desk);
    let document = output
        .map_err(|errors| said(errors.first().map_or("no reason", |e| e.message.as_str())))?;
    // A letter that no font has, say: what is handed out must be right, not nearly so.
    if let Some(warning) = warnings.first() {
        return Err(said(warning.message.as_str()));
    }
    Ok(document)
}

/// The desk on which a form is set.
fn desk(
    form: Form,
    data: &impl Serialize,
    at: DateTime<FixedOffset>,
) -> Result<Desk, DocumentError> {
    Ok(Desk {
        main: Source::new(file("/form.typ")?, form.template().to_owned()),
        shared: Source::new(file("/head.typ")?, SHARED.to_owned()),
        data: file("/data.json")?,
        bytes: Bytes::new(serde_json::to_vec(data)?),
        at,
    })
}

/// Sets a form as PDF/A-2b. The same data at the same instant give the same bytes, under the same `name`.
///
/// # Errors
/// [`DocumentError`] when the data cannot be written or the form cannot be set.
pub fn pdf(
    form: Form,
    name: &str,
    data: &impl Serialize,
    at: DateTime<FixedOffset>,
) -> Result<Vec<u8>, DocumentError> {
    let desk = desk(form, data, at)?;
    let said = |what: &str| DocumentError::Setting(what.to_owned());
    let document = laid(&desk)?;
    let standards = PdfStandards::new(&[PdfStandard::A_2b]).map_err(|_| said("the standard"))?;
    let options = PdfOptions {
        ident: Smart::Custom(name.to_owned()),
        creator: Smart::Custom(Some("motcua".to_owned())),
        timestamp: moment(at),
        standards,
        ..PdfOptions::default()
    };
    let bytes = typst_pdf::pdf(&document, &options)
        .map_err(|errors| said(errors.first().map_or("no reason", |e| e.message.as_str())))?;
    typst::comemo::evict(KEPT_FOR);
    Ok(bytes)
}

#[cfg(test)]
mod declaration_tests;

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;
    use serde_json::json;

    use super::*;

    const CODE: &str = "H26.14.101-260302-0001";

    fn receipt(payer: &str) -> Vec<u8> {
        let at = FixedOffset::east_opt(7 * 3600)
            .expect("an offset")
            .with_ymd_and_hms(2026, 11, 29, 9, 0, 0)
            .single()
            .expect("an instant");
        let data = json!({
            "title": "BIÊN LAI THU LỆ PHÍ", "body_name": "ỦY BAN NHÂN DÂN PHƯỜNG TRẦN HƯNG ĐẠO",
            "tax_code": "0100109106", "address": "Số 5 Nguyễn Trãi", "form_symbol": "01BLP",
            "serial_symbol": "AA-26E", "number": "0000001", "payer_name": payer,
            "payer_number": "001190000012", "payer_address": null, "dossier_code": "H26.4-261129-0001",
            "lines": [{ "name": "Lệ phí hộ tịch", "amount": "8.000" }], "total": "8.000",
            "in_words": "Tám nghìn đồng", "method": "Chuyển khoản", "reference": "MC2611290000142",
            "day": "Ngày 29 tháng 11 năm 2026", "collector": "Phạm Thị Ngân",
            "marks": ["Thay thế biên lai AA-26E 0000009"], "cancelled": null,
        });
        pdf(Form::Receipt, "x", &data, at).expect("a document")
    }

    #[test]
    fn every_letter_of_vietnamese_is_set_and_markup_in_a_name_is_only_text() {
        let letters = "ĂẮẰẲẴẶÂẤẦẨẪẬĐÊẾỀỂỄỆÔỐỒỔỖỘƠỚỜỞỠỢƯỨỪỬỮỰÁÀẢÃẠÉÈẺẼẸÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤÝỲỶỸỴ";
        let all = format!(
            "{letters} {} đồng ₫ #panic(\"x\") *a* $b$ @c",
            letters.to_lowercase()
        );
        let bytes = receipt(&all);
        assert!(bytes.starts_with(b"%PDF-1.7"));
    }

    #[test]
    fn a_slip_is_set_however_long_names_are_and_however_many_papers_there_are() {
        let paper = |n: usize| {
            json!({
                "name": format!("Giấy tờ thứ {n} có tên dài đến hai dòng, như các loại giấy tờ hộ tịch thường có"),
                "originals": "1", "certified_copies": "", "photocopies": "2",
            })
        };
        let papers: Vec<_> = (1..=12).map(paper).collect();
        let data = json!({
            "copies": ["Giao khách hàng", "Lưu"], "above": "THÀNH PHỐ HÀ NỘI",
            "body": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN HƯNG ĐẠO",
            "centre_name": "Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo",
            "number": "17/TNHS", "place_date": "Trần Hưng Đạo, ngày 02 tháng 3 năm 2026",
            "mark_name": "Mã hồ sơ:", "mark": CODE,
            "qr_svg": marks::qr_svg(CODE).expect("a code"), "bar_svg": marks::code128_svg(CODE).expect("a code"),
            "filer_name": "Nguyễn Hoàng Phương Quỳnh Trâm Anh Tôn Nữ Công Tằng Huyền #x[", "owner_name": null,
            "identity_number": "001085012345", "address": null, "phone": "0912345678", "email": null,
            "procedure_name": "Cấp Giấy xác nhận tình trạng hôn nhân", "components": papers, "sets": "01",
            "limit": "3. Thời gian giải quyết hồ sơ theo quy định: 3 ngày làm việc",
            "accepted": "09 giờ 00 phút, ngày 02 tháng 03 năm 2026",
            "due": "17 giờ 00 phút, ngày 05 tháng 03 năm 2026",
            "others": [{ "code": "H26.14.101-260302-0002", "what": "Trích lục.", "due": "không hẹn ngày" }],
            "delivery": "Trung tâm", "book": "Vào Sổ theo dõi hồ sơ: Quyển số 2026, Số thứ tự 17",
            "receiver_name": "Lê Thị Tiếp",
        });
        let at = FixedOffset::east_opt(7 * 3600)
            .expect("an offset")
            .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
            .single()
            .expect("an instant");
        let bytes = pdf(Form::Slip, "x", &data, at).expect("a document");
        assert!(bytes.starts_with(b"%PDF-1.7"));
    }

    #[test]
    fn letters_are_set_however_much_they_say() {
        let at = FixedOffset::east_opt(7 * 3600)
            .expect("an offset")
            .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
            .single()
            .expect("an instant");
        let long = "Tờ khai chưa ghi đủ họ, chữ đệm, tên của người yêu cầu #x[; ".repeat(8);
        let hop = |n: usize| {
            json!({
                "from": "Bộ phận tiếp nhận", "to": "Công chức thụ lý, Ủy ban nhân dân phường Cửa Nam",
                "giver": "Lê Thị Tiếp", "taker": (n > 1).then_some("Trần Văn Lý"),
                "given": "09 giờ 00 phút, ngày 02 tháng 03 năm 2026", "taken": null,
                "result": "Đúng hạn", "note": format!("{n} tờ"),
            })
        };
        let hops: Vec<_> = (1..=9).map(hop).collect();
        let data = json!({
            "above": "THÀNH PHỐ HÀ NỘI", "body": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN HƯNG ĐẠO",
            "number": "05/HDHS", "place_date": "Trần Hưng Đạo, ngày 02 tháng 03 năm 2026",
            "mark_name": "Mã hồ sơ:", "mark": CODE,
            "qr_svg": marks::qr_svg(CODE).expect("a code"), "bar_svg": marks::code128_svg(CODE).expect("a code"),
            "centre_name": "Trung tâm", "authority_name": "Ủy ban nhân dân phường Cửa Nam",
            "procedure_name": "Cấp Giấy xác nhận tình trạng hôn nhân", "owner_name": "Nguyễn Văn An",
            "filer_name": null, "bearer_name": "Nguyễn Văn An", "other_owner": null, "to": "Nguyễn Văn An",
            "you": "Ông/Bà", "address": null, "phone": "0912345678", "email": null,
            "items": vec![long.clone(); 12], "reason": long, "legal_ground": null, "originals": [long],
            "received_on": "02 tháng 03 năm 2026", "due": "không hẹn ngày", "new_due": "không hẹn ngày",
            "about": "Về việc dừng giải quyết hồ sơ", "what": "dừng giải quyết", "contact": long,
            "signer_role": "CHỦ TỊCH", "signer_name": null, "consulted": "", "received": "x", "hops": hops,
        });
        for form in [
            Form::Supplement,
            Form::Refusal,
            Form::Apology,
            Form::Stop,
            Form::Control,
        ] {
            let bytes = pdf(form, "x", &data, at).expect("a document");
            assert!(bytes.starts_with(b"%PDF-1.7"), "{form:?}");
        }
    }

    #[test]
    fn a_history_is_set_over_pages_however_much_was_done() {
        let at = FixedOffset::east_opt(7 * 3600)
            .expect("an offset")
            .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
            .single()
            .expect("an instant");
        let entry = |n: usize| {
            json!({
                "at": "09:00, ngày 02/03/2026", "what": "Bàn giao hồ sơ",
                "who": "Nguyễn Hoàng Phương Quỳnh Trâm Anh Tôn Nữ Công Tằng Huyền #x[",
                "role": (n > 1).then_some("Công chức thụ lý"), "acting_for": (n > 2).then_some("Lê Thị Tiếp"),
                "state": "Chờ thực hiện nghĩa vụ tài chính",
                "remarks": vec!["Từ: Bộ phận tiếp nhận. Đến: Công chức thụ lý, Ủy ban nhân dân phường Cửa Nam"; n % 4],
            })
        };
        let data = |entries: usize| {
            json!({
                "above": "THÀNH PHỐ HÀ NỘI", "body": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN HƯNG ĐẠO",
                "number": null, "place_date": "Trần Hưng Đạo, ngày 02 tháng 03 năm 2026",
                "mark_name": "Mã hồ sơ:", "mark": CODE,
                "qr_svg": marks::qr_svg(CODE).expect("a code"), "bar_svg": marks::code128_svg(CODE).expect("a code"),
                "procedure_name": "Cấp Giấy xác nhận tình trạng hôn nhân",
                "authority_name": "Ủy ban nhân dân phường Cửa Nam", "received": "x", "due": null,
                "state": "Đang giải quyết", "printed": "x", "more": entries,
                "entries": (1..=entries).map(entry).collect::<Vec<_>>(),
            })
        };
        for entries in [1, 120] {
            let bytes = pdf(Form::History, "x", &data(entries), at).expect("a document");
            assert!(bytes.starts_with(b"%PDF-1.7"), "{entries}");
        }
    }

    #[test]
    fn the_same_receipt_is_the_same_file() {
        assert_eq!(receipt("Nguyễn Văn An"), receipt("Nguyễn Văn An"));
    }
}

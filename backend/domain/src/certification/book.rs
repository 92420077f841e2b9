//! A book of certification as a sheet (CSV), in the columns of the paper book.

use chrono::NaiveDate;

use super::CertificationKind;
use crate::text::plain_cell;

/// A line of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookLine {
    /// Number of the year.
    pub number: i64,
    /// Day of certification.
    pub on: NaiveDate,
    /// Who asked.
    pub requester_name: String,
    /// Number of the requester's identity paper, whole or masked.
    pub requester_identity: Option<String>,
    /// The certified paper.
    pub document_name: String,
    /// Pages of the original.
    pub original_pages: i32,
    /// Certified copies.
    pub copies: i32,
    /// Fee, in đồng.
    pub fee_vnd: i64,
    /// Who signed.
    pub signer_name: String,
    /// Title of who signed.
    pub signer_title: Option<String>,
    /// Code of the dossier.
    pub dossier_code: Option<String>,
}

/// A kind's columns. That of signatures names the requester's identity paper, that of copies does not:
/// what a book need not hold is not written into it.
const fn columns(kind: CertificationKind) -> &'static [&'static str] {
    match kind {
        CertificationKind::Copy => &[
            "Số chứng thực",
            "Ngày, tháng, năm chứng thực",
            "Họ và tên người yêu cầu chứng thực",
            "Tên của bản chính giấy tờ, văn bản",
            "Số trang bản chính",
            "Số bản sao đã được chứng thực",
            "Phí chứng thực (đồng)",
            "Họ tên người ký chứng thực",
            "Chức danh người ký chứng thực",
            "Mã hồ sơ",
        ],
        CertificationKind::Signature => &[
            "Số chứng thực",
            "Ngày, tháng, năm chứng thực",
            "Họ và tên người yêu cầu chứng thực",
            "Số giấy tờ tùy thân của người yêu cầu chứng thực",
            "Tên giấy tờ, văn bản đã chứng thực chữ ký",
            "Số trang",
            "Phí chứng thực (đồng)",
            "Họ tên người ký chứng thực",
            "Chức danh người ký chứng thực",
            "Mã hồ sơ",
        ],
    }
}

/// Writes a book as a sheet, in UTF-8 with the mark that spreadsheet programs need.
///
/// # Errors
/// The writer's own failure, in words.
pub fn write_book(
    kind: CertificationKind,
    lines: impl IntoIterator<Item = BookLine>,
) -> Result<String, String> {
    let told = |e: csv::Error| e.to_string();
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(columns(kind)).map_err(told)?;
    for line in lines {
        let mut cells = vec![
            line.number.to_string(),
            line.on.format("%d/%m/%Y").to_string(),
            plain_cell(&line.requester_name),
        ];
        if kind == CertificationKind::Signature {
            cells.push(line.requester_identity.unwrap_or_default());
        }
        cells.push(plain_cell(&line.document_name));
        cells.push(line.original_pages.to_string());
        if kind == CertificationKind::Copy {
            cells.push(line.copies.to_string());
        }
        cells.push(line.fee_vnd.to_string());
        cells.push(plain_cell(&line.signer_name));
        cells.push(plain_cell(&line.signer_title.unwrap_or_default()));
        cells.push(line.dossier_code.unwrap_or_default());
        out.write_record(cells).map_err(told)?;
    }
    let bytes = out.into_inner().map_err(|e| e.to_string())?;
    let text = String::from_utf8(bytes).map_err(|e| e.to_string())?;
    Ok(format!("\u{feff}{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> BookLine {
        BookLine {
            number: 7,
            on: NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day"),
            requester_name: "Nguyễn Văn An".into(),
            requester_identity: Some("001085012345".into()),
            document_name: "=Bằng tốt nghiệp, bản gốc".into(),
            original_pages: 2,
            copies: 3,
            fee_vnd: 12_000,
            signer_name: "Trần Thị Bình".into(),
            signer_title: Some("Phó Chủ tịch".into()),
            dossier_code: Some("H26.14.101-260302-0001".into()),
        }
    }

    #[test]
    fn the_book_of_copies_holds_no_identity_number_and_no_formula() {
        let text = write_book(CertificationKind::Copy, [line()]).expect("a sheet");
        assert!(text.starts_with('\u{feff}'));
        let row = text.lines().nth(1).expect("a row");
        assert_eq!(
            row,
            "7,02/03/2026,Nguyễn Văn An,\"'=Bằng tốt nghiệp, bản gốc\",2,3,12000,Trần Thị Bình,Phó Chủ tịch,H26.14.101-260302-0001"
        );
    }

    #[test]
    fn every_row_has_as_many_cells_as_there_are_columns() {
        for kind in CertificationKind::ALL {
            let text = write_book(*kind, [line()]).expect("a sheet");
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            assert_eq!(reader.records().filter_map(Result::ok).count(), 1);
        }
    }
}

//! What a bank's statement says, line by line: read from a sheet whose columns somebody named, with what
//! cannot be read listed and never left out (DOMAIN §7.3).

use std::io::Cursor;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use super::notice::shown;
use crate::refusal::{FieldError, Refusal};
use crate::text::fold_vi;
use crate::vietqr::LARGEST_AMOUNT_VND;
use crate::vn_time::from_local;
use crate::words::words;

/// Rows above the names of the columns that are looked through: what banks print above their tables.
const LONGEST_PREAMBLE: usize = 60;
/// Characters of a line that cannot be read that are kept.
const MOST_OF_A_LINE: usize = 1_000;

words! {
    /// How a statement is written.
    StatementFormat {
        /// A sheet, with the columns that were named for its bank.
        Csv => "csv",
        /// ISO 20022 `camt.053`.
        Camt053 => "camt053",
    }
}

words! {
    /// Where the import of a statement stands.
    StatementState {
        /// It is on disk, and being gone through.
        Stored => "stored",
        /// Each of its lines has been held against what is known.
        Done => "done",
    }
}

words! {
    /// What a line of a statement is, held against what is known here.
    LineClass {
        /// The money is known, and it is as much.
        Known => "known",
        /// The money was told of by this statement first.
        New => "new",
        /// The money is known with another amount.
        Differs => "differs",
        /// Money that went back, as was recorded here.
        Refund => "refund",
        /// Money that went on to the State Treasury, as was recorded here.
        Treasury => "treasury",
        /// Money that went out, which nobody recorded here.
        Outgoing => "outgoing",
        /// It cannot be read.
        Unreadable => "unreadable",
    }
}

words! {
    /// In which order a sheet writes a day.
    DateOrder {
        /// Day, month, year.
        DayFirst => "dmy",
        /// Month, day, year.
        MonthFirst => "mdy",
        /// Year, month, day.
        YearFirst => "ymd",
    }
}

/// What the columns of a bank's sheet are called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// When it was booked.
    pub booked_on: String,
    /// In which order.
    pub dates: DateOrder,
    /// What came. Where there is no column for what went out, a minus says so.
    pub credit: String,
    /// What went out.
    #[serde(default)]
    pub debit: Option<String>,
    /// The bank's own name of the movement.
    pub reference: String,
    /// The transfer's text.
    pub description: String,
    /// Who paid.
    #[serde(default)]
    pub payer_name: Option<String>,
    /// From which account.
    #[serde(default)]
    pub payer_account: Option<String>,
}

impl Columns {
    /// Each column with the member that names it.
    fn named(&self) -> [(&'static str, Option<&str>); 7] {
        [
            ("/columns/booked_on", Some(self.booked_on.as_str())),
            ("/columns/credit", Some(self.credit.as_str())),
            ("/columns/debit", self.debit.as_deref()),
            ("/columns/reference", Some(self.reference.as_str())),
            ("/columns/description", Some(self.description.as_str())),
            ("/columns/payer_name", self.payer_name.as_deref()),
            ("/columns/payer_account", self.payer_account.as_deref()),
        ]
    }

    /// Whether they can be the columns of a sheet: each named, none twice.
    ///
    /// # Errors
    /// `validation_failed` with `required`, `too_long`, `column_twice`.
    pub fn check(&self) -> Result<(), Refusal> {
        let mut faults = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for (pointer, name) in self.named() {
            let Some(name) = name else { continue };
            match crate::text::required_line(name, 100) {
                Err(fault) => faults.push(fault.at(pointer)),
                Ok(name) => {
                    let folded = fold_vi(&name);
                    if seen.contains(&folded) {
                        faults.push(FieldError::new(
                            pointer,
                            "column_twice",
                            "Cột này đã được dùng cho một nội dung khác.",
                            "This column is used for something else already.",
                        ));
                    }
                    seen.push(folded);
                }
            }
        }
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid(faults))
        }
    }
}

/// A movement of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Movement {
    /// When it was booked; the beginning of the day in Vietnam where the statement says no time.
    pub booked_at: DateTime<Utc>,
    /// Đồng: what came is positive, what went out negative; never 0.
    pub amount_vnd: i64,
    /// The bank's own name of it.
    pub reference: String,
    /// Its text.
    pub description: String,
    /// Who paid, where the statement says so.
    pub payer_name: Option<String>,
    /// From which account.
    pub payer_account: Option<String>,
}

/// A line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatementLine {
    /// What it says.
    Movement(Movement),
    /// It cannot be read: as it came, and why, as a stable word.
    Unreadable {
        /// As it came, cut to a thousand characters.
        text: String,
        /// `amount_unreadable`, `amount_fractional`, `amount_out_of_range`, `date_unreadable`,
        /// `reference_unreadable`, `currency_not_vnd`, `row_unreadable`.
        why: &'static str,
    },
}

impl StatementLine {
    /// A line that cannot be read.
    #[must_use]
    pub fn unreadable(text: &str, why: &'static str) -> Self {
        let visible: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(MOST_OF_A_LINE)
            .collect();
        Self::Unreadable { text: visible, why }
    }
}

/// The text of a file, whatever a spreadsheet program or a bank saved it as.
///
/// # Errors
/// `statement_encoding`: neither UTF-8 nor UTF-16 with its mark.
pub fn text_of(bytes: &[u8]) -> Result<String, Refusal> {
    let wide = |from: fn([u8; 2]) -> u16, rest: &[u8]| {
        let units: Vec<u16> = rest
            .chunks(2)
            .map(|pair| {
                from([
                    pair.first().copied().unwrap_or(0),
                    pair.get(1).copied().unwrap_or(0),
                ])
            })
            .collect();
        String::from_utf16(&units)
            .ok()
            .filter(|_| rest.len().is_multiple_of(2))
    };
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => wide(u16::from_be_bytes, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        rest => String::from_utf8(rest.to_vec()).ok(),
    };
    text.filter(|t| !t.contains('\0')).ok_or_else(|| {
        Refusal::new(
            "statement_encoding",
            "Tệp sao kê không phải mã UTF-8: hãy lưu lại dưới dạng CSV UTF-8.",
            "The statement is not in UTF-8: save it again as CSV UTF-8.",
        )
    })
}

/// What a sheet writes as an amount: whole đồng, with whatever stands between thousands.
///
/// # Errors
/// `amount_unreadable`, `amount_fractional`, `amount_out_of_range`.
pub fn amount_of(text: &str) -> Result<i64, &'static str> {
    let mut kept: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '"' | '\''))
        .collect();
    for sign in ["VND", "vnd", "VNĐ", "đ", "₫"] {
        if let Some(rest) = kept.strip_suffix(sign) {
            kept = rest.to_owned();
        }
    }
    if kept.is_empty() || kept == "-" {
        return Ok(0);
    }
    let bracketed = kept.strip_prefix('(').and_then(|k| k.strip_suffix(')'));
    let (negative, digits) = match (bracketed, kept.strip_prefix('-')) {
        (Some(inside), _) => (true, inside),
        (None, Some(rest)) => (true, rest),
        (None, None) => (false, kept.strip_prefix('+').unwrap_or(&kept)),
    };
    // What stands behind the last mark is a fraction when it is one or two digits long.
    let (whole, fraction) = match digits.rfind([',', '.']) {
        Some(at) if (1..=2).contains(&(digits.len() - at - 1)) => digits.split_at(at),
        _ => (digits, ""),
    };
    if fraction.chars().skip(1).any(|c| c != '0') {
        return Err(if fraction.chars().skip(1).all(|c| c.is_ascii_digit()) {
            "amount_fractional"
        } else {
            "amount_unreadable"
        });
    }
    let groups: Vec<&str> = whole.split([',', '.']).collect();
    let sound = match groups.split_first() {
        Some((first, rest)) => {
            (1..=if rest.is_empty() { 19 } else { 3 }).contains(&first.len())
                && rest.iter().all(|g| g.len() == 3)
                && groups.iter().all(|g| g.bytes().all(|b| b.is_ascii_digit()))
        }
        None => false,
    };
    if !sound {
        return Err("amount_unreadable");
    }
    let amount: i64 = groups.concat().parse().map_err(|_| "amount_out_of_range")?;
    if amount > LARGEST_AMOUNT_VND {
        return Err("amount_out_of_range");
    }
    Ok(if negative { -amount } else { amount })
}

/// When a sheet says that something was booked: a day, with a time behind it or not.
#[must_use]
pub fn instant_of(text: &str, order: DateOrder) -> Option<DateTime<Utc>> {
    let text = text.trim().trim_matches(['\'', '"']);
    let (day, time) = match text.split_once([' ', 'T']) {
        Some((day, time)) => (day, time.trim()),
        None => (text, ""),
    };
    let parts: Vec<u32> = day
        .split(['/', '-', '.'])
        .map(|p| p.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [a, b, c] = *parts.as_slice() else {
        return None;
    };
    let (year, month, date) = match order {
        DateOrder::DayFirst => (c, b, a),
        DateOrder::MonthFirst => (c, a, b),
        DateOrder::YearFirst => (a, b, c),
    };
    let year = if year < 100 { year + 2000 } else { year };
    if !(2000..=2100).contains(&year) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, date)?;
    let time = if time.is_empty() {
        NaiveTime::MIN
    } else {
        ["%H:%M:%S", "%H:%M", "%I:%M:%S %p"]
            .iter()
            .find_map(|f| NaiveTime::parse_from_str(time, f).ok())?
    };
    let at = NaiveDateTime::new(day, time);
    Some(from_local(at.date(), at.time()))
}

/// A bank's own name of a movement, if it can be one.
#[must_use]
pub fn reference_of(text: &str) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '"'))
        .collect();
    let sound = (1..=64).contains(&kept.len()) && kept.bytes().all(|b| b.is_ascii_graphic());
    sound.then_some(kept)
}

/// Where the columns stand in a sheet.
struct Places {
    booked_on: usize,
    credit: usize,
    debit: Option<usize>,
    reference: usize,
    description: usize,
    payer_name: Option<usize>,
    payer_account: Option<usize>,
}

fn rows(text: &str, delimiter: u8) -> csv::Reader<Cursor<Vec<u8>>> {
    csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .from_reader(Cursor::new(text.as_bytes().to_vec()))
}

/// Which columns a row does not name.
fn lacking(columns: &Columns, row: &csv::StringRecord) -> Vec<&'static str> {
    let there: Vec<String> = row.iter().map(|cell| fold_vi(cell.trim())).collect();
    columns
        .named()
        .into_iter()
        .filter_map(|(pointer, name)| {
            let name = fold_vi(name?.trim());
            (!there.contains(&name)).then_some(pointer)
        })
        .collect()
}

fn places(columns: &Columns, row: &csv::StringRecord) -> Option<Places> {
    let there: Vec<String> = row.iter().map(|cell| fold_vi(cell.trim())).collect();
    let at = |name: &str| there.iter().position(|c| *c == fold_vi(name.trim()));
    let some = |name: Option<&String>| name.map(|n| at(n)).map_or(Some(None), |p| p.map(Some));
    Some(Places {
        booked_on: at(&columns.booked_on)?,
        credit: at(&columns.credit)?,
        debit: some(columns.debit.as_ref())?,
        reference: at(&columns.reference)?,
        description: at(&columns.description)?,
        payer_name: some(columns.payer_name.as_ref())?,
        payer_account: some(columns.payer_account.as_ref())?,
    })
}

fn line_of(row: &csv::StringRecord, at: &Places, dates: DateOrder) -> StatementLine {
    let cell = |at: usize| row.get(at).unwrap_or_default().trim();
    let whole = || row.iter().collect::<Vec<_>>().join(" | ");
    let bad = |why| StatementLine::unreadable(&whole(), why);
    let Some(booked_at) = instant_of(cell(at.booked_on), dates) else {
        return bad("date_unreadable");
    };
    let Some(reference) = reference_of(cell(at.reference)) else {
        return bad("reference_unreadable");
    };
    let came = match amount_of(cell(at.credit)) {
        Ok(amount) => amount,
        Err(why) => return bad(why),
    };
    let went = match at.debit.map_or(Ok(0), |d| amount_of(cell(d))) {
        Ok(amount) => amount.abs(),
        Err(why) => return bad(why),
    };
    let amount_vnd = came - went;
    if amount_vnd == 0 || (came != 0 && went != 0) {
        return bad("amount_unreadable");
    }
    let some = |at: Option<usize>, most| at.map(|p| shown(cell(p), most)).filter(|t| !t.is_empty());
    StatementLine::Movement(Movement {
        booked_at,
        amount_vnd,
        reference,
        description: shown(cell(at.description), 500),
        payer_name: some(at.payer_name, 150),
        payer_account: some(at.payer_account, 34),
    })
}

/// The lines of a sheet in order, whatever stands above its table; rows without anything in them are none.
///
/// # Errors
/// `statement_columns`, which names the columns that the sheet does not have.
pub fn read_csv(text: &str, columns: &Columns) -> Result<Vec<StatementLine>, Refusal> {
    let mut nearest: Option<Vec<&'static str>> = None;
    for delimiter in [b',', b';', b'\t'] {
        let mut head = csv::StringRecord::new();
        let mut reader = rows(text, delimiter);
        for _ in 0..LONGEST_PREAMBLE {
            match reader.read_record(&mut head) {
                Ok(true) => {}
                _ => break,
            }
            let Some(at) = places(columns, &head) else {
                let missing = lacking(columns, &head);
                if nearest.as_ref().is_none_or(|n| missing.len() < n.len()) {
                    nearest = Some(missing);
                }
                continue;
            };
            let mut lines = Vec::new();
            for row in reader.records() {
                match row {
                    Ok(row) if row.iter().all(|cell| cell.trim().is_empty()) => {}
                    Ok(row) => lines.push(line_of(&row, &at, columns.dates)),
                    Err(_) => lines.push(StatementLine::unreadable("", "row_unreadable")),
                }
            }
            return Ok(lines);
        }
    }
    let refusal = Refusal::new(
        "statement_columns",
        "Tệp sao kê không có đủ các cột đã khai báo cho ngân hàng này.",
        "The statement lacks columns that were named for this bank.",
    );
    let missing = nearest.unwrap_or_else(|| columns.named().map(|(pointer, _)| pointer).to_vec());
    Err(missing.into_iter().fold(refusal, |refusal, pointer| {
        let (vi, en) = ("Tệp không có cột này.", "The file has no such column.");
        refusal.field(pointer, "column_missing", vi, en)
    }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn columns() -> Columns {
        Columns {
            booked_on: "Ngày giao dịch".into(),
            dates: DateOrder::DayFirst,
            credit: "Ghi có".into(),
            debit: Some("Ghi nợ".into()),
            reference: "Số bút toán".into(),
            description: "Nội dung".into(),
            payer_name: None,
            payer_account: None,
        }
    }

    const SHEET: &str = "\
NGÂN HÀNG THỬ;;;;
Tài khoản: 9990000101;;;;

NGÀY GIAO DỊCH;Số bút toán;Ghi nợ;Ghi có;Nội dung
29/11/2026 08:01:02;FT1;;8.000;MC2611290000142 nop phi
29/11/2026;FT2;1,000.00;;Hoan tra
;;;;
29/11/2026;FT3;;8.000,50;nua dong
30/02/2026;FT4;;8.000;ngay khong co
29/11/2026;;;8.000;khong ma
Cộng;;1.000;16.000;
";

    #[test]
    fn a_sheet_is_read_below_whatever_stands_above_it() {
        let lines = read_csv(SHEET, &columns()).unwrap();
        let said: Vec<(i64, &str)> = lines
            .iter()
            .map(|l| match l {
                StatementLine::Movement(m) => (m.amount_vnd, m.reference.as_str()),
                StatementLine::Unreadable { why, .. } => (0, *why),
            })
            .collect();
        assert_eq!(
            said,
            [
                (8_000, "FT1"),
                (-1_000, "FT2"),
                (0, "amount_fractional"),
                (0, "date_unreadable"),
                (0, "reference_unreadable"),
                (0, "date_unreadable"),
            ]
        );
        let StatementLine::Movement(first) = &lines[0] else {
            panic!("a movement");
        };
        assert_eq!(first.booked_at.to_rfc3339(), "2026-11-29T01:01:02+00:00");
        assert_eq!(first.description, "MC2611290000142 nop phi");
    }

    #[test]
    fn a_column_that_is_missing_is_named() {
        let mut wrong = columns();
        wrong.reference = "Mã GD".into();
        let refusal = read_csv(SHEET, &wrong).unwrap_err();
        assert_eq!(refusal.code, "statement_columns");
        let pointers: Vec<&str> = refusal.errors.iter().map(|e| e.pointer.as_str()).collect();
        assert_eq!(pointers, ["/columns/reference"]);
        assert!(read_csv("", &columns()).is_err());
        wrong.credit = "Mã GD".into();
        assert_eq!(wrong.check().unwrap_err().errors[0].code, "column_twice");
    }

    #[test]
    fn amounts_are_read_as_banks_write_them() {
        for (text, amount) in [
            ("8000", Ok(8_000)),
            ("8.000", Ok(8_000)),
            ("8,000", Ok(8_000)),
            ("1.234.567", Ok(1_234_567)),
            ("1,234,567.00", Ok(1_234_567)),
            ("1.234.567,0 VND", Ok(1_234_567)),
            ("+8 000 đ", Ok(8_000)),
            ("-8.000", Ok(-8_000)),
            ("(8.000)", Ok(-8_000)),
            ("", Ok(0)),
            ("-", Ok(0)),
            ("8.000,50", Err("amount_fractional")),
            ("0.5", Err("amount_fractional")),
            ("8.00.000", Err("amount_unreadable")),
            ("tám nghìn", Err("amount_unreadable")),
            ("1e5", Err("amount_unreadable")),
            ("10000000000000", Err("amount_out_of_range")),
            ("99999999999999999999", Err("amount_unreadable")),
        ] {
            assert_eq!(amount_of(text), amount, "{text}");
        }
    }

    #[test]
    fn files_of_several_encodings_are_read_and_a_broken_one_is_refused() {
        let wide: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain("Ngày".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(text_of(&wide).unwrap(), "Ngày");
        assert_eq!(text_of("\u{feff}Ngày".as_bytes()).unwrap(), "Ngày");
        for broken in [&b"Ng\xe0y"[..], &b"a\0b"[..], &[0xff, 0xfe, 0x41][..]] {
            assert_eq!(text_of(broken).unwrap_err().code, "statement_encoding");
        }
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_reading_it_ends_well(text in "\\PC{0,300}", rows in "[0-9a-z/;,.\"\n -]{0,300}") {
            let _ = read_csv(&text, &columns());
            let sheet = format!("Ngày giao dịch;Số bút toán;Ghi nợ;Ghi có;Nội dung\n{rows}");
            prop_assert!(read_csv(&sheet, &columns()).is_ok());
            let _ = amount_of(&text);
            let _ = instant_of(&text, DateOrder::DayFirst);
        }

        #[test]
        fn an_amount_is_read_as_it_was_written(amount in -9_999_999_999_999_i64..=9_999_999_999_999) {
            prop_assert_eq!(amount_of(&amount.to_string()), Ok(amount));
        }
    }
}

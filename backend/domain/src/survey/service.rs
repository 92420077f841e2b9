//! The index of serving people and business, Decision 766/QĐ-TTg (23/6/2022): 100 points in six
//! groups. The national portal's published score is authoritative; this one is an estimate, and
//! opens into what it was computed from.

use super::{Ratio, rounded};

/// The text the index comes from.
pub const SOURCE: &str = "Quyết định 766/QĐ-TTg ngày 23/6/2022";

/// What a row scores when there was nothing to count (not: when nobody counted).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Empty {
    /// Unknown: no data is not nought.
    Unknown,
    /// Full marks: no petition, none late.
    Full,
    /// Nought: nobody was asked.
    Nought,
}

/// One of the six groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Công khai, minh bạch: 18.
    Publicity,
    /// Tiến độ giải quyết: 20.
    Progress,
    /// Số hóa hồ sơ: 22.
    Digitisation,
    /// Cung cấp dịch vụ trực tuyến: 12.
    Online,
    /// Thanh toán trực tuyến: 10.
    Payment,
    /// Mức độ hài lòng: 18.
    Satisfaction,
}

impl Group {
    /// All, in their order.
    pub const ALL: [Self; 6] = [
        Self::Publicity,
        Self::Progress,
        Self::Digitisation,
        Self::Online,
        Self::Payment,
        Self::Satisfaction,
    ];
}

/// A row of the index: `most` × the ratio, full from `full_at` percent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its code, as the portal calls it, in lower case.
    pub code: &'static str,
    /// Its group.
    pub group: Group,
    /// Points at most.
    pub most: u64,
    /// Percent from which it scores in full.
    pub full_at: u64,
    /// What it scores when there was nothing to count.
    pub empty: Empty,
}

const fn row(code: &'static str, group: Group, most: u64, full_at: u64, empty: Empty) -> Row {
    Row {
        code,
        group,
        most,
        full_at,
        empty,
    }
}

/// All rows, in their order; their points add up to 100.
pub const ROWS: &[Row] = &[
    row("publish_on_time", Group::Publicity, 6, 100, Empty::Unknown),
    row(
        "public_update_on_time",
        Group::Publicity,
        4,
        100,
        Empty::Unknown,
    ),
    row(
        "public_content_full",
        Group::Publicity,
        2,
        100,
        Empty::Unknown,
    ),
    row("dossier_sync", Group::Publicity, 6, 100, Empty::Unknown),
    row(
        "processed_on_time",
        Group::Progress,
        20,
        100,
        Empty::Unknown,
    ),
    row(
        "original_result_available",
        Group::Digitisation,
        6,
        100,
        Empty::Unknown,
    ),
    row(
        "so_hoa_giay_to_giai_quyet",
        Group::Digitisation,
        4,
        100,
        Empty::Unknown,
    ),
    row(
        "electronic_certified_copy",
        Group::Digitisation,
        2,
        100,
        Empty::Unknown,
    ),
    row(
        "reused_digitized_data",
        Group::Digitisation,
        2,
        80,
        Empty::Unknown,
    ),
    row(
        "synced_with_dvcqg_personal_storage",
        Group::Digitisation,
        4,
        100,
        Empty::Unknown,
    ),
    row(
        "citizen_data_connected_dossier",
        Group::Digitisation,
        2,
        100,
        Empty::Unknown,
    ),
    row(
        "citizen_data_connected_formality",
        Group::Digitisation,
        2,
        100,
        Empty::Unknown,
    ),
    row("online_procedures", Group::Online, 2, 80, Empty::Unknown),
    row(
        "online_services_with_dossiers",
        Group::Online,
        4,
        100,
        Empty::Unknown,
    ),
    row("online_dossiers", Group::Online, 6, 50, Empty::Unknown),
    row("paid_online", Group::Payment, 6, 100, Empty::Unknown),
    row(
        "procedures_with_online_payment",
        Group::Payment,
        2,
        80,
        Empty::Unknown,
    ),
    row(
        "fee_procedures_provided",
        Group::Payment,
        2,
        80,
        Empty::Unknown,
    ),
    row(
        "dossier_receiving_satisfaction",
        Group::Satisfaction,
        6,
        90,
        Empty::Nought,
    ),
    row(
        "petition_processing_on_time",
        Group::Satisfaction,
        6,
        100,
        Empty::Full,
    ),
    row(
        "petition_handling_satisfaction",
        Group::Satisfaction,
        6,
        100,
        Empty::Full,
    ),
];

impl Row {
    /// Its score in hundredths of a point; none when unknown.
    pub fn hundredths(&self, measure: Option<Ratio>) -> Option<u64> {
        let full = self.most * 100;
        let Ratio { part, whole } = measure?;
        if whole == 0 {
            return match self.empty {
                Empty::Unknown => None,
                Empty::Full => Some(full),
                Empty::Nought => Some(0),
            };
        }
        let score = rounded(
            u128::from(full) * 100 * u128::from(part),
            u128::from(whole) * u128::from(self.full_at),
        )?;
        Some(score.min(full))
    }
}

/// The row of a code.
pub fn find(code: &str) -> Option<&'static Row> {
    ROWS.iter().find(|r| r.code == code)
}

/// The grades of Decision 766.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// 90 and more: xuất sắc.
    Excellent,
    /// 80 to below 90: tốt.
    Good,
    /// 70 to below 80: khá.
    Fair,
    /// 50 to below 70: trung bình.
    Average,
    /// Below 50: yếu.
    Weak,
}

/// The grade of a sum in hundredths of a point.
pub const fn grade(hundredths: u64) -> Grade {
    match hundredths {
        9_000.. => Grade::Excellent,
        8_000..9_000 => Grade::Good,
        7_000..8_000 => Grade::Fair,
        5_000..7_000 => Grade::Average,
        _ => Grade::Weak,
    }
}

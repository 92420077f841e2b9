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

crate::words::words! {
    /// One of the six groups.
    Group {
        /// Công khai, minh bạch: 18.
        Publicity => "publicity",
        /// Tiến độ giải quyết: 20.
        Progress => "progress",
        /// Số hóa hồ sơ: 22.
        Digitisation => "digitisation",
        /// Cung cấp dịch vụ trực tuyến: 12.
        Online => "online",
        /// Thanh toán trực tuyến: 10.
        Payment => "payment",
        /// Mức độ hài lòng: 18.
        Satisfaction => "satisfaction",
    }
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

crate::words::words! {
    /// The grades of Decision 766.
    Grade {
        /// 90 and more: xuất sắc.
        Excellent => "excellent",
        /// 80 to below 90: tốt.
        Good => "good",
        /// 70 to below 80: khá.
        Fair => "fair",
        /// 50 to below 70: trung bình.
        Average => "average",
        /// Below 50: yếu.
        Weak => "weak",
    }
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

/// One row, scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowScore {
    /// Which.
    pub row: &'static Row,
    /// What was counted.
    pub measure: Option<Ratio>,
    /// Full marks because it does not apply to a commune.
    pub not_applicable: bool,
    /// In hundredths of a point; none: unknown.
    pub hundredths: Option<u64>,
}

/// One group, scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupScore {
    /// Which.
    pub group: Group,
    /// Points at most.
    pub most: u64,
    /// Sum of its known rows, in hundredths; none when none is known.
    pub hundredths: Option<u64>,
    /// Its rows.
    pub rows: Vec<RowScore>,
}

/// The index, scored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    /// Each group.
    pub groups: Vec<GroupScore>,
    /// Sum of the known rows, in hundredths of a point.
    pub total: u64,
    /// Points of the known rows at most.
    pub most_known: u64,
    /// Rows nobody counted.
    pub unknown: Vec<&'static str>,
    /// The grade; none while a row is unknown.
    pub grade: Option<Grade>,
}

/// Scores the index from what was counted of each row and which rows do not apply to a commune (full
/// marks by policy). A row nobody counted is in no sum, and no grade is given without it.
pub fn score(
    measure: impl Fn(&Row) -> Option<Ratio>,
    not_applicable: impl Fn(&Row) -> bool,
) -> Score {
    let groups: Vec<GroupScore> = Group::ALL
        .iter()
        .map(|&group| {
            let rows: Vec<RowScore> = ROWS
                .iter()
                .filter(|row| row.group == group)
                .map(|row| {
                    let (measure, not_applicable) = (measure(row), not_applicable(row));
                    RowScore {
                        row,
                        measure,
                        not_applicable,
                        hundredths: if not_applicable {
                            Some(row.most * 100)
                        } else {
                            row.hundredths(measure)
                        },
                    }
                })
                .collect();
            let known = || rows.iter().filter_map(|r| r.hundredths);
            GroupScore {
                group,
                most: rows.iter().map(|r| r.row.most).sum(),
                hundredths: known().next().map(|_| known().sum()),
                rows,
            }
        })
        .collect();
    let rows = || groups.iter().flat_map(|g| &g.rows);
    let known = || rows().filter(|r| r.hundredths.is_some());
    let total = known().filter_map(|r| r.hundredths).sum();
    let most_known = known().map(|r| r.row.most).sum();
    let unknown: Vec<&'static str> = rows()
        .filter(|r| r.hundredths.is_none())
        .map(|r| r.row.code)
        .collect();
    Score {
        grade: unknown.is_empty().then(|| grade(total)),
        total,
        most_known,
        unknown,
        groups,
    }
}

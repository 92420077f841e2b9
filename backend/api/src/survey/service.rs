//! The service index of Decision 766.

use motcua_domain::refusal::FieldError;
use motcua_domain::survey::Ratio;
use motcua_domain::survey::service::{self, Grade, Group};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{count_fault, decimal};
use crate::words;

/// One row of Decision 766, counted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureIn {
    /// Its code.
    #[schema(min_length = 1, max_length = 60, example = "processed_on_time")]
    pub code: String,
    /// How many of them.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 98)]
    pub part: u64,
    /// Of how many.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 100)]
    pub whole: u64,
}

/// What the service index is worked out of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceIn {
    /// The rows that were counted; the others are unknown, not nought.
    #[schema(max_items = 30)]
    pub measures: Vec<MeasureIn>,
    /// Rows that do not apply to a commune: full marks by policy.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub not_applicable: Vec<String>,
}

impl MeasureIn {
    fn ratio(&self) -> Ratio {
        Ratio {
            part: self.part,
            whole: self.whole,
        }
    }
}

/// A row of the service index.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceRow {
    /// Its code.
    pub code: &'static str,
    /// Points at most.
    pub most: u64,
    /// How many of them; none when not counted.
    pub part: Option<u64>,
    /// Of how many.
    pub whole: Option<u64>,
    /// Full marks because it does not apply to a commune.
    pub not_applicable: bool,
    /// Rounded to two decimals; none: unknown.
    pub score: Option<f64>,
}

/// A group of the service index.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceGroupScore {
    /// Which.
    #[schema(value_type = words::ServiceGroup)]
    pub group: Group,
    /// Points at most.
    pub most: u64,
    /// Sum of its known rows; none when none is known.
    pub score: Option<f64>,
    /// Its rows.
    pub rows: Vec<ServiceRow>,
}

/// The service index, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct ServiceScore {
    /// Where the rule stands.
    pub source: &'static str,
    /// An estimate always: the national portal's published score is authoritative.
    pub estimate: bool,
    /// Each group.
    pub groups: Vec<ServiceGroupScore>,
    /// Sum of the known rows.
    pub total: f64,
    /// Points of the known rows at most: 100 when all are known.
    pub most_known: u64,
    /// Rows nobody counted.
    pub unknown: Vec<&'static str>,
    /// The grade; none while a row is unknown.
    #[schema(value_type = Option<words::ServiceGrade>)]
    pub grade: Option<Grade>,
}

/// Works the service index out, and keeps every fault.
pub(super) fn worked_out(s: &ServiceIn, faults: &mut Vec<FieldError>) -> ServiceScore {
    for (name, n) in [
        ("measures", s.measures.len()),
        ("not_applicable", s.not_applicable.len()),
    ] {
        count_fault(n as u64, (0, 30), format!("/service/{name}"), faults);
    }
    for (i, code) in s.not_applicable.iter().enumerate() {
        if service::find(code).is_none() {
            faults.push(unknown_row(format!("/service/not_applicable/{i}")));
        }
    }
    for (i, m) in s.measures.iter().enumerate() {
        let pointer = format!("/service/measures/{i}");
        let twice = s.measures.iter().take(i).any(|o| o.code == m.code);
        if service::find(&m.code).is_none() {
            faults.push(unknown_row(format!("{pointer}/code")));
        } else if twice || s.not_applicable.contains(&m.code) {
            faults.push(FieldError::new(
                format!("{pointer}/code"),
                "repeated",
                "Chỉ tiêu này đã được nêu.",
                "This row has been named already.",
            ));
        }
        faults.extend(m.ratio().checked(&pointer).err());
    }
    let score = service::score(
        |row| {
            let measure = s.measures.iter().find(|m| m.code == row.code)?;
            Some(measure.ratio())
        },
        |row| s.not_applicable.iter().any(|code| code == row.code),
    );
    score.into()
}

impl From<service::Score> for ServiceScore {
    fn from(score: service::Score) -> Self {
        Self {
            source: service::SOURCE,
            estimate: true,
            groups: score
                .groups
                .into_iter()
                .map(|g| ServiceGroupScore {
                    group: g.group,
                    most: g.most,
                    score: g.hundredths.map(|h| decimal(h, 100)),
                    rows: g
                        .rows
                        .into_iter()
                        .map(|r| ServiceRow {
                            code: r.row.code,
                            most: r.row.most,
                            part: r.measure.map(|m| m.part),
                            whole: r.measure.map(|m| m.whole),
                            not_applicable: r.not_applicable,
                            score: r.hundredths.map(|h| decimal(h, 100)),
                        })
                        .collect(),
                })
                .collect(),
            total: decimal(score.total, 100),
            most_known: score.most_known,
            grade: score.grade,
            unknown: score.unknown,
        }
    }
}

fn unknown_row(pointer: String) -> FieldError {
    FieldError::new(
        pointer,
        "measure_unknown",
        "Không có chỉ tiêu này trong Bộ chỉ số 766.",
        "Decision 766 has no such row.",
    )
}

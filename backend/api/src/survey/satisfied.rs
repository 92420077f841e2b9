//! The share of the satisfied.

use motcua_domain::refusal::FieldError;
use motcua_domain::survey::satisfied::{self, Answers};
use motcua_domain::survey::{LARGEST_POPULATION, Ratio};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{count_fault, decimal, name_fault};

/// Five criteria's worth of answers, from very dissatisfied to very satisfied.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionIn {
    /// What was asked.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Công chức giao tiếp lịch sự"
    )]
    pub name: String,
    /// Answers on each of the five steps.
    #[schema(min_items = 5, max_items = 5, example = json!([2, 4, 6, 48, 40]))]
    pub answers: Vec<u32>,
}

/// A factor with its criteria.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactorIn {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, example = "Công chức")]
    pub name: String,
    /// Its criteria.
    #[schema(min_items = 1, max_items = 50)]
    pub criteria: Vec<CriterionIn>,
}

/// What the share of the satisfied is worked out of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SatisfactionIn {
    /// How many were asked.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 269)]
    pub asked: Option<u64>,
    /// The criterion of overall satisfaction.
    pub overall: CriterionIn,
    /// The factors.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub factors: Vec<FactorIn>,
}

/// A share with what it rests on.
#[derive(Debug, Serialize, ToSchema)]
pub struct Share {
    /// What was asked.
    pub name: String,
    /// Valid answers.
    pub answers: u64,
    /// Satisfied and very satisfied.
    pub satisfied: u64,
    /// Percent; none without an answer.
    pub percent: Option<f64>,
    /// Lower end of Wilson's interval at 95 %.
    pub interval_from: Option<f64>,
    /// Upper end.
    pub interval_to: Option<f64>,
}

/// A factor, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct FactorShare {
    /// What it is called.
    pub name: String,
    /// Mean of its criteria's percents.
    pub mean_percent: Option<f64>,
    /// All its answers as one.
    pub pooled: Share,
    /// Each criterion.
    pub criteria: Vec<Share>,
}

/// The share of the satisfied, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct SatisfactionScore {
    /// Where the rule stands.
    pub source: &'static str,
    /// How many were asked.
    pub asked: Option<u64>,
    /// Percent of them who answered; none when nobody was asked.
    pub response_percent: Option<f64>,
    /// Overall satisfaction: the index itself.
    pub overall: Share,
    /// Each factor.
    pub factors: Vec<FactorShare>,
}

fn share(name: String, answers: &Answers) -> Share {
    let interval = answers.wilson();
    Share {
        name,
        answers: answers.valid(),
        satisfied: answers.satisfied(),
        percent: answers.basis_points().map(|p| decimal(p, 100)),
        interval_from: interval.map(|i| decimal(i.0, 100)),
        interval_to: interval.map(|i| decimal(i.1, 100)),
    }
}

fn answers_of(c: &CriterionIn, pointer: &str, faults: &mut Vec<FieldError>) -> Answers {
    name_fault(&c.name, 300, format!("{pointer}/name"), faults);
    for (i, n) in c.answers.iter().enumerate() {
        let (pointer, most) = (format!("{pointer}/answers/{i}"), i32::MAX.unsigned_abs());
        count_fault(u64::from(*n), (0, u64::from(most)), pointer, faults);
    }
    let five: Option<[u32; 5]> = c.answers.as_slice().try_into().ok();
    if five.is_none() {
        faults.push(FieldError::new(
            format!("{pointer}/answers"),
            "out_of_range",
            "Cần đúng năm số: từ rất không hài lòng đến rất hài lòng.",
            "Five numbers are needed: from very dissatisfied to very satisfied.",
        ));
    }
    Answers(five.unwrap_or_default().map(u64::from))
}

/// Works the share of the satisfied out, and keeps every fault.
pub(super) fn worked_out(s: SatisfactionIn, faults: &mut Vec<FieldError>) -> SatisfactionScore {
    let overall = answers_of(&s.overall, "/satisfaction/overall", faults);
    let answered = overall.valid();
    count_fault(
        s.asked.unwrap_or(0),
        (0, LARGEST_POPULATION),
        "/satisfaction/asked",
        faults,
    );
    count_fault(
        s.factors.len() as u64,
        (0, 20),
        "/satisfaction/factors",
        faults,
    );
    let response = s.asked.and_then(|whole| {
        let ratio = Ratio {
            part: answered,
            whole,
        };
        if answered > whole {
            faults.push(FieldError::new(
                "/satisfaction/asked",
                "part_exceeds_whole",
                "Số người được hỏi không được ít hơn số câu trả lời.",
                "No fewer can be asked than answered.",
            ));
        }
        ratio.basis_points()
    });
    let factors = s
        .factors
        .into_iter()
        .enumerate()
        .map(|(f, factor)| {
            let at = format!("/satisfaction/factors/{f}");
            name_fault(&factor.name, 200, format!("{at}/name"), faults);
            let criteria = factor.criteria.len() as u64;
            count_fault(criteria, (1, 50), format!("{at}/criteria"), faults);
            let answers: Vec<Answers> = factor
                .criteria
                .iter()
                .enumerate()
                .map(|(c, criterion)| {
                    let pointer = format!("{at}/criteria/{c}");
                    answers_of(criterion, &pointer, faults)
                })
                .collect();
            let whole = satisfied::factor(&answers);
            FactorShare {
                mean_percent: whole.mean.map(|p| decimal(p, 100)),
                pooled: share(factor.name.clone(), &whole.pooled),
                name: factor.name,
                criteria: factor
                    .criteria
                    .into_iter()
                    .zip(&answers)
                    .map(|(c, a)| share(c.name, a))
                    .collect(),
            }
        })
        .collect();
    SatisfactionScore {
        source: satisfied::SOURCE,
        asked: s.asked,
        response_percent: response.map(|p| decimal(p, 100)),
        overall: share(s.overall.name, &overall),
        factors,
    }
}

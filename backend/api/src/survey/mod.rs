//! Rules of satisfaction and quality that anyone may ask: sample sizes and indices, each figure with
//! what it was computed from.

use actix_web::{HttpResponse, post};
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::survey::quality::{self, Facts, Scope, Time, UnitFacts};
use motcua_domain::survey::satisfied::{self, Answers};
use motcua_domain::survey::service::{self, Grade, Group};
use motcua_domain::survey::{LARGEST_POPULATION, Ratio, sample};
use motcua_domain::text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::manners::{Json, Problem};

/// A whole that a sample is to be drawn from.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleIn {
    /// Transactions in the period.
    #[schema(minimum = 1, maximum = 1_000_000_000, example = 816)]
    pub population: u64,
    /// Margin of error in hundredths of a percent; 500, the method's 5 %, when absent.
    #[schema(minimum = 1, maximum = 5000, example = 500)]
    pub margin_basis_points: Option<u32>,
    /// How many to ask, in place of the formula's figure.
    #[schema(minimum = 1, maximum = 1_000_000_000)]
    pub sample_size: Option<u64>,
    /// Groups (fields, wards) that the sample is spread over in proportion; together the whole.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub strata: Vec<StratumIn>,
}

/// A group of the whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StratumIn {
    /// What it is called.
    #[schema(min_length = 1, max_length = 200, example = "Hộ tịch")]
    pub name: String,
    /// Transactions in it.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 500)]
    pub population: u64,
}

/// How many to ask.
#[derive(Debug, Serialize, ToSchema)]
pub struct SampleSize {
    /// Transactions in the period.
    pub population: u64,
    /// How many are to be drawn.
    #[schema(example = 269)]
    pub sample_size: u64,
    /// The formula.
    #[schema(example = "n = N / (1 + N·e²)")]
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Group by group.
    pub strata: Vec<StratumSize>,
}

/// How many to ask in a group.
#[derive(Debug, Serialize, ToSchema)]
pub struct StratumSize {
    /// What it is called.
    pub name: String,
    /// Transactions in it.
    pub population: u64,
    /// How many are to be drawn from it.
    pub sample_size: u64,
}

/// Says how many people to ask.
#[utoipa::path(
    operation_id = "compute_sample_size", tag = "rules", summary = "How many people to ask",
    description = "Slovin's sample size, rounded up, spread over groups in proportion: whoever has anyone in it is heard. Nothing is kept.",
    request_body = SampleIn,
    responses((status = 200, description = "How many.", body = SampleSize)),
    security(())
)]
#[post("/surveys/sample-size")]
pub async fn compute_sample_size(body: Json<SampleIn>) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let mut faults = Vec::new();
    for (i, s) in body.strata.iter().enumerate() {
        name_fault(&s.name, 200, format!("/strata/{i}/name"), &mut faults);
    }
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    let groups: Vec<u64> = body.strata.iter().map(|s| s.population).collect();
    let drawn = sample(
        body.population,
        body.margin_basis_points.unwrap_or(500),
        body.sample_size,
        &groups,
    )?;
    Ok(HttpResponse::Ok().json(SampleSize {
        population: drawn.population,
        sample_size: drawn.size,
        formula: "n = N / (1 + N·e²)",
        source: "Quyết định 1383/QĐ-BNV năm 2012",
        strata: body
            .strata
            .into_iter()
            .zip(drawn.strata)
            .map(|(s, sample_size)| StratumSize {
                name: s.name,
                population: s.population,
                sample_size,
            })
            .collect(),
    }))
}

/// A part of a whole, both counted.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatioIn {
    /// How many of them.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 90)]
    pub part: u64,
    /// Of how many.
    #[schema(minimum = 0, maximum = 1_000_000_000, example = 100)]
    pub whole: u64,
}

/// Whose nine indices.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualityScope {
    /// One officer: indices 1, 2, 3, 4 and 7.
    Officer,
    /// A unit: all nine.
    Unit,
}

/// A time against its limit.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualityTime {
    /// Shorter.
    Early,
    /// Equal.
    OnTime,
    /// Longer.
    Overdue,
}

impl From<QualityTime> for Time {
    fn from(time: QualityTime) -> Self {
        match time {
            QualityTime::Early => Self::Early,
            QualityTime::OnTime => Self::OnTime,
            QualityTime::Overdue => Self::Overdue,
        }
    }
}

/// One finished dossier; what is absent is left out of its index.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityDossierIn {
    /// Index 1, and 7: its whole time.
    pub time: Option<QualityTime>,
    /// Index 2: the unit's own time.
    pub unit_time: Option<QualityTime>,
    /// Index 3: how often the applicant had to come to complete it, not by his own fault.
    #[schema(minimum = 0, maximum = 1000)]
    pub contacts: Option<u32>,
    /// Index 4: bodies he had to see, without those that the law requires.
    #[schema(minimum = 0, maximum = 1000)]
    pub bodies: Option<u32>,
    /// Index 7: whether a complaint about attitude was upheld.
    pub complaint_upheld: Option<bool>,
}

/// The unit as a whole; what is absent is left out of its index.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityUnitIn {
    /// Index 5: procedures received and returned at the one-stop, of all listed.
    pub received_at_centre: Option<RatioIn>,
    /// Index 5: procedures also appraised and approved on the spot, of all listed.
    pub decided_at_centre: Option<RatioIn>,
    /// Index 6: posted at the office, exactly, fully and in time.
    pub posted: Option<bool>,
    /// Index 6: published electronically, the same.
    pub published: Option<bool>,
    /// Index 8: feedback handled in time, of all received.
    pub feedback_on_time: Option<RatioIn>,
    /// Index 8: whether any was drawn out.
    pub feedback_prolonged: Option<bool>,
    /// Index 9: procedures offered online, of all.
    pub online_procedures: Option<RatioIn>,
    /// Index 9: dossiers filed online, of all.
    pub online_dossiers: Option<RatioIn>,
    /// Index 9: online dossiers unresolved or overdue.
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub online_overdue: Option<u64>,
}

/// What the nine indices are worked out of.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QualityIn {
    /// Whose.
    pub scope: QualityScope,
    /// Finished dossiers.
    #[serde(default)]
    #[schema(max_items = 1000)]
    pub dossiers: Vec<QualityDossierIn>,
    /// The unit.
    pub unit: Option<QualityUnitIn>,
}

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

/// What is to be worked out: at least one of the three.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IndicesIn {
    /// The nine indices of Circular 01/2018.
    pub quality: Option<QualityIn>,
    /// The share of the satisfied (SIPAS).
    pub satisfaction: Option<SatisfactionIn>,
    /// The service index of Decision 766.
    pub service: Option<ServiceIn>,
}

/// One of the nine indices.
#[derive(Debug, Serialize, ToSchema)]
pub struct QualityIndex {
    /// 1–9.
    pub index: u8,
    /// Points of all that were counted.
    pub points: u64,
    /// How many were counted.
    pub counted: u64,
    /// Rounded to one decimal; none without data: left out of the sum.
    pub score: Option<f64>,
}

/// Bands of an officer (the first three) and of a unit.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualityBand {
    /// 5 points and more: the task fulfilled.
    Fulfilled,
    /// 3.5 to below 5: 70 to below 100 %.
    MostlyFulfilled,
    /// Below 3.5: below 70 %.
    NotFulfilled,
    /// 15 and more: xuất sắc.
    Excellent,
    /// 12 to below 15: tốt.
    Good,
    /// 9 to below 12: khá.
    Fair,
    /// 6 to below 9: trung bình.
    Average,
    /// Below 6: yếu.
    Weak,
}

impl From<quality::Band> for QualityBand {
    fn from(band: quality::Band) -> Self {
        match band {
            quality::Band::Fulfilled => Self::Fulfilled,
            quality::Band::MostlyFulfilled => Self::MostlyFulfilled,
            quality::Band::NotFulfilled => Self::NotFulfilled,
            quality::Band::Excellent => Self::Excellent,
            quality::Band::Good => Self::Good,
            quality::Band::Fair => Self::Fair,
            quality::Band::Average => Self::Average,
            quality::Band::Weak => Self::Weak,
        }
    }
}

/// The nine indices, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct QualityScore {
    /// Where the rule stands.
    pub source: &'static str,
    /// Each index.
    pub indices: Vec<QualityIndex>,
    /// Sum of those with data.
    pub total: f64,
    /// What could have been reached with the data there was.
    pub most: u64,
    /// The band; none when no index had data.
    pub band: Option<QualityBand>,
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

/// Groups of Decision 766.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceGroup {
    /// Công khai, minh bạch.
    Publicity,
    /// Tiến độ giải quyết.
    Progress,
    /// Số hóa hồ sơ.
    Digitisation,
    /// Cung cấp dịch vụ trực tuyến.
    Online,
    /// Thanh toán trực tuyến.
    Payment,
    /// Mức độ hài lòng.
    Satisfaction,
}

impl From<Group> for ServiceGroup {
    fn from(group: Group) -> Self {
        match group {
            Group::Publicity => Self::Publicity,
            Group::Progress => Self::Progress,
            Group::Digitisation => Self::Digitisation,
            Group::Online => Self::Online,
            Group::Payment => Self::Payment,
            Group::Satisfaction => Self::Satisfaction,
        }
    }
}

/// Grades of Decision 766.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceGrade {
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

impl From<Grade> for ServiceGrade {
    fn from(grade: Grade) -> Self {
        match grade {
            Grade::Excellent => Self::Excellent,
            Grade::Good => Self::Good,
            Grade::Fair => Self::Fair,
            Grade::Average => Self::Average,
            Grade::Weak => Self::Weak,
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
    pub group: ServiceGroup,
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
    pub grade: Option<ServiceGrade>,
}

/// What was asked for, worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct Indices {
    /// The nine indices.
    pub quality: Option<QualityScore>,
    /// The share of the satisfied.
    pub satisfaction: Option<SatisfactionScore>,
    /// The service index.
    pub service: Option<ServiceScore>,
}

/// Works out the indices of quality, satisfaction and service.
#[utoipa::path(
    operation_id = "compute_indices", tag = "rules", summary = "Indices of quality and satisfaction",
    description = "Works out the nine indices of Circular 01/2018, the share of the satisfied with its interval, and the service index of Decision 766, each figure with what it was computed from. What was not counted is unknown, never nought. Nothing is kept.",
    request_body = IndicesIn,
    responses((status = 200, description = "Worked out.", body = Indices)),
    security(())
)]
#[post("/indices/compute")]
pub async fn compute_indices(body: Json<IndicesIn>) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    if body.quality.is_none() && body.satisfaction.is_none() && body.service.is_none() {
        return Err(Refusal::invalid(vec![fault(
            "",
            "required",
            "Cần ít nhất một trong: quality, satisfaction, service.",
            "At least one of quality, satisfaction and service is needed.",
        )])
        .into());
    }
    let mut faults = Vec::new();
    let quality = body.quality.map(|q| quality_of(&q, &mut faults));
    let satisfaction = body.satisfaction.map(|s| satisfaction_of(s, &mut faults));
    let service = body.service.map(|s| service_of(&s, &mut faults));
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    Ok(HttpResponse::Ok().json(Indices {
        quality,
        satisfaction,
        service,
    }))
}

fn fault(pointer: impl Into<String>, code: &'static str, vi: &str, en: &str) -> FieldError {
    FieldError {
        pointer: pointer.into(),
        code,
        detail: Text::new(vi, en),
    }
}

/// Keeps what is wrong with a name: empty, too long, or not one line.
fn name_fault(name: &str, most: usize, pointer: String, faults: &mut Vec<FieldError>) {
    if let Err(fault) = text::required_line(name, most) {
        faults.push(fault.at(&pointer));
    }
}

/// Keeps a fault when there are more than `most`, or fewer than `least`.
fn count_fault(
    count: u64,
    (least, most): (u64, u64),
    pointer: impl Into<String>,
    faults: &mut Vec<FieldError>,
) {
    if !(least..=most).contains(&count) {
        faults.push(FieldError {
            pointer: pointer.into(),
            code: "out_of_range",
            detail: Text::new(
                format!("Phải từ {least} đến {most}."),
                format!("It must be {least} to {most}."),
            ),
        });
    }
}

/// A whole number of `parts` to the one, as a number: 1,785 hundredths are 17.85.
fn decimal(n: u64, parts: u32) -> f64 {
    // What is divided here is at most a few million: exact as a double.
    f64::from(u32::try_from(n).unwrap_or(u32::MAX)) / f64::from(parts)
}

fn quality_of(q: &QualityIn, faults: &mut Vec<FieldError>) -> QualityScore {
    let none = QualityUnitIn::default();
    let u = q.unit.as_ref().unwrap_or(&none);
    let mut ratio = |given: Option<RatioIn>, name: &str| {
        let RatioIn { part, whole } = given?;
        Ratio { part, whole }
            .checked(&format!("/quality/unit/{name}"))
            .map_err(|f| faults.push(f))
            .ok()
    };
    let unit = UnitFacts {
        received_at_centre: ratio(u.received_at_centre, "received_at_centre"),
        decided_at_centre: ratio(u.decided_at_centre, "decided_at_centre"),
        posted: u.posted,
        published: u.published,
        feedback_on_time: ratio(u.feedback_on_time, "feedback_on_time"),
        feedback_prolonged: u.feedback_prolonged,
        online_procedures: ratio(u.online_procedures, "online_procedures"),
        online_dossiers: ratio(u.online_dossiers, "online_dossiers"),
        online_overdue: u.online_overdue,
    };
    count_fault(
        q.dossiers.len() as u64,
        (0, 1000),
        "/quality/dossiers",
        faults,
    );
    count_fault(
        u.online_overdue.unwrap_or(0),
        (0, LARGEST_POPULATION),
        "/quality/unit/online_overdue",
        faults,
    );
    for (i, d) in q.dossiers.iter().enumerate() {
        for (name, n) in [("contacts", d.contacts), ("bodies", d.bodies)] {
            let pointer = format!("/quality/dossiers/{i}/{name}");
            count_fault(u64::from(n.unwrap_or(0)), (0, 1000), pointer, faults);
        }
    }
    let dossiers: Vec<Facts> = q
        .dossiers
        .iter()
        .map(|d| Facts {
            time: d.time.map(Into::into),
            unit_time: d.unit_time.map(Into::into),
            contacts: d.contacts,
            bodies: d.bodies,
            complaint_upheld: d.complaint_upheld,
        })
        .collect();
    let scope = match q.scope {
        QualityScope::Officer => Scope::Officer,
        QualityScope::Unit => Scope::Unit,
    };
    let score = quality::score(scope, &dossiers, &unit);
    QualityScore {
        source: quality::SOURCE,
        indices: score
            .indices
            .iter()
            .map(|i| QualityIndex {
                index: i.number,
                points: i.points,
                counted: i.counted,
                score: i.tenths.map(|t| decimal(t, 10)),
            })
            .collect(),
        total: decimal(score.total_tenths, 10),
        most: score.most,
        band: score.band.map(Into::into),
    }
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
        faults.push(fault(
            format!("{pointer}/answers"),
            "out_of_range",
            "Cần đúng năm số: từ rất không hài lòng đến rất hài lòng.",
            "Five numbers are needed: from very dissatisfied to very satisfied.",
        ));
    }
    Answers(five.unwrap_or_default().map(u64::from))
}

fn satisfaction_of(s: SatisfactionIn, faults: &mut Vec<FieldError>) -> SatisfactionScore {
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
            faults.push(fault(
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

fn service_of(s: &ServiceIn, faults: &mut Vec<FieldError>) -> ServiceScore {
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
            faults.push(fault(
                format!("{pointer}/code"),
                "repeated",
                "Chỉ tiêu này đã được nêu.",
                "This row has been named already.",
            ));
        }
        let ratio = Ratio {
            part: m.part,
            whole: m.whole,
        };
        faults.extend(ratio.checked(&pointer).err());
    }
    let mut unknown = Vec::new();
    let (mut total, mut most_known) = (0, 0);
    let groups = Group::ALL
        .into_iter()
        .map(|group| {
            let (mut most, mut sum) = (0, None);
            let rows = service::ROWS
                .iter()
                .filter(|r| r.group == group)
                .map(|row| {
                    let measure = s.measures.iter().find(|m| m.code == row.code);
                    let not_applicable = s.not_applicable.iter().any(|c| c == row.code);
                    let hundredths = if not_applicable {
                        Some(row.most * 100)
                    } else {
                        row.hundredths(measure.map(|m| Ratio {
                            part: m.part,
                            whole: m.whole,
                        }))
                    };
                    most += row.most;
                    match hundredths {
                        Some(h) => {
                            sum = Some(sum.unwrap_or(0) + h);
                            total += h;
                            most_known += row.most;
                        }
                        None => unknown.push(row.code),
                    }
                    ServiceRow {
                        code: row.code,
                        most: row.most,
                        part: measure.map(|m| m.part),
                        whole: measure.map(|m| m.whole),
                        not_applicable,
                        score: hundredths.map(|h| decimal(h, 100)),
                    }
                })
                .collect();
            ServiceGroupScore {
                group: group.into(),
                most,
                score: sum.map(|h| decimal(h, 100)),
                rows,
            }
        })
        .collect();
    ServiceScore {
        source: service::SOURCE,
        estimate: true,
        groups,
        total: decimal(total, 100),
        most_known,
        grade: unknown.is_empty().then(|| service::grade(total).into()),
        unknown,
    }
}

fn unknown_row(pointer: String) -> FieldError {
    fault(
        pointer,
        "measure_unknown",
        "Không có chỉ tiêu này trong Bộ chỉ số 766.",
        "Decision 766 has no such row.",
    )
}

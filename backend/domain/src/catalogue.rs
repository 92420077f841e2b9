//! The catalogue of administrative procedures of a ward (DOMAIN §5) as data, and what must be true of it.
//!
//! Law is data: a limit, a fee or a component carries how sure we are of it, and often where it was
//! read. A figure nobody is sure of is left out and explained in a note, never invented: software
//! that does not know a limit says so instead of promising a date.
//!
//! This module has its own types with plain words, so that a province can write such a file by hand
//! and have it checked ([`parse`], [`problems`]) before anything else sees it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod charge;
mod check;
mod compare;
mod figures;
mod listing;
mod shape;
mod sheet;
pub use charge::Size;
pub use check::{faults, problems, read};
pub use compare::{Change, compare};
pub use figures::{ConfirmFault, Figure, confirm, figures_to_check};
pub use listing::{Listing, MasterItem, compare_listing, master_list};
pub use sheet::{Sheet, from_csv, to_csv};

/// How sure we are of a figure, strongest first: `law` read in the text of the law, `seen` seen in
/// real public sources, `known` general knowledge, `to_check` must be checked before it is relied on.
pub const CERTAINTIES: [&str; 4] = ["law", "seen", "known", "to_check"];
/// Units of a limit. `same_day`: within the working day, or the next one if received after 15:00.
pub const UNITS: [&str; 6] = [
    "working_day",
    "half_day",
    "working_hour",
    "calendar_day",
    "month",
    "same_day",
];
/// Kinds of money: `phi` a fee for a service, `le_phi` a state charge; never on one receipt line.
pub const FEE_KINDS: [&str; 2] = ["phi", "le_phi"];
/// The way of filing for which a fee line or an exemption holds. What is filed by post pays as directly,
/// unless there is a line of its own for it.
pub const CHANNELS: [&str; 4] = ["any", "direct", "online", "postal"];
/// By when a fee line is to be paid: before the dossier is handled, before its result is made, or when
/// the result is collected.
pub const FEE_DUE: [&str; 3] = ["before_handling", "before_result", "at_collection"];
/// Online levels: toàn trình, một phần, none.
pub const ONLINE_LEVELS: [&str; 3] = ["full", "partial", "none"];
/// The desks between which an internal workflow goes. It ends when the result is ready: how late a
/// citizen comes for it is nobody's lateness (DOMAIN §2.4).
pub const STEP_DESKS: [&str; 3] = ["reception", "handler", "leader"];
/// The most working minutes one internal step may be given: a year of 250 days.
pub const MOST_STEP_MINUTES: u32 = 120_000;
/// What a supplement does to the clock: `reset` from the start (D61 Art 19.4), `resume` where a sector law says so.
pub const SUPPLEMENT_MODES: [&str; 2] = ["reset", "resume"];

/// The groups of the national list: code, Vietnamese name, and the fields (lĩnh vực) inside it.
pub const GROUPS: [(&str, &str, &[&str]); 7] = [
    ("A", "Hộ tịch", &["Hộ tịch"]),
    ("B", "Chứng thực", &["Chứng thực"]),
    (
        "C",
        "Cư trú, căn cước",
        &["Đăng ký, quản lý cư trú", "Cấp, quản lý căn cước"],
    ),
    (
        "D",
        "Bảo trợ xã hội, người có công",
        &["Bảo trợ xã hội", "Người có công", "Giảm nghèo"],
    ),
    ("E", "Hộ kinh doanh", &["Đăng ký hộ kinh doanh"]),
    ("F", "Đất đai, xây dựng", &["Đất đai", "Hoạt động xây dựng"]),
    (
        "G",
        "Lĩnh vực khác",
        &[
            "Nuôi con nuôi",
            "Hòa giải ở cơ sở",
            "Giáo dục và đào tạo",
            "Văn bằng, chứng chỉ",
            "Việc làm",
        ],
    ),
];

/// The most procedures one file may hold: the national list has some thousands for all levels.
pub const MOST_PROCEDURES: usize = 5_000;
/// The most faults that are told of one file: whoever has as many begins anew.
pub const MOST_FAULTS: usize = 500;

/// The letters of [`GROUPS`].
pub const GROUP_CODES: [&str; 7] = ["A", "B", "C", "D", "E", "F", "G"];

/// The files of the national list, one per group, in the order of [`GROUPS`].
const NATIONAL: [&str; 7] = [
    include_str!("../data/catalogue/a_civil_status.json"),
    include_str!("../data/catalogue/b_certification.json"),
    include_str!("../data/catalogue/c_residence_identity.json"),
    include_str!("../data/catalogue/d_social_protection.json"),
    include_str!("../data/catalogue/e_household_business.json"),
    include_str!("../data/catalogue/f_land_construction.json"),
    include_str!("../data/catalogue/g_other.json"),
];

/// A catalogue file that cannot be read as one.
#[derive(Debug, thiserror::Error)]
#[error("not a catalogue file: {0}")]
pub struct CatalogueError(#[from] serde_json::Error);

/// A list of procedures as published or prepared on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    /// Where the figures come from, for the person who must check them (Vietnamese).
    pub source_note: String,
    /// The day for which the list is meant to be right.
    pub as_of: NaiveDate,
    /// One entry per procedure code.
    pub procedures: Vec<ProcedureData>,
}

/// One version of one procedure (thủ tục hành chính).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ProcedureData {
    /// National code, `d.dddddd`, such as `1.001193`.
    pub code: String,
    /// Vietnamese name, as on the poster.
    pub name: String,
    /// Group `A`..`G`, see [`GROUPS`].
    pub field_code: String,
    /// Vietnamese name of the field (lĩnh vực), by which reports are divided.
    pub field: String,
    /// First day on which this version may be filed.
    pub in_force_from: NaiveDate,
    /// Last day on which it may be filed; running dossiers keep it (Decree 63/2010 Arts 16–17).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_to: Option<NaiveDate>,
    /// The decision that announced it (quyết định công bố), where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcing_decision: Option<DecisionRef>,
    /// The decision that ends it (quyết định bãi bỏ), where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending_decision: Option<DecisionRef>,
    /// How sure we are that the code belongs to this procedure.
    pub code_certainty: String,
    /// Where the code was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_source: Option<String>,
    /// What the citizen hands in; papers a database holds are not asked for (D118 Art 4.2a).
    pub components: Vec<ComponentData>,
    /// How long it may take.
    pub limits: LimitsData,
    /// Extra time where facts must be verified, added to the limit or, as its note says, replacing it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_limit: Option<LimitData>,
    /// Fee lines; none at all means nobody has looked yet.
    pub fees: Vec<FeeData>,
    /// What the citizen gets (Vietnamese).
    pub result_name: String,
    /// One of [`ONLINE_LEVELS`]; local publication decides.
    pub online_level: String,
    /// Yes-or-no properties.
    pub flags: FlagsData,
    /// One of [`SUPPLEMENT_MODES`].
    pub supplement_mode: String,
    /// What the officer should know, and what is still to be checked (Vietnamese).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// What the province decides otherwise; it goes before the national figures, which stay beside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub local: Option<LocalData>,
    /// The province's internal workflow (quy trình nội bộ), where there is one: within the limit, and never moving it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowData>,
}

/// An internal workflow: how much of the limit each desk has, by the province's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WorkflowData {
    /// The decision that approved it.
    pub decision: DecisionRef,
    /// In their order.
    pub steps: Vec<StepData>,
}

/// A step of an internal workflow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StepData {
    /// Slug, unique inside the workflow.
    pub id: String,
    /// Vietnamese name, as in the decision.
    pub name: String,
    /// One of [`STEP_DESKS`].
    pub desk: String,
    /// Working time it may take, in minutes; a working day has 480. 1 … [`MOST_STEP_MINUTES`].
    pub minutes: u32,
}

/// A province's own limits and fees for a procedure, and the instrument they rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LocalData {
    /// The resolution or decision of the province.
    pub decision: DecisionRef,
    /// All limits, in place of the national ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<LimitsData>,
    /// All fee lines, in place of the national ones; none: the national ones hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fees: Vec<FeeData>,
}

/// A decision by number and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecisionRef {
    /// Such as `2874/QĐ-UBND`.
    pub number: String,
    /// Day of signing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
}

/// One paper of the dossier (thành phần hồ sơ).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ComponentData {
    /// Slug, unique inside the procedure: lower-case ASCII words joined by `_`.
    pub id: String,
    /// Vietnamese name, alternatives included.
    pub name: String,
    /// Whether a dossier without it is incomplete; conditional papers are not required.
    pub required: bool,
    /// One of [`CERTAINTIES`].
    pub certainty: String,
    /// The article it was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The limits by way of filing; without one the procedure cannot promise a date.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitsData {
    /// Filed at the counter, by post, and online too unless `online` says otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direct: Option<LimitData>,
    /// Filed online, where it differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub online: Option<LimitData>,
    /// What is known where there is no single figure, and what the figure leaves out (Vietnamese).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl LimitsData {
    /// The limit of what is filed online or at a kiosk (`remote`), or else at the counter: its own, or
    /// the other way's where it has none.
    pub fn of(&self, remote: bool) -> Option<&LimitData> {
        let (own, other) = if remote {
            (&self.online, &self.direct)
        } else {
            (&self.direct, &self.online)
        };
        own.as_ref().or(other.as_ref())
    }
}

/// One limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitData {
    /// How many units, at least 1; exactly 1 for `same_day`.
    pub amount: u32,
    /// One of [`UNITS`].
    pub unit: String,
    /// One of [`CERTAINTIES`].
    pub certainty: String,
    /// The article it was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What to add when showing it (Vietnamese).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// One line of what is charged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FeeData {
    /// Slug, unique inside the procedure.
    pub id: String,
    /// One of [`FEE_KINDS`].
    pub kind: String,
    /// Vietnamese name.
    pub name: String,
    /// What to show the citizen word for word, exemptions included: an amount alone makes exempt people pay.
    pub text: String,
    /// Fixed amount in đồng, 0 for "free of charge"; absent where a rule computes it or nobody knows it yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount_vnd: Option<i64>,
    /// How the amount follows from pages, copies or cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<FeeRuleData>,
    /// One of [`CHANNELS`].
    pub channel: String,
    /// When the line holds, where that depends on the case (Vietnamese). An officer chooses such a
    /// line; it is never charged by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// The instrument that sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
    /// First day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// One of [`FEE_DUE`]; absent: at collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
    /// Who pays less or nothing, each with its own validity, so that it ends by itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exemptions: Vec<ExemptionData>,
    /// One of [`CERTAINTIES`].
    pub certainty: String,
}

/// How an amount is computed; all amounts in đồng.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum FeeRuleData {
    /// By pages of the original, for each copy (Circular 226/2016).
    PerPage {
        /// How many first pages cost `first_amount_vnd` each.
        first_pages: u32,
        /// For each of the first pages.
        first_amount_vnd: i64,
        /// For each page after them.
        next_amount_vnd: i64,
        /// The most one copy may cost.
        cap_vnd: i64,
    },
    /// The same for every copy handed out.
    PerCopy {
        /// For each copy.
        amount_vnd: i64,
    },
    /// Once for the case, whatever its size.
    PerCase {
        /// For the case.
        amount_vnd: i64,
    },
    /// For every event or thing that is declared: each change, each contract, each vehicle.
    PerEvent {
        /// For each.
        amount_vnd: i64,
    },
    /// A share of the value that is declared; what is less than a đồng is not asked for.
    Percentage {
        /// In hundredths of a per cent, 1..=10000: 50 is 0.5 %.
        basis_points: u32,
        /// The least that is asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least_vnd: Option<i64>,
        /// The most that is asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most_vnd: Option<i64>,
    },
}

/// A ground for paying less (miễn, giảm).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ExemptionData {
    /// Slug, unique inside the fee line.
    pub id: String,
    /// Who, and on what condition (Vietnamese).
    pub text: String,
    /// How much is waived, 1..=100; absent where the rate is still to be checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub percent: Option<u8>,
    /// One of [`CHANNELS`], where it holds for one way of filing only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// What shows that somebody has it (Vietnamese): the paper, or the data that is looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The instrument that grants it.
    pub legal_basis: String,
    /// First day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day of validity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<NaiveDate>,
    /// One of [`CERTAINTIES`].
    pub certainty: String,
}

/// Yes-or-no properties of a procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FlagsData {
    /// May be filed at any centre of the province (D118 Art 14).
    pub boundary_free: bool,
    /// May be accepted, completed and handed over in one go (D61 Art 17.4).
    pub on_the_spot: bool,
    /// No date is promised by law: at once, or by a yearly plan. Not for limits nobody has found yet.
    pub no_due_date: bool,
    /// Ends without a paper for the citizen.
    pub no_result: bool,
    /// Someone else may file with an authorisation.
    pub authorised_filer_allowed: bool,
    /// The officer goes out; not received at the one-stop (D61 Art 14.5).
    pub mobile: bool,
    /// Decided by the commune police.
    pub police: bool,
    /// Several authorities each decide a part (liên thông).
    pub multi_agency: bool,
}

impl ProcedureData {
    /// The procedure as it holds here: the province's limits and fees in place of the national ones.
    #[must_use]
    pub fn in_effect(&self) -> Self {
        let mut p = self.clone();
        if let Some(local) = &self.local {
            if let Some(limits) = &local.limits {
                p.limits = limits.clone();
            }
            if !local.fees.is_empty() {
                p.fees = local.fees.clone();
            }
        }
        p
    }

    /// The weakest certainty of code, limits and fees: what to show beside the whole procedure.
    /// A limit that is missing without being needless counts as `to_check`; so do missing fees.
    pub fn certainty(&self) -> &'static str {
        let limits = [
            &self.limits.direct,
            &self.limits.online,
            &self.verification_limit,
        ];
        let missing =
            self.limits.direct.is_none() && !self.flags.no_due_date || self.fees.is_empty();
        let words = std::iter::once(self.code_certainty.as_str())
            .chain(limits.into_iter().flatten().map(|l| l.certainty.as_str()))
            .chain(self.fees.iter().map(|f| f.certainty.as_str()))
            .chain(missing.then_some("to_check"));
        let weakest = words
            .map(|w| {
                CERTAINTIES
                    .iter()
                    .position(|c| *c == w)
                    .unwrap_or(CERTAINTIES.len() - 1)
            })
            .max()
            .unwrap_or(CERTAINTIES.len() - 1);
        CERTAINTIES[weakest]
    }
}

/// A procedure as typed on a screen, with its texts in NFC and without spaces around them.
///
/// # Errors
/// When the result is no procedure any more, which a tidy text cannot bring about.
pub fn tidied(p: &ProcedureData) -> Result<ProcedureData, CatalogueError> {
    fn tidy(value: &mut serde_json::Value) {
        use unicode_normalization::UnicodeNormalization as _;
        match value {
            serde_json::Value::String(s) => {
                *s = s.replace("\r\n", "\n").trim().nfc().collect();
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(tidy),
            serde_json::Value::Object(members) => members.values_mut().for_each(tidy),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(p)?;
    tidy(&mut value);
    Ok(serde_json::from_value(value)?)
}

/// Reads a catalogue file. Words and figures are not judged here: see [`problems`].
///
/// # Errors
/// When it is not JSON of this form: a missing, unknown or ill-typed member, or no such date.
pub fn parse(json: &str) -> Result<CatalogueFile, CatalogueError> {
    Ok(serde_json::from_str(json)?)
}

/// The national list that every installation starts from, in the order of DOMAIN §5.
///
/// # Errors
/// When an embedded file is broken, which a test excludes.
pub fn national() -> Result<CatalogueFile, CatalogueError> {
    let files = NATIONAL
        .into_iter()
        .map(parse)
        .collect::<Result<Vec<_>, _>>()?;
    let notes: Vec<&str> = files.iter().map(|f| f.source_note.as_str()).collect();
    Ok(CatalogueFile {
        source_note: notes.join("\n"),
        as_of: files.iter().map(|f| f.as_of).min().unwrap_or_default(),
        procedures: files.into_iter().flat_map(|f| f.procedures).collect(),
    })
}

#[cfg(test)]
mod file_tests;
#[cfg(test)]
mod tests;

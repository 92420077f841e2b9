//! What a case costs, and why.

pub mod account;
pub mod bank;
pub mod cash;
pub mod closing;
mod closing_book;
pub mod dossier;
pub(crate) mod paper;
pub mod placement;
pub mod receipt;
pub mod receipt_series;
pub mod refund;
pub mod request;
pub mod sheet;
pub mod statement;
pub mod treasury;
pub mod unknown;

use actix_web::{HttpResponse, post, web};
use chrono::NaiveDate;
use motcua_domain::amount::in_words;
use motcua_domain::catalogue::Size;
use motcua_domain::dossier::Channel;
use motcua_domain::fee::{Assessment, Claim, Line, MoneyKind, Stated, Waiver};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_services::fee as service;
use motcua_services::fee::assessment::FeeCase;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::certification::one;
use crate::manners::{Json, Lang, Problem};
use crate::state::AppState;
use crate::words;

/// A ground for paying less that is claimed, with what shows it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExemptionClaimIn {
    /// The ground's id in the fee lines of the procedure.
    #[schema(max_length = 100, example = "nguoi_co_cong_ho_ngheo_khuyet_tat")]
    pub exemption_id: String,
    /// The paper seen, or the data looked up.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Giấy chứng nhận hộ nghèo số 12/GCN"
    )]
    pub evidence: String,
}

/// The amount of a line that the catalogue does not know.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedAmountIn {
    /// The line's id in the procedure.
    #[schema(max_length = 100, example = "le_phi")]
    pub line_id: String,
    /// Đồng.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64, example = 8000)]
    pub amount_vnd: i64,
    /// Where it is from: a resolution of the provincial council, a notice.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Nghị quyết 15/2025/NQ-HĐND, Điều 3"
    )]
    pub source: String,
}

/// The size of a case, and what is claimed for it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeeCaseIn {
    /// Pages of the original.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100_000, default = 1, example = 5)]
    pub pages: u32,
    /// Copies.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100_000, default = 1, example = 3)]
    pub copies: u32,
    /// Events or things that are declared.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100_000, default = 1, example = 1)]
    pub events: u32,
    /// The value declared, in đồng, where a line is a share of it.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub value_vnd: Option<i64>,
    /// Lines with a condition that holds here.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub chosen: Vec<String>,
    /// Amounts the catalogue does not know.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub stated: Vec<StatedAmountIn>,
    /// Grounds for paying less.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub claims: Vec<ExemptionClaimIn>,
}

impl Default for FeeCaseIn {
    fn default() -> Self {
        Self {
            pages: 1,
            copies: 1,
            events: 1,
            value_vnd: None,
            chosen: Vec::new(),
            stated: Vec::new(),
            claims: Vec::new(),
        }
    }
}

impl FeeCaseIn {
    /// What is said of the fees.
    pub(crate) fn into_case(self) -> FeeCase {
        FeeCase {
            size: Size {
                pages: self.pages,
                copies: self.copies,
                events: self.events,
                value_vnd: self.value_vnd,
            },
            chosen: self.chosen,
            stated: self
                .stated
                .into_iter()
                .map(|s| Stated {
                    line_id: s.line_id,
                    amount_vnd: s.amount_vnd,
                    source: s.source,
                })
                .collect(),
            claims: self
                .claims
                .into_iter()
                .map(|c| Claim {
                    exemption_id: c.exemption_id,
                    evidence: c.evidence,
                })
                .collect(),
        }
    }
}

/// A case whose fees are to be worked out.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FeesIn {
    /// The procedure.
    #[schema(example = "2.000815")]
    pub procedure_code: String,
    /// How it is filed.
    #[serde(default = "counter")]
    #[schema(value_type = words::Channel, default = "counter")]
    pub channel: Channel,
    /// The day of reception, whose law holds; today when absent.
    #[schema(example = "2026-03-02")]
    pub on: Option<NaiveDate>,
    /// Its size, and what is claimed for it.
    #[serde(default)]
    pub case: FeeCaseIn,
}

const fn counter() -> Channel {
    Channel::Counter
}

/// The ground that lowers a line.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaiverView {
    /// Its id in the fee line.
    pub exemption_id: String,
    /// Who has it, word for word.
    pub text: String,
    /// How much is waived: 100 is all of it.
    #[schema(minimum = 1, maximum = 100, example = 100)]
    pub percent: u8,
    /// The instrument that grants it.
    pub legal_basis: String,
    /// What shows it.
    pub evidence: String,
}

/// A fee line worked out.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessedLineView {
    /// Its id in the procedure.
    pub line_id: String,
    /// `phi` or `le_phi`.
    #[schema(value_type = words::MoneyKind)]
    pub kind: MoneyKind,
    /// Its name.
    pub name: String,
    /// How it is charged and who pays less, word for word: to be shown with every amount.
    pub text: String,
    /// The instrument that sets it.
    pub legal_basis: Option<String>,
    /// By when it is to be paid.
    #[schema(value_type = words::FeeDue)]
    pub due: motcua_domain::fee::FeeDue,
    /// Đồng without a ground; absent where nobody knows the amount yet.
    pub gross_vnd: Option<i64>,
    /// Đồng waived.
    pub waived_vnd: i64,
    /// Đồng to be paid; absent where nobody knows the amount yet.
    pub net_vnd: Option<i64>,
    /// The ground that lowers it, of those claimed the most favourable.
    pub waiver: Option<WaiverView>,
    /// How it was worked out, step by step.
    pub explanation: Vec<String>,
}

/// What a case costs.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessmentView {
    /// Line by line.
    pub lines: Vec<AssessedLineView>,
    /// Đồng without grounds.
    #[schema(example = 21000)]
    pub gross_vnd: i64,
    /// Đồng waived.
    #[schema(example = 0)]
    pub waived_vnd: i64,
    /// Đồng to be paid, as far as it is known.
    #[schema(example = 21000)]
    pub net_vnd: i64,
    /// Of it phí.
    #[schema(example = 21000)]
    pub phi_vnd: i64,
    /// Of it lệ phí.
    #[schema(example = 0)]
    pub le_phi_vnd: i64,
    /// What is to be paid, in words.
    #[schema(example = "hai mươi mốt nghìn đồng")]
    pub net_in_words: String,
    /// Whether every line's amount is known.
    pub complete: bool,
}

impl AssessmentView {
    /// As this reader is told.
    pub(crate) fn of(a: &Assessment, lang: Lang) -> Result<Self, Refusal> {
        Ok(Self {
            lines: a.lines.iter().map(|l| line(l, lang)).collect(),
            gross_vnd: a.gross_vnd,
            waived_vnd: a.waived_vnd,
            net_vnd: a.net_vnd,
            phi_vnd: a.of_kind(MoneyKind::Fee),
            le_phi_vnd: a.of_kind(MoneyKind::Charge),
            net_in_words: in_words(a.net_vnd)?,
            complete: a.complete,
        })
    }
}

fn line(l: &Line, lang: Lang) -> AssessedLineView {
    let waiver = |w: &Waiver| WaiverView {
        exemption_id: w.exemption_id.clone(),
        text: w.text.clone(),
        percent: w.percent,
        legal_basis: w.legal_basis.clone(),
        evidence: w.evidence.clone(),
    };
    AssessedLineView {
        line_id: l.line_id.clone(),
        kind: l.kind,
        name: l.name.clone(),
        text: l.text.clone(),
        legal_basis: l.legal_basis.clone(),
        due: l.due,
        gross_vnd: l.gross_vnd,
        waived_vnd: l.waived_vnd,
        net_vnd: l.net_vnd,
        waiver: l.waiver.as_ref().map(waiver),
        explanation: l
            .explanation
            .iter()
            .map(|t| lang.pick(t).to_owned())
            .collect(),
    }
}

/// The fees of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeesView {
    /// The procedure.
    #[schema(example = "2.000815")]
    pub procedure_code: String,
    /// Its name.
    pub procedure_name: String,
    /// Its version in force on the day.
    #[schema(example = 1)]
    pub procedure_version: i32,
    /// The day whose law holds.
    pub on: NaiveDate,
    /// What it costs.
    #[serde(flatten)]
    pub assessment: AssessmentView,
}

/// Works out what a case costs.
#[utoipa::path(
    operation_id = "assess_fees", tag = "rules", summary = "Work out the fees of a case",
    description = "Works out what a case costs by the fee lines of its procedure in force on the day, the province's where it has set them: line by line, phí and lệ phí apart, each with its text, the ground that lowers it (where several are claimed, the most favourable) and the steps of the sum. Nothing is kept.",
    request_body = FeesIn,
    responses((status = 200, description = "What it costs.", body = FeesView)),
    security(())
)]
#[post("/fees/assess")]
pub async fn assess_fees(
    state: web::Data<AppState>,
    lang: Lang,
    body: Json<FeesIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let code = body.procedure_code;
    let (channel, on, case) = (body.channel, body.on, body.case.into_case());
    let (procedure, assessment, on) = state
        .read(move |services, db| {
            let on = on.unwrap_or_else(|| local_date(services.now()));
            let case = case.filed(channel, on);
            let (procedure, done) = service::worked_out(services, db, &code, &case)?;
            Ok((procedure, done, on))
        })
        .await?;
    Ok(HttpResponse::Ok().json(FeesView {
        procedure_code: procedure.row.procedure_code.clone(),
        procedure_name: procedure.row.name.clone(),
        procedure_version: procedure.row.version,
        on,
        assessment: AssessmentView::of(&assessment, lang)?,
    }))
}

//! The mark of a result: for whoever hands it out, and for whoever wants to know whether a paper is genuine.

use std::fmt::Write as _;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_documents::Form;
use motcua_documents::marks::qr_svg;
use motcua_domain::dossier::DecisionOutcome;
use motcua_services::dossier::{self as service, CheckedResult, Standing};
use motcua_store::DossierId;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

use super::paper::{base, result_address};
use super::view::{vn, vn_opt};
use crate::auth::{ReadDossiers, Reader};
use crate::fee::paper::{file, set, unset};
use crate::manners::html::{Shown, either, html, language, page, safe, told};
use crate::manners::{Lang, Path, Problem};
use crate::state::AppState;
use crate::words;

/// The page beside the API, where short addresses fit on paper.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/kq/{mark}").route(web::get().to(show)));
}

/// What anybody may know of a result who holds it: nothing of the people in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultCheck {
    /// `valid`: it holds; `being_corrected`: it was found wrong and is being put right; `replaced`: another took its place; `taken_back`: it holds no more, and none has taken
    /// its place yet.
    #[schema(value_type = words::ResultStanding)]
    pub standing: &'static str,
    /// What was decided.
    #[schema(value_type = words::DecisionOutcome)]
    pub outcome: String,
    /// Its number.
    pub number: Option<String>,
    /// When it was signed.
    pub issued_on: Option<NaiveDate>,
    /// Who decided.
    pub authority_name: String,
    /// Through which centre it was handed out.
    pub centre_name: String,
    /// What was asked for.
    pub procedure_name: String,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// Since when it does not hold.
    pub until: Option<DateTime<FixedOffset>>,
    /// Number of the one that took its place.
    pub replaced_by_number: Option<String>,
    /// When the one that took its place was signed.
    pub replaced_by_issued_on: Option<NaiveDate>,
}

/// The mark of a result.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultMark {
    /// The address under which anybody checks the result.
    pub address: String,
    /// The same as a QR code, SVG.
    pub svg: String,
    /// What is told there.
    pub result: ResultCheck,
}

impl From<CheckedResult> for ResultCheck {
    fn from(checked: CheckedResult) -> Self {
        let (number, issued_on) = checked.replaced_by.unwrap_or_default();
        Self {
            standing: checked.standing.as_str(),
            outcome: checked.row.kind,
            number: checked.row.number,
            issued_on: checked.row.issued_on,
            authority_name: checked.authority,
            centre_name: checked.centre,
            procedure_name: checked.procedure_name,
            recorded_at: vn(checked.row.recorded_at),
            until: vn_opt(checked.until),
            replaced_by_number: number,
            replaced_by_issued_on: issued_on,
        }
    }
}

/// Whether a result is genuine.
#[utoipa::path(
    operation_id = "check_result", tag = "public", summary = "Whether a result is genuine",
    description = "Whether the result that bears this mark is genuine, whose it is, and whether it still holds. Nothing of the people in it is told. People get the same as a page under `/kq/{mark}`.",
    params(("mark" = String, Path, description = "The mark, as the code on the paper has it.", min_length = 1, max_length = 64)),
    responses(
        (status = 200, description = "It is genuine.", body = ResultCheck),
        (status = 404, description = "`result_unknown`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/public/results/{mark}")]
pub async fn check_result(
    state: web::Data<AppState>,
    mark: Path<String>,
) -> Result<HttpResponse, Problem> {
    let checked = checked(&state, mark.into_inner()).await?;
    Ok(HttpResponse::Ok().json(ResultCheck::from(checked)))
}

async fn checked(state: &AppState, mark: String) -> Result<CheckedResult, Problem> {
    state
        .read(move |services, db| service::check_result(services, db, &mark))
        .await
}

/// The mark of a dossier's result.
#[utoipa::path(
    operation_id = "get_result_mark", tag = "dossiers", summary = "Mark of a result",
    description = "The code that a result bears on paper: whoever holds it can ask whether it is genuine and still holds. A result that takes another's place has another mark.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The mark.", body = ResultMark)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/result-mark")]
pub async fn get_result_mark(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let base = base(reader.state(), &req);
    let (mark, checked) = reader
        .read(move |services, db, actor| service::marked_result(services, db, actor, &id))
        .await?;
    let address = result_address(&base, &mark);
    Ok(HttpResponse::Ok().json(ResultMark {
        svg: qr_svg(&address).map_err(Problem::internal)?,
        address,
        result: ResultCheck::from(checked),
    }))
}

/// The mark of a dossier's result as a label.
#[utoipa::path(
    operation_id = "get_result_mark_document", tag = "dossiers", summary = "Mark of a result as PDF",
    description = "The mark of a result on a label of 90 × 34 mm, to be stuck on the paper or printed on it.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The label.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/result-mark/document.pdf")]
pub async fn get_result_mark_document(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let base = base(reader.state(), &req);
    let (name, bytes) = reader
        .read_then(
            move |services, db, actor| service::marked_result(services, db, actor, &id),
            move |(mark, checked)| label(&result_address(&base, &mark), &checked),
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

fn label(address: &str, checked: &CheckedResult) -> motcua_services::Result<(String, Vec<u8>)> {
    let row = &checked.row;
    let name = format!("ma-kiem-tra-{}", row.id);
    let data = json!({
        "mark": row.number.as_deref().unwrap_or_default(),
        "authority": checked.authority,
        "number": row.number,
        "issued_on": row.issued_on.map(|d| d.format("%d/%m/%Y").to_string()),
        "check_svg": qr_svg(address).map_err(unset)?,
    });
    let bytes = set(Form::Mark, &name, &data, vn(row.recorded_at))?;
    Ok((format!("{name}.pdf"), bytes))
}

async fn show(
    state: web::Data<AppState>,
    mark: web::Path<String>,
    shown: web::Query<Shown>,
    lang: Lang,
) -> HttpResponse {
    let lang = language(&shown, lang);
    let mark = mark.into_inner();
    match checked(&state, mark.clone()).await {
        Ok(checked) => html(StatusCode::OK, lang, told_of(lang, &mark, &checked)),
        Err(problem) => {
            let title = either(
                lang,
                "Không xác nhận được kết quả",
                "This result cannot be confirmed",
            );
            let why = lang.pick(&problem.refusal().detail);
            told(problem.status(), lang, title, why)
        }
    }
}

fn line(out: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|v| !v.is_empty()) {
        let _ = write!(out, "<p><b>{}</b> {}</p>", safe(name), safe(value));
    }
}

fn date(day: Option<NaiveDate>) -> Option<String> {
    day.map(|d| d.format("%d/%m/%Y").to_string())
}

fn told_of(lang: Lang, mark: &str, checked: &CheckedResult) -> String {
    let row = &checked.row;
    let (title, says) = match checked.standing {
        Standing::Valid => (
            either(lang, "Kết quả thật, còn hiệu lực", "Genuine, and it holds"),
            either(
                lang,
                "Kết quả này do cơ quan dưới đây ban hành. Hãy so các dòng sau với tờ giấy đang cầm.",
                "This result was issued by the body below. Compare these lines with the paper in your hand.",
            ),
        ),
        Standing::BeingCorrected => (
            either(
                lang,
                "Kết quả thật, đang được đính chính",
                "Genuine, and being put right",
            ),
            either(
                lang,
                "Cơ quan ban hành đã phát hiện sai sót và đang làm lại kết quả này. Vui lòng liên hệ cơ quan trước khi sử dụng.",
                "The body that issued it found a mistake and is making it anew. Please ask it before you use this one.",
            ),
        ),
        Standing::Replaced => (
            either(lang, "Kết quả đã được thay thế", "Replaced by another"),
            either(
                lang,
                "Kết quả này không còn hiệu lực: đã có kết quả khác thay thế.",
                "This result does not hold any more: another took its place.",
            ),
        ),
        Standing::TakenBack => (
            either(lang, "Kết quả đã bị thu hồi", "Taken back"),
            either(
                lang,
                "Kết quả này không còn hiệu lực. Chưa có kết quả thay thế.",
                "This result does not hold any more. None has taken its place yet.",
            ),
        ),
    };
    let other = either(lang, "en", "vi");
    let mut body = format!(
        "<p class=\"quiet\">{} · <a href=\"/kq/{}?lang={other}\" lang=\"{other}\" hreflang=\"{other}\">{}</a></p><h1>{}</h1><p role=\"status\">{}</p>",
        safe(&checked.centre),
        safe(mark),
        either(lang, "English", "Tiếng Việt"),
        safe(title),
        safe(says),
    );
    let name = |vi, en| either(lang, vi, en);
    let refused = row.kind == DecisionOutcome::Refuse.as_str();
    let outcome = if refused {
        either(lang, "Từ chối giải quyết", "Refused")
    } else {
        either(lang, "Đồng ý giải quyết", "Granted")
    };
    line(
        &mut body,
        name("Cơ quan ban hành:", "Issued by:"),
        Some(&checked.authority),
    );
    line(
        &mut body,
        name("Thủ tục:", "Procedure:"),
        Some(&checked.procedure_name),
    );
    line(&mut body, name("Kết quả:", "Decision:"), Some(outcome));
    line(&mut body, name("Số:", "Number:"), row.number.as_deref());
    line(
        &mut body,
        name("Ngày ký:", "Signed on:"),
        date(row.issued_on).as_deref(),
    );
    let until = checked.until.map(|t| vn(t).format("%d/%m/%Y").to_string());
    line(
        &mut body,
        name("Hết hiệu lực từ ngày:", "Not valid since:"),
        until.as_deref(),
    );
    if let Some((number, day)) = &checked.replaced_by {
        line(
            &mut body,
            name("Số của kết quả thay thế:", "Number of the other:"),
            number.as_deref(),
        );
        line(
            &mut body,
            name("Ngày ký của kết quả thay thế:", "The other signed on:"),
            date(*day).as_deref(),
        );
    }
    let _ = write!(
        body,
        "<p class=\"quiet\">{}</p>",
        safe(either(
            lang,
            "Trang này không hiện thông tin cá nhân. Nếu các dòng trên khác với tờ giấy, hãy báo cho cơ quan ban hành.",
            "This page shows nothing personal. If these lines differ from the paper, tell the body that issued it.",
        ))
    );
    page(lang, title, "", &body)
}

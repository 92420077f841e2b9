//! The process history of a dossier as a document.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_documents::Form;
use motcua_documents::history::{event, part};
use motcua_domain::deadline::LateReason;
use motcua_domain::dossier::{DecisionOutcome, Desk, PaymentState, Role, State};
use motcua_domain::vn_time::{format_date, to_vn};
use motcua_services::dossier::{self as service, History, MOST_LINES};
use motcua_store::DossierId;
use motcua_store::dossier::TimelineRow;
use serde_json::{Value, json};

use super::letter::written;
use super::paper::{desk_name, head, joined, moment, place_date, promised};
use super::view::{vn, vn_opt};
use crate::auth::{ReadDossiers, Reader};
use crate::fee::paper::{file, set};
use crate::manners::{Path, Problem};

/// The process history as a document.
#[utoipa::path(
    operation_id = "get_history_document", tag = "dossiers", summary = "Process history as PDF",
    description = "Everything that was done with a dossier as it stands now, accepted or not, as PDF/A-2b on A4: when, what, who in which role, the state after it, and what was promised by it. It names officers and no citizen, and says nothing of what anybody wrote.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/history/document.pdf")]
pub async fn get_history_document(
    reader: Reader<ReadDossiers>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let (name, bytes) = reader
        .read_inspected_then(
            "history",
            move |services, db, actor| service::history(services, db, actor, &id),
            |history| {
                let (_, mark) = mark(&history)?;
                let name = format!("qua-trinh-xu-ly-{mark}");
                let bytes = set(
                    Form::History,
                    &name,
                    &filled(&history)?,
                    vn(history.at.into()),
                )?;
                Ok((format!("{name}.pdf"), bytes))
            },
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

/// By what a dossier is known, and what that is called: before acceptance it has no code.
fn mark(history: &History) -> motcua_services::Result<(&'static str, &str)> {
    match (&history.row.code, &history.row.submission_number) {
        (Some(code), _) => Ok(("Mã hồ sơ:", code.as_str())),
        (None, Some(number)) => Ok(("Số đăng ký hồ sơ:", number.as_str())),
        (None, None) => Err(motcua_services::Error::Internal(
            "a dossier without a code or a number".into(),
        )),
    }
}

/// A moment where there is little room.
fn short(at: DateTime<FixedOffset>) -> String {
    at.format("%H:%M, ngày %d/%m/%Y").to_string()
}

/// A moment as the timeline keeps it.
fn kept_moment(value: &Value) -> Option<String> {
    let at = DateTime::parse_from_rfc3339(value.as_str()?).ok()?;
    Some(short(to_vn(at.to_utc())))
}

/// A day as the timeline keeps it.
fn kept_day(value: &Value) -> Option<String> {
    let day: NaiveDate = value.as_str()?.parse().ok()?;
    Some(format_date(day))
}

/// A moment that came to be, or that moved.
fn moved(what: &str, value: &Value) -> Option<String> {
    match (kept_moment(value), kept_moment(&value["to"])) {
        (Some(at), _) => Some(format!("{what}: {at}")),
        (None, Some(to)) => Some(match kept_moment(&value["from"]) {
            Some(from) => format!("{what}: {to} (trước đó: {from})"),
            None => format!("{what}: {to}"),
        }),
        (None, None) => None,
    }
}

/// What somebody is to whom a line names.
const fn role_name(role: Role) -> Option<&'static str> {
    match role {
        Role::Reception => Some("Cán bộ tiếp nhận"),
        Role::Handler => Some("Công chức thụ lý"),
        Role::Leader => Some("Lãnh đạo phê duyệt"),
        Role::Cashier => Some("Thu ngân"),
        Role::ResultsDesk => Some("Cán bộ trả kết quả"),
        Role::Director => Some("Giám đốc trung tâm"),
        Role::Inspector => Some("Thanh tra, kiểm tra"),
        Role::Admin => Some("Quản trị hệ thống"),
        // Nobody's account: its line says all there is to say.
        Role::System | Role::Citizen => None,
    }
}

/// Why something is late, as a letter of apology says it.
const fn late_reason(reason: LateReason) -> &'static str {
    match reason {
        LateReason::LackOfStaff => "Thiếu nhân lực",
        LateReason::OtherAgency => "Cơ quan phối hợp chậm trả lời",
        LateReason::DataFault => "Lỗi dữ liệu, đồng bộ",
        LateReason::ApplicantAbsent => "Người nộp hồ sơ vắng mặt",
        LateReason::SystemDown => "Hệ thống gián đoạn",
    }
}

/// What a leader decided.
const fn decision(outcome: DecisionOutcome) -> &'static str {
    match outcome {
        DecisionOutcome::Grant => "Đồng ý giải quyết",
        DecisionOutcome::Refuse => "Từ chối giải quyết",
    }
}

/// What a line says was done.
fn done(line: &TimelineRow, detail: &Value) -> &'static str {
    let kind = match (line.kind.as_str(), detail["method"].as_str()) {
        ("fees_paid", Some("online")) => "fees_paid_online",
        (kind, _) => kind,
    };
    // A kind of an edition that is no more is told by the state it led to, as on the page.
    event(kind).unwrap_or_else(|| state_name(&line.to_state))
}

fn state_name(state: &str) -> &'static str {
    State::parse(state).map_or("", State::label_vi)
}

/// The desks of a hand-over. In a transfer `to` is what somebody wrote.
fn desks(line: &TimelineRow, detail: &Value, authority: &str) -> Option<String> {
    if line.kind != "handed_over" {
        return None;
    }
    let desk = |name: &str| Desk::parse(detail[name].as_str()?).map(|d| desk_name(d, authority));
    Some(format!("Từ: {}. Đến: {}", desk("from")?, desk("to")?))
}

/// The numbered paper that was issued with a step.
fn paper(letter: &Value) -> Option<String> {
    let (form, number) = (letter["form"].as_str()?, letter["number"].as_i64()?);
    Some(format!("Lập mẫu {form}, số {}", written(form, number)))
}

/// The step of the internal workflow that began, as the catalogue names it.
fn step(step: &Value) -> Option<String> {
    let (name, due) = (step["name"].as_str()?, kept_moment(&step["due_at"])?);
    Some(format!("Bước của quy trình: {name}, phải xong trước {due}"))
}

/// Of the details of a line, dates, fixed words and officers' names. Reasons, notes, questions, replies, what is to
/// be added and whom it goes to were written by people and may name anybody, so none of them is printed; nor are
/// amounts, references and numbers of receipts, which stand on papers of their own.
fn remarks(line: &TimelineRow, detail: &Value, authority: &str) -> Vec<String> {
    let text = |name: &str| detail[name].as_str();
    let late = text("reason_code").and_then(LateReason::parse);
    let changed = detail["changed"].as_array().map(|parts| {
        let parts = parts.iter().filter_map(|p| part(p.as_str()?));
        parts.collect::<Vec<_>>().join(", ")
    });
    let settled = match text("settlement").and_then(PaymentState::parse) {
        Some(PaymentState::Paid) => Some("Đã nộp".to_owned()),
        Some(PaymentState::Exempt) => Some("Được miễn".to_owned()),
        _ => None,
    };
    [
        desks(line, detail, authority),
        text("outcome")
            .and_then(DecisionOutcome::parse)
            .map(|o| decision(o).to_owned()),
        settled,
        text("step")
            .and_then(event)
            .map(|what| format!("Bước được hoàn tác: {what}")),
        detail["taken_over_from"]["full_name"]
            .as_str()
            .map(|name| format!("Tiếp quản từ {name}")),
        changed
            .filter(|parts| !parts.is_empty())
            .map(|parts| format!("Đã sửa: {parts}")),
        late.map(|reason| late_reason(reason).to_owned()),
        kept_day(&detail["new_due_on"]).map(|day| format!("Đề nghị hẹn lại ngày {day}")),
        moved("Hẹn trả", &detail["due_at"]),
        moved("Trả lời trước", &detail["intake_reply_due_at"]),
        moved("Bàn giao trước", &detail["handover_due_at"]),
        kept_day(&detail["reply_due_on"]).map(|day| format!("Chờ trả lời đến ngày {day}")),
        step(&detail["step"]),
        paper(&detail["letter"]),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn entry(line: &TimelineRow, authority: &str) -> Value {
    let detail: Value = serde_json::from_str(&line.detail).unwrap_or_default();
    let role = line.actor_role.as_deref().and_then(Role::parse);
    json!({
        "at": short(vn(line.at)),
        "what": done(line, &detail),
        "who": line.actor_name,
        "role": role.and_then(role_name),
        "acting_for": detail["acting_for"]["full_name"].as_str(),
        "state": state_name(&line.to_state),
        "remarks": remarks(line, &detail, authority),
    })
}

fn filled(history: &History) -> motcua_services::Result<Value> {
    let row = &history.row;
    let at = vn(history.at.into());
    let head = head(
        (Some(&history.province), &history.centre),
        None,
        &place_date(&history.commune, at),
        mark(history)?,
    )?;
    let received = row.accepted_at.or(row.submitted_at);
    // Before acceptance nothing is promised, and none will be where it was refused.
    let due = row
        .accepted_at
        .is_some()
        .then(|| promised(vn_opt(row.due_at)));
    let entries: Vec<Value> = history
        .lines
        .iter()
        .map(|line| entry(line, &history.authority))
        .collect();
    Ok(joined(
        head,
        json!({
            "procedure_name": row.procedure_name,
            "authority_name": history.authority,
            "received": moment(vn(received.unwrap_or(row.received_at))),
            "due": due,
            "state": state_name(&row.state),
            "printed": moment(at),
            "entries": entries,
            "more": history.more.then_some(MOST_LINES),
        }),
    ))
}

//! How the papers of a dossier are written: moments, places, heads and the marks that machines read.

use actix_web::HttpRequest;
use chrono::{DateTime, FixedOffset};
use motcua_documents::marks::{code128_svg, qr_svg};
use motcua_documents::words::place;
use motcua_domain::dossier::Desk;
use serde_json::{Value, json};

use crate::fee::paper::unset;
use crate::state::AppState;

/// A moment as forms write it.
pub(super) fn moment(at: DateTime<FixedOffset>) -> String {
    at.format("%H giờ %M phút, ngày %d tháng %m năm %Y")
        .to_string()
}

/// A day as forms write it.
pub(super) fn day(at: DateTime<FixedOffset>) -> String {
    at.format("%d tháng %m năm %Y").to_string()
}

/// A promised moment, or that none is promised.
pub(super) fn promised(at: Option<DateTime<FixedOffset>>) -> String {
    at.map_or_else(|| "không hẹn ngày".to_owned(), moment)
}

/// Where and when a paper is issued.
pub(crate) fn place_date(commune: &str, at: DateTime<FixedOffset>) -> String {
    format!("{}, ngày {}", place(commune), day(at))
}

/// How a desk is written, with whose it is.
pub(super) fn desk_name(desk: Desk, authority: &str) -> String {
    match desk {
        Desk::Reception => "Bộ phận tiếp nhận".to_owned(),
        Desk::Handler => format!("Công chức thụ lý, {authority}"),
        Desk::Leader => format!("Lãnh đạo {authority}"),
        Desk::ResultsDesk => "Bộ phận trả kết quả".to_owned(),
        Desk::Citizen => "Người dân".to_owned(),
        Desk::Archive => "Lưu trữ".to_owned(),
    }
}

/// The head of a paper: whose it is, its number, place and date, and the dossier's code for people and machines.
///
/// # Errors
/// When the code cannot be drawn.
pub(super) fn head(
    (above, body): (Option<&str>, &str),
    number: Option<&str>,
    place_date: &str,
    (mark_name, mark): (&str, &str),
) -> motcua_services::Result<Value> {
    Ok(json!({
        "above": above.map(str::to_uppercase),
        "body": body.to_uppercase(),
        "number": number,
        "place_date": place_date,
        "mark_name": mark_name,
        "mark": mark,
        "qr_svg": qr_svg(mark).map_err(unset)?,
        "bar_svg": code128_svg(mark).map_err(unset)?,
    }))
}

/// Under which address people reach this server: what it was told, else what the caller asked for.
pub(super) fn base(state: &AppState, req: &HttpRequest) -> String {
    if let Some(told) = &state.public_url {
        return told.to_string();
    }
    let asked = req.connection_info();
    format!("{}://{}", asked.scheme(), asked.host())
}

/// Where whoever holds a paper may say how they were served.
pub(super) fn survey_address(base: &str, token: Option<&str>) -> Option<String> {
    token.map(|token| format!("{base}/s/{token}"))
}

/// Where whoever holds a result may ask whether it is genuine.
pub(super) fn result_address(base: &str, mark: &str) -> String {
    format!("{base}/kq/{mark}")
}

/// The same as a code for telephones.
///
/// # Errors
/// When the code cannot be drawn.
pub(super) fn survey_mark(address: Option<&str>) -> motcua_services::Result<Value> {
    let svg = address.map(qr_svg).transpose().map_err(unset)?;
    Ok(json!({ "survey_svg": svg, "survey_address": address }))
}

/// Two sets of what a form is filled in with, as one.
pub(super) fn joined(mut one: Value, other: Value) -> Value {
    if let (Value::Object(one), Value::Object(other)) = (&mut one, other) {
        one.extend(other);
    }
    one
}

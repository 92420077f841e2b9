//! Form 06, the control slip: as data, and as a document.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_documents::Form;
use motcua_domain::deadline::Timing;
use motcua_domain::dossier::Desk;
use motcua_services::dossier::{self as service, Control, Hop, INSTRUMENT};
use motcua_services::reference::Names;
use motcua_store::DossierId;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::paper::{desk_name, head, joined, moment, place_date, promised};
use super::view::{PersonRef, vn, vn_opt};
use crate::auth::{ReadDossiers, Reader};
use crate::fee::paper::{file, set};
use crate::manners::{Path, Problem};
use crate::words;

/// A time a dossier went from one desk to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct ControlHop {
    /// From which desk.
    #[schema(value_type = words::Desk)]
    pub from_desk: String,
    /// To which desk.
    #[schema(value_type = words::Desk)]
    pub to_desk: String,
    /// Who gave it.
    pub given_by: PersonRef,
    /// When.
    pub given_at: DateTime<FixedOffset>,
    /// Who took it, or sent it back; none while it is on its way.
    pub taken_by: Option<PersonRef>,
    /// When.
    pub taken_at: Option<DateTime<FixedOffset>>,
    /// False when it was not accepted.
    pub accepted: Option<bool>,
    /// By when the giver's part was to be done, where the procedure says so.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Whether it was done in time.
    #[schema(value_type = Option<words::Timing>)]
    pub timing: Option<Timing>,
    /// Pages handed over.
    pub pages: Option<i32>,
    /// A remark, or why it was not accepted.
    pub note: Option<String>,
}

/// Form 06: every time a dossier went from one desk to another.
#[derive(Debug, Serialize, ToSchema)]
pub struct ControlSlip {
    /// Always `06`.
    pub form: String,
    /// The instrument that prescribes it.
    pub instrument: String,
    /// Dossier code.
    pub code: String,
    /// What is asked for.
    pub procedure_name: String,
    /// The body that handles it.
    pub authority: String,
    /// Bodies whose opinion was asked.
    #[schema(max_items = 200)]
    pub consulted: Vec<String>,
    /// When it was received.
    pub received_at: DateTime<FixedOffset>,
    /// What is promised.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// The hops, in order.
    #[schema(max_items = 200)]
    pub hops: Vec<ControlHop>,
}

fn hop(hop: &Hop, names: &Names) -> ControlHop {
    let row = &hop.row;
    ControlHop {
        from_desk: row.from_desk.clone(),
        to_desk: row.to_desk.clone(),
        given_by: PersonRef::of(&row.given_by, names),
        given_at: vn(row.given_at),
        taken_by: row.closed_by.as_ref().map(|id| PersonRef::of(id, names)),
        taken_at: vn_opt(row.closed_at),
        accepted: row.accepted,
        due_at: vn_opt(hop.due_at.map(Into::into)),
        timing: hop.timing,
        pages: row.pages,
        note: row.closing_reason.clone().or_else(|| row.note.clone()),
    }
}

fn view(control: &Control) -> ControlSlip {
    let row = &control.row;
    ControlSlip {
        form: "06".into(),
        instrument: INSTRUMENT.into(),
        code: row.code.clone().unwrap_or_default(),
        procedure_name: row.procedure_name.clone(),
        authority: control.authority.clone(),
        consulted: control.consulted.clone(),
        received_at: vn(row.accepted_at.unwrap_or(row.received_at)),
        due_at: vn_opt(row.due_at),
        hops: control
            .hops
            .iter()
            .map(|h| hop(h, &control.names))
            .collect(),
    }
}

/// Form 06 of an accepted dossier.
#[utoipa::path(
    operation_id = "get_control_slip", tag = "dossiers", summary = "Control slip (form 06)",
    description = "Form 06 of an accepted dossier as it stands now: a row for every time it went from one desk to another, who gave it, who took it, and whether the giver's part was done in time. It names officers and no citizen.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The slip.", body = ControlSlip)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/control-slip")]
pub async fn get_control_slip(
    reader: Reader<ReadDossiers>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let control = reader
        .read_inspected("control_slip", move |services, db, actor| {
            service::control_slip(services, db, actor, &id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view(&control)))
}

/// Form 06 as a document.
#[utoipa::path(
    operation_id = "get_control_slip_document", tag = "dossiers", summary = "Control slip (form 06) as PDF",
    description = "Form 06 of an accepted dossier as it stands now, as PDF/A-2b on A5, with room for both signatures on every row.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/control-slip/document.pdf")]
pub async fn get_control_slip_document(
    reader: Reader<ReadDossiers>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let (name, bytes) = reader
        .read_inspected_then(
            "control_slip",
            move |services, db, actor| service::control_slip(services, db, actor, &id),
            |control| {
                let slip = view(&control);
                let name = format!("phieu-kiem-soat-{}", slip.code);
                let bytes = set(
                    Form::Control,
                    &name,
                    &filled(&control, &slip)?,
                    vn(control.at.into()),
                )?;
                Ok((format!("{name}.pdf"), bytes))
            },
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

fn desk(word: &str, control: &Control) -> String {
    Desk::parse(word).map_or_else(String::new, |desk| desk_name(desk, &control.authority))
}

const fn result(timing: Option<Timing>) -> &'static str {
    match timing {
        Some(Timing::Early) => "Trước hạn",
        Some(Timing::OnTime) => "Đúng hạn",
        Some(Timing::Overdue) => "Quá hạn",
        Some(Timing::WithinTime | Timing::Paused) | None => "",
    }
}

fn filled(control: &Control, slip: &ControlSlip) -> motcua_services::Result<Value> {
    let head = head(
        (Some(&control.province), &control.centre),
        None,
        &place_date(&control.commune, vn(control.at.into())),
        ("Mã hồ sơ:", &slip.code),
    )?;
    let hops: Vec<Value> = slip
        .hops
        .iter()
        .map(|h| {
            let refused = h.accepted == Some(false);
            let pages = h.pages.map(|n| format!("{n} tờ"));
            let sent_back = refused.then(|| "Không nhận".to_owned());
            let note: Vec<String> = [pages, sent_back, h.note.clone()]
                .into_iter()
                .flatten()
                .collect();
            json!({
                "from": desk(&h.from_desk, control),
                "to": desk(&h.to_desk, control),
                "giver": h.given_by.full_name,
                "taker": h.taken_by.as_ref().map(|p| &p.full_name),
                "given": moment(h.given_at),
                "taken": h.taken_at.map(moment),
                "result": result(h.timing),
                "note": note.join(". "),
            })
        })
        .collect();
    Ok(joined(
        head,
        json!({
            "authority_name": slip.authority,
            "consulted": slip.consulted.join("; "),
            "procedure_name": slip.procedure_name,
            "received": moment(slip.received_at),
            "due": promised(slip.due_at),
            "hops": hops,
        }),
    ))
}

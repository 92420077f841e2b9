//! The sheet that two desks sign when dossiers go from one to the other.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_documents::book::{Book, Cell, Table, page, shared};
use motcua_domain::dossier::Desk;
use motcua_services::dossier::{self as service, HandoverSheet};
use motcua_store::AuthorityId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::paper::desk_name;
use super::view::{PersonRef, vn, vn_opt};
use crate::auth::{ReadDossiers, Reader};
use crate::fee::paper::{file, unset};
use crate::manners::{Problem, Query};
use crate::words;

/// A dossier that was given to the desk.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverSheetItem {
    /// Id of the dossier.
    pub dossier_id: String,
    /// Dossier code.
    pub code: Option<String>,
    /// What is asked for.
    pub procedure_name: String,
    /// Whose it is.
    pub owner_name: String,
    /// Pages handed over.
    pub pages: Option<i32>,
    /// When it was given.
    pub given_at: DateTime<FixedOffset>,
    /// Who took it, or sent it back; none while it is on its way.
    pub taken_by: Option<PersonRef>,
    /// When.
    pub taken_at: Option<DateTime<FixedOffset>>,
    /// False when it was not accepted.
    pub accepted: Option<bool>,
    /// Promised.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// A remark, or why it was not accepted.
    pub note: Option<String>,
}

/// What the caller gave to a desk on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverSheetView {
    /// The authority whose dossiers they are.
    pub authority: String,
    /// The dossiers, in the order in which they were given.
    #[schema(max_items = 500)]
    pub items: Vec<HandoverSheetItem>,
}

impl From<&HandoverSheet> for HandoverSheetView {
    fn from(sheet: &HandoverSheet) -> Self {
        Self {
            authority: sheet.authority.clone(),
            items: sheet
                .given
                .iter()
                .map(|(h, d)| HandoverSheetItem {
                    dossier_id: d.id.to_string(),
                    code: d.code.clone(),
                    procedure_name: d.procedure_name.clone(),
                    owner_name: d.owner_name.clone(),
                    pages: h.pages,
                    given_at: vn(h.given_at),
                    taken_by: h
                        .closed_by
                        .as_ref()
                        .map(|id| PersonRef::of(id, &sheet.names)),
                    taken_at: vn_opt(h.closed_at),
                    accepted: h.accepted,
                    due_at: vn_opt(d.due_at),
                    note: h.closing_reason.clone().or_else(|| h.note.clone()),
                })
                .collect(),
        }
    }
}

/// Which sheet of the caller's.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct HandoverSheetQuery {
    /// The day, in Vietnam.
    pub day: NaiveDate,
    /// To which desk.
    #[param(value_type = words::Desk)]
    pub to_desk: Desk,
    /// The authority whose dossiers they are.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
}

/// What the caller gave to a desk on a day.
#[utoipa::path(
    operation_id = "get_handover_sheet", tag = "dossiers", summary = "Sheet of dossiers handed over",
    description = "The dossiers of an authority that the caller gave to a desk on a day, in the order in which they were given, and who took them.",
    params(HandoverSheetQuery),
    responses((status = 200, description = "The sheet.", body = HandoverSheetView)),
    security(("bearer" = []))
)]
#[get("/handover-sheet")]
pub async fn get_handover_sheet(
    reader: Reader<ReadDossiers>,
    query: Query<HandoverSheetQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let sheet = reader
        .read(move |services, db, actor| {
            service::handover_sheet(services, db, actor, q.day, q.to_desk, &q.authority_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(HandoverSheetView::from(&sheet)))
}

fn written(at: Option<DateTime<FixedOffset>>) -> Cell {
    at.map_or(Cell::Empty, |t| {
        t.format("%H:%M %d/%m/%Y").to_string().into()
    })
}

fn book(sheet: &HandoverSheet, q: &HandoverSheetQuery, giver: &str) -> Book {
    let view = HandoverSheetView::from(sheet);
    Book {
        body: sheet.centre.clone().unwrap_or_default().to_uppercase(),
        title: "PHIẾU BÀN GIAO HỒ SƠ",
        lines: vec![
            format!(
                "Ngày {}. Bên nhận: {}",
                q.day.format("%d/%m/%Y"),
                desk_name(q.to_desk, &sheet.authority)
            ),
            format!("Bên giao: {giver}. Tổng số hồ sơ: {}", view.items.len()),
        ],
        tables: vec![Table {
            caption: "Hồ sơ bàn giao",
            columns: vec![
                shared("TT", 3),
                shared("Mã hồ sơ", 14),
                shared("Nội dung", 18),
                shared("Chủ hồ sơ", 14),
                shared("Số tờ", 4),
                shared("Giao lúc", 9),
                shared("Hẹn trả", 9),
                shared("Nhận lúc", 9),
                shared("Người nhận", 12),
                shared("Ghi chú", 12),
            ],
            rows: (1..)
                .zip(view.items)
                .map(|(nth, item): (i64, _)| {
                    let sent_back = (item.accepted == Some(false)).then(|| "Không nhận".to_owned());
                    let note: Vec<String> = [sent_back, item.note].into_iter().flatten().collect();
                    vec![
                        nth.to_string().into(),
                        item.code.unwrap_or_default().into(),
                        item.procedure_name.into(),
                        item.owner_name.into(),
                        item.pages.map_or(Cell::Empty, |n| n.to_string().into()),
                        written(Some(item.given_at)),
                        written(item.due_at),
                        written(item.taken_at),
                        item.taken_by.map_or(Cell::Empty, |p| p.full_name.into()),
                        note.join(". ").into(),
                    ]
                })
                .collect(),
            total: None,
        }],
        remarks: vec!["Phiếu lập thành hai bản, mỗi bên giữ một bản.".to_owned()],
        signers: vec![("Bên giao", Some(giver.to_owned())), ("Bên nhận", None)],
    }
}

/// The sheet as a document.
#[utoipa::path(
    operation_id = "get_handover_sheet_document", tag = "dossiers", summary = "Sheet of dossiers handed over as PDF",
    description = "The dossiers of an authority that the caller gave to a desk on a day as PDF/A-2b on A4, for both sides to sign.",
    params(HandoverSheetQuery),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/handover-sheet/document.pdf")]
pub async fn get_handover_sheet_document(
    reader: Reader<ReadDossiers>,
    query: Query<HandoverSheetQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    let asked = q.clone();
    let name = format!("ban-giao-ho-so-{}-{}.pdf", q.day, q.to_desk.as_str());
    let bytes = reader
        .read_then(
            move |services, db, actor| {
                let sheet = service::handover_sheet(
                    services,
                    db,
                    actor,
                    q.day,
                    q.to_desk,
                    &q.authority_id,
                )?;
                Ok((sheet, actor.full_name.clone(), vn(services.now().into())))
            },
            move |(sheet, giver, at)| {
                let id = format!("{}-{}-{giver}", asked.authority_id, asked.day);
                page(&book(&sheet, &asked, &giver), &id, at).map_err(unset)
            },
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

//! Form 07, the yearly register of dossiers: page by page on screen, and taken out as a document or a workbook.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_documents::book::{Book, Cell, Table, page, shared, workbook};
use motcua_domain::dossier::DeliveryMethod;
use motcua_domain::text::mask_phone;
use motcua_services::dossier::{self as service, Entry, Register, RegisterLine};
use motcua_store::AuthorityId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{vn, vn_opt};
use crate::auth::{ReadRegisters, Reader};
use crate::fee::paper::{Setting, XLSX, file, unset};
use crate::manners::{Page, Paging, Problem, Query, in_range, linked};
use crate::words;

/// A dossier in the register.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterEntryView {
    /// Id of the dossier.
    pub dossier_id: String,
    /// Dossier code.
    pub code: Option<String>,
    /// What is asked for.
    pub procedure_name: String,
    /// Sets of papers.
    pub copies_count: i32,
    /// Who brought it.
    pub filer_name: String,
    /// Whose it is, when another.
    pub owner_name: Option<String>,
    /// Telephone, masked.
    pub phone: Option<String>,
    /// Received.
    pub received_at: DateTime<FixedOffset>,
    /// Promised first.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Handed back.
    pub returned_at: Option<DateTime<FixedOffset>>,
    /// How the result is collected.
    #[schema(value_type = words::DeliveryMethod)]
    pub delivery_method: String,
    /// Who took it away.
    pub collector_name: Option<String>,
    /// What state it is in.
    #[schema(value_type = words::State)]
    pub state: String,
}

/// A number of the register: a slip, and the dossiers on it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegisterLineView {
    /// Number, from 1 each year.
    #[schema(minimum = 1, example = 12)]
    pub number: i64,
    /// When the slip was issued.
    pub issued_at: DateTime<FixedOffset>,
    /// The number it stands instead of, when it was issued anew.
    pub instead_of: Option<i64>,
    /// The dossiers on it.
    #[schema(max_items = 20)]
    pub dossiers: Vec<RegisterEntryView>,
}

impl From<Entry> for RegisterEntryView {
    fn from(entry: Entry) -> Self {
        let Entry {
            row,
            filer,
            hand_back,
        } = entry;
        let phone = filer.as_ref().map_or(&row.owner_phone, |f| &f.phone);
        let phone = phone.as_deref().map(mask_phone);
        let (filer_name, owner_name) = match filer {
            Some(f) => (f.full_name, Some(row.owner_name)),
            None => (row.owner_name, None),
        };
        Self {
            dossier_id: row.id.to_string(),
            code: row.code,
            procedure_name: row.procedure_name,
            copies_count: row.copies_count,
            filer_name,
            owner_name,
            phone,
            received_at: vn(row.accepted_at.unwrap_or(row.received_at)),
            due_at: vn_opt(row.due_at_original),
            returned_at: vn_opt(row.returned_at),
            delivery_method: row.delivery_method,
            collector_name: hand_back.map(|h| h.collector_name),
            state: row.state,
        }
    }
}

impl From<RegisterLine> for RegisterLineView {
    fn from(line: RegisterLine) -> Self {
        Self {
            number: line.letter.number,
            issued_at: vn(line.letter.issued_at),
            instead_of: line.instead_of,
            dossiers: line
                .entries
                .into_iter()
                .map(RegisterEntryView::from)
                .collect(),
        }
    }
}

/// Which register.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RegisterQuery {
    /// The authority whose register it is.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// Year.
    #[param(minimum = 2000, maximum = 9999)]
    pub year: u16,
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// Where to go on.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// A page of the register of dossiers.
#[utoipa::path(
    operation_id = "list_dossier_register", tag = "dossiers", summary = "Read the register of dossiers (form 07)",
    description = "A page of the register (form 07) of an authority and a year, the greatest number first: a number for each slip that was issued, with the dossiers on it; telephones masked.",
    params(RegisterQuery),
    responses((status = 200, description = "A page of the register.", body = Page<RegisterLineView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/dossier-register")]
pub async fn list_dossier_register(
    reader: Reader<ReadRegisters>,
    req: HttpRequest,
    query: Query<RegisterQuery>,
) -> Result<HttpResponse, Problem> {
    let q = query.into_inner();
    in_range("year", q.year, 2000, 9999)?;
    let filter = (&q.authority_id, q.year);
    let paging: Paging<i64> = Paging::read(q.limit, q.cursor.as_deref(), "-number", &filter)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.edge.map(|number| (number, paging.backwards));
            let book = (&q.authority_id, i32::from(q.year));
            let lines = service::register(db, actor, book, edge, paging.fetch())?;
            Ok(paging.page(lines, |l| l.letter.number, RegisterLineView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Which numbers of which register.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct RegisterNumbers {
    /// The authority whose register it is.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// Year.
    #[param(minimum = 2000, maximum = 9999)]
    pub year: u16,
    /// First number.
    #[param(minimum = 1, default = 1)]
    pub from: Option<u32>,
    /// Last number, at most 1,000 with the first; as many when absent.
    #[param(minimum = 1)]
    pub to: Option<u32>,
}

fn written(at: Option<DateTime<FixedOffset>>) -> Cell {
    at.map_or(Cell::Empty, |t| {
        t.format("%H:%M %d/%m/%Y").to_string().into()
    })
}

fn row(register: &Register, line: &RegisterLine, entry: &Entry) -> Vec<Cell> {
    let d = &entry.row;
    let filer = entry.filer.as_ref();
    let name = match filer {
        Some(f) => format!("{} (chủ hồ sơ: {})", f.full_name, d.owner_name),
        None => d.owner_name.clone(),
    };
    let address = filer.map_or(&d.owner_address, |f| &f.address).clone();
    let phone = filer.map_or(&d.owner_phone, |f| &f.phone).as_deref();
    let phone = phone.map(|p| {
        if register.whole {
            p.to_owned()
        } else {
            mask_phone(p)
        }
    });
    let address = address.filter(|_| register.whole);
    let reach: Vec<String> = [address, phone].into_iter().flatten().collect();
    let how = match DeliveryMethod::parse(&d.delivery_method) {
        Some(DeliveryMethod::Post) => "Bưu chính công ích",
        Some(DeliveryMethod::Home) => "Tại nhà",
        Some(DeliveryMethod::Electronic) => "Bản điện tử",
        Some(DeliveryMethod::Counter) | None => "Tại quầy",
    };
    let note = line
        .instead_of
        .map_or_else(String::new, |n| format!("Cấp lại, thay số {n}"));
    vec![
        line.letter.number.to_string().into(),
        d.code.clone().unwrap_or_default().into(),
        d.procedure_name.clone().into(),
        d.copies_count.to_string().into(),
        name.into(),
        reach.join("; ").into(),
        register.authority.clone().into(),
        written(Some(vn(d.accepted_at.unwrap_or(d.received_at)))),
        written(vn_opt(d.due_at_original)),
        written(vn_opt(d.returned_at)),
        how.into(),
        entry
            .hand_back
            .as_ref()
            .map_or(Cell::Empty, |h| h.collector_name.clone().into()),
        note.into(),
    ]
}

fn book(register: &Register) -> Book {
    let numbers = match (register.lines.first(), register.lines.last()) {
        (Some(first), Some(last)) => {
            format!(
                "Từ số {} đến số {}",
                first.letter.number, last.letter.number
            )
        }
        _ => "Chưa có hồ sơ".to_owned(),
    };
    Book {
        body: register.centre.to_uppercase(),
        title: "SỔ THEO DÕI HỒ SƠ",
        lines: vec![
            format!("Cơ quan giải quyết: {}", register.authority),
            format!("Quyển số {}. {numbers}", register.year),
        ],
        tables: vec![Table {
            caption: "Hồ sơ đã tiếp nhận",
            columns: vec![
                shared("STT", 4),
                shared("Mã hồ sơ", 15),
                shared("Tên thủ tục", 14),
                shared("Số bộ", 4),
                shared("Tên cá nhân, tổ chức", 11),
                shared("Địa chỉ, số điện thoại", 12),
                shared("Cơ quan chủ trì giải quyết", 9),
                shared("Nhận hồ sơ", 8),
                shared("Hẹn trả", 8),
                shared("Trả kết quả", 8),
                shared("Phương thức nhận kết quả", 8),
                shared("Ký nhận", 9),
                shared("Ghi chú", 7),
            ],
            rows: register
                .lines
                .iter()
                .flat_map(|l| l.entries.iter().map(move |e| row(register, l, e)))
                .collect(),
            total: None,
        }],
        remarks: Vec::new(),
        signers: vec![("Người lập", None), ("Người đứng đầu Trung tâm", None)],
    }
}

async fn document(
    reader: Reader<ReadRegisters>,
    q: RegisterNumbers,
    (kind, ending): (&'static str, &'static str),
    set: Setting,
) -> Result<HttpResponse, Problem> {
    in_range("year", q.year, 2000, 9999)?;
    let from = q.from.unwrap_or(1);
    in_range("from", from, 1, u32::MAX.into())?;
    in_range("to", q.to.unwrap_or(1), 1, u32::MAX.into())?;
    let name = format!("so-theo-doi-ho-so-{}-{from}{ending}", q.year);
    let id = format!("{}-{}-{from}", q.authority_id, q.year);
    let bytes = reader
        .read_recorded_then(
            move |services, db, actor| {
                let which = (&q.authority_id, i32::from(q.year));
                let register =
                    service::register_taken_out(services, db, actor, which, (from, q.to))?;
                Ok((register, vn(services.now().into())))
            },
            move |(register, at)| set(&book(&register), &id, at).map_err(unset),
        )
        .await?;
    Ok(file(kind, &name, bytes))
}

/// The register as a document.
#[utoipa::path(
    operation_id = "get_dossier_register_document", tag = "dossiers", summary = "The register (form 07) as PDF",
    description = "Numbers of the register (form 07) of an authority and a year as PDF/A-2b on A4, to be signed and bound. Addresses and telephones stand whole for whoever may read personal data. That it was taken out is recorded.",
    params(RegisterNumbers),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossier-register/document.pdf")]
pub async fn get_dossier_register_document(
    reader: Reader<ReadRegisters>,
    query: Query<RegisterNumbers>,
) -> Result<HttpResponse, Problem> {
    let kind = ("application/pdf", ".pdf");
    document(reader, query.into_inner(), kind, page).await
}

/// The register as a workbook.
#[utoipa::path(
    operation_id = "get_dossier_register_workbook", tag = "dossiers", summary = "The register (form 07) as XLSX",
    description = "Numbers of the register (form 07) of an authority and a year as a workbook, in the columns of the book. That it was taken out is recorded.",
    params(RegisterNumbers),
    responses((status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    security(("bearer" = []))
)]
#[get("/dossier-register/workbook.xlsx")]
pub async fn get_dossier_register_workbook(
    reader: Reader<ReadRegisters>,
    query: Query<RegisterNumbers>,
) -> Result<HttpResponse, Problem> {
    document(
        reader,
        query.into_inner(),
        (XLSX, ".xlsx"),
        |book, _, at| workbook(book, at),
    )
    .await
}

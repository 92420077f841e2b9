//! Form 01, the citizen's slip: as data, and as a document. Each look is recorded before it is answered.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_documents::Form;
use motcua_documents::marks;
use motcua_domain::dossier::DeliveryMethod;
use motcua_services::dossier::{self as service, INSTRUMENT, Slip, WhichSlip};
use motcua_store::DossierId;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use super::paper::{base, head, joined, moment, place_date, promised, survey_address, survey_mark};
use super::view::{ComponentView, vn};
use crate::auth::{ReadPersonalData, Reader};
use crate::fee::paper::{file, set, unset};
use crate::manners::{Path, Problem, Query};
use crate::words;

/// The head of the slip.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlipHeader {
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
    /// The centre.
    pub centre: String,
}

/// Form 01: the slip of reception and appointment.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceptionSlip {
    /// Always `01`.
    pub form: String,
    /// The instrument that prescribes it.
    pub instrument: String,
    /// Such as `17/TNHS`.
    pub number: String,
    /// When it was issued.
    pub issued_at: DateTime<FixedOffset>,
    /// The head.
    pub header: SlipHeader,
    /// Dossier code.
    pub code: String,
    /// QR code of the dossier code, SVG.
    pub qr_svg: String,
    /// Who brought it.
    pub filer_name: String,
    /// Whose it is.
    pub owner_name: String,
    /// Identity number of who brought it.
    pub identity_number: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// What is asked for.
    pub procedure_name: String,
    /// The papers.
    pub components: Vec<ComponentView>,
    /// Sets.
    pub copies_count: i32,
    /// The limit: how many.
    pub limit_amount: Option<i32>,
    /// The limit: of what.
    #[schema(value_type = Option<words::Unit>)]
    pub limit_unit: Option<String>,
    /// Whether the limit was read in the law or confirmed with a source; else it is to be checked and
    /// does not stand on the slip as law.
    pub limit_certain: bool,
    /// Received.
    pub accepted_at: DateTime<FixedOffset>,
    /// Promised; absent when the clock has not started or no date is set by law.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Where the result is collected.
    #[schema(value_type = words::DeliveryMethod)]
    pub delivery_method: String,
    /// Where it is sent to.
    pub delivery_address: Option<String>,
    /// Who received it.
    pub receiver_name: String,
    /// The register's book: the year.
    pub book: i32,
    /// Number in the book.
    pub book_no: i64,
    /// Other dossiers of the same visit on this slip.
    #[schema(max_items = 20)]
    pub others: Vec<SlipDossier>,
    /// Where whoever holds the slip may say once how they were served; none: the centre asks nothing.
    pub survey_url: Option<String>,
    /// The same as a QR code, SVG.
    pub survey_qr_svg: Option<String>,
}

/// Another dossier on the same slip.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlipDossier {
    /// Dossier code.
    pub code: Option<String>,
    /// What is asked for.
    pub procedure_name: String,
    /// The papers.
    pub components: Vec<ComponentView>,
    /// Promised.
    pub due_at: Option<DateTime<FixedOffset>>,
}

/// Which slip.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SlipQuery {
    /// Its number in the book; the newest when absent. A slip issued before a typing mistake was put
    /// right says what it said then.
    #[param(minimum = 1)]
    pub number: Option<i64>,
}

fn which(number: Option<i64>) -> WhichSlip {
    number.map_or(WhichSlip::Newest, WhichSlip::Number)
}

/// # Errors
/// When the code cannot be drawn.
fn view(slip: &Slip, base: &str) -> motcua_services::Result<ReceptionSlip> {
    let survey_url = survey_address(base, slip.survey.as_deref());
    let row = &slip.personal.row;
    let filer = slip.personal.filer.as_ref();
    let accepted = row.accepted_at.unwrap_or(row.received_at);
    let code = row.code.clone().unwrap_or_default();
    Ok(ReceptionSlip {
        survey_qr_svg: survey_url
            .as_deref()
            .map(marks::qr_svg)
            .transpose()
            .map_err(unset)?,
        survey_url,
        form: "01".into(),
        instrument: INSTRUMENT.into(),
        number: format!("{:02}/TNHS", slip.letter.number),
        issued_at: vn(slip.letter.issued_at),
        header: SlipHeader {
            province: slip.province.clone(),
            commune: slip.commune.clone(),
            centre: slip.centre.clone(),
        },
        qr_svg: marks::qr_svg(&code).map_err(unset)?,
        code,
        filer_name: filer.map_or(&row.owner_name, |f| &f.full_name).clone(),
        owner_name: row.owner_name.clone(),
        identity_number: filer
            .map_or(&row.owner_identity, |f| &f.identity_number)
            .clone(),
        // One person's lines: another's address beside this name would be nobody's.
        address: filer.map_or(&row.owner_address, |f| &f.address).clone(),
        phone: filer.map_or(&row.owner_phone, |f| &f.phone).clone(),
        email: filer.map_or(&row.owner_email, |f| &f.email).clone(),
        procedure_name: row.procedure_name.clone(),
        components: slip
            .components
            .iter()
            .cloned()
            .map(ComponentView::from)
            .collect(),
        copies_count: row.copies_count,
        limit_amount: row.limit_amount,
        limit_unit: row.limit_unit.clone(),
        limit_certain: slip.limit_certain,
        accepted_at: vn(accepted),
        due_at: row.due_at_original.map(vn),
        delivery_method: row.delivery_method.clone(),
        delivery_address: row.delivery_address.clone(),
        receiver_name: slip.receiver.clone(),
        book: slip.letter.year,
        book_no: slip.letter.number,
        others: slip
            .others
            .iter()
            .map(|(d, papers)| SlipDossier {
                code: d.code.clone(),
                procedure_name: d.procedure_name.clone(),
                components: papers.iter().cloned().map(ComponentView::from).collect(),
                due_at: d.due_at_original.map(vn),
            })
            .collect(),
    })
}

/// Form 01 of an accepted dossier, as data for the page that prints it. It shows personal data, so
/// the look is recorded.
#[utoipa::path(
    operation_id = "get_reception_slip", tag = "dossiers", summary = "Reception slip (form 01)",
    description = "Form 01 of an accepted dossier, as data for the page that prints it. It shows personal data, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid), SlipQuery),
    responses((status = 200, description = "The slip.", body = ReceptionSlip)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/reception-slip")]
pub async fn get_reception_slip(
    reader: Reader<ReadPersonalData>,
    req: HttpRequest,
    id: Path<DossierId>,
    query: Query<SlipQuery>,
) -> Result<HttpResponse, Problem> {
    let base = base(reader.state(), &req);
    let which = which(query.number);
    let slip = reader
        .read_recorded_then(
            move |services, db, actor| service::reception_slip(services, db, actor, &id, &which),
            move |slip| view(&slip, &base),
        )
        .await?;
    Ok(HttpResponse::Ok().json(slip))
}

/// Which slip, and for whom.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SlipDocumentQuery {
    /// Its number in the book; the newest when absent.
    #[param(minimum = 1)]
    pub number: Option<i64>,
    /// Whether the copy that the office keeps is there too.
    #[param(default = false)]
    pub both: Option<bool>,
}

/// Form 01 as a document.
#[utoipa::path(
    operation_id = "get_reception_slip_document", tag = "dossiers", summary = "Reception slip (form 01) as PDF",
    description = "Form 01 of an accepted dossier as PDF/A-2b on A5, to be printed, sent and kept: the copy that is given, and the one that is kept too when asked for. It shows personal data, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid), SlipDocumentQuery),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/reception-slip/document.pdf")]
pub async fn get_reception_slip_document(
    reader: Reader<ReadPersonalData>,
    req: HttpRequest,
    id: Path<DossierId>,
    query: Query<SlipDocumentQuery>,
) -> Result<HttpResponse, Problem> {
    let base = base(reader.state(), &req);
    let (which, both) = (which(query.number), query.both.unwrap_or(false));
    let (name, bytes) = reader
        .read_recorded_then(
            move |services, db, actor| service::reception_slip(services, db, actor, &id, &which),
            move |slip| document(&slip, both, &base),
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

/// Form 01 as a document, with its file's name.
///
/// # Errors
/// When it cannot be set.
pub(super) fn document(
    slip: &Slip,
    both: bool,
    base: &str,
) -> motcua_services::Result<(String, Vec<u8>)> {
    let shown = view(slip, base)?;
    let name = format!("{}-{}", shown.code, slip.letter.number);
    let bytes = set(Form::Slip, &name, &filled(&shown, both)?, shown.issued_at)?;
    Ok((format!("giay-tiep-nhan-{name}.pdf"), bytes))
}

/// Where a result is collected, or how it is sent.
fn delivery(s: &ReceptionSlip) -> String {
    let how = match DeliveryMethod::parse(&s.delivery_method) {
        Some(DeliveryMethod::Post) => "Qua bưu chính công ích",
        Some(DeliveryMethod::Home) => "Tại nhà",
        Some(DeliveryMethod::Electronic) => "Bản điện tử",
        Some(DeliveryMethod::Counter) | None => s.header.centre.as_str(),
    };
    match s.delivery_address.as_deref() {
        Some(address) if !address.is_empty() => format!("{how}, {address}"),
        _ => how.to_owned(),
    }
}

/// What the form of a slip is filled in with.
///
/// # Errors
/// When the code cannot be drawn.
fn filled(s: &ReceptionSlip, both: bool) -> motcua_services::Result<Value> {
    let count = |n: i32| if n == 0 { String::new() } else { n.to_string() };
    let papers: Vec<Value> = s
        .components
        .iter()
        .map(|c| {
            json!({
                "name": c.name,
                "originals": count(c.originals),
                "certified_copies": count(c.certified_copies),
                "photocopies": count(c.photocopies),
            })
        })
        .collect();
    let limit = match (s.limit_amount, s.limit_unit.as_deref()) {
        (amount, Some(unit)) => motcua_documents::words::limit(amount.unwrap_or(1), unit),
        (_, None) => "không quy định".to_owned(),
    };
    let by_law = s.limit_certain || s.limit_unit.is_none();
    let limit = if by_law {
        format!("3. Thời gian giải quyết hồ sơ theo quy định: {limit}")
    } else {
        format!("3. Thời gian giải quyết hồ sơ (đang đối chiếu quy định): {limit}")
    };
    let others: Vec<Value> = s
        .others
        .iter()
        .map(|o| {
            let papers: Vec<&str> = o.components.iter().map(|c| c.name.as_str()).collect();
            let papers = papers.join("; ");
            let what = if papers.is_empty() {
                format!("{}.", o.procedure_name)
            } else {
                format!("{}. {papers}.", o.procedure_name)
            };
            json!({ "code": o.code, "what": what, "due": promised(o.due_at) })
        })
        .collect();
    let copies: &[&str] = if both {
        &["Giao khách hàng", "Lưu"]
    } else {
        &["Giao khách hàng"]
    };
    let head = head(
        (Some(&s.header.province), &s.header.centre),
        Some(&s.number),
        &place_date(&s.header.commune, s.issued_at),
        ("Mã hồ sơ:", &s.code),
    )?;
    let head = joined(head, survey_mark(s.survey_url.as_deref())?);
    Ok(joined(
        head,
        json!({
        "copies": copies,
        "centre_name": s.header.centre,
        "filer_name": s.filer_name,
        "owner_name": (s.owner_name != s.filer_name).then_some(&s.owner_name),
        "identity_number": s.identity_number,
        "address": s.address,
        "phone": s.phone,
        "email": s.email,
        "procedure_name": s.procedure_name,
        "components": papers,
        "sets": format!("{:02}", s.copies_count),
        "limit": limit,
        "accepted": moment(s.accepted_at),
        "due": promised(s.due_at),
        "others": others,
        "delivery": delivery(s),
        "book": format!("Vào Sổ theo dõi hồ sơ: Quyển số {}, Số thứ tự {}", s.book, s.book_no),
        "receiver_name": s.receiver_name,
        }),
    ))
}

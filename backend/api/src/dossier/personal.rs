//! Personal data whole, and the citizen's slip. Each look is recorded before it is answered.

use actix_web::{HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_services::dossier as service;
use motcua_store::DossierId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::{ComponentView, vn};
use crate::auth::{ReadPersonalData, Reader};
use crate::manners::{Path, Problem, Query};
use crate::words;

/// A person's data, whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonWhole {
    /// Citizen, business … ; absent for the filer.
    #[schema(value_type = Option<words::OwnerKind>)]
    pub kind: Option<String>,
    /// Full name.
    pub full_name: String,
    /// Identity number.
    pub identity_number: Option<String>,
    /// Birth date.
    pub birth_date: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// Who took the result away.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectorWhole {
    /// Full name.
    pub full_name: String,
    /// Identity number.
    pub identity_number: Option<String>,
    /// Authorisation.
    pub authorisation: Option<String>,
}

/// What is otherwise masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalData {
    /// The owner.
    pub owner: PersonWhole,
    /// The filer.
    pub filer: Option<PersonWhole>,
    /// The collector.
    pub collector: Option<CollectorWhole>,
}

fn whole(personal: &service::Personal) -> PersonalData {
    let row = &personal.row;
    PersonalData {
        owner: PersonWhole {
            kind: Some(row.owner_kind.clone()),
            full_name: row.owner_name.clone(),
            identity_number: row.owner_identity.clone(),
            birth_date: row.owner_birth.clone(),
            phone: row.owner_phone.clone(),
            email: row.owner_email.clone(),
            address: row.owner_address.clone(),
        },
        filer: personal.filer.as_ref().map(|f| PersonWhole {
            kind: None,
            full_name: f.full_name.clone(),
            identity_number: f.identity_number.clone(),
            birth_date: None,
            phone: f.phone.clone(),
            email: f.email.clone(),
            address: f.address.clone(),
        }),
        collector: personal.hand_back.as_ref().map(|h| CollectorWhole {
            full_name: h.collector_name.clone(),
            identity_number: h.identity_number.clone(),
            authorisation: h.authorisation.clone(),
        }),
    }
}

/// Personal data of a dossier's people, whole. The look is recorded in the audit.
#[utoipa::path(
    operation_id = "get_personal_data", tag = "dossiers", summary = "Personal data of a dossier",
    description = "Personal data of a dossier's people, whole. The look is recorded in the audit.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The data.", body = PersonalData)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/personal-data")]
pub async fn get_personal_data(
    reader: Reader<ReadPersonalData>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let data = reader
        .read_recorded(move |services, db, actor| {
            service::personal_data(services, db, actor, &id, "view").map(|p| whole(&p))
        })
        .await?;
    Ok(HttpResponse::Ok().json(data))
}

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
    id: Path<DossierId>,
    query: Query<SlipQuery>,
) -> Result<HttpResponse, Problem> {
    let number = query.number;
    let slip = reader
        .read_recorded(move |services, db, actor| {
            service::reception_slip(services, db, actor, &id, number)
        })
        .await?;
    let row = &slip.personal.row;
    let filer = slip.personal.filer.as_ref();
    let accepted = row.accepted_at.unwrap_or(row.received_at);
    Ok(HttpResponse::Ok().json(ReceptionSlip {
        form: "01".into(),
        instrument: "Thông tư 03/2025/TT-VPCP".into(),
        number: format!("{:02}/TNHS", slip.letter.number),
        issued_at: vn(slip.letter.issued_at),
        header: SlipHeader {
            province: slip.province.clone(),
            commune: slip.commune.clone(),
            centre: slip.centre.clone(),
        },
        code: row.code.clone().unwrap_or_default(),
        qr_svg: slip.qr_svg.clone(),
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
    }))
}

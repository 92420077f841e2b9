//! Personal data whole. Each look is recorded before it is answered.

use actix_web::{HttpResponse, get};
use motcua_services::dossier as service;
use motcua_store::DossierId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::auth::{ReadPersonalData, Reader};
use crate::manners::{Path, Problem};
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

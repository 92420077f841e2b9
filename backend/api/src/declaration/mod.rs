//! Declarations that the officer fills in: their forms, begun, filled, read back, signed, printed.

pub mod fill;
pub mod paper;

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::declaration::{CardPart, DeclarationForm, Source, State, schema};
use motcua_domain::refusal::{Refusal, Text};
use motcua_domain::text::mask_number;
use motcua_services::declaration::{self as service, Declaration, New};
use motcua_store::declaration::Filter;
use motcua_store::{DossierId, RecordId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ReadDossiers, ReadPersonalData, Reader, Reply, SignedIn, TakeIn, Writer};
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::words;

/// A form in the list of forms.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationFormItem {
    /// Its word.
    #[schema(example = "birth")]
    pub code: String,
    /// The form with its version.
    #[schema(example = "KS.1")]
    pub number: String,
    /// How it reads.
    pub title: Text,
    /// For which procedures.
    #[schema(max_items = 20)]
    pub procedures: Vec<String>,
}

/// The forms of declarations that are used today.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationForms {
    /// The forms.
    #[schema(max_items = 100)]
    pub items: Vec<DeclarationFormItem>,
}

/// A form with the schema of what its declarations hold.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationFormView {
    /// The form.
    pub form: DeclarationForm,
    /// JSON Schema of the values of a whole declaration, by their keys `section/field`.
    #[schema(value_type = Object)]
    pub schema: Value,
}

/// What stands in a field, and where it comes from.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationValue {
    /// `section/field`.
    #[schema(example = "declarant/full_name")]
    pub key: String,
    /// As it is stored: a choice by its word, a day as `dd/mm/yyyy`, a number in digits.
    pub value: String,
    /// Where it comes from.
    #[schema(value_type = words::DeclarationSource)]
    pub source: Source,
    /// Who typed or scanned it.
    pub entered_by: PersonRef,
    /// When.
    pub entered_at: DateTime<FixedOffset>,
    /// The code of the dossier it was taken from.
    pub from: Option<String>,
}

/// Something odd; the officer looks.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationWarning {
    /// Stable code.
    pub code: String,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// A declaration.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its form.
    pub form_code: String,
    /// The form with its version.
    pub form_number: String,
    /// How the form reads.
    pub title: Text,
    /// Where it stands.
    #[schema(value_type = words::DeclarationState)]
    pub state: String,
    /// For which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: Option<String>,
    /// Its code.
    pub dossier_code: Option<String>,
    /// Row version.
    pub version: i64,
    /// What stands in it, in the form's order; empty fields are not there.
    #[schema(max_items = 400)]
    pub values: Vec<DeclarationValue>,
    /// What is odd about it, or about the card that was just read.
    #[schema(max_items = 100)]
    pub warnings: Vec<DeclarationWarning>,
    /// Who began it.
    pub created_by: PersonRef,
    /// When.
    pub created_at: DateTime<FixedOffset>,
    /// When it was signed.
    pub signed_at: Option<DateTime<FixedOffset>>,
    /// How.
    #[schema(value_type = Option<words::DeclarationSignedHow>)]
    pub signed_how: Option<String>,
}

impl DeclarationView {
    fn new(mut all: Declaration) -> Self {
        let mut values = Vec::with_capacity(all.entries.len());
        for section in &all.form.sections {
            for field in &section.fields {
                let key = format!("{}/{}", section.key, field.key);
                let Some(entered) = all.entries.remove(&key) else {
                    continue;
                };
                values.push(DeclarationValue {
                    key,
                    value: entered.value,
                    source: entered.source,
                    entered_by: PersonRef::of(&entered.by, &all.names),
                    entered_at: vn(entered.at.into()),
                    from: entered.from,
                });
            }
        }
        let row = all.row;
        Self {
            id: row.id.to_string(),
            title: all.form.title.clone(),
            state: row.state,
            dossier_id: row.dossier_id.map(|d| d.to_string()),
            dossier_code: all.dossier.and_then(|d| d.code),
            version: row.version,
            values,
            warnings: all
                .warnings
                .into_iter()
                .map(|w| DeclarationWarning {
                    code: w.code.to_owned(),
                    vi: w.detail.vi,
                    en: w.detail.en,
                })
                .collect(),
            created_by: PersonRef::of(&row.created_by, &all.names),
            created_at: vn(row.created_at),
            signed_at: vn_opt(row.signed_at),
            signed_how: row.signed_how,
            form_code: row.form_code,
            form_number: row.form_number,
        }
    }

    /// 201 with the declaration as it now stands.
    fn reply(all: Declaration) -> motcua_services::Result<Reply> {
        let view = Self::new(all);
        Reply::created(
            format!("/api/v1/declarations/{}", view.id),
            Some(view.version),
            &view,
        )
    }
}

/// Who declares, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarantInList {
    /// Name.
    pub full_name: Option<String>,
    /// Number, masked.
    #[schema(example = "001*******45")]
    pub identity_number: Option<String>,
}

/// A declaration in a list: nothing of what stands in it but who declares.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeclarationInList {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Its form.
    pub form_code: String,
    /// The form with its version.
    pub form_number: String,
    /// How the form reads.
    pub title: Text,
    /// Where it stands.
    #[schema(value_type = words::DeclarationState)]
    pub state: String,
    /// For which dossier.
    #[schema(format = Uuid)]
    pub dossier_id: Option<String>,
    /// Its code.
    pub dossier_code: Option<String>,
    /// The first who declares, if anybody stands there yet.
    pub declarant: Option<DeclarantInList>,
    /// Row version.
    pub version: i64,
    /// Who began it.
    pub created_by: PersonRef,
    /// When.
    pub created_at: DateTime<FixedOffset>,
    /// When it was signed.
    pub signed_at: Option<DateTime<FixedOffset>>,
}

impl DeclarationInList {
    fn new(all: Declaration) -> Self {
        let name = all.of_declarant(CardPart::FullName).map(ToOwned::to_owned);
        let number = all.of_declarant(CardPart::IdentityNumber).map(mask_number);
        let row = all.row;
        Self {
            id: row.id.to_string(),
            form_code: row.form_code,
            form_number: row.form_number,
            title: all.form.title.clone(),
            state: row.state,
            dossier_id: row.dossier_id.map(|d| d.to_string()),
            dossier_code: all.dossier.and_then(|d| d.code),
            declarant: (name.is_some() || number.is_some()).then_some(DeclarantInList {
                full_name: name,
                identity_number: number,
            }),
            version: row.version,
            created_by: PersonRef::of(&row.created_by, &all.names),
            created_at: vn(row.created_at),
            signed_at: vn_opt(row.signed_at),
        }
    }
}

/// The forms of declarations.
#[utoipa::path(
    operation_id = "list_declaration_forms", tag = "declarations", summary = "Forms of declarations",
    description = "The forms of declarations that are used today, each in its newest version. They come with the program: never more than it has.",
    responses((status = 200, description = "The forms.", body = DeclarationForms)),
    security(("bearer" = []))
)]
#[get("/declaration-forms")]
pub async fn list_declaration_forms(reader: Reader<SignedIn>) -> Result<HttpResponse, Problem> {
    let forms = reader
        .read(|services, _, _| {
            let items = service::forms(services)?
                .into_iter()
                .map(|f| DeclarationFormItem {
                    code: f.code.clone(),
                    number: f.number.clone(),
                    title: f.title.clone(),
                    procedures: f.procedures.clone(),
                })
                .collect();
            Ok(DeclarationForms { items })
        })
        .await?;
    Ok(HttpResponse::Ok().json(forms))
}

/// One form, with the schema of its values.
#[utoipa::path(
    operation_id = "get_declaration_form", tag = "declarations", summary = "Read a form of a declaration",
    description = "A form as it is used today: its parts and fields, what of whose card fills them, what is promised by signing; and the JSON Schema of the values of a whole declaration.",
    params(("code" = String, Path, description = "The form's word.", max_length = 40)),
    responses((status = 200, description = "The form.", body = DeclarationFormView)),
    security(("bearer" = []))
)]
#[get("/declaration-forms/{code}")]
pub async fn get_declaration_form(
    reader: Reader<SignedIn>,
    code: Path<String>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read(move |services, _, _| {
            let form = service::form(services, &code)?;
            Ok(DeclarationFormView {
                form: form.clone(),
                schema: schema(form),
            })
        })
        .await?;
    Ok(HttpResponse::Ok().json(view))
}

/// Which declarations.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct DeclarationsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Those of this dossier, for whoever may read it.
    #[param(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
    /// Where it stands.
    #[param(value_type = Option<words::DeclarationState>)]
    pub state: Option<State>,
}

/// Declarations, newest first.
#[utoipa::path(
    operation_id = "list_declarations", tag = "declarations", summary = "Declarations",
    description = "Declarations, newest first: those begun at the counters where the caller sits, or with `dossier_id` those of a dossier that the caller may read. Numbers are masked.",
    params(DeclarationsQuery),
    responses((status = 200, description = "A page.", body = Page<DeclarationInList>,
        headers(("Link" = String, description = "RFC 8288: next, prev."))),
        (status = 404, description = "No dossier that the caller may read has this id.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json")),
    security(("bearer" = []))
)]
#[get("/declarations")]
pub async fn list_declarations(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    query: Query<DeclarationsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (query.dossier_id.clone(), query.state);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read_inspected("declarations", move |services, db, actor| {
            let filter = Filter {
                dossier: query.dossier_id,
                state: query.state.map(|s| s.as_str().to_owned()),
            };
            let (edge, fetch) = (paging.by_id(), paging.fetch());
            let (found, through) = service::list(services, db, actor, &filter, edge, fetch)?;
            let page = paging.page(found, |d| d.row.id.to_string(), DeclarationInList::new);
            Ok((page, through))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A declaration to be begun.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclarationIn {
    /// By which form.
    #[schema(min_length = 1, max_length = 40, example = "birth")]
    pub form_code: String,
    /// For which dossier; the form must be for its procedure.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub dossier_id: Option<DossierId>,
    /// The text of a card that was scanned.
    #[schema(min_length = 1, max_length = 1000)]
    pub card_text: Option<String>,
    /// Whose card it is, by the form's word; the first who declares when absent.
    #[schema(min_length = 1, max_length = 40, example = "declarant")]
    pub party: Option<String>,
}

/// Begins a declaration.
#[utoipa::path(
    operation_id = "begin_declaration", tag = "declarations", summary = "Begin a declaration",
    description = "Begins a declaration that the officer fills in for the citizen, with what a scanned card says if there is one. Of no dossier and untouched for two weeks it is dropped.",
    params(IdempotencyKey), request_body = DeclarationIn,
    responses((status = 201, description = "Begun.", body = DeclarationView,
        headers(("Location" = String, description = "Its address."), ("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/declarations")]
pub async fn begin_declaration(
    writer: Writer<TakeIn>,
    body: Json<DeclarationIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = New {
        form: body.form_code.clone(),
        dossier: body.dossier_id.clone(),
        card: body.card_text.clone(),
        party: body.party.clone(),
    };
    writer
        .once(&body, move |services, db, actor| {
            DeclarationView::reply(service::begin(services, db, actor, &new)?)
        })
        .await
}

/// One declaration.
#[utoipa::path(
    operation_id = "get_declaration", tag = "declarations", summary = "Read a declaration",
    description = "One declaration with all that stands in it, where each value comes from and who typed it. It shows personal data: but for the counter where it is still being written the look is recorded before it is answered.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The declaration.", body = DeclarationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/declarations/{id}")]
pub async fn get_declaration(
    reader: Reader<ReadPersonalData>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let view = reader
        .read_recorded(move |services, db, actor| {
            Ok(DeclarationView::new(service::read(
                services, db, actor, &id,
            )?))
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// What fields are to hold.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclarationChangeIn {
    /// By their keys `section/field`; null empties one.
    pub values: BTreeMap<String, Option<String>>,
    /// Who says so: the officer who types, or the citizen at the read-back.
    #[schema(value_type = words::DeclarationChangedBy)]
    pub by: Source,
}

/// Changes fields of a declaration.
#[utoipa::path(
    operation_id = "change_declaration", tag = "declarations", summary = "Change a declaration",
    description = "Puts values in fields, or empties them. Days, numbers and spaces are taken as people write them and kept in one spelling. What the citizen changes at the read-back stays read back; what the officer changes is read back anew. Signed, nothing is changed any more.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch), request_body = DeclarationChangeIn,
    responses((status = 200, description = "As it now stands.", body = DeclarationView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[patch("/declarations/{id}")]
pub async fn change_declaration(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
    body: Json<DeclarationChangeIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    if !matches!(body.by, Source::Officer | Source::Citizen) {
        return Err(Refusal::invalid(Vec::new())
            .field(
                "/by",
                "unknown_value",
                "Người sửa là cán bộ (officer) hoặc người khai (citizen).",
                "Who changes it is the officer or the citizen.",
            )
            .into());
    }
    let view = writer
        .write(move |services, db, actor| {
            let seen = (&*id, version.0);
            let changed = service::change(services, db, actor, seen, &body.values, body.by)?;
            Ok(DeclarationView::new(changed))
        })
        .await?;
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// Drops a declaration.
#[utoipa::path(
    operation_id = "drop_declaration", tag = "declarations", summary = "Drop a declaration",
    description = "Drops a declaration that was not signed. What was signed stays.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch),
    responses((status = 204, description = "Gone.")),
    security(("bearer" = []))
)]
#[delete("/declarations/{id}")]
pub async fn drop_declaration(
    writer: Writer<TakeIn>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    writer
        .write(move |services, db, actor| service::discard(services, db, actor, &id, version.0))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

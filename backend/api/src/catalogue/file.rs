//! The catalogue as a file: brought in, tried first, written out; and the listing audit.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpResponse, get, post};
use chrono::NaiveDate;
use motcua_domain::catalogue::{CatalogueFile, Listing};
use motcua_domain::vn_time::local_date;
use motcua_services::catalogue as service;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ManageCatalogue, Reader, Reply, SignedIn, Writer};
use crate::manners::{IdempotencyKey, Large, Problem, Query};

/// How a file is written.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// A catalogue file.
    Json,
    /// A sheet, in UTF-8.
    Csv,
}

impl From<FileFormat> for service::Format {
    fn from(f: FileFormat) -> Self {
        match f {
            FileFormat::Json => Self::Json,
            FileFormat::Csv => Self::Csv,
        }
    }
}

/// A file.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileIn {
    /// How it is written.
    pub format: FileFormat,
    /// Its whole text; with everything around it at most 8 MiB.
    pub content: String,
}

impl FileIn {
    fn given(self) -> service::Given {
        service::Given {
            format: self.format.into(),
            content: self.content,
        }
    }
}

/// A catalogue to bring in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportIn {
    /// How it is written.
    pub format: FileFormat,
    /// Its whole text; with everything around it at most 8 MiB.
    pub content: String,
    /// Only try: nothing is changed, the answer is the same.
    #[serde(default)]
    pub dry_run: bool,
}

/// What a file does to a procedure.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportEffect {
    /// The procedure is not known yet.
    New,
    /// A version is added.
    Changed,
}

/// A procedure that a file brings in or changes.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportedItem {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
    /// First day in force.
    pub in_force_from: NaiveDate,
    /// What happens.
    pub effect: ImportEffect,
    /// The version's number.
    pub version: i32,
    /// Paths of what it says otherwise than the version whose place it takes.
    pub changed: Vec<String>,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    /// It was only tried.
    pub dry_run: bool,
    /// Procedures in the file.
    pub total: usize,
    /// Those that say what is there already.
    pub unchanged: usize,
    /// The others, in the file's order.
    pub items: Vec<ImportedItem>,
}

/// What is written out, and how.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ExportQuery {
    /// How; JSON when absent.
    #[param(inline)]
    pub format: Option<FileFormat>,
    /// As of which day; today when absent. What begins later is in it too.
    pub on: Option<NaiveDate>,
}

/// A procedure of the master list.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissingItem {
    /// National code.
    pub code: String,
    /// Name, where the list has one.
    pub name: Option<String>,
}

/// A procedure posted here.
#[derive(Debug, Serialize, ToSchema)]
pub struct SurplusItem {
    /// National code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A procedure posted under another name.
#[derive(Debug, Serialize, ToSchema)]
pub struct RenamedItem {
    /// National code.
    pub code: String,
    /// The name here.
    pub name: String,
    /// The name in the master list.
    pub master_name: String,
}

/// What a listing audit found.
#[derive(Debug, Serialize, ToSchema)]
pub struct ListingView {
    /// The day for which it is true.
    pub on: NaiveDate,
    /// Posted as the master list has it.
    pub equal: usize,
    /// In the master list, not posted here.
    pub missing: Vec<MissingItem>,
    /// Posted here, not in the master list.
    pub surplus: Vec<SurplusItem>,
    /// Posted under another name.
    pub renamed: Vec<RenamedItem>,
}

fn listing_view(on: NaiveDate, found: Listing) -> ListingView {
    ListingView {
        on,
        equal: found.equal,
        missing: found
            .missing
            .into_iter()
            .map(|m| MissingItem {
                code: m.code,
                name: m.name,
            })
            .collect(),
        surplus: found
            .surplus
            .into_iter()
            .map(|(code, name)| SurplusItem { code, name })
            .collect(),
        renamed: found
            .renamed
            .into_iter()
            .map(|(code, name, master_name)| RenamedItem {
                code,
                name,
                master_name,
            })
            .collect(),
    }
}

/// Brings a catalogue in, or only tries to.
#[utoipa::path(
    operation_id = "import_catalogue", tag = "catalogue", summary = "Bring a catalogue in",
    description = "Brings a catalogue in: each procedure becomes its next version, unless it says what is there already. All or nothing: a file with faults changes nothing and is answered with every fault by row. A province's own figures that are here stay where the file has none.",
    params(IdempotencyKey), request_body = ImportIn,
    responses((status = 200, description = "What was done, or would be.", body = ImportView)),
    security(("bearer" = []))
)]
#[post("/catalogue-imports")]
pub async fn import_catalogue(
    writer: Writer<ManageCatalogue>,
    body: Large<ImportIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let given = service::Given {
        format: body.format.into(),
        content: body.content.clone(),
    };
    let procedures = writer
        .state()
        .block(move || service::read_file(&given))
        .await?;
    let dry_run = body.dry_run;
    writer
        .once(&body, move |services, db, actor| {
            let now = services.now();
            let done = service::import_file(db, now, actor, &procedures, dry_run)?;
            let view = ImportView {
                dry_run,
                total: done.total,
                unchanged: done.unchanged,
                items: done
                    .items
                    .into_iter()
                    .map(|i| ImportedItem {
                        code: i.code,
                        name: i.name,
                        in_force_from: i.in_force_from,
                        effect: match i.effect {
                            service::Effect::New => ImportEffect::New,
                            service::Effect::Changed => ImportEffect::Changed,
                        },
                        version: i.version,
                        changed: i.changed,
                    })
                    .collect(),
            };
            Reply::ok(None, &view)
        })
        .await
}

/// The catalogue as a file.
#[utoipa::path(
    operation_id = "export_catalogue", tag = "catalogue", summary = "Write the catalogue out",
    description = "The catalogue as a file: what holds on a day or begins after it. Bringing it in again changes nothing.",
    params(ExportQuery),
    responses((status = 200, description = "The file.", content(
        (CatalogueFile = "application/json"), (String = "text/csv")),
        headers(("Content-Disposition" = String, description = "The file's name.")))),
    security(("bearer" = []))
)]
#[get("/catalogue-export")]
pub async fn export_catalogue(
    reader: Reader<SignedIn>,
    query: Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let format = query.format.unwrap_or(FileFormat::Json);
    let (on, text) = reader
        .read(move |services, db, _| {
            let on = query.on.unwrap_or_else(|| local_date(services.now()));
            Ok((on, service::export(db, on, format.into())?))
        })
        .await?;
    let (kind, ending) = match format {
        FileFormat::Json => ("application/json", "json"),
        FileFormat::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let name = format!("attachment; filename=\"danh-muc-tthc-{on}.{ending}\"");
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(text))
}

/// Holds what is posted today against a master list.
#[utoipa::path(
    operation_id = "audit_listing", tag = "catalogue", summary = "Audit what is posted",
    description = "Holds what is posted today against a master list: a sheet with a column of codes and perhaps one of names, or a catalogue file. Nothing is changed.",
    request_body = FileIn,
    responses((status = 200, description = "What differs.", body = ListingView)),
    security(("bearer" = []))
)]
#[post("/listing-audits")]
pub async fn audit_listing(
    reader: Reader<SignedIn>,
    body: Large<FileIn>,
) -> Result<HttpResponse, Problem> {
    let given = body.into_inner().given();
    let master = reader
        .state()
        .block(move || service::read_master(&given))
        .await?;
    let found = reader
        .read(move |services, db, _| {
            let on = local_date(services.now());
            let found = service::audit_listing(services, db, &master)?;
            Ok(listing_view(on, found))
        })
        .await?;
    Ok(HttpResponse::Ok().json(found))
}

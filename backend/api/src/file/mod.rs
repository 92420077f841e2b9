//! Files of a dossier's papers: sent, listed, looked at, withdrawn.

pub mod content;
pub mod signature;
pub mod sweep;
pub mod upload;

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::file::{Digitisation, MOST_FILES, Media};
use motcua_gateway::clamd::Clamd;
use motcua_gateway::files::{FileStore, FileStoreError};
use motcua_services::Error;
use motcua_services::file::{self as service, Filed, Files};
use motcua_services::reference::Names;
use motcua_store::file::Whole;
use motcua_store::{DossierId, RecordId};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::auth::{AddFiles, ReadDossiers, Reader, Reply, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Path, Problem};
use crate::words;

/// Where files go, and what becomes of them before.
#[derive(Debug)]
pub struct Filing {
    /// The store.
    pub store: FileStore,
    /// The largest file, in bytes.
    pub limit: u64,
    /// The virus scanner; none: not configured.
    pub scanner: Option<Clamd>,
    /// Whether nothing is taken while the scanner cannot be reached.
    pub scanner_required: bool,
    /// How many pictures are decoded at once: each may take 200 MB.
    pub decoding: Arc<Semaphore>,
    /// By what signatures are checked.
    pub checking: Arc<signature::Checking>,
}

/// The store of files failed.
pub(crate) fn store_failed(e: FileStoreError) -> Error {
    Error::Internal(e.to_string())
}

impl Filing {
    /// Whether there is a file by this digest. Blocking.
    pub(crate) fn has(&self, sha256: &str) -> motcua_services::Result<bool> {
        self.store.has(sha256).map_err(store_failed)
    }
}

/// A file of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Of which paper.
    pub component_id: String,
    /// What it is called; empty once it was disposed of.
    #[schema(example = "Giấy khai sinh.pdf")]
    pub name: String,
    /// SHA-256 of its content.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
    /// How many bytes.
    pub size_bytes: i64,
    /// What it is.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// Width of a picture, in points.
    pub width: Option<i32>,
    /// Height of a picture, in points.
    pub height: Option<i32>,
    /// How it came about: 1 scanned or photographed for this dossier.
    #[schema(minimum = 1, maximum = 3)]
    pub digitisation: i32,
    /// Whether a virus scanner looked at it.
    #[schema(value_type = words::Scan)]
    pub scan: String,
    /// When it was added.
    pub added_at: DateTime<FixedOffset>,
    /// Who added it.
    pub added_by: PersonRef,
    /// That it no longer counts.
    pub withdrawn: Option<WithdrawnView>,
    /// Whether its content was disposed of when its time was over.
    pub disposed: bool,
}

/// That a file no longer counts.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawnView {
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// By whom.
    pub by: PersonRef,
}

impl FileView {
    fn new((file, stored, withdrawn): Whole, names: &Names) -> Self {
        Self {
            id: file.id.to_string(),
            component_id: file.component_id,
            name: file.name,
            sha256: file.sha256,
            size_bytes: stored.size_bytes,
            media_type: stored.media_type,
            width: stored.width,
            height: stored.height,
            digitisation: file.digitisation,
            scan: file.scan,
            added_at: vn(file.added_at),
            added_by: PersonRef::of(&file.added_by, names),
            withdrawn: withdrawn.map(|w| WithdrawnView {
                reason: w.reason,
                at: vn(w.withdrawn_at),
                by: PersonRef::of(&w.withdrawn_by, names),
            }),
            disposed: file.disposed_at.is_some(),
        }
    }

    fn of(filed: Filed) -> Self {
        Self::new(filed.whole, &filed.names)
    }
}

/// A paper of a dossier, and whether it is a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct DigitisedComponent {
    /// Which paper.
    pub component_id: String,
    /// What it is called.
    pub name: String,
    /// 0 on paper only, 1 scanned or photographed for this dossier, 2 reused from an earlier dossier's paper, 3 reused
    /// from an earlier dossier's result.
    #[schema(minimum = 0, maximum = 3)]
    pub digitisation: i32,
}

/// The files of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierFiles {
    /// Its papers, in order.
    #[schema(max_items = 200)]
    pub components: Vec<DigitisedComponent>,
    /// Its files in the order in which they came, withdrawn ones among them.
    #[schema(max_items = 200)]
    pub items: Vec<FileView>,
    /// Whether the caller may add and withdraw files now.
    pub may_add: bool,
    /// How many files the dossier may ever have.
    pub most_files: i64,
    /// The largest file that is taken, in bytes.
    pub limit_bytes: u64,
    /// The kinds of files that are taken.
    #[schema(max_items = 10)]
    pub media_types: Vec<String>,
}

impl DossierFiles {
    fn new(all: Files, limit: u64) -> Self {
        let mut states: BTreeMap<&str, i32> = BTreeMap::new();
        for (file, _, withdrawn) in &all.files {
            if withdrawn.is_none() && file.disposed_at.is_none() {
                let state = states.entry(&file.component_id).or_default();
                *state = file.digitisation.max(*state);
            }
        }
        let mut components: Vec<DigitisedComponent> = Vec::new();
        for c in &all.components {
            // A paper that was brought again with a supplement is the same paper.
            if components.iter().any(|k| k.component_id == c.component_id) {
                continue;
            }
            components.push(DigitisedComponent {
                digitisation: states
                    .get(c.component_id.as_str())
                    .copied()
                    .unwrap_or(Digitisation::None.number()),
                component_id: c.component_id.clone(),
                name: c.name.clone(),
            });
        }
        let names = &all.names;
        Self {
            components,
            items: all
                .files
                .into_iter()
                .map(|whole| FileView::new(whole, names))
                .collect(),
            may_add: all.may_add,
            most_files: MOST_FILES,
            limit_bytes: limit,
            media_types: Media::ALL.iter().map(|m| m.as_str().to_owned()).collect(),
        }
    }
}

/// Why a file is withdrawn.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileWithdrawalIn {
    /// Why.
    #[schema(min_length = 1, max_length = 500, example = "Quét nhầm trang")]
    pub reason: String,
}

/// The files of a dossier's papers, withdrawn ones among them, and each paper's state of digitisation.
#[utoipa::path(
    operation_id = "list_dossier_files", tag = "dossiers", summary = "Files of a dossier",
    description = "The files of a dossier's papers, withdrawn ones among them, and each paper's state of digitisation. Never more than a dossier may have.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The files.", body = DossierFiles)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/files")]
pub async fn list_dossier_files(
    reader: Reader<ReadDossiers>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let limit = reader.state().filing()?.limit;
    let files = reader
        .read_inspected("files", move |services, db, actor| {
            let (all, through) = service::list(services, db, actor, &id)?;
            Ok((DossierFiles::new(all, limit), through))
        })
        .await?;
    Ok(HttpResponse::Ok().json(files))
}

/// Whether a paper has a file of this content.
#[utoipa::path(
    operation_id = "find_component_file", tag = "dossiers", summary = "Is this file there already?",
    description = "The file of this content that a paper has; 404 when it has none. Who knows the SHA-256 and lost the connection asks (`HEAD` will do) before sending again.",
    params(("id" = String, Path, description = "Id.", format = Uuid), ("component_id" = String, Path, description = "Which paper.", max_length = 100), ("sha256" = String, Path, description = "SHA-256 of the content, 64 lower-case hexadecimal digits.", pattern = "^[0-9a-f]{64}$")),
    responses((status = 200, description = "The file.", body = FileView)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/components/{component_id}/files/{sha256}")]
pub async fn find_component_file(
    reader: Reader<ReadDossiers>,
    path: Path<(DossierId, String, String)>,
) -> Result<HttpResponse, Problem> {
    let (id, component, sha256) = path.into_inner();
    let file = reader
        .read(move |services, db, actor| {
            service::find(services, db, actor, &id, &component, &sha256).map(FileView::of)
        })
        .await?;
    Ok(HttpResponse::Ok().json(file))
}

/// Withdraws a file with a reason. It stays, to be looked at, and no longer counts as the paper's.
#[utoipa::path(
    operation_id = "withdraw_file", tag = "dossiers", summary = "Withdraw a file",
    description = "Withdraws a file with a reason. It stays, to be looked at, and no longer counts as the paper's. The dossier itself is not changed, so no version is asked for.",
    params(("id" = String, Path, description = "Id.", format = Uuid), ("file_id" = String, Path, description = "Id of the file.", format = Uuid), IdempotencyKey),
    request_body = FileWithdrawalIn,
    responses((status = 201, description = "Withdrawn.", body = FileView, headers(("Location" = String, description = "Where its content is.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/files/{file_id}/withdrawals")]
pub async fn withdraw_file(
    writer: Writer<AddFiles>,
    path: Path<(DossierId, RecordId)>,
    body: Json<FileWithdrawalIn>,
) -> Result<HttpResponse, Problem> {
    let (id, file) = path.into_inner();
    let body = body.into_inner();
    let reason = body.reason.clone();
    writer
        .once(&body, move |services, db, actor| {
            let filed = service::withdraw(services, db, actor, (&id, &file), &reason)?;
            Reply::created(
                format!("/api/v1/dossiers/{id}/files/{file}/content"),
                None,
                &FileView::of(filed),
            )
        })
        .await
}

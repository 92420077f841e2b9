//! Certifying at the counter, and the books it is entered in.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::catalogue::Size;
use motcua_domain::certification::CertificationKind;
use motcua_domain::text::mask_number;
use motcua_services::certification as service;
use motcua_store::certification::{Book, EntryRow};
use motcua_store::{AuthorityId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::one;
use crate::auth::{ReadRegisters, Reader, Reply, TakeIn, Writer};
use crate::dossier::dto::{FilerIn, OwnerIn};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{
    IdempotencyKey, Json, Page, Paging, Problem, Query, at_most, in_range, linked,
};
use crate::words;

/// A paper to be certified: a line of the book.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertifiedDocumentIn {
    /// What the paper is.
    #[schema(min_length = 1, max_length = 300, example = "Bằng tốt nghiệp đại học")]
    pub document_name: String,
    /// Pages of the original.
    #[schema(minimum = 1, maximum = 9999, example = 2)]
    pub original_pages: u32,
    /// Copies of it; 1 for a signature.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 999, default = 1, example = 3)]
    pub copies: u32,
}

/// Papers of one person to be certified while they wait.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CertificationIn {
    /// Copies or signatures.
    #[schema(value_type = words::CertificationKind)]
    pub kind: CertificationKind,
    /// The authority in whose book it is entered.
    #[schema(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// The leader who signs.
    #[schema(value_type = String, format = Uuid)]
    pub signer_user_id: UserId,
    /// Who asks.
    pub requester: OwnerIn,
    /// Who came, when another.
    pub filer: Option<FilerIn>,
    /// The papers, each with a number of its own.
    #[schema(min_items = 1, max_items = 50)]
    pub items: Vec<CertifiedDocumentIn>,
    /// The visit it belongs to, when one person files several.
    #[schema(format = Uuid)]
    pub visit_id: Option<uuid::Uuid>,
    /// A remark; at most 2,000 characters.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

impl CertificationIn {
    fn into_new(self) -> service::NewCertification {
        service::NewCertification {
            kind: self.kind,
            authority_id: self.authority_id,
            signer: self.signer_user_id,
            requester: self.requester.into_input(),
            filer: self.filer.map(FilerIn::into_input),
            papers: self
                .items
                .into_iter()
                .map(|i| service::Paper {
                    document_name: i.document_name,
                    size: Size {
                        pages: i.original_pages,
                        copies: i.copies,
                        ..Size::ONE
                    },
                })
                .collect(),
            visit_id: self.visit_id.map(|v| v.to_string()),
            note: self.note,
        }
    }
}

/// A line of a book of certification, the requester's number masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct CertificationEntry {
    /// Id.
    pub id: String,
    /// Number in the book, from 1 each year.
    #[schema(minimum = 1, example = 12)]
    pub number: i64,
    /// Year of the book.
    #[schema(example = 2026)]
    pub year: i32,
    /// The book's symbol.
    #[schema(example = "SCT/BS")]
    pub symbol: String,
    /// When.
    pub certified_at: DateTime<FixedOffset>,
    /// Who asked.
    pub requester_name: String,
    /// Number of the requester's identity paper, masked.
    pub requester_identity: Option<String>,
    /// The paper.
    pub document_name: String,
    /// Pages of the original.
    pub original_pages: i32,
    /// Copies.
    pub copies: i32,
    /// Fee, in đồng.
    pub fee_vnd: i64,
    /// Who signed.
    pub signer: PersonRef,
    /// Title of who signed, as it was then.
    pub signer_title: Option<String>,
    /// Its dossier.
    pub dossier_id: String,
    /// Code of its dossier.
    pub dossier_code: Option<String>,
}

impl CertificationEntry {
    fn new(e: EntryRow, code: Option<String>) -> Self {
        Self {
            symbol: CertificationKind::parse(&e.kind)
                .map(CertificationKind::symbol)
                .unwrap_or_default()
                .to_owned(),
            id: e.id.to_string(),
            number: e.number,
            year: e.year,
            certified_at: vn(e.certified_at),
            requester_name: e.requester_name,
            requester_identity: e.requester_identity.as_deref().map(mask_number),
            document_name: e.document_name,
            original_pages: e.original_pages,
            copies: e.copies,
            fee_vnd: e.fee_vnd,
            signer: PersonRef {
                id: e.signer_id.to_string(),
                full_name: e.signer_name,
            },
            signer_title: e.signer_title,
            dossier_id: e.dossier_id.to_string(),
            dossier_code: code,
        }
    }
}

/// What was certified.
#[derive(Debug, Serialize, ToSchema)]
pub struct Certification {
    /// Its dossier, handed back.
    pub dossier_id: String,
    /// Code of the dossier.
    #[schema(example = "H26.14.101-260302-0001")]
    pub dossier_code: Option<String>,
    /// Row version of the dossier; also the `ETag`.
    pub version: i64,
    /// Copies or signatures.
    #[schema(value_type = words::CertificationKind)]
    pub kind: CertificationKind,
    /// The lines in the book, in the order given.
    pub entries: Vec<CertificationEntry>,
    /// Together, in đồng.
    #[schema(example = 21000)]
    pub total_vnd: i64,
}

/// Certifies papers at the counter.
#[utoipa::path(
    operation_id = "create_certification", tag = "dossiers", summary = "Certify on the spot",
    description = "Certifies papers while the citizen waits, in one transaction: takes the dossier in, gives each paper the next number in the book of the authority, kind and year, and hands the result back under the named leader's signature.",
    params(IdempotencyKey), request_body = CertificationIn,
    responses((status = 201, description = "Certified.", body = Certification,
        headers(("ETag" = String, description = "Row version of the dossier."), ("Location" = String, description = "Address of the dossier.")))),
    security(("bearer" = []))
)]
#[post("/certifications")]
pub async fn create_certification(
    writer: Writer<TakeIn>,
    body: Json<CertificationIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let kind = body.kind;
    let new = body
        .clone()
        .into_new()
        .checked()
        .map_err(crate::state::into_problem)?;
    writer
        .once(&body, move |services, db, actor| {
            let done = service::certify(services, db, actor, &new)?;
            let row = done.dossier;
            let view = Certification {
                dossier_id: row.id.to_string(),
                dossier_code: row.code.clone(),
                version: row.version,
                kind,
                total_vnd: done.entries.iter().map(|e| e.fee_vnd).sum(),
                entries: done
                    .entries
                    .into_iter()
                    .map(|e| CertificationEntry::new(e, row.code.clone()))
                    .collect(),
            };
            Reply::created(
                format!("/api/v1/dossiers/{}", row.id),
                Some(row.version),
                &view,
            )
        })
        .await
}

/// Which book.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct BookQuery {
    /// The authority whose book it is.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// Copies or signatures.
    #[param(value_type = words::CertificationKind)]
    pub kind: CertificationKind,
    /// Year.
    #[param(minimum = 2000, maximum = 9999)]
    pub year: u16,
}

impl BookQuery {
    fn book(&self) -> Book {
        Book {
            authority: self.authority_id.clone(),
            kind: self.kind.as_str().to_owned(),
            year: i32::from(self.year),
        }
    }
}

/// What is looked for in which book.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct EntryQuery {
    /// The authority whose book it is.
    #[param(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// Copies or signatures.
    #[param(value_type = words::CertificationKind)]
    pub kind: CertificationKind,
    /// Year.
    #[param(minimum = 2000, maximum = 9999)]
    pub year: u16,
    /// A number of the book, a dossier's code, or a requester's name with or without accents.
    #[param(max_length = 200)]
    #[serde(default, deserialize_with = "at_most::<200, _>")]
    pub q: Option<String>,
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// Where to go on.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
}

/// A page of a book of certification, newest first.
#[utoipa::path(
    operation_id = "list_certifications", tag = "dossiers", summary = "Read a book of certification",
    description = "A page of the book of an authority, a kind of certification and a year, newest first, identity numbers masked.",
    params(EntryQuery),
    responses((status = 200, description = "A page of the book.", body = Page<CertificationEntry>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/certifications")]
pub async fn list_certifications(
    reader: Reader<ReadRegisters>,
    req: HttpRequest,
    query: Query<EntryQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let book = BookQuery {
        authority_id: query.authority_id.clone(),
        kind: query.kind,
        year: query.year,
    };
    in_range("year", book.year, 2000, 9999)?;
    let filter = (&book, &query.q);
    let paging: Paging<i64> =
        Paging::read(query.limit, query.cursor.as_deref(), "-number", &filter)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.edge.map(|number| (number, paging.backwards));
            let q = query.q.as_deref();
            let lines = service::book_page(db, actor, &book.book(), q, edge, paging.fetch())?;
            Ok(paging.page(
                lines,
                |(e, _)| e.number,
                |(e, code)| CertificationEntry::new(e, code),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A whole book as a sheet.
#[utoipa::path(
    operation_id = "export_certifications", tag = "dossiers", summary = "Write a book of certification out",
    description = "A whole book, first number first, as a sheet in the columns of the paper book. Identity numbers stand whole for whoever may read personal data. That the book was taken out is recorded.",
    params(BookQuery),
    responses((status = 200, description = "The book.", content_type = "text/csv", body = String,
        headers(("Content-Disposition" = String, description = "The file's name.")))),
    security(("bearer" = []))
)]
#[get("/certification-export")]
pub async fn export_certifications(
    reader: Reader<ReadRegisters>,
    query: Query<BookQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    in_range("year", query.year, 2000, 9999)?;
    let name = match query.kind {
        CertificationKind::Copy => "so-chung-thuc-ban-sao",
        CertificationKind::Signature => "so-chung-thuc-chu-ky",
    };
    let name = format!("attachment; filename=\"{name}-{}.csv\"", query.year);
    let text = reader
        .read_recorded(move |services, db, actor| {
            service::export_book(services, db, actor, query.kind, &query.book())
        })
        .await?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/csv; charset=utf-8"))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(text))
}

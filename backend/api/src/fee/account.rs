//! Where authorities collect.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::fee::notice::AccountState;
use motcua_domain::vietqr;
use motcua_services::fee::account::{self as service, Accounts, NewAccount};
use motcua_services::reference::Names;
use motcua_store::payment::AccountRow;
use motcua_store::{AuthorityId, RecordId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::auth::{ConfirmAccounts, ManageAccounts, ReadPayments, Reader, Reply, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{PersonRef, vn, vn_opt};
use crate::manners::{IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked};
use crate::words;

/// An account to be named.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectionAccountIn {
    /// Whose money comes to it.
    #[schema(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// The bank's BIN.
    #[schema(pattern = "^970[0-9]{3}$", example = "970436")]
    pub bank_bin: String,
    /// Its number: up to 19 letters and digits.
    #[schema(pattern = "^[A-Za-z0-9]{1,19}$", example = "0011004455667")]
    pub account_number: String,
    /// In whose name it is.
    #[schema(
        min_length = 1,
        max_length = 150,
        example = "UBND PHUONG TRAN HUNG DAO"
    )]
    pub holder: String,
    /// The document that names it.
    #[schema(
        min_length = 1,
        max_length = 300,
        example = "Công văn 12/KBNN ngày 02/01/2026"
    )]
    pub source: String,
}

impl From<CollectionAccountIn> for NewAccount {
    fn from(input: CollectionAccountIn) -> Self {
        Self {
            authority: input.authority_id,
            bank_bin: input.bank_bin,
            account_number: input.account_number,
            holder: input.holder,
            source: input.source,
        }
    }
}

/// An account that an authority collects to, or did, or may come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectionAccountView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// Whose money comes to it.
    #[schema(format = Uuid)]
    pub authority_id: String,
    /// The bank's BIN.
    pub bank_bin: String,
    /// The bank's name, where it is known.
    pub bank_name: Option<&'static str>,
    /// Its number.
    pub account_number: String,
    /// In whose name it is.
    pub holder: String,
    /// The document that names it.
    pub source: String,
    /// Where it stands.
    #[schema(value_type = words::AccountState)]
    pub state: AccountState,
    /// Who named it.
    pub proposed_by: PersonRef,
    /// When.
    pub proposed_at: DateTime<FixedOffset>,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonRef>,
    /// When: from then on it collects.
    pub confirmed_at: Option<DateTime<FixedOffset>>,
    /// Who ended it.
    pub ended_by: Option<PersonRef>,
    /// When.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl CollectionAccountView {
    fn of(row: AccountRow, names: &Names) -> Self {
        let person = |id| PersonRef::of(id, names);
        Self {
            id: row.id.to_string(),
            authority_id: row.authority_id.to_string(),
            bank_name: vietqr::bank_name(&row.bank_bin),
            bank_bin: row.bank_bin,
            account_number: row.account_number,
            holder: row.holder,
            source: row.source,
            state: match (row.confirmed_at, row.ended_at) {
                (_, Some(_)) => AccountState::Ended,
                (Some(_), None) => AccountState::Collecting,
                (None, None) => AccountState::Proposed,
            },
            proposed_by: person(&row.proposed_by),
            proposed_at: vn(row.proposed_at),
            confirmed_by: row.confirmed_by.as_ref().map(person),
            confirmed_at: vn_opt(row.confirmed_at),
            ended_by: row.ended_by.as_ref().map(person),
            ended_at: vn_opt(row.ended_at),
            version: row.version,
        }
    }
}

fn the_one(found: Accounts) -> Option<CollectionAccountView> {
    let names = found.names;
    let mut rows = found.rows;
    rows.pop().map(|row| CollectionAccountView::of(row, &names))
}

fn reply(found: Accounts) -> motcua_services::Result<Reply> {
    let view = the_one(found);
    let version = view.as_ref().map(|v| v.version);
    Reply::created("/api/v1/collection-accounts".to_owned(), version, &view)
}

/// The accounts.
#[utoipa::path(
    operation_id = "list_collection_accounts", tag = "payments", summary = "Where authorities collect",
    description = "The accounts that the authorities collect to, did, or may come to, the last named first.",
    params(PageQuery),
    responses((status = 200, description = "A page of accounts.", body = Page<CollectionAccountView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/collection-accounts")]
pub async fn list_collection_accounts(
    reader: Reader<ReadPayments>,
    req: HttpRequest,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> = Paging::read(query.limit, query.cursor.as_deref(), "-id", &())?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.by_id();
            let found = service::accounts(services, db, actor, edge, paging.fetch())?;
            let names = found.names;
            Ok(paging.page(
                found.rows,
                |a| a.id.to_string(),
                |a| CollectionAccountView::of(a, &names),
            ))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Names an account.
#[utoipa::path(
    operation_id = "propose_collection_account", tag = "payments", summary = "Name an account to collect to",
    description = "Names an account that an authority is to collect to. Nothing is paid to it before somebody else confirms it: a leader of the authority or the director.",
    params(IdempotencyKey),
    request_body = CollectionAccountIn,
    responses((status = 201, description = "It is named.", body = CollectionAccountView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/collection-accounts")]
pub async fn propose_collection_account(
    writer: Writer<ManageAccounts>,
    body: Json<CollectionAccountIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewAccount::from(body.clone());
    writer
        .once(&body, move |services, db, actor| {
            reply(service::propose(services, db, actor, &new)?)
        })
        .await
}

/// Confirms an account.
#[utoipa::path(
    operation_id = "confirm_collection_account", tag = "payments", summary = "Confirm an account",
    description = "Confirms an account that somebody else named: from now on the authority collects to it, and the one before has ended.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "It collects.", body = CollectionAccountView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/collection-accounts/{id}/confirmations")]
pub async fn confirm_collection_account(
    writer: Writer<ConfirmAccounts>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            reply(service::confirm(services, db, actor, &id, version.0)?)
        })
        .await
}

/// Ends an account.
#[utoipa::path(
    operation_id = "end_collection_account", tag = "payments", summary = "End an account",
    description = "Ends an account: nothing more is asked to it. Money that still comes to it is known as before.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    responses((status = 201, description = "It has ended.", body = CollectionAccountView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/collection-accounts/{id}/endings")]
pub async fn end_collection_account(
    writer: Writer<ConfirmAccounts>,
    id: Path<RecordId>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id.into_inner();
    writer
        .once(&(), move |services, db, actor| {
            reply(service::end(services, db, actor, &id, version.0)?)
        })
        .await
}

//! What one dossier costs, and what became of it.

use actix_web::{HttpResponse, get, post};
use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::vn_time::{local_date, to_vn};
use motcua_services::dossier::{self as dossiers, Target};
use motcua_services::fee::assessment::{self as service, Fees};
use motcua_store::DossierId;
use serde::Serialize;
use utoipa::ToSchema;

use super::{AssessmentView, FeeCaseIn};
use crate::auth::{AssessFees, ReadDossiers, Reader, Reply, Writer};
use crate::dossier::view::{DossierView, PersonRef};
use crate::manners::{IdempotencyKey, IfMatch, Json, Lang, Path, Problem};
use crate::words;

/// An assessment as it is kept with a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptAssessmentView {
    /// From 1 for each dossier; a later one takes the earlier back.
    #[schema(example = 1)]
    pub number: i32,
    /// When.
    pub assessed_at: DateTime<FixedOffset>,
    /// By whom.
    pub assessed_by: PersonRef,
    /// What it says.
    #[serde(flatten)]
    pub assessment: AssessmentView,
}

/// What an entry of the ledger moves on one account.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostingView {
    /// Which account.
    #[schema(value_type = words::LedgerAccount)]
    pub account: String,
    /// Phí, lệ phí, or money of which that is not known yet.
    #[schema(value_type = words::LedgerSort)]
    pub kind: String,
    /// Đồng; a debit is positive, a credit negative.
    #[schema(example = 8000)]
    pub amount_vnd: i64,
}

/// An entry of the ledger.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerEntryView {
    /// Its place in the centre's ledger.
    #[schema(example = 1)]
    pub seq: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What it says.
    #[schema(value_type = words::LedgerKind)]
    pub kind: String,
    /// By whom; absent: by the program.
    pub by: Option<PersonRef>,
    /// How it was paid.
    #[schema(value_type = Option<words::PaymentMethod>)]
    pub method: Option<String>,
    /// The bank's or the terminal's reference.
    pub reference: Option<String>,
    /// What it moves; nought in sum, for phí and for lệ phí apart.
    #[schema(max_items = 10)]
    pub postings: Vec<PostingView>,
}

/// The fees of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierFeesView {
    /// The money's side of the dossier.
    #[schema(value_type = words::PaymentState)]
    pub payment_state: String,
    /// The assessment that holds; absent: nothing was worked out yet.
    pub assessment: Option<KeptAssessmentView>,
    /// Đồng still owed.
    #[schema(example = 8000)]
    pub owed_vnd: i64,
    /// What became of it, in order.
    pub entries: Vec<LedgerEntryView>,
    /// The day whose law holds: that of reception.
    pub law_of: NaiveDate,
    /// Whether this person may work it out, or out anew: nobody corrects an amount of their own.
    pub assessable: bool,
}

impl DossierFeesView {
    fn of(fees: Fees, lang: Lang) -> Result<Self, motcua_domain::refusal::Refusal> {
        let person = |id| PersonRef::of(id, &fees.names);
        let assessment = match &fees.holds {
            Some((kept, assessment)) => Some(KeptAssessmentView {
                number: kept.number,
                assessed_at: to_vn(kept.assessed_at.0),
                assessed_by: person(&kept.assessed_by),
                assessment: AssessmentView::of(assessment, lang)?,
            }),
            None => None,
        };
        let entries = fees
            .entries
            .iter()
            .map(|(e, postings)| LedgerEntryView {
                seq: e.seq,
                at: to_vn(e.at.0),
                kind: e.kind.clone(),
                by: e.actor_id.as_ref().map(person),
                method: e.method.clone(),
                reference: e.reference.clone(),
                postings: postings
                    .iter()
                    .map(|p| PostingView {
                        account: p.account.clone(),
                        kind: p.money_kind.clone(),
                        amount_vnd: p.amount_vnd,
                    })
                    .collect(),
            })
            .collect();
        Ok(Self {
            payment_state: fees.row.payment_state.clone(),
            assessment,
            owed_vnd: fees.owed_vnd,
            entries,
            law_of: local_date(fees.row.received_at.0),
            assessable: fees.assessable,
        })
    }
}

/// The fees of a dossier.
#[utoipa::path(
    operation_id = "get_dossier_fees", tag = "fees", summary = "The fees of a dossier",
    description = "What a dossier costs, line by line as it was worked out and kept, what is still owed, and the entries of the ledger about it.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "Its fees.", body = DossierFeesView)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/fees")]
pub async fn get_dossier_fees(
    reader: Reader<ReadDossiers>,
    lang: Lang,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let fees = reader
        .read(move |services, db, actor| service::of_dossier(services, db, actor, &id))
        .await?;
    Ok(HttpResponse::Ok().json(DossierFeesView::of(fees, lang)?))
}

/// Works out what a dossier costs, and keeps it.
#[utoipa::path(
    operation_id = "assess_dossier", tag = "fees", summary = "Work out what a dossier costs",
    description = "Works out what a dossier costs by the fee lines of its version of the procedure in force on the day of reception, keeps it with the dossier and writes it in the ledger. Where it was worked out before, that is taken back by an entry of its own, by somebody else than who had done it. What is owed by a moment of the dossier's way holds that step up.",
    params(("id" = String, Path, description = "Id.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = FeeCaseIn,
    responses((status = 201, description = "The dossier as it now stands.", body = DossierView,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/assessments")]
pub async fn assess_dossier(
    writer: Writer<AssessFees>,
    lang: Lang,
    id: Path<DossierId>,
    version: IfMatch,
    body: Json<FeeCaseIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let wanted = body.clone().into_case();
    let target = Target {
        id: id.into_inner(),
        version: version.0,
    };
    writer
        .once(&body, move |services, db, actor| {
            let row = service::keep(services, db, actor, &target, &wanted)?;
            let view = dossiers::view(services, db, actor, &row.id)?;
            Reply::created(
                format!("/api/v1/dossiers/{}/fees", row.id),
                Some(row.version),
                &DossierView::new(view, lang),
            )
        })
        .await
}

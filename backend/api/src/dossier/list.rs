//! Work lists, search, and how many there are.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, NaiveDate, Utc};
use motcua_domain::deadline::{Concern, Remaining, Timing};
use motcua_domain::dossier::{Awaiting, Channel, Desk, DueWithin, State};
use motcua_domain::refusal::Refusal;
use motcua_services::dossier as service;
use motcua_store::dossier::{DossierListRow, Edge, Sort};
use motcua_store::{AuthorityId, DossierId, Ts, UserId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::view::DossierItem;
use crate::auth::{ReadDossiers, Reader};
use crate::manners::{Page, Paging, Problem, Query, at_most, linked};
use crate::words;

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub enum SortFilter {
    /// Newest first.
    #[default]
    #[serde(rename = "-received_at")]
    NewestFirst,
    /// Oldest first.
    #[serde(rename = "received_at")]
    OldestFirst,
    /// Due soonest first; only those with a due date.
    #[serde(rename = "due_at")]
    DueFirst,
}

/// A query that narrows dossiers by the same conditions, each narrowing further, with members of its
/// own behind them.
macro_rules! dossier_queries {
    ($($(#[$doc:meta])* $name:ident { $($(#[$meta:meta])* $member:ident: $kind:ty),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
        #[into_params(parameter_in = Query)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Code, identity number, telephone, or a name with or without accents.
            #[param(max_length = 200)]
            #[serde(default, deserialize_with = "at_most::<200, _>")]
            pub q: Option<String>,
            /// State.
            #[param(value_type = Option<words::State>)]
            pub state: Option<State>,
            /// Only what is not finished.
            pub open: Option<bool>,
            /// Desk.
            #[param(value_type = Option<words::Desk>)]
            pub desk: Option<Desk>,
            /// What it waits for.
            #[param(value_type = Option<words::Awaiting>)]
            pub awaiting: Option<Awaiting>,
            /// Competent authority.
            #[param(value_type = Option<String>, format = Uuid)]
            pub authority_id: Option<AuthorityId>,
            /// Procedure.
            #[param(max_length = 40)]
            #[serde(default, deserialize_with = "at_most::<40, _>")]
            pub procedure_code: Option<String>,
            /// Field of the procedure, such as `A`.
            #[param(max_length = 10)]
            #[serde(default, deserialize_with = "at_most::<10, _>")]
            pub field_code: Option<String>,
            /// How it came.
            #[param(value_type = Option<words::Channel>)]
            pub channel: Option<Channel>,
            /// By when; of accepted dossiers in hand unless a state is named.
            #[param(value_type = Option<words::DueWithin>)]
            pub due: Option<DueWithin>,
            /// First day of reception.
            pub received_from: Option<NaiveDate>,
            /// Last day of reception, inclusive.
            pub received_to: Option<NaiveDate>,
            /// Only what I handle.
            pub mine: Option<bool>,
            /// Only what this person handles.
            #[param(value_type = Option<String>, format = Uuid)]
            pub handler_id: Option<UserId>,
            /// In which list of what is watched; late without an apology also when it is finished.
            #[param(value_type = Option<words::Concern>)]
            pub concern: Option<Concern>,
            $($(#[$meta])* pub $member: $kind,)*
        }

        impl $name {
            /// As the service asks.
            fn wanted(&self) -> Result<service::ListQuery, Refusal> {
                in_order(self.received_from, self.received_to)?;
                Ok(service::ListQuery {
                    q: self.q.clone(),
                    states: self.state.into_iter().collect(),
                    open: self.open == Some(true),
                    desk: self.desk,
                    awaiting: self.awaiting,
                    authority: self.authority_id.clone(),
                    procedure_code: self.procedure_code.clone(),
                    due: self.due,
                    concern: self.concern,
                    received_from: self.received_from,
                    received_to: self.received_to,
                    mine: self.mine == Some(true),
                    handler: self.handler_id.clone(),
                    channel: self.channel,
                    field_code: self.field_code.clone(),
                })
            }
        }
    )+};
}

dossier_queries! {
    /// What a list of dossiers is narrowed by, its order and its page.
    DossierQuery {
        /// Order.
        #[param(inline)]
        sort: Option<SortFilter>,
        /// Items on a page.
        #[param(minimum = 1, maximum = 100, default = 20)]
        limit: Option<u32>,
        /// From the page before or after.
        #[param(max_length = 1024)]
        cursor: Option<String>,
    }
    /// What is counted.
    CountQuery {}
}

fn in_order(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<(), Refusal> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => Err(Refusal::invalid(Vec::new()).field(
            "received_to",
            "out_of_range",
            "Ngày cuối phải không trước ngày đầu.",
            "The last day must not be before the first.",
        )),
        _ => Ok(()),
    }
}

type Key = (DateTime<Utc>, DossierId);

/// Dossiers in the caller's scope, a page at a time.
#[utoipa::path(
    operation_id = "list_dossiers", tag = "dossiers", summary = "Work lists and search",
    description = "Dossiers in the caller's scope, a page at a time. Every condition narrows.",
    params(DossierQuery),
    responses((status = 200, description = "A page of dossiers, numbers masked.", body = Page<DossierItem>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/dossiers")]
pub async fn list_dossiers(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    query: Query<DossierQuery>,
) -> Result<HttpResponse, Problem> {
    let mut query = query.into_inner();
    let wanted = query.wanted()?;
    let (limit, cursor) = (query.limit.take(), query.cursor.take());
    let order = query.sort.unwrap_or_default();
    let name = serde_json::to_string(&order).unwrap_or_default();
    let paging: Paging<Key> = Paging::read(limit, cursor.as_deref(), &name, &query)?;
    let sort = match order {
        SortFilter::NewestFirst => Sort::ReceivedDesc,
        SortFilter::OldestFirst => Sort::ReceivedAsc,
        SortFilter::DueFirst => Sort::DueAsc,
    };
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.clone().map(|(at, id)| Edge {
                at: Ts::new(at),
                id,
                backwards: paging.backwards,
            });
            let fetch = paging.fetch();
            let mut found =
                service::find_page(services, db, actor, &wanted, sort, edge.as_ref(), fetch)?;
            let now = services.now();
            let rows: Vec<_> = std::mem::take(&mut found.rows)
                .into_iter()
                .zip(std::mem::take(&mut found.remaining))
                .zip(std::mem::take(&mut found.timings))
                .collect();
            let key =
                |((row, _), _): &((DossierListRow, Option<Remaining>), Option<Timing>)| -> Key {
                    let at = match sort {
                        Sort::DueAsc => row.due_at.unwrap_or(row.received_at),
                        _ => row.received_at,
                    };
                    (at.0, row.id.clone())
                };
            Ok(paging.page(rows, key, |((row, left), timing)| {
                DossierItem::new(row, left, timing, &found, now)
            }))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// How many dossiers are in a state.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateCount {
    /// The state.
    #[schema(value_type = words::State)]
    pub state: State,
    /// How many of those counted.
    #[schema(minimum = 0, example = 12)]
    pub count: usize,
}

/// How many dossiers a list has.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierCounts {
    /// How many, at most 1,000.
    #[schema(minimum = 0, maximum = 1000, example = 34)]
    pub total: usize,
    /// There are more than the thousand that were counted.
    pub capped: bool,
    /// How many of those counted are overdue.
    #[schema(minimum = 0, maximum = 1000, example = 2)]
    pub overdue: usize,
    /// Those counted, by state; only states that occur.
    pub by_state: Vec<StateCount>,
}

/// How many dossiers a list would show.
#[utoipa::path(
    operation_id = "count_dossiers", tag = "dossiers", summary = "Count a list",
    description = "How many dossiers a list would show, by state and overdue, at a bounded price: at most a thousand are counted.",
    params(CountQuery),
    responses((status = 200, description = "The numbers.", body = DossierCounts)),
    security(("bearer" = []))
)]
#[get("/dossier-counts")]
pub async fn count_dossiers(
    reader: Reader<ReadDossiers>,
    query: Query<CountQuery>,
) -> Result<HttpResponse, Problem> {
    let wanted = query.wanted()?;
    let counts = reader
        .read(move |services, db, actor| service::counts(services, db, actor, &wanted))
        .await?;
    Ok(HttpResponse::Ok().json(DossierCounts {
        total: counts.total,
        capped: counts.capped,
        overdue: counts.overdue,
        by_state: counts
            .by_state
            .into_iter()
            .map(|(state, count)| StateCount { state, count })
            .collect(),
    }))
}

//! Events: a feed to pull, and a stream for screens.

use std::collections::HashMap;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, get, web};
use bytes::Bytes;
use chrono::{DateTime, FixedOffset};
use futures_util::stream;
use motcua_domain::refusal::Refusal;
use motcua_services::{Permission, event as service};
use motcua_store::dossier::Scope;
use motcua_store::{AuthorityId, CentreId, centre, outbox};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::{self, error::RecvError};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ReadDossiers, ReadEvents, Reader};
use crate::dossier::view::vn;
use crate::manners::{Problem, Query};
use crate::state::AppState;

/// An event as live screens get it: what changed, nothing of what it says.
#[derive(Debug, Clone)]
pub struct Live {
    /// The centre.
    pub centre_id: CentreId,
    /// The authority.
    pub authority_id: Option<AuthorityId>,
    /// JSON.
    pub json: String,
}

/// Which events.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeedQuery {
    /// The last `seq` already seen.
    #[param(minimum = 0, default = 0)]
    pub after: Option<i64>,
    /// The centre; the caller's own when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Events at most.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventView {
    /// Its place: rising within a centre, with gaps.
    pub seq: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What, such as `dossier.accepted`.
    pub kind: String,
    /// To which dossier.
    pub subject_id: String,
    /// The competent authority.
    pub authority_id: Option<String>,
    /// Facts without personal data.
    #[schema(value_type = Object)]
    pub data: serde_json::Value,
}

/// A stretch of the feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feed {
    /// The events, in order.
    pub items: Vec<EventView>,
    /// Send it as `after` next time.
    pub after: i64,
}

/// The feed of what happened, to be pulled: ask again with the answer's `after`.
#[utoipa::path(
    operation_id = "list_events", tag = "events", summary = "Feed of events",
    description = "The feed of what happened, to be pulled: ask again with the answer's `after`.",
    params(FeedQuery),
    responses((status = 200, description = "Events after the given place.", body = Feed)),
    security(("bearer" = []))
)]
#[get("/events")]
pub async fn list_events(
    reader: Reader<ReadEvents>,
    query: Query<FeedQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let limit = query.limit.unwrap_or(20);
    let after = query.after.unwrap_or(0);
    if !(1..=100).contains(&limit) || after < 0 {
        return Err(Refusal::invalid(Vec::new())
            .field(
                if after < 0 { "after" } else { "limit" },
                "out_of_range",
                "limit từ 1 đến 100, after không âm.",
                "limit 1 to 100, after not negative.",
            )
            .into());
    }
    let events = reader
        .read(move |_, db, actor| {
            service::feed(db, actor, query.centre_id.as_ref(), after, i64::from(limit))
        })
        .await?;
    let last = events.last().map_or(after, |e| e.seq);
    Ok(HttpResponse::Ok().json(Feed {
        items: events
            .into_iter()
            .map(|e| EventView {
                seq: e.seq,
                at: vn(e.at),
                kind: e.kind,
                subject_id: e.subject_id,
                authority_id: e.authority_id.map(|a| a.to_string()),
                data: serde_json::from_str(&e.data).unwrap_or_default(),
            })
            .collect(),
        after: last,
    }))
}

/// Server-Sent Events for screens: `dossier` with `{dossier_id, kind, version}` for what the caller
/// may see. A screen that misses some simply reads again.
#[utoipa::path(
    operation_id = "stream_live", tag = "events", summary = "Live events for screens",
    description = "Server-Sent Events for screens: `dossier` with `{dossier_id, kind, version}` for what the caller may see. A screen that misses some simply reads again.",
    responses((status = 200, description = "The stream.", content_type = "text/event-stream", body = String)),
    security(("bearer" = []))
)]
#[get("/live")]
pub async fn stream_live(
    reader: Reader<ReadDossiers>,
    state: web::Data<AppState>,
    _req: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let scope = reader
        .read(|_, _, actor| Ok(actor.scope(Permission::ReadDossiers)))
        .await?;
    let receiver = state.live.subscribe();
    // A first comment opens the stream at once, even through a proxy that waits for bytes.
    let start = Some((receiver, scope, true));
    let closing = state.closing.subscribe();
    let events = stream::unfold(start, move |state| {
        let mut closing = closing.clone();
        async move {
            tokio::select! {
                // The server stops: end the stream, or it would hold the stop up.
                _ = closing.wait_for(|closed| *closed) => None,
                next = next(state) => next,
            }
        }
    });
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream")
        .insert_header(("cache-control", "no-store"))
        .insert_header(("x-accel-buffering", "no"))
        .insert_header(("content-encoding", "identity"))
        .streaming(events))
}

type Listening = (broadcast::Receiver<Live>, Scope, bool);

/// The stream's next piece.
async fn next(
    state: Option<Listening>,
) -> Option<(Result<Bytes, actix_web::Error>, Option<Listening>)> {
    {
        let (mut receiver, scope, first) = state?;
        if first {
            return Some((line(": motcua\n\n"), Some((receiver, scope, false))));
        }
        loop {
            match tokio::time::timeout(Duration::from_secs(15), receiver.recv()).await {
                Err(_) => return Some((line(": \n\n"), Some((receiver, scope, false)))),
                Ok(Ok(live)) if visible(&scope, &live) => {
                    let text = format!("event: dossier\ndata: {}\n\n", live.json);
                    return Some((line(&text), Some((receiver, scope, false))));
                }
                Ok(Ok(_)) => {}
                // Too slow, or a restart: tell the screen to read everything again.
                Ok(Err(RecvError::Lagged(_))) => {
                    return Some((
                        line("event: dossier\ndata: {}\n\n"),
                        Some((receiver, scope, false)),
                    ));
                }
                Ok(Err(RecvError::Closed)) => return None,
            }
        }
    }
}

fn line(text: &str) -> Result<Bytes, actix_web::Error> {
    Ok(Bytes::copy_from_slice(text.as_bytes()))
}

fn visible(scope: &Scope, live: &Live) -> bool {
    scope.centres.contains(&live.centre_id)
        || live
            .authority_id
            .as_ref()
            .is_some_and(|a| scope.authorities.contains(a))
}

/// Watches the outbox and tells live screens; one such loop runs in every server, so that a change
/// made through another is seen here too.
pub async fn watch(state: AppState) {
    let mut seen: HashMap<CentreId, i64> = HashMap::new();
    loop {
        tokio::time::sleep(Duration::from_millis(400)).await;
        if state.live.receiver_count() == 0 {
            seen.clear();
            continue;
        }
        let known = seen.clone();
        let found = state
            .read(move |_, db| {
                let mut news = Vec::new();
                let mut last = HashMap::new();
                for c in centre::centres_page(db, None, 1000)? {
                    let at = match known.get(&c.id) {
                        Some(seq) => *seq,
                        None => outbox::last_seq(db, &c.id)?,
                    };
                    let events = outbox::page(db, &c.id, None, at, 500)?;
                    last.insert(c.id.clone(), events.last().map_or(at, |e| e.seq));
                    news.extend(events);
                }
                Ok((news, last))
            })
            .await;
        match found {
            Ok((news, last)) => {
                seen = last;
                for e in news {
                    let data: serde_json::Value = serde_json::from_str(&e.data).unwrap_or_default();
                    let json = serde_json::json!({
                        "dossier_id": e.subject_id,
                        "kind": e.kind,
                        "version": data.get("version"),
                    });
                    // No listener left is no fault.
                    let _ = state.live.send(Live {
                        centre_id: e.centre_id,
                        authority_id: e.authority_id,
                        json: json.to_string(),
                    });
                }
            }
            Err(problem) => tracing::warn!(code = problem.code(), "live events cannot be read"),
        }
    }
}

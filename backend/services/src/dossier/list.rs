//! Work lists and search.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use motcua_domain::deadline::{
    Basis, Timing, Unit, completed_timing, open_timing, remaining_minutes, soon_until,
};
use motcua_domain::dossier::{Desk, State, SubState};
use motcua_domain::text::typed_words;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_domain::{code, person};
use motcua_store::centre::AuthorityRow;
use motcua_store::dossier::{self as rows, DossierListRow, Edge, Filter, Needle, Sort};
use motcua_store::{AuthorityId, Db, Ts, UserId};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;

/// By when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The promise is broken and the dossier still open.
    Overdue,
    /// Due today.
    Today,
    /// Due within the next working day.
    Soon,
}

/// What a desk waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaiting {
    /// Given to a desk and not acknowledged.
    Acknowledgement,
    /// Accepted, and nobody was given it yet.
    Handover,
    /// Another body's opinion.
    Opinion,
    /// Before the leader.
    Signature,
    /// Signed, the result not recorded.
    Result,
    /// Result ready, not collected.
    HandBack,
}

/// What a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Typed text: code, identity number, phone, or words of a name without accents.
    pub q: Option<String>,
    /// State.
    pub states: Vec<State>,
    /// Only what is not finished.
    pub open: bool,
    /// Desk.
    pub desk: Option<Desk>,
    /// What it waits for.
    pub awaiting: Option<Awaiting>,
    /// Competent authority.
    pub authority: Option<AuthorityId>,
    /// Procedure.
    pub procedure_code: Option<String>,
    /// By when.
    pub due: Option<Due>,
    /// First day of reception.
    pub received_from: Option<NaiveDate>,
    /// Last day of reception, inclusive.
    pub received_to: Option<NaiveDate>,
    /// Only what the actor handles.
    pub mine: bool,
}

/// A page of a list with what its rows refer to.
#[derive(Debug, Clone)]
pub struct Page {
    /// The rows, in the order asked for.
    pub rows: Vec<DossierListRow>,
    /// Their authorities.
    pub authorities: HashMap<AuthorityId, Arc<AuthorityRow>>,
    /// Names of their handlers.
    pub names: HashMap<UserId, Arc<str>>,
    /// Counted working minutes left for each row, in the same order.
    pub remaining: Vec<Option<i64>>,
}

/// What a typed text is looked for as.
pub(crate) fn needle(q: &str) -> Option<Needle> {
    let text = q.trim();
    if text.is_empty() {
        return None;
    }
    let upper = text.to_uppercase();
    let submission = upper.strip_prefix("TN-").unwrap_or(&upper);
    if code::parse_dossier_code(submission).is_ok() {
        return Some(Needle::Code(upper));
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let only_number = text
        .chars()
        .all(|c| c.is_ascii_digit() || " .+-".contains(c));
    if only_number && !digits.is_empty() {
        return Some(match person::normalise_phone(text) {
            Ok(phone) => Needle::Phone(phone),
            Err(_) => Needle::Identity(digits),
        });
    }
    let words: Vec<String> = typed_words(text).into_iter().take(8).collect();
    if words.is_empty() {
        None
    } else {
        Some(Needle::Words(words))
    }
}

/// The words of the states in which a dossier is not finished.
pub(crate) fn open_states() -> Vec<String> {
    State::ALL
        .iter()
        .filter(|s| !s.is_final())
        .map(|s| s.as_str().to_owned())
        .collect()
}

fn midnight(date: NaiveDate) -> Ts {
    Ts::new(from_local(date, chrono::NaiveTime::MIN))
}

fn after(date: NaiveDate) -> Ts {
    midnight(date.checked_add_days(Days::new(1)).unwrap_or(date))
}

fn filter(services: &Services, db: &mut Db, actor: &Actor, query: &ListQuery) -> Result<Filter> {
    let now = services.now();
    let today = local_date(now);
    let mut f = Filter {
        needle: query.q.as_deref().and_then(needle),
        states: query.states.iter().map(|s| s.as_str().to_owned()).collect(),
        desk: query.desk.map(|d| d.as_str().to_owned()),
        authority: query.authority.clone(),
        procedure_code: query.procedure_code.clone(),
        handler: query.mine.then(|| actor.user_id.clone()),
        received_from: query.received_from.map(midnight),
        received_before: query.received_to.map(after),
        ..Filter::default()
    };
    match query.awaiting {
        Some(Awaiting::Acknowledgement) => f.handover_open = Some(true),
        Some(Awaiting::Handover) => {
            f.states = vec![State::Accepted.as_str().into()];
            f.handover_open = Some(false);
        }
        Some(Awaiting::Opinion) => {
            f.sub_state = Some(SubState::AwaitingConsultation.as_str().into());
        }
        Some(Awaiting::Signature) => {
            f.sub_state = Some(SubState::AwaitingSignature.as_str().into());
        }
        Some(Awaiting::Result) => f.sub_state = Some(SubState::Decided.as_str().into()),
        Some(Awaiting::HandBack) => f.states = vec![State::Completed.as_str().into()],
        None => {}
    }
    if query.open && f.states.is_empty() {
        f.states = open_states();
    }
    if let Some(due) = query.due {
        if f.states.is_empty() {
            f.states = vec![
                State::Accepted.as_str().into(),
                State::Processing.as_str().into(),
            ];
        }
        match due {
            Due::Overdue => f.due_before = Some(midnight(today)),
            Due::Today => {
                f.due_from = Some(midnight(today));
                f.due_before = Some(after(today));
            }
            Due::Soon => {
                // The convention's first half, one working day. The other, 20 % of the time left,
                // needs each dossier's own span and is shown on its row.
                f.due_from = Some(Ts::new(now));
                f.due_before = Some(match actor.centres(Permission::ReadDossiers).first() {
                    Some(c) => {
                        let until =
                            soon_until(&*services.calendar_shown(db, actor.stamp, c)?, now)?;
                        // The bound is exclusive, and what is due at that very moment counts.
                        Ts::new(until + chrono::Duration::microseconds(1))
                    }
                    None => after(today),
                });
            }
        }
    }
    Ok(f)
}

/// A page of at most `limit` rows; ask for one more than you show to learn whether there is more.
///
/// # Errors
/// Storage failures; `date_outside_calendar`.
pub fn find_page(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    query: &ListQuery,
    sort: Sort,
    edge: Option<&Edge>,
    limit: i64,
) -> Result<Page> {
    let f = filter(services, db, actor, query)?;
    let scope = actor.scope(Permission::ReadDossiers);
    let mut found = rows::page(db, &scope, &f, sort, edge, limit)?;
    if edge.is_some_and(|e| e.backwards) {
        found.reverse();
    }
    let mut authorities = HashMap::new();
    for row in &found {
        if !authorities.contains_key(&row.authority_id)
            && let Some(known) = services.authority(db, actor.stamp, &row.authority_id)?
        {
            authorities.insert(row.authority_id.clone(), known);
        }
    }
    let people = found.iter().filter_map(|row| row.handler_id.as_ref());
    let names = services.names(db, actor.stamp, people)?;
    let now = services.now();
    let mut remaining = Vec::with_capacity(found.len());
    for row in &found {
        let running = State::parse(&row.state).is_some_and(State::clock_runs);
        remaining.push(match (running, row.due_at) {
            (true, Some(due)) => {
                let calendar = services.calendar_shown(db, actor.stamp, &row.centre_id)?;
                remaining_minutes(&calendar, now, due.0).ok()
            }
            _ => None,
        });
    }
    Ok(Page {
        authorities,
        names,
        remaining,
        rows: found,
    })
}

/// Early, on time, overdue, within time or paused, from the columns of a list.
pub fn timing_of(row: &DossierListRow, now: DateTime<Utc>) -> Option<Timing> {
    let state = State::parse(&row.state)?;
    let basis = Basis::of(row.limit_unit.as_deref().and_then(Unit::parse));
    let due = row.due_at.map(|t| t.0);
    match (state, row.completed_at) {
        (State::Completed | State::Returned, Some(done)) => {
            Some(completed_timing(done.0, due, basis))
        }
        (state, _) if state.is_paused() => Some(Timing::Paused),
        (state, _) if state.clock_runs() => Some(open_timing(now, due, basis)),
        _ => None,
    }
}

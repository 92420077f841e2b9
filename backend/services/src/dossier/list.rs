//! Work lists and search.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use motcua_domain::deadline::{
    Concern, Remaining, Timing, Unit, WatchRules, completed_timing, open_timing, remaining,
    soon_until,
};
use motcua_domain::dossier::{Awaiting, Channel, Desk, DueWithin, State, SubState};
use motcua_domain::text::typed_words;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_domain::{code, person};
use motcua_store::centre::AuthorityRow;
use motcua_store::dossier::{self as rows, DossierListRow, Edge, Filter, Needle, Sort};
use motcua_store::{AuthorityId, Db, Ts, UserId};

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;
use crate::reference::Names;

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
    pub due: Option<DueWithin>,
    /// In which list of what is watched.
    pub concern: Option<Concern>,
    /// First day of reception.
    pub received_from: Option<NaiveDate>,
    /// Last day of reception, inclusive.
    pub received_to: Option<NaiveDate>,
    /// Only what the actor handles.
    pub mine: bool,
    /// Only what this person handles.
    pub handler: Option<UserId>,
    /// How it came.
    pub channel: Option<Channel>,
    /// Field of its procedure.
    pub field_code: Option<String>,
}

/// A page of a list with what its rows refer to.
#[derive(Debug, Clone)]
pub struct Page {
    /// The rows, in the order asked for.
    pub rows: Vec<DossierListRow>,
    /// Their authorities.
    pub authorities: HashMap<AuthorityId, Arc<AuthorityRow>>,
    /// Names of their handlers.
    pub names: Names,
    /// Working time left for each row, in the same order.
    pub remaining: Vec<Option<Remaining>>,
    /// Whether each row keeps its promise, in the same order.
    pub timings: Vec<Option<Timing>>,
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
    open().iter().map(|s| s.as_str().to_owned()).collect()
}

/// The words of the states in which a promise is still to be kept: once the result is ready, what was
/// promised is history, and no later calendar touches it.
pub(crate) fn promised_states() -> Vec<String> {
    open()
        .iter()
        .filter(|s| **s != State::Completed)
        .map(|s| s.as_str().to_owned())
        .collect()
}

fn open() -> Vec<State> {
    let all = State::ALL.iter().copied();
    all.filter(|s| !s.is_final()).collect()
}

fn midnight(date: NaiveDate) -> Ts {
    Ts::new(from_local(date, chrono::NaiveTime::MIN))
}

fn after(date: NaiveDate) -> Ts {
    midnight(date.checked_add_days(Days::new(1)).unwrap_or(date))
}

/// The most dossiers found by the number of who filed them for others: a notary's or the post's are
/// better found by code.
const MOST_FILED: i64 = 200;

/// The rows that are asked for; none when no row can be.
fn filter(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    query: &ListQuery,
) -> Result<Option<Filter>> {
    let now = services.now();
    let today = local_date(now);
    let typed = query.q.as_deref().filter(|q| !q.trim().is_empty());
    let wanted = typed.and_then(needle);
    if typed.is_some() && wanted.is_none() {
        // Signs that stand in no name and no number find nobody, not everybody.
        return Ok(None);
    }
    let filed = match &wanted {
        Some(number) => rows::filed_by(db, number, MOST_FILED)?,
        None => Vec::new(),
    };
    let mut f = Filter {
        needle: wanted,
        filed,
        desk: query.desk.map(|d| d.as_str().to_owned()),
        authority: query.authority.clone(),
        procedure_code: query.procedure_code.clone(),
        handler: query.handler.clone(),
        channel: query.channel.map(|c| c.as_str().to_owned()),
        field_code: query.field_code.clone(),
        concern: query.concern.map(|c| (c.as_str().to_owned(), Ts::new(now))),
        received_from: query.received_from.map(midnight),
        received_before: query.received_to.map(after),
        ..Filter::default()
    };
    if query.mine
        && f.handler
            .replace(actor.user_id.clone())
            .is_some_and(|h| h != actor.user_id)
    {
        return Ok(None);
    }
    // Each condition narrows; none takes another's place.
    let mut states: Option<Vec<State>> = (!query.states.is_empty()).then(|| query.states.clone());
    let mut only = |wanted: &[State]| {
        states = Some(match states.take() {
            Some(named) => named.into_iter().filter(|s| wanted.contains(s)).collect(),
            None => wanted.to_vec(),
        });
    };
    match query.awaiting {
        Some(Awaiting::Answer) => only(&[State::Submitted]),
        Some(Awaiting::Acknowledgement) => f.handover_open = Some(true),
        Some(Awaiting::Handover) => {
            only(&[State::Accepted]);
            f.handover_open = Some(false);
        }
        Some(Awaiting::Opinion) => {
            f.sub_state = Some(SubState::AwaitingConsultation.as_str().into());
        }
        Some(Awaiting::Signature) => {
            f.sub_state = Some(SubState::AwaitingSignature.as_str().into());
        }
        Some(Awaiting::Result) => f.sub_state = Some(SubState::Decided.as_str().into()),
        Some(Awaiting::HandBack) => only(&[State::Completed]),
        None => {}
    }
    if query.open {
        only(&open());
    }
    if query.due.is_some() && states.is_none() {
        states = Some(vec![State::Accepted, State::Processing]);
    }
    if let Some(states) = states {
        if states.is_empty() {
            return Ok(None);
        }
        f.states = states.iter().map(|s| s.as_str().to_owned()).collect();
    }
    if let Some(due) = query.due {
        match due {
            DueWithin::Overdue => f.due_before = Some(midnight(today)),
            DueWithin::Today => {
                f.due_from = Some(midnight(today));
                f.due_before = Some(after(today));
            }
            DueWithin::Soon => {
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
    Ok(Some(f))
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
    let scope = actor.scope(Permission::ReadDossiers);
    let mut found = match filter(services, db, actor, query)? {
        Some(f) => rows::page(db, &scope, &f, sort, edge, limit)?,
        None => Vec::new(),
    };
    if edge.is_some_and(|e| e.backwards) {
        found.reverse();
    }
    page_of(services, db, actor, found)
}

/// Rows with what they refer to.
pub(crate) fn page_of(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<DossierListRow>,
) -> Result<Page> {
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
    let mut left = Vec::with_capacity(found.len());
    let mut timings = Vec::with_capacity(found.len());
    for row in &found {
        let rules = services.watch_rules(db, actor.stamp, &row.centre_id)?;
        timings.push(timing_of(row, now, rules));
        let running = State::parse(&row.state).is_some_and(State::clock_runs);
        left.push(match (running, row.due_at) {
            (true, Some(due)) => {
                let calendar = services.calendar_shown(db, actor.stamp, &row.centre_id)?;
                remaining(&calendar, now, due.0).ok()
            }
            _ => None,
        });
    }
    Ok(Page {
        authorities,
        names,
        remaining: left,
        timings,
        rows: found,
    })
}

/// The most dossiers that are counted; more are told as more.
pub const MOST_COUNTED: usize = 1_000;

/// How many dossiers a list has.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// How many, up to [`MOST_COUNTED`].
    pub total: usize,
    /// There are more than were counted.
    pub capped: bool,
    /// How many of those counted are overdue.
    pub overdue: usize,
    /// Of those counted, by state; only states that occur.
    pub by_state: Vec<(State, usize)>,
}

/// Counts what a list would show, at a bounded price.
///
/// # Errors
/// As [`find_page`].
pub fn counts(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    query: &ListQuery,
) -> Result<Counts> {
    let Some(f) = filter(services, db, actor, query)? else {
        return Ok(Counts::default());
    };
    let scope = actor.scope(Permission::ReadDossiers);
    let mut found = rows::tally(db, &scope, &f, MOST_COUNTED as i64 + 1)?;
    let capped = found.len() > MOST_COUNTED;
    found.truncate(MOST_COUNTED);
    let now = services.now();
    let mut by_state: HashMap<State, usize> = HashMap::new();
    let mut overdue = 0;
    for row in &found {
        let rules = services.watch_rules(db, actor.stamp, &row.centre_id)?;
        let Some(state) = State::parse(&row.state) else {
            continue;
        };
        *by_state.entry(state).or_default() += 1;
        let basis = rules.basis(row.limit_unit.as_deref().and_then(Unit::parse));
        let late = state.clock_runs()
            && open_timing(now, row.due_at.map(|t| t.0), basis) == Timing::Overdue;
        overdue += usize::from(late);
    }
    Ok(Counts {
        total: found.len(),
        capped,
        overdue,
        by_state: State::ALL
            .iter()
            .filter_map(|s| by_state.get(s).map(|n| (*s, *n)))
            .collect(),
    })
}

/// Early, on time, overdue, within time or paused, from the columns of a list.
fn timing_of(row: &DossierListRow, now: DateTime<Utc>, rules: WatchRules) -> Option<Timing> {
    let state = State::parse(&row.state)?;
    let basis = rules.basis(row.limit_unit.as_deref().and_then(Unit::parse));
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

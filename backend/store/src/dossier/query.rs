//! Finding dossiers: always within what the asker may see, always by an index, a page at a time.

use diesel::prelude::*;

use super::rows::{DossierListRow, DossierRow};
use crate::conn::Db;
use crate::dialect;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, UserId};
use crate::on_each;
use crate::schema::{
    dossier_concerns, dossier_filers, dossier_words, dossiers, procedure_versions,
};
use crate::ts::Ts;

/// What somebody may see: everything these centres received, and everything these authorities are
/// competent for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Whole centres.
    pub centres: Vec<CentreId>,
    /// Single authorities.
    pub authorities: Vec<AuthorityId>,
}

impl Scope {
    /// Whether a dossier of this centre and authority lies within.
    pub fn covers(&self, centre: &CentreId, authority: &AuthorityId) -> bool {
        self.centres.contains(centre) || self.authorities.contains(authority)
    }
}

/// One dossier, if it lies within the scope.
///
/// # Errors
/// Storage failures only.
pub fn find(db: &mut Db, scope: &Scope, id: &DossierId) -> StoreResult<Option<DossierRow>> {
    let row = by_id(db, id)?;
    Ok(row.filter(|d| scope.covers(&d.centre_id, &d.authority_id)))
}

/// As [`find`], and nobody else changes it until this transaction ends: whoever comes second finds
/// what the first has made of it.
///
/// # Errors
/// Storage failures only.
pub fn find_to_change(
    db: &mut Db,
    scope: &Scope,
    id: &DossierId,
) -> StoreResult<Option<DossierRow>> {
    let row = dialect::lock_dossier(db, id)?;
    Ok(row.filter(|d| scope.covers(&d.centre_id, &d.authority_id)))
}

/// One dossier whoever asks, and nobody else changes it until this transaction ends: for the system's
/// own work.
///
/// # Errors
/// Storage failures only.
pub fn find_open(db: &mut Db, id: &DossierId) -> StoreResult<Option<DossierRow>> {
    Ok(dialect::lock_dossier(db, id)?)
}

/// Dossiers to be changed by the system's own work, by id.
///
/// # Errors
/// Storage failures only.
pub fn find_all_open(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<DossierRow>> {
    Ok(dialect::lock_dossiers(db, ids)?)
}

/// One dossier whoever asks: for the system's own work.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &DossierId) -> StoreResult<Option<DossierRow>> {
    Ok(on_each!(db, c => dossiers::table
        .find(id)
        .select(DossierRow::as_select())
        .get_result(c)
        .optional())?)
}

/// These dossiers, whoever asks.
///
/// # Errors
/// Storage failures only.
pub fn by_ids(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<DossierRow>> {
    Ok(dossiers::table
        .filter(dossiers::id.eq_any(ids.to_vec()))
        .select(DossierRow::as_select())
        .load(db)?)
}

/// One dossier by its code or submission number, whoever asks: for the public look-up.
///
/// # Errors
/// Storage failures only.
pub fn by_code(db: &mut Db, code: &str) -> StoreResult<Option<DossierRow>> {
    let found = dossiers::table
        .filter(dossiers::code.eq(code))
        .select(DossierRow::as_select())
        .get_result(db)
        .optional()?;
    if found.is_some() {
        return Ok(found);
    }
    Ok(dossiers::table
        .filter(dossiers::submission_number.eq(code))
        .select(DossierRow::as_select())
        .get_result(db)
        .optional()?)
}

/// How a list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Newest first.
    ReceivedDesc,
    /// Oldest first.
    ReceivedAsc,
    /// What is due soonest first; only dossiers that have a due date.
    DueAsc,
}

/// Where a page begins: the sort value and id of the row at its edge.
#[derive(Debug, Clone)]
pub struct Edge {
    /// Sort value.
    pub at: Ts,
    /// Id.
    pub id: DossierId,
    /// True when the page before the edge is wanted.
    pub backwards: bool,
}

/// What a typed search text looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Needle {
    /// Exact dossier code or submission number.
    Code(String),
    /// Exact identity number.
    Identity(String),
    /// Exact telephone number, normalised.
    Phone(String),
    /// Folded words of the owner's name; the last may be only begun.
    Words(Vec<String>),
}

/// What a list is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Search text.
    pub needle: Option<Needle>,
    /// Beside those whose owner has the number looked for: those that somebody with it has filed.
    pub filed: Vec<DossierId>,
    /// States, any of.
    pub states: Vec<String>,
    /// Sub-state.
    pub sub_state: Option<String>,
    /// Desk.
    pub desk: Option<String>,
    /// Owner's birth date, as it is kept.
    pub owner_birth: Option<String>,
    /// Competent authority.
    pub authority: Option<AuthorityId>,
    /// Procedure.
    pub procedure_code: Option<String>,
    /// Whether a hand-over is open.
    pub handover_open: Option<bool>,
    /// Handler.
    pub handler: Option<UserId>,
    /// How it came.
    pub channel: Option<String>,
    /// Field of its procedure.
    pub field_code: Option<String>,
    /// Received at or after.
    pub received_from: Option<Ts>,
    /// Received before.
    pub received_before: Option<Ts>,
    /// Due at or after.
    pub due_from: Option<Ts>,
    /// Due before.
    pub due_before: Option<Ts>,
    /// Standing in this list at this instant.
    pub concern: Option<(String, Ts)>,
}

/// Dossiers that somebody with this number has filed for another, the newest first, at most `limit`;
/// none for what is no number.
///
/// # Errors
/// Storage failures only.
pub fn filed_by(db: &mut Db, needle: &Needle, limit: i64) -> StoreResult<Vec<DossierId>> {
    use dossier_filers as f;
    let q = f::table
        .select(f::dossier_id)
        .order(f::dossier_id.desc())
        .limit(limit)
        .into_boxed();
    Ok(match needle {
        Needle::Identity(n) => q.filter(f::identity_number.eq(n.clone())).load(db)?,
        Needle::Phone(n) => q.filter(f::phone.eq(n.clone())).load(db)?,
        Needle::Code(_) | Needle::Words(_) => Vec::new(),
    })
}

/// Narrows a boxed question about dossiers to a scope and a filter, whatever it selects.
macro_rules! narrow {
    ($q:ident, $scope:expr, $filter:expr) => {
        // One centre or one authority gives a plain equality, which the composite indexes serve; only
        // mixed scopes need the disjunction.
        $q = match ($scope.centres.as_slice(), $scope.authorities.as_slice()) {
            ([centre], []) => $q.filter(d::centre_id.eq(centre.clone())),
            ([], [authority]) => $q.filter(d::authority_id.eq(authority.clone())),
            ([], authorities) => $q.filter(d::authority_id.eq_any(authorities.to_vec())),
            (centres, []) => $q.filter(d::centre_id.eq_any(centres.to_vec())),
            (centres, authorities) => $q.filter(
                d::centre_id
                    .eq_any(centres.to_vec())
                    .or(d::authority_id.eq_any(authorities.to_vec())),
            ),
        };
        match &$filter.needle {
            None => {}
            Some(Needle::Code(c)) => {
                $q = $q.filter(d::code.eq(c.clone()).or(d::submission_number.eq(c.clone())));
            }
            Some(Needle::Identity(n)) if $filter.filed.is_empty() => {
                $q = $q.filter(d::owner_identity.eq(n.clone()));
            }
            Some(Needle::Phone(n)) if $filter.filed.is_empty() => {
                $q = $q.filter(d::owner_phone.eq(n.clone()));
            }
            // By id, not by a question within the question: both halves then have an index.
            Some(Needle::Identity(n)) => {
                $q = $q.filter(d::owner_identity.eq(n.clone()).or(d::id.eq_any($filter.filed.clone())));
            }
            Some(Needle::Phone(n)) => {
                $q = $q.filter(d::owner_phone.eq(n.clone()).or(d::id.eq_any($filter.filed.clone())));
            }
            Some(Needle::Words(words)) => {
                for (i, word) in words.iter().enumerate() {
                    // A range on the index: all words so begun while the last is still being typed, else
                    // the word itself (nothing sorts between it and itself followed by U+0001).
                    let end = if i + 1 == words.len() {
                        '\u{10FFFF}'
                    } else {
                        '\u{1}'
                    };
                    let within = dossier_words::word
                        .ge(word.clone())
                        .and(dossier_words::word.lt(format!("{word}{end}")));
                    let in_centres = dossier_words::centre_id.eq_any($scope.centres.clone());
                    let in_authorities = dossier_words::authority_id.eq_any($scope.authorities.clone());
                    let ids = dossier_words::table.select(dossier_words::dossier_id);
                    $q = match ($scope.centres.is_empty(), $scope.authorities.is_empty()) {
                        (false, true) => $q.filter(d::id.eq_any(ids.filter(in_centres).filter(within))),
                        (true, _) => $q.filter(d::id.eq_any(ids.filter(in_authorities).filter(within))),
                        (false, false) => $q.filter(
                            d::id.eq_any(ids.filter(in_centres.or(in_authorities)).filter(within)),
                        ),
                    };
                }
            }
        }
        match $filter.states.as_slice() {
            [] => {}
            [one] => $q = $q.filter(d::state.eq(one.clone())),
            many => $q = $q.filter(d::state.eq_any(many.to_vec())),
        }
        if let Some(s) = &$filter.sub_state {
            $q = $q.filter(d::sub_state.eq(s.clone()));
        }
        if let Some(s) = &$filter.desk {
            $q = $q.filter(d::desk.eq(s.clone()));
        }
        if let Some(b) = &$filter.owner_birth {
            $q = $q.filter(d::owner_birth.eq(b.clone()));
        }
        if let Some(a) = &$filter.authority {
            $q = $q.filter(d::authority_id.eq(a.clone()));
        }
        if let Some(p) = &$filter.procedure_code {
            $q = $q.filter(d::procedure_code.eq(p.clone()));
        }
        match $filter.handover_open {
            Some(true) => $q = $q.filter(d::open_handover_id.is_not_null()),
            Some(false) => $q = $q.filter(d::open_handover_id.is_null()),
            None => {}
        }
        if let Some(h) = &$filter.handler {
            $q = $q.filter(d::handler_id.eq(h.clone()));
        }
        if let Some(c) = &$filter.channel {
            $q = $q.filter(d::channel.eq(c.clone()));
        }
        if let Some(f) = &$filter.field_code {
            let codes = procedure_versions::table
                .select(procedure_versions::procedure_code)
                .filter(procedure_versions::field_code.eq(f.clone()));
            $q = $q.filter(d::procedure_code.eq_any(codes));
        }
        if let Some(t) = $filter.received_from {
            $q = $q.filter(d::received_at.ge(t));
        }
        if let Some(t) = $filter.received_before {
            $q = $q.filter(d::received_at.lt(t));
        }
        if let Some(t) = $filter.due_from {
            $q = $q.filter(d::due_at.ge(t));
        }
        if let Some(t) = $filter.due_before {
            $q = $q.filter(d::due_at.lt(t));
        }
        if let Some((word, now)) = &$filter.concern {
            let ids = dossier_concerns::table
                .select(dossier_concerns::dossier_id)
                .filter(dossier_concerns::closed.eq_any([false, true]))
                .filter(dossier_concerns::concern.eq(word.clone()))
                .filter(dossier_concerns::from_at.le(*now))
                .filter(
                    dossier_concerns::until_at
                        .is_null()
                        .or(dossier_concerns::until_at.gt(*now)),
                );
            let in_centres = dossier_concerns::centre_id.eq_any($scope.centres.clone());
            let in_authorities = dossier_concerns::authority_id.eq_any($scope.authorities.clone());
            $q = match ($scope.centres.is_empty(), $scope.authorities.is_empty()) {
                (false, true) => $q.filter(d::id.eq_any(ids.filter(in_centres))),
                (true, _) => $q.filter(d::id.eq_any(ids.filter(in_authorities))),
                (false, false) => $q.filter(d::id.eq_any(ids.filter(in_centres.or(in_authorities)))),
            };
        }
    };
}

/// A page of at most `limit` dossiers within the scope. A page before an edge comes in reversed
/// order; the caller turns it round.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    scope: &Scope,
    filter: &Filter,
    sort: Sort,
    edge: Option<&Edge>,
    limit: i64,
) -> StoreResult<Vec<DossierListRow>> {
    use dossiers as d;
    // On the concrete connection: a work list is what every screen opens with.
    let found: Vec<DossierListRow> = on_each!(db, c => {
        let mut q = d::table
            .select(DossierListRow::as_select())
            .limit(limit)
            .into_boxed();
        narrow!(q, scope, filter);
        let backwards = edge.is_some_and(|e| e.backwards);
        q = match (sort, backwards) {
            (Sort::ReceivedDesc, false) | (Sort::ReceivedAsc, true) => {
                q.order((d::received_at.desc(), d::id.desc()))
            }
            (Sort::ReceivedDesc, true) | (Sort::ReceivedAsc, false) => {
                q.order((d::received_at.asc(), d::id.asc()))
            }
            (Sort::DueAsc, false) => q
                .filter(d::due_at.is_not_null())
                .order((d::due_at.asc(), d::id.asc())),
            (Sort::DueAsc, true) => q
                .filter(d::due_at.is_not_null())
                .order((d::due_at.desc(), d::id.desc())),
        };
        if let Some(e) = edge {
            let id = e.id.clone();
            q = match (sort, backwards) {
                (Sort::ReceivedDesc, false) | (Sort::ReceivedAsc, true) => q.filter(
                    d::received_at
                        .lt(e.at)
                        .or(d::received_at.eq(e.at).and(d::id.lt(id))),
                ),
                (Sort::ReceivedDesc, true) | (Sort::ReceivedAsc, false) => q.filter(
                    d::received_at
                        .gt(e.at)
                        .or(d::received_at.eq(e.at).and(d::id.gt(id))),
                ),
                (Sort::DueAsc, false) => {
                    q.filter(d::due_at.gt(e.at).or(d::due_at.eq(e.at).and(d::id.gt(id))))
                }
                (Sort::DueAsc, true) => {
                    q.filter(d::due_at.lt(e.at).or(d::due_at.eq(e.at).and(d::id.lt(id))))
                }
            };
        }
        q.load(c)
    })?;
    Ok(found)
}

/// What is needed to count a dossier: its state and whether its promise is kept.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct TallyRow {
    pub centre_id: CentreId,
    pub state: String,
    pub due_at: Option<Ts>,
    pub limit_unit: Option<String>,
}

/// At most `limit` dossiers within the scope, in no order, for counting.
///
/// # Errors
/// Storage failures only.
pub fn tally(
    db: &mut Db,
    scope: &Scope,
    filter: &Filter,
    limit: i64,
) -> StoreResult<Vec<TallyRow>> {
    use dossiers as d;
    let found: Vec<TallyRow> = on_each!(db, c => {
        let mut q = d::table
            .select(TallyRow::as_select())
            .limit(limit)
            .into_boxed();
        narrow!(q, scope, filter);
        q.load(c)
    })?;
    Ok(found)
}

/// A promise that still runs: what is needed to see where another calendar would put it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PromiseRow {
    pub id: DossierId,
    pub authority_id: AuthorityId,
    pub code: Option<String>,
    pub procedure_name: String,
    pub state: String,
    pub clock_started_at: Option<Ts>,
    pub due_at: Option<Ts>,
    pub limit_amount: Option<i32>,
    pub limit_unit: Option<String>,
}

/// A page of the open promises of a centre, or of one authority there, soonest first.
///
/// # Errors
/// Storage failures only.
pub fn open_promises(
    db: &mut Db,
    centre: &CentreId,
    authorities: &[AuthorityId],
    states: &[String],
    edge: Option<&Edge>,
    limit: i64,
) -> StoreResult<Vec<PromiseRow>> {
    use dossiers as d;
    let mut q = d::table
        .select(PromiseRow::as_select())
        .filter(d::centre_id.eq(centre.clone()))
        .filter(d::due_at.is_not_null())
        .filter(d::state.eq_any(states.to_vec()))
        .order((d::due_at.asc(), d::id.asc()))
        .limit(limit)
        .into_boxed();
    if !authorities.is_empty() {
        q = q.filter(d::authority_id.eq_any(authorities.to_vec()));
    }
    if let Some(e) = edge {
        q = q.filter(
            d::due_at
                .gt(e.at)
                .or(d::due_at.eq(e.at).and(d::id.gt(e.id.clone()))),
        );
    }
    Ok(q.load(db)?)
}

/// Open promises of a centre by id, after this one: the order in which all of them can be walked by the
/// primary key, however many there are.
///
/// # Errors
/// Storage failures only.
pub fn promises_after(
    db: &mut Db,
    centre: &CentreId,
    states: &[String],
    after: Option<&DossierId>,
    limit: i64,
) -> StoreResult<Vec<PromiseRow>> {
    use dossiers as d;
    let mut q = d::table
        .select(PromiseRow::as_select())
        .filter(d::centre_id.eq(centre.clone()))
        .filter(d::due_at.is_not_null())
        .filter(d::state.eq_any(states.to_vec()))
        .order(d::id.asc())
        .limit(limit)
        .into_boxed();
    if let Some(id) = after {
        q = q.filter(d::id.gt(id.clone()));
    }
    Ok(q.load(db)?)
}

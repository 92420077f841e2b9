//! Suggestions and complaints, denunciations beside them, and the obstacles that officers report.

pub mod denunciation;
pub mod obstacle;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::conn::Db;
use crate::dossier::Scope;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{feedback_items, feedback_steps};
use crate::ts::Ts;

/// A suggestion or a complaint.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = feedback_items, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FeedbackRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// Who is competent; none: not said yet.
    pub authority_id: Option<AuthorityId>,
    pub code: String,
    pub kind: String,
    pub channel: String,
    pub subject: String,
    pub text: String,
    pub filer_name: String,
    pub filer_address: String,
    pub filer_phone: String,
    pub dossier_id: Option<DossierId>,
    /// The officer it is about, for whom it does not exist.
    pub about_user_id: Option<UserId>,
    pub state: String,
    pub received_at: Ts,
    /// None: on the public page.
    pub received_by: Option<UserId>,
    pub received_on: NaiveDate,
    /// By when it is passed on, or accepted.
    pub first_due_on: NaiveDate,
    pub first_done_on: Option<NaiveDate>,
    pub forwarded_to: Option<String>,
    pub accepted_on: Option<NaiveDate>,
    pub remote: bool,
    pub answer_due_on: Option<NaiveDate>,
    /// What is due next; none: nothing.
    pub due_on: Option<NaiveDate>,
    /// The last day that was set for it: the quarter it counts in.
    pub last_due_on: NaiveDate,
    pub prolonged: bool,
    pub answer: Option<String>,
    pub upheld: Option<bool>,
    pub answered_on: Option<NaiveDate>,
    pub answered_by: Option<UserId>,
    pub published_summary: Option<String>,
    pub published_answer: Option<String>,
    pub published_at: Option<Ts>,
    pub satisfaction: Option<i32>,
    pub secret_hash: String,
    pub version: i64,
}

/// What was done with something: no personal data.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = feedback_steps, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct StepRow {
    pub item_id: RecordId,
    /// The version it led to.
    pub seq: i64,
    pub at: Ts,
    pub kind: String,
    pub actor_id: Option<UserId>,
    pub note: Option<String>,
}

/// What a list is narrowed by.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Suggestions or complaints.
    pub kind: Option<String>,
    /// State.
    pub state: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
    /// The competent authority.
    pub authority: Option<AuthorityId>,
    /// What is due before this day.
    pub due_before: Option<NaiveDate>,
    /// Only what waits for something.
    pub open: bool,
    /// Code.
    pub code: Option<String>,
}

/// Within a scope, and about somebody else than who asks.
macro_rules! visible {
    ($q:ident, $f:ident, $scope:expr, $except:expr) => {
        $q = match ($scope.centres.as_slice(), $scope.authorities.as_slice()) {
            ([centre], []) => $q.filter($f::centre_id.eq(centre.clone())),
            ([], [authority]) => $q.filter($f::authority_id.eq(Some(authority.clone()))),
            (centres, authorities) => {
                let authorities: Vec<Option<AuthorityId>> =
                    authorities.iter().cloned().map(Some).collect();
                $q.filter(
                    $f::centre_id
                        .eq_any(centres.to_vec())
                        .or($f::authority_id.eq_any(authorities)),
                )
            }
        };
        $q = $q.filter(
            $f::about_user_id
                .is_null()
                .or($f::about_user_id.ne(Some($except.clone()))),
        );
    };
}

/// Keeps something that was filed.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, row: &FeedbackRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(feedback_items::table).values(row).execute(c))?;
    Ok(())
}

/// One item within a scope, unless it is about who asks.
///
/// # Errors
/// Storage failures only.
pub fn find(
    db: &mut Db,
    scope: &Scope,
    except: &UserId,
    id: &RecordId,
) -> StoreResult<Option<FeedbackRow>> {
    let row: Option<FeedbackRow> = on_each!(db, c => feedback_items::table
        .find(id)
        .select(FeedbackRow::as_select())
        .get_result(c)
        .optional())?;
    Ok(row.filter(|r| covers(scope, r) && r.about_user_id.as_ref() != Some(except)))
}

/// One item, whoever asks: for holding against it what names it.
///
/// # Errors
/// Storage failures only.
pub fn by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<FeedbackRow>> {
    Ok(on_each!(db, c => feedback_items::table
        .find(id)
        .select(FeedbackRow::as_select())
        .get_result(c)
        .optional())?)
}

/// Whether an item lies within a scope.
#[must_use]
pub fn covers(scope: &Scope, row: &FeedbackRow) -> bool {
    scope.centres.contains(&row.centre_id)
        || row
            .authority_id
            .as_ref()
            .is_some_and(|a| scope.authorities.contains(a))
}

/// The item of a code.
///
/// # Errors
/// Storage failures only.
pub fn by_code(db: &mut Db, code: &str) -> StoreResult<Option<FeedbackRow>> {
    let row = on_each!(db, c => feedback_items::table
        .filter(feedback_items::code.eq(code))
        .select(FeedbackRow::as_select())
        .get_result(c)
        .optional())?;
    Ok(row)
}

/// Saves an item that stood at `version`; false when it stands elsewhere by now.
///
/// # Errors
/// Storage failures only.
pub fn save(db: &mut Db, row: &FeedbackRow, version: i64) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::update(
            feedback_items::table
                .filter(feedback_items::id.eq(&row.id))
                .filter(feedback_items::version.eq(version)))
        .set(row)
        .execute(c))?;
    Ok(n == 1)
}

/// Items within a scope that are not about who asks, newest first, next to an edge (an id, and whether
/// what stands before it in this order is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(
    db: &mut Db,
    scope: &Scope,
    except: &UserId,
    filter: &Filter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> StoreResult<Vec<FeedbackRow>> {
    use feedback_items as f;
    let mut rows: Vec<FeedbackRow> = on_each!(db, c => {
        let mut q = f::table
            .select(FeedbackRow::as_select())
            .limit(limit)
            .into_boxed();
        visible!(q, f, scope, except);
        if let Some(kind) = &filter.kind {
            q = q.filter(f::kind.eq(kind.clone()));
        }
        if let Some(state) = &filter.state {
            q = q.filter(f::state.eq(state.clone()));
        }
        if let Some(subject) = &filter.subject {
            q = q.filter(f::subject.eq(subject.clone()));
        }
        if let Some(authority) = &filter.authority {
            q = q.filter(f::authority_id.eq(Some(authority.clone())));
        }
        if let Some(day) = filter.due_before {
            q = q.filter(f::due_on.lt(Some(day)));
        }
        if filter.open {
            q = q.filter(f::state.eq_any(["received", "forwarded", "accepted"]));
        }
        if let Some(code) = &filter.code {
            q = q.filter(f::code.eq(code.clone()));
        }
        q = match edge {
            Some((id, true)) => q.filter(f::id.gt(id.to_owned())).order(f::id.asc()),
            Some((id, false)) => q.filter(f::id.lt(id.to_owned())).order(f::id.desc()),
            None => q.order(f::id.desc()),
        };
        q.load(c)
    })?;
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// What a centre published, newest first, next to an edge (when and which, and whether what stands
/// before it in this order is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn published(
    db: &mut Db,
    centre: &CentreId,
    edge: Option<(Ts, &str, bool)>,
    limit: i64,
) -> StoreResult<Vec<FeedbackRow>> {
    use feedback_items as f;
    let mut rows: Vec<FeedbackRow> = on_each!(db, c => {
        let q = f::table
            .filter(f::centre_id.eq(centre.clone()))
            .filter(f::published_at.is_not_null())
            .select(FeedbackRow::as_select())
            .limit(limit)
            .into_boxed();
        let q = match edge {
            Some((at, id, true)) => q
                .filter(f::published_at.gt(Some(at)).or(f::published_at
                    .eq(Some(at))
                    .and(f::id.gt(id.to_owned()))))
                .order((f::published_at.asc(), f::id.asc())),
            Some((at, id, false)) => q
                .filter(f::published_at.lt(Some(at)).or(f::published_at
                    .eq(Some(at))
                    .and(f::id.lt(id.to_owned()))))
                .order((f::published_at.desc(), f::id.desc())),
            None => q.order((f::published_at.desc(), f::id.desc())),
        };
        q.load(c)
    })?;
    if edge.is_some_and(|(_, _, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// Keeps a step.
///
/// # Errors
/// Storage failures only.
pub fn insert_step(db: &mut Db, row: &StepRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(feedback_steps::table).values(row).execute(c))?;
    Ok(())
}

/// Steps of an item, oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn steps(db: &mut Db, id: &RecordId, limit: i64) -> StoreResult<Vec<StepRow>> {
    let rows = on_each!(db, c => feedback_steps::table
        .filter(feedback_steps::item_id.eq(id))
        .order(feedback_steps::seq.asc())
        .limit(limit)
        .select(StepRow::as_select())
        .load(c))?;
    Ok(rows)
}

/// How many of a kind a centre received in the year that these days bound, for holding the counter
/// against it.
///
/// # Errors
/// Storage failures only.
pub fn received_within(
    db: &mut Db,
    centre: &str,
    kind: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> StoreResult<i64> {
    use feedback_items as f;
    let n = on_each!(db, c => f::table
        .filter(f::centre_id.eq(centre))
        .filter(f::kind.eq(kind))
        .filter(f::received_on.between(first, last))
        .select(count_star())
        .first(c))?;
    Ok(n)
}

/// How the suggestions went whose last day lies in a time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Handled {
    /// How many there were.
    pub due: i64,
    /// Passed on, and answered where a day was set for that, in time.
    pub on_time: i64,
    /// Given more time.
    pub prolonged: i64,
}

/// Whether anything was ever filed at a centre: where nothing was, nobody knows whether nobody had anything
/// to say.
///
/// # Errors
/// Storage failures only.
pub fn any(db: &mut Db, centre: &CentreId) -> StoreResult<bool> {
    use feedback_items as f;
    let first: Option<String> = on_each!(db, c => f::table
        .filter(f::centre_id.eq(centre))
        .select(f::id)
        .limit(1)
        .load::<String>(c))?
    .pop();
    Ok(first.is_some())
}

/// How the suggestions of a centre went whose last day lies within these days: counted by the database,
/// nobody's name is read.
///
/// # Errors
/// Storage failures only.
pub fn handled(
    db: &mut Db,
    centre: &CentreId,
    first: NaiveDate,
    last: NaiveDate,
) -> StoreResult<Handled> {
    use feedback_items as f;
    let all = |db: &mut Db| -> StoreResult<i64> {
        Ok(on_each!(db, c => f::table
            .filter(f::centre_id.eq(centre))
            .filter(f::kind.eq("suggestion"))
            .filter(f::last_due_on.between(first, last))
            .select(count_star())
            .first(c))?)
    };
    let on_time = |db: &mut Db| -> StoreResult<i64> {
        Ok(on_each!(db, c => f::table
            .filter(f::centre_id.eq(centre))
            .filter(f::kind.eq("suggestion"))
            .filter(f::last_due_on.between(first, last))
            .filter(f::first_done_on.le(f::first_due_on.nullable()))
            .filter(f::answer_due_on.is_null().or(f::answered_on.le(f::answer_due_on)))
            .select(count_star())
            .first(c))?)
    };
    let prolonged = |db: &mut Db| -> StoreResult<i64> {
        Ok(on_each!(db, c => f::table
            .filter(f::centre_id.eq(centre))
            .filter(f::kind.eq("suggestion"))
            .filter(f::last_due_on.between(first, last))
            .filter(f::prolonged.eq(true))
            .select(count_star())
            .first(c))?)
    };
    Ok(Handled {
        due: all(db)?,
        on_time: on_time(db)?,
        prolonged: prolonged(db)?,
    })
}

/// What was found true of somebody's attitude: of which officer, in which dossier, how often.
pub type Attitude = (Option<UserId>, Option<DossierId>, i64);

/// What was found true of officers' attitude within these days, per officer and dossier; at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn upheld_attitudes(
    db: &mut Db,
    centre: &CentreId,
    first: NaiveDate,
    last: NaiveDate,
    limit: i64,
) -> StoreResult<Vec<Attitude>> {
    use feedback_items as f;
    let rows = on_each!(db, c => f::table
        .filter(f::centre_id.eq(centre))
        .filter(f::subject.eq("attitude"))
        .filter(f::upheld.eq(Some(true)))
        .filter(f::answered_on.between(Some(first), Some(last)))
        .group_by((f::about_user_id, f::dossier_id))
        .order((f::about_user_id.asc(), f::dossier_id.asc()))
        .limit(limit)
        .select((f::about_user_id, f::dossier_id, count_star()))
        .load(c))?;
    Ok(rows)
}

//! How long dossiers are kept, what must be kept longer, and taking people's data out of what need not
//! be: proposed by one, approved by two others.

use std::collections::HashMap;

use chrono::NaiveDate;
use motcua_domain::dossier::State;
use motcua_domain::personal_data::{DisposalState, kept_until};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::find;
use motcua_store::personal_data::{
    self as rows, DisposalItemRow, DisposalLine, DisposalRow, HoldRow, LiftedHoldRow, OverRow,
    RetentionRow,
};
use motcua_store::{
    CentreId, Db, DossierId, RecordId, StoreError, Ts, catalogue, declaration, file,
};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::error::Result;
use crate::record;
use crate::reference::Names;

/// The most rules.
pub const MOST_RULES: i64 = 1_000;
/// The most dossiers of one list.
pub const MOST_ITEMS: usize = 500;
/// The longest that a rule keeps something, in years.
const MOST_YEARS: i32 = 100;
/// Dossiers looked at in one step, and how many such steps one proposal takes.
const BATCH: i64 = 500;
const MOST_BATCHES: usize = 40;

/// A rule to be set.
#[derive(Debug, Clone)]
pub struct NewRule {
    /// `*`, `field:A` or `procedure:1.004873`.
    pub scope: String,
    /// Whole years; none: for ever.
    pub years: Option<i32>,
    /// Where that is written.
    pub source: String,
}

/// Every rule.
///
/// # Errors
/// Storage failures only.
pub fn rules(db: &mut Db) -> Result<Vec<RetentionRow>> {
    Ok(rows::retention_rules(db, MOST_RULES)?)
}

fn is_scope(scope: &str) -> bool {
    let word = |s: &str| {
        (1..=40).contains(&s.len())
            && s.chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_')
    };
    scope == "*"
        || scope.strip_prefix("field:").is_some_and(word)
        || scope.strip_prefix("procedure:").is_some_and(word)
}

/// Sets how long dossiers of a kind are kept. Nothing is disposed of without a rule.
///
/// # Errors
/// `validation_failed` naming the fields.
pub fn set_rule(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewRule,
) -> Result<RetentionRow> {
    if !is_scope(&new.scope) {
        return Err(bad_field(
            "/scope",
            "invalid_value",
            "Ghi «*», «field:» và mã lĩnh vực, hoặc «procedure:» và mã thủ tục.",
            "Give `*`, `field:` with a field's code, or `procedure:` with a procedure's.",
        )
        .into());
    }
    if new.years.is_some_and(|y| !(0..=MOST_YEARS).contains(&y)) {
        return Err(bad_field(
            "/years",
            "out_of_range",
            format!("Phải từ 0 đến {MOST_YEARS} năm."),
            format!("0 to {MOST_YEARS} years."),
        )
        .into());
    }
    let source =
        required_line(&new.source, 300).map_err(|f| Refusal::invalid(vec![f.at("/source")]))?;
    let row = RetentionRow {
        scope: new.scope.clone(),
        years: new.years,
        source,
        set_by: actor.user_id.clone(),
        set_at: Ts::new(services.now()),
    };
    rows::set_retention_rule(db, &row)?;
    for centre in actor.centres(Permission::ManageRetention) {
        record::audit(
            db,
            &centre,
            services.now(),
            Some(actor),
            "retention.rule_set",
            ("retention_rule", &row.scope),
            json!({ "years": row.years, "source": row.source }),
        )?;
    }
    Ok(row)
}

/// The most lifted holds of a dossier that are told.
pub const MOST_LIFTED: i64 = 50;

/// The hold on a dossier, those that were lifted, and the names of who did it.
pub struct Holds {
    /// The hold that stands.
    pub hold: Option<HoldRow>,
    /// Those that were lifted, newest first.
    pub lifted: Vec<LiftedHoldRow>,
    /// Names.
    pub names: Names,
}

/// The hold on a dossier, and those that were lifted.
///
/// # Errors
/// `not_found`.
pub fn holds_on(services: &Services, db: &mut Db, actor: &Actor, id: &DossierId) -> Result<Holds> {
    find(db, &actor.scope(Permission::HoldDossiers), id)?.ok_or_else(Refusal::not_found)?;
    let hold = rows::hold(db, id)?;
    let lifted = rows::lifted_holds(db, id, MOST_LIFTED)?;
    let people = hold
        .iter()
        .map(|h| &h.placed_by)
        .chain(lifted.iter().flat_map(|l| [&l.placed_by, &l.lifted_by]));
    let names = services.names(db, actor.stamp, people)?;
    Ok(Holds {
        hold,
        lifted,
        names,
    })
}

/// Says that a dossier is kept whatever its time: a dispute, an inspection, a court.
///
/// # Errors
/// `not_found`, `validation_failed`, `dossier_held`.
pub fn place(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    reason: &str,
) -> Result<Holds> {
    let scope = actor.scope(Permission::HoldDossiers);
    let dossier = find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let reason = required_line(reason, 500).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    let now = services.now();
    let row = HoldRow {
        dossier_id: id.clone(),
        reason,
        placed_by: actor.user_id.clone(),
        placed_at: Ts::new(now),
    };
    if rows::hold(db, id)?.is_some() {
        return Err(held_already());
    }
    rows::place_hold(db, &row).map_err(|e| match e {
        StoreError::Unique(_) => held_already(),
        other => other.into(),
    })?;
    record::audit(
        db,
        &dossier.centre_id,
        now,
        Some(actor),
        "legal_hold.placed",
        ("dossier", id.as_str()),
        json!({}),
    )?;
    holds_on(services, db, actor, id)
}

fn held_already() -> crate::error::Error {
    Refusal::new(
        "dossier_held",
        "Hồ sơ này đang được giữ.",
        "The dossier is held already.",
    )
    .into()
}

/// Lifts the hold on a dossier. What it was, and both reasons, stay.
///
/// # Errors
/// `not_found`, `validation_failed`, `dossier_not_held`.
pub fn lift(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    reason: &str,
) -> Result<Holds> {
    let scope = actor.scope(Permission::HoldDossiers);
    let dossier = find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let because =
        required_line(reason, 500).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    let not_held = || {
        Refusal::new(
            "dossier_not_held",
            "Hồ sơ này không bị giữ.",
            "The dossier is not held.",
        )
    };
    let now = services.now();
    let hold = rows::hold(db, id)?.ok_or_else(not_held)?;
    let lifted = LiftedHoldRow {
        id: RecordId::new(),
        dossier_id: hold.dossier_id,
        reason: hold.reason,
        placed_by: hold.placed_by,
        placed_at: hold.placed_at,
        lifted_because: because,
        lifted_by: actor.user_id.clone(),
        lifted_at: Ts::new(now),
    };
    if !rows::lift_hold(db, &lifted)? {
        return Err(not_held().into());
    }
    record::audit(
        db,
        &dossier.centre_id,
        now,
        Some(actor),
        "legal_hold.lifted",
        ("dossier", id.as_str()),
        json!({}),
    )?;
    holds_on(services, db, actor, id)
}

/// A list with its dossiers and the names of who proposed and approved it.
pub struct Disposal {
    /// The list.
    pub row: DisposalRow,
    /// Its dossiers; empty in a page of lists.
    pub items: Vec<DisposalLine>,
    /// Names.
    pub names: Names,
}

fn with_names(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: DisposalRow,
    items: Vec<DisposalLine>,
) -> Result<Disposal> {
    let people = [
        Some(&row.proposed_by),
        row.first_approved_by.as_ref(),
        row.closed_by.as_ref(),
    ];
    let names = services.names(db, actor.stamp, people.into_iter().flatten())?;
    Ok(Disposal { row, items, names })
}

/// Lists of the actor's centres, newest first, without their dossiers.
///
/// # Errors
/// Storage failures only.
pub fn disposals(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<(Vec<DisposalRow>, Names)> {
    let centres = actor.centres(Permission::ReadDisposals);
    let found = rows::disposals_page(db, &centres, edge, limit)?;
    let people = found
        .iter()
        .flat_map(|r| {
            [
                Some(&r.proposed_by),
                r.first_approved_by.as_ref(),
                r.closed_by.as_ref(),
            ]
        })
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok((found, names))
}

/// One list with its dossiers.
///
/// # Errors
/// `not_found`.
pub fn disposal(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
) -> Result<Disposal> {
    let centres = actor.centres(Permission::ReadDisposals);
    let row = rows::disposal(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    let items = rows::disposal_items(db, id, MOST_ITEMS as i64)?;
    with_names(services, db, actor, row, items)
}

/// The rules as they are looked up: the procedure's own before its field's before all.
struct Rules {
    by_scope: HashMap<String, Option<u16>>,
    fields: HashMap<String, String>,
}

impl Rules {
    fn read(db: &mut Db) -> Result<Self> {
        let by_scope = rules(db)?
            .into_iter()
            .map(|r| (r.scope, r.years.and_then(|y| u16::try_from(y).ok())))
            .collect();
        let fields = catalogue::field_codes(db)?.into_iter().collect();
        Ok(Self { by_scope, fields })
    }

    /// The rule's scope and, if something under it is not kept for ever, for how many years.
    fn of(&self, procedure: &str) -> Option<(String, u16)> {
        let field = self.fields.get(procedure).map(|f| format!("field:{f}"));
        let scopes = [
            Some(format!("procedure:{procedure}")),
            field,
            Some("*".into()),
        ];
        for scope in scopes.into_iter().flatten() {
            if let Some(years) = self.by_scope.get(&scope) {
                return years.map(|y| (scope, y));
            }
        }
        None
    }
}

fn over_on(row: &OverRow) -> Option<NaiveDate> {
    row.returned_at.or(row.ended_at).map(|t| local_date(t.0))
}

/// Proposes a list: the dossiers of a centre whose time is over and that nothing holds, at most five
/// hundred.
///
/// # Errors
/// `nothing_to_dispose`.
pub fn propose(services: &Services, db: &mut Db, actor: &Actor) -> Result<Disposal> {
    let now = services.now();
    let today = local_date(now);
    let centre: CentreId = actor
        .centres(Permission::ManageRetention)
        .into_iter()
        .next()
        .ok_or_else(Refusal::not_found)?;
    let rules = Rules::read(db)?;
    let states: Vec<String> = State::ALL
        .iter()
        .filter(|s| s.is_final())
        .map(|s| s.as_str().to_owned())
        .collect();
    let list = RecordId::new();
    let mut items = Vec::new();
    let mut edge: Option<(Ts, DossierId)> = None;
    for _ in 0..MOST_BATCHES {
        let after = edge.as_ref().map(|(at, id)| (*at, id));
        let page = rows::over(db, &centre, &states, Ts::new(now), after, BATCH)?;
        edge = page.last().map(|r| (r.received_at, r.id.clone()));
        for row in page {
            let Some((scope, years)) = rules.of(&row.procedure_code) else {
                continue;
            };
            let Some(until) = over_on(&row).map(|day| kept_until(day, years)) else {
                continue;
            };
            if until < today && items.len() < MOST_ITEMS {
                items.push(DisposalItemRow {
                    list_id: list.clone(),
                    dossier_id: row.id,
                    rule_scope: scope,
                    kept_until: until,
                    outcome: None,
                });
            }
        }
        if edge.is_none() || items.len() >= MOST_ITEMS {
            break;
        }
    }
    if items.is_empty() {
        return Err(Refusal::new(
            "nothing_to_dispose",
            "Chưa có hồ sơ nào hết thời hạn lưu theo các quy định đã nhập.",
            "No dossier's time is over by the rules that were entered.",
        )
        .into());
    }
    let row = DisposalRow {
        id: list,
        centre_id: centre.clone(),
        state: DisposalState::Proposed.as_str().to_owned(),
        proposed_by: actor.user_id.clone(),
        proposed_at: Ts::new(now),
        first_approved_by: None,
        first_approved_at: None,
        closed_by: None,
        closed_at: None,
        reason: None,
    };
    rows::insert_disposal(db, &row, &items)?;
    noted(db, services, actor, &row, "disposal.proposed", items.len())?;
    disposal(services, db, actor, &row.id)
}

fn noted(
    db: &mut Db,
    services: &Services,
    actor: &Actor,
    row: &DisposalRow,
    what: &str,
    dossiers: usize,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        ("disposal_list", row.id.as_str()),
        json!({ "dossiers": dossiers }),
    )
}

fn waiting(db: &mut Db, actor: &Actor, id: &RecordId) -> Result<(DisposalRow, DisposalState)> {
    let centres = actor.centres(Permission::ApproveDisposals);
    let row = rows::disposal(db, &centres, id)?.ok_or_else(Refusal::not_found)?;
    match DisposalState::parse(&row.state) {
        Some(s @ (DisposalState::Proposed | DisposalState::ApprovedOnce)) => Ok((row, s)),
        _ => Err(closed()),
    }
}

fn closed() -> crate::error::Error {
    Refusal::new(
        "disposal_closed",
        "Danh sách này đã được xử lý xong.",
        "The list is done with.",
    )
    .into()
}

/// Approves a list. The second approval, by another person than the first and than who proposed it,
/// carries it out: people's data is taken out of its dossiers, but for those held meanwhile.
///
/// # Errors
/// `not_found`, `disposal_closed`, `disposal_own`.
pub fn approve(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Disposal> {
    let now = services.now();
    let (mut row, state) = waiting(db, actor, id)?;
    if row.proposed_by == actor.user_id || row.first_approved_by.as_ref() == Some(&actor.user_id) {
        return Err(Refusal::new(
            "disposal_own",
            "Người lập danh sách và hai người phê duyệt phải là ba người khác nhau.",
            "Who proposes and the two who approve are three different people.",
        )
        .into());
    }
    let at = Some(Ts::new(now));
    if state == DisposalState::Proposed {
        row.state = DisposalState::ApprovedOnce.as_str().to_owned();
        row.first_approved_by = Some(actor.user_id.clone());
        row.first_approved_at = at;
        if !rows::move_disposal(db, &row, state.as_str())? {
            return Err(closed());
        }
        noted(db, services, actor, &row, "disposal.approved_once", 0)?;
        return disposal(services, db, actor, id);
    }
    row.state = DisposalState::Executed.as_str().to_owned();
    row.closed_by = Some(actor.user_id.clone());
    row.closed_at = at;
    if !rows::move_disposal(db, &row, state.as_str())? {
        return Err(closed());
    }
    let all: Vec<DossierId> = rows::disposal_items(db, id, MOST_ITEMS as i64)?
        .into_iter()
        .map(|(item, _, _)| item.dossier_id)
        .collect();
    let held = rows::held(db, &all)?;
    let gone: Vec<DossierId> = all.into_iter().filter(|d| !held.contains(d)).collect();
    rows::take_people_out(db, &gone)?;
    file::dispose(db, &gone, Ts::new(now))?;
    declaration::dispose(db, &gone, Ts::new(now))?;
    rows::set_outcome(db, id, &gone, "disposed")?;
    rows::set_outcome(db, id, &held, "held")?;
    for dossier in &gone {
        record::audit(
            db,
            &row.centre_id,
            now,
            Some(actor),
            "personal_data.disposed",
            ("dossier", dossier.as_str()),
            json!({ "list": row.id }),
        )?;
    }
    noted(db, services, actor, &row, "disposal.executed", gone.len())?;
    disposal(services, db, actor, id)
}

/// Sends a list back; its dossiers may be proposed again.
///
/// # Errors
/// `not_found`, `disposal_closed`, `validation_failed`.
pub fn reject(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    reason: &str,
) -> Result<Disposal> {
    let (mut row, state) = waiting(db, actor, id)?;
    let reason = required_line(reason, 500).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    row.state = DisposalState::Rejected.as_str().to_owned();
    row.reason = Some(reason);
    row.closed_by = Some(actor.user_id.clone());
    row.closed_at = Some(Ts::new(services.now()));
    if !rows::move_disposal(db, &row, state.as_str())? {
        return Err(closed());
    }
    noted(db, services, actor, &row, "disposal.rejected", 0)?;
    disposal(services, db, actor, id)
}

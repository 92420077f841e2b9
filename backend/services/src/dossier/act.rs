//! One thing done to one dossier: load within scope, ask the rules, save by version, record.

use chrono::{DateTime, Utc};
use motcua_domain::deadline::LateReason;
use motcua_domain::dossier::{
    Action, Command, Context, Desk, Dossier, Outcome, PaymentState, Role, State, claim_binds,
    claim_until, claimable, decide,
};
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{
    ComponentRow, DossierRow, HandoverRow, UndoRow, find, find_open, find_to_change, forget_undo,
    handover, keep_undo, pauses, save_pauses, timeline_page, undo as kept_undo, update, void_step,
};
use motcua_store::{Db, DossierId, HandoverId, StoreError, Ts, UserId, account, centre};
use serde_json::{Value, json};

use super::steps::{self, Way};
use super::{apology, effects, intake_rows, letter, snapshot};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::watch::{By, Seen};
use crate::error::{Error, Result};
use crate::fee::ledger;
use crate::inspection::look::{self, Through};
use crate::record;

/// Which dossier, at which version the actor saw it.
#[derive(Debug, Clone)]
pub struct Target {
    /// The dossier.
    pub id: DossierId,
    /// From `If-Match`.
    pub version: i64,
}

/// What comes with a command and is kept, though the rules do not ask for it.
#[derive(Debug, Clone, Default)]
pub struct Extra {
    /// A remark.
    pub note: Option<String>,
    /// What is asked of another body, or what it answered.
    pub text: Option<String>,
    /// Pages handed over.
    pub pages: Option<i32>,
    /// The hand-over that is acknowledged.
    pub handover_id: Option<HandoverId>,
    /// To whom it is given in person.
    pub to_user: Option<UserId>,
    /// Legal basis of a decision.
    pub legal_basis: Option<String>,
    /// The papers as they now are.
    pub components: Option<Vec<ComponentRow>>,
    /// Identity number of the collector.
    pub collector_identity: Option<String>,
    /// Originals taken for checking were given back (R16).
    pub originals_returned: bool,
    /// Why a dossier is taken over from the handler who has claimed it.
    pub takeover: Option<String>,
    /// Which of the known reasons a promise cannot be kept for.
    pub late_reason: Option<LateReason>,
    /// How fees were paid.
    pub method: Option<PaymentMethod>,
}

/// A dossier with what the rules need of it.
pub(crate) struct Loaded {
    pub row: DossierRow,
    pub snapshot: Dossier,
    pub open_handover: Option<HandoverRow>,
    pub roles: Vec<Role>,
}

/// Loads a dossier within what the actor may see.
pub(crate) fn load(db: &mut Db, actor: &Actor, id: &DossierId) -> Result<Loaded> {
    let row = find(db, &actor.scope(Permission::ReadDossiers), id)?;
    complete(db, actor, row)
}

/// As [`load`], also for who may look at it as a member of an inspection's team; that inspection then, if
/// nothing else allows it. Only for reading: what changes a dossier never asks here.
pub(crate) fn load_to_read(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<(Loaded, Option<Through>)> {
    let (row, through) = look::readable(services, db, actor, Permission::ReadDossiers, id)?;
    Ok((complete(db, actor, Some(row))?, through))
}

/// As [`load`], for a step: of two at once the second waits here and is then told of the first.
pub(crate) fn load_to_change(db: &mut Db, actor: &Actor, target: &Target) -> Result<Loaded> {
    let row = find_to_change(db, &actor.scope(Permission::ReadDossiers), &target.id)?;
    let loaded = complete(db, actor, row)?;
    if loaded.row.version != target.version {
        return Err(stale(db, &loaded.row));
    }
    Ok(loaded)
}

fn complete(db: &mut Db, actor: &Actor, row: Option<DossierRow>) -> Result<Loaded> {
    let row = row.ok_or_else(Refusal::not_found)?;
    let roles = actor.roles_on(&row.centre_id, &row.authority_id);
    with_children(db, row, roles)
}

fn with_children(db: &mut Db, row: DossierRow, roles: Vec<Role>) -> Result<Loaded> {
    let id = &row.id;
    // The clock cannot have stood still before a dossier was accepted, handed over and acknowledged.
    let pause_rows = if row.timeline_seq > 3 {
        pauses(db, id)?
    } else {
        Vec::new()
    };
    let open_handover = match &row.open_handover_id {
        Some(h) => handover(db, h)?,
        None => None,
    };
    let mut snapshot = snapshot::of_row(&row, &pause_rows, open_handover.as_ref())?;
    snapshot.fee_due = ledger::due(db, &row)?;
    Ok(Loaded {
        row,
        snapshot,
        open_handover,
        roles,
    })
}

/// Does `command` to a dossier and returns its row.
///
/// # Errors
/// `not_found`, `version_stale` (with who was first and what they did), `role_not_allowed`,
/// `transition_not_allowed` (with the actions that are), and the codes of the rules.
pub fn act(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    command: &Command,
    extra: &Extra,
) -> Result<DossierRow> {
    let mut loaded = load_to_change(db, actor, target)?;
    if let Some(given) = &extra.handover_id
        && loaded.row.open_handover_id.as_ref() != Some(given)
    {
        return Err(Refusal::new(
            "no_open_handover",
            "Lần bàn giao này không tồn tại hoặc đã được xác nhận.",
            "This hand-over does not exist or has been acknowledged already.",
        )
        .into());
    }
    loaded.snapshot.next_step_here =
        *command == Command::Advance && steps::next_here(services, db, &loaded)?;
    let now = services.now();
    let calendar = services.calendar(db, &loaded.row.centre_id)?;
    let user = actor.user_id.to_string();
    let rules = services.watch_rules(db, actor.stamp, &loaded.row.centre_id)?;
    let context = Context::new(&loaded.roles, now, &calendar)
        .by(&user)
        .replying_within(rules.supplement_reply_days);
    let outcome = decide(&loaded.snapshot, command, &context)?;
    let taken_over = matches!(command, Command::Claim) && extra.takeover.is_some();
    if !taken_over
        && claim_binds(command.action(), loaded.snapshot.state, &loaded.roles)
        && let Some((holder, until)) = claimed_by_other(&loaded.row, &actor.user_id, now)
    {
        let name = account::user(db, holder)?.map(|u| u.full_name);
        return Err(claimed(&name.unwrap_or_default(), until).into());
    }
    if let (Command::HandOver { to, .. }, Some(person)) = (command, &extra.to_user) {
        sits_at(db, person, *to, &loaded.row, now)?;
    }
    let role = role_used(command.action(), &loaded.roles);
    apply(
        services,
        db,
        now,
        Some(actor),
        role,
        &mut loaded,
        command,
        &outcome,
        extra,
    )?;
    Ok(loaded.row)
}

/// Does `command` in the program's own name, if the rules permit it now; false when they do not, or
/// somebody was quicker.
///
/// # Errors
/// Storage failures.
pub(crate) fn act_by_program(
    services: &Services,
    db: &mut Db,
    id: &DossierId,
    command: &Command,
) -> Result<bool> {
    let Some(row) = find_open(db, id)? else {
        return Ok(false);
    };
    let now = services.now();
    let mut loaded = with_children(db, row, vec![Role::System])?;
    let calendar = services.calendar(db, &loaded.row.centre_id)?;
    let context = Context::new(&loaded.roles, now, &calendar);
    let Ok(outcome) = decide(&loaded.snapshot, command, &context) else {
        return Ok(false);
    };
    apply(
        services,
        db,
        now,
        None,
        Some(Role::System),
        &mut loaded,
        command,
        &outcome,
        &Extra::default(),
    )?;
    Ok(true)
}

/// The other person who holds a running claim, and until when.
pub(super) fn claimed_by_other<'r>(
    row: &'r DossierRow,
    user: &UserId,
    now: DateTime<Utc>,
) -> Option<(&'r UserId, DateTime<Utc>)> {
    let until = row.claimed_until?.0;
    let holder = row.handler_id.as_ref().filter(|h| *h != user)?;
    (until > now).then_some((holder, until))
}

/// The refusal of a step on a dossier that another handler has claimed.
pub(super) fn claimed(name: &str, until: DateTime<Utc>) -> Refusal {
    let local = motcua_domain::vn_time::to_vn(until);
    Refusal::new(
        "claimed_by_other",
        format!(
            "{name} đang xử lý hồ sơ này đến {}.",
            local.format("%H:%M ngày %d/%m/%Y")
        ),
        format!(
            "{name} is working on this dossier until {}.",
            local.format("%H:%M on %Y-%m-%d")
        ),
    )
    .with("claimed_by", name)
    .with("claimed_until", local.to_rfc3339())
}

/// Begins, renews or ends the claim on a dossier after a step of `actor`'s.
fn keep_claim(
    services: &Services,
    db: &mut Db,
    now: DateTime<Utc>,
    actor: Option<&Actor>,
    loaded: &mut Loaded,
) -> Result<()> {
    if !claimable(loaded.snapshot.state, loaded.snapshot.desk) {
        loaded.row.claimed_until = None;
    } else if let Some(actor) = actor
        && loaded.row.handler_id.as_ref() == Some(&actor.user_id)
    {
        let calendar = services.calendar(db, &loaded.row.centre_id)?;
        loaded.row.claimed_until = Some(Ts::new(claim_until(&calendar, now)?));
    }
    Ok(())
}

/// A hand-over to one person is good for nothing unless that person may acknowledge it.
fn sits_at(
    db: &mut Db,
    person: &UserId,
    desk: Desk,
    row: &DossierRow,
    now: DateTime<Utc>,
) -> Result<()> {
    let active = account::user(db, person)?.is_some_and(|u| u.active);
    let wanted = desk.role().map(Role::as_str);
    let sits = active
        && account::roles(db, std::slice::from_ref(person), Ts::new(now))?
            .iter()
            .any(|r| {
                let here = match &r.authority_id {
                    None => r.centre_id == row.centre_id,
                    Some(a) => *a == row.authority_id,
                };
                here && Some(r.role.as_str()) == wanted
            });
    if sits {
        return Ok(());
    }
    let (vi, en) = (
        "Người được chọn không phụ trách bộ phận này đối với hồ sơ.",
        "The person named does not sit at that desk for this dossier.",
    );
    Err(Refusal::new("handover_person", vi, en)
        .field("/to_user_id", "handover_person", vi, en)
        .into())
}

/// The role in which an action was taken: the first of the actor's that may take it.
fn role_used(action: Action, roles: &[Role]) -> Option<Role> {
    roles.iter().copied().find(|r| action.roles().contains(r))
}

/// Saves an outcome with everything that belongs to it, and records it. The whole step bears one
/// instant, by which it can be found again.
#[allow(
    clippy::too_many_arguments,
    reason = "one step of a dossier is exactly these things"
)]
pub(super) fn apply(
    services: &Services,
    db: &mut Db,
    now: DateTime<Utc>,
    actor: Option<&Actor>,
    role: Option<Role>,
    loaded: &mut Loaded,
    command: &Command,
    outcome: &Outcome,
    extra: &Extra,
) -> Result<()> {
    let from = Before::of(loaded, outcome.dossier.clone());
    snapshot::into_row(&outcome.dossier, &mut loaded.row, now);
    if from.dossier.accepted_at.is_none() && outcome.dossier.accepted_at.is_some() {
        let calendar = services.calendar(db, &loaded.row.centre_id)?;
        let centre = centre::centre(db, &loaded.row.centre_id)?
            .ok_or_else(|| Error::Internal("a dossier's centre is gone".into()))?;
        intake_rows::number(db, &centre, &mut loaded.row)?;
        intake_rows::promise_handover(&calendar, &mut loaded.row)?;
        loaded.row.calendar_version = i32::try_from(calendar.version()).ok();
    }
    let mut detail = json!({});
    let held = actor.and_then(|a| {
        claimed_by_other(&loaded.row, &a.user_id, now)
            .map(|(holder, until)| (holder.clone(), until))
    });
    effects::children(
        db,
        Ts::new(now),
        actor,
        loaded,
        &from.dossier,
        command,
        extra,
        &mut detail,
    )?;
    apology::children(
        services,
        db,
        now,
        actor,
        loaded,
        command,
        extra,
        &mut detail,
    )?;
    if let (Some(reason), Some((holder, _)), Some(actor)) = (&extra.takeover, held, actor)
        && matches!(command, Command::Claim)
        && holder != actor.user_id
    {
        let known = motcua_store::account::names(db, std::slice::from_ref(&holder))?;
        let name = known.into_iter().next().map(|(_, name, _)| name);
        put(
            &mut detail,
            "taken_over_from",
            json!({ "id": holder, "full_name": name }),
        );
        put(&mut detail, "reason", json!(reason));
    }
    if from.dossier.state == State::Submitted && loaded.snapshot.state != State::Submitted {
        // Who took it to answer it is no handler of it.
        loaded.row.handler_id = None;
    }
    let ends_unpaid =
        from.dossier.fee_due.is_some() && outcome.dossier.payment == PaymentState::Cancelled;
    if ends_unpaid {
        let by = actor.map(|a| &a.user_id);
        if let Some(told) = ledger::cancel(db, &loaded.row, Ts::new(now), by)? {
            put(&mut detail, ledger::TOLD, json!([told]));
        }
    }
    keep_claim(services, db, now, actor, loaded)?;
    conclude(
        services,
        db,
        now,
        actor,
        role,
        loaded,
        &from,
        outcome,
        Some(command),
        match command {
            Command::Advance => Way::Next,
            _ => Way::On,
        },
        &mut detail,
    )?;
    if extra.components.is_some() || detail.get(ledger::TOLD).is_some() {
        // The papers were replaced, and the list of before is not kept; what stands in the ledger is
        // answered by another entry only.
        return Ok(forget_undo(db, &loaded.row.id)?);
    }
    Ok(keep_undo(
        db,
        &UndoRow {
            dossier_id: loaded.row.id.clone(),
            version: loaded.row.version,
            step: outcome.timeline.to_owned(),
            done_at: Ts::new(now),
            before: serde_json::to_string(&from.dossier).map_err(StoreError::from)?,
            handler_id: from.handler_id,
            open_handover_id: from.open_handover_id,
        },
    )?)
}

/// What a dossier was before a step.
struct Before {
    dossier: Dossier,
    state: String,
    version: i64,
    handler_id: Option<UserId>,
    open_handover_id: Option<HandoverId>,
}

impl Before {
    /// Puts `next` in the place of what was.
    fn of(loaded: &mut Loaded, next: Dossier) -> Self {
        Self {
            dossier: std::mem::replace(&mut loaded.snapshot, next),
            state: loaded.row.state.clone(),
            version: loaded.row.version,
            handler_id: loaded.row.handler_id.clone(),
            open_handover_id: loaded.row.open_handover_id.clone(),
        }
    }
}

/// Saves the row of a step by version, numbers its papers, keeps what they say, and records it. What takes a
/// step back is no command of anybody's and issues no paper.
#[allow(
    clippy::too_many_arguments,
    reason = "one step of a dossier is exactly these things"
)]
fn conclude(
    services: &Services,
    db: &mut Db,
    now: DateTime<Utc>,
    actor: Option<&Actor>,
    role: Option<Role>,
    loaded: &mut Loaded,
    from: &Before,
    outcome: &Outcome,
    command: Option<&Command>,
    way: Way,
    detail: &mut Value,
) -> Result<()> {
    loaded.row.version = from.version + 1;
    loaded.row.timeline_seq += 1;
    if from.dossier.pauses != outcome.dossier.pauses {
        save_pauses(
            db,
            &loaded.row.id,
            &snapshot::pause_rows(&outcome.dossier, &loaded.row),
        )?;
    }
    if !update(db, &loaded.row, from.version)? {
        return Err(stale(db, &loaded.row));
    }
    let by = By::of(services, db, actor, &loaded.row.centre_id)?;
    let moved = steps::Moved {
        row: &loaded.row,
        before: &from.dossier,
        after: &loaded.snapshot,
        way,
        by: actor,
        fresh: false,
    };
    let walked = services.keep_steps(db, &by.calendar, &moved, now, detail)?;
    let seen = Seen {
        row: &loaded.row,
        dossier: &loaded.snapshot,
        given_at: loaded.open_handover.as_ref().map(|h| h.given_at.0),
        step_due_at: steps::open_due(&walked),
        fresh: false,
    };
    services.keep_watched(db, &by.calendar, by.rules, &seen, now)?;
    let issued = effects::letters(db, actor, &loaded.row, &outcome.papers, now, detail)?;
    if let Some(command) = command {
        letter::keep(db, actor, loaded, &from.dossier, command, &issued, detail)?;
    }
    if from.dossier.due_at != outcome.dossier.due_at {
        put(
            detail,
            "due_at",
            json!({
                "from": from.dossier.due_at.map(|t| t.to_rfc3339()),
                "to": outcome.dossier.due_at.map(|t| t.to_rfc3339()),
            }),
        );
    }
    record::step(
        db,
        &loaded.row,
        record::Step {
            at: now,
            kind: outcome.timeline,
            transition: outcome.transition.as_str(),
            actor,
            role: role.map(Role::as_str),
            from_state: Some(from.state.clone()),
            detail: detail.clone(),
        },
    )
}

/// The dossier before its last step, if that step is still known.
///
/// # Errors
/// `nothing_to_undo`.
pub(super) fn last_step(db: &mut Db, row: &DossierRow) -> Result<UndoRow> {
    kept_undo(db, &row.id)?
        .filter(|kept| kept.version == row.version)
        .ok_or_else(|| {
            Refusal::new(
                "nothing_to_undo",
                "Không có bước nào có thể hoàn tác.",
                "There is no step that can be taken back.",
            )
            .into()
        })
}

/// The command that takes a step back.
pub(super) fn undo_command(kept: &UndoRow) -> Result<Command> {
    Ok(Command::Undo {
        previous: Box::new(serde_json::from_str(&kept.before).map_err(StoreError::from)?),
        done_at: kept.done_at.0,
        // Nothing is told to the national portal yet.
        synchronised: false,
    })
}

/// Takes back the last step of a dossier (T26). What it wrote stays, marked void; the timeline says
/// both.
///
/// # Errors
/// As [`act`]; `nothing_to_undo`, `undo_window_passed`, `undo_not_possible`.
pub fn undo(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    reason: &str,
) -> Result<DossierRow> {
    let mut loaded = load_to_change(db, actor, target)?;
    let kept = last_step(db, &loaded.row)?;
    let command = undo_command(&kept)?;
    let now = services.now();
    let calendar = services.calendar(db, &loaded.row.centre_id)?;
    let user = actor.user_id.to_string();
    let context = Context::new(&loaded.roles, now, &calendar).by(&user);
    let outcome = decide(&loaded.snapshot, &command, &context)?;
    let role = role_used(Action::Undo, &loaded.roles);
    let from = Before::of(&mut loaded, outcome.dossier.clone());
    snapshot::into_row(&outcome.dossier, &mut loaded.row, now);
    // A claim is not given back to whom it was taken from, nor kept by whom the step made handler.
    if loaded.row.handler_id != kept.handler_id {
        loaded.row.claimed_until = None;
    }
    loaded.row.handler_id = kept.handler_id;
    loaded.row.open_handover_id = kept.open_handover_id;
    void_step(db, &target.id, kept.done_at, &actor.user_id, Ts::new(now))?;
    forget_undo(db, &target.id)?;
    let mut detail = json!({ "step": kept.step, "reason": reason });
    loaded.open_handover = match &loaded.row.open_handover_id {
        Some(h) => handover(db, h)?,
        None => None,
    };
    conclude(
        services,
        db,
        now,
        Some(actor),
        role,
        &mut loaded,
        &from,
        &outcome,
        None,
        Way::Back(kept.done_at.0),
        &mut detail,
    )?;
    Ok(loaded.row)
}

/// Adds a member to a JSON object.
pub(super) fn put(detail: &mut Value, name: &str, value: Value) {
    if let Value::Object(map) = detail {
        map.insert(name.to_owned(), value);
    }
}

pub(crate) fn stale(db: &mut Db, row: &DossierRow) -> Error {
    let last = timeline_page(db, &row.id, Some((row.timeline_seq + 1, true)), 1)
        .ok()
        .and_then(|mut l| l.pop());
    let (who, what) = last.map(|l| (l.actor_name, l.kind)).unwrap_or_default();
    Refusal::new(
        "version_stale",
        format!("Hồ sơ vừa được {who} cập nhật. Hãy xem lại trước khi thực hiện."),
        format!("{who} has just changed this dossier. Look at it again first."),
    )
    .with("current_version", row.version)
    .with("changed_by", who)
    .with("change", what)
    .into()
}

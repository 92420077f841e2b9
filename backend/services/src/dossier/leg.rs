//! A dossier filed with the wrong authority of the centre goes on at the one that is competent (T24):
//! the transfer ends it where it was, and a leg of its own is taken in where it belongs.

use chrono::{DateTime, Utc};
use motcua_domain::dossier::{Channel, Command, Context, Dossier, PaymentState, Rule, decide};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::name_words;
use motcua_domain::vn_time::local_date;
use motcua_store::centre::{self, AuthorityRow};
use motcua_store::dossier::{
    self as rows, ComponentRow, DossierRow, FeeRow, FilerRow, Intake, forget_undo, insert,
    insert_leg,
};
use motcua_store::{AuthorityId, Db, DossierId, Ts};
use serde_json::json;

use super::act::{Extra, Target, act, load_to_change, put};
use super::steps::{self, Way};
use super::{effects, intake_rows, snapshot};
use crate::actor::Actor;
use crate::context::{Services, bad_field};
use crate::deadline::watch::Seen;
use crate::error::{Error, Result};
use crate::record;

/// Where a dossier goes.
#[derive(Debug, Clone)]
pub enum Onward {
    /// To an authority this centre receives for: it goes on here, as a dossier of its own.
    Here(AuthorityId),
    /// To another, named in words: it ends here.
    Elsewhere(String),
}

/// Passes a dossier on to the authority that is competent (T24). Within the centre a leg is opened
/// there with its people, papers and fee lines as they are, under the version of the procedure it was
/// filed under; its clock is its own.
///
/// # Errors
/// As [`act`]; `authority_unknown`, `authority_not_served`, `transfer_same_authority`.
pub fn transfer(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    onward: &Onward,
    reason: &str,
) -> Result<DossierRow> {
    let to = match onward {
        Onward::Elsewhere(name) => {
            let command = Command::Transfer {
                to: name.clone(),
                reason: reason.to_owned(),
            };
            return act(services, db, actor, target, &command, &Extra::default());
        }
        Onward::Here(id) => services.authority(db, actor.stamp, id)?.ok_or_else(|| {
            bad_field(
                "/authority_id",
                "authority_unknown",
                "Không có cơ quan này.",
                "No such authority.",
            )
        })?,
    };
    let before = load_to_change(db, actor, target)?;
    let rule = onward_rule(services, db, &before.row, &before.snapshot, &to)?;
    let command = Command::Transfer {
        to: to.name.clone(),
        reason: reason.to_owned(),
    };
    let ended = act(services, db, actor, target, &command, &Extra::default())?;
    // What has gone on elsewhere is not taken back with a button; it is transferred back.
    forget_undo(db, &ended.id)?;
    open(services, db, actor, &before.row, &to, rule)?;
    Ok(ended)
}

/// The rule of the leg: that of the dossier, boundary-free only where the centre does not serve the
/// authority itself.
fn onward_rule(
    services: &Services,
    db: &mut Db,
    row: &DossierRow,
    dossier: &Dossier,
    to: &AuthorityRow,
) -> Result<Rule> {
    let refuse = |code, vi: &str, en: &str| Err(bad_field("/authority_id", code, vi, en).into());
    if to.id == row.authority_id {
        return refuse(
            "transfer_same_authority",
            "Hồ sơ đang thuộc thẩm quyền của cơ quan này.",
            "The dossier is this authority's already.",
        );
    }
    let today = local_date(services.now());
    let served = centre::serves(db, &row.centre_id, &to.id, today)?;
    let free = services
        .procedure(db, &row.procedure_version_id)?
        .data
        .flags
        .boundary_free;
    if !served && !free {
        return refuse(
            "authority_not_served",
            "Trung tâm không tiếp nhận cho cơ quan này.",
            "This centre does not receive for that authority.",
        );
    }
    Ok(Rule {
        boundary_free: !served && free,
        ..dossier.rule.clone()
    })
}

/// Takes the leg in: accepted, numbered, promised and recorded like any dossier.
fn open(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    origin: &DossierRow,
    to: &AuthorityRow,
    rule: Rule,
) -> Result<()> {
    let now = services.now();
    let calendar = services.calendar(db, &origin.centre_id)?;
    let roles = actor.roles_on(&origin.centre_id, &to.id);
    let user = actor.user_id.to_string();
    let context = Context::new(&roles, now, &calendar).by(&user);
    let channel = Channel::parse(&origin.channel)
        .ok_or_else(|| Error::Internal("a dossier's channel is unknown".into()))?;
    let mut draft = Dossier::draft(channel, rule);
    // When the citizen filed it stays true.
    draft.submitted_at = origin.submitted_at.map(|t| t.0);
    if !channel.is_face_to_face() {
        let filed = draft.submitted_at;
        draft = decide(&draft, &Command::Submit, &context)?.dossier;
        draft.submitted_at = filed;
    }
    let accept = Command::Accept {
        missing_components: Vec::new(),
    };
    let outcome = decide(&draft, &accept, &context)?;
    let mut row = blank(origin, to, actor, now);
    snapshot::into_row(&outcome.dossier, &mut row, now);
    row.boundary_free = outcome.dossier.rule.boundary_free;
    // What was paid, or need not be, stays so; what was only asked for is asked for anew by whom it is due to.
    let settled = PaymentState::parse(&origin.payment_state)
        .filter(|p| !p.is_open() && *p != PaymentState::Cancelled)
        .unwrap_or(PaymentState::NotTracked);
    row.payment_state = settled.as_str().to_owned();
    row.calendar_version = i32::try_from(calendar.version()).ok();
    let centre = services.centre(db, actor.stamp, &row.centre_id)?;
    intake_rows::number(db, &centre, &mut row)?;
    intake_rows::promise_handover(&calendar, &mut row)?;
    let leg = copied(db, origin, row)?;
    insert(db, &leg)?;
    insert_leg(db, &leg.dossier.id, &origin.id)?;
    let moved = steps::Moved {
        row: &leg.dossier,
        before: &draft,
        after: &outcome.dossier,
        way: Way::On,
        by: Some(actor),
        fresh: true,
    };
    let walked = services.keep_steps(db, &calendar, &moved, now, &mut json!({}))?;
    let seen = Seen {
        row: &leg.dossier,
        dossier: &outcome.dossier,
        given_at: None,
        step_due_at: steps::open_due(&walked),
        fresh: true,
    };
    let rules = services.watch_rules(db, actor.stamp, &origin.centre_id)?;
    services.keep_watched(db, &calendar, rules, &seen, now)?;
    let row = leg.dossier;
    let mut detail = json!({
        "components": leg.components.len(),
        "fees": leg.fees.len(),
        "channel": row.channel,
        "procedure": row.procedure_code,
        "procedure_version": row.procedure_version,
        "continues": origin.code,
    });
    effects::letters(db, Some(actor), &row, &outcome.papers, now, &mut detail)?;
    put(
        &mut detail,
        "due_at",
        json!(row.due_at.map(|t| t.0.to_rfc3339())),
    );
    record::step(
        db,
        &row,
        record::Step {
            at: now,
            kind: outcome.timeline,
            transition: outcome.transition.as_str(),
            actor: Some(actor),
            role: Some("reception"),
            from_state: None,
            detail,
        },
    )
}

/// The leg's row before anything was decided about it: the origin's, with nothing of its way.
fn blank(origin: &DossierRow, to: &AuthorityRow, actor: &Actor, now: DateTime<Utc>) -> DossierRow {
    DossierRow {
        id: DossierId::new(),
        authority_id: to.id.clone(),
        code: None,
        code_scheme: None,
        submission_number: None,
        visit_id: None,
        received_at: Ts::new(now),
        handover_due_at: None,
        open_handover_id: None,
        handler_id: None,
        claimed_until: None,
        open_apology_id: None,
        withdrawal_requested_at: None,
        created_by: Some(actor.user_id.clone()),
        timeline_seq: 1,
        version: 1,
        ..origin.clone()
    }
}

/// The leg with the papers, fee lines and filer of its origin.
fn copied(db: &mut Db, origin: &DossierRow, row: DossierRow) -> Result<Intake> {
    let id = &row.id;
    Ok(Intake {
        components: rows::components(db, &origin.id)?
            .into_iter()
            .map(|c| ComponentRow {
                dossier_id: id.clone(),
                ..c
            })
            .collect(),
        fees: rows::fees(db, &origin.id)?
            .into_iter()
            .map(|f| FeeRow {
                dossier_id: id.clone(),
                ..f
            })
            .collect(),
        filer: rows::filer(db, &origin.id)?.map(|f| FilerRow {
            dossier_id: id.clone(),
            ..f
        }),
        words: name_words(&row.owner_name),
        dossier: row,
    })
}

/// Refuses what names no authority, or two.
///
/// # Errors
/// `authority_required`, `validation_failed`.
pub fn onward(here: Option<AuthorityId>, elsewhere: Option<String>) -> Result<Onward> {
    match (here, elsewhere.filter(|to| !to.is_empty())) {
        (Some(id), None) => Ok(Onward::Here(id)),
        (None, Some(to)) => Ok(Onward::Elsewhere(to)),
        (Some(_), Some(_)) => Err(bad_field(
            "/to",
            "invalid_value",
            "Chỉ nêu một: cơ quan trung tâm tiếp nhận, hoặc tên cơ quan khác.",
            "Name one: an authority of this centre, or another in words.",
        )
        .into()),
        (None, None) => {
            let (vi, en) = (
                "Phải nêu cơ quan có thẩm quyền tiếp nhận.",
                "The competent authority must be named.",
            );
            Err(Refusal::new("authority_required", vi, en)
                .field("/to", "required", vi, en)
                .into())
        }
    }
}

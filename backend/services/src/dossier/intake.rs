//! Taking a dossier in: checked, numbered, promised, recorded, in one transaction.

use std::sync::Arc;

use motcua_domain::calendar::Calendar;
use motcua_domain::catalogue::ProcedureData;
use motcua_domain::certification::CertificationKind;
use motcua_domain::dossier::{
    Channel, Collector, Command, Context, DecisionOutcome, DeliveryMethod, Dossier, OnTheSpot,
    Outcome, Relation, decide, on_the_spot,
};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::name_words;
use motcua_domain::vn_time::local_date;
use motcua_store::centre::{self, AuthorityRow, CentreRow};
use motcua_store::dossier::{
    ComponentRow, DossierRow, FeeRow, FilerRow, Intake, LetterRow, StepRow,
    components as components_of, find, insert,
};
use motcua_store::{CentreId, Db, DossierId, Ts};
use serde_json::json;

use super::act::{Extra, Loaded, Target, act, apply, put};
use super::input::{ComponentInput, IntakeMode, NewDossier};
use super::intake_rows::{blank_row, component_rows, fee_rows, number, promise_handover, rule};
use super::steps::{self, Way};
use super::{draft, effects, snapshot, visit};
use crate::actor::{Actor, Permission};
use crate::context::{Procedure, Services, bad_field};
use crate::deadline::watch::Seen;
use crate::error::{Error, Result};
use crate::record;

/// A dossier that has just been taken in, with what is known of it without asking again.
pub struct Taken {
    /// Its row.
    pub row: DossierRow,
    /// Everything its page shows; none when more has happened to it than intake.
    pub(super) fresh: Option<Fresh>,
}

/// What intake wrote, and what it was decided by.
pub(super) struct Fresh {
    pub(super) snapshot: Dossier,
    pub(super) calendar: Arc<Calendar>,
    pub(super) procedure: Arc<Procedure>,
    pub(super) centre: Arc<CentreRow>,
    pub(super) authority: Arc<AuthorityRow>,
    pub(super) filer: Option<FilerRow>,
    pub(super) components: Vec<ComponentRow>,
    pub(super) fees: Vec<FeeRow>,
    pub(super) letters: Vec<LetterRow>,
    pub steps: Vec<StepRow>,
}

/// Takes in a dossier that [`NewDossier::checked`] has passed.
///
/// # Errors
/// `procedure_unknown`, `procedure_not_in_force`, `authority_unknown`, `authority_not_served`,
/// `component_unknown`, `components_missing`, `filer_not_allowed`, `not_online`,
/// `certification_unregistered` and the codes of the rules.
pub fn take_in(services: &Services, db: &mut Db, actor: &Actor, new: &NewDossier) -> Result<Taken> {
    if new.on_the_spot.is_some() && CertificationKind::of_procedure(&new.procedure_code).is_some() {
        return Err(Refusal::new(
            "certification_unregistered",
            "Chứng thực ngay tại quầy phải được ghi vào sổ chứng thực: dùng màn hình Chứng thực nhanh.",
            "What is certified on the spot is entered in the book: use `POST /certifications`.",
        )
        .field(
            "/on_the_spot",
            "certification_unregistered",
            "Dùng màn hình Chứng thực nhanh.",
            "Use `POST /certifications`.",
        )
        .into());
    }
    admit(services, db, actor, new)
}

/// As [`take_in`], for whoever enters in a book what is certified.
///
/// # Errors
/// As [`take_in`].
pub(crate) fn admit(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewDossier,
) -> Result<Taken> {
    let now = services.now();
    let today = local_date(now);
    let centre_id = receiving_centre(actor)?;
    if let Some(id) = &new.draft_id {
        draft::sent(db, actor, id, new.draft_version)?;
    }
    let centre = services.centre(db, actor.stamp, &centre_id)?;
    let procedure = services.procedure_on(db, &new.procedure_code, today)?;
    let authority = services
        .authority(db, actor.stamp, &new.authority_id)?
        .ok_or_else(|| {
            bad_field(
                "/authority_id",
                "authority_unknown",
                "Không có cơ quan này.",
                "No such authority.",
            )
        })?;
    let served = centre::serves(db, &centre_id, &new.authority_id, today)?;
    if !served && !procedure.data.flags.boundary_free {
        return Err(Refusal::new(
            "authority_not_served",
            "Trung tâm không tiếp nhận thủ tục này cho cơ quan đã chọn.",
            "This centre does not receive this procedure for that authority.",
        )
        .by_law("Nghị định 118/2025/NĐ-CP, Điều 14")
        .field(
            "/authority_id",
            "authority_not_served",
            "Trung tâm không tiếp nhận cho cơ quan này.",
            "Not served by this centre.",
        )
        .into());
    }
    fits(&procedure, new)?;
    let components = component_rows(&DossierId::new(), &procedure.data, &new.components)?;
    let missing = missing_components(&procedure.data, &new.components);
    let blank = Dossier::draft(new.channel, rule(&procedure.data, new.channel, !served)?);
    let roles = actor.roles_on(&centre_id, &new.authority_id);
    let user = actor.user_id.to_string();
    let calendar = services.calendar(db, &centre_id)?;
    let context = Context::new(&roles, now, &calendar).by(&user);
    let remote = matches!(new.channel, Channel::Online | Channel::Kiosk);
    let mut commands = Vec::new();
    let steps: Vec<Outcome> = match &new.on_the_spot {
        Some(spot) => {
            let signers = centre::signers(db, &new.authority_id, Ts::new(now))?;
            let wanted = OnTheSpot {
                signer_is_leader: signers.iter().any(|(id, _, _)| id == &spot.signer),
                summary: spot
                    .summary
                    .clone()
                    .unwrap_or_else(|| procedure.data.result_name.clone()),
                result_number: spot.result_number.clone(),
                collector: Collector {
                    full_name: new
                        .filer
                        .as_ref()
                        .map_or(&new.owner.full_name, |f| &f.full_name)
                        .clone(),
                    relation: if new.filer.is_some() {
                        Relation::Filer
                    } else {
                        Relation::Owner
                    },
                    authorisation: None,
                },
            };
            commands = spot_commands(&wanted);
            on_the_spot(&blank, &wanted, missing, &context)?
        }
        None if remote || new.mode == IntakeMode::Check => {
            vec![decide(&blank, &Command::Submit, &context)?]
        }
        None => vec![decide(
            &blank,
            &Command::Accept {
                missing_components: missing,
            },
            &context,
        )?],
    };
    let Some(first) = steps.first() else {
        return Err(Error::Internal("intake without a step".into()));
    };

    let mut row = blank_row(&centre_id, new, &procedure, &blank, now);
    row.created_by = Some(actor.user_id.clone());
    row.calendar_version = i32::try_from(calendar.version()).ok();
    snapshot::into_row(&first.dossier, &mut row, now);
    number(db, &centre, &mut row)?;
    promise_handover(&calendar, &mut row)?;
    let components: Vec<ComponentRow> = components
        .into_iter()
        .map(|mut c| {
            c.dossier_id = row.id.clone();
            c
        })
        .collect();
    let fees = fee_rows(&row, &procedure.data, new, today);
    let mut detail = json!({
        "components": components.len(),
        "fees": fees.len(),
        "channel": new.channel,
        "procedure": row.procedure_code,
        "procedure_version": row.procedure_version,
    });
    let intake = Intake {
        filer: new.filer.clone().map(|f| f.into_row(&row.id)),
        words: name_words(&new.owner.full_name),
        dossier: row,
        components,
        fees,
    };
    insert(db, &intake)?;
    let Intake {
        dossier: row,
        filer,
        components,
        fees,
        ..
    } = intake;
    let moved = steps::Moved {
        row: &row,
        before: &blank,
        after: &first.dossier,
        way: Way::On,
        by: Some(actor),
        fresh: true,
    };
    let walked = services.keep_steps(db, &calendar, &moved, now, &mut detail)?;
    let seen = Seen {
        row: &row,
        dossier: &first.dossier,
        given_at: None,
        step_due_at: steps::open_due(&walked),
        fresh: true,
    };
    let rules = services.watch_rules(db, actor.stamp, &centre_id)?;
    services.keep_watched(db, &calendar, rules, &seen, now)?;
    let shared = visit::shared_slip(db, &row, filer.as_ref(), &first.papers, now, &mut detail)?;
    let letters = match shared {
        Some(letter) => vec![letter],
        None => effects::letters(db, Some(actor), &row, &first.papers, now, &mut detail)?,
    };
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
            kind: first.timeline,
            transition: first.transition.as_str(),
            actor: Some(actor),
            role: Some("reception"),
            from_state: None,
            detail,
        },
    )?;
    if let Some(spot) = &new.on_the_spot {
        let signer = spot.signer.clone();
        let row = finish_on_the_spot(services, db, actor, row, &steps, &commands, signer)?;
        return Ok(Taken { row, fresh: None });
    }
    let fresh = Fresh {
        snapshot: first.dossier.clone(),
        calendar,
        procedure,
        centre,
        authority,
        filer,
        components,
        fees,
        letters,
        steps: walked,
    };
    Ok(Taken {
        row,
        fresh: Some(fresh),
    })
}

/// The steps after acceptance of a dossier whose result is given on the spot. They are recorded one
/// by one, as the officer's doing under the named leader's signature.
fn finish_on_the_spot(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: DossierRow,
    steps: &[Outcome],
    commands: &[Command],
    signer: motcua_store::UserId,
) -> Result<DossierRow> {
    let Some(first) = steps.first() else {
        return Ok(row);
    };
    // What happens on the spot is one instant: that of its acceptance.
    let now = row.accepted_at.unwrap_or(row.received_at).0;
    let mut loaded = Loaded {
        row,
        snapshot: first.dossier.clone(),
        open_handover: None,
        roles: Vec::new(),
    };
    let mut signing = actor.clone();
    signing.user_id = signer;
    // The domain took the same commands, in this order, to reach these outcomes.
    for (step, command) in steps.iter().skip(1).zip(commands) {
        // The decision is the leader's own; everything else is the officer's.
        let by = if matches!(command, Command::Decide { .. }) {
            &signing
        } else {
            actor
        };
        let mut extra = Extra::default();
        if matches!(command, Command::Return { .. }) {
            extra.originals_returned = true;
        }
        let recorded = named(db, by)?;
        apply(
            services,
            db,
            now,
            Some(&recorded),
            None,
            &mut loaded,
            command,
            step,
            &extra,
        )?;
    }
    Ok(loaded.row)
}

fn spot_commands(spot: &OnTheSpot) -> Vec<Command> {
    vec![
        Command::Acknowledge {
            accepted: true,
            reason: None,
        },
        Command::Decide {
            outcome: DecisionOutcome::Grant,
            reason: None,
        },
        Command::Results {
            number: spot.result_number.clone(),
            issued_on: None,
            summary: spot.summary.clone(),
        },
        Command::Return {
            collector: spot.collector.clone(),
            method: DeliveryMethod::Counter,
            tracking_number: None,
        },
    ]
}

/// The actor with the full name of the account he acts under.
fn named(db: &mut Db, actor: &Actor) -> Result<Actor> {
    let mut actor = actor.clone();
    if let Some((_, name, _)) =
        motcua_store::account::names(db, std::slice::from_ref(&actor.user_id))?.pop()
    {
        actor.full_name = name;
    }
    Ok(actor)
}

/// The centre at which the actor takes dossiers in.
pub(super) fn receiving_centre(actor: &Actor) -> Result<CentreId> {
    actor
        .centres(Permission::TakeIn)
        .into_iter()
        .next()
        .ok_or_else(|| {
            Refusal::new(
                "role_not_allowed",
                "Việc này chỉ dành cho bộ phận tiếp nhận.",
                "Only reception may do this.",
            )
            .into()
        })
}

/// That a dossier comes the way its procedure is received, from whom it is received.
fn fits(procedure: &Procedure, new: &NewDossier) -> Result<()> {
    if new.filer.is_some() {
        filer_allowed(&procedure.data)?;
    }
    if new.channel == Channel::Online && procedure.row.online_level == "none" {
        let (vi, en) = (
            "Thủ tục này không tiếp nhận trực tuyến.",
            "This procedure is not received online.",
        );
        return Err(Refusal::new("not_online", vi, en)
            .field("/channel", "not_online", vi, en)
            .into());
    }
    Ok(())
}

/// That somebody may file in the owner's place, as the procedure says.
///
/// # Errors
/// `filer_not_allowed`.
pub(super) fn filer_allowed(data: &ProcedureData) -> Result<()> {
    if data.flags.authorised_filer_allowed {
        return Ok(());
    }
    let (vi, en) = (
        "Thủ tục này không được ủy quyền nộp thay: người yêu cầu phải tự nộp.",
        "This procedure is filed in person: nobody files it for another.",
    );
    Err(Refusal::new("filer_not_allowed", vi, en)
        .field("/filer", "filer_not_allowed", vi, en)
        .into())
}

/// Names of the required papers that were not handed in.
pub fn missing_components(data: &ProcedureData, given: &[ComponentInput]) -> Vec<String> {
    data.components
        .iter()
        .filter(|c| c.required)
        .filter(|c| {
            !given.iter().any(|g| {
                g.component_id == c.id && g.originals + g.certified_copies + g.photocopies > 0
            })
        })
        .map(|c| c.name.clone())
        .collect()
}

/// Accepts a dossier that was submitted: online, at a kiosk, or left to be checked.
///
/// # Errors
/// As [`act`].
pub fn accept(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    components: Option<&[ComponentInput]>,
    note: Option<String>,
) -> Result<DossierRow> {
    let row = find(db, &actor.scope(Permission::ReadDossiers), &target.id)?
        .ok_or_else(Refusal::not_found)?;
    let procedure = services.procedure(db, &row.procedure_version_id)?;
    let (missing, rows) = match components {
        Some(given) => (
            missing_components(&procedure.data, given),
            Some(component_rows(&row.id, &procedure.data, given)?),
        ),
        None => {
            let there: Vec<ComponentInput> = components_of(db, &row.id)?
                .into_iter()
                .map(|c| ComponentInput {
                    component_id: c.component_id,
                    originals: c.originals,
                    certified_copies: c.certified_copies,
                    photocopies: c.photocopies,
                })
                .collect();
            (missing_components(&procedure.data, &there), None)
        }
    };
    let command = Command::Accept {
        missing_components: missing,
    };
    let extra = Extra {
        note,
        components: rows,
        ..Extra::default()
    };
    act(services, db, actor, target, &command, &extra)
}

/// Records that supplements have come (T6, T12), with the papers as they now are.
///
/// # Errors
/// As [`act`].
pub fn supplement(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    components: Option<&[ComponentInput]>,
    note: Option<String>,
) -> Result<DossierRow> {
    let row = find(db, &actor.scope(Permission::ReadDossiers), &target.id)?
        .ok_or_else(Refusal::not_found)?;
    let components = match components {
        Some(given) => {
            let procedure = services.procedure(db, &row.procedure_version_id)?;
            Some(component_rows(&row.id, &procedure.data, given)?)
        }
        None => None,
    };
    let extra = Extra {
        note,
        components,
        ..Extra::default()
    };
    act(services, db, actor, target, &Command::Supplement, &extra)
}

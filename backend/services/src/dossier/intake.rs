//! Taking a dossier in: checked, numbered, promised, recorded, in one transaction.

use std::collections::HashMap;
use std::sync::Arc;

use motcua_domain::calendar::Calendar;
use motcua_domain::catalogue::ProcedureData;
use motcua_domain::certification::CertificationKind;
use motcua_domain::code::{SCHEME, format_dossier_code};
use motcua_domain::deadline::{Limit, Unit, handover_due};
use motcua_domain::dossier::{
    Channel, Collector, Command, Context, DecisionOutcome, DeliveryMethod, Dossier, OnTheSpot,
    Outcome, Relation, Rule, SupplementMode, decide, on_the_spot,
};
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::text::name_words;
use motcua_domain::vn_time::local_date;
use motcua_store::centre::{self, AuthorityRow, CentreRow};
use motcua_store::dossier::{
    ComponentRow, DossierRow, FeeRow, FilerRow, Intake, LetterRow, components as components_of,
    find, insert,
};
use motcua_store::{CentreId, Db, DossierId, Ts, counter};
use serde_json::json;

use super::act::{Extra, Loaded, Target, act, apply, put};
use super::input::{ComponentInput, IntakeMode, NewDossier};
use super::{draft, effects, snapshot, visit};
use crate::actor::{Actor, Permission};
use crate::context::{Procedure, Services, bad_field};
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

/// The papers handed in, as rows in the procedure's order.
pub(super) fn component_rows(
    id: &DossierId,
    data: &ProcedureData,
    given: &[ComponentInput],
) -> Result<Vec<ComponentRow>> {
    let mut errors = Vec::new();
    let mut by_id: HashMap<&str, &ComponentInput> = HashMap::new();
    for (i, g) in given.iter().enumerate() {
        let known = data.components.iter().any(|c| c.id == g.component_id);
        let code = match (known, by_id.insert(&g.component_id, g)) {
            (true, None) => continue,
            (false, _) => "component_unknown",
            (true, Some(_)) => "component_repeated",
        };
        errors.push(FieldError {
            pointer: format!("/components/{i}/component_id"),
            code,
            detail: if known {
                Text::new("Thành phần này đã được kê ở trên.", "Listed twice.")
            } else {
                Text::new(
                    "Thủ tục này không có thành phần hồ sơ như vậy.",
                    "The procedure has no such component.",
                )
            },
        });
    }
    if !errors.is_empty() {
        return Err(Refusal::invalid(errors).into());
    }
    Ok(data
        .components
        .iter()
        .filter_map(|c| by_id.get(c.id.as_str()).map(|g| (c, *g)))
        .zip(1..)
        .map(|((c, g), ord)| ComponentRow {
            dossier_id: id.clone(),
            ord,
            component_id: c.id.clone(),
            name: c.name.clone(),
            required: c.required,
            originals: g.originals,
            certified_copies: g.certified_copies,
            photocopies: g.photocopies,
        })
        .collect())
}

fn rule(data: &ProcedureData, channel: Channel, foreign: bool) -> Result<Rule> {
    let remote = matches!(channel, Channel::Online | Channel::Kiosk);
    let limit = match data.limits.of(remote) {
        Some(l) if !data.flags.no_due_date => {
            let unit = Unit::parse(&l.unit)
                .ok_or_else(|| Error::Internal("a limit's unit is unknown".into()))?;
            Some(Limit::new(l.amount, unit)?)
        }
        _ => None,
    };
    Ok(Rule {
        limit,
        supplement_mode: SupplementMode::parse(&data.supplement_mode)
            .unwrap_or(SupplementMode::Reset),
        // A centre's own wards are its regular duty; only for another's does the clock wait for
        // the competent authority (Decree 118/2025 Art 17.3).
        boundary_free: foreign && data.flags.boundary_free,
        on_the_spot: data.flags.on_the_spot,
        pay_on_collection: true,
    })
}

fn blank_row(
    centre: &CentreId,
    new: &NewDossier,
    procedure: &Procedure,
    draft: &Dossier,
    now: chrono::DateTime<chrono::Utc>,
) -> DossierRow {
    let limit = draft.rule.limit;
    DossierRow {
        id: DossierId::new(),
        centre_id: centre.clone(),
        authority_id: new.authority_id.clone(),
        procedure_version_id: procedure.row.id.clone(),
        procedure_code: procedure.row.procedure_code.clone(),
        procedure_version: procedure.row.version,
        procedure_name: procedure.row.name.clone(),
        code: None,
        code_scheme: None,
        submission_number: None,
        state: draft.state.as_str().to_owned(),
        sub_state: None,
        desk: draft.desk.as_str().to_owned(),
        channel: new.channel.as_str().to_owned(),
        owner_kind: new.owner.kind.as_str().to_owned(),
        owner_name: new.owner.full_name.clone(),
        owner_identity: new.owner.identity_number.clone(),
        owner_birth: new.owner.birth_date.clone(),
        owner_phone: new.owner.phone.clone(),
        owner_email: new.owner.email.clone(),
        owner_address: new.owner.address.clone(),
        copies_count: new.copies_count,
        delivery_method: new.delivery_method.as_str().to_owned(),
        delivery_address: new.delivery_address.clone(),
        visit_id: new.visit_id.clone(),
        note: new.note.clone(),
        received_at: Ts::new(now),
        submitted_at: None,
        accepted_at: None,
        competent_received_at: None,
        handover_due_at: None,
        due_at_original: None,
        due_at: None,
        completed_at: None,
        returned_at: None,
        ended_at: None,
        clock_started_at: None,
        intake_reply_due_at: None,
        supplement_due_on: None,
        limit_amount: limit.and_then(|l| i32::try_from(l.amount).ok()),
        limit_unit: limit.map(|l| l.unit.as_str().to_owned()),
        supplement_mode: draft.rule.supplement_mode.as_str().to_owned(),
        calendar_version: None,
        boundary_free: draft.rule.boundary_free,
        on_the_spot: draft.rule.on_the_spot,
        pay_on_collection: draft.rule.pay_on_collection,
        intake_supplements: 0,
        appraisal_supplements: 0,
        reappointments: 0,
        reappointed_at: None,
        decision_outcome: None,
        decided_at: None,
        open_handover_id: None,
        withdrawal_requested_at: None,
        payment_state: draft.payment.as_str().to_owned(),
        delivery_state: draft.delivery.as_str().to_owned(),
        paper_location: draft.paper.as_str().to_owned(),
        handler_id: None,
        claimed_until: None,
        created_by: None,
        timeline_seq: 1,
        version: 1,
    }
}

/// Gives an accepted dossier its code, and one that only came in its submission number. The code
/// is that of the receiving unit and its local date; only acceptance uses a number up.
pub(super) fn number(db: &mut Db, centre: &CentreRow, row: &mut DossierRow) -> Result<()> {
    if let Some(accepted) = row.accepted_at {
        if row.code.is_none() {
            let day = local_date(accepted.0);
            let series = format!("code:{}:{}", centre.e_code, day.format("%y%m%d"));
            let n = u32::try_from(counter::next(db, &series)?).unwrap_or(u32::MAX);
            row.code = Some(format_dossier_code(&centre.e_code, day, n)?);
            row.code_scheme = Some(SCHEME.to_owned());
        }
    } else if row.submission_number.is_none()
        && let Some(submitted) = row.submitted_at
    {
        let day = local_date(submitted.0).format("%y%m%d").to_string();
        let n = counter::next(db, &format!("submission:{}:{day}", centre.e_code))?;
        row.submission_number = Some(format!("TN-{}-{day}-{n:04}", centre.e_code));
    }
    Ok(())
}

/// An accepted dossier is handed over the same working day, or next morning after 15:00 (R9).
pub(super) fn promise_handover(calendar: &Calendar, row: &mut DossierRow) -> Result<()> {
    if let (Some(accepted), None) = (row.accepted_at, row.handover_due_at) {
        row.handover_due_at = Some(Ts::new(handover_due(calendar, accepted.0)?));
    }
    Ok(())
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

fn fee_rows(
    row: &DossierRow,
    data: &ProcedureData,
    new: &NewDossier,
    today: chrono::NaiveDate,
) -> Vec<FeeRow> {
    let charged = |line: &str| {
        let found = new.charged.iter().find(|(id, _)| id == line);
        found.map(|(_, amount)| *amount)
    };
    let remote = matches!(new.channel, Channel::Online | Channel::Kiosk);
    data.fees
        .iter()
        .filter(|f| match f.channel.as_str() {
            "online" => remote,
            "direct" => !remote,
            _ => true,
        })
        .filter(|f| {
            f.valid_from.is_none_or(|d| d <= today) && f.valid_to.is_none_or(|d| d >= today)
        })
        .zip(1..)
        .map(|(f, ord)| FeeRow {
            dossier_id: row.id.clone(),
            ord,
            line_id: f.id.clone(),
            kind: f.kind.clone(),
            name: f.name.clone(),
            text: f.text.clone(),
            amount_vnd: charged(&f.id).or(f.amount_vnd),
        })
        .collect()
}

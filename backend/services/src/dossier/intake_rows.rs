//! The rows of a dossier that is taken in: itself, its papers, its fee lines, its numbers.

use std::collections::HashMap;

use motcua_domain::calendar::Calendar;
use motcua_domain::catalogue::ProcedureData;
use motcua_domain::code::{SCHEME, format_dossier_code};
use motcua_domain::deadline::{Limit, Unit, handover_due};
use motcua_domain::dossier::{Channel, Dossier, Rule, SupplementMode};
use motcua_domain::fee;
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::vn_time::local_date;
use motcua_store::centre::CentreRow;
use motcua_store::dossier::{ComponentRow, DossierRow, FeeRow};
use motcua_store::{CentreId, Db, DossierId, Ts, counter};

use super::input::{ComponentInput, NewDossier};
use crate::context::Procedure;
use crate::error::{Error, Result};

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

pub(super) fn rule(data: &ProcedureData, channel: Channel, foreign: bool) -> Result<Rule> {
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

pub(super) fn blank_row(
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
        open_apology_id: None,
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

pub(super) fn fee_rows(
    row: &DossierRow,
    data: &ProcedureData,
    new: &NewDossier,
    today: chrono::NaiveDate,
) -> Vec<FeeRow> {
    let charged = |line: &str| {
        let found = new.charged.iter().find(|(id, _)| id == line);
        found.map(|(_, amount)| *amount)
    };
    fee::lines(&data.fees, new.channel.into(), today)
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

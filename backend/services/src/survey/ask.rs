//! Who may answer, and once: a token for each paper that a questionnaire goes out with, and for each hand-back.
//!
//! The token is made from the paper by the installation's key, so a paper printed twice carries the same one;
//! what is kept is the token's digest, with neither the dossier nor the hour.

use chrono::{Days, NaiveDate};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::cells::Period;
use motcua_domain::survey::questionnaire::Occasion;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{DossierRow, LetterRow};
use motcua_store::survey::{self as rows, InvitationRow, SettingsRow};
use motcua_store::{CentreId, Db, UserId};
use serde_json::json;

use super::key::token_hash;
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;

/// Days for which a link holds where a centre set nothing.
pub const DEFAULT_DAYS: i32 = 60;

/// What a centre asks with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Which centre.
    pub centre: CentreId,
    /// The questionnaire that goes out with forms 01, 02 and 03.
    pub slip_code: String,
    /// The one at the hand-back.
    pub return_code: String,
    /// The one at kiosks and tablets without a token.
    pub kiosk_code: String,
    /// Days for which a link holds.
    pub valid_days: i32,
    /// Row version; 0: nothing was set.
    pub version: i64,
}

/// What holds at a centre.
pub(super) fn held(db: &mut Db, centre: &CentreId) -> Result<Settings> {
    Ok(match rows::settings(db, centre)? {
        Some(row) => Settings {
            centre: row.centre_id,
            slip_code: row.slip_code,
            return_code: row.return_code,
            kiosk_code: row.kiosk_code,
            valid_days: row.valid_days,
            version: row.version,
        },
        None => Settings {
            centre: centre.clone(),
            slip_code: "c01".into(),
            return_code: "c01".into(),
            kiosk_code: "faces".into(),
            valid_days: DEFAULT_DAYS,
            version: 0,
        },
    })
}

/// What a centre of the actor's asks with.
///
/// # Errors
/// `centre_unknown`.
pub fn settings(db: &mut Db, actor: &Actor, centre: Option<&CentreId>) -> Result<Settings> {
    let centre = actor
        .centre_for(Permission::SignedIn, centre)
        .ok_or_else(centre_unknown)?;
    held(db, &centre)
}

/// Sets what a centre asks with.
///
/// # Errors
/// `centre_unknown`, `version_stale`; `validation_failed` for a questionnaire that is not published
/// there, and for days outside 1 to 365.
pub fn set_settings(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    version: i64,
    new: &Settings,
) -> Result<Settings> {
    let centre = actor
        .centre_for(Permission::ManageSurveys, centre)
        .ok_or_else(centre_unknown)?;
    let before = held(db, &centre)?;
    if before.version != version {
        return Err(stale(before.version));
    }
    let mut faults = Vec::new();
    for (field, code) in [
        ("/slip_code", &new.slip_code),
        ("/return_code", &new.return_code),
        ("/kiosk_code", &new.kiosk_code),
    ] {
        if rows::published(db, &centre, code)?.is_none() {
            faults.push(FieldError::new(
                field,
                "unknown_questionnaire",
                "Chưa công bố phiếu nào có mã này.",
                "No questionnaire of this code is published.",
            ));
        }
    }
    if !(1..=365).contains(&new.valid_days) {
        faults.push(FieldError::out_of_range("/valid_days", 1, 365));
    }
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    let row = SettingsRow {
        centre_id: centre.clone(),
        slip_code: new.slip_code.clone(),
        return_code: new.return_code.clone(),
        kiosk_code: new.kiosk_code.clone(),
        valid_days: new.valid_days,
        version: version + 1,
    };
    if !rows::set_settings(db, &row, version)? {
        return Err(stale(version + 1));
    }
    record::audit(
        db,
        &centre,
        services.now(),
        Some(actor),
        "survey.settings_set",
        ("centre", centre.as_str()),
        json!({
            "slip_code": row.slip_code, "return_code": row.return_code,
            "kiosk_code": row.kiosk_code, "valid_days": row.valid_days,
        }),
    )?;
    held(db, &centre)
}

/// Somebody to be asked.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// About which dossier.
    pub dossier: &'a DossierRow,
    /// At what.
    pub occasion: Occasion,
    /// The paper or the step it goes with.
    pub with: &'a str,
    /// Whom the questions about an officer are about.
    pub officer: Option<&'a UserId>,
}

/// The token of somebody who is asked; kept, and counted as asked, the first time. None where the centre has
/// no published questionnaire for it.
pub(super) fn token(services: &Services, db: &mut Db, ask: &Ask<'_>) -> Result<Option<String>> {
    let dossier = ask.dossier;
    let held = held(db, &dossier.centre_id)?;
    let code = match ask.occasion {
        Occasion::Return => &held.return_code,
        _ => &held.slip_code,
    };
    let token = services.keys.surveys.token(&[
        dossier.centre_id.as_str(),
        dossier.id.as_str(),
        ask.occasion.as_str(),
        ask.with,
    ])?;
    let hash = token_hash(&token);
    if rows::invitation(db, &hash)?.is_some() {
        return Ok(Some(token));
    }
    let Some(questionnaire) = rows::published(db, &dossier.centre_id, code)? else {
        return Ok(None);
    };
    let field = services
        .procedure(db, &dossier.procedure_version_id)?
        .row
        .field_code
        .clone();
    let today = local_date(services.now());
    let row = InvitationRow {
        token_hash: hash,
        centre_id: dossier.centre_id.clone(),
        questionnaire_id: questionnaire.id,
        authority_id: dossier.authority_id.clone(),
        field,
        officer_id: ask.officer.cloned(),
        occasion: ask.occasion.as_str().to_owned(),
        expires_on: until(today, held.valid_days),
        used: false,
    };
    if rows::invite(db, &row)? {
        rows::count_asked(
            db,
            &row.centre_id,
            &row.questionnaire_id,
            &Period::quarter_of_day(today),
            (&row.authority_id, &row.field),
            &row.occasion,
        )?;
    }
    Ok(Some(token))
}

fn until(today: NaiveDate, days: i32) -> NaiveDate {
    today
        .checked_add_days(Days::new(u64::try_from(days).unwrap_or(0)))
        .unwrap_or(today)
}

/// The token that goes with a numbered paper: with forms 01, 02 and 03 somebody is asked, with the others
/// nobody.
///
/// # Errors
/// Storage failures only.
pub fn of_paper(
    services: &Services,
    db: &mut Db,
    dossier: &DossierRow,
    letter: &LetterRow,
) -> Result<Option<String>> {
    let occasion = match letter.form.as_str() {
        "01" => Occasion::Intake,
        "02" => Occasion::Supplement,
        "03" => Occasion::Refusal,
        _ => return Ok(None),
    };
    let ask = Ask {
        dossier,
        occasion,
        with: letter.id.as_str(),
        officer: letter.issued_by.as_ref(),
    };
    token(services, db, &ask)
}

/// The token that goes with a result handed back.
///
/// # Errors
/// Storage failures only.
pub fn of_return(
    services: &Services,
    db: &mut Db,
    dossier: &DossierRow,
    returned_by: &UserId,
) -> Result<Option<String>> {
    let ask = Ask {
        dossier,
        occasion: Occasion::Return,
        with: "",
        officer: Some(dossier.handler_id.as_ref().unwrap_or(returned_by)),
    };
    token(services, db, &ask)
}

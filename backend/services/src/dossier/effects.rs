//! The rows that a command leaves beside the dossier itself.

use chrono::{DateTime, Utc};
use motcua_domain::dossier::{Command, Dossier, Form, Settlement};
use motcua_domain::vn_time;
use motcua_store::dossier::{
    ConsultationRow, DecisionRow, DossierRow, HandoverRow, LetterRow, ResultRow, ReturnRow,
    SupplementRow, answer_consultation, close_handover, consultation, decisions, fulfil_supplement,
    insert_consultation, insert_decision, insert_handover, insert_letter, insert_result,
    insert_return, insert_supplement, replace_components, supplements,
};
use motcua_store::{Db, HandoverId, RecordId, Ts, UserId, counter};
use serde_json::{Value, json};

use super::act::{Extra, Loaded, put};
use super::apology;
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::fee::ledger;

fn who(actor: Option<&Actor>) -> Result<UserId> {
    actor
        .map(|a| a.user_id.clone())
        .ok_or_else(|| Error::Internal("this step needs a person".into()))
}

/// Writes the rows beside the dossier for `command` and notes facts for the timeline in `detail`.
#[allow(
    clippy::too_many_arguments,
    reason = "one step of a dossier is exactly these things"
)]
pub(super) fn children(
    db: &mut Db,
    now: Ts,
    actor: Option<&Actor>,
    loaded: &mut Loaded,
    before: &Dossier,
    command: &Command,
    extra: &Extra,
    detail: &mut Value,
) -> Result<()> {
    let id = loaded.row.id.clone();
    close_if_done(db, actor, loaded, command, extra, now)?;
    if let Some(note) = &extra.note {
        put(detail, "note", json!(note));
    }
    let say =
        |db: &mut Db, said: Said<'_>| decision(db, loaded, actor, now, extra.note.as_ref(), said);
    match command {
        Command::HandOver { to, .. } => {
            let row = HandoverRow {
                id: HandoverId::new(),
                dossier_id: id,
                from_desk: before.desk.as_str().to_owned(),
                to_desk: to.as_str().to_owned(),
                given_by: who(actor)?,
                given_at: now,
                to_user_id: extra.to_user.clone(),
                pages: extra.pages,
                note: extra.note.clone(),
                accepted: None,
                closed_by: None,
                closed_at: None,
                closing_reason: None,
            };
            insert_handover(db, &row)?;
            loaded.row.open_handover_id = Some(row.id.clone());
            put(detail, "from", json!(row.from_desk));
            put(detail, "to", json!(row.to_desk));
            loaded.open_handover = Some(row);
        }
        Command::Acknowledge { accepted, reason } => {
            if *accepted && loaded.snapshot.desk == motcua_domain::dossier::Desk::Handler {
                loaded.row.handler_id = Some(who(actor)?);
            }
            put(detail, "accepted", json!(accepted));
            put(detail, "reason", json!(reason));
        }
        Command::Claim => loaded.row.handler_id = Some(who(actor)?),
        Command::RequestSupplement {
            items,
            reason,
            legal_exception,
        } => {
            let stage = if before.accepted_at.is_some() {
                "appraisal"
            } else {
                "intake"
            };
            insert_supplement(
                db,
                &SupplementRow {
                    id: RecordId::new(),
                    dossier_id: id,
                    stage: stage.to_owned(),
                    items: json!(items).to_string(),
                    reason: reason.clone(),
                    legal_exception: legal_exception.clone(),
                    requested_by: who(actor)?,
                    requested_at: now,
                    fulfilled_by: None,
                    fulfilled_at: None,
                    note: extra.note.clone(),
                },
            )?;
            put(detail, "items", json!(items));
            put(detail, "reason", json!(reason));
        }
        Command::Supplement => {
            if let Some(mut open) = supplements(db, &id)?
                .into_iter()
                .rev()
                .find(|s| s.fulfilled_at.is_none())
            {
                open.fulfilled_by = actor.map(|a| a.user_id.clone());
                open.fulfilled_at = Some(now);
                open.note = extra.note.clone().or(open.note);
                fulfil_supplement(db, &open)?;
            }
        }
        Command::Refuse {
            reason_code,
            reason,
        } => {
            say(db, Said::of("refusal").because(reason))?;
            put(detail, "reason_code", json!(reason_code));
            put(detail, "reason", json!(reason));
        }
        Command::Decide { outcome, reason } => {
            say(
                db,
                Said::of("decision")
                    .outcome(outcome.as_str())
                    .because(reason.as_ref())
                    .by_law(extra.legal_basis.as_ref()),
            )?;
            put(detail, "outcome", json!(outcome));
            put(detail, "reason", json!(reason));
        }
        Command::Withdraw { reason, declined } => {
            let kind = if loaded.snapshot.withdrawal_requested || *declined {
                "withdrawal_request"
            } else {
                "withdrawal"
            };
            say(db, Said::of(kind).because(reason))?;
            put(detail, "reason", json!(reason));
            put(detail, "declined", json!(declined));
        }
        Command::Stop {
            reason,
            legal_ground,
        }
        | Command::Hold {
            reason,
            legal_ground,
        } => {
            let kind = match command {
                Command::Hold { .. } => "hold",
                _ => "stop",
            };
            say(
                db,
                Said::of(kind).because(reason).by_law(legal_ground.as_ref()),
            )?;
            put(detail, "reason", json!(reason));
            put(detail, "legal_ground", json!(legal_ground));
        }
        Command::Resume { reason } | Command::Correct { reason } => {
            let kind = match command {
                Command::Resume { .. } => "resumption",
                _ => "correction",
            };
            say(db, Said::of(kind).because(reason))?;
            put(detail, "reason", json!(reason));
        }
        Command::Transfer { to, reason } => {
            say(
                db,
                Said::of("transfer")
                    .because(reason)
                    .with(json!({ "to": to })),
            )?;
            put(detail, "to", json!(to));
            put(detail, "reason", json!(reason));
        }
        Command::Extend { reason, .. } => {
            let code = apology::reason_signed(db, loaded, extra)?;
            say(
                db,
                Said::of("extension").because(reason).with(json!({
                    "from": before.due_at,
                    "to": loaded.snapshot.due_at,
                    "reason_code": code,
                })),
            )?;
            put(detail, "reason_code", json!(code));
            put(detail, "reason", json!(reason));
        }
        Command::DraftApology { reason, .. } | Command::ReturnApology { reason } => {
            put(detail, "reason", json!(reason));
        }
        Command::RequirePayment { amount_vnd, reason } => {
            say(
                db,
                Said::of("payment_request")
                    .because(reason)
                    .with(json!({ "amount_vnd": amount_vnd })),
            )?;
            put(detail, "amount_vnd", json!(amount_vnd));
            put(detail, "reason", json!(reason));
        }
        Command::SettlePayment(settlement) => {
            let outcome = match settlement {
                Settlement::Paid => "paid",
                Settlement::Exempt => "exempt",
            };
            say(db, Said::of("payment").outcome(outcome))?;
            put(detail, "settlement", json!(outcome));
            let reference = extra.note.as_deref();
            let paid = ledger::settle(
                db,
                &loaded.row,
                before,
                *settlement,
                extra.method,
                (now, actor, reference),
            )?;
            if let Some(paid) = paid {
                put(detail, "method", json!(extra.method));
                put(detail, "receipts", json!(paid.receipts));
                put(detail, ledger::TOLD, json!([paid.told]));
            }
        }
        Command::Consult { body, reply_due_on } => {
            insert_consultation(
                db,
                &ConsultationRow {
                    id: RecordId::new(),
                    dossier_id: id,
                    body: body.clone(),
                    question: extra.text.clone().unwrap_or_default(),
                    reply_due_on: *reply_due_on,
                    asked_by: who(actor)?,
                    asked_at: now,
                    reply: None,
                    answered_by: None,
                    answered_at: None,
                    voided_at: None,
                },
            )?;
            put(detail, "body", json!(body));
            put(detail, "question", json!(extra.text));
            put(detail, "reply_due_on", json!(reply_due_on));
        }
        Command::AnswerConsultation => {
            if let Some(mut asked) = consultation(db, &id)? {
                asked.reply = extra.text.clone();
                asked.answered_by = actor.map(|a| a.user_id.clone());
                asked.answered_at = Some(now);
                answer_consultation(db, &asked)?;
                put(detail, "body", json!(asked.body));
                put(detail, "reply", json!(asked.reply));
            }
        }
        Command::Results {
            number,
            issued_on,
            summary,
        } => {
            let signed = decisions(db, &id)?
                .into_iter()
                .rev()
                .find(|d| d.kind == "decision");
            insert_result(
                db,
                &ResultRow {
                    id: RecordId::new(),
                    dossier_id: id,
                    kind: loaded
                        .row
                        .decision_outcome
                        .clone()
                        .unwrap_or_else(|| "grant".into()),
                    number: number.clone(),
                    issued_on: *issued_on,
                    summary: summary.clone(),
                    signer_id: signed.and_then(|d| d.decided_by),
                    recorded_by: who(actor)?,
                    recorded_at: now,
                    voided_at: None,
                },
            )?;
            put(detail, "number", json!(number));
        }
        Command::Return {
            collector,
            method,
            tracking_number,
        } => {
            insert_return(
                db,
                &ReturnRow {
                    id: RecordId::new(),
                    dossier_id: id,
                    collector_name: collector.full_name.clone(),
                    identity_number: extra.collector_identity.clone(),
                    relation: collector.relation.as_str().to_owned(),
                    authorisation: collector.authorisation.clone(),
                    method: method.as_str().to_owned(),
                    tracking_number: tracking_number.clone(),
                    originals_returned: extra.originals_returned,
                    returned_by: who(actor)?,
                    returned_at: now,
                },
            )?;
            put(detail, "relation", json!(collector.relation));
            put(detail, "method", json!(method));
        }
        _ => {}
    }
    if let Some(rows) = &extra.components {
        replace_components(db, &loaded.row.id, rows)?;
        put(detail, "components", json!(rows.len()));
    }
    Ok(())
}

/// What a decision row says beside who and when.
#[derive(Default)]
struct Said<'a> {
    kind: &'a str,
    outcome: Option<&'a str>,
    reason: Option<&'a String>,
    legal_basis: Option<&'a String>,
    detail: Option<Value>,
}

impl<'a> Said<'a> {
    fn of(kind: &'a str) -> Self {
        Self {
            kind,
            ..Self::default()
        }
    }

    fn outcome(mut self, word: &'a str) -> Self {
        self.outcome = Some(word);
        self
    }

    fn because(mut self, reason: impl Into<Option<&'a String>>) -> Self {
        self.reason = reason.into();
        self
    }

    fn by_law(mut self, basis: Option<&'a String>) -> Self {
        self.legal_basis = basis;
        self
    }

    fn with(mut self, detail: Value) -> Self {
        self.detail = Some(detail);
        self
    }
}

fn decision(
    db: &mut Db,
    loaded: &Loaded,
    actor: Option<&Actor>,
    now: Ts,
    note: Option<&String>,
    said: Said<'_>,
) -> Result<()> {
    insert_decision(
        db,
        &DecisionRow {
            id: RecordId::new(),
            dossier_id: loaded.row.id.clone(),
            kind: said.kind.to_owned(),
            outcome: said.outcome.map(ToOwned::to_owned),
            reason: said.reason.filter(|r| !r.is_empty()).cloned(),
            legal_basis: said.legal_basis.cloned(),
            note: note.cloned(),
            decided_by: actor.map(|a| a.user_id.clone()),
            decided_at: now,
            detail: said.detail.unwrap_or_else(|| json!({})).to_string(),
            voided_at: None,
        },
    )?;
    Ok(())
}

/// Closes the hand-over that the rules no longer see open: acknowledged, sent back, overtaken by the
/// decision it was given for, or given to another desk by a leader before anybody took it.
fn close_if_done(
    db: &mut Db,
    actor: Option<&Actor>,
    loaded: &mut Loaded,
    command: &Command,
    extra: &Extra,
    now: Ts,
) -> Result<()> {
    let given_anew = matches!(command, Command::HandOver { .. });
    if loaded.snapshot.open_handover.is_some() && !given_anew {
        return Ok(());
    }
    loaded.row.open_handover_id = None;
    let Some(mut open) = loaded.open_handover.take() else {
        return Ok(());
    };
    let (accepted, reason) = match command {
        Command::Acknowledge { accepted, reason } => (*accepted, reason.clone()),
        Command::HandOver { .. } => (false, extra.note.clone()),
        _ => (true, None),
    };
    open.accepted = Some(accepted);
    open.closed_by = actor.map(|a| a.user_id.clone());
    open.closed_at = Some(now);
    open.closing_reason = reason;
    close_handover(db, &open)?;
    Ok(())
}

/// Numbers the papers a step issues: one series per authority, form and year, from 1 without gap.
/// Form 06 grows with every hop and form 07 is the register: they carry no number of their own.
/// Returns what it numbered, in order.
pub(super) fn letters(
    db: &mut Db,
    actor: Option<&Actor>,
    row: &DossierRow,
    papers: &[Form],
    now: DateTime<Utc>,
    detail: &mut Value,
) -> Result<Vec<LetterRow>> {
    use chrono::Datelike as _;
    let mut numbered = Vec::new();
    for form in papers {
        if matches!(form, Form::F06 | Form::F07) {
            continue;
        }
        let year = vn_time::local_date(now).year();
        let number = counter::next(
            db,
            &format!("letter:{}:{}:{year}", row.authority_id, form.as_str()),
        )?;
        let letter = LetterRow {
            id: RecordId::new(),
            dossier_id: row.id.clone(),
            authority_id: row.authority_id.clone(),
            form: form.as_str().to_owned(),
            year,
            number,
            issued_by: actor.map(|a| a.user_id.clone()),
            issued_at: Ts::new(now),
        };
        insert_letter(db, &letter)?;
        numbered.push(letter);
        put(
            detail,
            "letter",
            json!({ "form": form, "number": number, "year": year }),
        );
    }
    Ok(numbered)
}

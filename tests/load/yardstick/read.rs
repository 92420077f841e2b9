//! Reading with nothing around it: the rows of a dossier's page and of a work list, asked for on
//! the database's own connection, and the same JSON made of them.
//!
//! What the server computes (who may do what, how many working minutes are left) stands here as
//! constants of the same size: the yardstick is what the answer costs when nothing is looked after.

use chrono::{DateTime, FixedOffset};
use diesel::prelude::*;
use motcua_api::dossier::view::*;
use motcua_domain::dossier::{Action, Role};
use motcua_domain::text::{mask_email, mask_number, mask_phone};
use motcua_domain::vn_time::to_vn;
use motcua_store::Ts;
use motcua_store::dossier::*;
use motcua_store::ids::{DossierId, UserId};
use motcua_store::schema::*;
use serde::Serialize;

fn vn(at: Ts) -> DateTime<FixedOffset> {
    to_vn(at.0)
}

fn vn_opt(at: Option<Ts>) -> Option<DateTime<FixedOffset>> {
    at.map(vn)
}

/// A centre or an authority: id, code, name.
type Unit = (String, String, String);

/// Every row of one dossier's page.
pub struct DossierRows {
    row: DossierRow,
    centre: Unit,
    authority: Unit,
    field: String,
    filer: Option<FilerRow>,
    components: Vec<ComponentRow>,
    fees: Vec<FeeRow>,
    letters: Vec<LetterRow>,
    pauses: Vec<PauseRow>,
    handover: Option<HandoverRow>,
    supplements: Vec<SupplementRow>,
    decisions: Vec<DecisionRow>,
    result: Option<ResultRow>,
    hand_back: Option<ReturnRow>,
    names: Vec<(UserId, String)>,
}

/// A row of a work list: the dossier, its authority's code and name, its handler's name.
pub type ListRow = (DossierListRow, (String, String), Option<String>);

/// The same reads for one concrete connection: diesel compiles them for that database alone.
macro_rules! reads {
    ($module:ident, $connection:ty) => {
        pub mod $module {
            use super::*;

            /// One dossier with all that belongs to it; what cannot exist yet is not asked for,
            /// just as in the server.
            pub fn dossier(
                db: &mut $connection,
                id: &DossierId,
            ) -> QueryResult<Option<DossierRows>> {
                let found: Option<(DossierRow, Unit, Unit, String)> = dossiers::table
                    .inner_join(centres::table.on(centres::id.eq(dossiers::centre_id)))
                    .inner_join(authorities::table.on(authorities::id.eq(dossiers::authority_id)))
                    .inner_join(
                        procedure_versions::table
                            .on(procedure_versions::id.eq(dossiers::procedure_version_id)),
                    )
                    .filter(dossiers::id.eq(id))
                    .select((
                        DossierRow::as_select(),
                        (centres::id, centres::code, centres::name),
                        (authorities::id, authorities::code, authorities::name),
                        procedure_versions::field,
                    ))
                    .get_result(db)
                    .optional()?;
                let Some((row, centre, authority, field)) = found else {
                    return Ok(None);
                };
                let components = dossier_components::table
                    .filter(dossier_components::dossier_id.eq(id))
                    .order(dossier_components::ord.asc())
                    .select(ComponentRow::as_select())
                    .load(db)?;
                let fees = dossier_fees::table
                    .filter(dossier_fees::dossier_id.eq(id))
                    .order(dossier_fees::ord.asc())
                    .select(FeeRow::as_select())
                    .load(db)?;
                let letters = dossier_letters::table
                    .filter(dossier_letters::dossier_id.eq(id))
                    .order(dossier_letters::id.asc())
                    .select(LetterRow::as_select())
                    .load(db)?;
                let filer = dossier_filers::table
                    .find(id)
                    .select(FilerRow::as_select())
                    .get_result(db)
                    .optional()?;
                let pauses = if row.timeline_seq > 3 {
                    dossier_pauses::table
                        .filter(dossier_pauses::dossier_id.eq(id))
                        .order(dossier_pauses::ord.asc())
                        .select(PauseRow::as_select())
                        .load(db)?
                } else {
                    Vec::new()
                };
                let handover = match &row.open_handover_id {
                    Some(h) => dossier_handovers::table
                        .find(h)
                        .select(HandoverRow::as_select())
                        .get_result(db)
                        .optional()?,
                    None => None,
                };
                let supplements = if row.intake_supplements + row.appraisal_supplements > 0 {
                    dossier_supplements::table
                        .filter(dossier_supplements::dossier_id.eq(id))
                        .order(dossier_supplements::requested_at.asc())
                        .select(SupplementRow::as_select())
                        .load(db)?
                } else {
                    Vec::new()
                };
                let decisions = if row.timeline_seq > 2 {
                    dossier_decisions::table
                        .filter(dossier_decisions::dossier_id.eq(id))
                        .filter(dossier_decisions::voided_at.is_null())
                        .order((
                            dossier_decisions::decided_at.asc(),
                            dossier_decisions::id.asc(),
                        ))
                        .select(DecisionRow::as_select())
                        .load(db)?
                } else {
                    Vec::new()
                };
                let result = if row.completed_at.is_some() {
                    dossier_results::table
                        .filter(dossier_results::dossier_id.eq(id))
                        .filter(dossier_results::voided_at.is_null())
                        .order(dossier_results::id.desc())
                        .select(ResultRow::as_select())
                        .get_result(db)
                        .optional()?
                } else {
                    None
                };
                let hand_back = if row.returned_at.is_some() {
                    dossier_returns::table
                        .filter(dossier_returns::dossier_id.eq(id))
                        .order(dossier_returns::id.desc())
                        .select(ReturnRow::as_select())
                        .get_result(db)
                        .optional()?
                } else {
                    None
                };
                let people: Vec<UserId> = row
                    .handler_id
                    .iter()
                    .chain(handover.iter().map(|h: &HandoverRow| &h.given_by))
                    .chain(
                        decisions
                            .iter()
                            .filter_map(|d: &DecisionRow| d.decided_by.as_ref()),
                    )
                    .chain(hand_back.iter().map(|r: &ReturnRow| &r.returned_by))
                    .cloned()
                    .collect();
                let names = if people.is_empty() {
                    Vec::new()
                } else {
                    users::table
                        .filter(users::id.eq_any(people))
                        .select((users::id, users::full_name))
                        .load(db)?
                };
                Ok(Some(DossierRows {
                    row,
                    centre,
                    authority,
                    field,
                    filer,
                    components,
                    fees,
                    letters,
                    pauses,
                    handover,
                    supplements,
                    decisions,
                    result,
                    hand_back,
                    names,
                }))
            }

            /// The newest dossiers of a centre in a state, one more than a page shows.
            pub fn list(
                db: &mut $connection,
                centre: &str,
                state: &str,
            ) -> QueryResult<Vec<ListRow>> {
                dossiers::table
                    .inner_join(authorities::table.on(authorities::id.eq(dossiers::authority_id)))
                    .left_join(users::table.on(users::id.nullable().eq(dossiers::handler_id)))
                    .filter(dossiers::centre_id.eq(centre))
                    .filter(dossiers::state.eq(state))
                    .order((dossiers::received_at.desc(), dossiers::id.desc()))
                    .limit(PAGE + 1)
                    .select((
                        DossierListRow::as_select(),
                        (authorities::code, authorities::name),
                        users::full_name.nullable(),
                    ))
                    .load(db)
            }
        }
    };
}

/// Rows on a page.
const PAGE: i64 = 20;

reads!(sqlite, diesel::SqliteConnection);
reads!(postgres, diesel::PgConnection);

/// What the server works out for each person and moment; here the words of one such answer.
fn actions() -> (Vec<String>, Vec<BlockedAction>) {
    const NOT_YOURS: (&str, &str) = ("role_not_allowed", "Việc này không thuộc vai trò của bạn.");
    const NOT_NOW: (&str, &str) = (
        "transition_not_allowed",
        "Không thể thực hiện việc này khi hồ sơ đang ở trạng thái hiện tại.",
    );
    let blocked = |action: &str, (code, reason): (&str, &str)| BlockedAction {
        action: action.to_owned(),
        code: code.to_owned(),
        reason: reason.to_owned(),
    };
    const ALLOWED: [&str; 2] = ["handovers", "withdrawals"];
    let blocked = Action::ALL
        .iter()
        .filter(|a| !ALLOWED.contains(&a.as_str()) && **a != Action::Submit)
        .map(|a| {
            let belongs = a.roles().contains(&Role::Reception);
            blocked(a.as_str(), if belongs { NOT_NOW } else { NOT_YOURS })
        })
        .collect();
    (
        vec!["handovers".to_owned(), "withdrawals".to_owned()],
        blocked,
    )
}

fn unit((id, code, name): Unit) -> UnitRef {
    UnitRef { id, code, name }
}

/// The answer to `GET /dossiers/{id}`.
pub fn page(rows: DossierRows) -> DossierView {
    let DossierRows { row, names, .. } = rows;
    let person = |id: &UserId| PersonRef {
        id: id.to_string(),
        full_name: names
            .iter()
            .find(|(known, _)| known == id)
            .map(|(_, name)| name.clone())
            .unwrap_or_default(),
    };
    let (allowed_actions, blocked_actions) = actions();
    DossierView {
        id: row.id.to_string(),
        code: row.code,
        submission_number: row.submission_number,
        state: row.state,
        sub_state: row.sub_state,
        national_status: 2,
        timing: Some("within_time"),
        version: row.version,
        procedure: ProcedureRef {
            code: row.procedure_code,
            name: row.procedure_name,
            version: row.procedure_version,
            field: rows.field,
        },
        centre: unit(rows.centre),
        authority: unit(rows.authority),
        channel: row.channel,
        owner: OwnerView {
            kind: row.owner_kind,
            full_name: row.owner_name,
            identity_number: row.owner_identity.as_deref().map(mask_number),
            birth_date: row.owner_birth,
            phone: row.owner_phone.as_deref().map(mask_phone),
            email: row.owner_email.as_deref().map(mask_email),
            address: row.owner_address,
        },
        filer: rows.filer.map(|f| FilerView {
            full_name: f.full_name,
            identity_number: f.identity_number.as_deref().map(mask_number),
            phone: f.phone.as_deref().map(mask_phone),
            email: f.email.as_deref().map(mask_email),
            address: f.address,
            relation: f.relation,
            authorisation: f.authorisation,
            authorisation_scope: None,
            authorisation_until: None,
        }),
        components: rows
            .components
            .into_iter()
            .map(|c| ComponentView {
                component_id: c.component_id,
                name: c.name,
                required: c.required,
                originals: c.originals,
                certified_copies: c.certified_copies,
                photocopies: c.photocopies,
            })
            .collect(),
        fees: rows
            .fees
            .into_iter()
            .map(|f| FeeView {
                kind: f.kind,
                name: f.name,
                text: f.text,
                amount_vnd: f.amount_vnd,
            })
            .collect(),
        copies_count: row.copies_count,
        limit: row
            .limit_amount
            .zip(row.limit_unit)
            .map(|(amount, unit)| LimitView {
                amount,
                unit,
                supplement_mode: row.supplement_mode,
            }),
        submitted_at: vn_opt(row.submitted_at),
        accepted_at: vn_opt(row.accepted_at),
        competent_received_at: vn_opt(row.competent_received_at),
        clock_started_at: vn_opt(row.clock_started_at),
        workflow: None,
        intake_reply_due_at: vn_opt(row.intake_reply_due_at),
        handover_due_at: vn_opt(row.handover_due_at),
        due_at_original: vn_opt(row.due_at_original),
        due_at: vn_opt(row.due_at),
        supplement_due_on: row.supplement_due_on,
        remaining_working_minutes: Some(1234),
        remaining_working_days: Some(3),
        completed_at: vn_opt(row.completed_at),
        returned_at: vn_opt(row.returned_at),
        pauses: rows
            .pauses
            .into_iter()
            .map(|p| PauseView {
                from: vn(p.from_at),
                to: vn_opt(p.to_at),
                kind: p.kind,
                reason: p.reason,
            })
            .collect(),
        continues: None,
        continued_as: None,
        claimed_until: vn_opt(row.claimed_until),
        handler: row.handler_id.as_ref().map(person),
        desk: row.desk,
        open_handover: rows.handover.map(|h| HandoverView {
            id: h.id.to_string(),
            from_desk: h.from_desk,
            to_desk: h.to_desk,
            given_by: person(&h.given_by),
            given_at: vn(h.given_at),
            to_user_id: h.to_user_id.map(|u| u.to_string()),
            pages: h.pages,
            note: h.note,
        }),
        supplement_requests: rows
            .supplements
            .into_iter()
            .map(|s| SupplementView {
                id: s.id.to_string(),
                stage: s.stage,
                items: serde_json::from_str(&s.items).unwrap_or_default(),
                reason: s.reason,
                requested_at: vn(s.requested_at),
                fulfilled_at: vn_opt(s.fulfilled_at),
            })
            .collect(),
        decision: rows.decisions.first().and_then(|d| {
            Some(DecisionView {
                outcome: d.outcome.clone().unwrap_or_default(),
                decided_at: vn(d.decided_at),
                decided_by: person(d.decided_by.as_ref()?),
                reason: d.reason.clone(),
            })
        }),
        result: rows.result.map(|r| ResultView {
            kind: r.kind,
            number: r.number,
            issued_on: r.issued_on,
            summary: r.summary,
            signer: r.signer_id.as_ref().map(person),
        }),
        withdrawal: None,
        consultation: None,
        apology: None,
        extension: None,
        ending: None,
        correction: None,
        payment_request: None,
        undoable: None,
        result_delivery: DeliveryView {
            method: row.delivery_method,
            address: row.delivery_address,
        },
        payment_state: row.payment_state,
        delivery_state: row.delivery_state,
        paper_location: row.paper_location,
        collector: rows.hand_back.map(|h| CollectorView {
            full_name: h.collector_name,
            relation: h.relation,
            identity_number: h.identity_number.as_deref().map(mask_number),
            returned_by: person(&h.returned_by),
        }),
        letters: rows.letters.into_iter().map(LetterView::from).collect(),
        visit_id: row.visit_id,
        note: row.note,
        allowed_actions,
        blocked_actions,
        amendable: true,
    }
}

/// A page of a list.
#[derive(Serialize)]
pub struct Items {
    items: Vec<DossierItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// The answer to `GET /dossiers`.
pub fn items(mut rows: Vec<ListRow>) -> Items {
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    // As long as the server's own cursor, which hashes the filters in.
    let next = more.then(|| "x".repeat(120));
    Items {
        items: rows.into_iter().map(item).collect(),
        next,
    }
}

fn item((row, (code, name), handler): ListRow) -> DossierItem {
    DossierItem {
        intake_reply_due_at: None,
        id: row.id.to_string(),
        national_status: 2,
        timing: Some("within_time"),
        procedure: ProcedureName {
            code: row.procedure_code,
            name: row.procedure_name,
        },
        authority: UnitRef {
            id: row.authority_id.to_string(),
            code,
            name,
        },
        owner: OwnerItem {
            kind: row.owner_kind,
            full_name: row.owner_name,
            identity_number: row.owner_identity.as_deref().map(mask_number),
        },
        received_at: vn(row.received_at),
        submitted_at: vn_opt(row.submitted_at),
        accepted_at: vn_opt(row.accepted_at),
        due_at_original: vn_opt(row.due_at_original),
        due_at: vn_opt(row.due_at),
        remaining_working_minutes: Some(1234),
        remaining_working_days: Some(3),
        completed_at: vn_opt(row.completed_at),
        returned_at: vn_opt(row.returned_at),
        claimed_until: vn_opt(row.claimed_until),
        handler: row
            .handler_id
            .zip(handler)
            .map(|(id, full_name)| PersonRef {
                id: id.to_string(),
                full_name,
            }),
        code: row.code,
        submission_number: row.submission_number,
        state: row.state,
        sub_state: row.sub_state,
        channel: row.channel,
        desk: row.desk,
        version: row.version,
    }
}

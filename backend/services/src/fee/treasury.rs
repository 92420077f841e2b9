//! What of a month's money went on to the State Treasury: entered once the bank has done it, taken back by
//! somebody else's entry where it was entered wrongly.

use chrono::NaiveDate;
use motcua_domain::amount::grouped;
use motcua_domain::fee::closing::month_of;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::required_line;
use motcua_domain::vn_time::local_date;
use motcua_store::fee::EntryOf;
use motcua_store::payment::{self as rows, TreasuryRow};
use motcua_store::{AuthorityId, Db, RecordId, StoreError, Ts};
use serde_json::json;

use super::{ledger, sheet};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::error::{Result, stale};
use crate::reference::Names;

/// What went on.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of a transfer")]
pub struct NewTransfer {
    pub authority: AuthorityId,
    /// Any day of the month whose money it is.
    pub month: NaiveDate,
    pub phi_vnd: i64,
    pub le_phi_vnd: i64,
    pub kept_phi_vnd: i64,
    pub kept_source: Option<String>,
    pub bank_reference: String,
    pub transferred_on: NaiveDate,
}

/// Transfers with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Transfers {
    pub rows: Vec<TreasuryRow>,
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<TreasuryRow>,
) -> Result<Transfers> {
    let people = rows
        .iter()
        .flat_map(|t| [Some(&t.entered_by), t.undone_by.as_ref()])
        .flatten();
    let names = services.names(db, actor.stamp, people)?;
    Ok(Transfers { rows, names })
}

/// The faults of amounts against what of the month is left.
fn amounts(new: &NewTransfer, left: &sheet::Month) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for (pointer, vnd) in [
        ("/phi_vnd", new.phi_vnd),
        ("/le_phi_vnd", new.le_phi_vnd),
        ("/kept_phi_vnd", new.kept_phi_vnd),
    ] {
        if vnd < 0 {
            faults.push(FieldError::new(
                pointer,
                "out_of_range",
                "Số tiền không được âm.",
                "The amount must not be negative.",
            ));
        }
    }
    if !faults.is_empty() {
        return faults;
    }
    if new.phi_vnd == 0 && new.le_phi_vnd == 0 {
        faults.push(FieldError::new(
            "/le_phi_vnd",
            "required",
            "Cần ghi số tiền đã nộp.",
            "Say how much went on.",
        ));
    }
    let of_phi = new.phi_vnd.saturating_add(new.kept_phi_vnd);
    for (pointer, vnd, left) in [
        ("/phi_vnd", of_phi, left.left_phi_vnd()),
        ("/le_phi_vnd", new.le_phi_vnd, left.left_le_phi_vnd()),
    ] {
        if vnd > left.max(0) {
            faults.push(FieldError::new(
                pointer,
                "more_than_collected",
                format!(
                    "Nhiều hơn số còn phải nộp của tháng: {} đồng.",
                    grouped(left.max(0))
                ),
                format!(
                    "More than is left of the month: {} đồng.",
                    grouped(left.max(0))
                ),
            ));
        }
    }
    faults
}

/// Enters what went on, phí and lệ phí apart, under the bank's own name of the transfer.
///
/// # Errors
/// `not_found`, `transfer_known`, `validation_failed` at the members: `required`, `out_of_range`,
/// `more_than_collected`, `in_the_future`.
pub fn enter(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewTransfer,
) -> Result<Transfers> {
    let (authority, centres) =
        sheet::reach(db, actor, Permission::ReconcilePayments, &new.authority)?;
    let centre = centres.first().cloned().ok_or_else(Refusal::not_found)?;
    // Nothing is collected or taken back meanwhile, and of two who enter the second sees the first's.
    ledger::hold(db, &centre)?;
    let now = services.now();
    let today = local_date(now);
    let month = month_of(new.month);
    let mut texts = Texts::default();
    let bank_reference = texts.line(&new.bank_reference, "/bank_reference", 64);
    let kept_source = texts.maybe(new.kept_source.as_ref(), "/kept_source", 300);
    if new.kept_phi_vnd > 0 && kept_source.is_none() {
        texts.also(vec![FieldError::new(
            "/kept_source",
            "required",
            "Phần phí được để lại phải có căn cứ.",
            "What the body keeps needs its instrument.",
        )]);
    }
    for (pointer, day) in [("/month", month), ("/transferred_on", new.transferred_on)] {
        if day > today {
            texts.also(vec![FieldError::new(
                pointer,
                "in_the_future",
                "Ngày này chưa đến.",
                "That day is still to come.",
            )]);
        }
    }
    let left = sheet::month(services, db, (&centres, &authority.id), month)?;
    texts.also(amounts(new, &left));
    texts.sound()?;
    let row = TreasuryRow {
        id: RecordId::new(),
        centre_id: centre,
        authority_id: authority.id,
        month,
        phi_vnd: new.phi_vnd,
        le_phi_vnd: new.le_phi_vnd,
        kept_phi_vnd: new.kept_phi_vnd,
        kept_source: kept_source.filter(|_| new.kept_phi_vnd > 0),
        bank_reference,
        transferred_on: new.transferred_on,
        entered_by: actor.user_id.clone(),
        entered_at: Ts::new(now),
        undone_by: None,
        undone_at: None,
        undone_because: None,
        version: 1,
    };
    match rows::insert_treasury(db, &row) {
        Err(StoreError::Unique(_)) => {
            return Err(Refusal::new(
                "transfer_known",
                "Khoản nộp này đã được ghi.",
                "This transfer was entered already.",
            )
            .into());
        }
        other => other?,
    }
    ledger::hand_over(db, actor, &row)?;
    told(services, db, actor, vec![row])
}

/// Takes back what was entered wrongly, by somebody else than who entered it.
///
/// # Errors
/// `not_found`, `version_stale`, `transfer_undone`, `own_transfer`, `validation_failed` at `/reason`.
pub fn undo(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    (id, version): (&RecordId, i64),
    reason: &str,
) -> Result<Transfers> {
    let scope = actor.scope(Permission::ReconcilePayments);
    let mut row = rows::treasury(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.undone_at.is_some() {
        return Err(Refusal::new(
            "transfer_undone",
            "Khoản nộp này đã được hủy.",
            "This transfer was taken back already.",
        )
        .into());
    }
    if row.entered_by == actor.user_id {
        return Err(Refusal::new(
            "own_transfer",
            "Người khác phải hủy khoản nộp do mình ghi.",
            "Somebody else takes back what one has entered.",
        )
        .into());
    }
    let reason = required_line(reason, 300).map_err(|f| Refusal::invalid(vec![f.at("/reason")]))?;
    let at = Ts::new(services.now());
    row.undone_by = Some(actor.user_id.clone());
    row.undone_at = Some(at);
    row.undone_because = Some(reason);
    row.version += 1;
    if !rows::undo_treasury(db, &row)? {
        return Err(stale(row.version));
    }
    let facts = json!({ "month": row.month, "reason": row.undone_because });
    ledger::undo(db, actor, EntryOf::Treasury(&row.id), at, facts)?;
    told(services, db, actor, vec![row])
}

/// Transfers within what the actor may read, the last entered first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    authority: Option<&AuthorityId>,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Transfers> {
    let scope = actor.scope(Permission::ReadPayments);
    let found = rows::treasury_page(db, &scope, authority, edge, limit)?;
    told(services, db, actor, found)
}

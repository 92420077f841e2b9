//! Statements of banks: brought in once, gone through line by line, and held against what is known here.
//! What nobody told of before is money that came; what is known and stands on no statement is listed.

use std::collections::{HashMap, HashSet};

use chrono::{Duration, NaiveTime};
use motcua_domain::fee::notice::Notice;
use motcua_domain::fee::statement::{
    Columns, LineClass, Movement, StatementFormat, StatementLine, StatementState, read_csv, text_of,
};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_domain::vietqr::is_bank_bin;
use motcua_domain::vn_time::{from_local, local_date};
use motcua_store::payment::{
    self as rows, AccountRow, ColumnsRow, StatementLineRow, StatementRow, TransactionRow,
};
use motcua_store::{Db, RecordId, StoreError, Ts};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::bank;
use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::deadline::centre_unknown;
use crate::error::{Error, Result};
use crate::record;
use crate::reference::Names;

/// Lines that are gone through in one transaction.
const AT_ONCE: usize = 1_000;

/// Reads a `camt.053` of the account with this number.
pub type ReadCamt<'a> = dyn Fn(&str, &str) -> std::result::Result<Vec<StatementLine>, Refusal> + 'a;

/// A statement to be brought in.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of a statement")]
pub struct NewStatement {
    pub account: RecordId,
    pub format: StatementFormat,
    pub file_name: String,
    pub file: Vec<u8>,
}

/// A statement with what came of its lines.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct Statement {
    pub row: StatementRow,
    /// Lines of each class and what they come to in đồng.
    pub counts: Vec<(LineClass, i64, i64)>,
    pub account: AccountRow,
    pub names: Names,
}

/// Names the columns of a bank's sheets, from now on.
///
/// # Errors
/// `centre_unknown`, `validation_failed`.
pub fn name_columns(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    bank_bin: &str,
    columns: &Columns,
) -> Result<ColumnsRow> {
    let centre = actor
        .centre_for(Permission::ReconcilePayments, None)
        .ok_or_else(centre_unknown)?;
    if !is_bank_bin(bank_bin) {
        return Err(bad_field(
            "/bank_bin",
            "bank_bin_invalid",
            "Mã ngân hàng gồm 6 chữ số, bắt đầu bằng 970.",
            "A bank's BIN has 6 digits and begins with 970.",
        )
        .into());
    }
    columns.check()?;
    let now = services.now();
    let row = ColumnsRow {
        id: RecordId::new(),
        centre_id: centre,
        bank_bin: bank_bin.to_owned(),
        column_names: serde_json::to_string(columns).map_err(StoreError::from)?,
        entered_by: actor.user_id.clone(),
        entered_at: Ts::new(now),
    };
    rows::insert_columns(db, &row)?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "statement_columns.entered",
        ("statement_columns", row.id.as_str()),
        json!({ "bank_bin": bank_bin, "columns": columns }),
    )?;
    Ok(row)
}

/// The columns of a bank's sheets that hold.
///
/// # Errors
/// `centre_unknown`, `not_found`.
pub fn columns(db: &mut Db, actor: &Actor, bank_bin: &str) -> Result<ColumnsRow> {
    let centre = actor
        .centre_for(Permission::ReadPayments, None)
        .ok_or_else(centre_unknown)?;
    Ok(rows::columns_of(db, &centre, bank_bin)?.ok_or_else(Refusal::not_found)?)
}

fn columns_in(row: &ColumnsRow) -> Result<Columns> {
    Ok(serde_json::from_str(&row.column_names).map_err(StoreError::from)?)
}

fn read(
    format: StatementFormat,
    text: &str,
    columns: Option<&Columns>,
    account: &AccountRow,
    camt: &ReadCamt<'_>,
) -> Result<Vec<StatementLine>> {
    match (format, columns) {
        (StatementFormat::Camt053, _) => Ok(camt(text, &account.account_number)?),
        (StatementFormat::Csv, Some(columns)) => Ok(read_csv(text, columns)?),
        (StatementFormat::Csv, None) => Err(Refusal::new(
            "no_statement_columns",
            "Chưa khai báo các cột trong tệp sao kê của ngân hàng này.",
            "The columns of this bank's sheets are not named yet.",
        )
        .with("bank_bin", account.bank_bin.as_str())
        .into()),
    }
}

/// Brings a statement in. The same file of the same account is the one that was brought in before; the
/// second member says whether it was brought in now.
///
/// # Errors
/// `not_found`, `validation_failed`, `statement_encoding`, `no_statement_columns`, `statement_columns`,
/// `statement_unreadable`, `statement_of_another_account`, `statement_empty`.
pub fn import(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewStatement,
    camt: &ReadCamt<'_>,
) -> Result<(StatementRow, bool)> {
    let scope = actor.scope(Permission::ReconcilePayments);
    let account = rows::account(db, &new.account)?
        .filter(|a| a.confirmed_at.is_some() && scope.covers(&a.centre_id, &a.authority_id))
        .ok_or_else(Refusal::not_found)?;
    let file_name = required_line(&new.file_name, 200)
        .map_err(|f| Refusal::invalid(vec![f.at("/file_name")]))?;
    let text = text_of(&new.file)?;
    let digest = hex::encode(Sha256::digest(text.as_bytes()));
    if let Some(known) = rows::statement_of(db, &account.id, &digest)? {
        return Ok((known, false));
    }
    let columns = match new.format {
        StatementFormat::Csv => rows::columns_of(db, &account.centre_id, &account.bank_bin)?,
        StatementFormat::Camt053 => None,
    };
    let named = columns.as_ref().map(columns_in).transpose()?;
    let lines = read(new.format, &text, named.as_ref(), &account, camt)?;
    if lines.is_empty() {
        return Err(Refusal::new(
            "statement_empty",
            "Sao kê không có dòng nào.",
            "The statement has no lines.",
        )
        .into());
    }
    let movements = || lines.iter().filter_map(movement);
    let sum = |came: bool| -> i64 {
        movements()
            .map(|m| m.amount_vnd)
            .filter(|a| (*a > 0) == came)
            .fold(0, i64::saturating_add)
    };
    let now = services.now();
    let row = StatementRow {
        id: RecordId::new(),
        centre_id: account.centre_id.clone(),
        authority_id: account.authority_id.clone(),
        account_id: account.id.clone(),
        format: new.format.as_str().to_owned(),
        file_name,
        digest,
        column_names: columns.map(|c| c.column_names),
        first_at: movements().map(|m| Ts::new(m.booked_at)).min(),
        last_at: movements().map(|m| Ts::new(m.booked_at)).max(),
        came_vnd: sum(true),
        went_vnd: -sum(false),
        lines_total: i32::try_from(lines.len()).unwrap_or(i32::MAX),
        lines_done: 0,
        state: StatementState::Stored.as_str().to_owned(),
        imported_by: actor.user_id.clone(),
        imported_at: Ts::new(now),
        done_at: None,
    };
    if !rows::insert_statement(db, &row, &text)? {
        let known = rows::statement_of(db, &account.id, &row.digest)?;
        let known =
            known.ok_or_else(|| Error::Internal("a statement is there and is not".into()))?;
        return Ok((known, false));
    }
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "bank_statement.imported",
        ("bank_statement", row.id.as_str()),
        json!({ "account": row.account_id, "digest": row.digest, "lines": row.lines_total }),
    )?;
    Ok((row, true))
}

fn movement(line: &StatementLine) -> Option<&Movement> {
    match line {
        StatementLine::Movement(m) => Some(m),
        StatementLine::Unreadable { .. } => None,
    }
}

/// Goes through the statement that has waited longest, to its end; false when none waits. Whatever stops
/// it, the next goes on where it was.
///
/// # Errors
/// Storage failures, and a file that cannot be read any more.
pub fn go_through(services: &Services, camt: &ReadCamt<'_>) -> Result<bool> {
    let Some(id) = services.read(|db| Ok(rows::statement_stored(db)?))? else {
        return Ok(false);
    };
    let gone = || Error::Internal("a statement or its account is gone".into());
    let (mut row, text, account, named) = services.read(|db| {
        let row = rows::statement_by_id(db, &id)?.ok_or_else(gone)?;
        let text = rows::statement_file(db, &id)?.ok_or_else(gone)?;
        let account = rows::account(db, &row.account_id)?.ok_or_else(gone)?;
        let named = rows::accounts_numbered(db, &account.bank_bin, &account.account_number)?;
        Ok((row, text, account, named))
    })?;
    let format = StatementFormat::parse(&row.format)
        .ok_or_else(|| StoreError::Corrupt("an unknown format of a statement".into()))?;
    let columns: Option<Columns> = match &row.column_names {
        Some(columns) => Some(serde_json::from_str(columns).map_err(StoreError::from)?),
        None => None,
    };
    let lines = read(format, &text, columns.as_ref(), &account, camt)?;
    drop(text);
    let accounts: Vec<RecordId> = named.into_iter().map(|a| a.id).collect();
    loop {
        let begun = row.lines_done;
        let from = usize::try_from(begun).unwrap_or(0);
        let Some(some) = lines.get(from..lines.len().min(from + AT_ONCE)) else {
            return Err(gone());
        };
        let held = take_what_is_new(services, &account, &accounts, some)?;
        row.lines_done += i32::try_from(some.len()).unwrap_or(0);
        if row.lines_done >= row.lines_total {
            row.state = StatementState::Done.as_str().to_owned();
            row.done_at = Some(Ts::new(services.now()));
        }
        let mine = services.write(|db| {
            if !rows::keep_progress(db, &row, begun)? {
                return Ok(false);
            }
            let classed = classed(db, &row, &held, (begun, some))?;
            rows::insert_lines(db, &classed)?;
            if let Some(done) = row.done_at {
                record::audit(
                    db,
                    &row.centre_id,
                    done.0,
                    None,
                    "bank_statement.gone_through",
                    ("bank_statement", row.id.as_str()),
                    json!({ "lines": row.lines_total }),
                )?;
            }
            Ok(true)
        })?;
        if !mine || row.done_at.is_some() {
            return Ok(true);
        }
    }
}

/// The money that came which some lines tell of.
struct Held {
    /// By the bank's own name: its id and đồng.
    known: HashMap<String, (RecordId, i64)>,
    /// What nobody told of before.
    fresh: HashSet<RecordId>,
}

/// The bank's own names of what came, or of what went out.
fn references(lines: &[StatementLine], came: bool) -> Vec<String> {
    lines
        .iter()
        .filter_map(movement)
        .filter(|m| (m.amount_vnd > 0) == came)
        .map(|m| m.reference.clone())
        .collect()
}

fn known(
    services: &Services,
    accounts: &[RecordId],
    references: &[String],
) -> Result<impl Iterator<Item = (String, (RecordId, i64))>> {
    let rows = services.read(|db| Ok(rows::transactions_named(db, accounts, references)?))?;
    Ok(rows.into_iter().map(|(id, name, vnd)| (name, (id, vnd))))
}

/// Takes in the money that nobody told of before, each in a transaction of its own, as a notification's
/// would be; all that these lines tell of.
fn take_what_is_new(
    services: &Services,
    account: &AccountRow,
    accounts: &[RecordId],
    lines: &[StatementLine],
) -> Result<Held> {
    let mut held = Held {
        known: known(services, accounts, &references(lines, true))?.collect(),
        fresh: HashSet::new(),
    };
    let mut missing: Vec<String> = Vec::new();
    for m in lines.iter().filter_map(movement) {
        let told = held.known.contains_key(&m.reference) || missing.contains(&m.reference);
        if m.amount_vnd < 0 || told {
            continue;
        }
        missing.push(m.reference.clone());
        let notice = Notice {
            bank_reference: m.reference.clone(),
            bank_bin: account.bank_bin.clone(),
            account_number: account.account_number.clone(),
            amount_vnd: m.amount_vnd,
            description: m.description.clone(),
            booked_at: m.booked_at,
            payer_name: m.payer_name.clone(),
            payer_account: m.payer_account.clone(),
        };
        let taken = services.write(|db| {
            // The bank may have told of it meanwhile.
            let one = std::slice::from_ref(&notice.bank_reference);
            if rows::transactions_named(db, accounts, one)?.is_empty() {
                bank::came(services, db, account, &notice).map(Some)
            } else {
                Ok(None)
            }
        });
        match taken {
            Ok(taken) => held.fresh.extend(taken),
            // The notification was quicker by a moment.
            Err(Error::Store(StoreError::Unique(_))) => {}
            Err(other) => return Err(other),
        }
    }
    if !missing.is_empty() {
        held.known.extend(known(services, accounts, &missing)?);
    }
    Ok(held)
}

/// Lines as they are kept, each held against what is known.
fn classed(
    db: &mut Db,
    row: &StatementRow,
    held: &Held,
    (begun, lines): (i32, &[StatementLine]),
) -> Result<Vec<StatementLineRow>> {
    let out = references(lines, false);
    let back = if out.is_empty() {
        Vec::new()
    } else {
        rows::refunds_named(db, &row.authority_id, &out)?
    };
    let back: HashMap<(String, i64), RecordId> = back
        .into_iter()
        .filter_map(|(id, reference, amount)| Some(((reference?, amount), id)))
        .collect();
    let on = if out.is_empty() {
        Vec::new()
    } else {
        rows::treasury_named(db, &row.authority_id, &out)?
    };
    let on: HashMap<(String, i64), RecordId> = on
        .into_iter()
        .map(|(id, reference, amount)| ((reference, amount), id))
        .collect();
    let kept = (begun + 1..).zip(lines).map(|(ord, line)| {
        let mut kept = StatementLineRow {
            statement_id: row.id.clone(),
            ord,
            class: LineClass::Outgoing.as_str().to_owned(),
            booked_at: None,
            amount_vnd: None,
            bank_reference: None,
            description: String::new(),
            payer_name: None,
            why: None,
            transaction_id: None,
            refund_id: None,
            treasury_id: None,
        };
        let class = match line {
            StatementLine::Unreadable { text, why } => {
                kept.description.clone_from(text);
                kept.why = Some((*why).to_owned());
                LineClass::Unreadable
            }
            StatementLine::Movement(m) => {
                kept.booked_at = Some(Ts::new(m.booked_at));
                kept.amount_vnd = Some(m.amount_vnd);
                kept.bank_reference = Some(m.reference.clone());
                kept.description.clone_from(&m.description);
                kept.payer_name.clone_from(&m.payer_name);
                if m.amount_vnd < 0 {
                    let named = (m.reference.clone(), -m.amount_vnd);
                    kept.refund_id = back.get(&named).cloned();
                    if kept.refund_id.is_none() {
                        kept.treasury_id = on.get(&named).cloned();
                    }
                    match (&kept.refund_id, &kept.treasury_id) {
                        (Some(_), _) => LineClass::Refund,
                        (None, Some(_)) => LineClass::Treasury,
                        (None, None) => LineClass::Outgoing,
                    }
                } else {
                    let Some((id, amount_vnd)) = held.known.get(&m.reference) else {
                        return Err(Error::Internal("money of a statement is gone".into()));
                    };
                    kept.transaction_id = Some(id.clone());
                    match (*amount_vnd == m.amount_vnd, held.fresh.contains(id)) {
                        (false, _) => LineClass::Differs,
                        (true, true) => LineClass::New,
                        (true, false) => LineClass::Known,
                    }
                }
            }
        };
        class.as_str().clone_into(&mut kept.class);
        Ok(kept)
    });
    kept.collect()
}

/// A statement with what came of its lines.
///
/// # Errors
/// `not_found`.
pub fn one(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Statement> {
    let scope = actor.scope(Permission::ReadPayments);
    let row = rows::statement(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let account = rows::account(db, &row.account_id)?
        .ok_or_else(|| Error::Internal("the account of a statement is gone".into()))?;
    let counts = rows::line_counts(db, id)?
        .into_iter()
        .map(|(class, lines, vnd)| {
            let class = LineClass::parse(&class)
                .ok_or_else(|| StoreError::Corrupt("an unknown class of a line".into()))?;
            Ok((class, lines, vnd))
        })
        .collect::<Result<Vec<_>>>()?;
    let names = services.names(db, actor.stamp, std::iter::once(&row.imported_by))?;
    Ok(Statement {
        row,
        counts,
        account,
        names,
    })
}

/// Statements within what the actor may read, the last brought in first, with the names of who did.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<(Vec<StatementRow>, Names)> {
    let found = rows::statements_page(db, &actor.scope(Permission::ReadPayments), edge, limit)?;
    let names = services.names(db, actor.stamp, found.iter().map(|s| &s.imported_by))?;
    Ok((found, names))
}

/// The lines of a statement in its order; of one class when one is named.
///
/// # Errors
/// `not_found`.
pub fn lines(
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    class: Option<LineClass>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> Result<Vec<StatementLineRow>> {
    let scope = actor.scope(Permission::ReadPayments);
    rows::statement(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let class = class.map(LineClass::as_str);
    Ok(rows::lines_page(db, id, class, edge, limit)?)
}

/// Money that banks told of within the days of a statement and that stands on none of its account, the
/// last first.
///
/// # Errors
/// `not_found`.
pub fn missing(
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<Vec<TransactionRow>> {
    let scope = actor.scope(Permission::ReadPayments);
    let row = rows::statement(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let (Some(first), Some(last)) = (row.first_at, row.last_at) else {
        return Ok(Vec::new());
    };
    let from = from_local(local_date(first.0), NaiveTime::MIN);
    let to = from_local(local_date(last.0), NaiveTime::MIN) + Duration::days(1);
    let days = (Ts::new(from), Ts::new(to));
    Ok(rows::not_on_statements(
        db,
        &row.account_id,
        days,
        edge,
        limit,
    )?)
}

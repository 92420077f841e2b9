//! Series of receipts: which body gives them, for which sort of money, under which symbols.

use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::receipt::ReceiptMedium;
use motcua_domain::person::check_tax_code;
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::payment::{self as rows, SeriesRow};
use motcua_store::{AuthorityId, Db, RecordId, StoreError, Ts, centre};
use serde_json::json;

use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts, bad_field};
use crate::error::{Result, stale};
use crate::record;
use crate::reference::Names;

/// A series to be opened.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the members of a series")]
pub struct NewSeries {
    pub authority: AuthorityId,
    pub kind: MoneyKind,
    pub medium: ReceiptMedium,
    pub form_symbol: String,
    pub serial_symbol: String,
    pub body_name: String,
    pub tax_code: String,
    pub address: String,
    /// The document that announces it.
    pub source: String,
}

/// Series, with the names of the people who appear.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "plain members")]
pub struct SeriesList {
    pub rows: Vec<SeriesRow>,
    pub names: Names,
}

fn told(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    rows: Vec<SeriesRow>,
) -> Result<SeriesList> {
    let people = rows.iter().flat_map(|s| {
        [Some(&s.opened_by), s.ended_by.as_ref()]
            .into_iter()
            .flatten()
    });
    let names = services.names(db, actor.stamp, people)?;
    Ok(SeriesList { rows, names })
}

/// The series within what the actor may read, the last opened first.
///
/// # Errors
/// Storage failures only.
pub fn list(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: rows::Edge<'_>,
    limit: i64,
) -> Result<SeriesList> {
    let found = rows::series_page(db, &actor.scope(Permission::ReadPayments), edge, limit)?;
    told(services, db, actor, found)
}

fn noted(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    row: &SeriesRow,
    what: &str,
) -> Result<()> {
    record::audit(
        db,
        &row.centre_id,
        services.now(),
        Some(actor),
        what,
        ("receipt_series", row.id.as_str()),
        json!({
            "authority": row.authority_id,
            "kind": row.money_kind,
            "medium": row.medium,
            "form_symbol": row.form_symbol,
            "serial_symbol": row.serial_symbol,
        }),
    )
}

/// Opens a series. The one of the same body and sort that was open before ends: its numbers go on no more.
///
/// # Errors
/// `validation_failed`, `authority_unknown`, `receipt_series_known`.
pub fn open(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewSeries,
) -> Result<SeriesList> {
    let mut texts = Texts::default();
    let (form_symbol, serial_symbol) = (
        texts.line(&new.form_symbol, "/form_symbol", 20),
        texts.line(&new.serial_symbol, "/serial_symbol", 20),
    );
    let (body_name, address, source) = (
        texts.line(&new.body_name, "/body_name", 200),
        texts.line(&new.address, "/address", 300),
        texts.line(&new.source, "/source", 300),
    );
    let tax_code = check_tax_code(&new.tax_code).map_err(|fault| fault.at("/tax_code"));
    let tax_code = texts.kept(tax_code).unwrap_or_default();
    texts.sound()?;
    let now = services.now();
    let today = local_date(now);
    if !new.medium.usable_on(today) {
        return Err(bad_field(
            "/medium",
            "paper_receipts_over",
            "Từ ngày 01/01/2027 chỉ dùng biên lai điện tử (Nghị định 254/2026/NĐ-CP).",
            "From 1 January 2027 receipts are electronic only (Decree 254/2026).",
        )
        .into());
    }
    let mut serving = None;
    for centre in actor.centres(Permission::ManageReceipts) {
        if centre::serves(db, &centre, &new.authority, today)? {
            serving = Some(centre);
            break;
        }
    }
    let Some(centre_id) = serving else {
        return Err(bad_field(
            "/authority_id",
            "authority_unknown",
            "Trung tâm không có cơ quan này.",
            "The centre has no such authority.",
        )
        .into());
    };
    if let Some(mut before) = rows::series_of(db, &new.authority, new.kind.as_str())? {
        finish(services, db, actor, &mut before)?;
    }
    let row = SeriesRow {
        id: RecordId::new(),
        centre_id,
        authority_id: new.authority.clone(),
        money_kind: new.kind.as_str().to_owned(),
        medium: new.medium.as_str().to_owned(),
        form_symbol,
        serial_symbol,
        body_name,
        tax_code,
        address,
        source,
        opened_by: actor.user_id.clone(),
        opened_at: Ts::new(now),
        ended_by: None,
        ended_at: None,
        version: 1,
    };
    match rows::insert_series(db, &row) {
        Err(StoreError::Unique(_)) => {
            return Err(Refusal::new(
                "receipt_series_known",
                "Mẫu số và ký hiệu biên lai này đã được khai báo.",
                "A series with this form and these symbols is there already.",
            )
            .into());
        }
        other => other?,
    }
    noted(services, db, actor, &row, "receipt_series.opened")?;
    told(services, db, actor, vec![row])
}

fn finish(services: &Services, db: &mut Db, actor: &Actor, row: &mut SeriesRow) -> Result<()> {
    row.ended_by = Some(actor.user_id.clone());
    row.ended_at = Some(Ts::new(services.now()));
    row.version += 1;
    if !rows::keep_series(db, row)? {
        return Err(stale(row.version));
    }
    noted(services, db, actor, row, "receipt_series.ended")
}

/// Ends a series: what is collected from now on is receipted in the next, or owed its receipt until there
/// is one.
///
/// # Errors
/// `not_found`, `version_stale`, `receipt_series_ended`.
pub fn end(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    version: i64,
) -> Result<SeriesList> {
    let scope = actor.scope(Permission::ManageReceipts);
    let mut row = rows::series(db, id)?
        .filter(|s| scope.covers(&s.centre_id, &s.authority_id))
        .ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    if row.ended_at.is_some() {
        return Err(Refusal::new(
            "receipt_series_ended",
            "Ký hiệu biên lai này đã kết thúc sử dụng.",
            "This series has ended.",
        )
        .into());
    }
    finish(services, db, actor, &mut row)?;
    told(services, db, actor, vec![row])
}

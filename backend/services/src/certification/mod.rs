//! Certification of copies and of signatures: what it costs, doing it at the counter, its books.

mod book;
mod certify;

pub use book::{book_page, export_book};
pub use certify::{Certified, ENTERED, NewCertification, Paper, certify, entries_digest};

use std::sync::Arc;

use motcua_domain::catalogue::Size;
use motcua_domain::certification::CertificationKind as Kind;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::local_date;
use motcua_store::Db;

use crate::context::{Procedure, Services};
use crate::error::Result;

/// The most papers certified in one go.
pub const MOST_ITEMS: usize = 50;
/// The most pages of an original.
pub const MOST_PAGES: u32 = 9_999;
/// The most copies of a paper.
pub const MOST_COPIES: u32 = 999;

/// What a bundle of papers costs.
pub struct Cost {
    /// The version in force, whose lines were charged.
    pub procedure: Arc<Procedure>,
    /// Its lines, by their place among its fees, each with the amount for every paper, in order.
    pub lines: Vec<(usize, Vec<i64>)>,
}

fn check(kind: Kind, items: &[Size]) -> Result<()> {
    let mut errors = Vec::new();
    let mut range = |pointer: String, n: u64, most: u64| {
        if !(1..=most).contains(&n) {
            errors.push(FieldError::out_of_range(pointer, 1, most));
        }
    };
    range("/items".into(), items.len() as u64, MOST_ITEMS as u64);
    // A case is the signatures of one paper: several papers are several items.
    let copies = match kind {
        Kind::Copy => MOST_COPIES,
        Kind::Signature => 1,
    };
    for (i, size) in items.iter().take(MOST_ITEMS).enumerate() {
        let pages = format!("/items/{i}/original_pages");
        range(pages, size.pages.into(), MOST_PAGES.into());
        range(
            format!("/items/{i}/copies"),
            size.copies.into(),
            copies.into(),
        );
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Refusal::invalid(errors).into())
    }
}

/// What these papers cost today, by the catalogue's fee lines. Nothing is kept.
///
/// # Errors
/// `validation_failed`, `procedure_unknown`, `procedure_not_in_force`, and `fee_not_computable` where
/// the catalogue does not say how the amount follows.
pub fn cost(services: &Services, db: &mut Db, kind: Kind, items: &[Size]) -> Result<Cost> {
    check(kind, items)?;
    let today = local_date(services.now());
    let procedure = services.procedure_on(db, kind.procedure_code(), today)?;
    let mut lines = Vec::new();
    for (at, fee) in procedure.data.fees.iter().enumerate() {
        if !fee.holds_at_counter(today) {
            continue;
        }
        let amounts: Option<Vec<i64>> = items.iter().map(|size| fee.amount(*size)).collect();
        lines.push((at, amounts.ok_or_else(unknown)?));
    }
    if lines.is_empty() {
        return Err(unknown().into());
    }
    Ok(Cost { procedure, lines })
}

fn unknown() -> Refusal {
    Refusal::new(
        "fee_not_computable",
        "Danh mục chưa ghi cách tính phí của thủ tục này cho hôm nay.",
        "The catalogue does not say how this procedure's fee is computed today.",
    )
}

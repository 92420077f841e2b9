//! Fees: what a procedure asks of a case, what of it is waived, and what became of it.

pub mod account;
pub mod assessment;
pub mod bank;
pub mod cash;
pub mod closing;
pub(crate) mod ledger;
pub mod placement;
pub mod receipt;
pub mod refund;
pub mod request;
pub mod sheet;
pub mod statement;
pub mod treasury;
pub mod unknown;

use std::sync::Arc;

use motcua_domain::fee::{Assessment, Case, assess};
use motcua_store::Db;

use crate::context::{Procedure, Services};
use crate::error::Result;

/// Works out what a procedure asks of a case, by the version in force on the case's day. Nothing is kept.
///
/// # Errors
/// `procedure_unknown`, `procedure_not_in_force`; those of [`assess`], inside `/case`.
pub fn worked_out(
    services: &Services,
    db: &mut Db,
    procedure_code: &str,
    case: &Case,
) -> Result<(Arc<Procedure>, Assessment)> {
    let procedure = services.procedure_on(db, procedure_code, case.on)?;
    let assessment =
        assess(&procedure.data.fees, case).map_err(|refusal| refusal.inside("/case"))?;
    Ok((procedure, assessment))
}

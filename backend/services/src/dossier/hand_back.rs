//! Handing a result back to whoever may collect it.

use motcua_domain::dossier::{
    AuthorisationScope, Collector, Command, DeliveryMethod, Relation, filer_may_collect,
};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::Db;
use motcua_store::dossier::{DossierRow, find};

use super::act::{Extra, Target, act};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::Result;

/// Hands a result back (T21, T22), as the citizen chose unless another way is named.
///
/// # Errors
/// As [`act`].
#[allow(
    clippy::too_many_arguments,
    reason = "who, which, to whom and how: one record"
)]
pub fn give_back(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    collector: &Collector,
    method: Option<DeliveryMethod>,
    tracking_number: Option<String>,
    extra: &Extra,
) -> Result<DossierRow> {
    let row = find(db, &actor.scope(Permission::ReadDossiers), &target.id)?
        .ok_or_else(Refusal::not_found)?;
    if collector.relation == Relation::Filer
        && let Some(filer) = motcua_store::dossier::filer(db, &target.id)?
    {
        let scope = filer.authorisation_scope.as_deref();
        filer_may_collect(
            scope.and_then(AuthorisationScope::parse),
            filer.authorisation_until,
            local_date(services.now()),
        )?;
    }
    let command = Command::Return {
        collector: collector.clone(),
        method: method
            .or_else(|| DeliveryMethod::parse(&row.delivery_method))
            .unwrap_or(DeliveryMethod::Counter),
        tracking_number,
    };
    act(services, db, actor, target, &command, extra)
}

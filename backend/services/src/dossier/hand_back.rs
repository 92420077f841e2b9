//! Handing a result back to whoever may collect it.

use motcua_domain::dossier::{
    AuthorisationScope, Collector, Command, DeliveryMethod, Relation, filer_may_collect,
};
use motcua_domain::person::OwnerKind;
use motcua_domain::refusal::Refusal;
use motcua_domain::text::fold_vi;
use motcua_domain::vn_time::local_date;
use motcua_store::Db;
use motcua_store::dossier::{DossierRow, find};

use super::act::{Extra, Target, act};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};

fn mismatch(field: &str, vi: &str, en: &str) -> Error {
    Refusal::new("collector_mismatch", vi, en)
        .field(format!("/collector/{field}"), "collector_mismatch", vi, en)
        .into()
}

fn no_filer() -> Error {
    mismatch(
        "relation",
        "Hồ sơ không có người nộp thay: người nhận là chủ hồ sơ hoặc người được ủy quyền.",
        "Nobody filed this for another: the owner collects, or somebody authorised.",
    )
}

/// Whether two spellings are one name: case, marks, blanks and dashes apart.
fn same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| -> Vec<String> {
        fold_vi(name)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(ToOwned::to_owned)
            .collect()
    };
    plain(a) == plain(b)
}

/// That who collects as the owner or the filer bears that person's name, however it is written, and
/// number where both are known (T21).
fn is_the_one(
    collector: &Collector,
    identity: Option<&str>,
    name: &str,
    number: Option<&str>,
) -> Result<()> {
    // An empty name is the rules' own complaint.
    let given = collector.full_name.trim();
    if !given.is_empty() && !same_name(given, name) {
        return Err(mismatch(
            "full_name",
            "Họ tên không trùng với người được ghi trong hồ sơ. Người khác nhận thay phải có văn bản ủy quyền.",
            "The name is not the one in the dossier. Anybody else brings a written authorisation.",
        ));
    }
    if let (Some(given), Some(known)) = (identity, number)
        && given != known
    {
        return Err(mismatch(
            "identity_number",
            "Số giấy tờ không trùng với người được ghi trong hồ sơ.",
            "The number is not the one in the dossier.",
        ));
    }
    Ok(())
}

/// Hands a result back (T21, T22), as the citizen chose unless another way is named.
///
/// # Errors
/// As [`act`]; `collector_mismatch`.
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
    let identity = extra.collector_identity.as_deref();
    if collector.relation == Relation::Owner && row.owner_kind == OwnerKind::Citizen.as_str() {
        is_the_one(
            collector,
            identity,
            &row.owner_name,
            row.owner_identity.as_deref(),
        )?;
    }
    if collector.relation == Relation::Filer {
        let filer = motcua_store::dossier::filer(db, &target.id)?.ok_or_else(no_filer)?;
        is_the_one(
            collector,
            identity,
            &filer.full_name,
            filer.identity_number.as_deref(),
        )?;
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

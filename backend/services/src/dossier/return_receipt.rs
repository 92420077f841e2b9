//! The paper that is signed when a result is handed back (DOMAIN §1.6).

use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{ResultRow, ReturnRow, result};
use motcua_store::{Db, DossierId};

use super::personal::{Personal, personal_data};
use super::result_mark::result_mark;
use crate::actor::Actor;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::survey;

/// What it says.
#[derive(Debug, Clone)]
pub struct ReturnReceipt {
    /// The dossier and its people.
    pub personal: Personal,
    /// To whom, how, when.
    pub hand_back: ReturnRow,
    /// What.
    pub result: Option<ResultRow>,
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
    /// The centre.
    pub centre: String,
    /// Who handed it back.
    pub returner: String,
    /// By what whoever collected it may say once how they were served.
    pub survey: Option<String>,
    /// By what anybody checks the result.
    pub mark: Option<String>,
}

/// The receipt of a result that was handed back. The look is recorded, as it names people.
///
/// # Errors
/// `not_found`; `not_returned` when nothing was handed back.
pub fn return_receipt(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<ReturnReceipt> {
    let personal = personal_data(services, db, actor, id, "return_receipt")?;
    let hand_back = personal.hand_back.clone().ok_or_else(|| {
        Refusal::new(
            "not_returned",
            "Hồ sơ này chưa được trả kết quả.",
            "The result of this dossier was not handed back yet.",
        )
    })?;
    let centre = services.centre(db, actor.stamp, &personal.row.centre_id)?;
    let names = services.names(db, actor.stamp, [&hand_back.returned_by])?;
    let returner = names
        .get(&hand_back.returned_by)
        .map(ToString::to_string)
        .ok_or_else(|| Error::Internal("who handed a result back is gone".into()))?;
    let survey = survey::of_return(services, db, &personal.row, &hand_back.returned_by)?;
    let result = result(db, id)?;
    Ok(ReturnReceipt {
        survey,
        mark: result
            .as_ref()
            .map(|r| result_mark(services, &r.id))
            .transpose()?,
        result,
        province: centre.province_name.clone(),
        commune: centre.commune_name.clone(),
        centre: centre.name.clone(),
        returner,
        hand_back,
        personal,
    })
}

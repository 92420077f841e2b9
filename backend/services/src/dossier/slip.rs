//! Form 01: the slip of reception and appointment, as data for the page that prints it.

use motcua_domain::catalogue::ProcedureData;
use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{
    ComponentRow, DossierRow, LetterRow, amendments, components_of_all, dossiers_on, letters,
};
use motcua_store::{Db, DossierId, RecordId, StoreError, account, centre};

use super::amend::Typed;
use super::personal::{Personal, personal_data};
use crate::actor::Actor;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::survey;

/// The most dossiers that one slip names.
const MOST_ON_A_SLIP: i64 = 20;

/// The slip's data, personal data included: it is the citizen's own paper.
#[derive(Debug, Clone)]
pub struct Slip {
    /// The dossier and its people.
    pub personal: Personal,
    /// The letter: number and year.
    pub letter: LetterRow,
    /// Province or city.
    pub province: String,
    /// Ward or commune.
    pub commune: String,
    /// The centre's name.
    pub centre: String,
    /// The papers.
    pub components: Vec<ComponentRow>,
    /// Whether the limit was read in the law or confirmed; else it is one to be checked.
    pub limit_certain: bool,
    /// Who received it.
    pub receiver: String,
    /// Other dossiers of the visit that stand on the same slip, each with its papers.
    pub others: Vec<(DossierRow, Vec<ComponentRow>)>,
    /// By what whoever holds the slip may say once how they were served.
    pub survey: Option<String>,
}

/// Whether the limit a dossier was accepted under was read in the law or confirmed since.
fn limit_certain(data: &ProcedureData, row: &DossierRow) -> bool {
    let remote = matches!(row.channel.as_str(), "online" | "kiosk");
    data.limits
        .of(remote)
        .is_none_or(|l| l.certainty != "to_check")
}

/// Which of a dossier's slips.
#[derive(Debug, Clone)]
pub enum WhichSlip {
    /// The one that was issued last.
    Newest,
    /// The one with this number in the book; of two years' the later.
    Number(i64),
    /// This one.
    Letter(RecordId),
}

impl WhichSlip {
    fn is(&self, letter: &LetterRow) -> bool {
        match self {
            Self::Newest => true,
            Self::Number(number) => letter.number == *number,
            Self::Letter(id) => letter.id == *id,
        }
    }
}

/// Form 01 of an accepted dossier. Printing it shows personal data, and is recorded as such.
///
/// # Errors
/// `not_found`; `slip_not_issued` for what was never accepted or had its result on the spot.
pub fn reception_slip(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    which: &WhichSlip,
) -> Result<Slip> {
    let mut personal = personal_data(services, db, actor, id, "form_01")?;
    let none = || {
        Refusal::new(
            "slip_not_issued",
            "Hồ sơ này không có Giấy tiếp nhận hồ sơ và hẹn trả kết quả.",
            "No reception slip was issued for this dossier.",
        )
    };
    let letter = letters(db, id)?
        .into_iter()
        .filter(|l| l.form == "01" && which.is(l))
        .max_by_key(|l| (l.issued_at, l.number))
        .ok_or_else(none)?;
    let procedure = services.procedure(db, &personal.row.procedure_version_id)?;
    let mut listed = motcua_store::dossier::components(db, id)?;
    // A slip says what was known when it was issued: what was put right after it is taken back.
    let later = amendments(db, id)?
        .into_iter()
        .find(|a| a.amended_at > letter.issued_at);
    if let Some(amendment) = later {
        let before: Typed = serde_json::from_str(&amendment.before).map_err(StoreError::from)?;
        if let Some(papers) = before.papers(&procedure.data, id) {
            listed = papers;
        }
        before.into_rows(&mut personal.row, &mut personal.filer);
    }
    if personal.row.code.is_none() {
        return Err(none().into());
    }
    let centre = centre::centre(db, &personal.row.centre_id)?
        .ok_or_else(|| Error::Internal("a dossier's centre is gone".into()))?;
    let receiver = account::names(db, letter.issued_by.as_slice())?
        .pop()
        .map(|(_, name, _)| name)
        .unwrap_or_default();
    let mut on_it = dossiers_on(db, &letter, MOST_ON_A_SLIP)?;
    on_it.retain(|d| &d.id != id);
    let ids: Vec<DossierId> = on_it.iter().map(|d| d.id.clone()).collect();
    let papers = components_of_all(db, &ids)?;
    let others = on_it
        .into_iter()
        .map(|d| {
            let of_it = papers.iter().filter(|c| c.dossier_id == d.id);
            let of_it = of_it.cloned().collect();
            (d, of_it)
        })
        .collect();
    let survey = survey::of_paper(services, db, &personal.row, &letter)?;
    Ok(Slip {
        survey,
        others,
        limit_certain: limit_certain(&procedure.data, &personal.row),
        components: listed,
        province: centre.province_name,
        commune: centre.commune_name,
        centre: centre.name,
        letter,
        receiver,
        personal,
    })
}

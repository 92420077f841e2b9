//! The mark that a result bears, by which anybody who holds the paper can ask whether it is genuine and still holds
//! (DOMAIN §1.5, R16 and R18). Nothing of the people in it is told.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use motcua_domain::dossier::SubState;
use motcua_domain::refusal::Refusal;
use motcua_store::dossier::{ResultRow, by_id, find, result, result_by_id};
use motcua_store::{Db, DossierId, RecordId, Ts, centre};
use uuid::Uuid;

use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::survey::key::token_hash;

/// Characters of 16 bytes in base64.
const HALF: usize = 22;

/// How a result stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Valid,
    /// It was found wrong, and is being put right.
    BeingCorrected,
    /// Another took its place.
    Replaced,
    /// It was taken back, and nothing has taken its place yet.
    TakenBack,
}

impl Standing {
    /// All.
    pub const ALL: [Self; 4] = [
        Self::Valid,
        Self::BeingCorrected,
        Self::Replaced,
        Self::TakenBack,
    ];

    /// Its word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::BeingCorrected => "being_corrected",
            Self::Replaced => "replaced",
            Self::TakenBack => "taken_back",
        }
    }
}

/// What anybody may know of a result who holds it.
#[derive(Debug, Clone)]
pub struct CheckedResult {
    /// Whether it holds.
    pub standing: Standing,
    /// The result.
    pub row: ResultRow,
    /// Number and day of the one that took its place.
    pub replaced_by: Option<(Option<String>, Option<NaiveDate>)>,
    /// Since when it does not hold.
    pub until: Option<Ts>,
    /// Whose it is.
    pub authority: String,
    /// Through which centre it was handed out.
    pub centre: String,
    /// What was asked for.
    pub procedure_name: String,
}

fn unknown() -> Error {
    Refusal::new(
        "result_unknown",
        "Không có kết quả nào mang mã này. Kết quả có thể bị làm giả, hoặc mã đọc chưa đúng.",
        "No result bears this code. It may be forged, or the code was not read rightly.",
    )
    .into()
}

/// What stands behind the id of a result, so that nobody makes one up: 128 bits.
fn proof(services: &Services, id: &RecordId) -> Result<String> {
    services.keys.surveys.token(&["result", id.as_str()])
}

/// The mark of a result: its id, and the proof that this installation wrote it.
///
/// # Errors
/// [`Error::Internal`] when it cannot be made.
pub fn result_mark(services: &Services, id: &RecordId) -> Result<String> {
    let bytes = Uuid::parse_str(id.as_str())
        .map_err(|e| Error::Internal(format!("a result's id is none: {e}")))?;
    let id_part = URL_SAFE_NO_PAD.encode(bytes.as_bytes());
    Ok(format!("{id_part}{}", proof(services, id)?))
}

/// The result that a mark is of.
fn marked(services: &Services, db: &mut Db, mark: &str) -> Result<ResultRow> {
    let (id_part, given) = mark.split_at_checked(HALF).ok_or_else(unknown)?;
    let bytes = URL_SAFE_NO_PAD.decode(id_part).map_err(|_| unknown())?;
    let id = Uuid::from_slice(&bytes).map_err(|_| unknown())?;
    let id: RecordId = id.to_string().parse().map_err(|_| unknown())?;
    // By their digests: how long the comparing takes tells nothing of the proof.
    if token_hash(given) != token_hash(&proof(services, &id)?) {
        return Err(unknown());
    }
    result_by_id(db, &id)?.ok_or_else(unknown)
}

/// Whether the result that bears this mark is genuine, and how it stands.
///
/// # Errors
/// `result_unknown`.
pub fn check_result(services: &Services, db: &mut Db, mark: &str) -> Result<CheckedResult> {
    let row = marked(services, db, mark)?;
    let gone = |what: &str| Error::Internal(format!("a result's {what} is gone"));
    let dossier = by_id(db, &row.dossier_id)?.ok_or_else(|| gone("dossier"))?;
    let newest = result(db, &row.dossier_id)?;
    let holds = newest.as_ref().is_some_and(|n| n.id == row.id);
    let correcting = dossier.sub_state.as_deref() == Some(SubState::Correcting.as_str());
    let standing = match (holds, &newest) {
        (true, _) if correcting => Standing::BeingCorrected,
        (true, _) => Standing::Valid,
        (false, Some(_)) => Standing::Replaced,
        (false, None) => Standing::TakenBack,
    };
    let next = newest.filter(|_| !holds);
    let until = row.voided_at.or(next.as_ref().map(|n| n.recorded_at));
    let authority =
        centre::authority(db, &dossier.authority_id)?.ok_or_else(|| gone("authority"))?;
    let centre = centre::centre(db, &dossier.centre_id)?.ok_or_else(|| gone("centre"))?;
    Ok(CheckedResult {
        standing,
        until,
        replaced_by: next.map(|n| (n.number, n.issued_on)),
        authority: authority.name,
        centre: centre.name,
        procedure_name: dossier.procedure_name,
        row,
    })
}

/// The result of a dossier that this person sees, and its mark.
///
/// # Errors
/// `not_found`; `no_result` before it is decided, and after the decision was taken back.
pub fn marked_result(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
) -> Result<(String, CheckedResult)> {
    find(db, &actor.scope(Permission::ReadDossiers), id)?.ok_or_else(Refusal::not_found)?;
    let row = result(db, id)?.ok_or_else(|| {
        Refusal::new(
            "no_result",
            "Hồ sơ này chưa có kết quả.",
            "This dossier has no result yet.",
        )
    })?;
    let mark = result_mark(services, &row.id)?;
    let checked = check_result(services, db, &mark)?;
    Ok((mark, checked))
}

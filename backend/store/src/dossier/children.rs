//! What belongs to one dossier, read for its page.
//!
//! On the concrete connections, since this is what is read most: through the enum each query is
//! written twice, once to be recognised and once to be sent.

use diesel::prelude::*;

use super::rows::*;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{AuthorityId, CentreId, DossierId, HandoverId, RecordId};
use crate::on_each;
use crate::page::rising;
use crate::schema::{
    dossier_amendments, dossier_components, dossier_consultations, dossier_decisions, dossier_fees,
    dossier_filers, dossier_handovers, dossier_letters, dossier_pauses, dossier_results,
    dossier_returns, dossier_slips, dossier_steps, dossier_supplements, dossier_undos, dossiers,
    letter_contents, letter_papers, timeline,
};
use crate::ts::Ts;

/// The papers handed in.
///
/// # Errors
/// Storage failures only.
pub fn components(db: &mut Db, id: &DossierId) -> StoreResult<Vec<ComponentRow>> {
    Ok(on_each!(db, c => dossier_components::table
        .filter(dossier_components::dossier_id.eq(id))
        .order(dossier_components::ord.asc())
        .select(ComponentRow::as_select())
        .load(c))?)
}

/// The papers handed in with several dossiers, each dossier's in order.
///
/// # Errors
/// Storage failures only.
pub fn components_of_all(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<ComponentRow>> {
    Ok(dossier_components::table
        .filter(dossier_components::dossier_id.eq_any(ids.to_vec()))
        .order((
            dossier_components::dossier_id.asc(),
            dossier_components::ord.asc(),
        ))
        .select(ComponentRow::as_select())
        .load(db)?)
}

/// The fee lines.
///
/// # Errors
/// Storage failures only.
pub fn fees(db: &mut Db, id: &DossierId) -> StoreResult<Vec<FeeRow>> {
    Ok(on_each!(db, c => dossier_fees::table
        .filter(dossier_fees::dossier_id.eq(id))
        .order(dossier_fees::ord.asc())
        .select(FeeRow::as_select())
        .load(c))?)
}

/// The filer, if another than the owner.
///
/// # Errors
/// Storage failures only.
pub fn filer(db: &mut Db, id: &DossierId) -> StoreResult<Option<FilerRow>> {
    Ok(on_each!(db, c => dossier_filers::table
        .find(id)
        .select(FilerRow::as_select())
        .get_result(c)
        .optional())?)
}

/// The pauses, in order.
///
/// # Errors
/// Storage failures only.
pub fn pauses(db: &mut Db, id: &DossierId) -> StoreResult<Vec<PauseRow>> {
    Ok(on_each!(db, c => dossier_pauses::table
        .filter(dossier_pauses::dossier_id.eq(id))
        .order(dossier_pauses::ord.asc())
        .select(PauseRow::as_select())
        .load(c))?)
}

/// The pauses of several dossiers, each one's in order.
///
/// # Errors
/// Storage failures only.
pub fn pauses_of(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<PauseRow>> {
    Ok(on_each!(db, c => dossier_pauses::table
        .filter(dossier_pauses::dossier_id.eq_any(ids))
        .order((dossier_pauses::dossier_id.asc(), dossier_pauses::ord.asc()))
        .select(PauseRow::as_select())
        .load(c))?)
}

/// Several hand-overs.
///
/// # Errors
/// Storage failures only.
pub fn handovers(db: &mut Db, ids: &[HandoverId]) -> StoreResult<Vec<HandoverRow>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(on_each!(db, c => dossier_handovers::table
        .filter(dossier_handovers::id.eq_any(ids))
        .select(HandoverRow::as_select())
        .load(c))?)
}

/// The hand-overs of a dossier, in the order in which they were made, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn handovers_of(db: &mut Db, id: &DossierId, limit: i64) -> StoreResult<Vec<HandoverRow>> {
    Ok(on_each!(db, c => dossier_handovers::table
        .filter(dossier_handovers::dossier_id.eq(id))
        .order((
            dossier_handovers::given_at.asc(),
            dossier_handovers::id.asc(),
        ))
        .limit(limit)
        .select(HandoverRow::as_select())
        .load(c))?)
}

/// The steps of the internal workflow a dossier has been at, in order.
///
/// # Errors
/// Storage failures only.
pub fn steps(db: &mut Db, id: &DossierId) -> StoreResult<Vec<StepRow>> {
    Ok(on_each!(db, c => dossier_steps::table
        .filter(dossier_steps::dossier_id.eq(id))
        .order(dossier_steps::ord.asc())
        .select(StepRow::as_select())
        .load(c))?)
}

/// One hand-over.
///
/// # Errors
/// Storage failures only.
pub fn handover(db: &mut Db, id: &HandoverId) -> StoreResult<Option<HandoverRow>> {
    Ok(on_each!(db, c => dossier_handovers::table
        .find(id)
        .select(HandoverRow::as_select())
        .get_result(c)
        .optional())?)
}

/// The requests for supplements, in order.
///
/// # Errors
/// Storage failures only.
pub fn supplements(db: &mut Db, id: &DossierId) -> StoreResult<Vec<SupplementRow>> {
    Ok(on_each!(db, c => dossier_supplements::table
        .filter(dossier_supplements::dossier_id.eq(id))
        .order((
            dossier_supplements::requested_at.asc(),
            dossier_supplements::id.asc(),
        ))
        .select(SupplementRow::as_select())
        .load(c))?)
}

/// Decisions, refusals, withdrawals, holds, stops and the like, in order, without those taken back.
///
/// # Errors
/// Storage failures only.
pub fn decisions(db: &mut Db, id: &DossierId) -> StoreResult<Vec<DecisionRow>> {
    Ok(on_each!(db, c => dossier_decisions::table
        .filter(dossier_decisions::dossier_id.eq(id))
        .filter(dossier_decisions::voided_at.is_null())
        .order((
            dossier_decisions::decided_at.asc(),
            dossier_decisions::id.asc(),
        ))
        .select(DecisionRow::as_select())
        .load(c))?)
}

/// A result, whether it was taken back or not.
///
/// # Errors
/// Storage failures only.
pub fn result_by_id(db: &mut Db, id: &RecordId) -> StoreResult<Option<ResultRow>> {
    Ok(dossier_results::table
        .find(id)
        .select(ResultRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The newest result that was not taken back.
///
/// # Errors
/// Storage failures only.
pub fn result(db: &mut Db, id: &DossierId) -> StoreResult<Option<ResultRow>> {
    Ok(on_each!(db, c => dossier_results::table
        .filter(dossier_results::dossier_id.eq(id))
        .filter(dossier_results::voided_at.is_null())
        .order(dossier_results::id.desc())
        .select(ResultRow::as_select())
        .get_result(c)
        .optional())?)
}

/// The newest opinion asked for, unless it was taken back.
///
/// # Errors
/// Storage failures only.
pub fn consultation(db: &mut Db, id: &DossierId) -> StoreResult<Option<ConsultationRow>> {
    Ok(on_each!(db, c => dossier_consultations::table
        .filter(dossier_consultations::dossier_id.eq(id))
        .filter(dossier_consultations::voided_at.is_null())
        .order((
            dossier_consultations::asked_at.desc(),
            dossier_consultations::id.desc(),
        ))
        .select(ConsultationRow::as_select())
        .get_result(c)
        .optional())?)
}

/// The opinions asked of other bodies, in order, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn consultations(db: &mut Db, id: &DossierId, limit: i64) -> StoreResult<Vec<ConsultationRow>> {
    Ok(on_each!(db, c => dossier_consultations::table
        .filter(dossier_consultations::dossier_id.eq(id))
        .filter(dossier_consultations::voided_at.is_null())
        .order((
            dossier_consultations::asked_at.asc(),
            dossier_consultations::id.asc(),
        ))
        .limit(limit)
        .select(ConsultationRow::as_select())
        .load(c))?)
}

/// The dossier before its last step, if that can still be taken back.
///
/// # Errors
/// Storage failures only.
pub fn undo(db: &mut Db, id: &DossierId) -> StoreResult<Option<UndoRow>> {
    Ok(on_each!(db, c => dossier_undos::table
        .find(id)
        .select(UndoRow::as_select())
        .get_result(c)
        .optional())?)
}

/// The hand-back.
///
/// # Errors
/// Storage failures only.
pub fn hand_back(db: &mut Db, id: &DossierId) -> StoreResult<Option<ReturnRow>> {
    Ok(on_each!(db, c => dossier_returns::table
        .filter(dossier_returns::dossier_id.eq(id))
        .order(dossier_returns::id.desc())
        .select(ReturnRow::as_select())
        .get_result(c)
        .optional())?)
}

/// The numbered papers, in order; the slip of a whole visit among them, whichever of its dossiers bears
/// it.
///
/// # Errors
/// Storage failures only.
pub fn letters(db: &mut Db, id: &DossierId) -> StoreResult<Vec<LetterRow>> {
    let shared = dossier_slips::table
        .filter(dossier_slips::dossier_id.eq(id.clone()))
        .select(dossier_slips::letter_id);
    Ok(on_each!(db, c => dossier_letters::table
        .filter(
            dossier_letters::dossier_id
                .eq(id)
                .or(dossier_letters::id.eq_any(shared)),
        )
        .order(dossier_letters::id.asc())
        .select(LetterRow::as_select())
        .load(c))?)
}

/// What a numbered paper says, if it was kept when it was issued.
///
/// # Errors
/// Storage failures only.
pub fn content(db: &mut Db, letter: &RecordId) -> StoreResult<Option<ContentRow>> {
    Ok(on_each!(db, c => letter_contents::table
        .find(letter)
        .select(ContentRow::as_select())
        .get_result(c)
        .optional())?)
}

/// A numbered paper as it was first set, if it was.
///
/// # Errors
/// Storage failures only.
pub fn letter_paper(db: &mut Db, letter: &RecordId) -> StoreResult<Option<LetterPaperRow>> {
    Ok(letter_papers::table
        .find(letter)
        .select(LetterPaperRow::as_select())
        .get_result(db)
        .optional()?)
}

/// The newest slip (form 01) of a visit at a centre for an authority since an instant, with its dossier.
///
/// # Errors
/// Storage failures only.
pub fn slip_of_visit(
    db: &mut Db,
    visit: &str,
    centre: &CentreId,
    authority: &AuthorityId,
    since: Ts,
) -> StoreResult<Option<(LetterRow, DossierRow)>> {
    let found: Option<LetterRow> = on_each!(db, c => dossier_letters::table
        .filter(dossier_letters::form.eq("01"))
        .filter(dossier_letters::issued_at.ge(since))
        .filter(
            dossier_letters::dossier_id.eq_any(
                dossiers::table
                    .filter(dossiers::visit_id.eq(visit))
                    .filter(dossiers::centre_id.eq(centre))
                    .filter(dossiers::authority_id.eq(authority))
                    .select(dossiers::id),
            ),
        )
        .order(dossier_letters::id.desc())
        .limit(1)
        .select(LetterRow::as_select())
        .get_result(c)
        .optional())?;
    let Some(letter) = found else {
        return Ok(None);
    };
    let bearer = super::by_id(db, &letter.dossier_id)?;
    Ok(bearer.map(|d| (letter, d)))
}

/// Puts a dossier on a slip that another one bears.
///
/// # Errors
/// Storage failures only.
pub fn share_slip(db: &mut Db, dossier: &DossierId, letter: &RecordId) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_slips::table)
        .values((
            dossier_slips::dossier_id.eq(dossier),
            dossier_slips::letter_id.eq(letter),
        ))
        .execute(c))?;
    Ok(())
}

/// The dossiers that stand on a slip, in the order in which they came, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn dossiers_on(db: &mut Db, letter: &LetterRow, limit: i64) -> StoreResult<Vec<DossierRow>> {
    let shared = dossier_slips::table
        .filter(dossier_slips::letter_id.eq(letter.id.clone()))
        .select(dossier_slips::dossier_id);
    Ok(dossiers::table
        .filter(
            dossiers::id
                .eq(letter.dossier_id.clone())
                .or(dossiers::id.eq_any(shared)),
        )
        .order(dossiers::id.asc())
        .limit(limit)
        .select(DossierRow::as_select())
        .load(db)?)
}

/// What the people of a dossier were called before each mistake was put right, oldest first.
///
/// # Errors
/// Storage failures only.
pub fn amendments(db: &mut Db, id: &DossierId) -> StoreResult<Vec<AmendmentRow>> {
    Ok(on_each!(db, c => dossier_amendments::table
        .filter(dossier_amendments::dossier_id.eq(id))
        .order(dossier_amendments::amended_at.asc())
        .select(AmendmentRow::as_select())
        .load(c))?)
}

/// The timeline next to an edge (a line, and whether what came before it is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn timeline_page(
    db: &mut Db,
    id: &DossierId,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<TimelineRow>> {
    let q = timeline::table
        .filter(timeline::dossier_id.eq(id))
        .limit(limit)
        .select(TimelineRow::as_select())
        .into_boxed();
    rising!(db, q, timeline::seq, edge)
}

//! Writing a dossier: whole at intake, then by version.

use diesel::prelude::*;

use super::rows::*;
use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{DossierId, UserId};
use crate::on_each;
use crate::schema::{
    dossier_amendments, dossier_components, dossier_consultations, dossier_decisions, dossier_fees,
    dossier_filers, dossier_handovers, dossier_letters, dossier_pauses, dossier_results,
    dossier_returns, dossier_steps, dossier_supplements, dossier_undos, dossier_words, dossiers,
    letter_contents, letter_papers, timeline,
};
use crate::ts::Ts;

/// What intake writes at once.
#[derive(Debug, Clone)]
pub struct Intake {
    /// The dossier.
    pub dossier: DossierRow,
    /// The papers.
    pub components: Vec<ComponentRow>,
    /// The fee lines.
    pub fees: Vec<FeeRow>,
    /// The filer, if not the owner.
    pub filer: Option<FilerRow>,
    /// Folded words of the owner's name.
    pub words: Vec<String>,
}

/// Writes a new dossier with its children.
///
/// # Errors
/// Storage failures only.
pub fn insert(db: &mut Db, intake: &Intake) -> StoreResult<()> {
    let d = &intake.dossier;
    on_each!(db, c => diesel::insert_into(dossiers::table).values(d).execute(c))?;
    insert_components(db, &intake.components)?;
    if !intake.fees.is_empty() {
        on_each!(db, c => diesel::insert_into(dossier_fees::table)
            .values(&intake.fees)
            .execute(c))?;
    }
    if let Some(filer) = &intake.filer {
        on_each!(db, c => diesel::insert_into(dossier_filers::table)
            .values(filer)
            .execute(c))?;
    }
    insert_words(db, d, &intake.words)
}

fn insert_words(db: &mut Db, d: &DossierRow, words: &[String]) -> StoreResult<()> {
    let words: Vec<_> = words
        .iter()
        .map(|w| {
            (
                dossier_words::centre_id.eq(d.centre_id.as_str()),
                dossier_words::authority_id.eq(d.authority_id.as_str()),
                dossier_words::word.eq(w.as_str()),
                dossier_words::dossier_id.eq(d.id.as_str()),
            )
        })
        .collect();
    if !words.is_empty() {
        on_each!(db, c => diesel::insert_into(dossier_words::table)
            .values(&words)
            .execute(c))?;
    }
    Ok(())
}

/// Keeps what a dossier's people were called before a mistake was put right, and puts the right names
/// in their place: those by which it is found, and the filer.
///
/// # Errors
/// Storage failures only.
pub fn amend_people(
    db: &mut Db,
    dossier: &DossierRow,
    words: &[String],
    filer: Option<&FilerRow>,
    before: &AmendmentRow,
) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_amendments::table)
        .values(before)
        .execute(c))?;
    diesel::delete(dossier_words::table.filter(dossier_words::dossier_id.eq(dossier.id.as_str())))
        .execute(db)?;
    insert_words(db, dossier, words)?;
    if let Some(filer) = filer {
        diesel::delete(dossier_filers::table.find(&dossier.id)).execute(db)?;
        on_each!(db, c => diesel::insert_into(dossier_filers::table)
            .values(filer)
            .execute(c))?;
    }
    Ok(())
}

/// Adds papers handed in.
///
/// # Errors
/// Storage failures only.
pub fn insert_components(db: &mut Db, rows: &Vec<ComponentRow>) -> StoreResult<()> {
    if rows.is_empty() {
        return Ok(());
    }
    on_each!(db, c => diesel::insert_into(dossier_components::table)
        .values(rows)
        .execute(c))?;
    Ok(())
}

/// Replaces the papers of a dossier, when more were brought.
///
/// # Errors
/// Storage failures only.
pub fn replace_components(
    db: &mut Db,
    dossier: &DossierId,
    rows: &Vec<ComponentRow>,
) -> StoreResult<()> {
    diesel::delete(dossier_components::table.filter(dossier_components::dossier_id.eq(dossier)))
        .execute(db)?;
    insert_components(db, rows)
}

/// Saves a changed dossier if it still has `version`; false when someone else was first.
///
/// # Errors
/// Storage failures only.
pub fn update(db: &mut Db, row: &DossierRow, version: i64) -> StoreResult<bool> {
    let n = diesel::update(
        dossiers::table
            .find(&row.id)
            .filter(dossiers::version.eq(version)),
    )
    .set(row)
    .execute(db)?;
    Ok(n == 1)
}

/// Sets the pauses of a dossier to `rows`: the open one may have been closed, a new one begun.
///
/// # Errors
/// Storage failures only.
pub fn save_pauses(db: &mut Db, dossier: &DossierId, rows: &Vec<PauseRow>) -> StoreResult<()> {
    diesel::delete(dossier_pauses::table.filter(dossier_pauses::dossier_id.eq(dossier)))
        .execute(db)?;
    if rows.is_empty() {
        return Ok(());
    }
    on_each!(db, c => diesel::insert_into(dossier_pauses::table).values(rows).execute(c))?;
    Ok(())
}

/// Puts these in place of the steps a dossier has been at.
///
/// # Errors
/// Storage failures only.
pub fn save_steps(db: &mut Db, dossier: &DossierId, rows: &Vec<StepRow>) -> StoreResult<()> {
    diesel::delete(dossier_steps::table.filter(dossier_steps::dossier_id.eq(dossier)))
        .execute(db)?;
    if rows.is_empty() {
        return Ok(());
    }
    on_each!(db, c => diesel::insert_into(dossier_steps::table).values(rows).execute(c))?;
    Ok(())
}

/// Adds a hand-over.
///
/// # Errors
/// Storage failures only.
pub fn insert_handover(db: &mut Db, row: &HandoverRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_handovers::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Closes a hand-over that is open.
///
/// # Errors
/// Storage failures only.
pub fn close_handover(db: &mut Db, row: &HandoverRow) -> StoreResult<()> {
    diesel::update(
        dossier_handovers::table
            .find(&row.id)
            .filter(dossier_handovers::closed_at.is_null()),
    )
    .set((
        dossier_handovers::accepted.eq(row.accepted),
        dossier_handovers::closed_by.eq(&row.closed_by),
        dossier_handovers::closed_at.eq(row.closed_at),
        dossier_handovers::closing_reason.eq(&row.closing_reason),
    ))
    .execute(db)?;
    Ok(())
}

/// Adds a request for supplements.
///
/// # Errors
/// Storage failures only.
pub fn insert_supplement(db: &mut Db, row: &SupplementRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_supplements::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Marks a request for supplements as fulfilled.
///
/// # Errors
/// Storage failures only.
pub fn fulfil_supplement(db: &mut Db, row: &SupplementRow) -> StoreResult<()> {
    diesel::update(dossier_supplements::table.find(&row.id))
        .set((
            dossier_supplements::fulfilled_by.eq(&row.fulfilled_by),
            dossier_supplements::fulfilled_at.eq(row.fulfilled_at),
            dossier_supplements::note.eq(&row.note),
        ))
        .execute(db)?;
    Ok(())
}

/// Adds a decision, refusal or step of a withdrawal.
///
/// # Errors
/// Storage failures only.
pub fn insert_decision(db: &mut Db, row: &DecisionRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_decisions::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Adds a result.
///
/// # Errors
/// Storage failures only.
pub fn insert_result(db: &mut Db, row: &ResultRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_results::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Adds a hand-back.
///
/// # Errors
/// Storage failures only.
pub fn insert_return(db: &mut Db, row: &ReturnRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_returns::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Adds a numbered paper.
///
/// # Errors
/// Storage failures only.
pub fn insert_letter(db: &mut Db, row: &LetterRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_letters::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Keeps what numbered papers say.
///
/// # Errors
/// Storage failures, among them that it is kept already.
pub fn insert_content(db: &mut Db, row: &ContentRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(letter_contents::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Keeps a numbered paper as it was set; false when it was set before.
///
/// # Errors
/// Storage failures only.
pub fn keep_letter_paper(db: &mut Db, row: &LetterPaperRow) -> StoreResult<bool> {
    let n = on_each!(db, c => diesel::insert_into(letter_papers::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// Adds lines to timelines.
///
/// # Errors
/// Storage failures only.
pub fn insert_timeline(db: &mut Db, rows: &Vec<TimelineRow>) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(timeline::table)
        .values(rows)
        .execute(c))?;
    Ok(())
}

/// Adds an opinion asked for.
///
/// # Errors
/// Storage failures only.
pub fn insert_consultation(db: &mut Db, row: &ConsultationRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_consultations::table)
        .values(row)
        .execute(c))?;
    Ok(())
}

/// Writes an answer beside what was asked.
///
/// # Errors
/// Storage failures only.
pub fn answer_consultation(db: &mut Db, row: &ConsultationRow) -> StoreResult<()> {
    diesel::update(dossier_consultations::table.find(&row.id))
        .set((
            dossier_consultations::reply.eq(&row.reply),
            dossier_consultations::answered_by.eq(&row.answered_by),
            dossier_consultations::answered_at.eq(row.answered_at),
        ))
        .execute(db)?;
    Ok(())
}

/// Keeps the dossier before its last step, in place of the one before that.
///
/// # Errors
/// Storage failures only.
pub fn keep_undo(db: &mut Db, row: &UndoRow) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(dossier_undos::table)
        .values(row)
        .on_conflict(dossier_undos::dossier_id)
        .do_update()
        .set(row)
        .execute(c))?;
    Ok(())
}

/// Nothing of this dossier can be taken back any more.
///
/// # Errors
/// Storage failures only.
pub fn forget_undo(db: &mut Db, dossier: &DossierId) -> StoreResult<()> {
    on_each!(db, c => diesel::delete(dossier_undos::table.find(dossier)).execute(c))?;
    Ok(())
}

/// Takes back what the step of `done_at` wrote beside the dossier. Nothing is deleted: what was
/// added is marked void, what was closed is open again. A dossier has one step at a time, so the
/// instant names it.
///
/// # Errors
/// Storage failures only.
pub fn void_step(
    db: &mut Db,
    dossier: &DossierId,
    done_at: Ts,
    by: &UserId,
    now: Ts,
) -> StoreResult<()> {
    diesel::update(
        dossier_decisions::table
            .filter(dossier_decisions::dossier_id.eq(dossier))
            .filter(dossier_decisions::decided_at.eq(done_at)),
    )
    .set(dossier_decisions::voided_at.eq(Some(now)))
    .execute(db)?;
    diesel::update(
        dossier_results::table
            .filter(dossier_results::dossier_id.eq(dossier))
            .filter(dossier_results::recorded_at.eq(done_at)),
    )
    .set(dossier_results::voided_at.eq(Some(now)))
    .execute(db)?;
    diesel::update(
        dossier_consultations::table
            .filter(dossier_consultations::dossier_id.eq(dossier))
            .filter(dossier_consultations::asked_at.eq(done_at)),
    )
    .set(dossier_consultations::voided_at.eq(Some(now)))
    .execute(db)?;
    diesel::update(
        dossier_consultations::table
            .filter(dossier_consultations::dossier_id.eq(dossier))
            .filter(dossier_consultations::answered_at.eq(done_at)),
    )
    .set((
        dossier_consultations::reply.eq(None::<String>),
        dossier_consultations::answered_by.eq(None::<UserId>),
        dossier_consultations::answered_at.eq(None::<Ts>),
    ))
    .execute(db)?;
    diesel::update(
        dossier_supplements::table
            .filter(dossier_supplements::dossier_id.eq(dossier))
            .filter(dossier_supplements::fulfilled_at.eq(done_at)),
    )
    .set((
        dossier_supplements::fulfilled_by.eq(None::<UserId>),
        dossier_supplements::fulfilled_at.eq(None::<Ts>),
    ))
    .execute(db)?;
    diesel::update(
        dossier_handovers::table
            .filter(dossier_handovers::dossier_id.eq(dossier))
            .filter(dossier_handovers::closed_at.eq(done_at)),
    )
    .set((
        dossier_handovers::accepted.eq(None::<bool>),
        dossier_handovers::closed_by.eq(None::<UserId>),
        dossier_handovers::closed_at.eq(None::<Ts>),
        dossier_handovers::closing_reason.eq(None::<String>),
    ))
    .execute(db)?;
    diesel::update(
        dossier_handovers::table
            .filter(dossier_handovers::dossier_id.eq(dossier))
            .filter(dossier_handovers::given_at.eq(done_at)),
    )
    .set((
        dossier_handovers::accepted.eq(Some(false)),
        dossier_handovers::closed_by.eq(Some(by)),
        dossier_handovers::closed_at.eq(Some(now)),
    ))
    .execute(db)?;
    Ok(())
}

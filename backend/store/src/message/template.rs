//! How people are told: versions of templates, quiet hours, and in which language.

use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::conn::Db;
use crate::error::StoreResult;
use crate::ids::{CentreId, DossierId, RecordId, UserId};
use crate::on_each;
use crate::schema::{message_languages, message_settings, message_templates};
use crate::ts::Ts;

/// A version of a template.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = message_templates, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct TemplateRow {
    pub id: RecordId,
    pub centre_id: CentreId,
    /// The step that is told.
    pub told: String,
    pub channel: String,
    pub language: String,
    /// From 1 for each step, channel and language of a centre.
    pub number: i32,
    pub subject: String,
    pub body: String,
    /// None: the program.
    pub entered_by: Option<UserId>,
    pub entered_at: Ts,
}

/// When a centre tells nobody anything, and how.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = message_settings)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SettingsRow {
    pub centre_id: CentreId,
    /// Minutes after midnight.
    pub quiet_from: i32,
    /// Minutes after midnight.
    pub quiet_to: i32,
    /// Short messages go without marks.
    pub plain_sms: bool,
    pub version: i64,
    pub set_by: UserId,
    pub set_at: Ts,
}

/// Keeps versions of templates.
///
/// # Errors
/// [`crate::StoreError::Unique`] when one of this number is there already.
pub fn insert_templates(db: &mut Db, rows: &[TemplateRow]) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(message_templates::table).values(rows).execute(c))?;
    Ok(())
}

/// The newest version of each template of a centre, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn current_templates(
    db: &mut Db,
    centre: &CentreId,
    limit: i64,
) -> StoreResult<Vec<TemplateRow>> {
    use message_templates as t;
    let newer = diesel::alias!(message_templates as newer);
    Ok(on_each!(db, c => t::table
        .filter(t::centre_id.eq(centre))
        .filter(not(exists(
            newer
                .filter(newer.field(t::centre_id).eq(t::centre_id))
                .filter(newer.field(t::told).eq(t::told))
                .filter(newer.field(t::channel).eq(t::channel))
                .filter(newer.field(t::language).eq(t::language))
                .filter(newer.field(t::number).gt(t::number)),
        )))
        .limit(limit)
        .select(TemplateRow::as_select())
        .load(c))?)
}

/// Which template.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "the words of the domain")]
pub struct TemplateKey<'a> {
    pub told: &'a str,
    pub channel: &'a str,
    pub language: &'a str,
}

/// Versions of a template of a centre, newest first, next to an edge, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn template_versions(
    db: &mut Db,
    centre: &CentreId,
    key: TemplateKey<'_>,
    edge: Option<(i32, bool)>,
    limit: i64,
) -> StoreResult<Vec<TemplateRow>> {
    use message_templates as t;
    let q = t::table
        .filter(t::centre_id.eq(centre.clone()))
        .filter(t::told.eq(key.told.to_owned()))
        .filter(t::channel.eq(key.channel.to_owned()))
        .filter(t::language.eq(key.language.to_owned()))
        .limit(limit)
        .select(TemplateRow::as_select())
        .into_boxed();
    let mut rows: Vec<TemplateRow> = match edge {
        Some((n, true)) => q.filter(t::number.gt(n)).order(t::number.asc()).load(db)?,
        Some((n, false)) => q.filter(t::number.lt(n)).order(t::number.desc()).load(db)?,
        None => q.order(t::number.desc()).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        rows.reverse();
    }
    Ok(rows)
}

/// What these centres have set.
///
/// # Errors
/// Storage failures only.
pub fn settings(db: &mut Db, centres: &[CentreId]) -> StoreResult<Vec<SettingsRow>> {
    Ok(message_settings::table
        .filter(message_settings::centre_id.eq_any(centres.to_vec()))
        .select(SettingsRow::as_select())
        .load(db)?)
}

/// Sets what a centre wants where version `before` stands (0: nothing yet); false when another does.
///
/// # Errors
/// Storage failures only.
pub fn set_settings(db: &mut Db, row: &SettingsRow, before: i64) -> StoreResult<bool> {
    let n = if before == 0 {
        on_each!(db, c => diesel::insert_into(message_settings::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?
    } else {
        diesel::update(
            message_settings::table
                .find(&row.centre_id)
                .filter(message_settings::version.eq(before)),
        )
        .set(row)
        .execute(db)?
    };
    Ok(n == 1)
}

/// The language set for these dossiers, where one is.
///
/// # Errors
/// Storage failures only.
pub fn languages(db: &mut Db, ids: &[DossierId]) -> StoreResult<Vec<(DossierId, String)>> {
    Ok(message_languages::table
        .filter(message_languages::dossier_id.eq_any(ids.to_vec()))
        .select((message_languages::dossier_id, message_languages::language))
        .load(db)?)
}

/// Sets in which language the people of a dossier are told.
///
/// # Errors
/// Storage failures only.
pub fn set_language(
    db: &mut Db,
    dossier: &DossierId,
    language: &str,
    by: &UserId,
    at: Ts,
) -> StoreResult<()> {
    use message_languages as l;
    let set = (l::language.eq(language), l::set_by.eq(by), l::set_at.eq(at));
    on_each!(db, c => diesel::insert_into(l::table)
        .values((l::dossier_id.eq(dossier), set))
        .on_conflict(l::dossier_id)
        .do_update()
        .set(set)
        .execute(c))?;
    Ok(())
}

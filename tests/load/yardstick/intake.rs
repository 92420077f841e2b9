//! An intake as bare SQL: the rows that one `POST /dossiers` leaves, in one transaction, in the same
//! order, on a connection of its own, with the durability the server has. Nothing is checked,
//! computed or asked; the rows are those of a dossier the server itself took in.

use anyhow::Context as _;
use diesel::prelude::*;
use motcua_store::Db;
use motcua_store::audit::Entry;
use motcua_store::dossier::*;
use motcua_store::ids::{DossierId, RecordId};
use motcua_store::outbox::Event;
use motcua_store::schema::*;

/// What an intake writes, from one that was done.
#[derive(Clone)]
pub struct Template {
    dossier: DossierRow,
    components: Vec<ComponentRow>,
    fees: Vec<FeeRow>,
    words: Vec<String>,
    letter: LetterRow,
    timeline: TimelineRow,
    entry: Entry,
    event: Event,
    code_series: String,
    letter_series: String,
}

impl Template {
    /// Reads everything that belongs to a dossier that has just been taken in.
    ///
    /// # Errors
    /// When the database cannot be read, or the dossier is not a fresh one.
    pub fn of(db: &mut Db, id: &DossierId) -> anyhow::Result<Self> {
        let dossier = by_id(db, id)?.context("the dossier is gone")?;
        let code = dossier.code.as_deref().context("the dossier has no code")?;
        let (prefix, _) = code.rsplit_once('-').context("a code without a number")?;
        let (unit, day) = prefix.rsplit_once('-').context("a code without a day")?;
        let code_series = format!("code:{unit}:{day}");
        let letter = letters(db, id)?.pop().context("the dossier has no slip")?;
        let letter_series = format!(
            "letter:{}:{}:{}",
            letter.authority_id, letter.form, letter.year
        );
        let words = dossier_words::table
            .filter(dossier_words::dossier_id.eq(id))
            .select(dossier_words::word)
            .load(db)?;
        let entry = audit_entries::table
            .filter(audit_entries::subject_id.eq(id.as_str()))
            .select(Entry::as_select())
            .first(db)?;
        let event = outbox::table
            .filter(outbox::centre_id.eq(&dossier.centre_id))
            .filter(outbox::subject_id.eq(id.as_str()))
            .select(Event::as_select())
            .first(db)?;
        Ok(Self {
            components: components(db, id)?,
            fees: fees(db, id)?,
            timeline: timeline_page(db, id, None, 1)?
                .pop()
                .context("the dossier has no timeline")?,
            words,
            letter,
            entry,
            event,
            code_series,
            letter_series,
            dossier,
        })
    }

    /// The rows of another dossier, to be numbered in its transaction.
    fn another(&self) -> Self {
        let mut t = self.clone();
        let id = DossierId::new();
        for c in &mut t.components {
            c.dossier_id = id.clone();
        }
        for f in &mut t.fees {
            f.dossier_id = id.clone();
        }
        t.letter.id = RecordId::new();
        t.letter.dossier_id = id.clone();
        t.timeline.id = RecordId::new();
        t.timeline.dossier_id = id.clone();
        t.entry.subject_id = id.to_string();
        t.event.subject_id = id.to_string();
        t.dossier.id = id;
        t
    }
}

/// The statements of one intake on a concrete connection.
macro_rules! statements {
    ($name:ident, $connection:ty, $($lock:ident)?) => {
        fn $name(db: &mut $connection, t: &mut Template) -> QueryResult<()> {
            let next = |db: &mut $connection, series: &str| -> QueryResult<i64> {
                diesel::insert_into(counters::table)
                    .values((counters::name.eq(series), counters::value.eq(1_i64)))
                    .on_conflict(counters::name)
                    .do_update()
                    .set(counters::value.eq(counters::value + 1_i64))
                    .returning(counters::value)
                    .get_result(db)
            };
            let number = next(db, &t.code_series)?;
            let day = t.code_series.trim_start_matches("code:").replace(':', "-");
            t.dossier.code = Some(format!("{day}-{number:04}"));
            diesel::insert_into(dossiers::table)
                .values(&t.dossier)
                .execute(db)?;
            diesel::insert_into(dossier_components::table)
                .values(&t.components)
                .execute(db)?;
            diesel::insert_into(dossier_fees::table)
                .values(&t.fees)
                .execute(db)?;
            let words: Vec<_> = t
                .words
                .iter()
                .map(|word| {
                    (
                        dossier_words::centre_id.eq(t.dossier.centre_id.as_str()),
                        dossier_words::authority_id.eq(t.dossier.authority_id.as_str()),
                        dossier_words::word.eq(word),
                        dossier_words::dossier_id.eq(t.dossier.id.as_str()),
                    )
                })
                .collect();
            diesel::insert_into(dossier_words::table)
                .values(&words)
                .execute(db)?;
            t.letter.number = next(db, &t.letter_series)?;
            diesel::insert_into(dossier_letters::table)
                .values(&t.letter)
                .execute(db)?;
            diesel::insert_into(timeline::table)
                .values(&t.timeline)
                .execute(db)?;
            let (seq, hash): (i64, String) = audit_heads::table
                .find(t.dossier.centre_id.as_str())
                .select((audit_heads::seq, audit_heads::hash))
                $(.$lock())?
                .get_result(db)?;
            t.entry.seq = seq + 1;
            t.entry.prev_hash = hash;
            t.entry.hash = t.entry.computed_hash();
            diesel::insert_into(audit_entries::table)
                .values(&t.entry)
                .execute(db)?;
            diesel::update(audit_heads::table.find(t.dossier.centre_id.as_str()))
                .set((
                    audit_heads::seq.eq(t.entry.seq),
                    audit_heads::hash.eq(&t.entry.hash),
                ))
                .execute(db)?;
            t.event.seq = t.entry.seq;
            diesel::insert_into(outbox::table)
                .values(&t.event)
                .execute(db)?;
            Ok(())
        }
    };
}

statements!(sqlite, SqliteConnection,);
statements!(postgres, PgConnection, for_update);

/// Takes in one dossier, directly.
///
/// # Errors
/// What the database reports.
pub fn intake(db: &mut Db, template: &Template) -> anyhow::Result<()> {
    let mut rows = template.another();
    match db {
        Db::Sqlite(c) => c.immediate_transaction(|c| sqlite(c, &mut rows))?,
        Db::Pg(c) => c.transaction(|c| postgres(c, &mut rows))?,
    }
    Ok(())
}

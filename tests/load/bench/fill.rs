//! Fills a database: copies of dossiers that really happened, each with everything that belongs to
//! it, spread over the months before. Inserted directly, a few hundred in each transaction, with the
//! counters and the chain of the record kept as the server keeps them.

use std::collections::HashMap;

use anyhow::Context as _;
use chrono::{DateTime, Datelike as _, Duration, Utc};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use motcua_domain::code::format_dossier_code;
use motcua_domain::vn_time::local_date;
use motcua_store::audit::Entry;
use motcua_store::dossier::*;
use motcua_store::ids::{DossierId, HandoverId, RecordId};
use motcua_store::outbox::Event;
use motcua_store::schema::*;
use motcua_store::{Db, Ts, centre, on_each};

use crate::office::Happened;

/// Dossiers in each transaction: wide rows, and SQLite takes 32,766 values in one statement.
const BATCH: usize = 250;

/// Over how many days before the clock's day the dossiers are spread.
const DAYS: i64 = 250;

/// Everything that belongs to a dossier.
#[derive(Clone)]
struct Whole {
    dossier: DossierRow,
    components: Vec<ComponentRow>,
    fees: Vec<FeeRow>,
    words: Vec<String>,
    letters: Vec<LetterRow>,
    handovers: Vec<HandoverRow>,
    decisions: Vec<DecisionRow>,
    result: Option<ResultRow>,
    hand_back: Option<ReturnRow>,
    timeline: Vec<TimelineRow>,
    entries: Vec<Entry>,
    events: Vec<Event>,
}

impl Whole {
    fn read(db: &mut Db, id: &DossierId) -> anyhow::Result<Self> {
        let dossier = by_id(db, id)?.context("the dossier is gone")?;
        Ok(Self {
            components: components(db, id)?,
            fees: fees(db, id)?,
            words: dossier_words::table
                .filter(dossier_words::dossier_id.eq(id))
                .select(dossier_words::word)
                .load(db)?,
            letters: letters(db, id)?,
            handovers: dossier_handovers::table
                .filter(dossier_handovers::dossier_id.eq(id))
                .select(HandoverRow::as_select())
                .load(db)?,
            decisions: decisions(db, id)?,
            result: result(db, id)?,
            hand_back: hand_back(db, id)?,
            timeline: timeline_page(db, id, None, 100)?,
            entries: audit_entries::table
                .filter(audit_entries::subject_id.eq(id.as_str()))
                .order(audit_entries::seq.asc())
                .select(Entry::as_select())
                .load(db)?,
            events: outbox::table
                .filter(outbox::centre_id.eq(&dossier.centre_id))
                .filter(outbox::subject_id.eq(id.as_str()))
                .order(outbox::seq.asc())
                .select(Event::as_select())
                .load(db)?,
            dossier,
        })
    }

    /// A copy that came in at another time.
    fn at(&self, received: DateTime<Utc>) -> Self {
        let mut w = self.clone();
        let by = received - self.dossier.received_at.0;
        let id = DossierId::new();
        let d = &mut w.dossier;
        d.received_at = moved(d.received_at, by);
        for at in [
            &mut d.submitted_at,
            &mut d.accepted_at,
            &mut d.competent_received_at,
            &mut d.handover_due_at,
            &mut d.due_at_original,
            &mut d.due_at,
            &mut d.completed_at,
            &mut d.returned_at,
            &mut d.ended_at,
            &mut d.clock_started_at,
            &mut d.decided_at,
        ] {
            *at = at.map(|t| moved(t, by));
        }
        d.id = id.clone();
        for c in &mut w.components {
            c.dossier_id = id.clone();
        }
        for f in &mut w.fees {
            f.dossier_id = id.clone();
        }
        for l in &mut w.letters {
            (l.id, l.dossier_id) = (RecordId::new(), id.clone());
            l.issued_at = moved(l.issued_at, by);
        }
        for h in &mut w.handovers {
            (h.id, h.dossier_id) = (HandoverId::new(), id.clone());
            h.given_at = moved(h.given_at, by);
            h.closed_at = h.closed_at.map(|t| moved(t, by));
        }
        for x in &mut w.decisions {
            (x.id, x.dossier_id) = (RecordId::new(), id.clone());
            x.decided_at = moved(x.decided_at, by);
        }
        if let Some(r) = &mut w.result {
            (r.id, r.dossier_id) = (RecordId::new(), id.clone());
            r.recorded_at = moved(r.recorded_at, by);
        }
        if let Some(r) = &mut w.hand_back {
            (r.id, r.dossier_id) = (RecordId::new(), id.clone());
            r.returned_at = moved(r.returned_at, by);
        }
        for t in &mut w.timeline {
            (t.id, t.dossier_id) = (RecordId::new(), id.clone());
            t.at = moved(t.at, by);
        }
        for e in &mut w.entries {
            e.subject_id = id.to_string();
            e.at = moved(e.at, by);
        }
        for e in &mut w.events {
            e.subject_id = id.to_string();
            e.at = moved(e.at, by);
        }
        w
    }
}

fn moved(at: Ts, by: Duration) -> Ts {
    Ts::new(at.0 + by)
}

/// What must go on without a gap.
struct Series {
    codes: HashMap<String, u32>,
    letters: HashMap<String, i64>,
    seq: i64,
    hash: String,
}

/// Adds `count` dossiers to the demo centre and returns the ids of all of them.
///
/// # Errors
/// What the database reports.
pub fn fill(db: &mut Db, happened: &Happened, count: usize) -> anyhow::Result<Vec<DossierId>> {
    let read = |db: &mut Db, ids: &[DossierId]| -> anyhow::Result<Vec<Whole>> {
        ids.iter().map(|id| Whole::read(db, id)).collect()
    };
    let accepted = read(db, &happened.accepted)?;
    let processing = read(db, &happened.processing)?;
    let returned = read(db, &happened.returned)?;
    let first = accepted.first().context("nothing happened")?;
    let (centre_id, now) = (first.dossier.centre_id.clone(), first.dossier.received_at.0);
    let e_code = centre::centre(db, &centre_id)?.context("no centre")?.e_code;
    let (seq, hash) = motcua_store::audit::head(db, &centre_id)?.context("no audit chain")?;
    let mut series = Series {
        codes: HashMap::new(),
        letters: counters::table
            .filter(counters::name.like("letter:%"))
            .load::<(String, i64)>(db)?
            .into_iter()
            .collect(),
        seq,
        hash,
    };
    let mut ids = Vec::with_capacity(count);
    let mut batch = Vec::with_capacity(BATCH);
    for i in 0..count {
        // The newest fifth is still open, as in a centre that keeps up.
        let open = i * 5 >= count * 4;
        let kind = match (open, i % 2) {
            (true, 0) => &accepted,
            (true, _) => &processing,
            (false, _) => &returned,
        };
        let pattern = kind.get(i % kind.len()).context("no pattern")?;
        // Evenly from DAYS days ago until yesterday; a little apart, so that the order is one.
        let back = Duration::days(DAYS) * i32::try_from(count - i)? / i32::try_from(count)?;
        let mut whole = pattern.at(now - Duration::days(1) - back);
        number(&mut whole, &e_code, &mut series)?;
        ids.push(whole.dossier.id.clone());
        batch.push(whole);
        if batch.len() == BATCH || i + 1 == count {
            insert(db, &batch, &series)?;
            batch.clear();
        }
    }
    counters_back(db, &e_code, &series)?;
    match db {
        Db::Sqlite(c) => c.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?,
        // What autovacuum would have done by itself in a database that grew slowly.
        Db::Pg(c) => c.batch_execute("VACUUM ANALYZE")?,
    }
    Ok(ids)
}

fn number(whole: &mut Whole, e_code: &str, series: &mut Series) -> anyhow::Result<()> {
    let day = local_date(whole.dossier.received_at.0);
    let n = series
        .codes
        .entry(day.format("%y%m%d").to_string())
        .or_default();
    *n += 1;
    whole.dossier.code =
        Some(format_dossier_code(e_code, day, *n).map_err(|r| anyhow::anyhow!("{}", r.code))?);
    for l in &mut whole.letters {
        l.year = day.year();
        let name = format!("letter:{}:{}:{}", l.authority_id, l.form, l.year);
        let n = series.letters.entry(name).or_default();
        *n += 1;
        l.number = *n;
    }
    for (entry, event) in whole.entries.iter_mut().zip(&mut whole.events) {
        series.seq += 1;
        entry.seq = series.seq;
        entry.prev_hash = std::mem::take(&mut series.hash);
        entry.hash = entry.computed_hash();
        series.hash = entry.hash.clone();
        event.seq = entry.seq;
    }
    Ok(())
}

fn insert(db: &mut Db, batch: &[Whole], series: &Series) -> anyhow::Result<()> {
    macro_rules! all {
        ($c:expr, $($table:ident <- $rows:expr;)+) => {$(
            // Parts, since what belongs to a dossier may be many times the dossiers.
            for part in $rows.collect::<Vec<_>>().chunks(BATCH) {
                diesel::insert_into($table::table).values(part.to_vec()).execute($c)?;
            }
        )+};
    }
    let words: Vec<_> = batch
        .iter()
        .flat_map(|w| {
            w.words.iter().map(|word| {
                (
                    dossier_words::centre_id.eq(w.dossier.centre_id.as_str()),
                    dossier_words::authority_id.eq(w.dossier.authority_id.as_str()),
                    dossier_words::word.eq(word),
                    dossier_words::dossier_id.eq(w.dossier.id.as_str()),
                )
            })
        })
        .collect();
    let centre = batch.first().map(|w| w.dossier.centre_id.clone());
    on_each!(db, c => c.transaction(|c| -> QueryResult<()> {
        all! { c,
            dossiers <- batch.iter().map(|w| &w.dossier);
            dossier_components <- batch.iter().flat_map(|w| &w.components);
            dossier_fees <- batch.iter().flat_map(|w| &w.fees);
            dossier_letters <- batch.iter().flat_map(|w| &w.letters);
            dossier_handovers <- batch.iter().flat_map(|w| &w.handovers);
            dossier_decisions <- batch.iter().flat_map(|w| &w.decisions);
            dossier_results <- batch.iter().flat_map(|w| &w.result);
            dossier_returns <- batch.iter().flat_map(|w| &w.hand_back);
            timeline <- batch.iter().flat_map(|w| &w.timeline);
            audit_entries <- batch.iter().flat_map(|w| &w.entries);
            outbox <- batch.iter().flat_map(|w| &w.events);
        }
        for part in words.chunks(BATCH) {
            diesel::insert_into(dossier_words::table).values(part.to_vec()).execute(c)?;
        }
        if let Some(centre) = &centre {
            diesel::update(audit_heads::table.find(centre.as_str()))
                .set((audit_heads::seq.eq(series.seq), audit_heads::hash.eq(&series.hash)))
                .execute(c)?;
        }
        Ok(())
    }))?;
    Ok(())
}

/// Writes the counters back, so that the server's own numbers go on where these end.
fn counters_back(db: &mut Db, e_code: &str, series: &Series) -> anyhow::Result<()> {
    let codes = series
        .codes
        .iter()
        .map(|(day, n)| (format!("code:{e_code}:{day}"), i64::from(*n)));
    let letters = series.letters.iter().map(|(name, n)| (name.clone(), *n));
    for (name, value) in codes.chain(letters) {
        on_each!(db, c => diesel::insert_into(counters::table)
            .values((counters::name.eq(&name), counters::value.eq(value)))
            .on_conflict(counters::name)
            .do_update()
            .set(counters::value.eq(value))
            .execute(c))?;
    }
    Ok(())
}

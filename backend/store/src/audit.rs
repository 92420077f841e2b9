//! The tamper-evident record: per centre one chain in which each entry's hash covers the one before.

use diesel::dsl::not;
use diesel::prelude::*;
use sha2::{Digest, Sha256};

use crate::conn::Db;
use crate::dialect;
use crate::error::{StoreError, StoreResult};
use crate::ids::{CentreId, UserId};
use crate::on_each;
use crate::schema::{audit_entries, audit_heads, denunciation_concerns, feedback_items};
use crate::ts::Ts;

/// What is to be recorded. `data` is JSON text without personal data.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// The centre whose chain it joins.
    pub centre_id: &'a CentreId,
    /// When it happened.
    pub at: Ts,
    /// Who did it; none for the system and the public.
    pub actor_id: Option<&'a UserId>,
    /// What was done, such as `dossier.accepted`.
    pub action: &'a str,
    /// What kind of thing it was done to.
    pub subject_kind: &'a str,
    /// Which one.
    pub subject_id: &'a str,
    /// JSON text.
    pub data: String,
}

/// A recorded entry.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries, treat_none_as_default_value = false)]
pub struct Entry {
    /// The centre.
    pub centre_id: CentreId,
    /// Its place in the chain, from 1 without gap.
    pub seq: i64,
    /// When.
    pub at: Ts,
    /// Who.
    pub actor_id: Option<UserId>,
    /// What.
    pub action: String,
    /// To what kind.
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// JSON text.
    pub data: String,
    /// The hash of the entry before, or 64 zeros.
    pub prev_hash: String,
    /// SHA-256 over all of the above, hexadecimal.
    pub hash: String,
}

/// The hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A digest over texts, SHA-256: each with its length before it, so that no two different rows run together
/// to the same bytes.
#[derive(Debug, Clone, Default)]
pub struct Parts(Sha256);

impl Parts {
    /// The next text.
    pub fn part(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    /// The digest, in hexadecimal.
    pub fn hex(self) -> String {
        hex::encode(self.0.finalize())
    }
}

impl Entry {
    /// The hash this entry must carry.
    pub fn computed_hash(&self) -> String {
        let mut parts = Parts::default();
        let mut part = |text: &str| parts.part(text);
        part(&self.prev_hash);
        part(self.centre_id.as_str());
        part(&self.seq.to_string());
        part(&self.at.0.timestamp_micros().to_string());
        part(self.actor_id.as_ref().map_or("", UserId::as_str));
        part(&self.action);
        part(&self.subject_kind);
        part(&self.subject_id);
        part(&self.data);
        parts.hex()
    }
}

/// Starts the chain of a new centre.
///
/// # Errors
/// Storage failures only.
pub fn start_chain(db: &mut Db, centre: &CentreId) -> StoreResult<()> {
    on_each!(db, c => diesel::insert_into(audit_heads::table)
        .values((
            audit_heads::centre_id.eq(centre.as_str()),
            audit_heads::seq.eq(0_i64),
            audit_heads::hash.eq(GENESIS),
        ))
        .execute(c))?;
    Ok(())
}

/// Appends an entry and returns its place in the chain. Call it late in the transaction: on
/// PostgreSQL the chain's head stays locked from here to the commit.
///
/// # Errors
/// [`StoreError::Corrupt`] when the centre has no chain; storage failures.
pub fn append(db: &mut Db, new: &NewEntry<'_>) -> StoreResult<i64> {
    Ok(append_all(db, new.centre_id, std::slice::from_ref(new))? + 1)
}

/// Appends entries to the chain of one centre, in this order, as [`append`] would one by one; the place
/// before the first of them.
///
/// # Errors
/// As [`append`]; [`StoreError::Corrupt`] for an entry of another centre.
pub fn append_all(db: &mut Db, centre: &CentreId, new: &[NewEntry<'_>]) -> StoreResult<i64> {
    let (before, mut hash) = dialect::lock_audit_head(db, centre.as_str())?
        .ok_or_else(|| StoreError::Corrupt("the centre has no audit chain".into()))?;
    let mut seq = before;
    let mut entries = Vec::with_capacity(new.len());
    for new in new {
        if new.centre_id != centre {
            return Err(StoreError::Corrupt(
                "an audit entry of another centre".into(),
            ));
        }
        seq += 1;
        let mut entry = Entry {
            centre_id: centre.clone(),
            seq,
            at: new.at,
            actor_id: new.actor_id.cloned(),
            action: new.action.to_owned(),
            subject_kind: new.subject_kind.to_owned(),
            subject_id: new.subject_id.to_owned(),
            data: new.data.clone(),
            prev_hash: hash,
            hash: String::new(),
        };
        entry.hash = entry.computed_hash();
        hash = entry.hash.clone();
        entries.push(entry);
    }
    if entries.is_empty() {
        return Ok(before);
    }
    on_each!(db, c => diesel::insert_into(audit_entries::table)
        .values(&entries)
        .execute(c))?;
    on_each!(db, c => diesel::update(audit_heads::table.find(centre.as_str()))
        .set((audit_heads::seq.eq(seq), audit_heads::hash.eq(&hash)))
        .execute(c))?;
    Ok(before)
}

/// Entries of one chain after `after`, in order, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn page(db: &mut Db, centre: &CentreId, after: i64, limit: i64) -> StoreResult<Vec<Entry>> {
    Ok(audit_entries::table
        .filter(audit_entries::centre_id.eq(centre))
        .filter(audit_entries::seq.gt(after))
        .order(audit_entries::seq.asc())
        .limit(limit)
        .select(Entry::as_select())
        .load(db)?)
}

/// Entries of one action about one thing, newest first, next to an edge (a place in the chain, and
/// whether what stands before it in this order is wanted), at most `limit`. The index is that of
/// subject, action and place.
///
/// # Errors
/// Storage failures only.
pub fn of_subject(
    db: &mut Db,
    (kind, id): (&str, &str),
    action: &str,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> StoreResult<Vec<Entry>> {
    let q = audit_entries::table
        .filter(audit_entries::subject_id.eq(id))
        .filter(audit_entries::action.eq(action))
        .filter(audit_entries::subject_kind.eq(kind))
        .limit(limit)
        .select(Entry::as_select())
        .into_boxed();
    let mut entries: Vec<Entry> = match edge {
        Some((seq, true)) => q
            .filter(audit_entries::seq.gt(seq))
            .order(audit_entries::seq.asc())
            .load(db)?,
        Some((seq, false)) => q
            .filter(audit_entries::seq.lt(seq))
            .order(audit_entries::seq.desc())
            .load(db)?,
        None => q.order(audit_entries::seq.desc()).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        entries.reverse();
    }
    Ok(entries)
}

/// Who reads the record.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Who.
    pub user: &'a UserId,
    /// Whether the reader was appointed to handle the centre's denunciations.
    pub denunciations: bool,
}

/// Entries of one chain, newest first, of one thing if it is named, next to an edge (a place in the
/// chain, and whether what stands before it in this order is wanted), at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn newest(
    db: &mut Db,
    centre: &CentreId,
    reader: &Reader<'_>,
    subject: Option<&str>,
    edge: Option<(i64, bool)>,
    limit: i64,
) -> StoreResult<Vec<Entry>> {
    let mut q = audit_entries::table
        .filter(audit_entries::centre_id.eq(centre.clone()))
        .limit(limit)
        .select(Entry::as_select())
        .into_boxed();
    // What is said of the reader, and what only others may know of, is not there for the reader.
    let about = feedback_items::table
        .filter(feedback_items::about_user_id.eq(Some(reader.user.clone())))
        .select(feedback_items::id);
    q = q.filter(
        audit_entries::subject_kind
            .ne("feedback")
            .or(not(audit_entries::subject_id.eq_any(about))),
    );
    if reader.denunciations {
        let about = denunciation_concerns::table
            .filter(denunciation_concerns::user_id.eq(reader.user.clone()))
            .select(denunciation_concerns::item_id);
        q = q.filter(
            audit_entries::subject_kind
                .ne("denunciation")
                .or(not(audit_entries::subject_id.eq_any(about))),
        );
    } else {
        q = q.filter(audit_entries::subject_kind.ne("denunciation"));
    }
    if let Some(id) = subject {
        q = q.filter(audit_entries::subject_id.eq(id.to_owned()));
    }
    let mut entries: Vec<Entry> = match edge {
        Some((seq, true)) => q
            .filter(audit_entries::seq.gt(seq))
            .order(audit_entries::seq.asc())
            .load(db)?,
        Some((seq, false)) => q
            .filter(audit_entries::seq.lt(seq))
            .order(audit_entries::seq.desc())
            .load(db)?,
        None => q.order(audit_entries::seq.desc()).load(db)?,
    };
    if edge.is_some_and(|(_, backwards)| backwards) {
        entries.reverse();
    }
    Ok(entries)
}

/// Entries of one action about any of these things, oldest first, at most `limit`.
///
/// # Errors
/// Storage failures only.
pub fn of_subjects(
    db: &mut Db,
    ids: &[String],
    action: &str,
    limit: i64,
) -> StoreResult<Vec<Entry>> {
    Ok(audit_entries::table
        .filter(audit_entries::subject_id.eq_any(ids.to_vec()))
        .filter(audit_entries::action.eq(action))
        .order((audit_entries::centre_id.asc(), audit_entries::seq.asc()))
        .limit(limit)
        .select(Entry::as_select())
        .load(db)?)
}

/// The head of a chain: last place and hash.
///
/// # Errors
/// Storage failures only.
pub fn head(db: &mut Db, centre: &CentreId) -> StoreResult<Option<(i64, String)>> {
    Ok(audit_heads::table
        .find(centre.as_str())
        .select((audit_heads::seq, audit_heads::hash))
        .get_result(db)
        .optional()?)
}

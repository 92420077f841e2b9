//! Centres, authorities, calendars and names, kept in memory for one stamp of the reference rows.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use motcua_domain::calendar::Calendar;
use motcua_domain::deadline::WatchRules;
use motcua_store::centre::{self, AuthorityRow, CentreRow};
use motcua_store::{AuthorityId, CentreId, Db, UserId, account};

use crate::context::Services;
use crate::error::{Error, Result};

/// Names of people, as they are told beside what they did.
pub type Names = HashMap<UserId, Arc<str>>;

/// What is kept, and for which stamp.
#[derive(Default)]
struct Kept {
    stamp: i64,
    centres: HashMap<CentreId, Arc<CentreRow>>,
    authorities: HashMap<AuthorityId, Arc<AuthorityRow>>,
    calendars: HashMap<CentreId, Arc<Calendar>>,
    watch_rules: HashMap<CentreId, WatchRules>,
    names: Names,
}

/// The reference rows in memory.
#[derive(Default)]
pub(crate) struct Reference(RwLock<Kept>);

impl Reference {
    /// What is kept, unless it is older than `stamp`. What is newer will do: it is what the database
    /// holds now.
    fn get<R>(&self, stamp: i64, look: impl FnOnce(&Kept) -> Option<R>) -> Option<R> {
        let kept = self.0.read().ok()?;
        if kept.stamp < stamp {
            return None;
        }
        look(&kept)
    }

    /// Keeps what was read under `stamp`; not if the rows may have changed since the stamp was read.
    fn put(&self, stamp: i64, keep: impl FnOnce(&mut Kept)) {
        let Ok(mut kept) = self.0.write() else { return };
        if kept.stamp > stamp {
            return;
        }
        if kept.stamp < stamp {
            *kept = Kept {
                stamp,
                ..Kept::default()
            };
        }
        keep(&mut kept);
    }

    /// By what a centre watches, if that is kept.
    pub(crate) fn watch_rules(&self, stamp: i64, centre: &CentreId) -> Option<WatchRules> {
        self.get(stamp, |k| k.watch_rules.get(centre).copied())
    }

    /// Keeps it.
    pub(crate) fn keep_watch_rules(&self, stamp: i64, centre: &CentreId, rules: WatchRules) {
        self.put(stamp, |k| {
            k.watch_rules.insert(centre.clone(), rules);
        });
    }
}

impl Services {
    /// A centre as it stands since `stamp` ([`crate::Actor::stamp`]).
    ///
    /// # Errors
    /// [`Error::Internal`] when there is none.
    pub fn centre(&self, db: &mut Db, stamp: i64, id: &CentreId) -> Result<Arc<CentreRow>> {
        if let Some(found) = self.reference.get(stamp, |k| k.centres.get(id).cloned()) {
            return Ok(found);
        }
        let row = centre::centre(db, id)?
            .ok_or_else(|| Error::Internal("a centre that is referred to is gone".into()))?;
        let row = Arc::new(row);
        self.reference.put(stamp, |k| {
            k.centres.insert(id.clone(), row.clone());
        });
        Ok(row)
    }

    /// An authority as it stands since `stamp`, if there is one with this id.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn authority(
        &self,
        db: &mut Db,
        stamp: i64,
        id: &AuthorityId,
    ) -> Result<Option<Arc<AuthorityRow>>> {
        if let Some(found) = self
            .reference
            .get(stamp, |k| k.authorities.get(id).cloned())
        {
            return Ok(Some(found));
        }
        let Some(row) = centre::authority(db, id)?.map(Arc::new) else {
            return Ok(None);
        };
        self.reference.put(stamp, |k| {
            k.authorities.insert(id.clone(), row.clone());
        });
        Ok(Some(row))
    }

    /// The calendar of a centre for showing, as it stands since `stamp`. What is promised and kept
    /// asks [`Services::calendar`] inside its own transaction.
    ///
    /// # Errors
    /// As [`Services::calendar`].
    pub fn calendar_shown(
        &self,
        db: &mut Db,
        stamp: i64,
        centre: &CentreId,
    ) -> Result<Arc<Calendar>> {
        if let Some(found) = self
            .reference
            .get(stamp, |k| k.calendars.get(centre).cloned())
        {
            return Ok(found);
        }
        let read = self.calendar(db, centre)?;
        self.reference.put(stamp, |k| {
            k.calendars.insert(centre.clone(), read.clone());
        });
        Ok(read)
    }

    /// Names of people as they stand since `stamp`; whoever is not known is left out.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn names<'a>(
        &self,
        db: &mut Db,
        stamp: i64,
        ids: impl IntoIterator<Item = &'a UserId>,
    ) -> Result<Names> {
        let mut names = HashMap::new();
        let mut unknown: Vec<UserId> = Vec::new();
        for id in ids {
            if names.contains_key(id) || unknown.contains(id) {
                continue;
            }
            match self.reference.get(stamp, |k| k.names.get(id).cloned()) {
                Some(name) => {
                    names.insert(id.clone(), name);
                }
                None => unknown.push(id.clone()),
            }
        }
        let read: Vec<(UserId, Arc<str>)> = account::names(db, &unknown)?
            .into_iter()
            .map(|(id, name, _)| (id, Arc::from(name)))
            .collect();
        if !read.is_empty() {
            self.reference
                .put(stamp, |k| k.names.extend(read.iter().cloned()));
            names.extend(read);
        }
        Ok(names)
    }
}

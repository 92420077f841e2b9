//! What every use case has at hand: the store, the clock, keys, and what never changes once read.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use chrono::{DateTime, Utc};
use motcua_domain::calendar::{Calendar, CalendarData};
use motcua_domain::catalogue::ProcedureData;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::questionnaire::Questionnaire;
use motcua_domain::text::{clean_line, required_line};
use motcua_store::catalogue::VersionRow;
use motcua_store::{
    CentreId, Db, ProcedureVersionId, RecordId, Store, StoreError, calendar, catalogue,
};

use crate::clock::Clock;
use crate::deadline::board::Digested;
use crate::error::{Error, Result};
use crate::reference::Reference;
use crate::survey::{Answered, Gate, Proven};
use crate::together::Together;
use crate::token::Keyring;
use crate::usage::Usage;

/// A version of a procedure as read: its row and its data.
#[derive(Debug)]
pub struct Procedure {
    /// The row.
    pub row: VersionRow,
    /// The whole of it as it holds here: the province's limits and fees before the nation's.
    pub data: ProcedureData,
}

#[derive(Default)]
struct Cache {
    calendars: RwLock<HashMap<(CentreId, i32), Arc<Calendar>>>,
    procedures: RwLock<HashMap<ProcedureVersionId, Arc<Procedure>>>,
    questionnaires: RwLock<HashMap<RecordId, Arc<Questionnaire>>>,
}

/// The centre's services. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The database.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Keys that sign and check tokens.
    pub keys: Arc<Keyring>,
    /// How much other systems asked since it was last kept.
    pub usage: Arc<Usage>,
    cache: Arc<Cache>,
    pub(crate) kiosks: Arc<Gate>,
    pub(crate) answers: Arc<Together<Proven, Answered>>,
    pub(crate) reference: Arc<Reference>,
    pub(crate) digested: Arc<Digested>,
}

impl Services {
    /// Services over a store.
    pub fn new(store: Store, clock: Clock, keys: Keyring) -> Self {
        Self {
            store,
            clock,
            keys: Arc::new(keys),
            usage: Arc::new(Usage::default()),
            cache: Arc::new(Cache::default()),
            kiosks: Arc::new(Gate::default()),
            answers: Arc::new(Together::default()),
            reference: Arc::new(Reference::default()),
            digested: Arc::new(Digested::default()),
        }
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Reads. Blocking: call it off the async threads.
    ///
    /// # Errors
    /// What `f` returned; [`StoreError::Busy`] when no connection came free.
    pub fn read<R>(&self, f: impl FnOnce(&mut Db) -> Result<R>) -> Result<R> {
        self.store.read(f)
    }

    /// Writes, all or nothing. Blocking, and run again on a passing conflict.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn write<R>(&self, f: impl FnMut(&mut Db) -> Result<R>) -> Result<R> {
        self.store.write(f)
    }

    /// The calendar of a centre that is in force now, and its version.
    ///
    /// # Errors
    /// [`Error::Internal`] when the centre has none.
    pub fn calendar(&self, db: &mut Db, centre: &CentreId) -> Result<Arc<Calendar>> {
        let number = calendar::latest_number(db, centre)?
            .ok_or_else(|| Error::Internal("the centre has no calendar".into()))?;
        self.calendar_version(db, centre, number)
    }

    /// A version of a centre's calendar. Versions never change, so once read they are kept.
    ///
    /// # Errors
    /// [`Error::Internal`] when there is none.
    pub fn calendar_version(
        &self,
        db: &mut Db,
        centre: &CentreId,
        number: i32,
    ) -> Result<Arc<Calendar>> {
        let key = (centre.clone(), number);
        if let Ok(cache) = self.cache.calendars.read()
            && let Some(found) = cache.get(&key)
        {
            return Ok(found.clone());
        }
        let row = calendar::version(db, centre, number)?
            .ok_or_else(|| Error::Internal("the calendar's version is gone".into()))?;
        let data: CalendarData = serde_json::from_str(&row.data).map_err(StoreError::from)?;
        let read = Arc::new(Calendar::new(data)?);
        if let Ok(mut cache) = self.cache.calendars.write() {
            cache.insert(key, read.clone());
        }
        Ok(read)
    }

    /// A questionnaire that people are asked with. Once published it never changes, so once read it is kept.
    ///
    /// # Errors
    /// [`Error::Internal`] when it is gone.
    pub(crate) fn questionnaire(&self, db: &mut Db, id: &RecordId) -> Result<Arc<Questionnaire>> {
        if let Ok(cache) = self.cache.questionnaires.read()
            && let Some(found) = cache.get(id)
        {
            return Ok(found.clone());
        }
        let row = motcua_store::survey::questionnaire(db, id)?
            .ok_or_else(|| Error::Internal("a questionnaire is gone".into()))?;
        let read: Arc<Questionnaire> =
            Arc::new(serde_json::from_str(&row.body).map_err(StoreError::from)?);
        if row.state != "draft"
            && let Ok(mut cache) = self.cache.questionnaires.write()
        {
            cache.insert(id.clone(), read.clone());
        }
        Ok(read)
    }

    /// A version of a procedure. Versions never change, so once read they are kept.
    ///
    /// # Errors
    /// [`Error::Internal`] when there is none.
    pub fn procedure(&self, db: &mut Db, id: &ProcedureVersionId) -> Result<Arc<Procedure>> {
        if let Ok(cache) = self.cache.procedures.read()
            && let Some(found) = cache.get(id)
        {
            return Ok(found.clone());
        }
        let row = catalogue::by_id(db, id)?
            .ok_or_else(|| Error::Internal("a procedure's version is gone".into()))?;
        Ok(self.keep_procedure(row)?)
    }

    /// Reads a row's data and keeps it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the data is not a procedure.
    pub fn keep_procedure(
        &self,
        row: VersionRow,
    ) -> std::result::Result<Arc<Procedure>, StoreError> {
        if let Ok(cache) = self.cache.procedures.read()
            && let Some(found) = cache.get(&row.id)
        {
            return Ok(found.clone());
        }
        let data: ProcedureData = serde_json::from_str(&row.data)?;
        let read = Arc::new(Procedure {
            row,
            data: data.in_effect(),
        });
        if let Ok(mut cache) = self.cache.procedures.write() {
            cache.insert(read.row.id.clone(), read.clone());
        }
        Ok(read)
    }
}

/// A refusal that names one field.
pub(crate) fn bad_field(
    pointer: &str,
    code: &'static str,
    vi: impl Into<String>,
    en: impl Into<String>,
) -> Refusal {
    Refusal::invalid(Vec::new()).field(pointer, code, vi, en)
}

/// Reads the texts of a form one by one, and gathers every fault instead of the first alone.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    faults: Vec<FieldError>,
}

impl Texts {
    /// A line that must be there, as it is stored; empty where it is at fault.
    pub(crate) fn line(&mut self, text: &str, pointer: &str, most: usize) -> String {
        let line = required_line(text, most);
        self.kept(line.map_err(|fault| fault.at(pointer)))
            .unwrap_or_default()
    }

    /// A line that may be missing, or empty.
    pub(crate) fn maybe(
        &mut self,
        text: Option<&String>,
        pointer: &str,
        most: usize,
    ) -> Option<String> {
        let line = clean_line(text?, most);
        self.kept(line.map_err(|fault| fault.at(pointer)))
            .filter(|line| !line.is_empty())
    }

    /// What was read, or nothing and one fault more.
    pub(crate) fn kept<T>(&mut self, read: std::result::Result<T, FieldError>) -> Option<T> {
        read.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Further faults of the same form.
    pub(crate) fn also(&mut self, faults: Vec<FieldError>) {
        self.faults.extend(faults);
    }

    /// That nothing is at fault.
    ///
    /// # Errors
    /// `validation_failed` with every fault.
    pub(crate) fn sound(self) -> Result<()> {
        if self.faults.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid(self.faults).into())
        }
    }
}

//! Making messages from the outbox: each step of each dossier is looked at once, in the transaction that
//! says how far the outbox was read. Two servers cannot make the same message: the second waits for the
//! first and then finds nothing left.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use motcua_domain::message::{
    Channel, Facts, Language, MessageState, Template, Told, first_version,
};
use motcua_store::centre::{self as centres, CentreRow};
use motcua_store::dossier::{DossierRow, FilerRow, TimelineRow};
use motcua_store::message::{self as rows, MessageRow, Subjects, TemplateRow};
use motcua_store::outbox::{self, Event};
use motcua_store::{CentreId, Db, DossierId, MessageId, RecordId, Ts, personal_data};
use serde_json::Value;

use super::settings::{Wishes, wishes};
use super::{NOT_CONFIGURED, Surroundings};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::survey;

/// Steps looked at in one transaction: the counter waits no longer than for these.
const BATCH: i64 = 100;
/// More centres than one round looks at.
const MOST_CENTRES: i64 = 1_000;
/// More templates than a centre has.
pub(super) const MOST_TEMPLATES: i64 = 1_000;

/// Begins telling what happens at a new centre, from the first step on, with the program's own texts.
///
/// # Errors
/// Storage failures only.
pub fn begin(db: &mut Db, centre: &CentreId, now: DateTime<Utc>) -> Result<()> {
    rows::begin_cursor(db, centre, 0)?;
    first_templates(db, centre, now)
}

/// As [`begin`], for a centre that was there before: what happened until now is told to nobody.
///
/// # Errors
/// Storage failures only.
pub fn prepare(db: &mut Db, centre: &CentreId, now: DateTime<Utc>) -> Result<()> {
    let last = outbox::last_seq(db, centre)?;
    rows::begin_cursor(db, centre, last)?;
    first_templates(db, centre, now)
}

/// Gives a centre version 1 of every template it does not have yet.
fn first_templates(db: &mut Db, centre: &CentreId, now: DateTime<Utc>) -> Result<()> {
    let known = rows::current_templates(db, centre, MOST_TEMPLATES)?;
    let mut new = Vec::new();
    for told in Told::ALL {
        for channel in told.channels() {
            for language in Language::ALL {
                let there = known.iter().any(|t| {
                    t.told == told.as_str()
                        && t.channel == channel.as_str()
                        && t.language == language.as_str()
                });
                if there {
                    continue;
                }
                let (subject, body) = first_version(*told, *channel, *language);
                new.push(TemplateRow {
                    id: RecordId::new(),
                    centre_id: centre.clone(),
                    told: told.as_str().to_owned(),
                    channel: channel.as_str().to_owned(),
                    language: language.as_str().to_owned(),
                    number: 1,
                    subject,
                    body,
                    entered_by: None,
                    entered_at: Ts::new(now),
                });
            }
        }
    }
    if !new.is_empty() {
        rows::insert_templates(db, &new)?;
    }
    Ok(())
}

/// What one stretch of the outbox is told with.
struct Telling<'a> {
    services: &'a Services,
    now: DateTime<Utc>,
    centre: CentreRow,
    wishes: Wishes,
    around: &'a Surroundings,
    templates: Vec<TemplateRow>,
    subjects: Subjects,
    filers: Vec<FilerRow>,
    languages: HashMap<DossierId, Language>,
}

impl Services {
    /// Prepares every centre that has no messages yet, and puts what waits for a gateway into its place:
    /// asked at every start.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn prepare_messages(&self, around: &Surroundings) -> Result<()> {
        let mut after: Option<String> = None;
        loop {
            let edge = after.as_deref().map(|id| (id, false));
            let page = self.read(|db| Ok(centres::centres_page(db, edge, 100)?))?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.to_string());
            for c in &page {
                self.write(|db| prepare(db, &c.id, self.now()))?;
            }
        }
        for channel in Channel::ALL {
            let word = channel.as_str();
            let now = Some(Ts::new(self.now()));
            self.write(|db| {
                Ok(if around.has(*channel) {
                    rows::shift(db, word, "held", "queued", None, now)?
                } else {
                    rows::shift(db, word, "queued", "held", Some(NOT_CONFIGURED), None)?
                })
            })?;
        }
        Ok(())
    }

    /// Makes messages of what the outbox holds that was not looked at yet; how many steps it looked at.
    ///
    /// # Errors
    /// Storage failures only.
    pub fn plan_messages(&self, around: &Surroundings) -> Result<usize> {
        let mut seen = 0;
        for centre in self.read(|db| Ok(rows::behind(db, MOST_CENTRES)?))? {
            loop {
                let n = self.write(|db| self.plan_batch(db, &centre, around))?;
                seen += n;
                if i64::try_from(n).is_ok_and(|n| n < BATCH) {
                    break;
                }
            }
        }
        Ok(seen)
    }

    fn plan_batch(&self, db: &mut Db, centre: &CentreId, around: &Surroundings) -> Result<usize> {
        let Some(seq) = rows::lock_cursor(db, centre)? else {
            return Ok(0);
        };
        let events = outbox::page(db, centre, None, seq, BATCH)?;
        let Some(last) = events.last() else {
            return Ok(0);
        };
        let told: Vec<(&Event, Told)> = events.iter().filter_map(|e| Some((e, told(e)?))).collect();
        if !told.is_empty() {
            let about: Vec<&Event> = told.iter().map(|(e, _)| *e).collect();
            let telling = self.telling(db, centre, around, &about)?;
            let mut messages = Vec::new();
            for (event, what) in &told {
                if *what == Told::Undone {
                    // What this batch tells may be what is taken back.
                    rows::insert(db, &std::mem::take(&mut messages))?;
                }
                messages.extend(telling.tell(db, event, *what)?);
            }
            rows::insert(db, &messages)?;
        }
        rows::move_cursor(db, centre, last.seq)?;
        Ok(events.len())
    }

    fn telling<'a>(
        &'a self,
        db: &mut Db,
        centre: &CentreId,
        around: &'a Surroundings,
        events: &[&Event],
    ) -> Result<Telling<'a>> {
        let subjects = rows::subjects(db, events)?;
        let ids: Vec<DossierId> = subjects.dossiers.iter().map(|d| d.id.clone()).collect();
        let languages = rows::languages(db, &ids)?
            .into_iter()
            .filter_map(|(id, word)| Some((id, Language::parse(&word)?)))
            .collect();
        Ok(Telling {
            services: self,
            now: self.now(),
            centre: centres::centre(db, centre)?
                .ok_or_else(|| Error::Internal("a centre with events is gone".into()))?,
            wishes: wishes(db, centre)?,
            around,
            templates: rows::current_templates(db, centre, MOST_TEMPLATES)?,
            filers: personal_data::filers_of(db, &ids)?,
            subjects,
            languages,
        })
    }
}

/// What a step of the outbox is told as, if it is.
fn told(event: &Event) -> Option<Told> {
    let kind = event.kind.strip_prefix("dossier.")?;
    let data: Value = serde_json::from_str(&event.data).unwrap_or_default();
    Told::of(kind, data["transition"].as_str().unwrap_or_default())
}

fn instant(value: &Value) -> Option<DateTime<Utc>> {
    let text = value.as_str()?;
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

/// Where the people of a dossier are reached: the owner, else who filed it.
pub(super) fn recipient(
    dossier: &DossierRow,
    filer: Option<&FilerRow>,
    channel: Channel,
) -> Option<(String, &'static str)> {
    let (owner, filer) = match channel {
        Channel::Mail => (&dossier.owner_email, filer.and_then(|f| f.email.as_ref())),
        Channel::Sms => (&dossier.owner_phone, filer.and_then(|f| f.phone.as_ref())),
    };
    let of = |to: &String| !to.trim().is_empty();
    owner
        .as_ref()
        .filter(|to| of(to))
        .map(|to| (to.clone(), "owner"))
        .or_else(|| filer.filter(|to| of(to)).map(|to| (to.clone(), "filer")))
}

impl Telling<'_> {
    /// The messages that tell a step.
    fn tell(&self, db: &mut Db, event: &Event, told: Told) -> Result<Vec<MessageRow>> {
        let Some(dossier) = self
            .subjects
            .dossiers
            .iter()
            .find(|d| d.id.as_str() == event.subject_id)
        else {
            return Ok(Vec::new());
        };
        let kind = event.kind.trim_start_matches("dossier.");
        let line = self
            .subjects
            .lines
            .iter()
            .find(|l| l.dossier_id == dossier.id && l.at == event.at && l.kind == kind);
        let detail: Value = line
            .and_then(|l| serde_json::from_str(&l.detail).ok())
            .unwrap_or_default();
        let mut channels = told.channels_for(dossier.on_the_spot);
        if told == Told::Undone {
            channels = Self::take_back(db, event, dossier, &detail)?;
        }
        let mut facts = self.facts(dossier, line, &detail);
        // Only who can be told gets the right to answer that the message carries.
        if told == Told::Returned
            && let Some(base) = &self.around.base
            && let Some(by) = line.and_then(|l| l.actor_id.as_ref())
            && self.asks(channels.as_slice())
        {
            let token = survey::of_return(self.services, db, dossier, by)?;
            facts.survey = token.map(|token| format!("{base}/s/{token}"));
        }
        let filer = self.filers.iter().find(|f| f.dossier_id == dossier.id);
        Ok(channels
            .into_iter()
            .filter_map(|channel| {
                let to = recipient(dossier, filer, channel)?;
                self.message(event, told, channel, dossier, &facts, to)
            })
            .collect())
    }

    /// Whether a hand-back's text in use by one of these channels asks how somebody was served.
    fn asks(&self, channels: &[Channel]) -> bool {
        let told = Told::Returned.as_str();
        self.templates.iter().any(|t| {
            t.told == told
                && t.body.contains("{survey}")
                && channels.iter().any(|c| c.as_str() == t.channel)
        })
    }

    /// Cancels what still waits about the step that was taken back; the channels by which it had gone out
    /// already, which are then told that it does not hold.
    fn take_back(
        db: &mut Db,
        event: &Event,
        dossier: &DossierRow,
        detail: &Value,
    ) -> Result<Vec<Channel>> {
        // Of an acknowledgement that changed no status there is no message to be found.
        let Some(step) = Told::of(detail["step"].as_str().unwrap_or_default(), "T9") else {
            return Ok(Vec::new());
        };
        let mut gone = Vec::new();
        for message in rows::last_told(db, &dossier.id, step.as_str(), event.seq)? {
            let waits = MessageState::parse(&message.state).is_some_and(MessageState::waits);
            if waits && rows::cancel(db, &message.id)? {
                continue;
            }
            let out = matches!(
                message.state.as_str(),
                "sending" | "sent" | "delivered" | "unknown"
            );
            if out && let Some(channel) = Channel::parse(&message.channel) {
                gone.push(channel);
            }
        }
        Ok(gone)
    }

    /// What this step says: its own dates where its line tells them, the dossier's else.
    fn facts(&self, dossier: &DossierRow, line: Option<&TimelineRow>, detail: &Value) -> Facts {
        let (before, after) = (
            instant(&detail["due_at"]["from"]),
            instant(&detail["due_at"]["to"]),
        );
        let authority = self
            .subjects
            .authorities
            .iter()
            .find(|(id, _)| id == &dossier.authority_id);
        let code = dossier
            .code
            .clone()
            .or_else(|| dossier.submission_number.clone());
        Facts {
            code: code.unwrap_or_default(),
            procedure: dossier.procedure_name.clone(),
            authority: authority.map(|(_, name)| name.clone()).unwrap_or_default(),
            centre: self.centre.name.clone(),
            phone: self.centre.phone.clone(),
            look_up: self.around.look_up.clone(),
            due: after.or(dossier.due_at.map(|t| t.0)),
            due_before: before,
            supply_by: dossier.supplement_due_on,
            amount_vnd: line.and(detail["amount_vnd"].as_i64()),
            delivery: dossier.delivery_method.clone(),
            survey: None,
        }
    }

    fn message(
        &self,
        event: &Event,
        told: Told,
        channel: Channel,
        dossier: &DossierRow,
        facts: &Facts,
        (recipient, role): (String, &str),
    ) -> Option<MessageRow> {
        let wanted = self.languages.get(&dossier.id).copied();
        let language = wanted.unwrap_or(Language::Vi);
        let row = self.templates.iter().find(|t| {
            t.told == told.as_str()
                && t.channel == channel.as_str()
                && t.language == language.as_str()
        })?;
        // A version that was read when it was entered is read again here: it cannot be faulty.
        let template = Template::read(told, channel, language, &row.subject, &row.body).ok()?;
        let shown = template.render(facts, self.wishes.plain_sms);
        let configured = self.around.has(channel);
        let state = if configured {
            MessageState::Queued
        } else {
            MessageState::Held
        };
        let next = configured.then(|| Ts::new(self.wishes.quiet.next_allowed(self.now)));
        Some(MessageRow {
            id: MessageId::new(),
            centre_id: self.centre.id.clone(),
            dossier_id: dossier.id.clone(),
            event_seq: event.seq,
            told: told.as_str().to_owned(),
            channel: channel.as_str().to_owned(),
            recipient,
            recipient_role: role.to_owned(),
            language: language.as_str().to_owned(),
            template_number: row.number,
            subject: shown.subject,
            body: shown.body,
            state: state.as_str().to_owned(),
            attempts: 0,
            resends: 0,
            next_attempt_at: next,
            locked_until: None,
            last_error: (!configured).then(|| NOT_CONFIGURED.to_owned()),
            created_at: Ts::new(self.now),
            sent_at: None,
            delivered_at: None,
            version: 1,
        })
    }
}

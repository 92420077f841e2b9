//! Templates: read, tried, and entered as a new version; a version is never rewritten.

use chrono::{DateTime, Utc};
use motcua_domain::message::{Channel, Language, SmsSize, Template, Told, sample, sms_size};
use motcua_store::message::{self as rows, TemplateKey, TemplateRow};
use motcua_store::{CentreId, Db, RecordId, StoreError, Ts};
use serde_json::json;

use super::plan::MOST_TEMPLATES;
use super::settings::wishes;
use crate::actor::{Actor, Permission};
use crate::context::{Services, bad_field};
use crate::deadline::centre_unknown;
use crate::error::{Result, stale};
use crate::record;
use crate::reference::Names;

/// A template to be entered or tried.
#[derive(Debug, Clone)]
pub struct NewTemplate {
    /// The step it tells.
    pub told: Told,
    /// By which channel.
    pub channel: Channel,
    /// In which language.
    pub language: Language,
    /// Subject; empty for a short message.
    pub subject: String,
    /// Text.
    pub body: String,
}

impl NewTemplate {
    fn read(&self) -> Result<Template> {
        if !self.told.channels().contains(&self.channel) {
            return Err(bad_field(
                "/channel",
                "invalid_value",
                "Bước này không được báo qua kênh này.",
                "This step is not told by this channel.",
            )
            .into());
        }
        Ok(Template::read(
            self.told,
            self.channel,
            self.language,
            &self.subject,
            &self.body,
        )?)
    }
}

fn mine(actor: &Actor, centre: Option<&CentreId>) -> Result<CentreId> {
    Ok(actor
        .centre_for(Permission::ManageMessages, centre)
        .ok_or_else(centre_unknown)?)
}

/// The newest version of every template of a centre of the actor's, in the order of the steps.
///
/// # Errors
/// `centre_unknown`.
pub fn templates(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
) -> Result<(Vec<TemplateRow>, Names)> {
    let centre = mine(actor, centre)?;
    let mut found = rows::current_templates(db, &centre, MOST_TEMPLATES)?;
    found.sort_by_key(|t| {
        (
            Told::parse(&t.told),
            Channel::parse(&t.channel),
            Language::parse(&t.language),
        )
    });
    let names = services.names(
        db,
        actor.stamp,
        found.iter().filter_map(|t| t.entered_by.as_ref()),
    )?;
    Ok((found, names))
}

/// Versions of one template, newest first, next to an edge.
///
/// # Errors
/// `centre_unknown`.
#[allow(clippy::too_many_arguments, reason = "which template is three words")]
pub fn template_versions(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    (told, channel, language): (Told, Channel, Language),
    edge: Option<(i32, bool)>,
    limit: i64,
) -> Result<(Vec<TemplateRow>, Names)> {
    let centre = mine(actor, centre)?;
    let key = TemplateKey {
        told: told.as_str(),
        channel: channel.as_str(),
        language: language.as_str(),
    };
    let found = rows::template_versions(db, &centre, key, edge, limit)?;
    let names = services.names(
        db,
        actor.stamp,
        found.iter().filter_map(|t| t.entered_by.as_ref()),
    )?;
    Ok((found, names))
}

/// Enters the next version of a template, made from version `base`.
///
/// # Errors
/// `centre_unknown`, `template_faulty`, `nothing_changed`; `version_stale` when another was entered since.
pub fn enter(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    base: i32,
    new: &NewTemplate,
) -> Result<(TemplateRow, Names)> {
    let centre = mine(actor, centre)?;
    let read = new.read()?;
    let key = TemplateKey {
        told: new.told.as_str(),
        channel: new.channel.as_str(),
        language: new.language.as_str(),
    };
    let newest = rows::template_versions(db, &centre, key, None, 1)?.pop();
    let number = newest.as_ref().map_or(0, |t| t.number);
    if number != base {
        return Err(stale(i64::from(number)));
    }
    if newest.is_some_and(|t| t.subject == read.subject_text && t.body == read.body_text) {
        return Err(motcua_domain::refusal::Refusal::new(
            "nothing_changed",
            "Mẫu không có gì thay đổi.",
            "The template says what it said already.",
        )
        .into());
    }
    let now = services.now();
    let row = TemplateRow {
        id: RecordId::new(),
        centre_id: centre.clone(),
        told: key.told.to_owned(),
        channel: key.channel.to_owned(),
        language: key.language.to_owned(),
        number: number + 1,
        subject: read.subject_text,
        body: read.body_text,
        entered_by: Some(actor.user_id.clone()),
        entered_at: Ts::new(now),
    };
    rows::insert_templates(db, std::slice::from_ref(&row)).map_err(|e| match e {
        StoreError::Unique(_) => stale(i64::from(number) + 1),
        other => other.into(),
    })?;
    record::audit(
        db,
        &centre,
        now,
        Some(actor),
        "messages.template_entered",
        ("message_template", row.id.as_str()),
        json!({
            "told": row.told, "channel": row.channel, "language": row.language, "number": row.number,
        }),
    )?;
    let names = services.names(db, actor.stamp, [&actor.user_id])?;
    Ok((row, names))
}

/// A template with sample data in it.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The subject.
    pub subject: String,
    /// The text.
    pub body: String,
    /// How long a short message is.
    pub sms: Option<SmsSize>,
}

/// Shows a template as people would read it, with data of nobody's.
///
/// # Errors
/// `centre_unknown`, `template_faulty`.
pub fn preview(
    db: &mut Db,
    actor: &Actor,
    centre: Option<&CentreId>,
    now: DateTime<Utc>,
    look_up: Option<&String>,
    new: &NewTemplate,
) -> Result<Preview> {
    let centre = mine(actor, centre)?;
    let wishes = wishes(db, &centre)?;
    let mut facts = sample(now);
    if let Some(row) = motcua_store::centre::centre(db, &centre)? {
        facts.centre = row.name;
        facts.phone = row.phone;
    }
    facts.look_up = look_up.cloned();
    let shown = new.read()?.render(&facts, wishes.plain_sms);
    Ok(Preview {
        sms: (new.channel == Channel::Sms).then(|| sms_size(&shown.body)),
        subject: shown.subject,
        body: shown.body,
    })
}

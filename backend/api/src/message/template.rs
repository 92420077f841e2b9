//! Templates: versioned, tried with data of nobody's.

use actix_web::{HttpRequest, HttpResponse, get, post};
use chrono::{DateTime, FixedOffset};
use motcua_domain::message::{Channel, Language, Placeholder, Told};
use motcua_services::message::{self as service, NewTemplate};
use motcua_services::reference::Names;
use motcua_store::CentreId;
use motcua_store::message::TemplateRow;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::CentreQuery;
use crate::auth::{ManageMessages, Reader, Reply, Writer};
use crate::dossier::view::{PersonRef, vn};
use crate::manners::{IdempotencyKey, Json, Page, Paging, Problem, Query, linked};
use crate::words;

/// A version of a template.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageTemplate {
    /// The step it tells.
    #[schema(value_type = words::Told)]
    pub told: String,
    /// By what.
    #[schema(value_type = words::MessageChannel)]
    pub channel: String,
    /// In which language.
    #[schema(value_type = words::MessageLanguage)]
    pub language: String,
    /// From 1 for each step, channel and language.
    pub number: i32,
    /// Subject; empty for a short message.
    pub subject: String,
    /// Text, with names in braces for what is filled in.
    pub body: String,
    /// The names it may use.
    #[schema(value_type = Vec<words::Placeholder>, max_items = 20)]
    pub placeholders: Vec<Placeholder>,
    /// When it was entered.
    pub entered_at: DateTime<FixedOffset>,
    /// By whom; absent: the program.
    pub entered_by: Option<PersonRef>,
}

impl MessageTemplate {
    fn new(row: TemplateRow, names: &Names) -> Self {
        Self {
            placeholders: Told::parse(&row.told).map_or_else(Vec::new, Told::placeholders),
            told: row.told,
            channel: row.channel,
            language: row.language,
            number: row.number,
            subject: row.subject,
            body: row.body,
            entered_at: vn(row.entered_at),
            entered_by: row.entered_by.as_ref().map(|id| PersonRef::of(id, names)),
        }
    }
}

/// Every template.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageTemplates {
    /// The newest version of each, in the order of the steps.
    #[schema(max_items = 1000)]
    pub items: Vec<MessageTemplate>,
}

/// The templates of a centre.
#[utoipa::path(
    operation_id = "list_message_templates", tag = "messages", summary = "Templates of messages",
    description = "The newest version of every template of a centre: one for each step that is told, each channel and each language.",
    params(CentreQuery),
    responses((status = 200, description = "The templates.", body = MessageTemplates)),
    security(("bearer" = []))
)]
#[get("/message-templates")]
pub async fn list_message_templates(
    reader: Reader<ManageMessages>,
    query: Query<CentreQuery>,
) -> Result<HttpResponse, Problem> {
    let items = reader
        .read(move |services, db, actor| {
            let centre = query.centre_id.as_ref();
            let (found, names) = service::templates(services, db, actor, centre)?;
            let view = |row| MessageTemplate::new(row, &names);
            Ok(found.into_iter().map(view).collect())
        })
        .await?;
    Ok(HttpResponse::Ok().json(MessageTemplates { items }))
}

/// Which versions.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct TemplateVersionsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// The step.
    #[param(value_type = words::Told)]
    pub told: Told,
    /// The channel.
    #[param(value_type = words::MessageChannel)]
    pub channel: Channel,
    /// The language.
    #[param(value_type = words::MessageLanguage)]
    pub language: Language,
}

/// Versions of a template.
#[utoipa::path(
    operation_id = "list_message_template_versions", tag = "messages", summary = "Versions of a template",
    description = "Versions of one template, newest first: who entered what, and when. Each message says from which it was made.",
    params(TemplateVersionsQuery),
    responses((status = 200, description = "A page of versions.", body = Page<MessageTemplate>)),
    security(("bearer" = []))
)]
#[get("/message-templates/versions")]
pub async fn list_message_template_versions(
    reader: Reader<ManageMessages>,
    req: HttpRequest,
    query: Query<TemplateVersionsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let of = (&query.centre_id, query.told, query.channel, query.language);
    let paging: Paging<i32> = Paging::read(query.limit, query.cursor.as_deref(), "versions", &of)?;
    let page = reader
        .read(move |services, db, actor| {
            let edge = paging.edge.map(|number| (number, paging.backwards));
            let (found, names) = service::template_versions(
                services,
                db,
                actor,
                query.centre_id.as_ref(),
                (query.told, query.channel, query.language),
                edge,
                paging.fetch(),
            )?;
            let view = |row| MessageTemplate::new(row, &names);
            Ok(paging.page(found, |t| t.number, view))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A version of a template to be entered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageTemplateIn {
    /// Whose; the caller's first centre when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// The step it tells.
    #[schema(value_type = words::Told)]
    pub told: Told,
    /// By what.
    #[schema(value_type = words::MessageChannel)]
    pub channel: Channel,
    /// In which language.
    #[schema(value_type = words::MessageLanguage)]
    pub language: Language,
    /// The version it was made from: another means that somebody entered one meanwhile.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub base_number: i32,
    /// Subject; empty or absent for a short message.
    #[serde(default)]
    #[schema(max_length = 150)]
    pub subject: String,
    /// Text, with names in braces.
    #[schema(
        min_length = 1,
        max_length = 5000,
        example = "Hồ sơ {code} đã được tiếp nhận, hẹn trả kết quả lúc {due}. Tra cứu: {look_up}"
    )]
    pub body: String,
}

/// Enters a version of a template.
#[utoipa::path(
    operation_id = "enter_message_template", tag = "messages", summary = "Enter a version of a template",
    description = "Enters the next version of a template; it holds for the messages made from now on. What was told before stays as it was told.",
    params(IdempotencyKey), request_body = MessageTemplateIn,
    responses((status = 201, description = "Entered.", body = MessageTemplate)),
    security(("bearer" = []))
)]
#[post("/message-templates")]
pub async fn enter_message_template(
    writer: Writer<ManageMessages>,
    body: Json<MessageTemplateIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let asked = body.clone();
    let new = NewTemplate {
        told: asked.told,
        channel: asked.channel,
        language: asked.language,
        subject: asked.subject,
        body: asked.body,
    };
    writer
        .once(&body, move |services, db, actor| {
            let centre = asked.centre_id.as_ref();
            let (row, names) =
                service::enter(services, db, actor, centre, asked.base_number, &new)?;
            Reply::created(
                "/api/v1/message-templates".into(),
                None,
                &MessageTemplate::new(row, &names),
            )
        })
        .await
}

/// A template to be looked at.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessagePreviewIn {
    /// Whose; the caller's first centre when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// The step it tells.
    #[schema(value_type = words::Told)]
    pub told: Told,
    /// By what.
    #[schema(value_type = words::MessageChannel)]
    pub channel: Channel,
    /// In which language.
    #[schema(value_type = words::MessageLanguage)]
    pub language: Language,
    /// Subject; empty or absent for a short message.
    #[serde(default)]
    #[schema(max_length = 150)]
    pub subject: String,
    /// Text, with names in braces.
    #[schema(min_length = 1, max_length = 5000)]
    pub body: String,
}

/// How long a short message is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SmsLength {
    /// How it is written for the network.
    #[schema(value_type = words::SmsEncoding)]
    pub encoding: motcua_domain::message::SmsEncoding,
    /// Characters as the network counts them.
    pub characters: usize,
    /// Parts it is cut into, each paid for.
    pub segments: usize,
}

/// A template as people would read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessagePreview {
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// How long it is; short messages only.
    pub sms: Option<SmsLength>,
}

/// Shows a template with data of nobody's.
#[utoipa::path(
    operation_id = "preview_message_template", tag = "messages", summary = "Try a template",
    description = "Shows a template as people would read it, with data of nobody's, and how long a short message becomes. Nothing is kept or sent.",
    request_body = MessagePreviewIn,
    responses((status = 200, description = "As people would read it.", body = MessagePreview)),
    security(("bearer" = []))
)]
#[post("/message-templates/previews")]
pub async fn preview_message_template(
    reader: Reader<ManageMessages>,
    body: Json<MessagePreviewIn>,
) -> Result<HttpResponse, Problem> {
    let asked = body.into_inner();
    let look_up = reader.state().around.look_up.clone();
    let new = NewTemplate {
        told: asked.told,
        channel: asked.channel,
        language: asked.language,
        subject: asked.subject,
        body: asked.body,
    };
    let shown = reader
        .read(move |services, db, actor| {
            let centre = asked.centre_id.as_ref();
            service::preview(db, actor, centre, services.now(), look_up.as_ref(), &new)
        })
        .await?;
    Ok(HttpResponse::Ok().json(MessagePreview {
        subject: shown.subject,
        body: shown.body,
        sms: shown.sms.map(|s| SmsLength {
            encoding: s.encoding,
            characters: s.units,
            segments: s.segments,
        }),
    }))
}

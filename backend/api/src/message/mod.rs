//! What people are told of their dossiers: the messages of a dossier, the templates, the hours of quiet.

pub mod template;
pub mod worker;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use chrono::{DateTime, FixedOffset};
use motcua_domain::message::{Channel, Language, MessageState};
use motcua_domain::text::{mask_email, mask_phone};
use motcua_services::message::{self as service, NewSettings, Settings};
use motcua_store::message::MessageRow;
use motcua_store::{CentreId, DossierId, MessageId};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ManageMessages, ReadDossiers, Reader, Reply, ResendMessages, Writer};
use crate::dossier::routes::PageQuery;
use crate::dossier::view::{vn, vn_opt};
use crate::health::demo_only;
use crate::manners::{
    IdempotencyKey, IfMatch, Json, Page, Paging, Path, Problem, Query, linked, versioned,
};
use crate::setup::time;
use crate::state::AppState;
use crate::words;

/// A message to the people of a dossier.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    /// Id.
    pub id: String,
    /// The step it tells.
    #[schema(value_type = words::Told)]
    pub told: String,
    /// By what.
    #[schema(value_type = words::MessageChannel)]
    pub channel: String,
    /// In which language.
    #[schema(value_type = words::MessageLanguage)]
    pub language: String,
    /// To where, masked; empty once the dossier's data was disposed of.
    pub recipient: String,
    /// Whose that is: `owner` or `filer`.
    pub recipient_role: String,
    /// The version of the template it was made from.
    pub template_number: i32,
    /// Subject; empty for a short message.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Where it stands.
    #[schema(value_type = words::MessageState)]
    pub state: String,
    /// How often it was tried since it was queued.
    pub attempts: i32,
    /// How often a person had it sent again.
    pub resends: i32,
    /// When it is tried next.
    pub next_attempt_at: Option<DateTime<FixedOffset>>,
    /// Why it waits or did not go: a stable word, such as `recipient_refused`.
    pub last_error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<FixedOffset>,
    /// When the gateway took it.
    pub sent_at: Option<DateTime<FixedOffset>>,
    /// When it arrived, where the gateway says so.
    pub delivered_at: Option<DateTime<FixedOffset>>,
    /// Whether it may be sent again.
    pub resendable: bool,
    /// Row version, for `If-Match`.
    pub version: i64,
}

impl From<MessageRow> for MessageView {
    fn from(row: MessageRow) -> Self {
        let recipient = match row.channel.as_str() {
            _ if row.recipient.is_empty() => String::new(),
            "mail" => mask_email(&row.recipient),
            _ => mask_phone(&row.recipient),
        };
        let state = MessageState::parse(&row.state);
        Self {
            id: row.id.to_string(),
            told: row.told,
            channel: row.channel,
            language: row.language,
            recipient,
            recipient_role: row.recipient_role,
            template_number: row.template_number,
            resendable: state.is_some_and(MessageState::may_be_resent) && !row.body.is_empty(),
            subject: row.subject,
            body: row.body,
            state: row.state,
            attempts: row.attempts,
            resends: row.resends,
            next_attempt_at: row.next_attempt_at.map(vn),
            last_error: row.last_error,
            created_at: vn(row.created_at),
            sent_at: vn_opt(row.sent_at),
            delivered_at: vn_opt(row.delivered_at),
            version: row.version,
        }
    }
}

/// Messages of a dossier.
#[utoipa::path(
    operation_id = "list_messages", tag = "messages", summary = "What the people of a dossier were told",
    description = "Messages to the people of a dossier, newest first, each with where it stands. Addresses are masked.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), PageQuery),
    responses((status = 200, description = "A page of messages.", body = Page<MessageView>)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/messages")]
pub async fn list_messages(
    reader: Reader<ReadDossiers>,
    req: HttpRequest,
    id: Path<DossierId>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "id", &id.as_str())?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.by_id();
            let found = service::messages(db, actor, &id, edge, paging.fetch())?;
            Ok(paging.page(found.rows, |m| m.id.to_string(), MessageView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// Sends a message again.
#[utoipa::path(
    operation_id = "resend_message", tag = "messages", summary = "Send a message again",
    description = "Has a message sent again that did not arrive, was given up, or may or may not have arrived: to the address as it now stands in the dossier. `If-Match` names the message's version.",
    params(
        ("id" = String, Path, description = "Id of the dossier.", format = Uuid),
        ("mid" = String, Path, description = "Id of the message.", format = Uuid),
        IfMatch, IdempotencyKey
    ),
    responses((status = 201, description = "It is queued.", body = MessageView)),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/messages/{mid}/resends")]
pub async fn resend_message(
    writer: Writer<ResendMessages>,
    path: Path<(DossierId, MessageId)>,
    version: IfMatch,
) -> Result<HttpResponse, Problem> {
    let (id, message) = path.into_inner();
    let around = writer.state().around.clone();
    writer
        .once(&(), move |services, db, actor| {
            let which = (&id, &message);
            let row = service::resend(services, db, actor, &around, which, version.0)?;
            Reply::created(
                format!("/api/v1/dossiers/{id}/messages"),
                Some(row.version),
                &MessageView::from(row),
            )
        })
        .await
}

/// In which language the people of a dossier are told, and by what.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageReach {
    /// In which language.
    #[schema(value_type = words::MessageLanguage)]
    pub language: Language,
    /// By which channels they can be reached.
    #[schema(value_type = Vec<words::MessageChannel>, max_items = 2)]
    pub channels: Vec<Channel>,
}

/// In which language somebody is told.
#[utoipa::path(
    operation_id = "get_message_language", tag = "messages", summary = "How the people of a dossier are told",
    description = "In which language the people of a dossier are told what becomes of it, and by which channels they can be reached.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid)),
    responses((status = 200, description = "How.", body = MessageReach)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/message-language")]
pub async fn get_message_language(
    reader: Reader<ReadDossiers>,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let found = reader
        .read(move |_, db, actor| service::messages(db, actor, &id, None, 1))
        .await?;
    Ok(HttpResponse::Ok().json(MessageReach {
        language: found.language,
        channels: found.reachable,
    }))
}

/// A language.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageLanguageIn {
    /// From now on.
    #[schema(value_type = words::MessageLanguage)]
    pub language: Language,
}

/// Sets in which language somebody is told.
#[utoipa::path(
    operation_id = "set_message_language", tag = "messages", summary = "Set the language of a dossier's messages",
    description = "Says in which language the people of a dossier are told from now on. What was made before stays as it is.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid)),
    request_body = MessageLanguageIn,
    responses((status = 200, description = "How.", body = MessageReach)),
    security(("bearer" = []))
)]
#[put("/dossiers/{id}/message-language")]
pub async fn set_message_language(
    writer: Writer<ResendMessages>,
    id: Path<DossierId>,
    body: Json<MessageLanguageIn>,
) -> Result<HttpResponse, Problem> {
    let language = body.into_inner().language;
    let found = writer
        .write(move |services, db, actor| {
            service::set_language(services, db, actor, &id, language)?;
            service::messages(db, actor, &id, None, 1)
        })
        .await?;
    Ok(HttpResponse::Ok().json(MessageReach {
        language: found.language,
        channels: found.reachable,
    }))
}

/// Of which centre.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct CentreQuery {
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// How a channel is served.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChannelStatus {
    /// A gateway is configured.
    Configured,
    /// A gateway that only pretends stands in.
    Simulated,
    /// None is: messages are held until one is.
    NotConfigured,
}

/// Messages of one channel that stand in one state.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageStanding {
    /// Channel.
    #[schema(value_type = words::MessageChannel)]
    pub channel: String,
    /// State.
    #[schema(value_type = words::MessageState)]
    pub state: String,
    /// How many.
    pub count: i64,
    /// When the oldest was made.
    pub oldest: Option<DateTime<FixedOffset>>,
}

/// How a centre tells people.
#[derive(Debug, Serialize, ToSchema)]
pub struct MessageSettings {
    /// From then on nobody is told anything.
    #[schema(example = "21:00")]
    pub quiet_from: String,
    /// Until then; both alike: there are no quiet hours.
    #[schema(example = "07:00")]
    pub quiet_to: String,
    /// Short messages go without Vietnamese marks.
    pub plain_sms: bool,
    /// How mail is served.
    pub mail: ChannelStatus,
    /// How short messages are served.
    pub sms: ChannelStatus,
    /// Messages that have not gone out or did not arrive.
    #[schema(max_items = 20)]
    pub standing: Vec<MessageStanding>,
    /// Row version; 0 until something was set.
    pub version: i64,
}

fn status(state: &AppState, channel: Channel) -> ChannelStatus {
    match state.gateways.of(channel) {
        None => ChannelStatus::NotConfigured,
        Some(_) if state.gateways.is_simulated(channel) => ChannelStatus::Simulated,
        Some(_) => ChannelStatus::Configured,
    }
}

impl MessageSettings {
    fn new(found: Settings, state: &AppState) -> Self {
        Self {
            quiet_from: found.quiet.from.format("%H:%M").to_string(),
            quiet_to: found.quiet.to.format("%H:%M").to_string(),
            plain_sms: found.plain_sms,
            mail: status(state, Channel::Mail),
            sms: status(state, Channel::Sms),
            standing: found
                .waiting
                .into_iter()
                .map(|s| MessageStanding {
                    channel: s.channel,
                    state: s.state,
                    count: s.count,
                    oldest: s.oldest.map(vn),
                })
                .collect(),
            version: found.version,
        }
    }
}

/// How a centre tells people.
#[utoipa::path(
    operation_id = "get_message_settings", tag = "messages", summary = "How a centre tells people",
    description = "The quiet hours of a centre, whether its short messages go without marks, how each channel is served, and how many messages have not gone out or did not arrive.",
    params(CentreQuery),
    responses((status = 200, description = "The settings.", body = MessageSettings,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[get("/message-settings")]
pub async fn get_message_settings(
    reader: Reader<ManageMessages>,
    query: Query<CentreQuery>,
) -> Result<HttpResponse, Problem> {
    let state = reader.state().clone();
    let found = reader
        .read(move |_, db, actor| service::settings(db, actor, query.centre_id.as_ref()))
        .await?;
    let view = MessageSettings::new(found, &state);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// How a centre is to tell people.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageSettingsIn {
    /// Whose; the caller's first centre when absent.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// From then on nobody is told anything.
    #[schema(min_length = 5, max_length = 5, example = "21:00")]
    pub quiet_from: String,
    /// Until then; both alike: there are no quiet hours.
    #[schema(min_length = 5, max_length = 5, example = "07:00")]
    pub quiet_to: String,
    /// Short messages go without Vietnamese marks: cheaper, and every telephone shows them.
    pub plain_sms: bool,
}

/// Sets how a centre tells people.
#[utoipa::path(
    operation_id = "set_message_settings", tag = "messages", summary = "Set how a centre tells people",
    description = "Sets the quiet hours of a centre and whether its short messages go without marks. It holds for what is sent from now on, also for what waits already.",
    params(IfMatch), request_body = MessageSettingsIn,
    responses((status = 200, description = "The settings as they now stand.", body = MessageSettings,
        headers(("ETag" = String, description = "Row version.")))),
    security(("bearer" = []))
)]
#[put("/message-settings")]
pub async fn set_message_settings(
    writer: Writer<ManageMessages>,
    version: IfMatch,
    body: Json<MessageSettingsIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let new = NewSettings {
        quiet_from: time("/quiet_from", &body.quiet_from)?,
        quiet_to: time("/quiet_to", &body.quiet_to)?,
        plain_sms: body.plain_sms,
    };
    let state = writer.state().clone();
    let found = writer
        .write(move |services, db, actor| {
            let centre = body.centre_id.as_ref();
            service::set_settings(services, db, actor, centre, version.0, new)
        })
        .await?;
    let view = MessageSettings::new(found, &state);
    Ok(versioned(StatusCode::OK, view.version, &view))
}

/// A message the simulated gateway was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedMessage {
    /// By what.
    #[schema(value_type = words::MessageChannel)]
    pub channel: Channel,
    /// The key under which the gateway would know it again.
    pub key: String,
    /// Address or number: invented people only.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
}

/// What the simulated gateway was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedMessages {
    /// Newest first; at most the last hundred.
    #[schema(max_items = 100)]
    pub items: Vec<SimulatedMessage>,
}

/// What the simulated gateway of a demo server was given.
#[utoipa::path(
    operation_id = "list_simulated_messages", tag = "demo", summary = "What the simulated gateway was given",
    description = "The last messages that a demo server's simulated gateway was given by this server. 404 in production, and where real gateways are configured.",
    responses(
        (status = 200, description = "The messages.", body = SimulatedMessages),
        (status = 404, description = "`demo_only`.", body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[get("/test/sent-messages")]
pub async fn list_simulated_messages(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let simulated = state.gateways.simulated.as_ref().filter(|_| state.demo);
    let simulated = simulated.ok_or_else(demo_only)?;
    Ok(HttpResponse::Ok().json(SimulatedMessages {
        items: simulated
            .sent(100)
            .into_iter()
            .map(|s| SimulatedMessage {
                channel: s.channel,
                key: s.message.key,
                to: s.message.to,
                subject: s.message.subject,
                body: s.message.body,
            })
            .collect(),
    }))
}

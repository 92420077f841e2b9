//! What the people of a dossier were told, and having it sent again.

use motcua_domain::message::{Channel, Language, MessageState};
use motcua_domain::refusal::Refusal;
use motcua_store::dossier as dossiers;
use motcua_store::message::{self as rows, MessageRow};
use motcua_store::{Db, DossierId, MessageId, Ts};
use serde_json::json;

use super::plan::recipient;
use super::settings::wishes;
use super::{NOT_CONFIGURED, Surroundings};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::error::{Result, stale};
use crate::record;

/// Messages of a dossier.
#[derive(Debug)]
pub struct Messages {
    /// A page of them, newest first.
    pub rows: Vec<MessageRow>,
    /// In which language its people are told.
    pub language: Language,
    /// By which channels they can be reached.
    pub reachable: Vec<Channel>,
}

/// What the people of a dossier were told, newest first, next to an edge.
///
/// # Errors
/// `not_found`.
pub fn messages(
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Messages> {
    let scope = actor.scope(Permission::ReadDossiers);
    let dossier = dossiers::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let filer = dossiers::filer(db, id)?;
    let set = rows::languages(db, std::slice::from_ref(id))?.pop();
    Ok(Messages {
        rows: rows::page(db, id, edge, limit)?,
        language: set
            .and_then(|(_, word)| Language::parse(&word))
            .unwrap_or(Language::Vi),
        reachable: Channel::ALL
            .iter()
            .copied()
            .filter(|c| recipient(&dossier, filer.as_ref(), *c).is_some())
            .collect(),
    })
}

/// Has a message sent again that did not arrive, or of which nobody can say whether it did: to the address
/// as it now stands in the dossier.
///
/// # Errors
/// `not_found`, `version_stale`, `message_not_resendable`, `message_no_address`.
pub fn resend(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    around: &Surroundings,
    (id, message): (&DossierId, &MessageId),
    version: i64,
) -> Result<MessageRow> {
    let scope = actor.scope(Permission::ResendMessages);
    let dossier = dossiers::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let row = rows::find(db, id, message)?.ok_or_else(Refusal::not_found)?;
    if row.version != version {
        return Err(stale(row.version));
    }
    let state = MessageState::parse(&row.state);
    let channel = Channel::parse(&row.channel);
    let (Some(_), Some(channel), false) = (
        state.filter(|s| s.may_be_resent()),
        channel,
        row.body.is_empty(),
    ) else {
        return Err(Refusal::new(
            "message_not_resendable",
            "Chỉ gửi lại được tin nhắn không đến nơi hoặc không rõ đã đến hay chưa.",
            "Only a message that did not arrive, or may not have, is sent again.",
        )
        .into());
    };
    let filer = dossiers::filer(db, id)?;
    let Some((to, _)) = recipient(&dossier, filer.as_ref(), channel) else {
        return Err(Refusal::new(
            "message_no_address",
            "Hồ sơ không còn số điện thoại hoặc địa chỉ thư điện tử để gửi.",
            "The dossier has no number or address for it any more.",
        )
        .into());
    };
    let now = services.now();
    let (state, why, next) = if around.has(channel) {
        let quiet = wishes(db, &dossier.centre_id)?.quiet;
        let next = Ts::new(quiet.next_allowed(now));
        (MessageState::Queued, None, Some(next))
    } else {
        (MessageState::Held, Some(NOT_CONFIGURED), None)
    };
    if !rows::queue_again(db, message, version, &to, state.as_str(), why, next)? {
        return Err(stale(version + 1));
    }
    record::audit(
        db,
        &dossier.centre_id,
        now,
        Some(actor),
        "message.resent",
        ("dossier", id.as_str()),
        json!({ "message": message, "told": row.told, "channel": row.channel, "was": row.state }),
    )?;
    Ok(rows::find(db, id, message)?.ok_or_else(Refusal::not_found)?)
}

/// Says in which language the people of a dossier are told from now on.
///
/// # Errors
/// `not_found`.
pub fn set_language(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &DossierId,
    language: Language,
) -> Result<()> {
    let scope = actor.scope(Permission::ResendMessages);
    let dossier = dossiers::find(db, &scope, id)?.ok_or_else(Refusal::not_found)?;
    let now = services.now();
    rows::set_language(db, id, language.as_str(), &actor.user_id, Ts::new(now))?;
    record::audit(
        db,
        &dossier.centre_id,
        now,
        Some(actor),
        "message.language",
        ("dossier", id.as_str()),
        json!({ "language": language }),
    )
}

//! How something comes in: at the counter, by telephone, by post, or on the public page.

use chrono::Datelike;
use motcua_domain::feedback::{
    FeedbackChannel, FeedbackKind, FeedbackState, FeedbackSubject, LONGEST_TEXT, Limits,
    feedback_code, forward_due_on,
};
use motcua_domain::person::{OwnerKind, check_name, normalise_phone};
use motcua_domain::refusal::{FieldError, Text};
use motcua_domain::text::{TextFault, clean_text};
use motcua_domain::vn_time::local_date;
use motcua_store::centre::{self, CentreRow};
use motcua_store::feedback::{self as rows, FeedbackRow, StepRow};
use motcua_store::{
    AuthorityId, CentreId, Db, DossierId, RecordId, Ts, UserId, account, counter, dossier,
};
use serde_json::json;

use super::{named_in, new_secret};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts, bad_field};
use crate::deadline::centre_unknown;
use crate::error::Result;
use crate::record;

/// Who files.
#[derive(Debug, Clone)]
pub struct Filer {
    /// Full name, or what an organisation is called.
    pub full_name: String,
    /// Address.
    pub address: String,
    /// Telephone.
    pub phone: String,
}

/// What is filed.
#[derive(Debug, Clone)]
pub struct Filing {
    /// Suggestion or complaint.
    pub kind: FeedbackKind,
    /// At which centre; the caller's first when absent.
    pub centre: Option<CentreId>,
    /// How it came.
    pub channel: FeedbackChannel,
    /// What it is about.
    pub subject: FeedbackSubject,
    /// In the filer's words.
    pub text: String,
    /// Who files.
    pub filer: Filer,
    /// The dossier it is about.
    pub dossier_code: Option<String>,
    /// The officer it is about.
    pub about: Option<UserId>,
    /// The competent authority.
    pub authority: Option<AuthorityId>,
}

/// What was filed, with the secret that opens its answer: it is told once, and kept nowhere.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The row.
    pub row: FeedbackRow,
    /// The secret.
    pub secret: String,
}

fn required() -> TextFault {
    TextFault {
        code: "required",
        detail: Text::new("Không được để trống.", "Must not be empty."),
    }
}

/// What the law asks of whoever files: name, address, telephone (Decrees 20/2008, 63/2010); and a text.
pub(super) fn checked(filer: &Filer, text: &str, texts: &mut Texts) -> (Filer, String) {
    let name = check_name(OwnerKind::Organisation, &filer.full_name);
    let full_name = texts
        .kept(name.map_err(|f| f.at("/filer/full_name")))
        .unwrap_or_default();
    let address = texts.line(&filer.address, "/filer/address", 300);
    let phone = if filer.phone.trim().is_empty() {
        Err(required())
    } else {
        normalise_phone(&filer.phone)
    };
    let phone = texts
        .kept(phone.map_err(|f| f.at("/filer/phone")))
        .unwrap_or_default();
    let text = prose(text, "/text", texts);
    let filer = Filer {
        full_name,
        address,
        phone,
    };
    (filer, text)
}

/// Several lines that must be there.
pub(crate) fn prose(text: &str, pointer: &str, texts: &mut Texts) -> String {
    let cleaned = clean_text(text, LONGEST_TEXT)
        .and_then(|t| if t.is_empty() { Err(required()) } else { Ok(t) });
    texts
        .kept(cleaned.map_err(|f| f.at(pointer)))
        .unwrap_or_default()
}

/// Keeps what was filed at a centre.
///
/// # Errors
/// `validation_failed` naming the fields, `date_outside_calendar`.
pub(super) fn keep(
    services: &Services,
    db: &mut Db,
    actor: Option<&Actor>,
    centre: &CentreRow,
    filing: &Filing,
    dossier: Option<DossierId>,
) -> Result<Filed> {
    let mut texts = Texts::default();
    let (filer, text) = checked(&filing.filer, &filing.text, &mut texts);
    texts.sound()?;
    let now = services.now();
    let today = local_date(now);
    let calendar = services.calendar(db, &centre.id)?;
    let limits = Limits::shipped()?;
    let first_due_on = forward_due_on(filing.kind, &calendar, &limits, today)?;
    // Whoever is named in the text does not read it, also where nobody was pointed at.
    let about = match &filing.about {
        Some(user) => Some(user.clone()),
        None => named_in(db, &centre.id, &[&text])?.into_iter().next(),
    };
    let series = format!("feedback:{}:{}:{}", centre.id, filing.kind, today.year());
    let number = counter::next(db, &series)?;
    let (secret, secret_hash) = new_secret();
    let row = FeedbackRow {
        id: RecordId::new(),
        centre_id: centre.id.clone(),
        authority_id: filing.authority.clone(),
        code: feedback_code(&centre.e_code, filing.kind, today.year(), number),
        kind: filing.kind.as_str().to_owned(),
        channel: filing.channel.as_str().to_owned(),
        subject: filing.subject.as_str().to_owned(),
        text,
        filer_name: filer.full_name,
        filer_address: filer.address,
        filer_phone: filer.phone,
        dossier_id: dossier,
        about_user_id: about,
        state: FeedbackState::Received.as_str().to_owned(),
        received_at: Ts::new(now),
        received_by: actor.map(|a| a.user_id.clone()),
        received_on: today,
        first_due_on,
        first_done_on: None,
        forwarded_to: None,
        accepted_on: None,
        remote: false,
        answer_due_on: None,
        due_on: Some(first_due_on),
        last_due_on: first_due_on,
        prolonged: false,
        answer: None,
        upheld: None,
        answered_on: None,
        answered_by: None,
        published_summary: None,
        published_answer: None,
        published_at: None,
        satisfaction: None,
        secret_hash,
        version: 1,
    };
    rows::insert(db, &row)?;
    rows::insert_step(
        db,
        &StepRow {
            item_id: row.id.clone(),
            seq: row.version,
            at: row.received_at,
            kind: "received".into(),
            actor_id: row.received_by.clone(),
            note: None,
        },
    )?;
    record::audit(
        db,
        &row.centre_id,
        now,
        actor,
        "feedback.received",
        ("feedback", row.id.as_str()),
        json!({ "code": row.code, "kind": row.kind, "channel": row.channel, "due_on": row.first_due_on }),
    )?;
    Ok(Filed { row, secret })
}

/// Receives something at the counter, by telephone or by post.
///
/// # Errors
/// `centre_unknown`, `validation_failed` naming the fields.
pub fn receive(services: &Services, db: &mut Db, actor: &Actor, filing: &Filing) -> Result<Filed> {
    let wanted = filing.centre.as_ref();
    let id = actor
        .centre_for(Permission::ReceiveFeedback, wanted)
        .ok_or_else(centre_unknown)?;
    let centre = services.centre(db, actor.stamp, &id)?;
    let mut faults: Vec<FieldError> = Vec::new();
    if let Some(user) = &filing.about {
        if user == &actor.user_id {
            faults.push(FieldError::new(
                "/about_user_id",
                "about_oneself",
                "Không tự nhận phản ánh, khiếu nại về chính mình: chuyển người khác tiếp nhận.",
                "Nobody receives what is said of themselves: let a colleague receive it.",
            ));
        } else if !works_at(db, user, &id, Ts::new(services.now()))? {
            faults.push(FieldError::new(
                "/about_user_id",
                "unknown_value",
                "Không có cán bộ này ở trung tâm.",
                "Nobody of this centre.",
            ));
        }
    }
    if let Some(authority) = &filing.authority
        && !serves(services, db, &id, authority)?
    {
        faults.push(authority_fault());
    }
    let scope = actor.scope(Permission::ReadDossiers);
    let mut about = None;
    if let Some(code) = filing
        .dossier_code
        .as_deref()
        .filter(|c| !c.trim().is_empty())
    {
        let found = dossier::by_code(db, &code.trim().to_uppercase())?
            .filter(|d| d.centre_id == id && scope.covers(&d.centre_id, &d.authority_id));
        match found {
            Some(d) => about = Some(d.id),
            None => faults.push(FieldError::new(
                "/dossier_code",
                "unknown_value",
                "Không có hồ sơ này ở trung tâm.",
                "The centre has no such dossier.",
            )),
        }
    }
    if !matches!(
        filing.channel,
        FeedbackChannel::Counter | FeedbackChannel::Phone | FeedbackChannel::Post
    ) {
        return Err(bad_field(
            "/channel",
            "invalid_value",
            "Cán bộ chỉ nhập phản ánh nhận tại quầy, qua điện thoại hoặc bưu chính.",
            "An officer enters what came at the counter, by telephone or by post.",
        )
        .into());
    }
    let mut texts = Texts::default();
    texts.also(faults);
    // All faults of the form at once, whichever of them is looked at first.
    checked(&filing.filer, &filing.text, &mut texts);
    texts.sound()?;
    keep(services, db, Some(actor), &centre, filing, about)
}

pub(super) fn authority_fault() -> FieldError {
    FieldError::new(
        "/authority_id",
        "unknown_value",
        "Trung tâm không tiếp nhận cho cơ quan này.",
        "The centre does not receive for this authority.",
    )
}

/// Whether a centre receives for an authority today.
pub(super) fn serves(
    services: &Services,
    db: &mut Db,
    centre: &CentreId,
    authority: &AuthorityId,
) -> Result<bool> {
    Ok(centre::serves(
        db,
        centre,
        authority,
        local_date(services.now()),
    )?)
}

/// Whether somebody holds a role at a centre.
pub(super) fn works_at(db: &mut Db, user: &UserId, centre: &CentreId, at: Ts) -> Result<bool> {
    let roles = account::roles(db, std::slice::from_ref(user), at)?;
    Ok(roles.iter().any(|r| &r.centre_id == centre))
}

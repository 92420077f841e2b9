//! The numbered papers of a dossier, forms 01–05: what they say, and as documents. Each look is recorded.

use actix_web::{HttpRequest, HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use motcua_documents::words::form_of;
use motcua_services::Error;
use motcua_services::dossier::{self as service, INSTRUMENT, Letter, Paper};
use motcua_store::{DossierId, RecordId};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::paper::{base, day, head, joined, place_date, promised, survey_address, survey_mark};
use super::slip;
use super::view::{vn, vn_opt};
use crate::auth::{ReadPersonalData, Reader};
use crate::fee::paper::{file, set};
use crate::manners::{Path, Problem};

/// What a numbered paper says, as it was issued (forms 02–05).
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterContent {
    /// Id.
    pub id: String,
    /// `02` … `05`.
    #[schema(example = "02")]
    pub form: String,
    /// The instrument that prescribes it.
    pub instrument: String,
    /// As it stands on the paper.
    #[schema(example = "05/HDHS")]
    pub number: String,
    /// The year of its series.
    pub year: i32,
    /// When it was issued.
    pub issued_at: DateTime<FixedOffset>,
    /// The centre.
    pub centre: String,
    /// The competent authority.
    pub authority: String,
    /// Dossier code; none before acceptance.
    pub code: Option<String>,
    /// What is asked for.
    pub procedure_name: String,
    /// Whose it is.
    pub owner_name: String,
    /// Who brought it, when another.
    pub filer_name: Option<String>,
    /// Address of whom it goes to.
    pub address: Option<String>,
    /// Telephone of whom it goes to.
    pub phone: Option<String>,
    /// E-mail of whom it goes to.
    pub email: Option<String>,
    /// What is to be added or put right (form 02).
    #[schema(max_items = 50)]
    pub items: Vec<String>,
    /// Why.
    pub reason: Option<String>,
    /// The legal ground.
    pub legal_ground: Option<String>,
    /// What was promised before it.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// What is promised by it (form 04).
    pub new_due_at: Option<DateTime<FixedOffset>>,
    /// Who issued it; none: the program did, as the centre lets it.
    pub signer_name: Option<String>,
}

/// The number of a form as it stands on the paper. What a centre writes behind the number of others than 01 and
/// 02 no instrument at hand says.
pub(super) fn written(form: &str, number: i64) -> String {
    match form {
        "01" => format!("{number:02}/TNHS"),
        "02" => format!("{number:02}/HDHS"),
        _ => format!("{number:02}"),
    }
}

impl From<Letter> for LetterContent {
    fn from(letter: Letter) -> Self {
        let Letter { row, said, .. } = letter;
        Self {
            id: row.id.to_string(),
            instrument: INSTRUMENT.to_owned(),
            number: written(&row.form, row.number),
            form: row.form,
            year: row.year,
            issued_at: vn(row.issued_at),
            centre: said.centre,
            authority: said.authority,
            code: said.code,
            procedure_name: said.procedure_name,
            owner_name: said.owner_name,
            filer_name: said.filer_name,
            address: said.address,
            phone: said.phone,
            email: said.email,
            items: said.items,
            reason: said.reason,
            legal_ground: said.legal_ground,
            due_at: vn_opt(said.due_at.map(Into::into)),
            new_due_at: vn_opt(said.new_due_at.map(Into::into)),
            signer_name: said.signer_name,
        }
    }
}

/// A numbered paper of a dossier (forms 02–05), as it was issued.
#[utoipa::path(
    operation_id = "get_letter", tag = "dossiers", summary = "What a numbered paper says",
    description = "A numbered paper of a dossier (forms 02–05), as it was issued: what is put right in the dossier later does not change it. Form 01 is read by `get_reception_slip`. It shows personal data, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid), ("letter_id" = String, Path, description = "Id of the paper.", format = Uuid)),
    responses((status = 200, description = "The paper.", body = LetterContent)),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/letters/{letter_id}")]
pub async fn get_letter(
    reader: Reader<ReadPersonalData>,
    ids: Path<(DossierId, RecordId)>,
) -> Result<HttpResponse, Problem> {
    let (id, letter) = ids.into_inner();
    let letter = reader
        .read_recorded(move |services, db, actor| {
            service::letter(services, db, actor, &id, &letter)
        })
        .await?;
    Ok(HttpResponse::Ok().json(LetterContent::from(letter)))
}

/// A numbered paper of a dossier (forms 01–05) as a document.
#[utoipa::path(
    operation_id = "get_letter_document", tag = "dossiers", summary = "A numbered paper as PDF",
    description = "A numbered paper of a dossier (forms 01–05) as PDF/A-2b on A5, as it was issued, to be printed, sent and kept. Forms 02–05 are set once: whoever asks later gets the same bytes. It shows personal data, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid), ("letter_id" = String, Path, description = "Id of the paper.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/letters/{letter_id}/document.pdf")]
pub async fn get_letter_document(
    reader: Reader<ReadPersonalData>,
    req: HttpRequest,
    ids: Path<(DossierId, RecordId)>,
) -> Result<HttpResponse, Problem> {
    let base = base(reader.state(), &req);
    let services = reader.state().services.clone();
    let (id, letter) = ids.into_inner();
    let (name, bytes) = reader
        .read_recorded_then(
            move |services, db, actor| {
                let paper = service::paper(services, db, actor, &id, &letter)?;
                Ok((paper, actor.clone()))
            },
            move |(paper, actor)| match paper {
                Paper::Slip(slip) => slip::document(&slip, false, &base),
                Paper::Letter(letter, kept) => {
                    let name = file_name(&letter)?;
                    let bytes = match kept {
                        Some(bytes) => bytes,
                        None => {
                            let set = document(&letter, &name, &base)?;
                            services.write(|db| {
                                service::keep_paper(&services, db, &actor, &letter, &set)
                            })?
                        }
                    };
                    Ok((format!("{name}.pdf"), bytes))
                }
            },
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

/// What a paper's file is called, without its ending.
fn file_name(letter: &Letter) -> motcua_services::Result<String> {
    let (_, name) = form_of(&letter.template).ok_or_else(gone)?;
    let said = &letter.said;
    let mark = said.code.as_deref().or(said.submission_number.as_deref());
    let mark = mark.unwrap_or_default();
    Ok(format!("{name}-{mark}-{}", letter.row.number))
}

fn gone() -> Error {
    Error::Internal("a letter's template is gone".into())
}

fn document(letter: &Letter, name: &str, base: &str) -> motcua_services::Result<Vec<u8>> {
    let (form, _) = form_of(&letter.template).ok_or_else(gone)?;
    let address = survey_address(base, letter.survey.as_deref());
    let filled = joined(filled(letter)?, survey_mark(address.as_deref())?);
    set(form, name, &filled, vn(letter.row.issued_at))
}

/// How whom a letter goes to is addressed.
fn you(letter: &Letter) -> &'static str {
    match letter.said.owner_kind.as_str() {
        "citizen" => "Ông/Bà",
        _ => "Quý cơ quan, tổ chức",
    }
}

/// Whom one turns to.
fn contact(letter: &Letter) -> String {
    let said = &letter.said;
    let you = you(letter);
    let mut way = said.centre.clone();
    if let Some(address) = said.centre_address.as_deref().filter(|a| !a.is_empty()) {
        way = format!("{way}, {address}");
    }
    if let Some(phone) = said.centre_phone.as_deref().filter(|p| !p.is_empty()) {
        way = format!("{way}, số điện thoại {phone}");
    }
    match (letter.row.form.as_str(), said.originals.is_empty()) {
        ("02", _) => {
            let who = said.signer_name.as_deref().unwrap_or("người tiếp nhận");
            format!(
                "Trong quá trình hoàn thiện hồ sơ, nếu có vướng mắc, {you} liên hệ với {who}, {way} để được hướng dẫn."
            )
        }
        (_, false) => format!("{you} nhận lại giấy tờ tại {way}."),
        (_, true) => format!("Nếu cần giải thích, {you} liên hệ {way}."),
    }
}

/// What the form of a letter is filled in with.
fn filled(letter: &Letter) -> motcua_services::Result<Value> {
    let said = &letter.said;
    let issued = vn(letter.row.issued_at);
    // Forms 02 and 03 are the one-stop's, 04 and 05 the handling body's.
    let of_the_centre = matches!(letter.row.form.as_str(), "02" | "03");
    let (above, body) = if of_the_centre {
        (Some(said.province.as_str()), said.centre.as_str())
    } else {
        (None, said.authority.as_str())
    };
    let mark = match (&said.code, &said.submission_number) {
        (Some(code), _) => ("Mã hồ sơ:", code.as_str()),
        (None, Some(number)) => ("Số đăng ký hồ sơ:", number.as_str()),
        (None, None) => return Err(Error::Internal("a letter without a dossier's code".into())),
    };
    let head = head(
        (above, body),
        Some(&written(&letter.row.form, letter.row.number)),
        &place_date(&said.commune, issued),
        mark,
    )?;
    let bearer = said.filer_name.as_ref().unwrap_or(&said.owner_name);
    let role = said
        .signer_title
        .as_deref()
        .filter(|t| !t.is_empty())
        .map_or_else(|| "THỦ TRƯỞNG CƠ QUAN".to_owned(), str::to_uppercase);
    let (about, what) = if said.held {
        ("Về việc tạm dừng giải quyết hồ sơ", "tạm dừng giải quyết")
    } else {
        ("Về việc dừng giải quyết hồ sơ", "dừng giải quyết")
    };
    Ok(joined(
        head,
        json!({
            "centre_name": said.centre,
            "authority_name": said.authority,
            "procedure_name": said.procedure_name,
            "owner_name": said.owner_name,
            "filer_name": said.filer_name,
            "bearer_name": bearer,
            "other_owner": (bearer != &said.owner_name).then_some(&said.owner_name),
            "to": said.owner_name,
            "you": you(letter),
            "address": said.address,
            "phone": said.phone,
            "email": said.email,
            "items": said.items,
            "reason": said.reason,
            "legal_ground": said.legal_ground,
            "originals": said.originals,
            "received_on": said.received_at.map(|t| day(vn(t.into()))),
            "due": promised(vn_opt(said.due_at.map(Into::into))),
            "new_due": promised(vn_opt(said.new_due_at.map(Into::into))),
            "about": about,
            "what": what,
            "contact": contact(letter),
            "signer_role": role,
            "signer_name": said.signer_name,
        }),
    ))
}

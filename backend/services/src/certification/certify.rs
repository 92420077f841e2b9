//! Certifying on the spot: the dossier, its numbers and its lines in the book, in one transaction.

use chrono::Datelike as _;
use motcua_domain::catalogue::Size;
use motcua_domain::certification::{CertificationKind as Kind, numbers_in_words};
use motcua_domain::dossier::{Channel, DeliveryMethod};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::{clean_text, required_line};
use motcua_domain::vn_time::local_date;
use motcua_store::audit::Parts;
use motcua_store::certification::{self as rows, EntryRow};
use motcua_store::dossier::DossierRow;
use motcua_store::{AuthorityId, Db, RecordId, Ts, UserId, account, counter};
use serde_json::json;

use super::{Cost, cost};
use crate::actor::Actor;
use crate::context::Services;
use crate::dossier::{
    ComponentInput, FilerInput, IntakeMode, NewDossier, OwnerInput, SpotInput, admit,
};
use crate::error::{Error, Result};
use crate::record;

/// The audit's word for lines entered in a book.
pub const ENTERED: &str = "certification.entered";

/// A paper to be certified.
#[derive(Debug, Clone)]
pub struct Paper {
    /// What it is.
    pub document_name: String,
    /// Pages of the original and copies.
    pub size: Size,
}

/// What one person has certified in one go.
#[derive(Debug, Clone)]
pub struct NewCertification {
    /// Copies or signatures.
    pub kind: Kind,
    /// Whose book.
    pub authority_id: AuthorityId,
    /// The leader who signs.
    pub signer: UserId,
    /// Who asks; the owner of the dossier.
    pub requester: OwnerInput,
    /// Who came, when another.
    pub filer: Option<FilerInput>,
    /// The papers, each a line of the book.
    pub papers: Vec<Paper>,
    /// The visit it belongs to.
    pub visit_id: Option<String>,
    /// Remark.
    pub note: Option<String>,
}

impl NewCertification {
    /// Cleans the papers' names and the remark.
    ///
    /// # Errors
    /// `validation_failed` with every field at fault.
    pub fn checked(mut self) -> Result<Self> {
        let mut errors = Vec::new();
        for (i, paper) in self.papers.iter_mut().take(super::MOST_ITEMS).enumerate() {
            let name = required_line(&paper.document_name, 300);
            let pointer = format!("/items/{i}/document_name");
            if let Some(name) = motcua_domain::person::collect(name, &pointer, &mut errors) {
                paper.document_name = name;
            }
        }
        if let Some(note) = self.note.take() {
            let note = clean_text(&note, 2000);
            self.note = motcua_domain::person::collect(note, "/note", &mut errors);
        }
        if errors.is_empty() {
            Ok(self)
        } else {
            Err(Refusal::invalid(errors).into())
        }
    }
}

/// What was certified.
pub struct Certified {
    /// Its dossier, handed back.
    pub dossier: DossierRow,
    /// Its lines in the book.
    pub entries: Vec<EntryRow>,
}

/// Certifies papers at the counter: takes the dossier in, gives each paper its number in the book of
/// the authority's year, and hands the result back, all or nothing.
///
/// # Errors
/// As [`cost`] and as taking a dossier in; `signer_not_leader`.
pub fn certify(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    new: &NewCertification,
) -> Result<Certified> {
    let now = services.now();
    let year = local_date(now).year();
    let sizes: Vec<Size> = new.papers.iter().map(|p| p.size).collect();
    let cost = cost(services, db, new.kind, &sizes)?;
    let series = format!(
        "certification:{}:{}:{year}",
        new.authority_id,
        new.kind.as_str()
    );
    let count = i64::try_from(new.papers.len()).unwrap_or(i64::MAX);
    let first = counter::take(db, &series, count)? - count + 1;
    let numbers = numbers_in_words(new.kind, year, first, new.papers.len());
    let dossier = intake(new, &cost, numbers).checked(now).map_err(moved)?;
    let row = admit(services, db, actor, &dossier).map_err(moved)?.row;
    let (name, title) = match account::user(db, &new.signer)? {
        Some(signer) => (signer.full_name, signer.title),
        None => return Err(Error::Internal("the signer has no account".into())),
    };
    let entries: Vec<EntryRow> = new
        .papers
        .iter()
        .zip(0_i32..)
        .map(|(paper, i)| EntryRow {
            id: RecordId::new(),
            centre_id: row.centre_id.clone(),
            authority_id: new.authority_id.clone(),
            kind: new.kind.as_str().to_owned(),
            year,
            number: first + i64::from(i),
            dossier_id: row.id.clone(),
            ord: i + 1,
            certified_at: Ts::new(now),
            requester_name: row.owner_name.clone(),
            requester_identity: row.owner_identity.clone(),
            document_name: paper.document_name.clone(),
            original_pages: i32::try_from(paper.size.pages).unwrap_or(i32::MAX),
            copies: i32::try_from(paper.size.copies).unwrap_or(i32::MAX),
            fee_vnd: cost
                .lines
                .iter()
                .filter_map(|(_, amounts)| amounts.get(usize::try_from(i).unwrap_or(usize::MAX)))
                .sum(),
            signer_id: new.signer.clone(),
            signer_name: name.clone(),
            signer_title: title.clone(),
            certified_by: actor.user_id.clone(),
        })
        .collect();
    rows::insert(db, &entries)?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        ENTERED,
        ("dossier", row.id.as_str()),
        json!({
            "series": series,
            "first": first,
            "count": count,
            "lines": entries_digest(&entries),
        }),
    )?;
    Ok(Certified {
        dossier: row,
        entries,
    })
}

/// The dossier that a certification is.
fn intake(new: &NewCertification, cost: &Cost, numbers: String) -> NewDossier {
    let papers = i32::try_from(new.papers.len()).unwrap_or(i32::MAX);
    NewDossier {
        procedure_code: new.kind.procedure_code().into(),
        authority_id: new.authority_id.clone(),
        channel: Channel::Counter,
        mode: IntakeMode::Accept,
        owner: new.requester.clone(),
        filer: new.filer.clone(),
        components: cost
            .procedure
            .data
            .components
            .iter()
            .filter(|c| c.required)
            .map(|c| ComponentInput {
                component_id: c.id.clone(),
                originals: papers,
                certified_copies: 0,
                photocopies: 0,
            })
            .collect(),
        copies_count: 1,
        delivery_method: DeliveryMethod::Counter,
        delivery_address: None,
        visit_id: new.visit_id.clone(),
        note: new.note.clone(),
        on_the_spot: Some(SpotInput {
            signer: new.signer.clone(),
            result_number: Some(numbers),
            summary: None,
        }),
        draft_id: None,
        draft_version: None,
        charged: cost
            .lines
            .iter()
            .filter_map(|(at, amounts)| {
                let fee = cost.procedure.data.fees.get(*at)?;
                Some((fee.id.clone(), amounts.iter().sum()))
            })
            .collect(),
    }
}

/// What is wrong with the dossier stands elsewhere in a certification.
fn moved(error: Error) -> Error {
    let Error::Refused(mut refusal) = error else {
        return error;
    };
    for fault in &mut refusal.errors {
        if let Some(rest) = fault.pointer.strip_prefix("/owner") {
            fault.pointer = format!("/requester{rest}");
        } else if let Some(rest) = fault.pointer.strip_prefix("/on_the_spot") {
            fault.pointer = rest.to_owned();
        }
    }
    Error::Refused(refusal)
}

/// The digest of a dossier's lines that the audit keeps: it proves them without repeating whom they
/// name.
#[must_use]
pub fn entries_digest(entries: &[EntryRow]) -> String {
    let mut parts = Parts::default();
    for e in entries {
        let number = e.number.to_string();
        let (ord, pages) = (e.ord.to_string(), e.original_pages.to_string());
        let (copies, fee) = (e.copies.to_string(), e.fee_vnd.to_string());
        let (year, at) = (
            e.year.to_string(),
            e.certified_at.0.timestamp_micros().to_string(),
        );
        for part in [
            e.id.as_str(),
            e.authority_id.as_str(),
            &e.kind,
            &year,
            &number,
            e.dossier_id.as_str(),
            &ord,
            &at,
            &e.requester_name,
            e.requester_identity.as_deref().unwrap_or(""),
            &e.document_name,
            &pages,
            &copies,
            &fee,
            e.signer_id.as_str(),
            &e.signer_name,
            e.signer_title.as_deref().unwrap_or(""),
            e.certified_by.as_str(),
        ] {
            parts.part(part);
        }
    }
    parts.hex()
}

//! Commendation (khen thưởng) and discipline (kỷ luật): by decision, tied to what they rest on, never changed.

use std::collections::HashMap;

use chrono::NaiveDate;
use motcua_domain::inspection::{ConductKind, EvidenceKind, MOST_EVIDENCE};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{self as dossiers, Scope};
use motcua_store::inspection::conduct::{
    self as rows, ConductFilter, ConductRow, EvidenceRow, Of, RevocationRow,
};
use motcua_store::inspection::{self as inspections, finding};
use motcua_store::{
    AuthorityId, CentreId, Db, DossierId, RecordId, Ts, UserId, account, centre, feedback,
};
use serde_json::json;

use super::{prose, too_many};
use crate::actor::{Actor, Permission};
use crate::context::{Services, Texts};
use crate::deadline::centre_unknown;
use crate::error::{Error, Result};
use crate::record;
use crate::reference::Names;

/// A record to be kept.
#[derive(Debug, Clone)]
pub struct NewConduct {
    /// At which centre; the caller's first when absent.
    pub centre: Option<CentreId>,
    /// Commendation or discipline.
    pub kind: ConductKind,
    /// About whom.
    pub officer: Option<UserId>,
    /// About which authority.
    pub authority: Option<AuthorityId>,
    /// Giấy khen, khiển trách …
    pub form: String,
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Who decided.
    pub decided_by: String,
    /// Why.
    pub reason: String,
    /// The decision makes it public.
    pub public: bool,
    /// What it rests on.
    pub evidence: Vec<(EvidenceKind, String)>,
}

/// A record with what it rests on.
pub struct Conduct {
    /// The row.
    pub row: ConductRow,
    /// What it rests on.
    pub evidence: Vec<EvidenceRow>,
    /// That it was revoked.
    pub revocation: Option<RevocationRow>,
    /// The authority's name.
    pub authority: Option<String>,
    /// Names.
    pub names: Names,
    /// The reader may revoke it.
    pub keeps: bool,
}

fn covers(scope: &Scope, row: &ConductRow) -> bool {
    scope.centres.contains(&row.centre_id)
        || row
            .authority_id
            .as_ref()
            .is_some_and(|a| scope.authorities.contains(a))
}

fn with_all(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    found: Vec<ConductRow>,
) -> Result<Vec<Conduct>> {
    let ids: Vec<RecordId> = found.iter().map(|r| r.id.clone()).collect();
    let mut evidence: HashMap<RecordId, Vec<EvidenceRow>> = HashMap::new();
    for e in rows::evidence(db, &ids)? {
        evidence.entry(e.record_id.clone()).or_default().push(e);
    }
    let mut revoked: HashMap<RecordId, RevocationRow> = rows::revocations(db, &ids)?
        .into_iter()
        .map(|r| (r.record_id.clone(), r))
        .collect();
    let people = found
        .iter()
        .flat_map(|r| {
            [Some(&r.kept_by), r.officer_id.as_ref()]
                .into_iter()
                .flatten()
        })
        .chain(revoked.values().map(|r| &r.revoked_by));
    let names = services.names(db, actor.stamp, people)?;
    let kept = actor.centres(Permission::KeepConductRecords);
    let reads = actor.scope(Permission::ReadConductRecords);
    let mut all = Vec::with_capacity(found.len());
    for row in found {
        let authority = match &row.authority_id {
            Some(id) => services
                .authority(db, actor.stamp, id)?
                .map(|a| a.name.clone()),
            None => None,
        };
        // What made it so is for whom it concerns; the public is told the decision.
        let whole = covers(&reads, &row) || row.officer_id.as_ref() == Some(&actor.user_id);
        let rests_on = evidence.remove(&row.id).unwrap_or_default();
        all.push(Conduct {
            revocation: revoked.remove(&row.id),
            evidence: if whole { rests_on } else { Vec::new() },
            keeps: kept.contains(&row.centre_id),
            names: names.clone(),
            authority,
            row,
        });
    }
    Ok(all)
}

fn shown(services: &Services, db: &mut Db, actor: &Actor, row: ConductRow) -> Result<Conduct> {
    with_all(services, db, actor, vec![row])?
        .pop()
        .ok_or_else(|| Error::Internal("a record went missing".into()))
}

/// The centres at which somebody works.
fn own_centres(actor: &Actor) -> Vec<CentreId> {
    actor.centres(Permission::ReadDossiers)
}

/// Records in sight of the actor, newest first, next to an edge: those of the actor's scope, and those that
/// a decision made public; without others, one's own.
///
/// # Errors
/// Storage failures only.
pub fn records(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    filter: &ConductFilter,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<Conduct>> {
    let scope = actor.scope(Permission::ReadConductRecords);
    let public_at = own_centres(actor);
    let found = rows::page(db, &Of::Scope(&scope, &public_at), filter, edge, limit)?;
    with_all(services, db, actor, found)
}

/// The actor's own records, newest first, next to an edge.
///
/// # Errors
/// Storage failures only.
pub fn own(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    edge: Option<(&str, bool)>,
    limit: i64,
) -> Result<Vec<Conduct>> {
    let of = Of::Officer(&actor.user_id);
    let found = rows::page(db, &of, &ConductFilter::default(), edge, limit)?;
    with_all(services, db, actor, found)
}

/// One record: for whom it is about, for whom may read it, for everybody of the centre where a decision made
/// it public.
///
/// # Errors
/// `not_found`.
pub fn conduct(services: &Services, db: &mut Db, actor: &Actor, id: &RecordId) -> Result<Conduct> {
    let row = rows::by_id(db, id)?.ok_or_else(Refusal::not_found)?;
    let seen = covers(&actor.scope(Permission::ReadConductRecords), &row)
        || row.officer_id.as_ref() == Some(&actor.user_id)
        || (row.public && own_centres(actor).contains(&row.centre_id));
    if !seen {
        return Err(Refusal::not_found().into());
    }
    shown(services, db, actor, row)
}

/// What a piece of evidence is called, if it exists within reach.
fn label(
    db: &mut Db,
    centre: &CentreId,
    about: (Option<&UserId>, Option<&AuthorityId>),
    kind: EvidenceKind,
    id: &str,
) -> Result<Option<String>> {
    let Ok(record) = RecordId::try_from(id.to_owned()) else {
        return Ok(None);
    };
    Ok(match kind {
        EvidenceKind::IndexLine => rows::frozen_line(db, centre, &record)?
            // Somebody's indices prove nothing of somebody else.
            .filter(|l| match (&l.officer_id, &l.authority_id) {
                (Some(officer), _) => about.0 == Some(officer),
                (None, Some(authority)) => about.1 == Some(authority),
                (None, None) => true,
            })
            .map(|l| format!("{} · {} · {}", l.quarter, l.number, l.index_number)),
        EvidenceKind::Feedback => feedback::by_id(db, &record)?
            .filter(|f| &f.centre_id == centre && f.upheld == Some(true))
            .map(|f| f.code),
        EvidenceKind::Dossier => match DossierId::try_from(id.to_owned()) {
            Ok(id) => dossiers::by_id(db, &id)?
                .filter(|d| &d.centre_id == centre)
                .map(|d| d.code.or(d.submission_number).unwrap_or_default()),
            Err(_) => None,
        },
        EvidenceKind::Finding => match finding::by_id(db, &record)? {
            Some(f) if &f.centre_id == centre => {
                inspections::by_id(db, &f.inspection_id)?.map(|i| i.decision_number)
            }
            _ => None,
        },
        EvidenceKind::Inspection => inspections::by_id(db, &record)?
            .filter(|i| &i.centre_id == centre)
            .map(|i| i.decision_number),
    })
}

/// Keeps a record.
///
/// # Errors
/// `centre_unknown`; `validation_failed` naming every field at fault.
pub fn keep(services: &Services, db: &mut Db, actor: &Actor, new: &NewConduct) -> Result<Conduct> {
    let centre = actor
        .centre_for(Permission::KeepConductRecords, new.centre.as_ref())
        .ok_or_else(centre_unknown)?;
    let now = services.now();
    let mut texts = Texts::default();
    let form = texts.line(&new.form, "/form", 200);
    let decision_number = texts.line(&new.decision_number, "/decision_number", 100);
    let decided_by = texts.line(&new.decided_by, "/decided_by", 200);
    let reason = prose(&new.reason, "/reason", &mut texts);
    if new.decision_on > local_date(now) {
        texts.also(vec![FieldError::new(
            "/decision_on",
            "date_in_future",
            "Ngày quyết định không được ở tương lai.",
            "The decision is not dated in the future.",
        )]);
    }
    let mut authority = new.authority.clone();
    match (&new.officer, &new.authority) {
        (None, None) => texts.also(vec![FieldError::new(
            "/officer_id",
            "required",
            "Chọn cán bộ hoặc cơ quan.",
            "Name the officer or the authority.",
        )]),
        (Some(_), Some(_)) => texts.also(vec![FieldError::new(
            "/authority_id",
            "invalid_value",
            "Chỉ ghi cho một cán bộ hoặc một cơ quan.",
            "It is about one officer or about one authority.",
        )]),
        (Some(officer), None) => {
            let roles = account::roles(db, std::slice::from_ref(officer), Ts::new(now))?;
            let here: Vec<_> = roles.iter().filter(|r| r.centre_id == centre).collect();
            if here.is_empty() {
                texts.also(vec![FieldError::new(
                    "/officer_id",
                    "unknown_value",
                    "Không có cán bộ này ở trung tâm.",
                    "Nobody of this centre.",
                )]);
            } else if officer == &actor.user_id {
                texts.also(vec![FieldError::new(
                    "/officer_id",
                    "invalid_value",
                    "Không tự ghi khen thưởng, kỷ luật cho mình.",
                    "Nobody keeps records about themselves.",
                )]);
            }
            authority = here.iter().find_map(|r| r.authority_id.clone());
        }
        (None, Some(id)) => {
            let here = Scope {
                centres: vec![centre.clone()],
                authorities: Vec::new(),
            };
            let served = centre::served_within(db, &here, super::MOST_SERVED)?;
            if !served.iter().any(|a| &a.id == id) {
                texts.also(vec![FieldError::new(
                    "/authority_id",
                    "unknown_value",
                    "Trung tâm không tiếp nhận cho cơ quan này.",
                    "The centre does not receive for this authority.",
                )]);
            }
        }
    }
    let record_id = RecordId::new();
    let evidence = rests_on(db, &centre, new, authority.as_ref(), &record_id, &mut texts)?;
    texts.sound()?;
    let row = ConductRow {
        id: record_id,
        centre_id: centre,
        kind: new.kind.as_str().into(),
        officer_id: new.officer.clone(),
        authority_id: authority,
        form,
        decision_number,
        decision_on: new.decision_on,
        decided_by,
        reason,
        public: new.public,
        kept_by: actor.user_id.clone(),
        kept_at: Ts::new(now),
    };
    rows::insert(db, &row, &evidence)?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "conduct_record.kept",
        ("conduct_record", row.id.as_str()),
        json!({
            "kind": row.kind, "public": row.public, "decision_number": row.decision_number,
            "evidence": evidence
                .iter()
                .map(|e| json!({ "kind": e.kind, "id": e.reference_id }))
                .collect::<Vec<_>>(),
        }),
    )?;
    shown(services, db, actor, row)
}

/// What a record is to rest on; what does not exist within reach is a fault.
fn rests_on(
    db: &mut Db,
    centre: &CentreId,
    new: &NewConduct,
    authority: Option<&AuthorityId>,
    record: &RecordId,
    texts: &mut Texts,
) -> Result<Vec<EvidenceRow>> {
    if new.evidence.is_empty() {
        texts.also(vec![FieldError::new(
            "/evidence",
            "required",
            "Phải có ít nhất một căn cứ.",
            "It rests on at least one thing.",
        )]);
    }
    if new.evidence.len() > MOST_EVIDENCE {
        texts.also(vec![too_many("/evidence", MOST_EVIDENCE)]);
    }
    let mut found: Vec<EvidenceRow> = Vec::new();
    for (ord, (kind, id)) in (0..).zip(new.evidence.iter().take(MOST_EVIDENCE)) {
        let about = (new.officer.as_ref(), authority);
        let pointer = format!("/evidence/{ord}/id");
        match label(db, centre, about, *kind, id)? {
            None => texts.also(vec![FieldError::new(
                pointer,
                "unknown_value",
                "Căn cứ này không có, hoặc không thuộc phạm vi.",
                "There is no such evidence within reach.",
            )]),
            Some(_)
                if found
                    .iter()
                    .any(|e| e.kind == kind.as_str() && e.reference_id == id.to_lowercase()) =>
            {
                texts.also(vec![FieldError::new(
                    pointer,
                    "duplicate",
                    "Căn cứ này đã được nêu.",
                    "This is named already.",
                )]);
            }
            Some(label) => found.push(EvidenceRow {
                record_id: record.clone(),
                ord,
                kind: kind.as_str().into(),
                reference_id: id.to_lowercase(),
                label,
            }),
        }
    }
    Ok(found)
}

/// A record to be revoked.
#[derive(Debug, Clone)]
pub struct Revocation {
    /// Number of the decision.
    pub decision_number: String,
    /// Its day.
    pub decision_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Revokes a record: it stays, and says so.
///
/// # Errors
/// `not_found`, `conduct_record_revoked`, `validation_failed` naming the fields.
pub fn revoke(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    id: &RecordId,
    said: &Revocation,
) -> Result<Conduct> {
    let row = rows::by_id(db, id)?
        .filter(|r| {
            actor
                .centres(Permission::KeepConductRecords)
                .contains(&r.centre_id)
        })
        .ok_or_else(Refusal::not_found)?;
    let now = services.now();
    if !rows::revocations(db, std::slice::from_ref(id))?.is_empty() {
        return Err(Refusal::new(
            "conduct_record_revoked",
            "Quyết định này đã được thu hồi.",
            "This record was revoked already.",
        )
        .into());
    }
    let mut texts = Texts::default();
    let decision_number = texts.line(&said.decision_number, "/decision_number", 100);
    let reason = prose(&said.reason, "/reason", &mut texts);
    if said.decision_on > local_date(now) || said.decision_on < row.decision_on {
        texts.also(vec![FieldError::new(
            "/decision_on",
            "out_of_range",
            "Ngày thu hồi phải từ ngày quyết định đến hôm nay.",
            "It is dated from the day of the decision to today.",
        )]);
    }
    texts.sound()?;
    rows::revoke(
        db,
        &RevocationRow {
            record_id: id.clone(),
            decision_number,
            decision_on: said.decision_on,
            reason,
            revoked_by: actor.user_id.clone(),
            revoked_at: Ts::new(now),
        },
    )?;
    record::audit(
        db,
        &row.centre_id,
        now,
        Some(actor),
        "conduct_record.revoked",
        ("conduct_record", row.id.as_str()),
        json!({ "kind": row.kind, "decision_number": row.decision_number }),
    )?;
    shown(services, db, actor, row)
}

//! A typing mistake put right after a dossier came in: the names and numbers of its people, how many
//! of each paper were handed in, where the result goes; with a slip issued anew. What stood there before is kept, and so is the slip that said it.

use motcua_domain::catalogue::ProcedureData;
use motcua_domain::dossier::{AuthorisationScope, Dossier, Form, Role};
use motcua_domain::person::OwnerKind;
use motcua_domain::refusal::Refusal;
use motcua_domain::text::name_words;
use motcua_store::dossier::{
    self as rows, AmendmentRow, ComponentRow, DossierRow, FilerRow, amend_people, forget_undo,
    update,
};
use motcua_store::{Db, DossierId, RecordId, StoreError, Ts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::act::{Target, load_to_change, stale};
use super::effects;
use super::input::{Amendment, ComponentInput, FilerInput, OwnerInput};
use super::intake::{filer_allowed, missing_components};
use super::intake_rows::component_rows;
use crate::actor::Actor;
use crate::context::{Services, bad_field};
use crate::error::Result;
use crate::record;

/// How a result was to go to the citizen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Delivery {
    method: String,
    address: Option<String>,
}

/// What a slip says that was typed: the people of a dossier, its papers, where its result goes; as it
/// stood.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Typed {
    owner: OwnerInput,
    filer: Option<FilerInput>,
    /// None in what an earlier version of the program kept: as it stands.
    #[serde(default)]
    papers: Option<Vec<ComponentInput>>,
    #[serde(default)]
    delivery: Option<Delivery>,
}

fn input_of(paper: &ComponentRow) -> ComponentInput {
    ComponentInput {
        component_id: paper.component_id.clone(),
        originals: paper.originals,
        certified_copies: paper.certified_copies,
        photocopies: paper.photocopies,
    }
}

impl Typed {
    fn of(row: &DossierRow, filer: Option<&FilerRow>, papers: &[ComponentRow]) -> Result<Self> {
        let kind = OwnerKind::parse(&row.owner_kind).ok_or_else(|| {
            StoreError::Corrupt("dossiers.owner_kind holds an unknown word".into())
        })?;
        Ok(Self {
            owner: OwnerInput {
                kind,
                full_name: row.owner_name.clone(),
                identity_number: row.owner_identity.clone(),
                birth_date: row.owner_birth.clone(),
                phone: row.owner_phone.clone(),
                email: row.owner_email.clone(),
                address: row.owner_address.clone(),
            },
            filer: filer.map(|f| FilerInput {
                full_name: f.full_name.clone(),
                identity_number: f.identity_number.clone(),
                phone: f.phone.clone(),
                email: f.email.clone(),
                address: f.address.clone(),
                relation: f.relation.clone(),
                authorisation: f.authorisation.clone(),
                authorisation_scope: f
                    .authorisation_scope
                    .as_deref()
                    .and_then(AuthorisationScope::parse),
                authorisation_until: f.authorisation_until,
            }),
            papers: Some(papers.iter().map(input_of).collect()),
            delivery: Some(Delivery {
                method: row.delivery_method.clone(),
                address: row.delivery_address.clone(),
            }),
        })
    }

    /// The papers as a slip listed them; none: as they stand.
    pub(super) fn papers(&self, data: &ProcedureData, id: &DossierId) -> Option<Vec<ComponentRow>> {
        component_rows(id, data, self.papers.as_ref()?).ok()
    }

    /// Puts what this says in the place of what a dossier says.
    pub(super) fn into_rows(self, row: &mut DossierRow, filer: &mut Option<FilerRow>) {
        let owner = self.owner;
        row.owner_kind = owner.kind.as_str().to_owned();
        row.owner_name = owner.full_name;
        row.owner_identity = owner.identity_number;
        row.owner_birth = owner.birth_date;
        row.owner_phone = owner.phone;
        row.owner_email = owner.email;
        row.owner_address = owner.address;
        *filer = self.filer.map(|f| f.into_row(&row.id));
        if let Some(delivery) = self.delivery {
            row.delivery_method = delivery.method;
            row.delivery_address = delivery.address;
        }
    }

    /// Names of what others say otherwise; no values.
    fn differences(&self, other: &Self) -> Vec<&'static str> {
        let (a, b) = (&self.owner, &other.owner);
        [
            ("kind", a.kind != b.kind),
            ("full_name", a.full_name != b.full_name),
            ("identity_number", a.identity_number != b.identity_number),
            ("birth_date", a.birth_date != b.birth_date),
            ("phone", a.phone != b.phone),
            ("email", a.email != b.email),
            ("address", a.address != b.address),
            ("filer", self.filer != other.filer),
            ("components", self.papers != other.papers),
            ("result_delivery", self.delivery != other.delivery),
        ]
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
    }
}

/// Whether the people of a dossier can still be put right: until the decision is signed. What the
/// result says wrongly afterwards is corrected with it (T23).
pub fn amendable(dossier: &Dossier, roles: &[Role]) -> bool {
    roles.contains(&Role::Reception) && !dossier.state.is_final() && dossier.decision.is_none()
}

/// The papers as they should have been counted. What was accepted complete stays complete.
fn papers_right(
    data: &ProcedureData,
    id: &DossierId,
    given: &[ComponentInput],
    row: &DossierRow,
) -> Result<Vec<ComponentRow>> {
    let right = component_rows(id, data, given)?;
    let missing = missing_components(data, given);
    if row.accepted_at.is_some() && !missing.is_empty() {
        let list = missing.join("; ");
        return Err(Refusal::new(
            "components_missing",
            format!("Thành phần hồ sơ còn thiếu: {list}."),
            format!("Required components are missing: {list}."),
        )
        .with("missing_components", missing)
        .into());
    }
    Ok(right)
}

/// Puts what was typed of a dossier right: its people, how many of each paper, where the result goes. Its state, its dates and its code stay as they are; where a
/// slip (form 01) was issued, it is issued anew under a number of its own.
///
/// # Errors
/// `not_found`, `version_stale`, `role_not_allowed`, `amendment_too_late`, `nothing_changed`.
pub fn amend(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    wanted: &Amendment,
) -> Result<DossierRow> {
    let mut loaded = load_to_change(db, actor, target)?;
    if !loaded.roles.contains(&Role::Reception) {
        return Err(Refusal::new(
            "role_not_allowed",
            "Việc này chỉ dành cho bộ phận tiếp nhận.",
            "Only reception may do this.",
        )
        .into());
    }
    if !amendable(&loaded.snapshot, &loaded.roles) {
        return Err(Refusal::new(
            "amendment_too_late",
            "Hồ sơ đã có quyết định hoặc đã kết thúc: không sửa thông tin được nữa.",
            "The dossier is decided or ended: what it says can no longer be put right.",
        )
        .into());
    }
    let delivery = match &wanted.delivery {
        Some((method, address)) => Delivery {
            method: method.as_str().to_owned(),
            address: address.clone(),
        },
        None => Delivery {
            method: loaded.row.delivery_method.clone(),
            address: loaded.row.delivery_address.clone(),
        },
    };
    // The rule of intake: what is sent needs an address to be sent to.
    let sent = matches!(delivery.method.as_str(), "post" | "home");
    if sent && delivery.address.is_none() && wanted.owner.address.is_none() {
        return Err(bad_field(
            "/owner/address",
            "required",
            "Kết quả được gửi đến địa chỉ này nên không được để trống.",
            "The result is sent to this address.",
        )
        .into());
    }
    let now = services.now();
    let at = Ts::new(now);
    let mut filer = rows::filer(db, &target.id)?;
    let there = rows::components(db, &target.id)?;
    let before = Typed::of(&loaded.row, filer.as_ref(), &there)?;
    let procedure = services.procedure(db, &loaded.row.procedure_version_id)?;
    let papers = match &wanted.components {
        Some(given) => Some(papers_right(
            &procedure.data,
            &target.id,
            given,
            &loaded.row,
        )?),
        None => None,
    };
    let after = Typed {
        owner: wanted.owner.clone(),
        filer: wanted.filer.clone().or_else(|| before.filer.clone()),
        papers: papers
            .as_ref()
            .map(|rows| rows.iter().map(input_of).collect())
            .or_else(|| before.papers.clone()),
        delivery: Some(delivery),
    };
    if before.filer.is_none() && after.filer.is_some() {
        filer_allowed(&procedure.data)?;
    }
    let changed = before.differences(&after);
    if changed.is_empty() {
        return Err(Refusal::new(
            "nothing_changed",
            "Không có thông tin nào thay đổi.",
            "Nothing is changed.",
        )
        .into());
    }
    after.into_rows(&mut loaded.row, &mut filer);
    if let Some(papers) = papers.filter(|_| changed.contains(&"components")) {
        rows::replace_components(db, &target.id, &papers)?;
    }
    let version = loaded.row.version;
    loaded.row.version += 1;
    loaded.row.timeline_seq += 1;
    if !update(db, &loaded.row, version)? {
        return Err(stale(db, &loaded.row));
    }
    amend_people(
        db,
        &loaded.row,
        &name_words(&loaded.row.owner_name),
        filer.as_ref(),
        &AmendmentRow {
            id: RecordId::new(),
            dossier_id: target.id.clone(),
            amended_at: at,
            amended_by: actor.user_id.clone(),
            reason: wanted.reason.clone(),
            before: serde_json::to_string(&before).map_err(StoreError::from)?,
        },
    )?;
    forget_undo(db, &target.id)?;
    let mut detail = json!({ "changed": changed, "reason": wanted.reason });
    if rows::letters(db, &target.id)?
        .iter()
        .any(|l| l.form == "01")
    {
        effects::letters(db, Some(actor), &loaded.row, &[Form::F01], now, &mut detail)?;
    }
    record::step(
        db,
        &loaded.row,
        record::Step {
            at: now,
            kind: "amended",
            transition: "",
            actor: Some(actor),
            role: Some(Role::Reception.as_str()),
            from_state: Some(loaded.row.state.clone()),
            detail,
        },
    )?;
    Ok(loaded.row)
}

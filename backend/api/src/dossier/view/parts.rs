//! The parts a dossier's answers are put together from.

use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::catalogue::{DecisionRef, StepData};
use motcua_domain::text::{mask_email, mask_number, mask_phone};
use motcua_services::reference::Names;
use motcua_store::UserId;
use motcua_store::centre::{AuthorityRow, CentreRow};
use motcua_store::dossier::{
    ApologyRow, ComponentRow, DossierRow, FeeRow, FilerRow, LetterRow, LinkedRow, PauseRow,
    SupplementRow,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{vn, vn_opt};
use crate::words;

/// A procedure as a dossier refers to it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureRef {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// The version the dossier was taken in under.
    pub version: i32,
    /// Field.
    pub field: String,
}

/// A procedure in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProcedureName {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A centre or an authority.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitRef {
    /// Id.
    pub id: String,
    /// Short code.
    pub code: String,
    /// Name.
    pub name: String,
}

/// A person of the staff.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonRef {
    /// Id.
    pub id: String,
    /// Full name.
    pub full_name: String,
}

impl PersonRef {
    /// A person by the names that were read with the rows; without a name when it is not among them.
    pub fn of(id: &UserId, names: &Names) -> Self {
        Self {
            id: id.to_string(),
            full_name: names.get(id).map(ToString::to_string).unwrap_or_default(),
        }
    }
}

/// The owner, with numbers masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerView {
    /// Citizen, business …
    #[schema(value_type = words::OwnerKind)]
    pub kind: String,
    /// Full name.
    pub full_name: String,
    /// Masked.
    pub identity_number: Option<String>,
    /// `YYYY` or `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// Masked.
    pub phone: Option<String>,
    /// Masked.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// The owner in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnerItem {
    /// Citizen, business …
    #[schema(value_type = words::OwnerKind)]
    pub kind: String,
    /// Full name.
    pub full_name: String,
    /// Masked.
    pub identity_number: Option<String>,
}

/// The filer, with numbers masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilerView {
    /// Full name.
    pub full_name: String,
    /// Masked.
    pub identity_number: Option<String>,
    /// Masked.
    pub phone: Option<String>,
    /// Masked.
    pub email: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// To the owner.
    pub relation: Option<String>,
    /// Authorisation.
    pub authorisation: Option<String>,
    /// What it covers.
    #[schema(value_type = Option<words::AuthorisationScope>)]
    pub authorisation_scope: Option<String>,
    /// Its last day.
    pub authorisation_until: Option<chrono::NaiveDate>,
}

/// A paper handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComponentView {
    /// Which.
    pub component_id: String,
    /// Name.
    pub name: String,
    /// Must be there.
    pub required: bool,
    /// Originals.
    pub originals: i32,
    /// Certified copies.
    pub certified_copies: i32,
    /// Photocopies.
    pub photocopies: i32,
}

/// A fee line as shown at intake.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeeView {
    /// `phi` or `le_phi`.
    pub kind: String,
    /// Name.
    pub name: String,
    /// The text, exemptions included.
    pub text: String,
    /// Đồng, where the line is one amount.
    pub amount_vnd: Option<i64>,
}

/// The limit a dossier was accepted under.
#[derive(Debug, Serialize, ToSchema)]
pub struct LimitView {
    /// How many.
    pub amount: i32,
    /// Of what.
    #[schema(value_type = words::Unit)]
    pub unit: String,
    /// `reset` or `resume`.
    pub supplement_mode: String,
}

/// A stretch in which the clock stood still.
#[derive(Debug, Serialize, ToSchema)]
pub struct PauseView {
    /// Since.
    pub from: DateTime<FixedOffset>,
    /// Until; absent while it lasts.
    pub to: Option<DateTime<FixedOffset>>,
    /// `supplement`, `payment`, `hold`.
    pub kind: String,
    /// Why.
    pub reason: String,
}

/// The internal workflow of a dossier: what its procedure plans and where it has been.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkflowView {
    /// The decision that approved it.
    pub decision: DecisionRef,
    /// What is planned, in order.
    pub steps: Vec<StepData>,
    /// Where it has been, in order; the last lasts while it has no end.
    pub runs: Vec<StepRunView>,
}

/// A stretch at one internal step.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepRunView {
    /// Which of the planned steps.
    pub step_id: String,
    /// Since.
    pub started_at: DateTime<FixedOffset>,
    /// By when it is to be done. While the dossier's clock stands still this waits with it.
    pub due_at: DateTime<FixedOffset>,
    /// Until; absent while it lasts.
    pub ended_at: Option<DateTime<FixedOffset>>,
    /// Who ended it.
    pub ended_by: Option<PersonRef>,
    /// It took, or is taking, longer than it may.
    pub late: bool,
}

/// A hand-over not yet acknowledged.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandoverView {
    /// Id, for the acknowledgement's address.
    pub id: String,
    /// From which desk.
    #[schema(value_type = words::Desk)]
    pub from_desk: String,
    /// To which desk.
    #[schema(value_type = words::Desk)]
    pub to_desk: String,
    /// By whom.
    pub given_by: PersonRef,
    /// When.
    pub given_at: DateTime<FixedOffset>,
    /// To whom in person.
    pub to_user_id: Option<String>,
    /// Pages.
    pub pages: Option<i32>,
    /// Remark.
    pub note: Option<String>,
}

/// A request for supplements.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupplementView {
    /// Id.
    pub id: String,
    /// `intake` or `appraisal`.
    pub stage: String,
    /// What is wanted.
    pub items: Vec<String>,
    /// Why.
    pub reason: String,
    /// When it was asked for.
    pub requested_at: DateTime<FixedOffset>,
    /// When it came.
    pub fulfilled_at: Option<DateTime<FixedOffset>>,
}

/// The decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionView {
    /// Grant or refuse.
    #[schema(value_type = words::DecisionOutcome)]
    pub outcome: String,
    /// When it was signed.
    pub decided_at: DateTime<FixedOffset>,
    /// By whom.
    pub decided_by: PersonRef,
    /// Why.
    pub reason: Option<String>,
}

/// The result.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResultView {
    /// Grant or refuse.
    #[schema(value_type = words::DecisionOutcome)]
    pub kind: String,
    /// Number.
    pub number: Option<String>,
    /// Date.
    pub issued_on: Option<NaiveDate>,
    /// What it says.
    pub summary: String,
    /// Who signed.
    pub signer: Option<PersonRef>,
}

/// A withdrawal asked for or confirmed.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithdrawalView {
    /// When it was asked for.
    pub requested_at: DateTime<FixedOffset>,
    /// Why.
    pub reason: String,
    /// When a leader confirmed it.
    pub confirmed_at: Option<DateTime<FixedOffset>>,
}

/// An opinion that is waited for.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsultationView {
    /// Whose.
    pub body: String,
    /// What was asked.
    pub question: String,
    /// By when they are to answer.
    pub reply_due_on: Option<NaiveDate>,
    /// When it was asked for.
    pub asked_at: DateTime<FixedOffset>,
    /// By whom.
    pub asked_by: PersonRef,
}

/// The apology by which the promise was moved.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExtensionView {
    /// The date before.
    pub from: Option<DateTime<FixedOffset>>,
    /// The date after.
    pub to: Option<DateTime<FixedOffset>>,
    /// Which of the known reasons; none when it was not named.
    #[schema(value_type = Option<words::LateReason>)]
    pub reason_code: Option<String>,
    /// Why.
    pub reason: String,
    /// When it was signed.
    pub at: DateTime<FixedOffset>,
    /// By whom.
    pub by: PersonRef,
}

/// A letter of apology as drafted.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApologyView {
    /// Id.
    pub id: String,
    /// What became of it.
    #[schema(value_type = words::ApologyState)]
    pub state: String,
    /// Which of the known reasons.
    #[schema(value_type = words::LateReason)]
    pub reason_code: String,
    /// Why it takes longer, as the citizen will read it.
    pub reason: String,
    /// The new date.
    pub new_due_on: NaiveDate,
    /// The last day on which it may be signed.
    pub latest_on: NaiveDate,
    /// By whom.
    pub drafted_by: PersonRef,
    /// When.
    pub drafted_at: DateTime<FixedOffset>,
}

impl ApologyView {
    /// From a row and who drafted it.
    pub fn new(row: ApologyRow, drafted_by: PersonRef) -> Self {
        Self {
            id: row.id.to_string(),
            state: row.state,
            reason_code: row.reason_code,
            reason: row.reason,
            new_due_on: row.new_due_on,
            latest_on: row.latest_on,
            drafted_by,
            drafted_at: vn(row.drafted_at),
        }
    }
}

/// The other end of a transfer within the centre.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkedView {
    /// Id of the dossier.
    pub id: String,
    /// Its code.
    pub code: Option<String>,
    /// Name of its authority.
    pub authority: String,
}

impl From<LinkedRow> for LinkedView {
    fn from(row: LinkedRow) -> Self {
        Self {
            id: row.id.to_string(),
            code: row.code,
            authority: row.authority,
        }
    }
}

/// How a dossier was stopped, held or passed on.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndingView {
    /// `stop`, `hold` or `transfer`.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// The legal ground.
    pub legal_ground: Option<String>,
    /// To which authority it was passed.
    pub to: Option<String>,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// By whom; none: by the program, when its time had passed.
    pub by: Option<PersonRef>,
}

/// A correction of a returned result.
#[derive(Debug, Serialize, ToSchema)]
pub struct CorrectionView {
    /// What was wrong.
    pub reason: String,
    /// When it was found.
    pub opened_at: DateTime<FixedOffset>,
    /// By whom.
    pub opened_by: PersonRef,
}

/// An amount asked for while the dossier was handled.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentRequestView {
    /// Đồng.
    pub amount_vnd: i64,
    /// What for.
    pub reason: String,
    /// When it was asked for.
    pub requested_at: DateTime<FixedOffset>,
    /// How it was settled: `paid` or `exempt`; absent while it is owed.
    pub settlement: Option<String>,
}

/// The last step, while it can be taken back.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoableView {
    /// Word of the step in the timeline.
    pub step: String,
    /// When it was done.
    pub done_at: DateTime<FixedOffset>,
    /// Until when it can be taken back.
    pub until: DateTime<FixedOffset>,
}

/// How the result goes to the citizen.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryView {
    /// How.
    #[schema(value_type = words::DeliveryMethod)]
    pub method: String,
    /// Where to.
    pub address: Option<String>,
}

/// Who took the result away.
#[derive(Debug, Serialize, ToSchema)]
pub struct CollectorView {
    /// Full name.
    pub full_name: String,
    /// Owner, filer or representative.
    #[schema(value_type = words::Relation)]
    pub relation: String,
    /// Masked.
    pub identity_number: Option<String>,
    /// Who handed it back.
    pub returned_by: PersonRef,
}

/// A numbered paper.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterView {
    /// Id.
    pub id: String,
    /// `01` … `05`.
    pub form: String,
    /// Number within its year.
    pub number: i64,
    /// When.
    pub issued_at: DateTime<FixedOffset>,
}

/// An action this person cannot take now, and why not.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockedAction {
    /// The action: the sub-resource one would post to.
    pub action: String,
    /// Stable code.
    pub code: String,
    /// Why not.
    pub reason: String,
}

impl From<&CentreRow> for UnitRef {
    fn from(row: &CentreRow) -> Self {
        Self {
            id: row.id.to_string(),
            code: row.code.clone(),
            name: row.name.clone(),
        }
    }
}

impl From<&AuthorityRow> for UnitRef {
    fn from(row: &AuthorityRow) -> Self {
        Self {
            id: row.id.to_string(),
            code: row.code.clone(),
            name: row.name.clone(),
        }
    }
}

impl From<FilerRow> for FilerView {
    fn from(row: FilerRow) -> Self {
        Self {
            full_name: row.full_name,
            identity_number: row.identity_number.as_deref().map(mask_number),
            phone: row.phone.as_deref().map(mask_phone),
            email: row.email.as_deref().map(mask_email),
            address: row.address,
            relation: row.relation,
            authorisation: row.authorisation,
            authorisation_scope: row.authorisation_scope,
            authorisation_until: row.authorisation_until,
        }
    }
}

impl From<ComponentRow> for ComponentView {
    fn from(row: ComponentRow) -> Self {
        Self {
            component_id: row.component_id,
            name: row.name,
            required: row.required,
            originals: row.originals,
            certified_copies: row.certified_copies,
            photocopies: row.photocopies,
        }
    }
}

impl From<FeeRow> for FeeView {
    fn from(row: FeeRow) -> Self {
        Self {
            kind: row.kind,
            name: row.name,
            text: row.text,
            amount_vnd: row.amount_vnd,
        }
    }
}

impl From<PauseRow> for PauseView {
    fn from(row: PauseRow) -> Self {
        Self {
            from: vn(row.from_at),
            to: vn_opt(row.to_at),
            kind: row.kind,
            reason: row.reason,
        }
    }
}

impl From<SupplementRow> for SupplementView {
    fn from(row: SupplementRow) -> Self {
        Self {
            id: row.id.to_string(),
            stage: row.stage,
            items: serde_json::from_str(&row.items).unwrap_or_default(),
            reason: row.reason,
            requested_at: vn(row.requested_at),
            fulfilled_at: vn_opt(row.fulfilled_at),
        }
    }
}

impl From<LetterRow> for LetterView {
    fn from(row: LetterRow) -> Self {
        Self {
            id: row.id.to_string(),
            form: row.form,
            number: row.number,
            issued_at: vn(row.issued_at),
        }
    }
}

impl OwnerView {
    /// The owner's columns, numbers masked.
    pub fn masked(row: &mut DossierRow) -> Self {
        Self {
            kind: std::mem::take(&mut row.owner_kind),
            full_name: std::mem::take(&mut row.owner_name),
            identity_number: row.owner_identity.as_deref().map(mask_number),
            birth_date: row.owner_birth.take(),
            phone: row.owner_phone.as_deref().map(mask_phone),
            email: row.owner_email.as_deref().map(mask_email),
            address: row.owner_address.take(),
        }
    }
}

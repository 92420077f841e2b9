//! The rows of a dossier and of what belongs to it.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::ids::{
    AuthorityId, CentreId, DossierId, HandoverId, ProcedureVersionId, RecordId, UserId,
};
use crate::schema::{
    dossier_amendments, dossier_components, dossier_consultations, dossier_decisions, dossier_fees,
    dossier_filers, dossier_handovers, dossier_letters, dossier_pauses, dossier_results,
    dossier_returns, dossier_steps, dossier_supplements, dossier_undos, dossiers, letter_contents,
    letter_papers, timeline,
};
use crate::ts::Ts;

/// A dossier. Words are those of the domain; the rules are not known here.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dossiers, treat_none_as_default_value = false, treat_none_as_null = true)]
#[allow(missing_docs, reason = "each column is named by the domain's own word")]
pub struct DossierRow {
    pub id: DossierId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub procedure_version_id: ProcedureVersionId,
    pub procedure_code: String,
    pub procedure_version: i32,
    pub procedure_name: String,
    pub code: Option<String>,
    pub code_scheme: Option<String>,
    pub submission_number: Option<String>,
    pub state: String,
    pub sub_state: Option<String>,
    pub desk: String,
    pub channel: String,
    pub owner_kind: String,
    pub owner_name: String,
    pub owner_identity: Option<String>,
    pub owner_birth: Option<String>,
    pub owner_phone: Option<String>,
    pub owner_email: Option<String>,
    pub owner_address: Option<String>,
    pub copies_count: i32,
    pub delivery_method: String,
    pub delivery_address: Option<String>,
    pub visit_id: Option<String>,
    pub note: Option<String>,
    /// When it came in, whatever became of it: acceptance or submission, for lists.
    pub received_at: Ts,
    pub submitted_at: Option<Ts>,
    pub accepted_at: Option<Ts>,
    pub competent_received_at: Option<Ts>,
    pub handover_due_at: Option<Ts>,
    pub due_at_original: Option<Ts>,
    pub due_at: Option<Ts>,
    pub completed_at: Option<Ts>,
    pub returned_at: Option<Ts>,
    pub ended_at: Option<Ts>,
    pub clock_started_at: Option<Ts>,
    pub intake_reply_due_at: Option<Ts>,
    pub supplement_due_on: Option<NaiveDate>,
    pub limit_amount: Option<i32>,
    pub limit_unit: Option<String>,
    pub supplement_mode: String,
    pub calendar_version: Option<i32>,
    pub boundary_free: bool,
    pub on_the_spot: bool,
    pub pay_on_collection: bool,
    pub intake_supplements: i32,
    pub appraisal_supplements: i32,
    pub reappointments: i32,
    pub reappointed_at: Option<Ts>,
    pub decision_outcome: Option<String>,
    pub decided_at: Option<Ts>,
    pub open_handover_id: Option<HandoverId>,
    pub withdrawal_requested_at: Option<Ts>,
    pub payment_state: String,
    pub delivery_state: String,
    pub paper_location: String,
    pub handler_id: Option<UserId>,
    pub created_by: Option<UserId>,
    pub timeline_seq: i32,
    pub version: i64,
    pub claimed_until: Option<Ts>,
    /// The letter of apology that waits to be signed.
    pub open_apology_id: Option<RecordId>,
}

/// The columns a list shows.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = dossiers)]
#[allow(missing_docs, reason = "a part of DossierRow")]
pub struct DossierListRow {
    pub id: DossierId,
    pub centre_id: CentreId,
    pub authority_id: AuthorityId,
    pub procedure_code: String,
    pub procedure_name: String,
    pub code: Option<String>,
    pub submission_number: Option<String>,
    pub state: String,
    pub sub_state: Option<String>,
    pub desk: String,
    pub channel: String,
    pub owner_kind: String,
    pub owner_name: String,
    pub owner_identity: Option<String>,
    pub received_at: Ts,
    pub submitted_at: Option<Ts>,
    pub accepted_at: Option<Ts>,
    pub due_at_original: Option<Ts>,
    pub due_at: Option<Ts>,
    pub completed_at: Option<Ts>,
    pub returned_at: Option<Ts>,
    pub limit_unit: Option<String>,
    pub handler_id: Option<UserId>,
    pub version: i64,
    pub claimed_until: Option<Ts>,
    pub intake_reply_due_at: Option<Ts>,
}

/// Who brought it, when that is not the owner.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_filers, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FilerRow {
    pub dossier_id: DossierId,
    pub full_name: String,
    pub identity_number: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub relation: Option<String>,
    pub authorisation: Option<String>,
    /// `submit`, `collect` or `both`; none: not said.
    pub authorisation_scope: Option<String>,
    pub authorisation_until: Option<chrono::NaiveDate>,
}

/// A paper handed in, with how many of each kind.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_components)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ComponentRow {
    pub dossier_id: DossierId,
    pub ord: i32,
    pub component_id: String,
    pub name: String,
    pub required: bool,
    pub originals: i32,
    pub certified_copies: i32,
    pub photocopies: i32,
}

/// A fee line as the citizen was shown it.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_fees, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct FeeRow {
    pub dossier_id: DossierId,
    pub ord: i32,
    pub line_id: String,
    pub kind: String,
    pub name: String,
    pub text: String,
    pub amount_vnd: Option<i64>,
}

/// A stretch of time for which a dossier was at one step of its internal workflow.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_steps, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "each column is named by the domain's own word")]
pub struct StepRow {
    pub dossier_id: DossierId,
    pub ord: i32,
    pub step_id: String,
    pub started_at: Ts,
    pub due_at: Ts,
    pub ended_at: Option<Ts>,
    pub ended_by: Option<UserId>,
}

/// A stretch of time in which the clock stood still.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_pauses, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct PauseRow {
    pub dossier_id: DossierId,
    pub ord: i32,
    pub kind: String,
    pub reason: String,
    pub from_at: Ts,
    pub to_at: Option<Ts>,
}

/// A hand-over: who gave it, and who took it or gave it back.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_handovers, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct HandoverRow {
    pub id: HandoverId,
    pub dossier_id: DossierId,
    pub from_desk: String,
    pub to_desk: String,
    pub given_by: UserId,
    pub given_at: Ts,
    pub to_user_id: Option<UserId>,
    pub pages: Option<i32>,
    pub note: Option<String>,
    pub accepted: Option<bool>,
    pub closed_by: Option<UserId>,
    pub closed_at: Option<Ts>,
    pub closing_reason: Option<String>,
}

/// A request for supplements (form 02) and its fulfilment. `items` is a JSON list of texts.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_supplements, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct SupplementRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub stage: String,
    pub items: String,
    pub reason: String,
    pub legal_exception: Option<String>,
    pub requested_by: UserId,
    pub requested_at: Ts,
    pub fulfilled_by: Option<UserId>,
    pub fulfilled_at: Option<Ts>,
    pub note: Option<String>,
}

/// A decision, a refusal at intake, or a step of a withdrawal.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_decisions, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct DecisionRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub kind: String,
    pub outcome: Option<String>,
    pub reason: Option<String>,
    pub legal_basis: Option<String>,
    pub note: Option<String>,
    pub decided_by: Option<UserId>,
    pub decided_at: Ts,
    pub detail: String,
    pub voided_at: Option<Ts>,
}

/// A result as recorded.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_results, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ResultRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub kind: String,
    pub number: Option<String>,
    pub issued_on: Option<NaiveDate>,
    pub summary: String,
    pub signer_id: Option<UserId>,
    pub recorded_by: UserId,
    pub recorded_at: Ts,
    pub voided_at: Option<Ts>,
}

/// An opinion asked of another body.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_consultations, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ConsultationRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub body: String,
    pub question: String,
    pub reply_due_on: Option<NaiveDate>,
    pub asked_by: UserId,
    pub asked_at: Ts,
    pub reply: Option<String>,
    pub answered_by: Option<UserId>,
    pub answered_at: Option<Ts>,
    pub voided_at: Option<Ts>,
}

/// A dossier before its last step.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dossier_undos, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct UndoRow {
    /// Whose.
    pub dossier_id: DossierId,
    /// The dossier's version after the step.
    pub version: i64,
    /// Word of the step's timeline line.
    pub step: String,
    /// When the step was done.
    pub done_at: Ts,
    /// The dossier as the rules saw it before, as JSON.
    pub before: String,
    /// Its handler before.
    pub handler_id: Option<UserId>,
    /// Its open hand-over before.
    pub open_handover_id: Option<HandoverId>,
}

/// A hand-back to the citizen.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_returns, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ReturnRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub collector_name: String,
    pub identity_number: Option<String>,
    pub relation: String,
    pub authorisation: Option<String>,
    pub method: String,
    pub tracking_number: Option<String>,
    pub originals_returned: bool,
    pub returned_by: UserId,
    pub returned_at: Ts,
}

/// A numbered paper.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_letters, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LetterRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub authority_id: AuthorityId,
    pub form: String,
    pub year: i32,
    pub number: i64,
    pub issued_by: Option<UserId>,
    pub issued_at: Ts,
}

/// What a numbered paper says: `data` is JSON, `template` names the form it is set by.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_contents)]
#[allow(missing_docs, reason = "plain columns")]
pub struct ContentRow {
    pub letter_id: RecordId,
    pub template: String,
    pub data: String,
}

/// A numbered paper as it was first set.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = letter_papers)]
#[allow(missing_docs, reason = "plain columns")]
pub struct LetterPaperRow {
    pub letter_id: RecordId,
    /// Of the document's bytes.
    pub sha256: String,
    /// The document, in base64.
    pub content: String,
}

/// One thing that happened to a dossier. `detail` is JSON without personal data.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = timeline, treat_none_as_default_value = false)]
#[allow(missing_docs, reason = "plain columns")]
pub struct TimelineRow {
    pub dossier_id: DossierId,
    pub seq: i32,
    pub id: RecordId,
    pub at: Ts,
    pub kind: String,
    pub transition: String,
    pub actor_id: Option<UserId>,
    pub actor_name: String,
    pub actor_role: Option<String>,
    pub from_state: Option<String>,
    pub to_state: String,
    pub detail: String,
}

/// Who a dossier named before a typing mistake was put right.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = dossier_amendments)]
#[allow(missing_docs, reason = "plain columns")]
pub struct AmendmentRow {
    pub id: RecordId,
    pub dossier_id: DossierId,
    pub amended_at: Ts,
    pub amended_by: UserId,
    pub reason: String,
    /// JSON: the owner and the filer as they stood.
    pub before: String,
}

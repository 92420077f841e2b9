//! What goes out about dossiers.

use chrono::{DateTime, FixedOffset, NaiveDate};
use motcua_domain::dossier::{Action, State};
use motcua_domain::text::{mask_email, mask_number, mask_phone};
use motcua_domain::vn_time::to_vn;
use motcua_services::dossier as service;
use motcua_store::Ts;
use motcua_store::dossier::{DossierListRow, TimelineRow};
use motcua_store::{AuthorityId, UserId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::manners::Lang;
use crate::words;

/// An instant as it is sent: RFC 3339, +07:00.
pub fn vn(at: Ts) -> DateTime<FixedOffset> {
    to_vn(at.0)
}

fn vn_opt(at: Option<Ts>) -> Option<DateTime<FixedOffset>> {
    at.map(vn)
}

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

/// A dossier, numbers masked.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierView {
    /// Id.
    pub id: String,
    /// Dossier code; from acceptance on.
    pub code: Option<String>,
    /// Number of a submission that was not accepted at once.
    pub submission_number: Option<String>,
    /// State.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Where inside the state.
    #[schema(value_type = Option<words::SubState>)]
    pub sub_state: Option<String>,
    /// Status 1–10 of the national portal.
    #[schema(minimum = 1, maximum = 10)]
    pub national_status: u8,
    /// Whether the promise is kept.
    #[schema(value_type = Option<words::Timing>)]
    pub timing: Option<&'static str>,
    /// Row version; also the `ETag`.
    pub version: i64,
    /// The procedure.
    pub procedure: ProcedureRef,
    /// Where it was received.
    pub centre: UnitRef,
    /// Who decides.
    pub authority: UnitRef,
    /// How it came.
    #[schema(value_type = words::Channel)]
    pub channel: String,
    /// The owner.
    pub owner: OwnerView,
    /// The filer, when another.
    pub filer: Option<FilerView>,
    /// The papers.
    pub components: Vec<ComponentView>,
    /// The fee lines.
    pub fees: Vec<FeeView>,
    /// Sets.
    pub copies_count: i32,
    /// The limit.
    pub limit: Option<LimitView>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<FixedOffset>>,
    /// When it was accepted complete.
    pub accepted_at: Option<DateTime<FixedOffset>>,
    /// When the competent authority received it.
    pub competent_received_at: Option<DateTime<FixedOffset>>,
    /// By when a submission must be answered: eight working hours.
    pub intake_reply_due_at: Option<DateTime<FixedOffset>>,
    /// By when it must be handed over.
    pub handover_due_at: Option<DateTime<FixedOffset>>,
    /// The first promise.
    pub due_at_original: Option<DateTime<FixedOffset>>,
    /// The promise that holds.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// By when supplements must come.
    pub supplement_due_on: Option<NaiveDate>,
    /// Counted working minutes until due; negative when past.
    pub remaining_working_minutes: Option<i64>,
    /// When the result was ready.
    pub completed_at: Option<DateTime<FixedOffset>>,
    /// When it was handed back.
    pub returned_at: Option<DateTime<FixedOffset>>,
    /// Pauses of the clock.
    pub pauses: Vec<PauseView>,
    /// Who handles it.
    pub handler: Option<PersonRef>,
    /// In whose hands it is.
    #[schema(value_type = words::Desk)]
    pub desk: String,
    /// The hand-over that waits to be acknowledged.
    pub open_handover: Option<HandoverView>,
    /// Requests for supplements.
    pub supplement_requests: Vec<SupplementView>,
    /// The decision.
    pub decision: Option<DecisionView>,
    /// The result.
    pub result: Option<ResultView>,
    /// The withdrawal.
    pub withdrawal: Option<WithdrawalView>,
    /// How the result goes to the citizen.
    pub result_delivery: DeliveryView,
    /// The money's side: `not_tracked` until payments are kept here.
    pub payment_state: String,
    /// The result's way.
    pub delivery_state: String,
    /// Where the paper lies.
    pub paper_location: String,
    /// Who took the result.
    pub collector: Option<CollectorView>,
    /// Papers issued.
    pub letters: Vec<LetterView>,
    /// Its visit.
    pub visit_id: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// What this person may do: each is a sub-resource to post to.
    pub allowed_actions: Vec<String>,
    /// What this person may not do, and why.
    pub blocked_actions: Vec<BlockedAction>,
}

/// The actions that have an address; the law's table knows more, which come with their screens.
const OPEN: [Action; 11] = [
    Action::Accept,
    Action::Refuse,
    Action::RequestSupplement,
    Action::Supplement,
    Action::HandOver,
    Action::Acknowledge,
    Action::Claim,
    Action::Decide,
    Action::Results,
    Action::Return,
    Action::Withdraw,
];

impl DossierView {
    /// From a service's view, with reasons in the caller's language.
    pub fn new(view: &service::View, lang: Lang) -> Self {
        let row = &view.row;
        let person = |id: &UserId| PersonRef {
            id: id.to_string(),
            full_name: view.names.get(id).cloned().unwrap_or_default(),
        };
        let (mut allowed, mut blocked) = (Vec::new(), Vec::new());
        for (action, verdict) in view.actions.iter().filter(|(a, _)| OPEN.contains(a)) {
            match verdict {
                Ok(()) => allowed.push(action.as_str().to_owned()),
                Err(why) => blocked.push(BlockedAction {
                    action: action.as_str().to_owned(),
                    code: why.code.to_owned(),
                    reason: lang.pick(&why.detail).to_owned(),
                }),
            }
        }
        let decision = view.decisions.iter().rev().find(|d| d.kind == "decision");
        let asked = view
            .decisions
            .iter()
            .rev()
            .find(|d| d.kind == "withdrawal_request" || d.kind == "withdrawal");
        let withdrawn = view.decisions.iter().rev().find(|d| d.kind == "withdrawal");
        let pending = row.withdrawal_requested_at.is_some() || withdrawn.is_some();
        Self {
            id: row.id.to_string(),
            code: row.code.clone(),
            submission_number: row.submission_number.clone(),
            state: row.state.clone(),
            sub_state: row.sub_state.clone(),
            national_status: view.national_status,
            timing: view.timing.map(|t| t.as_str()),
            version: row.version,
            procedure: ProcedureRef {
                code: row.procedure_code.clone(),
                name: row.procedure_name.clone(),
                version: row.procedure_version,
                field: view.procedure.row.field.clone(),
            },
            centre: UnitRef {
                id: view.centre.id.to_string(),
                code: view.centre.code.clone(),
                name: view.centre.name.clone(),
            },
            authority: UnitRef {
                id: view.authority.id.to_string(),
                code: view.authority.code.clone(),
                name: view.authority.name.clone(),
            },
            channel: row.channel.clone(),
            owner: OwnerView {
                kind: row.owner_kind.clone(),
                full_name: row.owner_name.clone(),
                identity_number: row.owner_identity.as_deref().map(mask_number),
                birth_date: row.owner_birth.clone(),
                phone: row.owner_phone.as_deref().map(mask_phone),
                email: row.owner_email.as_deref().map(mask_email),
                address: row.owner_address.clone(),
            },
            filer: view.filer.as_ref().map(|f| FilerView {
                full_name: f.full_name.clone(),
                identity_number: f.identity_number.as_deref().map(mask_number),
                phone: f.phone.as_deref().map(mask_phone),
                email: f.email.as_deref().map(mask_email),
                address: f.address.clone(),
                relation: f.relation.clone(),
                authorisation: f.authorisation.clone(),
            }),
            components: view.components.iter().map(component).collect(),
            fees: view
                .fees
                .iter()
                .map(|f| FeeView {
                    kind: f.kind.clone(),
                    name: f.name.clone(),
                    text: f.text.clone(),
                    amount_vnd: f.amount_vnd,
                })
                .collect(),
            copies_count: row.copies_count,
            limit: row
                .limit_amount
                .zip(row.limit_unit.clone())
                .map(|(amount, unit)| LimitView {
                    amount,
                    unit,
                    supplement_mode: row.supplement_mode.clone(),
                }),
            submitted_at: vn_opt(row.submitted_at),
            accepted_at: vn_opt(row.accepted_at),
            competent_received_at: vn_opt(row.competent_received_at),
            intake_reply_due_at: vn_opt(row.intake_reply_due_at),
            handover_due_at: vn_opt(row.handover_due_at),
            due_at_original: vn_opt(row.due_at_original),
            due_at: vn_opt(row.due_at),
            supplement_due_on: row.supplement_due_on,
            remaining_working_minutes: view.remaining_minutes,
            completed_at: vn_opt(row.completed_at),
            returned_at: vn_opt(row.returned_at),
            pauses: view
                .pauses
                .iter()
                .map(|p| PauseView {
                    from: vn(p.from_at),
                    to: vn_opt(p.to_at),
                    kind: p.kind.clone(),
                    reason: p.reason.clone(),
                })
                .collect(),
            handler: row.handler_id.as_ref().map(person),
            desk: row.desk.clone(),
            open_handover: view.open_handover.as_ref().map(|h| HandoverView {
                id: h.id.to_string(),
                from_desk: h.from_desk.clone(),
                to_desk: h.to_desk.clone(),
                given_by: person(&h.given_by),
                given_at: vn(h.given_at),
                to_user_id: h.to_user_id.as_ref().map(ToString::to_string),
                pages: h.pages,
                note: h.note.clone(),
            }),
            supplement_requests: view
                .supplements
                .iter()
                .map(|s| SupplementView {
                    id: s.id.to_string(),
                    stage: s.stage.clone(),
                    items: serde_json::from_str(&s.items).unwrap_or_default(),
                    reason: s.reason.clone(),
                    requested_at: vn(s.requested_at),
                    fulfilled_at: vn_opt(s.fulfilled_at),
                })
                .collect(),
            decision: decision.map(|d| DecisionView {
                outcome: d.outcome.clone().unwrap_or_default(),
                decided_at: vn(d.decided_at),
                decided_by: person(&d.decided_by),
                reason: d.reason.clone(),
            }),
            result: view.result.as_ref().map(|r| ResultView {
                kind: r.kind.clone(),
                number: r.number.clone(),
                issued_on: r.issued_on,
                summary: r.summary.clone(),
                signer: r.signer_id.as_ref().map(person),
            }),
            withdrawal: asked.filter(|_| pending).map(|a| WithdrawalView {
                requested_at: vn(row.withdrawal_requested_at.unwrap_or(a.decided_at)),
                reason: a.reason.clone().unwrap_or_default(),
                confirmed_at: withdrawn.map(|w| vn(w.decided_at)),
            }),
            result_delivery: DeliveryView {
                method: row.delivery_method.clone(),
                address: row.delivery_address.clone(),
            },
            payment_state: row.payment_state.clone(),
            delivery_state: row.delivery_state.clone(),
            paper_location: row.paper_location.clone(),
            collector: view.hand_back.as_ref().map(|h| CollectorView {
                full_name: h.collector_name.clone(),
                relation: h.relation.clone(),
                identity_number: h.identity_number.as_deref().map(mask_number),
                returned_by: person(&h.returned_by),
            }),
            letters: view
                .letters
                .iter()
                .map(|l| LetterView {
                    form: l.form.clone(),
                    number: l.number,
                    issued_at: vn(l.issued_at),
                })
                .collect(),
            visit_id: row.visit_id.clone(),
            note: row.note.clone(),
            allowed_actions: allowed,
            blocked_actions: blocked,
        }
    }
}

/// A paper as it is shown.
pub fn component(c: &motcua_store::dossier::ComponentRow) -> ComponentView {
    ComponentView {
        component_id: c.component_id.clone(),
        name: c.name.clone(),
        required: c.required,
        originals: c.originals,
        certified_copies: c.certified_copies,
        photocopies: c.photocopies,
    }
}

/// A dossier in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct DossierItem {
    /// Id.
    pub id: String,
    /// Code.
    pub code: Option<String>,
    /// Submission number.
    pub submission_number: Option<String>,
    /// State.
    #[schema(value_type = words::State)]
    pub state: String,
    /// Where inside the state.
    #[schema(value_type = Option<words::SubState>)]
    pub sub_state: Option<String>,
    /// Status 1–10.
    #[schema(minimum = 1, maximum = 10)]
    pub national_status: u8,
    /// Whether the promise is kept.
    #[schema(value_type = Option<words::Timing>)]
    pub timing: Option<&'static str>,
    /// The procedure.
    pub procedure: ProcedureName,
    /// Who decides.
    pub authority: UnitRef,
    /// How it came.
    #[schema(value_type = words::Channel)]
    pub channel: String,
    /// The owner.
    pub owner: OwnerItem,
    /// When it came in.
    pub received_at: DateTime<FixedOffset>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<FixedOffset>>,
    /// When it was accepted.
    pub accepted_at: Option<DateTime<FixedOffset>>,
    /// The first promise.
    pub due_at_original: Option<DateTime<FixedOffset>>,
    /// The promise that holds.
    pub due_at: Option<DateTime<FixedOffset>>,
    /// Counted working minutes until due; negative when past.
    pub remaining_working_minutes: Option<i64>,
    /// When the result was ready.
    pub completed_at: Option<DateTime<FixedOffset>>,
    /// When it was handed back.
    pub returned_at: Option<DateTime<FixedOffset>>,
    /// Who handles it.
    pub handler: Option<PersonRef>,
    /// In whose hands it is.
    #[schema(value_type = words::Desk)]
    pub desk: String,
    /// Row version.
    pub version: i64,
}

impl DossierItem {
    /// From a row and what its page knows.
    pub fn new(
        row: DossierListRow,
        remaining: Option<i64>,
        page: &service::Page,
        now: DateTime<chrono::Utc>,
    ) -> Self {
        let timing = service::timing_of(&row, now).map(|t| t.as_str());
        let authority = |id: &AuthorityId| {
            let a = page.authorities.get(id);
            UnitRef {
                id: id.to_string(),
                code: a.map(|a| a.code.clone()).unwrap_or_default(),
                name: a.map(|a| a.name.clone()).unwrap_or_default(),
            }
        };
        Self {
            id: row.id.to_string(),
            national_status: State::parse(&row.state).map_or(1, State::national_status),
            timing,
            procedure: ProcedureName {
                code: row.procedure_code,
                name: row.procedure_name,
            },
            authority: authority(&row.authority_id),
            owner: OwnerItem {
                kind: row.owner_kind,
                full_name: row.owner_name,
                identity_number: row.owner_identity.as_deref().map(mask_number),
            },
            received_at: vn(row.received_at),
            submitted_at: vn_opt(row.submitted_at),
            accepted_at: vn_opt(row.accepted_at),
            due_at_original: vn_opt(row.due_at_original),
            due_at: vn_opt(row.due_at),
            remaining_working_minutes: remaining,
            completed_at: vn_opt(row.completed_at),
            returned_at: vn_opt(row.returned_at),
            handler: row.handler_id.as_ref().map(|id| PersonRef {
                id: id.to_string(),
                full_name: page.names.get(id).cloned().unwrap_or_default(),
            }),
            code: row.code,
            submission_number: row.submission_number,
            state: row.state,
            sub_state: row.sub_state,
            channel: row.channel,
            desk: row.desk,
            version: row.version,
        }
    }
}

/// Who did something.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineActor {
    /// Account; absent for the system.
    pub id: Option<String>,
    /// Full name.
    pub full_name: String,
    /// In which role.
    pub role: Option<String>,
}

/// One thing that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct TimelineItem {
    /// Id.
    pub id: String,
    /// Its place, from 1.
    pub seq: i32,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What, such as `accepted`.
    pub kind: String,
    /// Row of the law's table, such as `T4`.
    pub transition: String,
    /// Who.
    pub actor: TimelineActor,
    /// State before.
    #[schema(value_type = Option<words::State>)]
    pub from_state: Option<String>,
    /// State after.
    #[schema(value_type = words::State)]
    pub to_state: String,
    /// Further facts.
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}

impl From<TimelineRow> for TimelineItem {
    fn from(row: TimelineRow) -> Self {
        Self {
            id: row.id.to_string(),
            seq: row.seq,
            at: vn(row.at),
            kind: row.kind,
            transition: row.transition,
            actor: TimelineActor {
                id: row.actor_id.map(|a| a.to_string()),
                full_name: row.actor_name,
                role: row.actor_role,
            },
            from_state: row.from_state,
            to_state: row.to_state,
            detail: serde_json::from_str(&row.detail).unwrap_or_default(),
        }
    }
}

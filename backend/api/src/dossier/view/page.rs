//! One dossier, whole.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};
use motcua_domain::dossier::{Action, State, UNDO_WINDOW_MINUTES};
use motcua_domain::text::mask_number;
use motcua_domain::vn_time::to_vn;
use motcua_services::dossier as service;
use motcua_store::UserId;
use motcua_store::dossier::DecisionRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::parts::{
    ApologyView, BlockedAction, CollectorView, ComponentView, ConsultationView, CorrectionView,
    DecisionView, DeliveryView, EndingView, ExtensionView, FeeView, FilerView, HandoverView,
    LetterView, LimitView, LinkedView, OwnerView, PauseView, PaymentRequestView, PersonRef,
    ProcedureRef, ResultView, StepRunView, SupplementView, UndoableView, UnitRef, WithdrawalView,
    WorkflowView,
};
use super::{vn, vn_opt};
use crate::manners::Lang;
use crate::words;

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
    /// Working days after today up to the due day; negative, how many have passed since it.
    pub remaining_working_days: Option<i64>,
    /// When the result was ready.
    pub completed_at: Option<DateTime<FixedOffset>>,
    /// When it was handed back.
    pub returned_at: Option<DateTime<FixedOffset>>,
    /// The instant the running limit is counted from: its start, or the last complete supplement where
    /// that starts the limit over.
    pub clock_started_at: Option<DateTime<FixedOffset>>,
    /// Pauses of the clock.
    pub pauses: Vec<PauseView>,
    /// The internal workflow, where its procedure has one.
    pub workflow: Option<WorkflowView>,
    /// Who handles it.
    pub handler: Option<PersonRef>,
    /// Until when the handler has it to themselves: other handlers are refused `claimed_by_other`.
    pub claimed_until: Option<DateTime<FixedOffset>>,
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
    /// The opinion that is waited for.
    pub consultation: Option<ConsultationView>,
    /// The letter of apology that waits to be signed.
    pub apology: Option<ApologyView>,
    /// The apology, when there was one.
    pub extension: Option<ExtensionView>,
    /// How it was stopped, held or passed on.
    pub ending: Option<EndingView>,
    /// What it was before it was transferred here from another authority of the centre (T24).
    pub continues: Option<LinkedView>,
    /// What it goes on as since it was transferred to another authority of the centre.
    pub continued_as: Option<LinkedView>,
    /// The correction of its result.
    pub correction: Option<CorrectionView>,
    /// What was asked for on top of the fees.
    pub payment_request: Option<PaymentRequestView>,
    /// The step that this person may take back now.
    pub undoable: Option<UndoableView>,
    /// How the result goes to the citizen.
    pub result_delivery: DeliveryView,
    /// The money's side: `not_tracked` until its fees are worked out.
    #[schema(value_type = words::PaymentState)]
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
    /// Whether this person may put names and numbers right (`/amendments`).
    pub amendable: bool,
}

/// What an apology moved.
#[derive(Default, Deserialize)]
struct Moved {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    reason_code: Option<String>,
}

fn detail_of(row: &DecisionRow) -> serde_json::Value {
    serde_json::from_str(&row.detail).unwrap_or_default()
}

impl DossierView {
    /// From a service's view, with reasons in the caller's language.
    pub fn new(view: service::View, lang: Lang) -> Self {
        let mut row = view.row;
        let names = view.names;
        let person = |id: &UserId| PersonRef::of(id, &names);
        // Submitting has no address of its own: what comes online is submitted with its intake.
        let (mut allowed, mut blocked) = (Vec::new(), Vec::new());
        for (action, verdict) in view.actions.iter().filter(|(a, _)| *a != Action::Submit) {
            match verdict {
                Ok(()) => allowed.push(action.as_str().to_owned()),
                Err(why) => blocked.push(BlockedAction {
                    action: action.as_str().to_owned(),
                    code: why.code.to_owned(),
                    reason: lang.pick(&why.detail).to_owned(),
                }),
            }
        }
        let newest = |kinds: &[&str]| {
            view.decisions
                .iter()
                .rev()
                .find(|d| kinds.contains(&d.kind.as_str()))
        };
        let decision = newest(&["decision"]);
        let asked = newest(&["withdrawal_request", "withdrawal"]);
        let withdrawn = newest(&["withdrawal"]);
        let pending = row.withdrawal_requested_at.is_some() || withdrawn.is_some();
        let ended = State::parse(&row.state)
            .is_some_and(|s| matches!(s, State::Stopped | State::OnHold | State::Transferred));
        Self {
            id: row.id.to_string(),
            national_status: view.national_status,
            timing: view.timing.map(|t| t.as_str()),
            version: row.version,
            centre: view.centre.as_ref().into(),
            authority: view.authority.as_ref().into(),
            owner: OwnerView::masked(&mut row),
            procedure: ProcedureRef {
                code: row.procedure_code,
                name: row.procedure_name,
                version: row.procedure_version,
                field: view.procedure.row.field.clone(),
            },
            filer: view.filer.map(FilerView::from),
            components: view
                .components
                .into_iter()
                .map(ComponentView::from)
                .collect(),
            fees: view.fees.into_iter().map(FeeView::from).collect(),
            copies_count: row.copies_count,
            limit: row
                .limit_amount
                .zip(row.limit_unit)
                .map(|(amount, unit)| LimitView {
                    amount,
                    unit,
                    supplement_mode: row.supplement_mode,
                }),
            submitted_at: vn_opt(row.submitted_at),
            accepted_at: vn_opt(row.accepted_at),
            competent_received_at: vn_opt(row.competent_received_at),
            intake_reply_due_at: vn_opt(row.intake_reply_due_at),
            handover_due_at: vn_opt(row.handover_due_at),
            due_at_original: vn_opt(row.due_at_original),
            due_at: vn_opt(row.due_at),
            supplement_due_on: row.supplement_due_on,
            remaining_working_minutes: view.remaining.map(|r| r.minutes),
            remaining_working_days: view.remaining.map(|r| r.days),
            completed_at: vn_opt(row.completed_at),
            returned_at: vn_opt(row.returned_at),
            clock_started_at: vn_opt(row.clock_started_at),
            pauses: view.pauses.into_iter().map(PauseView::from).collect(),
            workflow: view
                .procedure
                .data
                .workflow
                .as_ref()
                .map(|plan| WorkflowView {
                    decision: plan.decision.clone(),
                    steps: plan.steps.clone(),
                    runs: view
                        .steps
                        .into_iter()
                        .map(|(run, late)| StepRunView {
                            step_id: run.step_id,
                            started_at: vn(run.started_at),
                            due_at: vn(run.due_at),
                            ended_at: vn_opt(run.ended_at),
                            ended_by: run.ended_by.as_ref().map(person),
                            late,
                        })
                        .collect(),
                }),
            handler: row.handler_id.as_ref().map(person),
            claimed_until: vn_opt(row.claimed_until),
            open_handover: view.open_handover.map(|h| HandoverView {
                id: h.id.to_string(),
                given_by: person(&h.given_by),
                given_at: vn(h.given_at),
                from_desk: h.from_desk,
                to_desk: h.to_desk,
                to_user_id: h.to_user_id.map(|u| u.to_string()),
                pages: h.pages,
                note: h.note,
            }),
            supplement_requests: view
                .supplements
                .into_iter()
                .map(SupplementView::from)
                .collect(),
            decision: decision.and_then(|d| {
                Some(DecisionView {
                    outcome: d.outcome.clone().unwrap_or_default(),
                    decided_at: vn(d.decided_at),
                    decided_by: person(d.decided_by.as_ref()?),
                    reason: d.reason.clone(),
                })
            }),
            result: view.result.map(|r| ResultView {
                signer: r.signer_id.as_ref().map(person),
                kind: r.kind,
                number: r.number,
                issued_on: r.issued_on,
                summary: r.summary,
            }),
            withdrawal: asked.filter(|_| pending).map(|a| WithdrawalView {
                requested_at: vn(row.withdrawal_requested_at.unwrap_or(a.decided_at)),
                reason: a.reason.clone().unwrap_or_default(),
                confirmed_at: withdrawn.map(|w| vn(w.decided_at)),
            }),
            consultation: view.consultation.map(|c| ConsultationView {
                asked_by: person(&c.asked_by),
                body: c.body,
                question: c.question,
                reply_due_on: c.reply_due_on,
                asked_at: vn(c.asked_at),
            }),
            apology: view.apology.map(|a| {
                let by = person(&a.drafted_by);
                ApologyView::new(a, by)
            }),
            extension: newest(&["extension"]).and_then(|e| {
                let dates: Moved = serde_json::from_str(&e.detail).unwrap_or_default();
                Some(ExtensionView {
                    from: dates.from.map(to_vn),
                    to: dates.to.map(to_vn),
                    reason_code: dates.reason_code,
                    reason: e.reason.clone().unwrap_or_default(),
                    at: vn(e.decided_at),
                    by: person(e.decided_by.as_ref()?),
                })
            }),
            ending: newest(&["stop", "hold", "transfer"])
                .filter(|_| ended)
                .map(|e| EndingView {
                    kind: e.kind.clone(),
                    reason: e.reason.clone().unwrap_or_default(),
                    legal_ground: e.legal_basis.clone(),
                    to: detail_of(e)
                        .get("to")
                        .and_then(|t| t.as_str())
                        .map(ToOwned::to_owned),
                    at: vn(e.decided_at),
                    by: e.decided_by.as_ref().map(person),
                }),
            continues: view.continues.map(LinkedView::from),
            continued_as: view.continued_as.map(LinkedView::from),
            correction: newest(&["correction"]).and_then(|c| {
                Some(CorrectionView {
                    reason: c.reason.clone().unwrap_or_default(),
                    opened_at: vn(c.decided_at),
                    opened_by: person(c.decided_by.as_ref()?),
                })
            }),
            payment_request: newest(&["payment_request"]).map(|p| PaymentRequestView {
                amount_vnd: detail_of(p)
                    .get("amount_vnd")
                    .and_then(serde_json::Value::as_i64)
                    .unwrap_or_default(),
                reason: p.reason.clone().unwrap_or_default(),
                requested_at: vn(p.decided_at),
                settlement: newest(&["payment"])
                    .filter(|s| s.decided_at >= p.decided_at)
                    .and_then(|s| s.outcome.clone()),
            }),
            undoable: view.undo.map(|u| UndoableView {
                step: u.step,
                done_at: vn(u.done_at),
                until: to_vn(u.done_at.0 + TimeDelta::minutes(UNDO_WINDOW_MINUTES)),
            }),
            result_delivery: DeliveryView {
                method: row.delivery_method,
                address: row.delivery_address,
            },
            collector: view.hand_back.map(|h| CollectorView {
                returned_by: person(&h.returned_by),
                full_name: h.collector_name,
                relation: h.relation,
                identity_number: h.identity_number.as_deref().map(mask_number),
            }),
            letters: view.letters.into_iter().map(LetterView::from).collect(),
            code: row.code,
            submission_number: row.submission_number,
            state: row.state,
            sub_state: row.sub_state,
            channel: row.channel,
            desk: row.desk,
            payment_state: row.payment_state,
            delivery_state: row.delivery_state,
            paper_location: row.paper_location,
            visit_id: row.visit_id,
            note: row.note,
            allowed_actions: allowed,
            blocked_actions: blocked,
            amendable: view.amendable,
        }
    }
}

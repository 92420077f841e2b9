//! What officers do to dossiers: each a record posted under the dossier.

use actix_web::{HttpResponse, post};
use motcua_domain::dossier::{Collector, Command, Settlement};
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_domain::person::{self, OwnerKind};
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::text::{clean_line, clean_text};
use motcua_services::dossier::{self as service, Extra, Target};
use motcua_services::{Actor, Result as ServiceResult, Services};
use motcua_store::dossier::DossierRow;
use motcua_store::{Db, DossierId, HandoverId};
use serde::Serialize;

use super::dto::{
    AcceptanceIn, AcknowledgementIn, ApologyIn, ApologyReturnIn, ClaimIn, ComponentIn,
    ConsultationIn, ConsultationReplyIn, CorrectionIn, DecisionIn, ExtensionIn, HandoverIn,
    PaymentIn, PaymentRequestIn, RefusalIn, ResultIn, ResumptionIn, ReturnIn, SettlementWord,
    StepIn, StopIn, SupplementIn, SupplementRequestIn, TransferIn, UndoIn, WithdrawalIn,
};
use super::view::DossierView;
use crate::auth::{
    Accept, Acknowledge, Advance, AnswerConsultation, Claim, Consult, Correct, Decide,
    DraftApology, Extend, HandOver, Hold, Permit, Refuse, Reply, RequestSupplement, RequirePayment,
    Results, Resume, Return, ReturnApology, SettlePayment, Stop, Supplement, Transfer, Undo,
    Withdraw, Writer,
};
use crate::manners::{IdempotencyKey, IfMatch, Json, JsonOrDefault, Lang, Path, Problem};
use crate::state::into_problem;

/// Does the work and answers 201 with the dossier as it now stands.
async fn done<P: Permit>(
    writer: Writer<P>,
    lang: Lang,
    body: &impl Serialize,
    work: impl Fn(&Services, &mut Db, &Actor) -> ServiceResult<DossierRow> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    writer
        .once(body, move |services, db, actor| {
            let row = work(services, db, actor)?;
            let view = service::view(services, db, actor, &row.id)?;
            Reply::created(
                format!("/api/v1/dossiers/{}", row.id),
                Some(row.version),
                &DossierView::new(view, lang),
            )
        })
        .await
}

/// A dossier as the caller saw it.
fn target(id: &DossierId, version: IfMatch) -> Target {
    Target {
        id: id.clone(),
        version: version.0,
    }
}

/// Cleans the free texts of an action: NFC, no control characters, no longer than their column.
struct Texts {
    errors: Vec<FieldError>,
}

impl Texts {
    fn new() -> Self {
        Self { errors: Vec::new() }
    }

    fn text(&mut self, pointer: &str, text: &str, max: usize) -> String {
        person::collect(clean_text(text, max), pointer, &mut self.errors).unwrap_or_default()
    }

    fn line(&mut self, pointer: &str, text: &str, max: usize) -> String {
        person::collect(clean_line(text, max), pointer, &mut self.errors).unwrap_or_default()
    }

    /// A text that the rules do not ask for and that is worth nothing when empty.
    fn required(&mut self, pointer: &str, text: &str, max: usize) -> String {
        let text = self.text(pointer, text, max);
        if text.is_empty() && !self.errors.iter().any(|e| e.pointer == pointer) {
            self.errors.push(FieldError {
                pointer: pointer.to_owned(),
                code: "required",
                detail: motcua_domain::refusal::Text::new(
                    "Không được để trống.",
                    "Must not be empty.",
                ),
            });
        }
        text
    }

    fn text_opt(&mut self, pointer: &str, text: Option<&String>, max: usize) -> Option<String> {
        text.map(|t| self.text(pointer, t, max))
            .filter(|t| !t.is_empty())
    }

    fn line_opt(&mut self, pointer: &str, text: Option<&String>, max: usize) -> Option<String> {
        text.map(|t| self.line(pointer, t, max))
            .filter(|t| !t.is_empty())
    }

    fn finish(self) -> Result<(), Problem> {
        if self.errors.is_empty() {
            Ok(())
        } else {
            Err(Refusal::invalid(self.errors).into())
        }
    }
}

fn inputs(components: Option<&Vec<ComponentIn>>) -> Option<Vec<service::ComponentInput>> {
    components.map(|list| list.iter().cloned().map(ComponentIn::into_input).collect())
}

macro_rules! action_path {
    ($name:ident, $operation:literal, $summary:literal, $about:literal, $body:ty, $path:literal, $permit:ty,
     |$writer:ident, $lang:ident, $target:ident, $input:ident| $work:expr) => {
        #[doc = $about]
        #[utoipa::path(
            operation_id = $operation, tag = "dossiers", summary = $summary, description = $about,
            params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IfMatch, IdempotencyKey),
            request_body = $body,
            responses((status = 201, description = "Done; the dossier as it now stands.", body = DossierView,
                headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the dossier.")))),
            security(("bearer" = []))
        )]
        #[post($path)]
        pub async fn $name(
            $writer: Writer<$permit>,
            $lang: Lang,
            id: Path<DossierId>,
            version: IfMatch,
            body: Json<$body>,
        ) -> Result<HttpResponse, Problem> {
            let $target = target(&id, version);
            let $input = body.into_inner();
            $work
        }
    };
}

/// Accepts a dossier that was submitted: code, form 01, the promised date (T3).
#[utoipa::path(
    operation_id = "accept_dossier", tag = "dossiers", summary = "Accept a submitted dossier",
    description = "Accepts a dossier that was submitted: code, form 01, the promised date (T3).",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = Option<AcceptanceIn>,
    responses((status = 201, description = "Accepted; the dossier as it now stands.", body = DossierView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the dossier.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/acceptances")]
pub async fn accept_dossier(
    writer: Writer<Accept>,
    lang: Lang,
    id: Path<DossierId>,
    version: IfMatch,
    body: JsonOrDefault<AcceptanceIn>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, version);
    let body = body.into_inner();
    let mut texts = Texts::new();
    let note = texts.text_opt("/note", body.note.as_ref(), 2000);
    texts.finish()?;
    let components = inputs(body.components.as_ref());
    done(writer, lang, &body, move |services, db, actor| {
        service::accept(
            services,
            db,
            actor,
            &target,
            components.as_deref(),
            note.clone(),
        )
    })
    .await
}

action_path! {
    refuse_dossier, "refuse_dossier", "Refuse a submitted dossier",
    "Refuses to accept a submitted dossier, in writing (form 03, T7).",
    RefusalIn,
    "/dossiers/{id}/refusals", Refuse,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let reason_code = texts.line("/reason_code", &input.reason_code, 60);
        let reason = texts.text("/reason", &input.reason, 2000);
        texts.finish()?;
        let command = Command::Refuse { reason_code, reason };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &Extra::default())
        })
        .await
    }
}

action_path! {
    request_supplement, "request_supplement", "Ask for supplements",
    "Asks for supplements, once and in full (form 02): before acceptance (T5) or within three working days of it (T11).",
    SupplementRequestIn,
    "/dossiers/{id}/supplement-requests", RequestSupplement,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        if input.items.is_empty() || input.items.len() > 30 {
            texts.errors.push(FieldError {
                pointer: "/items".into(),
                code: "out_of_range",
                detail: motcua_domain::refusal::Text::new("Phải có từ 1 đến 30 mục.", "1 to 30 items."),
            });
        }
        let items = input
            .items
            .iter()
            .enumerate()
            .map(|(i, item)| texts.text(&format!("/items/{i}"), item, 500))
            .collect();
        let reason = texts.text("/reason", &input.reason, 2000);
        let legal_exception = texts.text_opt("/legal_exception", input.legal_exception.as_ref(), 500);
        texts.finish()?;
        let command = Command::RequestSupplement { items, reason, legal_exception };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &Extra::default())
        })
        .await
    }
}

/// Records that the supplements have come and are complete (T6, T12).
#[utoipa::path(
    operation_id = "record_supplement", tag = "dossiers", summary = "Record supplements",
    description = "Records that the supplements have come and are complete (T6, T12).",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = Option<SupplementIn>,
    responses((status = 201, description = "Recorded; the dossier as it now stands.", body = DossierView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the dossier.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/supplements")]
pub async fn record_supplement(
    writer: Writer<Supplement>,
    lang: Lang,
    id: Path<DossierId>,
    version: IfMatch,
    body: JsonOrDefault<SupplementIn>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, version);
    let body = body.into_inner();
    let mut texts = Texts::new();
    let note = texts.text_opt("/note", body.note.as_ref(), 2000);
    texts.finish()?;
    let components = inputs(body.components.as_ref());
    done(writer, lang, &body, move |services, db, actor| {
        service::supplement(
            services,
            db,
            actor,
            &target,
            components.as_deref(),
            note.clone(),
        )
    })
    .await
}

action_path! {
    hand_over_dossier, "hand_over_dossier", "Hand a dossier over",
    "Gives the dossier to another desk (form 06 gets a row); it waits to be acknowledged (T9, T10).",
    HandoverIn,
    "/dossiers/{id}/handovers", HandOver,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let note = texts.text_opt("/note", input.note.as_ref(), 2000);
        if input.pages.is_some_and(|p| !(0..=100_000).contains(&p)) {
            texts.errors.push(FieldError {
                pointer: "/pages".into(),
                code: "out_of_range",
                detail: motcua_domain::refusal::Text::new("Số trang phải từ 0 đến 100.000.", "0 to 100,000 pages."),
            });
        }
        texts.finish()?;
        let command = Command::HandOver {
            to: input.to,
            to_user: input.to_user_id.as_ref().map(ToString::to_string),
        };
        let extra = Extra {
            note,
            pages: input.pages,
            to_user: input.to_user_id.clone(),
            ..Extra::default()
        };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &extra)
        })
        .await
    }
}

/// Receives what was handed over, or sends it back with a reason (T9, T10).
#[utoipa::path(
    operation_id = "acknowledge_handover", tag = "dossiers", summary = "Acknowledge a hand-over",
    description = "Receives what was handed over, or sends it back with a reason (T9, T10).",
    params(
        ("id" = String, Path, description = "Id of the dossier.", format = Uuid),
        ("hid" = String, Path, description = "Id of the hand-over.", format = Uuid),
        IfMatch, IdempotencyKey
    ),
    request_body = AcknowledgementIn,
    responses((status = 201, description = "Done; the dossier as it now stands.", body = DossierView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the dossier.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/handovers/{hid}/acknowledgements")]
pub async fn acknowledge_handover(
    writer: Writer<Acknowledge>,
    lang: Lang,
    path: Path<(DossierId, HandoverId)>,
    version: IfMatch,
    body: Json<AcknowledgementIn>,
) -> Result<HttpResponse, Problem> {
    let (id, handover) = path.into_inner();
    let target = target(&id, version);
    let input = body.into_inner();
    let mut texts = Texts::new();
    let reason = texts.text_opt("/reason", input.reason.as_ref(), 2000);
    texts.finish()?;
    let command = Command::Acknowledge {
        accepted: input.accepted,
        reason,
    };
    let extra = Extra {
        handover_id: Some(handover),
        ..Extra::default()
    };
    done(writer, lang, &input, move |services, db, actor| {
        service::act(services, db, actor, &target, &command, &extra)
    })
    .await
}

/// Takes a dossier of one's own desk upon oneself (T10).
#[utoipa::path(
    operation_id = "claim_dossier", tag = "dossiers", summary = "Take a dossier upon oneself",
    description = "Takes a dossier of one's own desk upon oneself (T10) for four working hours, counted anew from each \
        step one takes on it. While a colleague has it, other handlers' steps are refused `claimed_by_other`; `takeover` \
        with a reason takes it over, on record.",
    params(("id" = String, Path, description = "Id of the dossier.", format = Uuid), IfMatch, IdempotencyKey),
    request_body = Option<ClaimIn>,
    responses((status = 201, description = "Taken; the dossier as it now stands.", body = DossierView,
        headers(("ETag" = String, description = "Row version."), ("Location" = String, description = "Address of the dossier.")))),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/claims")]
pub async fn claim_dossier(
    writer: Writer<Claim>,
    lang: Lang,
    id: Path<DossierId>,
    version: IfMatch,
    body: JsonOrDefault<ClaimIn>,
) -> Result<HttpResponse, Problem> {
    let target = target(&id, version);
    let input = body.into_inner();
    let mut texts = Texts::new();
    let takeover = input
        .takeover
        .as_ref()
        .map(|t| texts.required("/takeover/reason", &t.reason, 2000));
    texts.finish()?;
    let extra = Extra {
        takeover,
        ..Extra::default()
    };
    done(writer, lang, &input, move |services, db, actor| {
        service::act(services, db, actor, &target, &Command::Claim, &extra)
    })
    .await
}

action_path! {
    decide_dossier, "decide_dossier", "Decide a dossier",
    "A leader signs: grants, or refuses with a written reason (R13).",
    DecisionIn,
    "/dossiers/{id}/decisions", Decide,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let reason = texts.text_opt("/reason", input.reason.as_ref(), 2000);
        let legal_basis = texts.text_opt("/legal_basis", input.legal_basis.as_ref(), 500);
        let note = texts.text_opt("/note", input.note.as_ref(), 2000);
        texts.finish()?;
        let command = Command::Decide { outcome: input.outcome, reason };
        let extra = Extra { legal_basis, note, ..Extra::default() };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &extra)
        })
        .await
    }
}

action_path! {
    record_result, "record_result", "Record a result",
    "Records the signed result and brings it to the results desk: this ends the clock (T19, T20).",
    ResultIn,
    "/dossiers/{id}/results", Results,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let number = texts.line_opt("/number", input.number.as_ref(), 100);
        let summary = texts.line("/summary", &input.summary, 500);
        texts.finish()?;
        let command = Command::Results { number, issued_on: input.issued_on, summary };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &Extra::default())
        })
        .await
    }
}

action_path! {
    return_result, "return_result", "Hand a result back",
    "Hands the result back, with who took it (T21, T22).",
    ReturnIn,
    "/dossiers/{id}/returns", Return,
    |writer, lang, target, input| {
        let c = &input.collector;
        let mut texts = Texts::new();
        let full_name = texts.line("/collector/full_name", &c.full_name, 200);
        let authorisation = texts.line_opt("/collector/authorisation", c.authorisation.as_ref(), 300);
        let tracking_number = texts.line_opt("/collector/tracking_number", c.tracking_number.as_ref(), 40);
        let identity = match &c.identity_number {
            Some(n) if !n.trim().is_empty() => person::collect(
                person::check_owner_number(OwnerKind::Citizen, n),
                "/collector/identity_number",
                &mut texts.errors,
            ),
            _ => None,
        };
        texts.finish()?;
        let collector = Collector { full_name, relation: c.relation, authorisation };
        let extra = Extra {
            collector_identity: identity,
            originals_returned: input.originals_returned,
            ..Extra::default()
        };
        let method = c.method;
        done(writer, lang, &input, move |services, db, actor| {
            service::give_back(services, db, actor, &target, &collector, method, tracking_number.clone(), &extra)
        })
        .await
    }
}

action_path! {
    withdraw_dossier, "withdraw_dossier", "Withdraw a dossier",
    "Withdraws: reception records the citizen's request, a leader confirms or declines it (T16).",
    WithdrawalIn,
    "/dossiers/{id}/withdrawals", Withdraw,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let reason = texts.text("/reason", &input.reason, 2000);
        texts.finish()?;
        let command = Command::Withdraw { reason, declined: input.declined };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &Extra::default())
        })
        .await
    }
}

/// An action that is one command with its texts and nothing more.
macro_rules! plain_action {
    ($name:ident, $operation:literal, $summary:literal, $about:literal, $body:ty, $path:literal, $permit:ty,
     |$texts:ident, $input:ident| $command:expr) => {
        plain_action! {
            $name, $operation, $summary, $about, $body, $path, $permit,
            |$texts, $input| $command, Extra::default()
        }
    };
    ($name:ident, $operation:literal, $summary:literal, $about:literal, $body:ty, $path:literal, $permit:ty,
     |$texts:ident, $input:ident| $command:expr, $extra:expr) => {
        action_path! {
            $name, $operation, $summary, $about, $body, $path, $permit,
            |writer, lang, target, $input| {
                let mut $texts = Texts::new();
                let command = $command;
                let extra = $extra;
                $texts.finish()?;
                done(writer, lang, &$input, move |services, db, actor| {
                    service::act(services, db, actor, &target, &command, &extra)
                })
                .await
            }
        }
    };
}

plain_action! {
    consult_on_dossier, "consult_on_dossier", "Ask another body's opinion",
    "Asks another body's opinion by a stated date; the clock runs on (T10, R11).",
    ConsultationIn, "/dossiers/{id}/consultations", Consult,
    |texts, input| Command::Consult {
        body: texts.line("/body", &input.body, 300),
        reply_due_on: input.reply_due_on,
    },
    Extra { text: Some(texts.required("/question", &input.question, 2000)), ..Extra::default() }
}

plain_action! {
    answer_consultation, "answer_consultation", "Record the opinion asked for",
    "The opinion asked for has come, or is waited for no longer (T10).",
    ConsultationReplyIn, "/dossiers/{id}/consultation-replies", AnswerConsultation,
    |texts, input| Command::AnswerConsultation,
    Extra { text: Some(texts.required("/reply", &input.reply, 2000)), ..Extra::default() }
}

plain_action! {
    advance_dossier, "advance_dossier", "Begin the next internal step",
    "Begins the next step of the internal workflow at the same desk (T10); what goes to another desk is handed over. The promise is not touched.",
    StepIn, "/dossiers/{id}/steps", Advance,
    |texts, input| Command::Advance,
    Extra { note: texts.text_opt("/note", input.note.as_ref(), 2000), ..Extra::default() }
}

plain_action! {
    require_payment, "require_payment", "Ask for a payment",
    "An amount became known while the dossier was handled: the clock stands still until it is settled (T14).",
    PaymentRequestIn, "/dossiers/{id}/payment-requests", RequirePayment,
    |texts, input| Command::RequirePayment {
        amount_vnd: input.amount_vnd,
        reason: texts.text("/reason", &input.reason, 2000),
    }
}

plain_action! {
    settle_payment, "settle_payment", "Settle what is owed",
    "What was owed is paid in full, or an exemption is confirmed; the clock goes on (T15). Fees that were worked out are settled by what the ledger says is owed, with how they were paid.",
    PaymentIn, "/dossiers/{id}/payments", SettlePayment,
    |texts, input| Command::SettlePayment(match input.settlement {
        SettlementWord::Paid => Settlement::Paid,
        SettlementWord::Exempt => Settlement::Exempt,
    }),
    Extra {
        note: match (input.reference.as_deref().unwrap_or_default(), input.method) {
            ("", Some(PaymentMethod::Cash)) => None,
            (reference, _) => Some(texts.required("/reference", reference, 300)),
        },
        method: input.method,
        ..Extra::default()
    }
}

plain_action! {
    stop_dossier, "stop_dossier", "Stop a dossier",
    "Ends a dossier without a result (form 05): the supplement did not come in time (T13), or a leader states a legal ground (T17).",
    StopIn, "/dossiers/{id}/stops", Stop,
    |texts, input| Command::Stop {
        reason: texts.text("/reason", &input.reason, 2000),
        legal_ground: texts.text_opt("/legal_ground", input.legal_ground.as_ref(), 500),
    }
}

plain_action! {
    hold_dossier, "hold_dossier", "Hold a dossier",
    "A leader holds a dossier on a legal ground (form 05); the clock stands still until it is resumed (T17).",
    StopIn, "/dossiers/{id}/holds", Hold,
    |texts, input| Command::Hold {
        reason: texts.text("/reason", &input.reason, 2000),
        legal_ground: texts.text_opt("/legal_ground", input.legal_ground.as_ref(), 500),
    }
}

plain_action! {
    resume_dossier, "resume_dossier", "Go on after a hold",
    "A leader lets a held dossier go on; the time held is made good, no more (T18).",
    ResumptionIn, "/dossiers/{id}/resumptions", Resume,
    |texts, input| Command::Resume { reason: texts.text("/reason", &input.reason, 2000) }
}

action_path! {
    transfer_dossier, "transfer_dossier", "Transfer to another authority",
    "Passes a dossier on to the authority that is competent (T24). To one this centre receives for it goes on as a dossier of its own, with its people and papers, its own code, slip and promise; the two name each other.",
    TransferIn, "/dossiers/{id}/transfers", Transfer,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let to = texts.line_opt("/to", input.to.as_ref(), 300);
        let reason = texts.text("/reason", &input.reason, 2000);
        texts.finish()?;
        let onward = service::onward(input.authority_id.clone(), to).map_err(into_problem)?;
        done(writer, lang, &input, move |services, db, actor| {
            service::transfer(services, db, actor, &target, &onward, &reason)
        })
        .await
    }
}

action_path! {
    draft_apology, "draft_apology", "Draft an apology",
    "A handler drafts the letter of apology with a new date for a leader to sign (T25, R14): under the conditions of the letter itself. A new draft takes the place of one not signed yet.",
    ApologyIn, "/dossiers/{id}/apologies", DraftApology,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let reason = texts.text("/reason", &input.reason, 2000);
        texts.finish()?;
        let command = Command::DraftApology { new_due_on: input.new_due_on, reason };
        let extra = Extra { late_reason: Some(input.reason_code), ..Extra::default() };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &extra)
        })
        .await
    }
}

plain_action! {
    return_apology, "return_apology", "Send a drafted apology back",
    "A leader does not sign the drafted letter of apology, and says what is to be done otherwise (T25).",
    ApologyReturnIn, "/dossiers/{id}/apology-returns", ReturnApology,
    |texts, input| Command::ReturnApology { reason: texts.text("/reason", &input.reason, 2000) }
}

action_path! {
    extend_dossier, "extend_dossier", "Apologise with a new date",
    "An apology with a new date (form 04): once, to a later working day, at the latest one day before the old date (T25, R14). The first date stays on record. A draft that waits is signed by it.",
    ExtensionIn, "/dossiers/{id}/extensions", Extend,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let reason = texts.text("/reason", &input.reason, 2000);
        texts.finish()?;
        let command = Command::Extend { new_due_on: input.new_due_on, reason };
        let extra = Extra { late_reason: input.reason_code, ..Extra::default() };
        done(writer, lang, &input, move |services, db, actor| {
            service::act(services, db, actor, &target, &command, &extra)
        })
        .await
    }
}

plain_action! {
    correct_result, "correct_result", "Put a returned result right",
    "A returned result was wrong: the authority puts it right at its own cost (T23, R18). The corrected result is recorded under `/results`.",
    CorrectionIn, "/dossiers/{id}/corrections", Correct,
    |texts, input| Command::Correct { reason: texts.text("/reason", &input.reason, 2000) }
}

action_path! {
    undo_step, "undo_step", "Take the last step back",
    "A leader takes the last step back within five minutes, unless a paper was issued with it (T26). What the step wrote stays, marked void, and the timeline says both.",
    UndoIn, "/dossiers/{id}/undos", Undo,
    |writer, lang, target, input| {
        let mut texts = Texts::new();
        let reason = texts.required("/reason", &input.reason, 2000);
        texts.finish()?;
        done(writer, lang, &input, move |services, db, actor| {
            service::undo(services, db, actor, &target, &reason)
        })
        .await
    }
}

//! What comes in about dossiers.

use chrono::NaiveDate;
use motcua_domain::deadline::LateReason;
use motcua_domain::dossier::{
    AuthorisationScope, Channel, DecisionOutcome, DeliveryMethod, Desk, Relation,
};
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_domain::person::OwnerKind;
use motcua_services::dossier as service;
use motcua_store::{AuthorityId, RecordId, UserId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::words;

/// The owner of a dossier (chủ hồ sơ).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnerIn {
    /// Citizen, business, state body, organisation or other.
    #[schema(value_type = words::OwnerKind)]
    pub kind: OwnerKind,
    /// Full name; 1–200 characters.
    #[schema(min_length = 1, max_length = 200, example = "Nguyễn Văn An")]
    pub full_name: String,
    /// 12-digit personal number, 9-digit old number, tax code or passport number. Absent for a
    /// newborn.
    #[schema(max_length = 30, example = "001085012345")]
    pub identity_number: Option<String>,
    /// `YYYY` or `YYYY-MM-DD`.
    #[schema(max_length = 10, example = "1985-04-12")]
    pub birth_date: Option<String>,
    /// Telephone; `+84` is understood.
    #[schema(max_length = 20, example = "0912345678")]
    pub phone: Option<String>,
    /// E-mail.
    #[schema(max_length = 254, example = "an@example.vn")]
    pub email: Option<String>,
    /// Address; at most 300 characters.
    #[schema(
        max_length = 300,
        example = "12 phố Hàng Bài, phường Trần Hưng Đạo, Hà Nội"
    )]
    pub address: Option<String>,
}

/// The filer (người nộp), when another than the owner.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FilerIn {
    /// Full name; 1–200 characters.
    #[schema(min_length = 1, max_length = 200, example = "Trần Thị Bình")]
    pub full_name: String,
    /// Identity number.
    #[schema(max_length = 30, example = "001190054321")]
    pub identity_number: Option<String>,
    /// Telephone.
    #[schema(max_length = 20, example = "0987654321")]
    pub phone: Option<String>,
    /// E-mail.
    #[schema(max_length = 254)]
    pub email: Option<String>,
    /// Address.
    #[schema(max_length = 300)]
    pub address: Option<String>,
    /// What the filer is to the owner.
    #[schema(max_length = 100, example = "vợ")]
    pub relation: Option<String>,
    /// The written authorisation: number, date or description.
    #[schema(max_length = 300)]
    pub authorisation: Option<String>,
    /// What it covers: filing, collecting the result, or both.
    #[schema(value_type = Option<words::AuthorisationScope>)]
    pub authorisation_scope: Option<AuthorisationScope>,
    /// Its last day.
    pub authorisation_until: Option<NaiveDate>,
}

impl OwnerIn {
    /// As the service takes it.
    pub fn into_input(self) -> service::OwnerInput {
        service::OwnerInput {
            kind: self.kind,
            full_name: self.full_name,
            identity_number: self.identity_number,
            birth_date: self.birth_date,
            phone: self.phone,
            email: self.email,
            address: self.address,
        }
    }
}

impl FilerIn {
    /// As the service takes it.
    pub fn into_input(self) -> service::FilerInput {
        service::FilerInput {
            full_name: self.full_name,
            identity_number: self.identity_number,
            phone: self.phone,
            email: self.email,
            address: self.address,
            relation: self.relation,
            authorisation: self.authorisation,
            authorisation_scope: self.authorisation_scope,
            authorisation_until: self.authorisation_until,
        }
    }
}

/// A paper handed in, and how many of each kind.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ComponentIn {
    /// Which of the procedure's components.
    #[schema(min_length = 1, max_length = 100, example = "to_khai")]
    pub component_id: String,
    /// Originals.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 999, example = 1)]
    pub originals: i32,
    /// Certified copies.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 999, example = 0)]
    pub certified_copies: i32,
    /// Photocopies.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 999, example = 0)]
    pub photocopies: i32,
}

/// How the result goes to the citizen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryIn {
    /// At the counter, by post, at home, electronically.
    #[schema(value_type = words::DeliveryMethod)]
    pub method: DeliveryMethod,
    /// Where to; the owner's address when absent.
    #[schema(max_length = 300)]
    pub address: Option<String>,
}

/// What becomes of a dossier that comes in at the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntakeModeIn {
    /// Accepted at once.
    #[default]
    Accept,
    /// Left to be checked.
    Check,
}

/// A result given on the spot (R8).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OnTheSpotIn {
    /// The leader who signed the paper.
    #[schema(value_type = String, format = Uuid)]
    pub signer_user_id: UserId,
    /// Its number.
    #[schema(max_length = 100)]
    pub result_number: Option<String>,
    /// What it is; the procedure's result when absent.
    #[schema(max_length = 500)]
    pub summary: Option<String>,
}

/// A dossier to be taken in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DossierIn {
    /// Code of the procedure.
    #[schema(min_length = 1, max_length = 40, example = "1.004873")]
    pub procedure_code: String,
    /// The competent authority.
    #[schema(value_type = String, format = Uuid)]
    pub authority_id: AuthorityId,
    /// How it came. Online and kiosk dossiers are submitted, not yet accepted.
    #[schema(value_type = words::Channel)]
    pub channel: Channel,
    /// Accept at once, or take in to be checked.
    #[serde(default)]
    pub intake_mode: IntakeModeIn,
    /// The owner.
    pub owner: OwnerIn,
    /// The filer, when another.
    pub filer: Option<FilerIn>,
    /// The papers handed in.
    #[schema(max_items = 100)]
    pub components: Vec<ComponentIn>,
    /// Sets of the dossier.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 99, default = 1)]
    pub copies_count: i32,
    /// How the result goes to the citizen.
    pub result_delivery: DeliveryIn,
    /// The visit it belongs to, when one person files several.
    #[schema(format = Uuid)]
    pub visit_id: Option<uuid::Uuid>,
    /// A remark; at most 2,000 characters.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// The draft it was begun as: sent with it, and gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub draft_id: Option<RecordId>,
    /// The version of the draft that was seen: `version_stale` when somebody has typed on meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft_version: Option<i64>,
    /// The result is given on the spot.
    pub on_the_spot: Option<OnTheSpotIn>,
}

fn one() -> i32 {
    1
}

impl ComponentIn {
    /// As the service takes it.
    pub fn into_input(self) -> service::ComponentInput {
        service::ComponentInput {
            component_id: self.component_id,
            originals: self.originals,
            certified_copies: self.certified_copies,
            photocopies: self.photocopies,
        }
    }
}

impl DossierIn {
    /// As the service takes it.
    pub fn into_new(self) -> service::NewDossier {
        service::NewDossier {
            procedure_code: self.procedure_code,
            authority_id: self.authority_id,
            channel: self.channel,
            mode: match self.intake_mode {
                IntakeModeIn::Accept => service::IntakeMode::Accept,
                IntakeModeIn::Check => service::IntakeMode::Check,
            },
            owner: self.owner.into_input(),
            filer: self.filer.map(FilerIn::into_input),
            components: self
                .components
                .into_iter()
                .map(ComponentIn::into_input)
                .collect(),
            copies_count: self.copies_count,
            delivery_method: self.result_delivery.method,
            delivery_address: self.result_delivery.address,
            visit_id: self.visit_id.map(|v| v.to_string()),
            note: self.note,
            on_the_spot: self.on_the_spot.map(|s| service::SpotInput {
                signer: s.signer_user_id,
                result_number: s.result_number,
                summary: s.summary,
            }),
            draft_id: self.draft_id,
            draft_version: self.draft_version,
            charged: Vec::new(),
        }
    }
}

/// Accepting a dossier that was submitted.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceIn {
    /// The papers as they were found; as submitted when absent.
    #[schema(max_items = 100)]
    pub components: Option<Vec<ComponentIn>>,
    /// A remark.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

/// Refusing to accept (form 03).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusalIn {
    /// Code of the reason list.
    #[schema(min_length = 1, max_length = 60, example = "not_competent")]
    pub reason_code: String,
    /// The reason in words; required.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Hồ sơ không thuộc thẩm quyền giải quyết của phường."
    )]
    pub reason: String,
}

/// Asking for supplements (form 02): everything at once.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplementRequestIn {
    /// What is wanted, one item each.
    #[schema(min_items = 1, max_items = 30, example = json!(["Bản sao quyết định ly hôn"]))]
    pub items: Vec<String>,
    /// Why.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Chưa có căn cứ xác định tình trạng hôn nhân."
    )]
    pub reason: String,
    /// The legal basis for asking late or again; leaders only.
    #[schema(max_length = 500)]
    pub legal_exception: Option<String>,
}

/// The supplements have come.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SupplementIn {
    /// The papers as they now are; unchanged when absent.
    #[schema(max_items = 100)]
    pub components: Option<Vec<ComponentIn>>,
    /// A remark.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

/// Giving a dossier to another desk.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverIn {
    /// To which desk.
    #[schema(value_type = words::Desk)]
    pub to: Desk,
    /// To one person there.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub to_user_id: Option<UserId>,
    /// Pages handed over.
    #[schema(minimum = 0, maximum = 100000)]
    pub pages: Option<i32>,
    /// A remark.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

/// Receiving what was given, or sending it back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AcknowledgementIn {
    /// Received, or sent back.
    #[schema(example = true)]
    pub accepted: bool,
    /// Why it is sent back.
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
}

/// A leader's decision.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionIn {
    /// Grant or refuse.
    #[schema(value_type = words::DecisionOutcome)]
    pub outcome: DecisionOutcome,
    /// Written reason; required to refuse (R13).
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// Legal basis.
    #[schema(max_length = 500)]
    pub legal_basis: Option<String>,
    /// A remark.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

/// The result as recorded.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultIn {
    /// Its number.
    #[schema(max_length = 100, example = "125/XNHN")]
    pub number: Option<String>,
    /// Its date.
    pub issued_on: Option<NaiveDate>,
    /// What it says.
    #[schema(
        min_length = 1,
        max_length = 500,
        example = "Giấy xác nhận tình trạng hôn nhân"
    )]
    pub summary: String,
}

/// Who takes the result away.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CollectorIn {
    /// Full name.
    #[schema(min_length = 1, max_length = 200, example = "Nguyễn Văn An")]
    pub full_name: String,
    /// Identity number shown.
    #[schema(max_length = 30, example = "001085012345")]
    pub identity_number: Option<String>,
    /// Owner, filer or representative.
    #[schema(value_type = words::Relation)]
    pub relation: Relation,
    /// The written authorisation a representative brings (R17).
    #[schema(max_length = 300)]
    pub authorisation: Option<String>,
    /// How it was handed back; as the citizen chose when absent.
    #[schema(value_type = Option<words::DeliveryMethod>)]
    pub method: Option<DeliveryMethod>,
    /// Tracking number of the postal item.
    #[schema(max_length = 40)]
    pub tracking_number: Option<String>,
}

/// Handing the result back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnIn {
    /// Who takes it.
    pub collector: CollectorIn,
    /// Originals taken for checking were given back (R16).
    #[serde(default)]
    pub originals_returned: bool,
}

/// Withdrawing a dossier: recorded by reception, confirmed by a leader.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalIn {
    /// The citizen's reason, or the leader's when declining.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Công dân không còn nhu cầu."
    )]
    pub reason: String,
    /// A leader sends the request back.
    #[serde(default)]
    pub declined: bool,
}

/// Asking another body's opinion.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationIn {
    /// Whom.
    #[schema(min_length = 1, max_length = 300, example = "Công an phường Cửa Nam")]
    pub body: String,
    /// What is asked.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Đề nghị xác minh nơi thường trú trước năm 2021."
    )]
    pub question: String,
    /// By when they are to answer (R11); the dossier's own clock runs on.
    pub reply_due_on: Option<NaiveDate>,
}

/// The next step of the internal workflow begins.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StepIn {
    /// Remark.
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}

/// The opinion that was asked for, or why it is waited for no longer.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsultationReplyIn {
    /// What was answered.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Công văn số 112/CAP ngày 05/3/2026: xác nhận có đăng ký thường trú."
    )]
    pub reply: String,
}

/// Ending or holding a dossier without a result (form 05).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StopIn {
    /// Why, as the citizen will read it.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Quá thời hạn bổ sung mà hồ sơ chưa được hoàn thiện."
    )]
    pub reason: String,
    /// The legal ground; required unless the supplement did not come in time.
    #[schema(max_length = 500)]
    pub legal_ground: Option<String>,
}

/// Going on after a hold.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumptionIn {
    /// Why.
    #[schema(min_length = 1, max_length = 2000, example = "Lý do tạm dừng đã hết.")]
    pub reason: String,
}

/// Taking a dossier upon oneself.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimIn {
    /// Takes it over from the handler who has it to themselves.
    pub takeover: Option<TakeoverIn>,
}

/// Taking a dossier over from a colleague.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeoverIn {
    /// Why; it stands in the timeline.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Đồng chí Đức nghỉ ốm, hồ sơ hẹn trả trong ngày."
    )]
    pub reason: String,
}

/// Passing a dossier on to the authority that is competent.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferIn {
    /// An authority this centre receives for: the dossier goes on there, as a leg with its own code,
    /// slip and promise.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub authority_id: Option<AuthorityId>,
    /// Any other, in words: the dossier ends here. One of the two is named.
    #[schema(max_length = 300, example = "Ủy ban nhân dân phường Hoàn Kiếm")]
    pub to: Option<String>,
    /// Why.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Nơi thường trú của người yêu cầu thuộc phường Hoàn Kiếm."
    )]
    pub reason: String,
}

/// An apology with a new date (form 04).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionIn {
    /// The new date: a working day after the old one.
    #[schema(example = "2026-03-17")]
    pub new_due_on: NaiveDate,
    /// Why it takes longer, as the citizen will read it.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Cơ quan phối hợp chưa trả lời xác minh."
    )]
    pub reason: String,
    /// Which of the known reasons; the signed draft's when absent.
    #[schema(value_type = Option<words::LateReason>)]
    pub reason_code: Option<LateReason>,
}

/// A letter of apology for a leader to sign.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApologyIn {
    /// The new date: a working day after the old one.
    #[schema(example = "2026-03-17")]
    pub new_due_on: NaiveDate,
    /// Which of the known reasons.
    #[schema(value_type = words::LateReason)]
    pub reason_code: LateReason,
    /// Why it takes longer, as the citizen will read it.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Cơ quan phối hợp chưa trả lời xác minh."
    )]
    pub reason: String,
}

/// A drafted apology is not signed.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApologyReturnIn {
    /// What is to be done otherwise.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Hẹn lại ngày sớm hơn; nêu rõ cơ quan phối hợp."
    )]
    pub reason: String,
}

/// A returned result was wrong.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionIn {
    /// What is wrong.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Sai ngày sinh của người được cấp."
    )]
    pub reason: String,
}

/// Asking for an amount that became known while the dossier was handled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentRequestIn {
    /// Đồng.
    #[schema(minimum = 1, maximum = 9999999999999_i64, example = 150000)]
    pub amount_vnd: i64,
    /// What for.
    #[schema(
        min_length = 1,
        max_length = 2000,
        example = "Thông báo lệ phí trước bạ số 45/TB."
    )]
    pub reason: String,
}

/// How what was owed is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SettlementWord {
    /// Paid in full.
    Paid,
    /// An exemption was confirmed.
    Exempt,
}

/// What was owed is settled.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentIn {
    /// Paid in full, or exempt.
    pub settlement: SettlementWord,
    /// How fees that were worked out are paid; not for what was asked for while the dossier was handled.
    #[schema(value_type = Option<words::PaymentMethod>)]
    pub method: Option<PaymentMethod>,
    /// The bank's or the terminal's reference, the receipt's number, or the paper the exemption rests on;
    /// cash needs none.
    #[schema(min_length = 1, max_length = 300, example = "Biên lai số 0000123")]
    pub reference: Option<String>,
}

/// Taking the last step back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UndoIn {
    /// Why.
    #[schema(min_length = 1, max_length = 2000, example = "Bấm nhầm hồ sơ.")]
    pub reason: String,
}

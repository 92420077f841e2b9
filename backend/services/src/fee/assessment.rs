//! What one dossier costs, kept with it: each assessment is a number of its own, and a later one takes
//! the earlier back.

use std::collections::HashMap;

use chrono::NaiveDate;
use motcua_domain::catalogue::Size;
use motcua_domain::dossier::{Channel, Dossier, PaymentState, State};
use motcua_domain::fee::ledger::{EntryKind, assessed, owed};
use motcua_domain::fee::{Assessment, Case, Claim, FeeDue, Stated, assess};
use motcua_domain::refusal::Refusal;
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::{DossierRow, find, forget_undo, update};
use motcua_store::fee::{self as rows, AssessmentRow};
use motcua_store::{Db, DossierId, RecordId, StoreError, Ts};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::ledger::{self, Cause, Entry, TOLD};
use super::{request, unknown};
use crate::actor::{Actor, Permission};
use crate::context::Services;
use crate::dossier::{Target, load_to_change, stale};
use crate::error::{Error, Result};
use crate::record;
use crate::reference::Names;

/// What an officer says of a dossier's fees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeeCase {
    /// Its size.
    pub size: Size,
    /// Lines with a condition that holds here.
    pub chosen: Vec<String>,
    /// Amounts that the catalogue does not know.
    pub stated: Vec<Stated>,
    /// Grounds for paying less.
    pub claims: Vec<Claim>,
}

impl FeeCase {
    /// The case as it was filed: the law of the day of reception holds.
    #[must_use]
    pub fn filed(&self, channel: Channel, on: NaiveDate) -> Case {
        Case {
            filed_by: channel.into(),
            on,
            size: self.size,
            chosen: self.chosen.clone(),
            stated: self.stated.clone(),
            claims: self.claims.clone(),
        }
    }
}

/// What is kept of an assessment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    assessment: Assessment,
    pages: u32,
    copies: u32,
    events: u32,
    value_vnd: Option<i64>,
}

/// The fees of a dossier as they stand.
#[derive(Debug, Clone)]
pub struct Fees {
    /// The dossier.
    pub row: DossierRow,
    /// The assessment that holds, with its row.
    pub holds: Option<(AssessmentRow, Assessment)>,
    /// The entries of the ledger, in order.
    pub entries: Vec<Entry>,
    /// What is still owed, in đồng.
    pub owed_vnd: i64,
    /// Names of the people who appear.
    pub names: Names,
    /// Whether this person may work it out, or out anew.
    pub assessable: bool,
}

/// What an assessment says that is kept.
///
/// # Errors
/// [`StoreError::Corrupt`] when it cannot be read.
pub(super) fn kept(row: &AssessmentRow) -> Result<Assessment> {
    let data: Kept = serde_json::from_str(&row.data).map_err(StoreError::from)?;
    Ok(data.assessment)
}

/// Why the fees of a dossier cannot be worked out any more, or not now: `fees_closed`, `fees_settled`,
/// `payment_pending`.
fn closed(d: &Dossier) -> Option<Refusal> {
    if d.state == State::Draft || d.state.is_final() {
        return Some(Refusal::new(
            "fees_closed",
            "Hồ sơ đã kết thúc: không tính lại phí, lệ phí được nữa.",
            "The dossier has ended: its fees are not worked out any more.",
        ));
    }
    match d.payment {
        PaymentState::Paid | PaymentState::Refunded => Some(Refusal::new(
            "fees_settled",
            "Phí, lệ phí của hồ sơ đã nộp: không tính lại, chỉ có thể hoàn.",
            "The fees are paid: they are not worked out anew, only refunded.",
        )),
        PaymentState::Pending => Some(Refusal::new(
            "payment_pending",
            "Hồ sơ đang chờ thực hiện nghĩa vụ tài chính: tính phí, lệ phí sau khi khoản này xong.",
            "A payment is being waited for: the fees are worked out when that is settled.",
        )),
        _ => None,
    }
}

/// Works out what a dossier costs and keeps it. What was worked out before is taken back, by somebody
/// else than who had done it.
///
/// # Errors
/// `not_found`, `version_stale`, `role_not_allowed`, `fees_closed`, `fees_settled`, `payment_pending`,
/// `own_assessment`, `payment_request_open`, `payment_unknown`, `nothing_changed`, `assessment_incomplete`; those of [`assess`].
pub fn keep(
    services: &Services,
    db: &mut Db,
    actor: &Actor,
    target: &Target,
    wanted: &FeeCase,
) -> Result<DossierRow> {
    let mut loaded = load_to_change(db, actor, target)?;
    let may = Permission::AssessFees.roles();
    let Some(role) = loaded.roles.iter().copied().find(|r| may.contains(r)) else {
        return Err(Refusal::new(
            "role_not_allowed",
            "Việc này chỉ dành cho bộ phận tiếp nhận, người thụ lý và thu ngân.",
            "Only reception, the handler and the cashier may do this.",
        )
        .into());
    };
    if let Some(why) = closed(&loaded.snapshot) {
        return Err(why.into());
    }
    let procedure = services.procedure(db, &loaded.row.procedure_version_id)?;
    let received = local_date(loaded.row.received_at.0);
    let case = wanted.filed(loaded.snapshot.channel, received);
    let assessment = assess(&procedure.data.fees, &case)?;
    if !assessment.complete {
        return Err(incomplete(&assessment));
    }
    let kept = Kept {
        assessment,
        pages: wanted.size.pages,
        copies: wanted.size.copies,
        events: wanted.size.events,
        value_vnd: wanted.size.value_vnd,
    };
    let data = serde_json::to_string(&kept).map_err(StoreError::from)?;
    let now = services.now();
    let at = Ts::new(now);
    let before = rows::assessment(db, &target.id)?;
    let mut told = Vec::new();
    if let Some(before) = &before {
        request::still_asked(db, &target.id, at)?;
        // What may have come pays what was worked out before, or nothing.
        unknown::free(db, &target.id, None)?;
        if before.data == data {
            return Err(Refusal::new(
                "nothing_changed",
                "Không có thông tin nào thay đổi.",
                "Nothing is changed.",
            )
            .into());
        }
        if before.assessed_by == actor.user_id {
            return Err(Refusal::new(
                "own_assessment",
                "Người khác phải tính lại khoản đã tính: không tự sửa số tiền do mình tính.",
                "Somebody else works it out anew: nobody corrects an amount of their own.",
            )
            .into());
        }
        let entries = ledger::entries(db, &target.id)?;
        let cause = Cause {
            at,
            actor: Some(&actor.user_id),
            assessment: &before.id,
            kind: EntryKind::Reversed,
            method: None,
            reference: None,
            reverses: None,
        };
        told.extend(ledger::take_back(db, &loaded.row, &entries, &cause)?);
    }
    let a = &kept.assessment;
    let due = a
        .lines
        .iter()
        .filter(|l| l.net_vnd.is_some_and(|n| n > 0))
        .map(|l| l.due)
        .min()
        .unwrap_or(FeeDue::AtCollection);
    let row = AssessmentRow {
        id: RecordId::new(),
        centre_id: loaded.row.centre_id.clone(),
        authority_id: loaded.row.authority_id.clone(),
        dossier_id: target.id.clone(),
        number: before.map_or(1, |b| b.number + 1),
        assessed_at: at,
        assessed_by: actor.user_id.clone(),
        gross_vnd: a.gross_vnd,
        waived_vnd: a.waived_vnd,
        net_vnd: a.net_vnd,
        due: due.as_str().to_owned(),
        data,
    };
    rows::insert_assessment(db, &row)?;
    let cause = Cause {
        at,
        actor: Some(&actor.user_id),
        assessment: &row.id,
        kind: EntryKind::Assessed,
        method: None,
        reference: None,
        reverses: None,
    };
    told.extend(ledger::post(db, &loaded.row, &assessed(a), &cause)?);
    let payment = match (a.net_vnd, a.waived_vnd) {
        (0, 0) => PaymentState::NotRequired,
        (0, _) => PaymentState::Exempt,
        _ => PaymentState::Due,
    };
    let version = loaded.row.version;
    loaded.row.payment_state = payment.as_str().to_owned();
    loaded.row.version += 1;
    loaded.row.timeline_seq += 1;
    if !update(db, &loaded.row, version)? {
        return Err(stale(db, &loaded.row));
    }
    // A step taken back would put back what was owed before.
    forget_undo(db, &target.id)?;
    let grounds: Vec<&str> = a
        .lines
        .iter()
        .filter_map(|l| l.waiver.as_ref())
        .map(|w| w.exemption_id.as_str())
        .collect();
    let mut detail = json!({
        "number": row.number,
        "gross_vnd": row.gross_vnd,
        "waived_vnd": row.waived_vnd,
        "net_vnd": row.net_vnd,
        "exemptions": grounds,
    });
    if let Some(members) = detail.as_object_mut().filter(|_| !told.is_empty()) {
        members.insert(TOLD.to_owned(), json!(told));
    }
    record::step(
        db,
        &loaded.row,
        record::Step {
            at: now,
            kind: "fees_assessed",
            transition: "",
            actor: Some(actor),
            role: Some(role.as_str()),
            from_state: Some(loaded.row.state.clone()),
            detail,
        },
    )?;
    Ok(loaded.row)
}

fn incomplete(assessment: &Assessment) -> Error {
    let open: Vec<&str> = assessment
        .lines
        .iter()
        .filter(|l| l.net_vnd.is_none())
        .map(|l| l.line_id.as_str())
        .collect();
    let (vi, en) = (
        "Danh mục chưa ghi mức thu của khoản này; cần nhập số tiền kèm văn bản quy định.",
        "The catalogue does not know this line's amount; it is to be stated with the instrument that sets it.",
    );
    Refusal::new("assessment_incomplete", vi, en)
        .field("/stated", "required", vi, en)
        .with("unknown_lines", open)
        .into()
}

/// The fees of a dossier in the actor's scope.
///
/// # Errors
/// `not_found`.
pub fn of_dossier(services: &Services, db: &mut Db, actor: &Actor, id: &DossierId) -> Result<Fees> {
    let row =
        find(db, &actor.scope(Permission::ReadDossiers), id)?.ok_or_else(Refusal::not_found)?;
    let holds = match rows::assessment(db, id)? {
        Some(row) => {
            let assessment = kept(&row)?;
            Some((row, assessment))
        }
        None => None,
    };
    let entries = match &holds {
        Some(_) => ledger::entries(db, id)?,
        None => Vec::new(),
    };
    let people = holds
        .iter()
        .map(|(kept, _)| &kept.assessed_by)
        .chain(entries.iter().filter_map(|(e, _)| e.actor_id.as_ref()));
    let names = match &holds {
        Some(_) => services.names(db, actor.stamp, people)?,
        None => HashMap::new(),
    };
    let snapshot = crate::dossier::snapshot::of_row(&row, &[], None)?;
    let mine = holds
        .as_ref()
        .is_some_and(|(kept, _)| kept.assessed_by == actor.user_id);
    let may = Permission::AssessFees.roles();
    let roles = actor.roles_on(&row.centre_id, &row.authority_id);
    Ok(Fees {
        assessable: !mine && roles.iter().any(|r| may.contains(r)) && closed(&snapshot).is_none(),
        owed_vnd: owed(&ledger::moved(&entries)?),
        row,
        holds,
        entries,
        names,
    })
}

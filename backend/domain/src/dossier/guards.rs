//! What several transitions ask before they let anything pass.

use super::snapshot::Dossier;
use super::state::{Desk, Role, State};
use crate::refusal::Refusal;

/// None of the actor's roles may do this.
#[must_use]
pub fn role_not_allowed(roles: &[Role]) -> Refusal {
    // The program's own jobs are nobody whom a person could ask.
    let people: Vec<Role> = roles
        .iter()
        .copied()
        .filter(|r| *r != Role::System)
        .collect();
    let named = |name: fn(Role) -> &'static str| -> String {
        people
            .iter()
            .map(|r| name(*r))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let words: Vec<&str> = people.iter().map(|r| r.as_str()).collect();
    Refusal::new(
        "role_not_allowed",
        format!("Việc này chỉ dành cho: {}.", named(role_vi)),
        format!("Only these may do this: {}.", named(role_en)),
    )
    .with("required_roles", words)
}

/// The state does not permit it.
pub(super) fn transition_not_allowed(state: State) -> Refusal {
    Refusal::new(
        "transition_not_allowed",
        format!(
            "Không thể thực hiện khi hồ sơ ở trạng thái “{}”.",
            state.label_vi()
        ),
        format!("Not possible while the dossier is “{}”.", state.label_en()),
    )
    .with("state", state.as_str())
}

/// The actor must hold one of these roles at this point of the flow.
pub(super) fn need(held: bool, roles: &[Role]) -> Result<(), Refusal> {
    if held {
        Ok(())
    } else {
        Err(role_not_allowed(roles))
    }
}

/// A reason in words, where the law wants one (Decree 63/2010 Art 18.5).
pub(super) fn reason(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        let (vi, en) = (
            "Phải nêu rõ lý do bằng văn bản.",
            "A written reason is required.",
        );
        return Err(Refusal::new("reason_required", vi, en)
            .by_law("Nghị định 63/2010/NĐ-CP, Điều 18.5")
            .field("/reason", "required", vi, en));
    }
    Ok(())
}

/// A required text of the request.
pub(super) fn present(
    text: &str,
    pointer: &str,
    code: &'static str,
    vi: &str,
    en: &str,
) -> Result<(), Refusal> {
    if text.trim().is_empty() {
        return Err(Refusal::new(code, vi, en).field(pointer, "required", vi, en));
    }
    Ok(())
}

/// Nothing else may happen between giving and receiving: hand-over needs two signatures.
pub(super) fn no_open_handover(dossier: &Dossier) -> Result<(), Refusal> {
    match &dossier.open_handover {
        None => Ok(()),
        Some(open) => Err(Refusal::new(
            "handover_open",
            format!(
                "Hồ sơ đang bàn giao cho {}, chưa được xác nhận.",
                desk_vi(open.to_desk)
            ),
            format!(
                "A hand-over to the {} is still open.",
                desk_en(open.to_desk)
            ),
        )
        .by_law("Thông tư 03/2025/TT-VPCP, Mẫu 06")),
    }
}

/// A request to withdraw waits for the leader.
pub(super) fn no_withdrawal(dossier: &Dossier) -> Result<(), Refusal> {
    if dossier.withdrawal_requested {
        return Err(Refusal::new(
            "withdrawal_pending",
            "Công dân đã đề nghị rút hồ sơ; chờ lãnh đạo xác nhận.",
            "The citizen asked to withdraw; a leader must confirm or decline first.",
        ));
    }
    Ok(())
}

/// Once the decision is signed, it stands.
pub(super) fn not_decided_yet(dossier: &Dossier) -> Result<(), Refusal> {
    if dossier.decision.is_some() {
        return Err(Refusal::new(
            "already_decided",
            "Quyết định đã được ký.",
            "The decision has been signed.",
        ));
    }
    Ok(())
}

/// A desk in Vietnamese.
pub(super) const fn desk_vi(desk: Desk) -> &'static str {
    match desk {
        Desk::Reception => "bộ phận tiếp nhận",
        Desk::Handler => "công chức thụ lý",
        Desk::Leader => "lãnh đạo",
        Desk::ResultsDesk => "bộ phận trả kết quả",
        Desk::Citizen => "người dân",
        Desk::Archive => "lưu trữ",
    }
}

/// A desk in English.
pub(super) const fn desk_en(desk: Desk) -> &'static str {
    match desk {
        Desk::Reception => "reception",
        Desk::Handler => "handler",
        Desk::Leader => "leader",
        Desk::ResultsDesk => "results desk",
        Desk::Citizen => "citizen",
        Desk::Archive => "archive",
    }
}

const fn role_vi(role: Role) -> &'static str {
    match role {
        Role::Reception => "cán bộ tiếp nhận",
        Role::Handler => "công chức thụ lý",
        Role::Leader => "lãnh đạo",
        Role::Cashier => "thu ngân",
        Role::ResultsDesk => "cán bộ trả kết quả",
        Role::Director => "giám đốc trung tâm",
        Role::Inspector => "thanh tra",
        Role::Admin => "quản trị",
        Role::System => "hệ thống",
        Role::Citizen => "người nộp hồ sơ",
    }
}

const fn role_en(role: Role) -> &'static str {
    match role {
        Role::Reception => "reception officer",
        Role::Handler => "handling officer",
        Role::Leader => "leader",
        Role::Cashier => "cashier",
        Role::ResultsDesk => "results officer",
        Role::Director => "director of the centre",
        Role::Inspector => "inspector",
        Role::Admin => "administrator",
        Role::System => "the system",
        Role::Citizen => "applicant",
    }
}

//! What must be true of a catalogue before anything else may see it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::shape::{self, fault};
use super::{CatalogueFile, FeeData, FeeRuleData, GROUPS, LimitData, LimitsData, ProcedureData};
use super::{MOST_FAULTS, MOST_PROCEDURES, WorkflowData};
use crate::refusal::FieldError;

/// Everything that is wrong with a procedure, in both languages, with a pointer into it; empty when
/// it may be published.
pub fn faults(p: &ProcedureData) -> Vec<FieldError> {
    faults_at(p, "")
}

/// Everything that is wrong with a catalogue; empty when it may be used.
pub fn problems(file: &CatalogueFile) -> Vec<FieldError> {
    match serde_json::to_value(file) {
        Ok(value) => read(&value).1,
        // The file's own types can always be written as JSON.
        Err(e) => vec![fault("", "invalid_value", e.to_string(), e.to_string())],
    }
}

/// Reads what was given as a catalogue file: the procedures that are sound in form, with their
/// places in the file, and every fault there is.
pub fn read(file: &serde_json::Value) -> (Vec<(usize, ProcedureData)>, Vec<FieldError>) {
    let (mut found, given) = shape::file_faults(file);
    let mut sound = Vec::with_capacity(given.len());
    let mut seen: BTreeMap<(String, NaiveDate), usize> = BTreeMap::new();
    if given.len() > MOST_PROCEDURES {
        found.push(fault(
            "/procedures",
            "too_long",
            format!("Tối đa {MOST_PROCEDURES} thủ tục trong một tệp."),
            format!("At most {MOST_PROCEDURES} procedures in one file."),
        ));
        return (sound, found);
    }
    for (i, value) in given.iter().enumerate() {
        if found.len() >= MOST_FAULTS {
            break;
        }
        let at = format!("/procedures/{i}");
        let bad_form = shape::procedure_faults(value, &at);
        if !bad_form.is_empty() {
            found.extend(bad_form);
            continue;
        }
        let p: ProcedureData = match serde_json::from_value(value.clone()) {
            Ok(p) => p,
            Err(_) => {
                // All that the form's table cannot tell: a rule without the amounts of its type.
                found.push(fault(
                    at,
                    "invalid_value",
                    "Cách tính phí thiếu hoặc thừa số tiền so với loại của nó.",
                    "A fee's rule lacks an amount of its type, or has one of another.",
                ));
                continue;
            }
        };
        found.extend(cross(&p, &at));
        if let Some(first) = seen.insert((p.code.clone(), p.in_force_from), i) {
            found.push(fault(
                format!("{at}/in_force_from"),
                "duplicate",
                format!(
                    "{} đã có phiên bản cùng ngày hiệu lực (mục thứ {}).",
                    p.code,
                    first + 1
                ),
                format!(
                    "{} is listed twice with the same first day (first as item {}).",
                    p.code,
                    first + 1
                ),
            ));
        }
        sound.push((i, p));
    }
    (sound, found)
}

fn faults_at(p: &ProcedureData, at: &str) -> Vec<FieldError> {
    let mut found = match serde_json::to_value(p) {
        Ok(value) => shape::procedure_faults(&value, at),
        Err(e) => vec![fault(at, "invalid_value", e.to_string(), e.to_string())],
    };
    found.extend(cross(p, at));
    found
}

/// What must agree between members.
fn cross(p: &ProcedureData, at: &str) -> Vec<FieldError> {
    let mut found = Vec::new();
    if let Some((_, _, fields)) = GROUPS.iter().find(|(code, _, _)| *code == p.field_code)
        && !fields.contains(&p.field.as_str())
    {
        found.push(fault(
            format!("{at}/field"),
            "unknown_value",
            format!(
                "Lĩnh vực của nhóm {} là một trong: {}.",
                p.field_code,
                fields.join(", ")
            ),
            format!(
                "The field of group {} is not one of {}.",
                p.field_code,
                fields.join(", ")
            ),
        ));
    }
    period(
        &mut found,
        &format!("{at}/in_force_to"),
        Some(p.in_force_from),
        p.in_force_to,
    );
    if !p.components.iter().any(|c| c.required) {
        found.push(fault(
            format!("{at}/components"),
            "contradiction",
            "Thủ tục phải có ít nhất một giấy tờ bắt buộc.",
            "Asks for no required component.",
        ));
    }
    limits(&mut found, &format!("{at}/limits"), &p.limits, p);
    same_day(
        &mut found,
        &format!("{at}/verification_limit"),
        p.verification_limit.as_ref(),
    );
    if p.fees.is_empty() {
        found.push(fault(
            format!("{at}/fees"),
            "required",
            "Phải có ít nhất một dòng phí, lệ phí; thủ tục không thu thì ghi rõ là không thu.",
            "Has no fee line; a free procedure says so and why.",
        ));
    }
    fees(&mut found, &format!("{at}/fees"), &p.fees);
    if p.flags.mobile && (p.flags.boundary_free || p.flags.on_the_spot || p.online_level != "none")
    {
        found.push(fault(
            format!("{at}/flags/mobile"),
            "contradiction",
            "Thủ tục lưu động không nộp ở nơi khác, trực tuyến hay tại quầy.",
            "A mobile procedure is not filed elsewhere, online or at the counter.",
        ));
    }
    if p.ending_decision.is_some() && p.in_force_to.is_none() {
        found.push(fault(
            format!("{at}/in_force_to"),
            "contradiction",
            "Có quyết định bãi bỏ thì phải có ngày hết hiệu lực.",
            "A decision that ends it needs a last day in force.",
        ));
    }
    if let Some(local) = &p.local {
        let at = format!("{at}/local");
        if local.limits.is_none() && local.fees.is_empty() {
            found.push(fault(
                at.clone(),
                "contradiction",
                "Quy định của tỉnh phải nêu thời hạn hoặc phí, lệ phí.",
                "A province's own rule sets a limit or a fee.",
            ));
        }
        if let Some(l) = &local.limits {
            limits(&mut found, &format!("{at}/limits"), l, p);
        }
        fees(&mut found, &format!("{at}/fees"), &local.fees);
    }
    if let Some(workflow) = &p.workflow {
        steps(&mut found, &format!("{at}/workflow/steps"), workflow, p);
    }
    found
}

/// Working minutes of a working day, as limits are counted (DOMAIN §3.1).
const MINUTES_A_DAY: u32 = 480;

/// An internal workflow has steps, and they fit into what the citizen is promised at the least.
fn steps(found: &mut Vec<FieldError>, at: &str, workflow: &WorkflowData, p: &ProcedureData) {
    if workflow.steps.is_empty() {
        found.push(fault(
            at,
            "required",
            "Quy trình nội bộ phải có ít nhất một bước.",
            "An internal workflow has at least one step.",
        ));
    }
    let limits = p.local.as_ref().and_then(|l| l.limits.as_ref());
    let limits = limits.unwrap_or(&p.limits);
    let promised = [&limits.direct, &limits.online]
        .into_iter()
        .flatten()
        .filter_map(|l| match l.unit.as_str() {
            "working_day" | "same_day" => Some(l.amount * MINUTES_A_DAY),
            "half_day" => Some(l.amount * MINUTES_A_DAY / 2),
            "working_hour" => Some(l.amount * 60),
            _ => None,
        })
        .min();
    let whole: u64 = workflow.steps.iter().map(|s| u64::from(s.minutes)).sum();
    if let Some(most) = promised
        && whole > u64::from(most)
    {
        found.push(fault(
            at,
            "contradiction",
            format!(
                "Tổng thời gian các bước ({}) vượt thời hạn giải quyết ({}).",
                hours(whole),
                hours(most.into())
            ),
            format!("The steps take {whole} working minutes together; the limit is {most}."),
        ));
    }
}

/// Minutes as an officer reads them.
fn hours(minutes: u64) -> String {
    match (minutes / 60, minutes % 60) {
        (h, 0) => format!("{h} giờ làm việc"),
        (0, m) => format!("{m} phút làm việc"),
        (h, m) => format!("{h} giờ {m} phút làm việc"),
    }
}

fn limits(found: &mut Vec<FieldError>, at: &str, limits: &LimitsData, p: &ProcedureData) {
    same_day(found, &format!("{at}/direct"), limits.direct.as_ref());
    same_day(found, &format!("{at}/online"), limits.online.as_ref());
    if limits.direct.is_none() && limits.note.is_none() {
        found.push(fault(
            format!("{at}/note"),
            "required",
            "Không có thời hạn thì phải ghi rõ vì sao.",
            "Has neither a limit nor a note that explains why.",
        ));
    }
    if p.flags.no_due_date && (limits.direct.is_some() || limits.online.is_some()) {
        found.push(fault(
            format!("{at}/direct"),
            "contradiction",
            "Đã ghi là không hẹn ngày trả nhưng lại có thời hạn.",
            "Has a limit and yet promises no date.",
        ));
    }
    // What nobody knows must be visible as such, or it will be read as "no limit".
    let explained = limits
        .note
        .as_deref()
        .is_some_and(|n| n.contains("cần kiểm tra"));
    if limits.direct.is_none() && !p.flags.no_due_date && !explained {
        found.push(fault(
            format!("{at}/note"),
            "contradiction",
            "Thời hạn chưa rõ thì ghi chú phải có cụm từ «cần kiểm tra».",
            "An unknown limit must be marked «cần kiểm tra».",
        ));
    }
}

fn same_day(found: &mut Vec<FieldError>, at: &str, limit: Option<&LimitData>) {
    if limit.is_some_and(|l| l.unit == "same_day" && l.amount != 1) {
        found.push(fault(
            format!("{at}/amount"),
            "contradiction",
            "Trả trong ngày thì số lượng là 1.",
            "A same-day limit has the amount 1.",
        ));
    }
}

fn fees(found: &mut Vec<FieldError>, at: &str, fees: &[FeeData]) {
    for (i, fee) in fees.iter().enumerate() {
        check_fee(found, &format!("{at}/{i}"), fee);
    }
}

fn check_fee(found: &mut Vec<FieldError>, at: &str, fee: &FeeData) {
    period(
        found,
        &format!("{at}/valid_to"),
        fee.valid_from,
        fee.valid_to,
    );
    let sound = match &fee.rule {
        None => true,
        Some(FeeRuleData::PerPage {
            first_pages,
            first_amount_vnd,
            next_amount_vnd,
            cap_vnd,
        }) => {
            *first_pages > 0
                && *next_amount_vnd > 0
                && *first_amount_vnd > 0
                && cap_vnd >= first_amount_vnd
                && fee.amount_vnd.is_none()
        }
        Some(FeeRuleData::PerCopy { amount_vnd } | FeeRuleData::PerEvent { amount_vnd }) => {
            *amount_vnd > 0 && fee.amount_vnd.is_none()
        }
        Some(FeeRuleData::Percentage {
            basis_points,
            least_vnd,
            most_vnd,
        }) => {
            (1..=10_000).contains(basis_points)
                && fee.amount_vnd.is_none()
                && least_vnd
                    .zip(*most_vnd)
                    .is_none_or(|(least, most)| least <= most)
        }
        Some(FeeRuleData::PerCase { amount_vnd }) => {
            *amount_vnd > 0 && fee.amount_vnd == Some(*amount_vnd)
        }
    };
    if !sound {
        found.push(fault(
            format!("{at}/rule"),
            "contradiction",
            "Số tiền trong cách tính không hợp lý, hoặc trái với số tiền cố định.",
            "The rule has impossible amounts or contradicts amount_vnd.",
        ));
    }
    for (i, exemption) in fee.exemptions.iter().enumerate() {
        let at = format!("{at}/exemptions/{i}");
        period(
            found,
            &format!("{at}/valid_to"),
            exemption.valid_from,
            exemption.valid_to,
        );
        if !fee.text.contains(&exemption.text) {
            found.push(fault(
                format!("{at}/text"),
                "contradiction",
                "Nội dung phí cho công dân xem chưa nêu trường hợp miễn, giảm này.",
                "The text shown to the citizen does not tell of it.",
            ));
        }
    }
}

fn period(found: &mut Vec<FieldError>, at: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        found.push(fault(
            at,
            "contradiction",
            "Ngày cuối trước ngày đầu.",
            "Ends before it begins.",
        ));
    }
}

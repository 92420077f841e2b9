//! What the program does not know and is told for a snapshot: checked before anything is counted.

use std::collections::BTreeSet;

use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::survey::satisfied::Answers;
use motcua_domain::survey::{LARGEST_POPULATION, Ratio};
use motcua_domain::text::{clean_line, required_line};
use motcua_store::AuthorityId;

use super::{Entered, EnteredUnit, NewSnapshot, Sum};
use crate::error::Result;

/// The most dossiers with an upheld complaint that one unit is given.
pub const MOST_UPHELD: usize = 200;
/// The longest reason.
const LONGEST_REASON: usize = 300;

fn fault(at: impl Into<String>, code: &'static str, vi: &str, en: &str) -> FieldError {
    FieldError::new(at, code, vi, en)
}

/// What was entered, as it is kept, with the reason for the whole.
pub(super) fn sound(
    new: &NewSnapshot,
    number: i32,
    authorities: &BTreeSet<AuthorityId>,
) -> Result<(Entered, Option<String>)> {
    let mut faults = Vec::new();
    let reason = match &new.reason {
        Some(text) => clean_line(text, LONGEST_REASON)
            .map_err(|f| faults.push(f.at("/reason")))
            .ok()
            .filter(|line| !line.is_empty()),
        None => None,
    };
    if number > 1 && reason.is_none() && faults.is_empty() {
        faults.push(fault(
            "/reason",
            "required",
            "Quý này đã có bản chốt: cần nêu lý do lập bản mới.",
            "This quarter has a frozen snapshot: say why a new one is made.",
        ));
    }
    let mut entered = new.entered.clone();
    for (i, unit) in entered.units.iter_mut().enumerate() {
        let at = format!("/units/{i}");
        let twice = new
            .entered
            .units
            .iter()
            .take(i)
            .any(|o| o.authority_id == unit.authority_id);
        if twice {
            faults.push(fault(
                format!("{at}/authority_id"),
                "repeated",
                "Đơn vị này đã được nêu.",
                "This unit has been named already.",
            ));
        }
        unit_faults(unit, &at, authorities, &mut faults);
    }
    for (i, officer) in entered.officers.iter_mut().enumerate() {
        let at = format!("/officers/{i}");
        let twice = new
            .entered
            .officers
            .iter()
            .take(i)
            .any(|o| o.user_id == officer.user_id);
        if twice {
            faults.push(fault(
                format!("{at}/user_id"),
                "repeated",
                "Người này đã được nêu.",
                "This person has been named already.",
            ));
        }
        sum_fault(officer.bodies, &format!("{at}/bodies"), &mut faults);
        match required_line(&officer.reason, LONGEST_REASON) {
            Ok(line) => officer.reason = line,
            Err(f) => faults.push(f.at(format!("{at}/reason"))),
        }
    }
    if faults.is_empty() {
        Ok((entered, reason))
    } else {
        Err(Refusal::invalid(faults).into())
    }
}

fn sum_fault(sum: Sum, at: &str, faults: &mut Vec<FieldError>) {
    if !(1..=LARGEST_POPULATION).contains(&sum.counted) {
        faults.push(FieldError::out_of_range(
            format!("{at}/counted"),
            1,
            LARGEST_POPULATION,
        ));
    } else if sum.points > 2 * sum.counted {
        faults.push(FieldError::out_of_range(
            format!("{at}/points"),
            0,
            2 * sum.counted,
        ));
    }
}

fn unit_faults(
    unit: &mut EnteredUnit,
    at: &str,
    authorities: &BTreeSet<AuthorityId>,
    faults: &mut Vec<FieldError>,
) {
    if let Some(id) = &unit.authority_id
        && !authorities.contains(id)
    {
        faults.push(fault(
            format!("{at}/authority_id"),
            "authority_unknown",
            "Trung tâm không tiếp nhận cho cơ quan này trong quý.",
            "The centre did not receive for this authority in the quarter.",
        ));
    }
    for (name, part) in [
        ("received_at_centre", unit.received_at_centre),
        ("decided_at_centre", unit.decided_at_centre),
        ("feedback_on_time", unit.feedback_on_time),
    ] {
        if let Some(part) = part {
            faults.extend(Ratio::from(part).checked(&format!("{at}/{name}")).err());
        }
    }
    if let Some(bodies) = unit.bodies {
        sum_fault(bodies, &format!("{at}/bodies"), faults);
    }
    if unit.feedback_on_time.is_some() != unit.feedback_prolonged.is_some() {
        faults.push(fault(
            format!("{at}/feedback_prolonged"),
            "required",
            "Chỉ số 8 cần cả số phản ánh xử lý đúng hạn và việc có phản ánh kéo dài hay không.",
            "Index 8 needs both: how much was handled in time, and whether any was drawn out.",
        ));
    }
    if unit.posted.is_some() != unit.published.is_some() {
        faults.push(fault(
            format!("{at}/published"),
            "required",
            "Chỉ số 6 cần cả niêm yết tại trụ sở và công khai điện tử.",
            "Index 6 needs both: posted at the office, and published electronically.",
        ));
    }
    if let Some(answers) = unit.answers
        && Answers(answers).valid() > LARGEST_POPULATION
    {
        faults.push(FieldError::out_of_range(
            format!("{at}/answers"),
            0,
            LARGEST_POPULATION,
        ));
    }
    if let Some(codes) = &mut unit.upheld_dossiers {
        for code in codes.iter_mut() {
            *code = code.trim().to_owned();
        }
        codes.sort();
        codes.dedup();
        if codes.len() > MOST_UPHELD {
            faults.push(FieldError::out_of_range(
                format!("{at}/upheld_dossiers"),
                0,
                MOST_UPHELD as u64,
            ));
        }
        if unit.authority_id.is_none() {
            faults.push(fault(
                format!("{at}/upheld_dossiers"),
                "not_allowed",
                "Hồ sơ có phản ánh đúng được nêu theo từng cơ quan.",
                "Dossiers with an upheld complaint are named authority by authority.",
            ));
        }
    }
    match required_line(&unit.reason, LONGEST_REASON) {
        Ok(line) => unit.reason = line,
        Err(f) => faults.push(f.at(format!("{at}/reason"))),
    }
}

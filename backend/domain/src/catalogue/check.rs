//! What must be true of a catalogue before anything else may see it.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use unicode_normalization::is_nfc;

use super::{
    CERTAINTIES, CHANNELS, CatalogueFile, ComponentData, FEE_KINDS, FeeData, FeeRuleData, GROUPS,
    ONLINE_LEVELS, ProcedureData, SUPPLEMENT_MODES, UNITS,
};

/// Everything that is wrong with a catalogue, one English sentence each, beginning with the
/// procedure's code; empty when it may be used.
pub fn problems(file: &CatalogueFile) -> Vec<String> {
    let mut found = Vec::new();
    text(&mut found, "source_note", &file.source_note);
    if file.procedures.is_empty() {
        found.push("the catalogue has no procedures".to_owned());
    }
    let mut versions = BTreeSet::new();
    for procedure in &file.procedures {
        let mut own = Vec::new();
        if !versions.insert((&procedure.code, procedure.in_force_from)) {
            own.push("is listed twice with the same first day".to_owned());
        }
        check_procedure(&mut own, procedure);
        found.extend(own.into_iter().map(|p| format!("{}: {p}", procedure.code)));
    }
    found
}

fn check_procedure(found: &mut Vec<String>, p: &ProcedureData) {
    if !is_code(&p.code) {
        found.push("code is not of the form d.dddddd".to_owned());
    }
    text(found, "name", &p.name);
    text(found, "result_name", &p.result_name);
    match GROUPS.iter().find(|(code, _, _)| *code == p.field_code) {
        None => found.push(format!("field_code {:?} is not one of A..G", p.field_code)),
        Some((_, _, fields)) => word(found, "field", &p.field, fields),
    }
    word(found, "code_certainty", &p.code_certainty, &CERTAINTIES);
    word(found, "online_level", &p.online_level, &ONLINE_LEVELS);
    word(
        found,
        "supplement_mode",
        &p.supplement_mode,
        &SUPPLEMENT_MODES,
    );
    period(found, "in_force", Some(p.in_force_from), p.in_force_to);
    if let Some(decision) = &p.announcing_decision {
        text(found, "announcing_decision.number", &decision.number);
    }
    if let Some(notes) = &p.notes {
        text(found, "notes", notes);
    }
    check_components(found, &p.components);
    check_limits(found, p);
    if p.fees.is_empty() {
        found.push("has no fee line; a free procedure says so and why".to_owned());
    }
    unique(found, "fees", p.fees.iter().map(|f| f.id.as_str()));
    for fee in &p.fees {
        check_fee(found, fee);
    }
    if p.flags.mobile && (p.flags.boundary_free || p.flags.on_the_spot || p.online_level != "none")
    {
        found
            .push("a mobile procedure is not filed elsewhere, online or at the counter".to_owned());
    }
}

fn check_components(found: &mut Vec<String>, components: &[ComponentData]) {
    unique(
        found,
        "components",
        components.iter().map(|c| c.id.as_str()),
    );
    for component in components {
        let place = format!("component {}", component.id);
        text(found, &place, &component.name);
        word(found, &place, &component.certainty, &CERTAINTIES);
    }
    if !components.iter().any(|c| c.required) {
        found.push("asks for no required component".to_owned());
    }
}

fn check_limits(found: &mut Vec<String>, p: &ProcedureData) {
    let limits = [
        ("limits.direct", &p.limits.direct),
        ("limits.online", &p.limits.online),
        ("verification_limit", &p.verification_limit),
    ];
    for (place, limit) in limits {
        let Some(limit) = limit else { continue };
        word(found, place, &limit.unit, &UNITS);
        word(found, place, &limit.certainty, &CERTAINTIES);
        if limit.amount == 0 || limit.amount > 365 {
            found.push(format!(
                "{place}: amount {} is not in 1..=365",
                limit.amount
            ));
        }
        if limit.unit == "same_day" && limit.amount != 1 {
            found.push(format!("{place}: a same-day limit has the amount 1"));
        }
        for (name, value) in [("source", &limit.source), ("note", &limit.note)] {
            if let Some(value) = value {
                text(found, &format!("{place}.{name}"), value);
            }
        }
    }
    match &p.limits.note {
        Some(note) => text(found, "limits.note", note),
        None if p.limits.direct.is_none() => {
            found.push("has neither a limit nor a note that explains why".to_owned())
        }
        None => {}
    }
    if p.flags.no_due_date && (p.limits.direct.is_some() || p.limits.online.is_some()) {
        found.push("has a limit and yet promises no date".to_owned());
    }
    // What nobody knows must be visible as such, or it will be read as "no limit".
    let explained = p
        .limits
        .note
        .as_deref()
        .is_some_and(|n| n.contains("cần kiểm tra"));
    if p.limits.direct.is_none() && !p.flags.no_due_date && !explained {
        found.push("an unknown limit must be marked «cần kiểm tra»".to_owned());
    }
}

fn check_fee(found: &mut Vec<String>, fee: &FeeData) {
    let place = format!("fee {}", fee.id);
    text(found, &place, &fee.name);
    text(found, &place, &fee.text);
    word(found, &place, &fee.kind, &FEE_KINDS);
    word(found, &place, &fee.channel, &CHANNELS);
    word(found, &place, &fee.certainty, &CERTAINTIES);
    period(found, &place, fee.valid_from, fee.valid_to);
    for (name, value) in [
        ("condition", &fee.condition),
        ("legal_basis", &fee.legal_basis),
    ] {
        if let Some(value) = value {
            text(found, &format!("{place}.{name}"), value);
        }
    }
    if fee
        .amount_vnd
        .is_some_and(|a| !(0..=1_000_000_000).contains(&a))
    {
        found.push(format!("{place}: amount_vnd is not in 0..=1000000000"));
    }
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
        Some(FeeRuleData::PerCopy { amount_vnd }) => *amount_vnd > 0 && fee.amount_vnd.is_none(),
        Some(FeeRuleData::PerCase { amount_vnd }) => {
            *amount_vnd > 0 && fee.amount_vnd == Some(*amount_vnd)
        }
    };
    if !sound {
        found.push(format!(
            "{place}: the rule has impossible amounts or contradicts amount_vnd"
        ));
    }
    unique(found, &place, fee.exemptions.iter().map(|e| e.id.as_str()));
    for exemption in &fee.exemptions {
        let place = format!("{place}, exemption {}", exemption.id);
        text(found, &place, &exemption.text);
        text(found, &place, &exemption.legal_basis);
        word(found, &place, &exemption.certainty, &CERTAINTIES);
        period(found, &place, exemption.valid_from, exemption.valid_to);
        if exemption.percent.is_some_and(|p| !(1..=100).contains(&p)) {
            found.push(format!("{place}: percent is not in 1..=100"));
        }
        if !fee.text.contains(&exemption.text) {
            found.push(format!(
                "{place}: the text shown to the citizen does not tell of it"
            ));
        }
    }
}

/// `d.dddddd` (DOMAIN §4.3).
fn is_code(code: &str) -> bool {
    let b = code.as_bytes();
    b.len() == 8
        && b.iter().enumerate().all(|(i, c)| {
            if i == 1 {
                *c == b'.'
            } else {
                c.is_ascii_digit()
            }
        })
}

/// Lower-case ASCII words joined by single `_`, at most 64 characters.
fn is_slug(id: &str) -> bool {
    id.len() <= 64
        && id.split('_').all(|w| {
            !w.is_empty()
                && w.bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

fn unique<'a>(found: &mut Vec<String>, place: &str, ids: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !is_slug(id) {
            found.push(format!("{place}: {id:?} is not a slug"));
        }
        if !seen.insert(id) {
            found.push(format!("{place}: {id:?} stands twice"));
        }
    }
}

fn word(found: &mut Vec<String>, place: &str, value: &str, allowed: &[&str]) {
    if !allowed.contains(&value) {
        found.push(format!(
            "{place}: {value:?} is not one of {}",
            allowed.join(", ")
        ));
    }
}

fn text(found: &mut Vec<String>, place: &str, value: &str) {
    if value.trim().is_empty() || value.trim() != value {
        found.push(format!("{place}: a text is empty or has spaces around it"));
    }
    if !is_nfc(value) {
        found.push(format!("{place}: a text is not in NFC"));
    }
}

fn period(found: &mut Vec<String>, place: &str, from: Option<NaiveDate>, to: Option<NaiveDate>) {
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        found.push(format!("{place}: ends before it begins"));
    }
}

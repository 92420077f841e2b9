//! Figures that nobody has read in the law yet (`?` in DOMAIN §5), and confirming them with a source.

use super::{CERTAINTIES, FeeData, LimitsData, ProcedureData};

/// The word for a figure that must be checked before it is relied on.
const TO_CHECK: &str = "to_check";

/// A figure that must be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// Where it stands, with the `id` of an item of a list, such as `/fees/le_phi`.
    pub path: String,
    /// `code`, `component`, `limit`, `verification_limit`, `fee` or `exemption`.
    pub kind: &'static str,
    /// What is said now, for the person who checks (Vietnamese); for a limit `amount unit`.
    pub text: String,
    /// True when nothing is said at all: such a figure is entered in a draft, not confirmed.
    pub missing: bool,
    /// What to know about it (Vietnamese).
    pub note: Option<String>,
}

/// Why a figure cannot be confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmFault {
    /// No figure stands there.
    Unknown,
    /// There is no figure yet to be confirmed.
    Missing,
    /// The figure is not one to be checked.
    Settled,
    /// The certainty is not one that a source can give.
    Certainty,
}

/// Every figure of a procedure that is to be checked, those of the province included.
pub fn figures_to_check(p: &ProcedureData) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut add = |path: String, kind, text: &str, missing, note: Option<&String>| {
        found.push(Figure {
            path,
            kind,
            text: text.to_owned(),
            missing,
            note: note.cloned(),
        });
    };
    if p.code_certainty == TO_CHECK {
        add("/code".into(), "code", &p.code, false, p.notes.as_ref());
    }
    for c in p.components.iter().filter(|c| c.certainty == TO_CHECK) {
        add(
            format!("/components/{}", c.id),
            "component",
            &c.name,
            false,
            None,
        );
    }
    if let Some(l) = &p.verification_limit
        && l.certainty == TO_CHECK
    {
        let text = format!("{} {}", l.amount, l.unit);
        let path = "/verification_limit".to_owned();
        add(path, "verification_limit", &text, false, l.note.as_ref());
    }
    let local = p.local.as_ref();
    let own_limits = local.and_then(|l| l.limits.as_ref());
    let places = [
        ("/limits", Some(&p.limits), own_limits.is_none()),
        ("/local/limits", own_limits, true),
    ];
    for (at, limits, holds) in places {
        let Some(limits) = limits else { continue };
        for (name, limit) in [("direct", &limits.direct), ("online", &limits.online)] {
            if let Some(l) = limit
                && l.certainty == TO_CHECK
            {
                let text = format!("{} {}", l.amount, l.unit);
                add(
                    format!("{at}/{name}"),
                    "limit",
                    &text,
                    false,
                    l.note.as_ref(),
                );
            }
        }
        if holds && limits.direct.is_none() && !p.flags.no_due_date {
            let path = format!("{at}/direct");
            add(path, "limit", "", true, limits.note.as_ref());
        }
    }
    let own_fees: &[FeeData] = local.map_or(&[], |l| &l.fees);
    for (at, fees) in [("/fees", p.fees.as_slice()), ("/local/fees", own_fees)] {
        for f in fees {
            if f.certainty == TO_CHECK {
                let missing = f.amount_vnd.is_none() && f.rule.is_none();
                let path = format!("{at}/{}", f.id);
                add(path, "fee", &f.text, missing, f.condition.as_ref());
            }
            for e in f.exemptions.iter().filter(|e| e.certainty == TO_CHECK) {
                let path = format!("{at}/{}/exemptions/{}", f.id, e.id);
                add(path, "exemption", &e.text, e.percent.is_none(), None);
            }
        }
    }
    found
}

/// Confirms the figure at `path` (as [`figures_to_check`] names it): it was read in `source`, and is
/// from now on as certain as `certainty`, which is `law`, `seen` or `known`.
///
/// # Errors
/// No such figure, no figure to confirm, or no such certainty; nothing is changed then.
pub fn confirm(
    p: &mut ProcedureData,
    path: &str,
    certainty: &str,
    source: &str,
) -> Result<(), ConfirmFault> {
    if certainty == TO_CHECK || !CERTAINTIES.contains(&certainty) {
        return Err(ConfirmFault::Certainty);
    }
    let path = path.strip_prefix('/').ok_or(ConfirmFault::Unknown)?;
    let segments: Vec<&str> = path.split('/').collect();
    let (at, source_at) = place(p, &segments)?;
    if at != TO_CHECK {
        return Err(ConfirmFault::Settled);
    }
    certainty.clone_into(at);
    match source_at {
        Source::Optional(at) => *at = Some(source.to_owned()),
        Source::Always(at) => source.clone_into(at),
    }
    Ok(())
}

/// Where the source of a figure stands; some figures always have one.
enum Source<'a> {
    Optional(&'a mut Option<String>),
    Always(&'a mut String),
}

/// The certainty and the source of a figure.
type Place<'a> = (&'a mut String, Source<'a>);

fn place<'a>(p: &'a mut ProcedureData, path: &[&str]) -> Result<Place<'a>, ConfirmFault> {
    match path {
        ["code"] => Ok((&mut p.code_certainty, Source::Optional(&mut p.code_source))),
        ["components", id] => {
            let found = p.components.iter_mut().find(|c| c.id == *id);
            let c = found.ok_or(ConfirmFault::Unknown)?;
            Ok((&mut c.certainty, Source::Optional(&mut c.source)))
        }
        ["verification_limit"] => {
            let l = p.verification_limit.as_mut().ok_or(ConfirmFault::Unknown)?;
            Ok((&mut l.certainty, Source::Optional(&mut l.source)))
        }
        ["limits", which] => limit(&mut p.limits, which),
        ["fees", rest @ ..] => fee(&mut p.fees, rest),
        ["local", rest @ ..] => {
            let local = p.local.as_mut().ok_or(ConfirmFault::Unknown)?;
            match rest {
                ["limits", which] => {
                    limit(local.limits.as_mut().ok_or(ConfirmFault::Unknown)?, which)
                }
                ["fees", rest @ ..] => fee(&mut local.fees, rest),
                _ => Err(ConfirmFault::Unknown),
            }
        }
        _ => Err(ConfirmFault::Unknown),
    }
}

fn limit<'a>(limits: &'a mut LimitsData, which: &str) -> Result<Place<'a>, ConfirmFault> {
    let found = match which {
        "direct" => limits.direct.as_mut().ok_or(ConfirmFault::Missing),
        "online" => limits.online.as_mut().ok_or(ConfirmFault::Unknown),
        _ => Err(ConfirmFault::Unknown),
    };
    found.map(|l| (&mut l.certainty, Source::Optional(&mut l.source)))
}

fn fee<'a>(fees: &'a mut [FeeData], path: &[&str]) -> Result<Place<'a>, ConfirmFault> {
    let (id, rest) = path.split_first().ok_or(ConfirmFault::Unknown)?;
    let found = fees.iter_mut().find(|f| f.id == *id);
    let f = found.ok_or(ConfirmFault::Unknown)?;
    match rest {
        [] if f.amount_vnd.is_none() && f.rule.is_none() => Err(ConfirmFault::Missing),
        [] => Ok((&mut f.certainty, Source::Optional(&mut f.legal_basis))),
        ["exemptions", id] => {
            let found = f.exemptions.iter_mut().find(|e| e.id == *id);
            let e = found.ok_or(ConfirmFault::Unknown)?;
            if e.percent.is_none() {
                return Err(ConfirmFault::Missing);
            }
            Ok((&mut e.certainty, Source::Always(&mut e.legal_basis)))
        }
        _ => Err(ConfirmFault::Unknown),
    }
}

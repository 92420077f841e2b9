//! The form of a catalogue file as one table: which members there are, of which kind, and which must
//! be there. Checking, comparing and writing as a sheet all follow it, so that a member added here
//! is known everywhere.

use chrono::{Datelike as _, NaiveDate};
use serde_json::{Map, Value};
use unicode_normalization::is_nfc;

use super::{
    CERTAINTIES, CHANNELS, FEE_DUE, FEE_KINDS, GROUP_CODES, MOST_STEP_MINUTES, ONLINE_LEVELS,
    STEP_DESKS, SUPPLEMENT_MODES, UNITS,
};
use crate::amount::grouped;
use crate::refusal::{FieldError, Text};

/// What a member holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// A text of at most so many characters.
    Text(usize),
    /// One of these words.
    Word(&'static [&'static str]),
    /// The name of a thing inside its list: lower-case ASCII words joined by `_`.
    Slug,
    /// A procedure's code, `d.dddddd` (DOMAIN §4.3).
    Code,
    /// A whole number from..=to.
    Int(i64, i64),
    /// True or false.
    Bool,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// An object.
    Object(&'static [Member]),
    /// A list of objects, each named by its `id`.
    List(&'static [Member]),
}

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

const fn must(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: true,
    }
}

const fn may(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: false,
    }
}

/// The longest name.
const NAME: usize = 500;
/// The longest free text.
const TEXT: usize = 4000;
/// The most đồng a figure of the catalogue may hold.
const VND: i64 = 1_000_000_000;

const CERTAINTY: Member = must("certainty", Kind::Word(&CERTAINTIES));

const DECISION: &[Member] = &[must("number", Kind::Text(100)), may("date", Kind::Date)];

const COMPONENT: &[Member] = &[
    must("id", Kind::Slug),
    must("name", Kind::Text(TEXT)),
    must("required", Kind::Bool),
    CERTAINTY,
    may("source", Kind::Text(NAME)),
];

const LIMIT: &[Member] = &[
    must("amount", Kind::Int(1, 365)),
    must("unit", Kind::Word(&UNITS)),
    CERTAINTY,
    may("source", Kind::Text(NAME)),
    may("note", Kind::Text(TEXT)),
];

const LIMITS: &[Member] = &[
    may("direct", Kind::Object(LIMIT)),
    may("online", Kind::Object(LIMIT)),
    may("note", Kind::Text(TEXT)),
];

const RULE: &[Member] = &[
    must(
        "type",
        Kind::Word(&[
            "per_page",
            "per_copy",
            "per_case",
            "per_event",
            "percentage",
        ]),
    ),
    may("first_pages", Kind::Int(1, 1000)),
    may("first_amount_vnd", Kind::Int(1, VND)),
    may("next_amount_vnd", Kind::Int(1, VND)),
    may("cap_vnd", Kind::Int(1, VND)),
    may("amount_vnd", Kind::Int(1, VND)),
    may("basis_points", Kind::Int(1, 10_000)),
    may("least_vnd", Kind::Int(1, VND)),
    may("most_vnd", Kind::Int(1, VND)),
];

const EXEMPTION: &[Member] = &[
    must("id", Kind::Slug),
    must("text", Kind::Text(TEXT)),
    may("percent", Kind::Int(1, 100)),
    may("channel", Kind::Word(&CHANNELS)),
    may("evidence", Kind::Text(TEXT)),
    must("legal_basis", Kind::Text(NAME)),
    may("valid_from", Kind::Date),
    may("valid_to", Kind::Date),
    CERTAINTY,
];

const FEE: &[Member] = &[
    must("id", Kind::Slug),
    must("kind", Kind::Word(&FEE_KINDS)),
    must("name", Kind::Text(NAME)),
    must("text", Kind::Text(TEXT)),
    may("amount_vnd", Kind::Int(0, VND)),
    may("rule", Kind::Object(RULE)),
    must("channel", Kind::Word(&CHANNELS)),
    may("condition", Kind::Text(TEXT)),
    may("legal_basis", Kind::Text(NAME)),
    may("valid_from", Kind::Date),
    may("valid_to", Kind::Date),
    may("due", Kind::Word(&FEE_DUE)),
    may("exemptions", Kind::List(EXEMPTION)),
    CERTAINTY,
];

const FLAGS: &[Member] = &[
    must("boundary_free", Kind::Bool),
    must("on_the_spot", Kind::Bool),
    must("no_due_date", Kind::Bool),
    must("no_result", Kind::Bool),
    must("authorised_filer_allowed", Kind::Bool),
    must("mobile", Kind::Bool),
    must("police", Kind::Bool),
    must("multi_agency", Kind::Bool),
];

const LOCAL: &[Member] = &[
    must("decision", Kind::Object(DECISION)),
    may("limits", Kind::Object(LIMITS)),
    may("fees", Kind::List(FEE)),
];

const STEP: &[Member] = &[
    must("id", Kind::Slug),
    must("name", Kind::Text(NAME)),
    must("desk", Kind::Word(&STEP_DESKS)),
    must("minutes", Kind::Int(1, MOST_STEP_MINUTES as i64)),
];

const WORKFLOW: &[Member] = &[
    must("decision", Kind::Object(DECISION)),
    must("steps", Kind::List(STEP)),
];

/// One version of one procedure.
pub(crate) const PROCEDURE: &[Member] = &[
    must("code", Kind::Code),
    must("name", Kind::Text(NAME)),
    must("field_code", Kind::Word(&GROUP_CODES)),
    must("field", Kind::Text(NAME)),
    must("in_force_from", Kind::Date),
    may("in_force_to", Kind::Date),
    may("announcing_decision", Kind::Object(DECISION)),
    may("ending_decision", Kind::Object(DECISION)),
    must("code_certainty", Kind::Word(&CERTAINTIES)),
    may("code_source", Kind::Text(NAME)),
    must("components", Kind::List(COMPONENT)),
    must("limits", Kind::Object(LIMITS)),
    may("verification_limit", Kind::Object(LIMIT)),
    must("fees", Kind::List(FEE)),
    must("result_name", Kind::Text(NAME)),
    must("online_level", Kind::Word(&ONLINE_LEVELS)),
    must("flags", Kind::Object(FLAGS)),
    must("supplement_mode", Kind::Word(&SUPPLEMENT_MODES)),
    may("notes", Kind::Text(TEXT)),
    may("local", Kind::Object(LOCAL)),
    may("workflow", Kind::Object(WORKFLOW)),
];

/// A whole file, without its procedures' insides.
const FILE: &[Member] = &[
    must("source_note", Kind::Text(TEXT)),
    must("as_of", Kind::Date),
];

/// Everything about a procedure's form that is wrong; pointers begin at `at`.
pub(crate) fn procedure_faults(value: &Value, at: &str) -> Vec<FieldError> {
    let mut found = Vec::new();
    object(&mut found, at, value, PROCEDURE);
    found
}

/// Everything about a file's own members that is wrong, and its procedures, unread.
pub(crate) fn file_faults(value: &Value) -> (Vec<FieldError>, &[Value]) {
    let mut found = Vec::new();
    let Some(members) = value.as_object() else {
        found.push(wrong_type("", "một đối tượng", "an object"));
        return (found, &[]);
    };
    members_of(&mut found, "", members, FILE, &["procedures"]);
    let procedures = match members.get("procedures") {
        None => {
            found.push(required("/procedures"));
            &[][..]
        }
        Some(Value::Array(list)) if list.is_empty() => {
            found.push(fault(
                "/procedures",
                "required",
                "Danh mục không có thủ tục nào.",
                "The catalogue has no procedures.",
            ));
            &[][..]
        }
        Some(Value::Array(list)) => list.as_slice(),
        Some(_) => {
            found.push(wrong_type("/procedures", "danh sách", "a list"));
            &[][..]
        }
    };
    (found, procedures)
}

pub(crate) fn fault(
    pointer: impl Into<String>,
    code: &'static str,
    vi: impl Into<String>,
    en: impl Into<String>,
) -> FieldError {
    FieldError {
        pointer: pointer.into(),
        code,
        detail: Text::new(vi, en),
    }
}

fn required(pointer: &str) -> FieldError {
    fault(
        pointer,
        "required",
        "Phải có giá trị.",
        "A value is required.",
    )
}

fn wrong_type(pointer: &str, vi: &str, en: &str) -> FieldError {
    fault(
        pointer,
        "wrong_type",
        format!("Sai kiểu dữ liệu; cần {vi}."),
        format!("Wrong type; expected {en}."),
    )
}

fn object(found: &mut Vec<FieldError>, at: &str, value: &Value, members: &[Member]) {
    match value.as_object() {
        Some(given) => members_of(found, at, given, members, &[]),
        None => found.push(wrong_type(at, "một đối tượng", "an object")),
    }
}

fn members_of(
    found: &mut Vec<FieldError>,
    at: &str,
    given: &Map<String, Value>,
    members: &[Member],
    elsewhere: &[&str],
) {
    for name in given.keys() {
        let known = members.iter().any(|m| m.name == name) || elsewhere.contains(&name.as_str());
        if !known {
            let token = name.replace('~', "~0").replace('/', "~1");
            found.push(fault(
                format!("{at}/{token}"),
                "unknown",
                "Không có trường này.",
                "There is no such member.",
            ));
        }
    }
    for member in members {
        let at = format!("{at}/{}", member.name);
        match given.get(member.name) {
            None | Some(Value::Null) if member.required => found.push(required(&at)),
            // A list without items is left out or empty, never null.
            Some(Value::Null) if matches!(member.kind, Kind::List(_)) => {
                found.push(wrong_type(&at, "danh sách", "a list"));
            }
            None | Some(Value::Null) => {}
            Some(value) => one(found, &at, value, member.kind),
        }
    }
}

fn one(found: &mut Vec<FieldError>, at: &str, value: &Value, kind: Kind) {
    let text = value.as_str();
    match (kind, text) {
        (Kind::Text(most), Some(text)) => text_faults(found, at, text, most),
        (Kind::Word(words), Some(text)) if !words.contains(&text) => found.push(fault(
            at,
            "unknown_value",
            format!("Giá trị phải là một trong: {}.", words.join(", ")),
            format!("The value is not one of {}.", words.join(", ")),
        )),
        (Kind::Slug, Some(text)) if !is_slug(text) => found.push(fault(
            at,
            "slug_format",
            "Tên gọi gồm các từ chữ thường không dấu hoặc chữ số, nối bằng dấu gạch dưới, tối đa 64 ký tự.",
            "The name is not a slug: lower-case words of a–z and digits joined by _, at most 64 characters.",
        )),
        (Kind::Code, Some(text)) if !is_code(text) => found.push(fault(
            at,
            "procedure_code_format",
            "Mã thủ tục có dạng 1.001193: một chữ số, dấu chấm, sáu chữ số.",
            "The code is not of the form d.dddddd.",
        )),
        (Kind::Date, Some(text)) if !is_date(text) => found.push(fault(
            at,
            "invalid_value",
            "Không phải một ngày (YYYY-MM-DD).",
            "Not a day of the form YYYY-MM-DD.",
        )),
        (Kind::Word(_) | Kind::Slug | Kind::Code | Kind::Date, Some(_)) => {}
        (Kind::Text(_) | Kind::Word(_) | Kind::Slug | Kind::Code | Kind::Date, None) => {
            found.push(wrong_type(at, "chuỗi ký tự", "a text"));
        }
        (Kind::Int(from, to), _) => match value.as_i64() {
            Some(n) if (from..=to).contains(&n) => {}
            Some(_) => found.push(fault(
                at,
                "out_of_range",
                format!("Phải từ {} đến {}.", grouped(from), grouped(to)),
                format!("The number is not in {from}..={to}."),
            )),
            None => found.push(wrong_type(at, "số nguyên", "a whole number")),
        },
        (Kind::Bool, _) if value.is_boolean() => {}
        (Kind::Bool, _) => found.push(wrong_type(at, "true hoặc false", "true or false")),
        (Kind::Object(members), _) => object(found, at, value, members),
        (Kind::List(members), _) => match value.as_array() {
            Some(items) => list(found, at, items, members),
            None => found.push(wrong_type(at, "danh sách", "a list")),
        },
    }
}

fn list(found: &mut Vec<FieldError>, at: &str, items: &[Value], members: &[Member]) {
    let mut seen = std::collections::BTreeSet::new();
    for (i, item) in items.iter().enumerate() {
        object(found, &format!("{at}/{i}"), item, members);
        if let Some(id) = item.get("id").and_then(Value::as_str)
            && !seen.insert(id)
        {
            found.push(fault(
                format!("{at}/{i}/id"),
                "duplicate",
                format!("«{id}» đã có ở trên."),
                format!("{id:?} stands twice."),
            ));
        }
    }
}

fn text_faults(found: &mut Vec<FieldError>, at: &str, text: &str, most: usize) {
    if text.trim().is_empty() {
        found.push(required(at));
    } else if text.trim() != text {
        found.push(fault(
            at,
            "text_form",
            "Có khoảng trắng ở đầu hoặc cuối.",
            "A text has spaces around it.",
        ));
    }
    if !is_nfc(text) {
        found.push(fault(
            at,
            "text_form",
            "Chữ có dấu chưa ở dạng Unicode dựng sẵn (NFC).",
            "A text is not in NFC.",
        ));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        found.push(fault(
            at,
            "control_character",
            "Không được chứa ký tự điều khiển.",
            "Must not hold a control character.",
        ));
    }
    if text.chars().count() > most {
        found.push(fault(
            at,
            "too_long",
            format!("Tối đa {most} ký tự."),
            format!("At most {most} characters."),
        ));
    }
}

fn is_date(text: &str) -> bool {
    let digits = text.bytes().enumerate().all(|(i, b)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    text.len() == 10
        && digits
        && text
            .parse::<NaiveDate>()
            .is_ok_and(|day| (1900..=2999).contains(&day.year()))
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

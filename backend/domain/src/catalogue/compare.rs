//! What two versions of a procedure say differently, member by member.

use serde_json::{Map, Value};

use super::ProcedureData;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where: a path of member names, in which an item of a list goes by its `id`, such as
    /// `/fees/le_phi/amount_vnd`.
    pub path: String,
    /// What it was; none when it was not there.
    pub before: Option<Value>,
    /// What it is; none when it is not there any more.
    pub after: Option<Value>,
}

/// Every difference, members by name, items of a list in their order; none when the two say the same.
pub fn compare(before: &ProcedureData, after: &ProcedureData) -> Vec<Change> {
    let mut found = Vec::new();
    if let (Ok(a), Ok(b)) = (serde_json::to_value(before), serde_json::to_value(after)) {
        differ(&mut found, String::new(), Some(&a), Some(&b));
    }
    found
}

fn differ(found: &mut Vec<Change>, path: String, before: Option<&Value>, after: Option<&Value>) {
    match (before, after) {
        (Some(a), Some(b)) if a == b => {}
        (Some(Value::Object(a)), Some(Value::Object(b))) => members(found, &path, a, b),
        (Some(Value::Array(a)), Some(Value::Array(b))) => items(found, &path, a, b),
        // A list without items may be left out.
        (Some(Value::Array(a)), None) => items(found, &path, a, &[]),
        (None, Some(Value::Array(b))) => items(found, &path, &[], b),
        _ => found.push(Change {
            path,
            before: before.cloned(),
            after: after.cloned(),
        }),
    }
}

fn members(found: &mut Vec<Change>, path: &str, a: &Map<String, Value>, b: &Map<String, Value>) {
    let gone = a.keys().filter(|name| !b.contains_key(*name));
    for name in b.keys().chain(gone) {
        differ(found, format!("{path}/{name}"), a.get(name), b.get(name));
    }
}

fn items(found: &mut Vec<Change>, path: &str, a: &[Value], b: &[Value]) {
    fn id(item: &Value) -> &str {
        item.get("id").and_then(Value::as_str).unwrap_or_default()
    }
    let by_id = |list: &'_ [Value], wanted: &str| list.iter().position(|i| id(i) == wanted);
    for item in b {
        let before = by_id(a, id(item)).map(|i| &a[i]);
        differ(found, format!("{path}/{}", id(item)), before, Some(item));
    }
    for item in a {
        if by_id(b, id(item)).is_none() {
            differ(found, format!("{path}/{}", id(item)), Some(item), None);
        }
    }
    // The same items in another order: what the citizen reads has changed too.
    let order = |list: &[Value]| -> Vec<String> { list.iter().map(|i| id(i).to_owned()).collect() };
    let kept: Vec<String> = order(a)
        .into_iter()
        .filter(|i| by_id(b, i).is_some())
        .collect();
    let now: Vec<String> = order(b)
        .into_iter()
        .filter(|i| by_id(a, i).is_some())
        .collect();
    if kept != now {
        found.push(Change {
            path: path.to_owned(),
            before: Some(kept.into()),
            after: Some(now.into()),
        });
    }
}

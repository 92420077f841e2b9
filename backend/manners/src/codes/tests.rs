//! The table against the sources: what is raised is in the table, what is in the table is raised.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::*;

/// The backend's sources, but for the table and the tests.
fn sources() -> Vec<(PathBuf, String)> {
    let backend = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for room in ["domain", "store", "gateway", "services", "manners", "api"] {
        collect(&backend.join(room).join("src"), &mut found);
    }
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            collect(&path, found);
        } else if name.ends_with(".rs") && name != "codes_table.rs" && !name.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            // What stands behind the first test module is not raised to anyone.
            let text = text
                .split("#[cfg(test)]\nmod tests {")
                .next()
                .unwrap_or_default();
            found.push((path, text.to_owned()));
        }
    }
}

/// The string literal that follows each occurrence of `before`, white space between them.
fn literals_after<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before)
        .skip(1)
        .filter_map(|rest| rest.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[test]
fn codes_are_unique_and_named_in_both_languages() {
    let mut seen = BTreeSet::new();
    for row in CODES {
        assert!(seen.insert(row.code), "{} stands twice", row.code);
        assert!(
            row.code
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'),
            "{}",
            row.code
        );
        assert!((400..=599).contains(&row.status), "{}", row.code);
        for text in [row.title_vi, row.title_en, row.explanation] {
            assert!(!text.is_empty() && !text.contains('|'), "{}", row.code);
        }
        assert_ne!(row.title_vi, row.title_en, "{}", row.code);
    }
    for (code, meaning) in FIELD_CODES {
        assert!(seen.insert(code), "{code} stands twice");
        assert!(!meaning.is_empty());
    }
}

#[test]
fn every_code_that_is_raised_is_in_the_table() {
    let mut strangers = BTreeMap::new();
    for (path, text) in sources() {
        for code in literals_after(&text, "Refusal::new(") {
            if find(code).is_none() {
                strangers.insert(code.to_owned(), path.clone());
            }
        }
        // The code of a field, which stands next to its detail.
        for part in text.split(" code: \"").skip(1) {
            let Some((code, rest)) = part.split_once('"') else {
                continue;
            };
            let of_field = rest
                .trim_start_matches(',')
                .trim_start()
                .starts_with("detail:");
            if of_field && find(code).is_none() && !FIELD_CODES.iter().any(|(c, _)| *c == code) {
                strangers.insert(code.to_owned(), path.clone());
            }
        }
    }
    assert!(strangers.is_empty(), "not in the table: {strangers:#?}");
}

#[test]
fn every_code_in_the_table_is_raised_somewhere() {
    let all: String = sources().into_iter().map(|(_, text)| text).collect();
    let idle: Vec<&str> = CODES
        .iter()
        .map(|row| row.code)
        .chain(FIELD_CODES.iter().map(|(code, _)| *code))
        .filter(|code| !all.contains(&format!("\"{code}\"")))
        .collect();
    assert!(idle.is_empty(), "raised nowhere: {idle:?}");
}

#[test]
fn the_markdown_names_every_code() {
    let text = errors_markdown();
    for row in CODES {
        assert!(text.contains(&format!("`{}` |", row.code)), "{}", row.code);
    }
    for (code, _) in FIELD_CODES {
        assert!(text.contains(&format!("| `{code}` |")), "{code}");
    }
}

#[test]
fn the_page_of_errors_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/errors.md");
    let written = fs::read_to_string(path).unwrap();
    assert!(
        written == errors_markdown(),
        "run `motcua errors > docs/errors.md`"
    );
}

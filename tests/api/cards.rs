//! Texts of citizens' cards as scanners give them, whole and damaged: each read as a table says.

use motcua_tests::{App, on_both};
use serde_json::{Value, json};

/// One row a text: what is damaged, the text, and what is read from it (or that it is refused).
const TABLE: &str = include_str!("cards.tsv");

/// A text as the table writes it, where what nobody sees is spelt out.
fn spelt(text: &str) -> String {
    text.replace("\\u{feff}", "\u{feff}")
        .replace("\\u{200b}", "\u{200b}")
        .replace("\\t", "\t")
        .replace("\\r", "\r")
        .replace("\\n", "\n")
}

/// What was read, in the table's order.
fn read(app: &App, text: &str) -> String {
    let answer = app.post("", "/api/v1/citizen-cards/parse", &json!({ "text": text }));
    if answer.status == 422 {
        assert_eq!(answer.code(), "card_unreadable", "{text}");
        return "refused".to_owned();
    }
    let card = answer.expect(200);
    let said = |name: &str| card[name].as_str().unwrap_or_default().to_owned();
    let warnings: Vec<&str> = card["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w: &Value| w["code"].as_str().unwrap())
        .collect();
    [
        said("identity_number"),
        said("old_identity_number"),
        said("full_name"),
        said("birth_date"),
        said("sex"),
        said("address"),
        said("issued_on"),
        warnings.join(","),
    ]
    .join("\t")
}

on_both! {
    fn two_hundred_cards_whole_and_damaged_are_read_as_the_table_says(app) {
        let (mut rows, mut wrong) = (0, Vec::new());
        for line in TABLE.lines().filter(|l| !l.starts_with('#')) {
            let (what, rest) = line.split_once('\t').unwrap();
            let (text, expected) = rest.split_once('\t').unwrap();
            let found = read(&app, &spelt(text));
            rows += 1;
            if found != expected {
                wrong.push(format!("{what}: {text}\n  expected {expected}\n  read     {found}"));
            }
        }
        assert_eq!(rows, 200);
        assert!(wrong.is_empty(), "{} of {rows}:\n{}", wrong.len(), wrong.join("\n"));
    }
}

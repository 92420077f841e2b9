//! What the operations on declarations are asked.

use motcua_tests::{App, Dossier};
use reqwest::Method;
use serde_json::{Value, json};

use super::asked::Ask;

const DECLARATIONS: &str = "/api/v1/declarations";
const CARD: &str =
    "001085012345||Nguyễn Văn An|12041985|Nam|12 phố Hàng Bài, Trần Hưng Đạo, Hà Nội|01062021";

/// A declaration of the dossier, begun by reception with both cards.
fn begun(app: &App, dossier: &str) -> Value {
    let body = json!({ "form_code": "marital_status", "dossier_id": dossier, "card_text": CARD });
    let made = app.post("tiepnhan", DECLARATIONS, &body).expect(201);
    let path = format!("{DECLARATIONS}/{}/cards", made["id"].as_str().unwrap());
    let card = json!({ "party": "person", "text": CARD });
    app.post_at("tiepnhan", &path, 1, &card).expect(201)
}

/// Whole, and read back if asked.
fn whole(app: &App, dossier: &str, read_back: bool) -> Value {
    let made = begun(app, dossier);
    let path = format!("{DECLARATIONS}/{}", made["id"].as_str().unwrap());
    let values = json!({
        "declarant/relation": "Bản thân", "person/ethnicity": "Kinh", "person/nationality": "Việt Nam",
        "status/state": "single", "status/purpose": "Đăng ký kết hôn"
    });
    let body = json!({ "values": values, "by": "officer" });
    let made = app.patch_at("tiepnhan", &path, 2, &body).expect(200);
    if !read_back {
        return made;
    }
    let request = app
        .as_person("tiepnhan", Method::POST, &format!("{path}/read-back"))
        .header("if-match", "\"v3\"");
    app.send(request).expect(201)
}

/// Completes what an operation is asked.
pub fn ask(app: &App, operation: &str, dossier: Option<&Dossier>, asked: &mut Ask) {
    let of = dossier.map(|d| d.id.clone()).unwrap_or_default();
    let declaration = match operation {
        "get_declaration_form" => {
            asked.ids.push(("{code}", "birth".into()));
            return;
        }
        "begin_declaration" => {
            asked.body = Some(json!({ "form_code": "birth" }));
            return;
        }
        "get_declaration"
        | "change_declaration"
        | "drop_declaration"
        | "read_declaration_card"
        | "fill_declaration_from_earlier"
        | "get_declaration_paper" => begun(app, &of),
        "read_declaration_back" => whole(app, &of, false),
        "sign_declaration" => whole(app, &of, true),
        _ => return,
    };
    asked.body = match operation {
        "change_declaration" => {
            Some(json!({ "values": { "person/ethnicity": "Kinh" }, "by": "officer" }))
        }
        "read_declaration_card" => Some(json!({ "party": "person", "text": CARD })),
        "fill_declaration_from_earlier" => Some(json!({ "party": "person" })),
        "sign_declaration" => Some(json!({ "how": "paper" })),
        _ => None,
    };
    asked.version = declaration["version"].as_i64();
    asked.ids.retain(|(name, _)| *name != "{id}");
    asked
        .ids
        .push(("{id}", declaration["id"].as_str().unwrap().to_owned()));
}

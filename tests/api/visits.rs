//! Several dossiers of one visit, and whoever files for another.

use motcua_tests::dossier::{MARITAL, Station, body_of};
use motcua_tests::{App, Dossier, on_both};
use serde_json::{Value, json};

const VISIT: &str = "0198c0de-0000-4000-8000-00000000abcd";

fn of_visit(app: &App, ward: &str, code: &str) -> Dossier {
    let mut body = app.intake(ward);
    body["visit_id"] = json!(VISIT);
    body["procedure_code"] = json!(code);
    Dossier::of(ward, &app.send_in(&body).expect(201))
}

fn slip(app: &App, d: &Dossier) -> Value {
    app.get(
        "tiepnhan",
        &format!("/api/v1/dossiers/{}/reception-slip", d.id),
    )
    .expect(200)
}

/// A dossier whose result is ready, filed by somebody with this authorisation.
fn ready(app: &App, scope: Value, until: Value) -> Dossier {
    let mut body = app.intake("thd");
    body["filer"] = json!({
        "full_name": "Trần Thị Bình", "identity_number": "001190054321", "relation": "vợ",
        "authorisation": "Giấy ủy quyền số 12", "authorisation_scope": scope, "authorisation_until": until
    });
    let mut d = Dossier::of("thd", &app.send_in(&body).expect(201));
    app.act("tiepnhan", &mut d, "handovers", &json!({ "to": "handler" }));
    app.act(
        "thuly.thd",
        &mut d,
        "acknowledgements",
        &json!({ "accepted": true }),
    );
    app.act("thuly.thd", &mut d, "handovers", &json!({ "to": "leader" }));
    app.act(
        "lanhdao.thd",
        &mut d,
        "acknowledgements",
        &json!({ "accepted": true }),
    );
    app.act("lanhdao.thd", &mut d, "decisions", &body_of("decisions"));
    app.act("thuly.thd", &mut d, "results", &body_of("results"));
    d
}

fn by_filer() -> Value {
    json!({
        "collector": { "full_name": "Trần Thị Bình", "identity_number": "001190054321", "relation": "filer", "method": "counter" },
        "originals_returned": true
    })
}

on_both! {
    fn dossiers_of_one_visit_stand_on_one_slip_and_the_numbers_go_on_without_a_gap(app) {
        let first = of_visit(&app, "thd", MARITAL);
        let second = of_visit(&app, "thd", MARITAL);
        assert_ne!(first.text("code"), second.text("code"));
        assert_eq!(first.body["letters"][0]["number"], second.body["letters"][0]["number"]);
        let (a, b) = (slip(&app, &first), slip(&app, &second));
        assert_eq!((&a["number"], &a["others"][0]["code"]), (&b["number"], &json!(second.text("code"))));
        assert_eq!((&b["code"], &b["others"][0]["code"]), (&json!(second.text("code")), &json!(first.text("code"))));
        assert!(b["others"][0]["due_at"].is_string() && b["others"][0]["components"].is_array());
        // Another authority has a register of its own, another person a slip of their own.
        let elsewhere = of_visit(&app, "cn", MARITAL);
        assert_eq!(slip(&app, &elsewhere)["others"], json!([]));
        let mut stranger = app.intake("thd");
        stranger["visit_id"] = json!(VISIT);
        stranger["owner"] = json!({ "kind": "citizen", "full_name": "Lê Văn Khác" });
        let stranger = Dossier::of("thd", &app.send_in(&stranger).expect(201));
        assert_eq!(stranger.body["letters"][0]["number"], 2);
        // A dossier without a visit takes the next number.
        assert_eq!(app.take_in("thd").body["letters"][0]["number"], 3);
        // The next day is another slip.
        app.at("2026-03-03T09:00:00+07:00");
        assert_eq!(of_visit(&app, "thd", MARITAL).body["letters"][0]["number"], 4);
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn a_mistake_put_right_on_one_leaves_the_others_on_their_slip(app) {
        let (first, mut second) = (of_visit(&app, "thd", MARITAL), of_visit(&app, "thd", MARITAL));
        let amendment = json!({
            "owner": { "kind": "citizen", "full_name": "Nguyễn Văn Ân", "identity_number": "001085012345" },
            "reason": "Ghi nhầm dấu"
        });
        app.act("tiepnhan", &mut second, "amendments", &amendment);
        assert_eq!(slip(&app, &second)["number"], "02/TNHS");
        assert_eq!(slip(&app, &first)["number"], "01/TNHS");
        assert_eq!(app.verify(), Vec::<Value>::new());
    }

    fn whoever_files_for_another_collects_only_as_far_as_the_authorisation_goes(app) {
        let d = ready(&app, json!("submit"), Value::Null);
        app.try_act("traketqua", &d, "returns", &by_filer()).refused(409, "authorisation_scope");
        let mut d = ready(&app, json!("both"), json!("2026-03-05"));
        assert_eq!((&d.body["filer"]["authorisation_scope"], &d.body["filer"]["authorisation_until"]), (&json!("both"), &json!("2026-03-05")));
        app.at("2026-03-06T09:00:00+07:00");
        app.try_act("traketqua", &d, "returns", &by_filer()).refused(422, "authorisation_expired");
        // The owner may, whatever the filer's paper says.
        app.act("traketqua", &mut d, "returns", &body_of("returns"));
        assert_eq!(d.text("state"), Station::Returned.state());
        let mut body = app.intake("thd");
        body["filer"] = json!({ "full_name": "Trần Thị Bình", "authorisation_until": "2026-03-05" });
        app.send_in(&body).invalid("/filer/authorisation_until", "authorisation_expired");
    }
}

//! Form 01 as a document (DOMAIN §1.6).

use motcua_tests::{App, Station, on_both};
use reqwest::Method;
use serde_json::json;

fn document(app: &App, who: &str, id: &str, query: &str) -> (u16, Option<String>, Vec<u8>) {
    let path = format!("/api/v1/dossiers/{id}/reception-slip/document.pdf{query}");
    let answer = app.as_person(who, Method::GET, &path).send().unwrap();
    let kind = answer.headers().get("content-type");
    let kind = kind.map(|k| k.to_str().unwrap().to_owned());
    (
        answer.status().as_u16(),
        kind,
        answer.bytes().unwrap().to_vec(),
    )
}

on_both! {
    fn the_slip_is_a_document_that_is_the_same_each_time_and_each_look_is_on_record(app) {
        let d = app.take_in("thd");
        let (status, kind, given) = document(&app, "tiepnhan", &d.id, "");
        assert_eq!((status, kind.as_deref()), (200, Some("application/pdf")));
        assert!(given.starts_with(b"%PDF-1.7"));
        assert_eq!(document(&app, "tiepnhan", &d.id, "?number=1").2, given);
        let (_, _, both) = document(&app, "tiepnhan", &d.id, "?both=true");
        assert!(both.len() > given.len());
        let views = app.get("thanhtra", &format!("/api/v1/dossiers/{}/personal-data-views", d.id)).expect(200);
        let looks = views["items"].as_array().unwrap().iter().filter(|v| v["purpose"] == json!("form_01")).count();
        assert_eq!(looks, 3);
        // Who may not see people's data gets no paper of theirs.
        assert_eq!(document(&app, "thungan", &d.id, "").0, 403);
        assert_eq!(document(&app, "thuly.cn", &d.id, "").0, 404);
        assert_eq!(document(&app, "tiepnhan", &d.id, "?number=99").0, 404);
        assert_eq!(document(&app, "tiepnhan", &d.id, "?number=-1").0, 404);
    }

    fn a_dossier_that_was_never_accepted_has_no_slip_to_print(app) {
        let d = app.journey("thd", Station::Submitted);
        let (status, kind, _) = document(&app, "tiepnhan", &d.id, "");
        assert_eq!((status, kind.as_deref()), (404, Some("application/problem+json")));
    }
}

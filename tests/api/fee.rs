//! What a case costs, and why, by DOMAIN §7.1, §7.2 and §7.4.

use motcua_tests::{App, on_both};
use reqwest::Method;
use serde_json::{Value, json};

const ASSESS: &str = "/api/v1/fees/assess";

fn cost(app: &App, body: &Value) -> Value {
    app.post("", ASSESS, body).expect(200)
}

on_both! {
    fn every_vector_of_a_certified_copy_comes_out_line_by_line(app) {
        for (pages, copies, vnd, words) in [
            (1, 1, 2_000, "hai nghìn đồng"),
            (2, 1, 4_000, "bốn nghìn đồng"),
            (3, 1, 5_000, "năm nghìn đồng"),
            (5, 1, 7_000, "bảy nghìn đồng"),
            (10, 1, 12_000, "mười hai nghìn đồng"),
            (198, 1, 200_000, "hai trăm nghìn đồng"),
            (300, 1, 200_000, "hai trăm nghìn đồng"),
            (5, 3, 21_000, "hai mươi mốt nghìn đồng"),
        ] {
            let done = cost(&app, &json!({ "procedure_code": "2.000815", "case": { "pages": pages, "copies": copies } }));
            assert_eq!(done["net_vnd"], vnd, "{pages} × {copies}");
            assert_eq!((&done["phi_vnd"], &done["le_phi_vnd"]), (&json!(vnd), &json!(0)));
            assert_eq!(done["net_in_words"], words);
            assert_eq!((&done["complete"], &done["waived_vnd"]), (&json!(true), &json!(0)));
            let line = &done["lines"][0];
            assert_eq!((&line["kind"], &line["legal_basis"]), (&json!("phi"), &json!("Thông tư 226/2016/TT-BTC")));
            assert!(line["text"].as_str().is_some_and(|t| t.contains("2.000")), "{line}");
        }
    }

    fn what_is_certified_once_costs_what_the_circular_says_however_large_it_is(app) {
        for (code, vnd) in [
            ("2.000884", 10_000), ("2.001019", 50_000), ("2.001035", 50_000), ("2.001406", 50_000),
            ("2.001009", 50_000), ("2.001016", 50_000), ("2.000913", 30_000), ("2.000927", 25_000),
        ] {
            let done = cost(&app, &json!({ "procedure_code": code, "case": { "pages": 40 } }));
            assert_eq!(done["net_vnd"], vnd, "{code}");
            assert_eq!(done["lines"][0]["explanation"].as_array().map(Vec::len), Some(1));
        }
    }

    fn the_steps_of_the_sum_are_told_in_the_readers_language(app) {
        let body = json!({ "procedure_code": "2.000815", "case": { "pages": 5, "copies": 3 } });
        let done = cost(&app, &body);
        assert_eq!(done["lines"][0]["explanation"], json!([
            "Một bản: 2 trang đầu × 2.000 + 3 trang tiếp theo × 1.000 = 7.000 đồng.",
            "3 bản × 7.000 = 21.000 đồng.",
        ]));
        let done = app.send(app.request(Method::POST, ASSESS).header("accept-language", "en").json(&body)).expect(200);
        assert_eq!(done["lines"][0]["explanation"][1], "3 copies × 7.000 = 21.000 đồng.");
    }

    fn who_is_exempt_pays_nothing_and_the_ground_and_its_paper_stand_in_the_line(app) {
        let claim = json!({ "exemption_id": "nguoi_co_cong_ho_ngheo_khuyet_tat", "evidence": " Giấy chứng nhận hộ nghèo số 12 " });
        let open = cost(&app, &json!({ "procedure_code": "1.004884" }));
        assert_eq!(open["complete"], false, "the province's amount is not known yet");
        let line = open["lines"][0]["line_id"].clone();
        assert_eq!(open["lines"][0]["net_vnd"], Value::Null);
        let stated = json!({ "line_id": line, "amount_vnd": 8_000, "source": "Nghị quyết 15/2025/NQ-HĐND" });
        let done = cost(&app, &json!({
            "procedure_code": "1.004884", "case": { "stated": [stated], "claims": [claim] },
        }));
        assert_eq!((&done["gross_vnd"], &done["waived_vnd"], &done["net_vnd"]), (&json!(8_000), &json!(8_000), &json!(0)));
        assert_eq!(done["net_in_words"], "không đồng");
        let waiver = &done["lines"][0]["waiver"];
        assert_eq!((&waiver["percent"], &waiver["evidence"]), (&json!(100), &json!("Giấy chứng nhận hộ nghèo số 12")));
        assert!(waiver["legal_basis"].as_str().is_some_and(|b| b.contains("60/2014/QH13")));
    }

    fn what_is_filed_online_costs_what_the_line_for_it_says(app) {
        for (channel, vnd) in [("counter", 20_000), ("post", 20_000), ("home", 20_000), ("online", 10_000), ("kiosk", 10_000)] {
            let done = cost(&app, &json!({ "procedure_code": "1.004222", "channel": channel }));
            assert_eq!((&done["le_phi_vnd"], &done["phi_vnd"]), (&json!(vnd), &json!(0)), "{channel}");
        }
    }

    fn a_ground_that_has_no_rate_yet_or_ran_out_is_refused_where_it_stands(app) {
        let claim = |id: &str| json!([{ "exemption_id": id, "evidence": "VNeID" }]);
        let at = "/case/claims/0/exemption_id";
        for (on, channel, id, code) in [
            ("2026-09-01", "online", "cong_dan_so", "exemption_rate_unknown"),
            ("2026-08-14", "online", "cong_dan_so", "exemption_not_in_force"),
            ("2027-03-01", "online", "cong_dan_so", "exemption_not_in_force"),
            ("2026-09-01", "online", "nguoi_ngoai", "exemption_unknown"),
        ] {
            app.post("", ASSESS, &json!({
                "procedure_code": "1.004222", "channel": channel, "on": on, "case": { "claims": claim(id) },
            })).invalid(at, code);
        }
    }

    fn sizes_amounts_and_procedures_that_cannot_be_are_pointed_at(app) {
        let with = |case: Value| app.post("", ASSESS, &json!({ "procedure_code": "2.000815", "case": case }));
        with(json!({ "pages": 0 })).invalid("/case/pages", "out_of_range");
        with(json!({ "copies": 100_001 })).invalid("/case/copies", "out_of_range");
        with(json!({ "value_vnd": -1 })).invalid("/case/value_vnd", "out_of_range");
        let stated = |amount: Value| json!({ "stated": [{ "line_id": "phi", "amount_vnd": amount, "source": "Thông báo" }] });
        with(stated(json!(1_000_000_000_000_000_000_i64))).invalid("/case/stated/0/amount_vnd", "out_of_range");
        with(stated(json!(0.5))).invalid("/case/stated/0/amount_vnd", "wrong_type");
        with(json!({ "chosen": ["phi"] })).refused(422, "validation_failed");
        app.post("", ASSESS, &json!({ "procedure_code": "9.999999" })).refused(422, "procedure_unknown");
    }
}

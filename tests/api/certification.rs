//! What certification costs, by DOMAIN §7.1.

use motcua_tests::{App, on_both};
use serde_json::{Value, json};

const FEES: &str = "/api/v1/certifications/fees";

fn cost(app: &App, kind: &str, items: &Value) -> Value {
    app.post("", FEES, &json!({ "kind": kind, "items": items }))
        .expect(200)
}

on_both! {
    fn a_certified_copy_costs_by_the_pages_of_its_original_up_to_the_cap(app) {
        for (pages, vnd) in [(1, 2_000), (2, 4_000), (3, 5_000), (5, 7_000), (10, 12_000), (198, 200_000), (300, 200_000)] {
            let fee = cost(&app, "copy", &json!([{ "original_pages": pages }]));
            assert_eq!(fee["total_vnd"], vnd, "{pages} pages");
        }
    }

    fn many_papers_are_charged_at_once_paper_by_paper_with_the_source(app) {
        let fee = cost(&app, "copy", &json!([
            { "original_pages": 5, "copies": 3 }, { "original_pages": 1, "copies": 1 }, { "original_pages": 300, "copies": 999 }
        ]));
        let line = &fee["lines"][0];
        assert_eq!(line["item_amounts_vnd"], json!([21_000, 2_000, 199_800_000]));
        assert_eq!((&line["amount_vnd"], &fee["total_vnd"]), (&json!(199_823_000), &json!(199_823_000)));
        assert_eq!((&line["legal_basis"], &line["certainty"]), (&json!("Thông tư 226/2016/TT-BTC"), &json!("law")));
        assert_eq!(fee["procedure_code"], "2.000815");
    }

    fn each_paper_whose_signatures_are_certified_is_one_case(app) {
        let fee = cost(&app, "signature", &json!([{ "original_pages": 12 }, { "original_pages": 1, "copies": 1 }]));
        assert_eq!((&fee["procedure_code"], &fee["total_vnd"]), (&json!("2.000884"), &json!(20_000)));
    }

    fn sizes_that_cannot_be_are_pointed_at(app) {
        for (kind, item, pointer) in [
            ("copy", json!({ "original_pages": 0 }), "/items/0/original_pages"),
            ("copy", json!({ "original_pages": 10_000 }), "/items/0/original_pages"),
            ("copy", json!({ "original_pages": 1, "copies": 0 }), "/items/0/copies"),
            ("copy", json!({ "original_pages": 1, "copies": 1_000_000_000 }), "/items/0/copies"),
            ("signature", json!({ "original_pages": 1, "copies": 2 }), "/items/0/copies"),
        ] {
            app.post("", FEES, &json!({ "kind": kind, "items": [item] })).invalid(pointer, "out_of_range");
        }
        for n in [0, 51] {
            let items = vec![json!({ "original_pages": 1 }); n];
            app.post("", FEES, &json!({ "kind": "copy", "items": items })).invalid("/items", "out_of_range");
        }
        let most = vec![json!({ "original_pages": 1 }); 50];
        assert_eq!(cost(&app, "copy", &json!(most))["total_vnd"], 100_000);
    }
}

//! What a dossier's page offers is exactly what can be done.

use motcua_tests::dossier::{Station, body_of};
use motcua_tests::{Dossier, on_both};
use serde_json::{Value, json};

const ACTIONS: [&str; 24] = [
    "acceptances",
    "refusals",
    "supplement-requests",
    "supplements",
    "handovers",
    "acknowledgements",
    "claims",
    "consultations",
    "consultation-replies",
    "payment-requests",
    "payments",
    "decisions",
    "results",
    "returns",
    "withdrawals",
    "stops",
    "holds",
    "resumptions",
    "transfers",
    "apologies",
    "apology-returns",
    "extensions",
    "corrections",
    "undos",
];

const PEOPLE: [&str; 8] = [
    "tiepnhan",
    "thuly.thd",
    "lanhdao.thd",
    "traketqua",
    "thungan",
    "giamdoc",
    "thanhtra",
    "admin",
];

/// Sensible bodies of an action: one of them must do.
fn bodies(action: &str) -> Vec<Value> {
    match action {
        "handovers" => ["handler", "leader", "reception", "results_desk"]
            .map(|to| json!({ "to": to }))
            .into(),
        "supplement-requests" => {
            let mut excepted = body_of(action);
            excepted["legal_exception"] = json!("Luật Đất đai 2024, Điều 22");
            vec![body_of(action), excepted]
        }
        "withdrawals" => vec![
            body_of(action),
            json!({ "reason": "Chưa có đơn", "declined": true }),
        ],
        _ => vec![body_of(action)],
    }
}

on_both! {
    fn allowed_actions_succeed_and_blocked_ones_answer_their_code(app) {
        let mut tried = 0;
        for station in Station::ALL {
            let mut d = app.journey("thd", station);
            for who in PEOPLE {
                d = Dossier::of("thd", &app.read(who, &d));
                let view = d.body.clone();
                let allowed: Vec<&str> =
                    view["allowed_actions"].as_array().unwrap().iter().map(|a| a.as_str().unwrap()).collect();
                let blocked = view["blocked_actions"].as_array().unwrap();
                for action in ACTIONS {
                    tried += 1;
                    let why = blocked.iter().find(|b| b["action"] == action);
                    assert_eq!(why.is_none(), allowed.contains(&action), "{station:?} {who} {action}");
                    if let Some(why) = why {
                        let answer = app.try_act(who, &d, action, &bodies(action)[0]);
                        assert!([403, 409].contains(&answer.status), "{station:?} {who} {action}: {}", answer.text);
                        // Acknowledging nothing says so first.
                        let other = if action == "acknowledgements" { "no_open_handover" } else { "" };
                        let code = answer.code();
                        assert!(
                            why["code"] == code.as_str() || code == other,
                            "{station:?} {who} {action}: the page says {}, the answer {code}", why["code"]
                        );
                        assert!(why["reason"].as_str().is_some_and(|r| !r.is_empty()));
                        continue;
                    }
                    let done = bodies(action).iter().any(|b| app.try_act(who, &d, action, b).status == 201);
                    assert!(done, "{station:?} {who}: {action} is offered and refused");
                    d = app.journey("thd", station);
                    d = Dossier::of("thd", &app.read(who, &d));
                }
            }
        }
        assert_eq!(tried, Station::ALL.len() * PEOPLE.len() * ACTIONS.len());
    }
}

//! Dossiers, taken to any point of their way through the API alone.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::app::App;

/// Cấp Giấy xác nhận tình trạng hôn nhân: three working days, one required paper.
pub const MARITAL: &str = "1.004873";
/// Cấp bản sao trích lục hộ tịch: same day, result on the spot.
pub const EXTRACT: &str = "2.000635";
/// Đăng ký thường trú: seven working days, within its own ward only.
pub const RESIDENCE: &str = "1.004222";

/// A dossier as last seen.
#[derive(Debug, Clone)]
pub struct Dossier {
    /// Id.
    pub id: String,
    /// Version.
    pub version: i64,
    /// Code of its authority: whose handler and leader work on it.
    pub ward: String,
    /// The detail.
    pub body: Value,
}

/// Points on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is what its name says")]
pub enum Station {
    Submitted,
    IntakeSupplement,
    RefusedAtIntake,
    Accepted,
    GivenToHandler,
    Processing,
    SupplementRequested,
    GivenToLeader,
    WithLeader,
    Decided,
    Completed,
    Returned,
    WithdrawalRequested,
    Withdrawn,
    Consulting,
    PaymentRequired,
    OnHold,
    Stopped,
    Transferred,
    RefusalDecided,
    Correcting,
    ApologyDrafted,
}

impl Station {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Submitted,
        Self::IntakeSupplement,
        Self::RefusedAtIntake,
        Self::Accepted,
        Self::GivenToHandler,
        Self::Processing,
        Self::SupplementRequested,
        Self::GivenToLeader,
        Self::WithLeader,
        Self::Decided,
        Self::Completed,
        Self::Returned,
        Self::WithdrawalRequested,
        Self::Withdrawn,
        Self::Consulting,
        Self::PaymentRequired,
        Self::OnHold,
        Self::Stopped,
        Self::Transferred,
        Self::RefusalDecided,
        Self::Correcting,
        Self::ApologyDrafted,
    ];

    /// The state a dossier is in there.
    pub const fn state(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::IntakeSupplement => "intake_supplement_requested",
            Self::RefusedAtIntake => "refused_at_intake",
            Self::Accepted | Self::GivenToHandler => "accepted",
            Self::Processing
            | Self::GivenToLeader
            | Self::WithLeader
            | Self::Decided
            | Self::RefusalDecided
            | Self::Consulting
            | Self::ApologyDrafted
            | Self::WithdrawalRequested => "processing",
            Self::SupplementRequested => "supplement_requested",
            Self::Completed => "completed",
            Self::Returned | Self::Correcting => "returned",
            Self::Withdrawn => "withdrawn",
            Self::PaymentRequired => "payment_required",
            Self::OnHold => "on_hold",
            Self::Stopped => "stopped",
            Self::Transferred => "transferred",
        }
    }
}

/// A well-formed body for an action.
pub fn body_of(action: &str) -> Value {
    match action {
        "acceptances" | "supplements" => json!({}),
        "refusals" => {
            json!({ "reason_code": "not_competent", "reason": "Không thuộc thẩm quyền." })
        }
        "supplement-requests" => {
            json!({ "items": ["Bản sao quyết định ly hôn"], "reason": "Chưa rõ tình trạng hôn nhân." })
        }
        "acknowledgements" => json!({ "accepted": true }),
        "decisions" => json!({ "outcome": "grant" }),
        "results" => {
            json!({ "number": "125/XNHN", "issued_on": "2026-03-02", "summary": "Giấy xác nhận" })
        }
        "returns" => json!({
            "collector": {
                "full_name": "Nguyễn Văn An", "identity_number": "001085012345", "relation": "owner",
                "method": "counter"
            },
            "originals_returned": true
        }),
        "withdrawals" => json!({ "reason": "Công dân không còn nhu cầu." }),
        "consultations" => json!({
            "body": "Công an phường", "question": "Đề nghị xác minh nơi cư trú.", "reply_due_on": "2026-03-04"
        }),
        "consultation-replies" => json!({ "reply": "Công văn số 112/CAP: có cư trú." }),
        "payment-requests" => {
            json!({ "amount_vnd": 150_000, "reason": "Thông báo nghĩa vụ tài chính số 45/TB." })
        }
        "payments" => json!({ "settlement": "paid", "reference": "Biên lai số 0000123" }),
        "stops" | "holds" => json!({
            "reason": "Có tranh chấp đang được thụ lý.", "legal_ground": "Bộ luật Tố tụng dân sự, Điều 214"
        }),
        "resumptions" => json!({ "reason": "Lý do tạm dừng đã hết." }),
        "transfers" => {
            json!({ "to": "Ủy ban nhân dân phường Hoàn Kiếm", "reason": "Thuộc thẩm quyền nơi thường trú." })
        }
        "extensions" => {
            json!({ "new_due_on": "2026-06-02", "reason": "Cơ quan phối hợp chưa trả lời xác minh." })
        }
        "apologies" => json!({
            "new_due_on": "2026-06-02", "reason_code": "other_agency",
            "reason": "Cơ quan phối hợp chưa trả lời xác minh."
        }),
        "apology-returns" => json!({ "reason": "Hẹn lại ngày sớm hơn." }),
        "corrections" => json!({ "reason": "Sai ngày sinh." }),
        "undos" => json!({ "reason": "Bấm nhầm hồ sơ." }),
        _ => json!({}),
    }
}

impl App {
    /// A dossier's body as the counter sends it.
    pub fn intake(&self, ward: &str) -> Value {
        json!({
            "procedure_code": MARITAL,
            "authority_id": self.authority(ward),
            "channel": "counter",
            "owner": {
                "kind": "citizen",
                "full_name": "Nguyễn Văn An",
                "identity_number": "001085012345",
                "birth_date": "1985-04-12",
                "phone": "0912345678",
                "email": "an@example.vn",
                "address": "12 phố Hàng Bài, Hà Nội"
            },
            "components": [
                { "component_id": "to_khai", "originals": 1, "certified_copies": 0, "photocopies": 0 }
            ],
            "result_delivery": { "method": "counter" }
        })
    }

    /// Sends a dossier in as reception.
    #[track_caller]
    pub fn send_in(&self, body: &Value) -> Answer {
        self.post("tiepnhan", "/api/v1/dossiers", body)
    }

    /// Takes a dossier of this ward in at the counter.
    #[track_caller]
    pub fn take_in(&self, ward: &str) -> Dossier {
        Dossier::of(ward, &self.send_in(&self.intake(ward)).expect(201))
    }

    /// Does something to a dossier and returns whatever came back.
    #[track_caller]
    pub fn try_act(&self, who: &str, dossier: &Dossier, action: &str, body: &Value) -> Answer {
        self.post_at(who, &dossier.path(action), dossier.version, body)
    }

    /// Does something to a dossier, which must succeed, and keeps what it is then.
    #[track_caller]
    pub fn act(&self, who: &str, dossier: &mut Dossier, action: &str, body: &Value) {
        let answer = self.try_act(who, dossier, action, body);
        let body = answer.expect(201);
        assert_eq!(answer.header("etag"), format!("\"v{}\"", body["version"]));
        assert_eq!(body["version"], dossier.version + 1);
        *dossier = Dossier::of(&dossier.ward, &body);
    }

    /// Reads a dossier again as this person.
    #[track_caller]
    pub fn read(&self, who: &str, dossier: &Dossier) -> Value {
        self.get(who, &format!("/api/v1/dossiers/{}", dossier.id))
            .expect(200)
    }

    /// Takes a new dossier of this ward to a station.
    ///
    /// # Panics
    /// When some step on the way is refused.
    pub fn journey(&self, ward: &str, station: Station) -> Dossier {
        let handler = format!("thuly.{ward}");
        let leader = format!("lanhdao.{ward}");
        let mut d = match station {
            Station::Submitted | Station::IntakeSupplement | Station::RefusedAtIntake => {
                let mut body = self.intake(ward);
                body["intake_mode"] = json!("check");
                Dossier::of(ward, &self.send_in(&body).expect(201))
            }
            _ => self.take_in(ward),
        };
        let mut go = |who: &str, action: &str, body: Value| self.act(who, &mut d, action, &body);
        let to = |desk: &str| json!({ "to": desk });
        match station {
            Station::Submitted | Station::Accepted => {}
            Station::IntakeSupplement => {
                go(
                    "tiepnhan",
                    "supplement-requests",
                    body_of("supplement-requests"),
                );
            }
            Station::RefusedAtIntake => go("tiepnhan", "refusals", body_of("refusals")),
            Station::GivenToHandler => go("tiepnhan", "handovers", to("handler")),
            Station::Transferred => go("tiepnhan", "transfers", body_of("transfers")),
            _ => {
                go("tiepnhan", "handovers", to("handler"));
                go(&handler, "acknowledgements", body_of("acknowledgements"));
                match station {
                    Station::SupplementRequested => {
                        go(
                            &handler,
                            "supplement-requests",
                            body_of("supplement-requests"),
                        );
                    }
                    Station::WithdrawalRequested | Station::Withdrawn => {
                        go("tiepnhan", "withdrawals", body_of("withdrawals"));
                        if station == Station::Withdrawn {
                            go(&leader, "withdrawals", body_of("withdrawals"));
                        }
                    }
                    Station::GivenToLeader => go(&handler, "handovers", to("leader")),
                    Station::Consulting => go(&handler, "consultations", body_of("consultations")),
                    Station::ApologyDrafted => go(&handler, "apologies", body_of("apologies")),
                    Station::PaymentRequired => {
                        go(&handler, "payment-requests", body_of("payment-requests"));
                    }
                    Station::OnHold => go(&leader, "holds", body_of("holds")),
                    Station::Stopped => go(&leader, "stops", body_of("stops")),
                    Station::WithLeader
                    | Station::Decided
                    | Station::RefusalDecided
                    | Station::Completed
                    | Station::Correcting
                    | Station::Returned => {
                        go(&handler, "handovers", to("leader"));
                        go(&leader, "acknowledgements", body_of("acknowledgements"));
                        if station == Station::RefusalDecided {
                            let refused =
                                json!({ "outcome": "refuse", "reason": "Không đủ điều kiện." });
                            go(&leader, "decisions", refused);
                        } else if station != Station::WithLeader {
                            go(&leader, "decisions", body_of("decisions"));
                        }
                        let after = [Station::Completed, Station::Returned, Station::Correcting];
                        if after.contains(&station) {
                            go(&handler, "results", body_of("results"));
                        }
                        if after[1..].contains(&station) {
                            go("traketqua", "returns", body_of("returns"));
                        }
                        if station == Station::Correcting {
                            go(&leader, "corrections", body_of("corrections"));
                        }
                    }
                    _ => {}
                }
            }
        }
        assert_eq!(d.body["state"], station.state(), "{station:?}");
        d
    }
}

impl Dossier {
    /// From a detail.
    ///
    /// # Panics
    /// When it is none.
    pub fn of(ward: &str, body: &Value) -> Self {
        Self {
            id: body["id"].as_str().expect("an id").to_owned(),
            version: body["version"].as_i64().expect("a version"),
            ward: ward.to_owned(),
            body: body.clone(),
        }
    }

    /// Where an action is posted to.
    pub fn path(&self, action: &str) -> String {
        let id = &self.id;
        if action == "acknowledgements" {
            let open = self.body["open_handover"]["id"]
                .as_str()
                .unwrap_or("0198c0de-0000-7000-8000-000000000000");
            format!("/api/v1/dossiers/{id}/handovers/{open}/acknowledgements")
        } else {
            format!("/api/v1/dossiers/{id}/{action}")
        }
    }

    /// A text of the detail, empty when it is not there.
    pub fn text(&self, member: &str) -> &str {
        self.body[member].as_str().unwrap_or_default()
    }
}

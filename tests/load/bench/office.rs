//! The people of the demo centre, as the client plays them: they sign in and take dossiers through
//! their first steps, so that the database is filled with copies of dossiers that really happened.

use std::net::SocketAddr;
use std::time::SystemTime;

use anyhow::{Context as _, bail};
use chrono::{Datelike as _, NaiveDate, Weekday};
use motcua_domain::vn_time::local_date;
use motcua_services::demo;
use motcua_store::DossierId;
use serde_json::{Value, json};

use crate::client::{self, Connection};

/// The wards of the demo centre, by the ending of their people's names.
const WARDS: [&str; 3] = ["thd", "cn", "ht"];

/// An office at a server.
pub struct Office {
    connection: Connection,
    /// The token of the reception.
    pub reception: String,
    /// The receiving centre.
    pub centre: String,
    authorities: Vec<String>,
    /// The day the server has been told it is; none: nobody told it.
    day: Option<NaiveDate>,
}

/// Dossiers that really happened.
pub struct Happened {
    /// Just accepted.
    pub accepted: Vec<DossierId>,
    /// Handed over and being handled.
    pub processing: Vec<DossierId>,
    /// Completed and returned on the spot.
    pub returned: Vec<DossierId>,
}

impl Office {
    /// Signs in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let mut connection = Connection::open(address).await?;
        let reception = sign_in(&mut connection, "tiepnhan").await?;
        let me = read(&mut connection, "/api/v1/me", &reception).await?;
        let centre = me
            .pointer("/roles/0/centre_id")
            .and_then(Value::as_str)
            .context("the reception has no centre")?
            .to_owned();
        let list = read(&mut connection, "/api/v1/authorities", &reception).await?;
        let items = list
            .get("items")
            .and_then(Value::as_array)
            .context("no authorities")?;
        let authorities = WARDS
            .iter()
            .map(|ward| {
                items
                    .iter()
                    .find(|a| a.get("code").and_then(Value::as_str) == Some(ward))
                    .and_then(|a| a.get("id")?.as_str().map(ToOwned::to_owned))
                    .with_context(|| format!("no authority {ward}"))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        Ok(Self {
            connection,
            reception,
            centre,
            authorities,
            day: None,
        })
    }

    /// A body for `POST /dossiers`: a dossier of three working days that is accepted at once.
    pub fn intake(&self, n: usize) -> String {
        const NAMES: [&str; 8] = [
            "Nguyễn Thị Thu Hương",
            "Trần Văn Đức",
            "Lê Minh Tuấn",
            "Phạm Thị Ngọc Ánh",
            "Hoàng Quang Huy",
            "Vũ Thị Hồng Oanh",
            "Đặng Xuân Trường",
            "Bùi Thị Lan Anh",
        ];
        let name = NAMES.get(n % NAMES.len()).copied().unwrap_or_default();
        let authority = self.authorities.get(n % WARDS.len());
        json!({
            "procedure_code": "1.004884",
            "authority_id": authority,
            "channel": "counter",
            "owner": {
                "kind": "citizen",
                "full_name": name,
                "identity_number": format!("001085{:06}", n % 1_000_000),
                "birth_date": "1985-04-12",
                "phone": format!("09{:08}", 12_345_678 + n),
                "email": "cong.dan@example.vn",
                "address": "Số 12 phố Hàng Bài, phường Trần Hưng Đạo, Hà Nội",
            },
            "components": [
                { "component_id": "to_khai", "originals": 1 },
                { "component_id": "ban_sao_giay_to", "certified_copies": 1, "photocopies": 1 },
            ],
            "result_delivery": { "method": "counter" },
        })
        .to_string()
    }

    async fn send(
        &mut self,
        path: &str,
        token: &str,
        headers: &str,
        body: &str,
    ) -> anyhow::Result<Value> {
        let request = client::post(path, Some(token), headers, body);
        let (status, answer) = self.connection.ask(&request).await?;
        if status != 201 {
            bail!("{path}: {status} {}", String::from_utf8_lossy(&answer));
        }
        Ok(serde_json::from_slice(&answer)?)
    }

    /// Tells the server that the next weekday has come and signs in again: a day has no more than
    /// 9,999 dossier codes, which a few seconds of intakes use up.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn next_day(&mut self) -> anyhow::Result<()> {
        let mut day = self
            .day
            .unwrap_or_else(|| local_date(SystemTime::now().into()))
            .succ_opt()
            .context("the calendar ends")?;
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day = day.succ_opt().context("the calendar ends")?;
        }
        let body = json!({ "now": format!("{day}T09:00:00+07:00") }).to_string();
        let request = client::post("/api/v1/test/clock", None, "", &body);
        let (status, answer) = self.connection.ask(&request).await?;
        if status != 200 {
            bail!("clock: {status} {}", String::from_utf8_lossy(&answer));
        }
        self.day = Some(day);
        self.reception = sign_in(&mut self.connection, "tiepnhan").await?;
        Ok(())
    }

    /// Takes one dossier in.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn take_in(&mut self, n: usize) -> anyhow::Result<DossierId> {
        let (token, body) = (self.reception.clone(), self.intake(n));
        id_of(&self.send("/api/v1/dossiers", &token, "", &body).await?)
    }

    /// Lets some dossiers happen in each ward.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn happen(&mut self) -> anyhow::Result<Happened> {
        let mut happened = Happened {
            accepted: Vec::new(),
            processing: Vec::new(),
            returned: Vec::new(),
        };
        let token = self.reception.clone();
        for (n, ward) in WARDS.iter().enumerate() {
            happened.accepted.push(self.take_in(n).await?);

            let id = self.take_in(n).await?;
            let path = format!("/api/v1/dossiers/{id}/handovers");
            let body = json!({ "to": "handler", "pages": 3 }).to_string();
            let given = self
                .send(&path, &token, "If-Match: \"v1\"\r\n", &body)
                .await?;
            let open = given
                .pointer("/open_handover/id")
                .and_then(Value::as_str)
                .context("no open hand-over")?;
            let handler = sign_in(&mut self.connection, &format!("thuly.{ward}")).await?;
            let path = format!("{path}/{open}/acknowledgements");
            let body = json!({ "accepted": true }).to_string();
            self.send(&path, &handler, "If-Match: \"v2\"\r\n", &body)
                .await?;
            happened.processing.push(id);

            let leader = sign_in(&mut self.connection, &format!("lanhdao.{ward}")).await?;
            let leader = read(&mut self.connection, "/api/v1/me", &leader).await?;
            let mut body: Value = serde_json::from_str(&self.intake(n))?;
            if let Value::Object(members) = &mut body {
                members.insert("procedure_code".into(), json!("2.000635"));
                members.insert(
                    "components".into(),
                    json!([{ "component_id": "to_khai", "originals": 1 }]),
                );
                members.insert(
                    "on_the_spot".into(),
                    json!({ "signer_user_id": leader.get("id"), "summary": "Bản sao trích lục" }),
                );
            }
            let done = self
                .send("/api/v1/dossiers", &token, "", &body.to_string())
                .await?;
            happened.returned.push(id_of(&done)?);
        }
        Ok(happened)
    }

    /// Reads something as the reception.
    ///
    /// # Errors
    /// When the server refuses.
    pub async fn read(&mut self, path: &str) -> anyhow::Result<Value> {
        let token = self.reception.clone();
        read(&mut self.connection, path, &token).await
    }
}

fn id_of(dossier: &Value) -> anyhow::Result<DossierId> {
    let id = dossier
        .get("id")
        .and_then(Value::as_str)
        .context("a dossier without an id")?;
    Ok(id.parse()?)
}

async fn sign_in(connection: &mut Connection, name: &str) -> anyhow::Result<String> {
    let body = json!({ "username": name, "password": demo::PASSWORD }).to_string();
    let request = client::post("/api/v1/auth/login", None, "", &body);
    let (status, answer) = connection.ask(&request).await?;
    if status != 200 {
        bail!("sign-in of {name}: {status}");
    }
    let answer: Value = serde_json::from_slice(&answer)?;
    let token = answer
        .get("access_token")
        .and_then(Value::as_str)
        .context("no token")?;
    Ok(token.to_owned())
}

async fn read(connection: &mut Connection, path: &str, token: &str) -> anyhow::Result<Value> {
    let (status, answer) = connection.ask(&client::get(path, Some(token))).await?;
    if status != 200 {
        bail!("{path}: {status} {}", String::from_utf8_lossy(&answer));
    }
    Ok(serde_json::from_slice(&answer)?)
}

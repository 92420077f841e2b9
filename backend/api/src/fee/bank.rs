//! What banks tell: taken in by the address of their way of telling, made something of by a worker.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use actix_web::{HttpRequest, HttpResponse, get, post, web};
use chrono::{DateTime, Datelike as _, FixedOffset};
use motcua_domain::refusal::Refusal;
use motcua_domain::text::clean_line;
use motcua_domain::vietqr;
use motcua_domain::vn_time::local_date;
use motcua_gateway::bank::{Conduct, Delivery, PlatformMessage, Transfer};
use motcua_services::fee::bank as service;
use motcua_store::CentreId;
use motcua_store::payment::NotificationRow;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use crate::auth::{ReadNotifications, Reader};
use crate::dossier::view::vn;
use crate::health::demo_only;
use crate::manners::{Json, Page, Paging, Path, Problem, Query, Raw, linked};
use crate::state::AppState;
use crate::words;

/// How often it is looked whether something was stored.
const PAUSE: Duration = Duration::from_millis(500);
/// How long it is waited at most where nothing can be made of anything.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How long what is stored waits at most while a burst is taken in.
const LONGEST_BURST: Duration = Duration::from_secs(5);
/// How often it is looked whether a burst is over.
const BETWEEN: Duration = Duration::from_millis(50);
/// Notifications taken up at once.
const AT_ONCE: i64 = 200;

/// What a bank tells by the signed webhook. Members that are not named here are kept and not read.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "the contract's words; the adapter reads the body")]
pub struct BankMessage {
    /// The bank's own name of the movement: the same however often it is told.
    #[schema(min_length = 1, max_length = 64, example = "FT26333000123")]
    pub transaction_id: String,
    /// BIN of the bank where the account is.
    #[schema(example = "970436")]
    pub bank_bin: String,
    /// The account it came to.
    #[schema(example = "0011004455667")]
    pub account_number: String,
    /// Whole đồng.
    #[schema(minimum = 1, maximum = 9_999_999_999_999_i64, example = 8000)]
    pub amount_vnd: i64,
    /// Always `VND`.
    #[schema(example = "VND")]
    pub currency: String,
    /// The transfer's text.
    #[schema(example = "MC2611290000142 nop le phi")]
    pub description: String,
    /// When the bank booked it, RFC 3339.
    pub booked_at: DateTime<FixedOffset>,
    /// Who paid.
    pub payer_name: Option<String>,
    /// From which account.
    pub payer_account: Option<String>,
}

/// What became of a message.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankMessageTaken {
    /// The message's id.
    pub message_id: String,
    /// It had been stored before.
    pub repeated: bool,
}

/// A message as it came.
struct Came<'a> {
    headers: &'a (dyn Fn(&str) -> Option<String> + Sync),
    body: &'a [u8],
}

/// Checks and stores a message; what is refused is kept with why.
async fn take(
    state: &AppState,
    adapter: &str,
    came: Came<'_>,
) -> Result<BankMessageTaken, Problem> {
    let bank = state
        .gateways
        .bank(adapter)
        .ok_or_else(Refusal::not_found)?
        .clone();
    let adapter = adapter.to_owned();
    let now = state.services.now();
    let checked = bank.check(came.headers, came.body, now).and_then(|id| {
        let body = std::str::from_utf8(came.body).map_err(|_| {
            Refusal::new(
                "bank_message_unreadable",
                "Nội dung thông báo không phải văn bản UTF-8.",
                "What the bank says is no UTF-8 text.",
            )
        })?;
        bank.read(body)?;
        Ok((id, body.to_owned()))
    });
    let services = state.services.clone();
    match checked {
        Ok((id, body)) => {
            let stored = {
                let (adapter, message, body) = (adapter.clone(), id.clone(), body.clone());
                let intake = state.bank_intake.clone();
                state
                    .block(move || intake.store(&services, adapter, message, body))
                    .await
            };
            match stored {
                Ok(fresh) => {
                    state.bank_told.notify_one();
                    Ok(BankMessageTaken {
                        message_id: id,
                        repeated: !fresh,
                    })
                }
                Err(problem) if problem.code() == "notification_id_reused" => {
                    keep_refused(state, adapter, id, body, "notification_id_reused").await?;
                    Err(problem)
                }
                Err(problem) => Err(problem),
            }
        }
        Err(refusal) => {
            let id = (came.headers)("webhook-id").unwrap_or_default();
            let body = String::from_utf8_lossy(came.body).into_owned();
            let reason = refusal
                .errors
                .first()
                .map_or(refusal.code, |fault| fault.code);
            keep_refused(state, adapter, id, body, reason).await?;
            Err(refusal.into())
        }
    }
}

async fn keep_refused(
    state: &AppState,
    adapter: String,
    id: String,
    body: String,
    reason: &'static str,
) -> Result<(), Problem> {
    metrics::counter!("bank_notifications_refused_total", "reason" => reason).increment(1);
    // Once a day has enough of them, whoever goes on costs no more than looking at a signature.
    let today = local_date(state.services.now()).num_days_from_ce();
    if state.refused_enough.load(Ordering::Relaxed) == today {
        return Ok(());
    }
    let services = state.services.clone();
    let kept = state
        .block(move || {
            services.write(|db| service::keep_refused(&services, db, &adapter, &id, &body, reason))
        })
        .await?;
    if !kept {
        state.refused_enough.store(today, Ordering::Relaxed);
    }
    Ok(())
}

/// Takes what a bank tells.
#[utoipa::path(
    operation_id = "take_bank_notification", tag = "payments", summary = "A bank tells of money",
    description = "Takes what a bank tells of money that came, signed as Standard Webhooks are: `webhook-id`, `webhook-timestamp` (seconds, at most five minutes from now) and `webhook-signature: v1,…`, an HMAC-SHA256 in base64 over id, time stamp and body with dots between them. It is answered once it is stored; the same message again is answered alike. What is refused is kept and listed too.",
    params(
        ("adapter" = String, Path, description = "The way of telling: `webhook`.", example = "webhook"),
        ("webhook-id" = Option<String>, Header, description = "The message's own id."),
        ("webhook-timestamp" = Option<String>, Header, description = "Seconds since 1970."),
        ("webhook-signature" = Option<String>, Header, description = "`v1,` and the signature; several with spaces between them."),
    ),
    request_body = BankMessage,
    responses(
        (status = 202, description = "It is stored.", body = BankMessageTaken),
        (status = 401, description = "`bank_signature_missing`, `bank_signature_wrong`, `bank_timestamp_outside`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no such way of telling.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`notification_id_reused`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/bank-notifications/{adapter}")]
pub async fn take_bank_notification(
    state: web::Data<AppState>,
    req: HttpRequest,
    adapter: Path<String>,
    body: Raw,
) -> Result<HttpResponse, Problem> {
    // Read out before anything is waited for: a request's headers belong to its thread.
    let named = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|name| {
        let value = req.headers().get(name).and_then(|v| v.to_str().ok());
        (name, value.map(ToOwned::to_owned))
    });
    let headers = move |name: &str| {
        let found = named.iter().find(|(n, _)| *n == name);
        found.and_then(|(_, value)| value.clone())
    };
    let came = Came {
        headers: &headers,
        body: &body.0,
    };
    let taken = take(&state, &adapter, came).await?;
    Ok(HttpResponse::Accepted().json(taken))
}

/// What the national payment platform tells of a payment that was made online, by the platform's own
/// names. Members that are not named here are kept and not read.
#[derive(Debug, Deserialize, ToSchema)]
#[allow(dead_code, reason = "the contract's words; the adapter reads the body")]
#[schema(rename_all = "PascalCase")]
pub struct PlatformResult {
    /// Kind of message.
    #[schema(max_length = 500)]
    pub loai_ban_tin: String,
    /// `00`: it was paid; anything else: it was not.
    #[schema(max_length = 500, example = "00")]
    pub ma_loi: String,
    /// The centre's code as a partner.
    #[schema(max_length = 500)]
    pub ma_doi_tac: String,
    /// The reference of the payment request.
    #[schema(max_length = 500, example = "MC2611290000142")]
    pub ma_tham_chieu: String,
    /// Whole đồng.
    #[schema(minimum = 0, maximum = 9_999_999_999_999_i64, example = 8000)]
    pub so_tien: i64,
    /// Always `VND`.
    #[schema(max_length = 500, example = "VND")]
    pub ma_tien_te: String,
    /// The platform's own name of the transaction.
    #[schema(max_length = 500, example = "PG0001")]
    pub ma_giao_dich: String,
    /// The payer's bank.
    #[schema(max_length = 500)]
    pub ma_ngan_hang: String,
    /// When, as `yyyyMMddHHmmss`.
    #[schema(rename = "ThoiGianGD", max_length = 500, example = "20261129093000")]
    pub thoi_gian_gd: String,
    /// The payment's text.
    #[schema(max_length = 500)]
    pub thong_tin_giao_dich: String,
    /// SHA-256 in hex of the values above in this order and the partner's secret, with `|` between them.
    #[schema(max_length = 64)]
    pub ma_xac_thuc: String,
}

/// What the platform is answered, by its own names.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "PascalCase")]
pub struct PlatformAnswer {
    /// `00`: it is stored.
    pub ma_loi: &'static str,
    /// In words.
    pub mo_ta_loi: &'static str,
    /// As in the message.
    pub ma_doi_tac: String,
    /// As in the message.
    pub ma_tham_chieu: String,
    /// As in the message.
    #[serde(rename = "ThoiGianGD")]
    pub thoi_gian_gd: String,
    /// As in the message.
    pub ma_xac_thuc: String,
}

/// Takes what the payment platform tells.
#[utoipa::path(
    operation_id = "take_platform_result", tag = "payments", summary = "The payment platform tells of a payment",
    description = "Takes what the national payment platform tells of a payment that was made online: by the names of its members and with its check value, as far as both are public. It is answered in its own shape once it is stored; the same outcome of the same transaction again is answered alike. What is asked for under the reference is then paid by the platform's word, until the bank tells of the money; a payment that failed, of another sum, or of what nobody asked for is kept with why. 404 where the centre is no partner.",
    request_body = PlatformResult,
    responses(
        (status = 200, description = "It is stored.", body = PlatformAnswer),
        (status = 401, description = "`bank_signature_missing`, `bank_signature_wrong`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 404, description = "`not_found`: no partner of the platform.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`notification_id_reused`.",
            body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/payment-platform/results")]
pub async fn take_platform_result(
    state: web::Data<AppState>,
    body: Raw,
) -> Result<HttpResponse, Problem> {
    let came = Came {
        headers: &|_| None,
        body: &body.0,
    };
    take(&state, "platform", came).await?;
    let message = PlatformMessage::read(&body.0)?;
    Ok(HttpResponse::Ok().json(PlatformAnswer {
        ma_loi: "00",
        mo_ta_loi: "Đã ghi nhận",
        ma_doi_tac: message.ma_doi_tac,
        ma_tham_chieu: message.ma_tham_chieu,
        thoi_gian_gd: message.thoi_gian_gd,
        ma_xac_thuc: message.ma_xac_thuc,
    }))
}

/// What a bank told.
#[derive(Debug, Serialize, ToSchema)]
pub struct BankNotificationView {
    /// Id.
    #[schema(format = Uuid)]
    pub id: String,
    /// By which way.
    pub adapter: String,
    /// The message's own id, as it came.
    pub message_id: String,
    /// When.
    pub received_at: DateTime<FixedOffset>,
    /// Where it stands.
    #[schema(value_type = words::NoticeState)]
    pub state: String,
    /// Why it was refused, or why nothing was made of it: a stable word.
    pub reason: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// BIN of the account it names, if it can be read.
    pub bank_bin: Option<String>,
    /// The account it names.
    pub account_number: Option<String>,
    /// The amount it names, whatever that is.
    pub amount: Option<String>,
    /// The bank's own name of the movement, or the payment platform's of the transaction.
    pub bank_reference: Option<String>,
    /// The payment request that the payment platform names.
    pub reference: Option<String>,
    /// The money it told of.
    #[schema(value_type = Option<String>, format = Uuid)]
    pub transaction_id: Option<String>,
}

impl From<NotificationRow> for BankNotificationView {
    fn from(row: NotificationRow) -> Self {
        let told: Value = serde_json::from_str(&row.body).unwrap_or_default();
        let text = |name: &str| match &told[name] {
            Value::String(text) => Some(text.chars().take(64).collect()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        Self {
            id: row.id.to_string(),
            adapter: row.adapter,
            message_id: row.message_id,
            received_at: vn(row.received_at),
            state: row.state,
            reason: row.reason,
            attempts: row.attempts,
            bank_bin: text("bank_bin"),
            account_number: text("account_number"),
            amount: text("amount_vnd").or_else(|| text("SoTien")),
            bank_reference: text("transaction_id").or_else(|| text("MaGiaoDich")),
            reference: text("MaThamChieu"),
            transaction_id: row.transaction_id.map(|id| id.to_string()),
        }
    }
}

/// Which notifications.
#[derive(Debug, Clone, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NotificationsQuery {
    /// Items on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u32>,
    /// From the page before or after.
    #[param(max_length = 1024)]
    pub cursor: Option<String>,
    /// Of which centre; the caller's first when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
    /// Those of which nobody knows whose they are: still to be read, of an unknown account, refused.
    #[param(default = false)]
    pub unplaced: Option<bool>,
}

/// What banks told.
#[utoipa::path(
    operation_id = "list_bank_notifications", tag = "payments", summary = "What banks told",
    description = "What banks told of a centre's accounts, the last first; with `unplaced` what nobody knows whose it is: still to be read, of an unknown account, or refused with why.",
    params(NotificationsQuery),
    responses((status = 200, description = "A page of notifications.", body = Page<BankNotificationView>,
        headers(("Link" = String, description = "RFC 8288: next, prev.")))),
    security(("bearer" = []))
)]
#[get("/bank-notifications")]
pub async fn list_bank_notifications(
    reader: Reader<ReadNotifications>,
    req: HttpRequest,
    query: Query<NotificationsQuery>,
) -> Result<HttpResponse, Problem> {
    let query = query.into_inner();
    let narrowed = (&query.centre_id, query.unplaced);
    let paging: Paging<String> =
        Paging::read(query.limit, query.cursor.as_deref(), "-id", &narrowed)?;
    let page = reader
        .read(move |_, db, actor| {
            let edge = paging.by_id();
            let unplaced = query.unplaced.unwrap_or(false);
            let centre = query.centre_id.as_ref();
            let found = service::notifications(db, actor, centre, unplaced, edge, paging.fetch())?;
            Ok(paging.page(found, |n| n.id.to_string(), BankNotificationView::from))
        })
        .await?;
    Ok(linked(&req, &page))
}

/// A transfer that somebody makes at the bank that only pretends.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SimulatedTransferIn {
    /// BIN of the bank where the account is.
    #[schema(pattern = "^970[0-9]{3}$", example = "970436")]
    pub bank_bin: String,
    /// To which account.
    #[schema(pattern = "^[A-Za-z0-9]{1,19}$", example = "0011004455667")]
    pub account_number: String,
    /// Đồng.
    #[schema(minimum = 1, maximum = 9_999_999_999_999_i64, example = 8000)]
    pub amount_vnd: i64,
    /// Its text.
    #[schema(max_length = 200, example = "MC2611290000142")]
    pub description: String,
    /// Who pays.
    #[schema(max_length = 100)]
    pub payer_name: Option<String>,
    /// Seconds the bank waits before it tells, 0 to 60.
    #[schema(minimum = 0, maximum = 60, default = 0)]
    pub after_seconds: Option<u32>,
    /// How often it tells, 1 to 100.
    #[schema(minimum = 1, maximum = 100, default = 1)]
    pub times: Option<u32>,
    /// Into how many parts the payer's bank splits it, 1 to 10.
    #[schema(minimum = 1, maximum = 10, default = 1)]
    pub parts: Option<u32>,
    /// Whether the parts are told the last first.
    #[schema(default = false)]
    pub reversed: Option<bool>,
}

/// What the bank that only pretends will tell.
#[derive(Debug, Serialize, ToSchema)]
pub struct SimulatedTransferView {
    /// How many messages are on their way.
    pub messages: usize,
}

/// Makes a transfer.
#[utoipa::path(
    operation_id = "simulate_bank_transfer", tag = "demo", summary = "Make a transfer at the simulated bank",
    description = "Makes a transfer at the bank that only pretends, which then tells of it as badly as it is asked to: late, more than once, in parts, the last first. 404 in production.",
    request_body = SimulatedTransferIn,
    responses(
        (status = 202, description = "It is made.", body = SimulatedTransferView),
        (status = 404, description = "`demo_only`.", body = crate::manners::ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/demo/bank-transfers")]
pub async fn simulate_bank_transfer(
    state: web::Data<AppState>,
    body: Json<SimulatedTransferIn>,
) -> Result<HttpResponse, Problem> {
    let Some(bank) = state.gateways.simulated_bank.clone().filter(|_| state.demo) else {
        return Err(demo_only());
    };
    let body = body.into_inner();
    within("/amount_vnd", body.amount_vnd, 1..=9_999_999_999_999)?;
    vietqr::encode(&vietqr::Request {
        bank_bin: body.bank_bin.clone(),
        account_number: body.account_number.clone(),
        amount_vnd: None,
        purpose: None,
        service: vietqr::Service::Account,
    })?;
    for (pointer, text, most) in [
        ("/description", Some(&body.description), 200),
        ("/payer_name", body.payer_name.as_ref(), 100),
    ] {
        if let Some(text) = text {
            clean_line(text, most).map_err(|fault| Refusal::invalid(vec![fault.at(pointer)]))?;
        }
    }
    let conduct = Conduct {
        after_seconds: whole("/after_seconds", body.after_seconds, 0..=60, 0)?,
        times: whole("/times", body.times, 1..=100, 1)?,
        parts: whole("/parts", body.parts, 1..=10, 1)?,
        reversed: body.reversed.unwrap_or(false),
    };
    let transfer = Transfer {
        bank_bin: body.bank_bin,
        account_number: body.account_number,
        amount_vnd: body.amount_vnd,
        description: body.description,
        payer_name: body.payer_name,
        payer_account: None,
    };
    let told = bank.transfer(&transfer, conduct, state.services.now());
    let messages = told.len();
    actix_web::rt::spawn(deliver(state.get_ref().clone(), told));
    Ok(HttpResponse::Accepted().json(SimulatedTransferView { messages }))
}

fn within(pointer: &str, value: i64, range: std::ops::RangeInclusive<i64>) -> Result<(), Problem> {
    if range.contains(&value) {
        return Ok(());
    }
    let (from, to) = range.into_inner();
    Err(Refusal::invalid(Vec::new())
        .field(
            pointer,
            "out_of_range",
            format!("Phải từ {from} đến {to}."),
            format!("Must be from {from} to {to}."),
        )
        .into())
}

fn whole(
    pointer: &str,
    value: Option<u32>,
    range: std::ops::RangeInclusive<u32>,
    default: u32,
) -> Result<u32, Problem> {
    let value = value.unwrap_or(default);
    let wide = i64::from(*range.start())..=i64::from(*range.end());
    within(pointer, i64::from(value), wide)?;
    Ok(value)
}

/// Delivers what the bank that only pretends tells, as a bank's own call would.
async fn deliver(state: AppState, told: Vec<Delivery>) {
    let mut waited = Duration::ZERO;
    for delivery in told {
        if delivery.after > waited {
            tokio::time::sleep(delivery.after - waited).await;
            waited = delivery.after;
        }
        let headers = |name: &str| match name {
            "webhook-id" => Some(delivery.id.clone()),
            "webhook-timestamp" => Some(delivery.timestamp.to_string()),
            "webhook-signature" => Some(delivery.signature.clone()),
            _ => None,
        };
        let came = Came {
            headers: &headers,
            body: delivery.body.as_bytes(),
        };
        if let Err(problem) = take(&state, "webhook", came).await {
            tracing::warn!(code = problem.code(), "the simulated bank was refused");
        }
    }
}

/// Makes something of what banks told until the server stops. Several servers may do so side by side.
pub async fn settle(state: AppState) {
    metrics::describe_gauge!(
        "bank_notifications_lag_seconds",
        metrics::Unit::Seconds,
        "How long the oldest notification of a bank that nothing was made of yet has waited; 0 when none has."
    );
    metrics::describe_counter!(
        "bank_notifications_refused_total",
        "Notifications of banks that were refused, by reason."
    );
    let mut closing = state.closing.subscribe();
    let mut pause = PAUSE;
    loop {
        // Taking in comes first; whoever waits for a payment waits no longer than this for others' bursts.
        let patience = Instant::now() + LONGEST_BURST;
        while state.bank_intake.in_burst() && Instant::now() < patience {
            tokio::select! {
                () = tokio::time::sleep(BETWEEN) => {}
                _ = closing.wait_for(|c| *c) => return,
            }
        }
        let settled = state
            .block({
                let state = state.clone();
                move || {
                    let read = |row: &NotificationRow| match state.gateways.bank(&row.adapter) {
                        Some(bank) => bank.read(&row.body),
                        None => Err(Refusal::not_found()),
                    };
                    let settled = service::settle_stored(&state.services, AT_ONCE, &read)?;
                    let lag = service::lag(&state.services)?;
                    let seconds = lag.map_or(0, |l| l.num_seconds().max(0));
                    metrics::gauge!("bank_notifications_lag_seconds")
                        .set(f64::from(i32::try_from(seconds).unwrap_or(i32::MAX)));
                    Ok(settled)
                }
            })
            .await;
        let (done, failed) = match &settled {
            Ok(settled) => (settled.done > 0, settled.failed > 0),
            Err(problem) => {
                tracing::warn!(code = problem.code(), "what banks told cannot be read");
                (false, true)
            }
        };
        // What fails again and again is tried more and more seldom, unless something new is told.
        pause = match (done, failed) {
            (true, _) => Duration::ZERO,
            (false, true) => (pause * 2).clamp(PAUSE, LONGEST_PAUSE),
            (false, false) => PAUSE,
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.bank_told.notified(), if !done => {}
            _ = closing.wait_for(|c| *c) => return,
        }
    }
}

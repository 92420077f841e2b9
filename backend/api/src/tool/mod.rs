//! Rules anyone may ask: citizen cards, VietQR, amounts in words.

use actix_web::{HttpResponse, post};
use chrono::NaiveDate;
use motcua_domain::vietqr::{self, Service};
use motcua_domain::{amount, citizen_card};
use qrcode::QrCode;
use qrcode::render::svg;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::manners::{Json, Lang, Problem};
use crate::words;

/// The text a scanner read from a card.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CardIn {
    /// The text, as scanned.
    #[schema(
        min_length = 1,
        max_length = 1000,
        example = "001085012345|012345678|Nguyễn Văn An|12041985|Nam|12 phố Hàng Bài, Trần Hưng Đạo, Hà Nội|01062021"
    )]
    pub text: String,
}

/// Something odd on a card; the officer looks.
#[derive(Debug, Serialize, ToSchema)]
pub struct WarningView {
    /// Stable code.
    pub code: String,
    /// In words.
    pub detail: String,
}

/// What a card says.
#[derive(Debug, Serialize, ToSchema)]
pub struct CardView {
    /// 12 digits.
    pub identity_number: String,
    /// The number it replaced.
    pub old_identity_number: Option<String>,
    /// Full name.
    pub full_name: String,
    /// `YYYY` or `YYYY-MM-DD`.
    pub birth_date: Option<String>,
    /// Sex as printed.
    #[schema(value_type = Option<words::Sex>)]
    pub sex: Option<&'static str>,
    /// Permanent residence.
    pub address: Option<String>,
    /// Date of issue.
    pub issued_on: Option<NaiveDate>,
    /// What is odd.
    pub warnings: Vec<WarningView>,
}

/// Reads the text of a scanned citizen card. Nothing is kept.
#[utoipa::path(
    operation_id = "parse_citizen_card", tag = "rules", summary = "Read a citizen card",
    description = "Reads the text of a scanned citizen card. Nothing is kept.",
    request_body = CardIn,
    responses((status = 200, description = "What it says.", body = CardView)),
    security(())
)]
#[post("/citizen-cards/parse")]
pub async fn parse_citizen_card(lang: Lang, body: Json<CardIn>) -> Result<HttpResponse, Problem> {
    let card = citizen_card::parse(&body.into_inner().text)?;
    Ok(HttpResponse::Ok().json(CardView {
        identity_number: card.identity_number,
        old_identity_number: card.old_identity_number,
        full_name: card.full_name,
        birth_date: card.birth_date.map(|d| d.to_string()),
        sex: card.sex.map(|s| s.as_str()),
        address: card.address,
        issued_on: card.issued_on,
        warnings: card
            .warnings
            .iter()
            .map(|w| WarningView {
                code: w.code.to_owned(),
                detail: lang.pick(&w.detail).to_owned(),
            })
            .collect(),
    }))
}

/// What a VietQR code is to say.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VietQrIn {
    /// Six digits.
    #[schema(
        pattern = "^970[0-9]{3}$",
        min_length = 6,
        max_length = 6,
        example = "970415"
    )]
    pub bank_bin: String,
    /// Account or card number.
    #[schema(min_length = 1, max_length = 19, example = "0011001932418")]
    pub account_number: String,
    /// Đồng; absent: a static code.
    #[schema(minimum = 1, maximum = 9_999_999_999_999_i64, example = 120000)]
    pub amount_vnd: Option<i64>,
    /// Folded to ASCII, then at most 25 characters.
    #[schema(max_length = 100, example = "HS2603020001")]
    pub purpose: Option<String>,
    /// To an account or a card.
    #[schema(value_type = words::Service)]
    #[serde(default = "to_account")]
    pub service: Service,
}

fn to_account() -> Service {
    Service::Account
}

/// A VietQR code.
#[derive(Debug, Serialize, ToSchema)]
pub struct VietQrCode {
    /// The payload.
    pub payload: String,
    /// Drawn, SVG.
    pub svg: String,
}

/// Writes a VietQR payload and draws it.
#[utoipa::path(
    operation_id = "encode_vietqr", tag = "rules", summary = "Write a VietQR code",
    description = "Writes a VietQR payload and draws it.",
    request_body = VietQrIn,
    responses((status = 200, description = "The code.", body = VietQrCode)),
    security(())
)]
#[post("/vietqr/encode")]
pub async fn encode_vietqr(body: Json<VietQrIn>) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let payload = vietqr::encode(&vietqr::Request {
        bank_bin: body.bank_bin,
        account_number: body.account_number,
        amount_vnd: body.amount_vnd,
        purpose: body.purpose,
        service: body.service,
    })?;
    let svg = QrCode::new(payload.as_bytes())
        .map_err(Problem::internal)?
        .render::<svg::Color<'_>>()
        .min_dimensions(200, 200)
        .build();
    Ok(HttpResponse::Ok().json(VietQrCode { payload, svg }))
}

/// A payload to be read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PayloadIn {
    /// The payload.
    #[schema(
        min_length = 1,
        max_length = 512,
        example = "00020101021138570010A00000072701270006970403011300110123456780208QRIBFTTA53037045802VN63049E6F"
    )]
    pub payload: String,
}

/// What a payload says.
#[derive(Debug, Serialize, ToSchema)]
pub struct VietQrView {
    /// For one use, with an amount.
    pub dynamic: bool,
    /// BIN of the bank.
    pub bank_bin: String,
    /// Name of the bank, where known.
    pub bank_name: Option<&'static str>,
    /// Account or card number.
    pub account_number: String,
    /// Account or card.
    #[schema(value_type = words::Service)]
    pub service: &'static str,
    /// Đồng.
    pub amount_vnd: Option<i64>,
    /// Message.
    pub purpose: Option<String>,
}

/// Reads a VietQR payload, strictly.
#[utoipa::path(
    operation_id = "parse_vietqr", tag = "rules", summary = "Read a VietQR code",
    description = "Reads a VietQR payload, strictly.",
    request_body = PayloadIn,
    responses((status = 200, description = "What it says.", body = VietQrView)),
    security(())
)]
#[post("/vietqr/parse")]
pub async fn parse_vietqr(body: Json<PayloadIn>) -> Result<HttpResponse, Problem> {
    let read = vietqr::parse(&body.into_inner().payload)?;
    Ok(HttpResponse::Ok().json(VietQrView {
        dynamic: read.dynamic,
        bank_name: vietqr::bank_name(&read.bank_bin),
        bank_bin: read.bank_bin,
        account_number: read.account_number,
        service: read.service.as_str(),
        amount_vnd: read.amount_vnd,
        purpose: read.purpose,
    }))
}

/// An amount.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountIn {
    /// Đồng.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64, example = 1005000)]
    pub amount_vnd: i64,
}

/// An amount in words.
#[derive(Debug, Serialize, ToSchema)]
pub struct AmountView {
    /// In words, with «đồng».
    pub text: String,
    /// In figures, grouped.
    pub figures: String,
}

/// Writes an amount in Vietnamese words.
#[utoipa::path(
    operation_id = "write_amount", tag = "rules", summary = "An amount in words",
    description = "Writes an amount in Vietnamese words.",
    request_body = AmountIn,
    responses((status = 200, description = "In words.", body = AmountView)),
    security(())
)]
#[post("/amounts/words")]
pub async fn write_amount(body: Json<AmountIn>) -> Result<HttpResponse, Problem> {
    let amount_vnd = body.into_inner().amount_vnd;
    let text = amount::in_words(amount_vnd)?;
    Ok(HttpResponse::Ok().json(AmountView {
        text,
        figures: amount::grouped(amount_vnd),
    }))
}

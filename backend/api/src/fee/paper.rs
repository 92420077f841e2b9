//! How money is written on papers, and how papers become files.

use actix_web::HttpResponse;
use actix_web::http::header::{
    CONTENT_DISPOSITION, ContentDisposition, DispositionParam, DispositionType,
};
use chrono::{DateTime, FixedOffset};
use motcua_documents::book::Book;
use motcua_documents::{DocumentError, Form};
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::ledger::PaymentMethod;
use serde_json::Value;

/// A workbook.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How a way of paying is written on papers.
pub(crate) const fn method_name(method: PaymentMethod) -> &'static str {
    match method {
        PaymentMethod::Transfer => "Chuyển khoản",
        PaymentMethod::Card => "Thẻ",
        PaymentMethod::Cash => "Tiền mặt",
        PaymentMethod::Online => "Trực tuyến",
    }
}

/// How a sort of money is written on papers.
pub(crate) const fn kind_name(kind: MoneyKind) -> &'static str {
    match kind {
        MoneyKind::Fee => "Phí",
        MoneyKind::Charge => "Lệ phí",
    }
}

/// How a sheet becomes a file.
pub(crate) type Setting = fn(&Book, &str, DateTime<FixedOffset>) -> Result<Vec<u8>, DocumentError>;

/// What a document that cannot be set is to who asked.
pub(crate) fn unset(e: DocumentError) -> motcua_services::Error {
    motcua_services::Error::Internal(e.to_string())
}

/// A form as a document, under a name, dated at an instant.
///
/// # Errors
/// When it cannot be set.
pub(crate) fn set(
    form: Form,
    name: &str,
    data: &Value,
    at: DateTime<FixedOffset>,
) -> motcua_services::Result<Vec<u8>> {
    motcua_documents::pdf(form, name, data, at).map_err(unset)
}

/// A file to be shown or kept, named by letters, digits, `-` and `.` alone.
pub(crate) fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> HttpResponse {
    let name = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))
        .collect();
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((
            CONTENT_DISPOSITION,
            ContentDisposition {
                disposition: DispositionType::Inline,
                parameters: vec![DispositionParam::Filename(name)],
            },
        ))
        .body(bytes)
}

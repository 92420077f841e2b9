//! The receipt of a result that was handed back, as a document.

use actix_web::{HttpRequest, HttpResponse, get};
use motcua_documents::Form;
use motcua_documents::marks::qr_svg;
use motcua_domain::dossier::{DecisionOutcome, DeliveryMethod, Relation};
use motcua_services::dossier::{self as service, ReturnReceipt};
use motcua_store::DossierId;
use serde_json::{Value, json};

use super::paper::{
    base, head, joined, moment, place_date, result_address, survey_address, survey_mark,
};
use super::view::vn;
use crate::auth::{ReadPersonalData, Reader};
use crate::fee::paper::{file, set, unset};
use crate::manners::{Path, Problem};

/// The receipt of a result that was handed back.
#[utoipa::path(
    operation_id = "get_return_receipt_document", tag = "dossiers", summary = "Receipt of a result as PDF",
    description = "What was handed back, to whom, how and when, as PDF/A-2b on A5, a copy for each side to sign. It shows personal data, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The document.", body = Vec<u8>, content_type = "application/pdf")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/return-receipt/document.pdf")]
pub async fn get_return_receipt_document(
    reader: Reader<ReadPersonalData>,
    req: HttpRequest,
    id: Path<DossierId>,
) -> Result<HttpResponse, Problem> {
    let base = base(reader.state(), &req);
    let (name, bytes) = reader
        .read_recorded_then(
            move |services, db, actor| service::return_receipt(services, db, actor, &id),
            move |receipt| document(&receipt, &base),
        )
        .await?;
    Ok(file("application/pdf", &name, bytes))
}

fn document(receipt: &ReturnReceipt, base: &str) -> motcua_services::Result<(String, Vec<u8>)> {
    let code = receipt.personal.row.code.as_deref().unwrap_or_default();
    let name = format!("bien-nhan-tra-ket-qua-{code}");
    let at = vn(receipt.hand_back.returned_at);
    let address = survey_address(base, receipt.survey.as_deref());
    let filled = joined(filled(receipt, code)?, survey_mark(address.as_deref())?);
    let check = receipt.mark.as_deref().map(|m| result_address(base, m));
    let svg = check.as_deref().map(qr_svg).transpose().map_err(unset)?;
    let filled = joined(filled, json!({ "check_svg": svg, "check_address": check }));
    let bytes = set(Form::Return, &name, &filled, at)?;
    Ok((format!("{name}.pdf"), bytes))
}

fn filled(receipt: &ReturnReceipt, code: &str) -> motcua_services::Result<Value> {
    let row = &receipt.personal.row;
    let given = &receipt.hand_back;
    let result = receipt.result.as_ref();
    let at = vn(given.returned_at);
    let head = head(
        (Some(&receipt.province), &receipt.centre),
        None,
        &place_date(&receipt.commune, at),
        ("Mã hồ sơ:", code),
    )?;
    let relation = match Relation::parse(&given.relation) {
        Some(Relation::Owner) => "Chủ hồ sơ",
        Some(Relation::Filer) => "Người nộp hồ sơ",
        Some(Relation::Representative) => "Người được ủy quyền",
        None => "",
    };
    let way = match DeliveryMethod::parse(&given.method) {
        Some(DeliveryMethod::Post) => "Qua bưu chính công ích",
        Some(DeliveryMethod::Home) => "Tại nhà",
        Some(DeliveryMethod::Electronic) => "Bản điện tử",
        Some(DeliveryMethod::Counter) | None => "Tại quầy",
    };
    let refused = result.is_some_and(|r| r.kind == DecisionOutcome::Refuse.as_str());
    Ok(joined(
        head,
        json!({
            "copies": ["Giao khách hàng", "Lưu"],
            "procedure_name": row.procedure_name,
            "owner_name": row.owner_name,
            "result": if refused { "Từ chối giải quyết" } else { "Đồng ý giải quyết" },
            "result_number": result.and_then(|r| r.number.as_ref()),
            "issued_on": result.and_then(|r| r.issued_on).map(|d| d.format("%d/%m/%Y").to_string()),
            "summary": result.map(|r| &r.summary),
            "collector_name": given.collector_name,
            "identity_number": given.identity_number,
            "relation": relation,
            "authorisation": given.authorisation,
            "way": way,
            "tracking_number": given.tracking_number,
            "originals": given.originals_returned.then_some("đã trả lại"),
            "returned": moment(at),
            "returner_name": receipt.returner,
        }),
    ))
}

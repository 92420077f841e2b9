//! A file as it was handed in. Each look is recorded.

use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, Charset, ContentDisposition, DispositionParam,
    DispositionType, ETAG, ExtendedValue,
};
use actix_web::{HttpResponse, get};
use futures_util::StreamExt as _;
use motcua_services::file as service;
use motcua_store::{DossierId, RecordId};

use crate::auth::{ReadPersonalData, Reader};
use crate::manners::{Path, Problem};

/// A file is shown by the browser itself, with nothing around it: it runs nothing, loads nothing, sends nothing.
const ALONE: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'; base-uri 'none'; form-action 'none'";

/// The content of a file, as it was handed in.
#[utoipa::path(
    operation_id = "get_file_content", tag = "dossiers", summary = "Look at a file",
    description = "The content of a file, as it was handed in, withdrawn ones too. It shows personal data, so the look is recorded before it is answered. `ETag` is the SHA-256.",
    params(("id" = String, Path, description = "Id.", format = Uuid), ("file_id" = String, Path, description = "Id of the file.", format = Uuid)),
    responses((status = 200, description = "The content.", content((Vec<u8> = "application/pdf"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png")),
        headers(("ETag" = String, description = "SHA-256 of the content."))),
        (status = 410, description = "It was disposed of when its time was over.", body = crate::manners::problem::ProblemBody, content_type = "application/problem+json")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/files/{file_id}/content")]
pub async fn get_file_content(
    reader: Reader<ReadPersonalData>,
    path: Path<(DossierId, RecordId)>,
) -> Result<HttpResponse, Problem> {
    let (id, file) = path.into_inner();
    let filing = reader.state().filing()?;
    let (row, stored, _) = reader
        .read_recorded(move |services, db, actor| service::content(services, db, actor, &id, &file))
        .await?;
    let (size, bytes) = filing
        .store
        .read(&row.sha256)
        .await
        .map_err(Problem::internal)?;
    let name = DispositionParam::FilenameExt(ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: row.name.into_bytes(),
    });
    Ok(HttpResponse::Ok()
        .content_type(stored.media_type)
        .insert_header((
            CONTENT_DISPOSITION,
            ContentDisposition {
                disposition: DispositionType::Inline,
                parameters: vec![name],
            },
        ))
        .insert_header((ETAG, format!("\"{}\"", row.sha256)))
        .insert_header((CONTENT_SECURITY_POLICY, ALONE))
        .no_chunking(size)
        .streaming(bytes.map(|piece| piece.map_err(std::io::Error::other))))
}

//! A file comes in: refused as early as can be, written as it comes, looked at, put in its place, recorded. Until
//! it is recorded nothing of it counts, and whatever goes wrong leaves nothing of it.

use std::io::{BufReader, Read};
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{
    CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ContentDisposition,
    HeaderMap, HeaderName,
};
use actix_web::{HttpRequest, HttpResponse, post, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use motcua_documents::inspect::{self, Fault, PictureKind};
use motcua_domain::file::{Media, Scan, clean_name};
use motcua_domain::refusal::Refusal;
use motcua_gateway::clamd::Verdict;
use motcua_gateway::files::{FileStoreError, Received};
use motcua_services::file::{self as service, NewFile};
use motcua_store::DossierId;
use uuid::Uuid;

use super::{FileView, Filing};
use crate::auth::{AddFiles, Writer};
use crate::manners::{Path, Problem};

/// How long an upload may send nothing.
const SILENCE: Duration = Duration::from_secs(30);
/// After how many seconds a store that cannot be reached may be asked again.
const AGAIN_SECONDS: u32 = 5;
const REPR_DIGEST: HeaderName = HeaderName::from_static("repr-digest");

/// What the head of an upload says.
struct Announced {
    media: Media,
    name: String,
    size: Option<u64>,
    sha256: Option<String>,
}

/// Adds a file to a paper of a dossier.
#[utoipa::path(
    operation_id = "add_component_file", tag = "dossiers", summary = "Add a file to a paper",
    description = "Adds a file to a paper of a dossier: the bytes are the body, its name stands in `Content-Disposition`. It is opened before it is kept: a document has pages, no password and does nothing by itself; a picture can be drawn and shows something. The same bytes sent to the same paper again are the file that is there (200), so no version and no key is asked for.",
    params(
        ("id" = String, Path, description = "Id.", format = Uuid),
        ("component_id" = String, Path, description = "Which paper.", max_length = 100),
        ("Content-Disposition" = String, Header, description = "Its name, as RFC 6266 writes it.", example = "attachment; filename*=UTF-8''khai-sinh.pdf"),
        ("Repr-Digest" = Option<String>, Header, description = "SHA-256 of the body (RFC 9530), checked when it is there.", example = "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"),
    ),
    request_body(description = "The file.", content((Vec<u8> = "application/pdf"), (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"))),
    responses(
        (status = 200, description = "The paper had this file already.", body = FileView),
        (status = 201, description = "Added.", body = FileView, headers(("Location" = String, description = "Where it is found by its content."))),
        (status = 408, description = "Nothing came for half a minute.", body = crate::manners::problem::ProblemBody, content_type = "application/problem+json"),
        (status = 415, description = "No kind of file that is taken.", body = crate::manners::problem::ProblemBody, content_type = "application/problem+json"),
    ),
    security(("bearer" = []))
)]
#[post("/dossiers/{id}/components/{component_id}/files")]
pub async fn add_component_file(
    writer: Writer<AddFiles>,
    req: HttpRequest,
    path: Path<(DossierId, String)>,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let (dossier, component) = path.into_inner();
    let filing = writer.state().filing()?;
    // Who asks, for what, and what the head says: all of that is known before the first byte.
    let actor = writer.actor.clone();
    let asked = (dossier.clone(), component.clone());
    writer
        .state()
        .read(move |_, db| service::admits(db, &actor, &asked.0, &asked.1).map(|_| ()))
        .await?;
    let announced = announced(req.headers())?;
    if announced.size.is_some_and(|size| size > filing.limit) {
        return Err(too_large(filing.limit));
    }
    let received = receive(&filing, &announced, payload).await?;
    if let Some(sha256) = &announced.sha256
        && *sha256 != received.sha256
    {
        return Err(Refusal::new(
            "file_digest_mismatch",
            "Tệp nhận được không đúng mã băm đã khai: có thể đã hỏng trên đường truyền. Hãy gửi lại.",
            "What came is not what the digest says: it may have been damaged on its way. Send it again.",
        )
        .into());
    }
    let (received, pixels, scan) = looked_at(&filing, announced.media, received).await?;
    let new = NewFile {
        dossier,
        component,
        name: announced.name,
        sha256: received.sha256.clone(),
        size: i64::try_from(received.size).unwrap_or(i64::MAX),
        media: announced.media,
        pixels,
        scan,
    };
    // A bucket may be out of reach for a while.
    let settled = filing.store.settle(received).await;
    settled.map_err(|e| Problem::busy(AGAIN_SECONDS).because(e))?;
    let filed = writer
        .write(move |services, db, actor| {
            service::add(services, db, actor, &new, &|| filing.has(&new.sha256))
        })
        .await?;
    let place = format!(
        "/api/v1/dossiers/{}/components/{}/files/{}",
        filed.whole.0.dossier_id, filed.whole.0.component_id, filed.whole.0.sha256
    );
    let status = if filed.fresh {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    let mut response = HttpResponse::build(status);
    response.insert_header(("location", place));
    Ok(response.json(FileView::of(filed)))
}

fn failed(e: FileStoreError) -> Problem {
    Problem::internal(e)
}

fn too_large(limit: u64) -> Problem {
    let mib = limit >> 20;
    Refusal::new(
        "payload_too_large",
        format!("Tệp lớn hơn {mib} MB. Hãy quét với độ phân giải thấp hơn (300 dpi là đủ) hoặc chia thành nhiều tệp."),
        format!("The file is larger than {mib} MB. Scan with fewer dots (300 an inch will do), or as several files."),
    )
    .with("limit_bytes", limit)
    .into()
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(ToOwned::to_owned)
}

/// Reads the head of an upload.
fn announced(headers: &HeaderMap) -> Result<Announced, Refusal> {
    let kind = text(headers, &CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim();
    let plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|v| v.as_bytes().eq_ignore_ascii_case(b"identity"));
    let media = Media::parse(&essence.to_ascii_lowercase())
        .filter(|_| plain)
        .ok_or_else(|| {
            let kinds: Vec<&str> = Media::ALL.iter().map(|m| m.as_str()).collect();
            Refusal::new(
                "file_type_not_taken",
                "Chỉ nhận tệp PDF, JPEG và PNG.",
                "PDF, JPEG and PNG are taken, not compressed.",
            )
            .with("media_types", kinds)
        })?;
    let disposition = headers
        .get(CONTENT_DISPOSITION)
        .and_then(|v| ContentDisposition::from_raw(v).ok());
    let name = disposition.as_ref().and_then(|d| {
        d.get_filename_ext()
            .and_then(|name| String::from_utf8(name.value.clone()).ok())
            .or_else(|| d.get_filename().map(ToOwned::to_owned))
    });
    let name = clean_name(name.as_deref().unwrap_or_default())
        .map_err(|fault| Refusal::invalid(vec![fault]))?;
    if !media.fits_name(&name) {
        return Err(mismatch("Content-Disposition"));
    }
    Ok(Announced {
        media,
        name,
        size: text(headers, &CONTENT_LENGTH).and_then(|v| v.parse().ok()),
        sha256: digest(headers)?,
    })
}

/// The SHA-256 of a `Repr-Digest`, if one is given.
fn digest(headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    if !headers.contains_key(&REPR_DIGEST) {
        return Ok(None);
    }
    let bytes = text(headers, &REPR_DIGEST).and_then(|all| {
        all.split(',')
            .filter_map(|one| one.trim().strip_prefix("sha-256=:")?.strip_suffix(':'))
            .find_map(|code| STANDARD.decode(code).ok())
    });
    match bytes {
        Some(bytes) if bytes.len() == 32 => Ok(Some(hex::encode(bytes))),
        _ => Err(Refusal::new(
            "malformed_request",
            "Repr-Digest phải có dạng sha-256=:…:",
            "Repr-Digest must be of the form sha-256=:…:",
        )
        .field(
            "Repr-Digest",
            "invalid_value",
            "Cần dạng sha-256=:…:",
            "Expected the form sha-256=:…:",
        )),
    }
}

fn mismatch(pointer: &'static str) -> Refusal {
    Refusal::new(
        "file_type_mismatch",
        "Nội dung tệp không đúng với loại hoặc đuôi tên tệp đã khai.",
        "The file is not of the kind that its type or its name says.",
    )
    .field(
        pointer,
        "file_type_mismatch",
        "Không khớp với nội dung tệp.",
        "It does not agree with the content.",
    )
}

/// Writes the body as it comes.
async fn receive(
    filing: &Filing,
    announced: &Announced,
    mut payload: web::Payload,
) -> Result<Received, Problem> {
    let mut incoming = filing
        .store
        .begin(&Uuid::now_v7().to_string())
        .await
        .map_err(failed)?;
    let mut told = false;
    loop {
        let Ok(next) = tokio::time::timeout(SILENCE, payload.next()).await else {
            return Err(Problem::of_status(StatusCode::REQUEST_TIMEOUT));
        };
        let Some(bytes) = next else { break };
        let bytes = bytes.map_err(|_| {
            Refusal::new(
                "malformed_request",
                "Tệp gửi lên bị đứt giữa chừng. Không có gì được lưu.",
                "The file broke off before its end. Nothing of it was kept.",
            )
        })?;
        if incoming.size() + bytes.len() as u64 > filing.limit {
            return Err(too_large(filing.limit));
        }
        incoming.push(&bytes).await.map_err(failed)?;
        // Long before its end it can be known that it is something else.
        if !told && incoming.first().len() >= 16 {
            told = true;
            if Media::sniff(incoming.first()) != Some(announced.media) {
                return Err(mismatch("Content-Type").into());
            }
        }
    }
    if incoming.size() == 0 {
        return Err(Refusal::new("file_empty", "Tệp rỗng.", "The file is empty.").into());
    }
    if Media::sniff(incoming.first()) != Some(announced.media) {
        return Err(mismatch("Content-Type").into());
    }
    incoming.finish().await.map_err(failed)
}

/// Opens a received file and has it scanned: its pixels, if it is a picture, and what the scanner said.
async fn looked_at(
    filing: &Arc<Filing>,
    media: Media,
    received: Received,
) -> Result<(Received, Option<(i32, i32)>, Scan), Problem> {
    let _turn = match media {
        Media::Pdf => None,
        Media::Jpeg | Media::Png => Some(
            filing
                .decoding
                .clone()
                .acquire_owned()
                .await
                .map_err(Problem::internal)?,
        ),
    };
    let filing = filing.clone();
    web::block(move || {
        let pixels = opened(&received, media)?;
        let scan = scanned(&filing, &received)?;
        Ok((received, pixels, scan))
    })
    .await
    .map_err(Problem::internal)?
}

fn opened(received: &Received, media: Media) -> Result<Option<(i32, i32)>, Problem> {
    let file = received.open().map_err(Problem::internal)?;
    let kind = match media {
        Media::Pdf => {
            let mut file = file;
            inspect::document(&mut file).map_err(refused)?;
            return Ok(None);
        }
        Media::Jpeg => PictureKind::Jpeg,
        Media::Png => PictureKind::Png,
    };
    let (width, height) = inspect::picture(BufReader::new(file), kind).map_err(refused)?;
    let side = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    Ok(Some((side(width), side(height))))
}

fn refused(fault: Fault) -> Problem {
    let (code, vi, en) = match fault {
        Fault::Damaged => (
            "file_damaged",
            "Không mở được tệp: tệp hỏng hoặc bị cắt ngang.",
            "The file cannot be opened: it is damaged or cut off.",
        ),
        Fault::NoPages => (
            "file_damaged",
            "Tệp PDF không có trang nào.",
            "The document has no pages.",
        ),
        Fault::Encrypted => (
            "file_encrypted",
            "Tệp PDF có đặt mật khẩu hoặc mã hóa. Hãy lưu lại không mật khẩu rồi gửi.",
            "The document has a password or is encrypted. Save it without, then send it.",
        ),
        Fault::Active(_) => (
            "file_active_content",
            "Tệp PDF chứa nội dung có thể tự chạy hoặc tệp đính kèm. Hãy in ra rồi quét, hoặc in thành PDF mới.",
            "The document holds something that may run, or other files. Print and scan it, or print it as a new PDF.",
        ),
        Fault::Bomb => (
            "file_too_complex",
            "Tệp giải nén ra quá lớn so với giấy tờ thông thường.",
            "The file unpacks to more than any paper needs.",
        ),
        Fault::TooLarge => (
            "file_too_complex",
            "Ảnh có quá nhiều điểm ảnh. Hãy quét ở 300 dpi.",
            "The picture has too many points. Scan with 300 dots an inch.",
        ),
        Fault::TooSmall => (
            "file_too_small",
            "Ảnh quá nhỏ để đọc được. Hãy quét từ 200 dpi trở lên (nên 300 dpi).",
            "The picture is too small to be read. Scan with 200 dots an inch or more (300 is better).",
        ),
        Fault::Blank => (
            "file_blank",
            "Trang trắng: không thấy nội dung nào. Hãy xem lại mặt giấy đặt trên máy quét.",
            "The page is blank. See which side of the paper lay on the scanner.",
        ),
    };
    let mut refusal = Refusal::new(code, vi, en);
    if let Fault::Active(what) = fault {
        refusal = refusal.with("found", what);
    }
    refusal.into()
}

fn scanned(filing: &Filing, received: &Received) -> Result<Scan, Problem> {
    let Some(scanner) = &filing.scanner else {
        return Ok(Scan::None);
    };
    let mut file = received.open().map_err(Problem::internal)?;
    match scanner.scan(&mut file as &mut dyn Read) {
        Ok(Verdict::Clean) => Ok(Scan::Clean),
        Ok(Verdict::Found(what)) => Err(Refusal::new(
            "file_infected",
            "Phần mềm diệt vi-rút phát hiện mã độc trong tệp. Tệp không được lưu.",
            "The virus scanner found something in the file. It was not kept.",
        )
        .with("found", what)
        .into()),
        Err(e) if filing.scanner_required => Err(Problem::from(Refusal::new(
            "scanner_unreachable",
            "Không kết nối được phần mềm diệt vi-rút nên chưa nhận tệp. Hãy thử lại sau ít phút.",
            "The virus scanner cannot be reached, so no file is taken. Try again in some minutes.",
        ))
        .retry_after(30)
        .because(e)),
        Err(e) => {
            tracing::warn!(cause = %e, "the virus scanner cannot be reached; a file was taken unchecked");
            Ok(Scan::Unchecked)
        }
    }
}

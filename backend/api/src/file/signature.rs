//! What the digital signatures of a file say, level by level. Nothing is changed by looking.

use std::sync::Arc;

use actix_web::{HttpResponse, get};
use chrono::{DateTime, FixedOffset};
use futures_util::StreamExt as _;
use motcua_domain::file::Media;
use motcua_domain::vn_time::to_vn;
use motcua_services::file as service;
use motcua_signatures::{Fault, Roots, SignatureReport, accepted, verify_pdf};
use motcua_store::{DossierId, RecordId};
use serde::Serialize;
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use crate::auth::{ReadPersonalData, Reader};
use crate::manners::{Path, Problem};
use crate::words;

/// The largest document whose signatures are checked, in bytes: it is held in memory whole.
const MOST_BYTES: u64 = 64 << 20;

/// By what signatures are checked.
#[derive(Debug)]
pub struct Checking {
    /// Whose certificates are believed.
    pub roots: Roots,
    /// How many documents are held in memory and checked at once.
    pub turn: Semaphore,
}

impl Checking {
    /// By the certificates of a folder, one document at a time; with no folder nobody is believed.
    ///
    /// # Errors
    /// The folder cannot be read, or one of its files is no certificate; says which and why.
    pub fn by(folder: &str) -> Result<Arc<Self>, String> {
        let roots = if folder.is_empty() {
            Roots::none()
        } else {
            Roots::from_folder(std::path::Path::new(folder))?
        };
        Ok(Arc::new(Self {
            roots,
            turn: Semaphore::new(1),
        }))
    }
}

/// Who signed, as the certificate says.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileSignerView {
    /// The name by itself, if the certificate has one.
    pub name: Option<String>,
    /// The whole name (RFC 4514).
    pub subject: String,
    /// The issuer's whole name.
    pub issuer: String,
    /// The certificate's number, in hexadecimal.
    pub serial: String,
    /// From when the certificate is good.
    pub not_before: DateTime<FixedOffset>,
    /// Until when it is.
    pub not_after: DateTime<FixedOffset>,
}

/// One signature of a document.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileSignatureView {
    /// Somebody's signature, or a time stamp over the whole document, which names no signer.
    #[schema(value_type = words::SignatureKind)]
    pub kind: String,
    /// Whether nothing is known against it: intact, vouched for, not taken back, followed by nothing but signatures.
    pub accepted: bool,
    /// Who signed; none: that cannot be read.
    pub signer: Option<FileSignerView>,
    /// Whether what was signed is still what is there.
    #[schema(value_type = words::SignatureIntegrity)]
    pub integrity: String,
    /// Whom the signer's certificate is vouched for by.
    #[schema(value_type = words::SignatureChain)]
    pub chain: String,
    /// How the time of signing is known.
    #[schema(value_type = words::SignatureTime)]
    pub time: String,
    /// When it was signed, as far as that is known.
    pub signed_at: Option<DateTime<FixedOffset>>,
    /// Whether the certificate was taken back.
    #[schema(value_type = words::SignatureRevocation)]
    pub revocation: String,
    /// What was added to the file after it.
    #[schema(value_type = words::SignatureLaterChanges)]
    pub later_changes: String,
    /// What was not checked.
    #[schema(value_type = Vec<words::SignatureNotChecked>, max_items = 10)]
    pub not_checked: Vec<String>,
}

impl From<SignatureReport> for FileSignatureView {
    fn from(r: SignatureReport) -> Self {
        Self {
            kind: r.kind.word().to_owned(),
            accepted: r.accepted(),
            integrity: r.integrity.word().to_owned(),
            chain: r.chain.word().to_owned(),
            time: r.time.level.word().to_owned(),
            signed_at: r.time.at.map(to_vn),
            revocation: r.revocation.word().to_owned(),
            later_changes: r.later_changes.word().to_owned(),
            not_checked: r.not_checked.iter().map(|n| n.word().to_owned()).collect(),
            signer: r.signer.map(|s| FileSignerView {
                name: s.name,
                subject: s.subject,
                issuer: s.issuer,
                serial: s.serial,
                not_before: to_vn(s.not_before),
                not_after: to_vn(s.not_after),
            }),
        }
    }
}

/// The signatures of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileSignatures {
    /// Whether it is signed and nothing is known against any of its signatures.
    pub accepted: bool,
    /// Why nothing could be read of it; then it must not be taken for unsigned.
    #[schema(value_type = Option<words::SignatureFault>)]
    pub fault: Option<String>,
    /// The signatures, in the order of the document's form.
    #[schema(max_items = 100)]
    pub items: Vec<FileSignatureView>,
    /// By how many authorities' certificates they were held: with none, no signer is vouched for.
    pub roots: u32,
    /// When they were checked.
    pub checked_at: DateTime<FixedOffset>,
}

const fn fault_word(fault: Fault) -> &'static str {
    match fault {
        Fault::TooLarge => "too_large",
        Fault::Unreadable(_) => "unreadable",
        Fault::Locked => "locked",
        Fault::TooMany => "too_many",
    }
}

/// What the digital signatures of a file say.
#[utoipa::path(
    operation_id = "get_file_signatures", tag = "dossiers", summary = "Signatures of a file",
    description = "What the digital signatures (PAdES) of a file say now, level by level: whether it is unchanged, who signed, whom that name is vouched for by, when, whether the certificate was taken back, what was added later, and what was not checked. A picture has none. It shows personal data, so the look is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid), ("file_id" = String, Path, description = "Id of the file.", format = Uuid)),
    responses((status = 200, description = "The signatures; none: it is not signed, unless there is a fault.", body = FileSignatures),
        (status = 410, description = "It was disposed of when its time was over.", body = crate::manners::problem::ProblemBody, content_type = "application/problem+json")),
    security(("bearer" = []))
)]
#[get("/dossiers/{id}/files/{file_id}/signatures")]
pub async fn get_file_signatures(
    reader: Reader<ReadPersonalData>,
    path: Path<(DossierId, RecordId)>,
) -> Result<HttpResponse, Problem> {
    let (id, file) = path.into_inner();
    let state = reader.state().clone();
    let filing = state.filing()?;
    let (row, stored, _) = reader
        .read_recorded(move |services, db, actor| service::content(services, db, actor, &id, &file))
        .await?;
    let at = state.services.now();
    let read = if Media::parse(&stored.media_type) != Some(Media::Pdf) {
        Ok(Vec::new())
    } else if u64::try_from(stored.size_bytes).unwrap_or(u64::MAX) > MOST_BYTES {
        Err(Fault::TooLarge)
    } else {
        let turn = filing.checking.turn.acquire().await;
        let turn = turn.map_err(Problem::internal)?;
        let (size, mut pieces) = filing
            .store
            .read(&row.sha256)
            .await
            .map_err(Problem::internal)?;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        while let Some(piece) = pieces.next().await {
            bytes.extend_from_slice(&piece.map_err(Problem::internal)?);
        }
        let checking = Arc::clone(&filing.checking);
        let read = state
            .block(move || Ok(verify_pdf(&bytes, &checking.roots, at)))
            .await?;
        drop(turn);
        read
    };
    let roots = u32::try_from(filing.checking.roots.len()).unwrap_or(u32::MAX);
    let (fault, reports) = match read {
        Ok(reports) => (None, reports),
        Err(fault) => (Some(fault_word(fault).to_owned()), Vec::new()),
    };
    Ok(HttpResponse::Ok().json(FileSignatures {
        accepted: accepted(&reports),
        fault,
        items: reports.into_iter().map(FileSignatureView::from).collect(),
        roots,
        checked_at: to_vn(at),
    }))
}

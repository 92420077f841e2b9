//! Checks the signatures of a document, or one beside a file.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone, Utc};
use rustls_pki_types::CertificateDer;

use crate::Fault;
use crate::chain::{MOST_CERTIFICATES, Roots, Use, described, walked};
use crate::changes;
use crate::cms::{self, Checked, DATA, Held};
use crate::fields::{self, SignatureField, signature_fields};
use crate::reader::{Pdf, Value};
use crate::report::{
    Chain, Integrity, Kind, LaterChanges, NotChecked, Revocation, SignatureReport, Time, TimeReport,
};
use crate::revocation::{Evidence, Question, looked_up};
use crate::stamp;

/// How many proofs are taken out of a document, of each kind.
const MOST_PROOFS: usize = 64;

/// Checks every signature of a document, in the order of its form, with what the document itself brings along.
///
/// # Errors
/// The document cannot be read: then nothing is known of it, and it must not be taken for unsigned.
pub fn verify_pdf(
    bytes: &[u8],
    roots: &Roots,
    at: DateTime<Utc>,
) -> Result<Vec<SignatureReport>, Fault> {
    verify_pdf_with(bytes, roots, &Evidence::default(), at)
}

/// The same with proofs that were fetched.
///
/// # Errors
/// As [`verify_pdf`].
pub fn verify_pdf_with(
    bytes: &[u8],
    roots: &Roots,
    fetched: &Evidence,
    at: DateTime<Utc>,
) -> Result<Vec<SignatureReport>, Fault> {
    let pdf = Pdf::open(bytes)?;
    let fields = signature_fields(&pdf)?;
    if fields.iter().all(|field| field.value.is_none()) {
        return Ok(Vec::new());
    }
    let mut evidence = stored(&pdf)?;
    evidence.extend(fetched);
    let by = By {
        roots,
        evidence: &evidence,
        at,
    };
    fields
        .iter()
        .filter_map(|field| field.value.map(|value| (field, value)))
        .map(|(field, value)| of_field(&pdf, field, value, &by))
        .collect()
}

/// Checks a signature that lies beside a file (CAdES, detached): one report for each signer.
///
/// # Errors
/// What lies beside is no signature that is read here.
pub fn verify_detached(
    content: &[u8],
    signature: &[u8],
    roots: &Roots,
    at: DateTime<Utc>,
) -> Result<Vec<SignatureReport>, Fault> {
    verify_detached_with(content, signature, roots, &Evidence::default(), at)
}

/// The same with proofs that were fetched.
///
/// # Errors
/// As [`verify_detached`].
pub fn verify_detached_with(
    content: &[u8],
    signature: &[u8],
    roots: &Roots,
    fetched: &Evidence,
    at: DateTime<Utc>,
) -> Result<Vec<SignatureReport>, Fault> {
    let signed = cms::open(signature).ok_or(Fault::Unreadable("it is no signature"))?;
    let infos = signed.data.signer_infos.0.as_slice();
    if infos.is_empty() {
        return Err(Fault::Unreadable("nobody signed"));
    }
    if infos.len() > fields::MOST_SIGNATURES {
        return Err(Fault::TooMany);
    }
    // What carries its own content says nothing of the file beside it.
    if signed.data.encap_content_info.econtent.is_some() {
        return Err(Fault::Unreadable("it carries what was signed in itself"));
    }
    let mut evidence = fetched.clone();
    evidence.crls.extend(signed.crls.iter().cloned());
    let by = By {
        roots,
        evidence: &evidence,
        at,
    };
    let others = by.others();
    let kind = signed.data.encap_content_info.econtent_type;
    Ok(infos
        .iter()
        .map(|info| {
            let checked = cms::check(&signed, info, &others, &[content], &kind);
            let mut report = by.report(&signed.certificates, &checked, None);
            if report.integrity == Integrity::Intact {
                report.later_changes = LaterChanges::None;
                report.whole_file = true;
            }
            report
        })
        .collect())
}

/// What signatures are held against.
struct By<'a> {
    roots: &'a Roots,
    evidence: &'a Evidence,
    at: DateTime<Utc>,
}

fn of_field(
    pdf: &Pdf<'_>,
    field: &SignatureField,
    value: u32,
    by: &By<'_>,
) -> Result<SignatureReport, Fault> {
    let told = |integrity: Integrity| SignatureReport {
        integrity,
        ..nothing_known(by.at, Some(field.name.clone()))
    };
    let placed = match fields::placed(pdf, value) {
        Ok(Some(placed)) => placed,
        Ok(None) => return Ok(told(Integrity::NotCovered)),
        Err(Fault::TooLarge) => return Err(Fault::TooLarge),
        Err(_) => return Ok(told(Integrity::Unreadable)),
    };
    let pieces = placed
        .covered
        .clone()
        .map(|range| pdf.bytes().get(range).unwrap_or_default());
    let end = placed.covered.iter().map(|range| range.end).max();
    let end = end.unwrap_or(0);
    let signed = cms::cut(&placed.contents).and_then(cms::open);
    let mut report = match (&signed, placed.is_time_stamp) {
        (None, _) => told(Integrity::Unreadable),
        (Some(_), true) => by.document_stamp(&placed.contents, &pieces, &field.name),
        (Some(signed), false) => {
            let infos = signed.data.signer_infos.0.as_slice();
            let [info] = infos else {
                return Ok(told(Integrity::Unreadable));
            };
            if signed.data.encap_content_info.econtent.is_some() {
                return Ok(told(Integrity::Unreadable));
            }
            let mut evidence = by.evidence.clone();
            evidence.crls.extend(signed.crls.iter().cloned());
            let by = By {
                evidence: &evidence,
                ..*by
            };
            let checked = cms::check(signed, info, &by.others(), &pieces, &DATA);
            let claimed = placed.claimed.as_deref().and_then(pdf_date);
            let mut report = by.report(&signed.certificates, &checked, claimed);
            let cades = placed.sub_filter == b"ETSI.CAdES.detached";
            if !cades && placed.sub_filter != b"adbe.pkcs7.detached" {
                report.integrity = Integrity::Unreadable;
            }
            // By the standard the certificate must be signed along; without it another of the same key would do.
            if cades && checked.integrity == Integrity::Intact && !checked.bound {
                report.integrity = Integrity::Unreadable;
            }
            report
        }
    };
    report.field = Some(field.name.clone());
    report.whole_file = end == pdf.bytes().len();
    report.later_changes = if report.whole_file {
        LaterChanges::None
    } else {
        match later(pdf, value, end)? {
            Some(changes) => changes,
            None => {
                report.integrity = Integrity::NotCovered;
                LaterChanges::Appended
            }
        }
    };
    Ok(report)
}

/// What came after a signature that ends before the file does; `None` if what it covers is no document by itself, so
/// that it left out a part of the one that was signed.
fn later(pdf: &Pdf<'_>, value: u32, end: usize) -> Result<Option<LaterChanges>, Fault> {
    let bytes = pdf.bytes().get(..end).unwrap_or_default();
    let old = match Pdf::open(bytes) {
        Ok(old) => old,
        Err(Fault::TooLarge) => return Err(Fault::TooLarge),
        Err(_) => return Ok(None),
    };
    // The signature must be a part of what it covers.
    if old.entries().get(&value) != pdf.entries().get(&value) {
        return Ok(None);
    }
    match changes::between(&old, pdf) {
        Ok(changes) => Ok(Some(changes)),
        Err(Fault::TooLarge) => Err(Fault::TooLarge),
        Err(_) => Ok(Some(LaterChanges::Appended)),
    }
}

fn nothing_known(at: DateTime<Utc>, field: Option<String>) -> SignatureReport {
    SignatureReport {
        field,
        kind: Kind::Signature,
        integrity: Integrity::Unreadable,
        signer: None,
        chain: Chain::Unknown,
        time: TimeReport {
            level: Time::None,
            at: None,
        },
        checked_at: at,
        revocation: Revocation::NotChecked,
        later_changes: LaterChanges::Appended,
        whole_file: false,
        not_checked: vec![NotChecked::Revocation],
    }
}

impl By<'_> {
    fn others(&self) -> Vec<Held> {
        self.evidence
            .certificates
            .iter()
            .take(MOST_CERTIFICATES)
            .filter_map(|der| Held::read(der))
            .collect()
    }

    /// What is said of a signature that was checked against its content.
    fn report(
        &self,
        along: &[Held],
        checked: &Checked,
        claimed: Option<DateTime<Utc>>,
    ) -> SignatureReport {
        let mut report = nothing_known(self.at, None);
        report.integrity = checked.integrity;
        report.not_checked.clear();
        if !checked.algorithm_known {
            report.not_checked.push(NotChecked::Algorithm);
        }
        if !checked.bound {
            report.not_checked.push(NotChecked::CertificateBinding);
        }
        let others = self.others();
        let others: Vec<Held> = along.iter().cloned().chain(others).collect();
        let claimed = claimed.or(checked.claimed);
        report.time = TimeReport {
            level: if claimed.is_some() {
                Time::Claimed
            } else {
                Time::None
            },
            at: claimed,
        };
        for token in checked.stamps.iter().take(4) {
            let stamp = stamp::check(token, &[&checked.signature], &others, self.roots, self.at);
            report.time = TimeReport {
                level: stamp.level,
                at: stamp.at.or(claimed),
            };
            if stamp.authority_expired {
                report.not_checked.push(NotChecked::StampAuthorityExpired);
            }
            // One that is broken says that somebody was at it, whatever the others say.
            if stamp.level == Time::StampBroken {
                break;
            }
        }
        let known = report.time.level == Time::Stamped;
        if known {
            report.checked_at = report.time.at.unwrap_or(self.at);
        } else {
            report.not_checked.push(NotChecked::SigningTime);
        }
        match &checked.signer {
            Some(held) => self.of_signer(&mut report, held, &others, known, Use::Signing),
            None => report.not_checked.push(NotChecked::Revocation),
        }
        report
    }

    fn of_signer(
        &self,
        report: &mut SignatureReport,
        held: &Held,
        others: &[Held],
        known: bool,
        used: Use,
    ) {
        let at = report.checked_at;
        let path: Vec<CertificateDer<'_>> = others.iter().map(|held| held.der.clone()).collect();
        report.signer = described(&held.certificate, at);
        report.chain = walked(&held.certificate, &held.der, &path, self.roots, at, used);
        let question = Question {
            held,
            others: &path,
            roots: self.roots,
            at,
            known,
        };
        report.revocation = looked_up(&question, self.evidence);
        report
            .not_checked
            .push(if report.revocation == Revocation::NotChecked {
                NotChecked::Revocation
            } else {
                NotChecked::IssuersRevocation
            });
    }

    /// A time stamp over the document as it stands.
    fn document_stamp(&self, contents: &[u8], pieces: &[&[u8]], field: &str) -> SignatureReport {
        let mut report = nothing_known(self.at, Some(field.to_owned()));
        report.kind = Kind::DocumentTimeStamp;
        report.not_checked.clear();
        let token = cms::cut(contents).unwrap_or_default();
        let others = self.others();
        let stamp = stamp::check(token, pieces, &others, self.roots, self.at);
        report.time = TimeReport {
            level: stamp.level,
            at: stamp.at,
        };
        report.integrity = match stamp.level {
            Time::StampBroken => Integrity::Changed,
            _ if stamp.at.is_none() => Integrity::Unreadable,
            _ => Integrity::Intact,
        };
        if let Some(held) = stamp.authority {
            let along: Vec<Held> = cms::open(token)
                .map(|signed| signed.certificates)
                .unwrap_or_default();
            let others: Vec<Held> = along.into_iter().chain(others).collect();
            self.of_signer(&mut report, &held, &others, false, Use::TimeStamping);
            report.chain = stamp.chain;
        }
        if stamp.authority_expired {
            report.not_checked.push(NotChecked::StampAuthorityExpired);
        }
        report
    }
}

/// What a document keeps to prove its signatures (DSS).
fn stored(pdf: &Pdf<'_>) -> Result<Evidence, Fault> {
    let (_, catalogue) = pdf.catalogue()?;
    let mut evidence = Evidence::default();
    let Value::Dict(store) = pdf.member(&catalogue, b"DSS")? else {
        return Ok(evidence);
    };
    let take = |key: &[u8], into: &mut Vec<Vec<u8>>| -> Result<(), Fault> {
        let Value::Array(items) = pdf.member(&store, key)? else {
            return Ok(());
        };
        for item in items.iter().take(MOST_PROOFS) {
            if let Value::Ref(id, _) = item {
                let object = pdf.object(*id)?;
                match pdf.unpack(&object) {
                    Ok(bytes) => into.push(bytes),
                    Err(Fault::TooLarge) => return Err(Fault::TooLarge),
                    // A proof that cannot be read proves nothing.
                    Err(_) => {}
                }
            }
        }
        Ok(())
    };
    take(b"Certs", &mut evidence.certificates)?;
    take(b"CRLs", &mut evidence.crls)?;
    take(b"OCSPs", &mut evidence.ocsps)?;
    Ok(evidence)
}

/// `D:20261201093000+07'00'`.
fn pdf_date(text: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits = |from: usize, to: usize, otherwise: u32| -> Option<u32> {
        match text.get(from..to) {
            Some(part) if part.bytes().all(|b| b.is_ascii_digit()) => part.parse().ok(),
            _ => Some(otherwise),
        }
    };
    let year = i32::try_from(digits(0, 4, 0)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, digits(4, 6, 1)?, digits(6, 8, 1)?)?;
    let time = date.and_hms_opt(digits(8, 10, 0)?, digits(10, 12, 0)?, digits(12, 14, 0)?)?;
    let zone = text.get(14..).unwrap_or_default();
    let hours = digits(15, 17, 0)?;
    let minutes = digits(18, 20, 0)?;
    let seconds = i32::try_from(
        hours
            .checked_mul(3600)?
            .checked_add(minutes.checked_mul(60)?)?,
    )
    .ok()?;
    let zone = match zone.bytes().next() {
        Some(b'+') => FixedOffset::east_opt(seconds)?,
        Some(b'-') => FixedOffset::west_opt(seconds)?,
        _ => FixedOffset::east_opt(0)?,
    };
    zone.from_local_datetime(&time)
        .single()
        .map(|moment| moment.with_timezone(&Utc))
}

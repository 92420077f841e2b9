//! Whether a certificate was taken back, as far as what is at hand says: lists and answers that a document brings
//! along, or that somebody has fetched. Nothing is fetched here.

use chrono::{DateTime, Duration, Utc};
use der::asn1::ObjectIdentifier as Oid;
use der::{Decode, Encode};
use ring::digest;
use rustls_pki_types::CertificateDer;
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, EndEntityCert, Error, ExpirationPolicy,
    RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy,
};
use x509_cert::Certificate;
use x509_cert::crl::CertificateList;
use x509_ocsp::{
    BasicOcspResponse, CertStatus, OcspResponse, OcspResponseStatus, ResponderId, SingleResponse,
};

use crate::chain::{Roots, Use, has_purpose, moment, unix};
use crate::cms::{Held, SHA_1, digest_of, digest_with, signed_by};
use crate::report::Revocation;

/// How many lists and answers are looked at.
const MOST_PROOFS: usize = 64;
/// The largest of them.
const MOST_PROOF: usize = 16 << 20;
/// How far clocks may be apart.
const CLOCKS: Duration = Duration::minutes(5);
/// How long an answer without an end of its own holds.
const FRESH: Duration = Duration::days(1);

const OCSP_SIGNING: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.3.9");
const OCSP_BASIC: Oid = Oid::new_unwrap("1.3.6.1.5.5.7.48.1.1");

/// What proves a signature beside the signature itself.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Certificates, as DER.
    pub certificates: Vec<Vec<u8>>,
    /// Lists of certificates that were taken back, as DER.
    pub crls: Vec<Vec<u8>>,
    /// Answers about single certificates (RFC 6960), as DER.
    pub ocsps: Vec<Vec<u8>>,
}

impl Evidence {
    /// Takes what another holds too.
    pub fn extend(&mut self, other: &Self) {
        self.certificates.extend_from_slice(&other.certificates);
        self.crls.extend_from_slice(&other.crls);
        self.ocsps.extend_from_slice(&other.ocsps);
    }
}

/// What is asked.
pub struct Question<'a> {
    pub held: &'a Held,
    pub others: &'a [CertificateDer<'a>],
    pub roots: &'a Roots,
    /// The time that counts.
    pub at: DateTime<Utc>,
    /// Whether that time is known, so that what was taken back later does not count.
    pub known: bool,
}

/// Looks through all there is. One word that it was taken back outweighs all others.
pub fn looked_up(question: &Question<'_>, evidence: &Evidence) -> Revocation {
    let by_list = evidence
        .crls
        .iter()
        .take(MOST_PROOFS)
        .filter(|crl| crl.len() <= MOST_PROOF)
        .map(|crl| by_list(question, crl));
    let by_answer = evidence
        .ocsps
        .iter()
        .take(MOST_PROOFS)
        .filter(|answer| answer.len() <= MOST_PROOF)
        .map(|answer| by_answer(question, answer).unwrap_or(Revocation::NotChecked));
    let mut found = Revocation::NotChecked;
    for word in by_list.chain(by_answer) {
        match word {
            Revocation::Revoked => return word,
            Revocation::Good => found = word,
            Revocation::NotChecked => {}
        }
    }
    found
}

/// Whether being taken back then matters.
fn since(question: &Question<'_>, revoked: Option<DateTime<Utc>>) -> Revocation {
    match revoked {
        Some(revoked) if question.known && revoked > question.at => Revocation::Good,
        _ => Revocation::Revoked,
    }
}

fn by_list(question: &Question<'_>, crl: &[u8]) -> Revocation {
    let Ok(list) = BorrowedCertRevocationList::from_der(crl) else {
        return Revocation::NotChecked;
    };
    let list = CertRevocationList::from(list);
    let lists = [&list];
    let options = |expiry| {
        RevocationOptionsBuilder::new(&lists).ok().map(|builder| {
            builder
                .with_depth(RevocationCheckDepth::EndEntity)
                .with_status_policy(UnknownStatusPolicy::Deny)
                .with_expiration_policy(expiry)
                .build()
        })
    };
    let Ok(entity) = EndEntityCert::try_from(&question.held.der) else {
        return Revocation::NotChecked;
    };
    // Held against a time when the certificate itself was good, so that only the list decides. A list that has run
    // out still says what was taken back, but no longer what was not.
    let body = &question.held.certificate.tbs_certificate;
    let (Some(from), Some(to)) = (
        moment(body.validity.not_before),
        moment(body.validity.not_after),
    ) else {
        return Revocation::NotChecked;
    };
    let at = question.at.clamp(from, to.max(from));
    let walk = |expiry| {
        entity
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                question.roots.anchors(),
                question.others,
                unix(at),
                Use::Signing,
                options(expiry),
                None,
            )
            .map(|_| ())
    };
    match walk(ExpirationPolicy::Ignore) {
        Err(Error::CertRevoked) => {
            let serial = body.serial_number.as_bytes();
            let revoked = CertificateList::from_der(crl).ok().and_then(|list| {
                list.tbs_cert_list
                    .revoked_certificates
                    .unwrap_or_default()
                    .into_iter()
                    .find(|entry| entry.serial_number.as_bytes() == serial)
                    .and_then(|entry| moment(entry.revocation_date))
            });
            since(question, revoked)
        }
        Ok(()) if walk(ExpirationPolicy::Enforce).is_ok() && at == question.at => Revocation::Good,
        _ => Revocation::NotChecked,
    }
}

fn by_answer(question: &Question<'_>, bytes: &[u8]) -> Option<Revocation> {
    let outer = OcspResponse::from_der(bytes).ok()?;
    // Some stores hold the inner answer by itself.
    let inner = if outer.response_status == OcspResponseStatus::Successful {
        outer.response_bytes?
    } else {
        return None;
    };
    if inner.response_type != OCSP_BASIC {
        return None;
    }
    let answer = BasicOcspResponse::from_der(inner.response.as_bytes()).ok()?;
    let issuers: Vec<Held> = question
        .others
        .iter()
        .chain(question.roots.certificates())
        .filter_map(|der| Held::read(der))
        .filter(|held| {
            held.certificate.tbs_certificate.subject
                == question.held.certificate.tbs_certificate.issuer
        })
        .collect();
    let issuer = issuers
        .iter()
        .find(|issuer| is_signed_by(&question.held.certificate, &issuer.certificate))?;
    let responder = responder(&answer, &issuer.certificate, question.at)?;
    let digest = digest_with(&answer.signature_algorithm.oid)?;
    let message = answer.tbs_response_data.to_der().ok()?;
    let value = answer.signature.as_bytes()?;
    if signed_by(
        &responder,
        &answer.signature_algorithm,
        &digest,
        &message,
        value,
    ) != Some(true)
    {
        return None;
    }
    let single = answer
        .tbs_response_data
        .responses
        .iter()
        .find(|single| is_about(single, question, &issuer.certificate))?;
    let time = |time: x509_ocsp::OcspGeneralizedTime| {
        let seconds = i64::try_from(time.0.to_unix_duration().as_secs()).ok()?;
        DateTime::from_timestamp(seconds, 0)
    };
    let this = time(single.this_update)?;
    let next = match single.next_update {
        Some(next) => time(next)?,
        None => this + FRESH,
    };
    match &single.cert_status {
        CertStatus::Revoked(info) => Some(since(question, time(info.revocation_time))),
        // An answer from after the time that counts says of it too that nothing was taken back until then.
        CertStatus::Good(_)
            if question.at <= next + CLOCKS && (question.known || this <= question.at + CLOCKS) =>
        {
            Some(Revocation::Good)
        }
        _ => Some(Revocation::NotChecked),
    }
}

fn is_signed_by(certificate: &Certificate, issuer: &Certificate) -> bool {
    let digest = digest_with(&certificate.signature_algorithm.oid);
    let message = certificate.tbs_certificate.to_der();
    let value = certificate.signature.as_bytes();
    let (Some(digest), Ok(message), Some(value)) = (digest, message, value) else {
        return false;
    };
    signed_by(
        issuer,
        &certificate.signature_algorithm,
        &digest,
        &message,
        value,
    ) == Some(true)
}

/// Who answered: the issuer itself, or whom it named for that.
fn responder(
    answer: &BasicOcspResponse,
    issuer: &Certificate,
    at: DateTime<Utc>,
) -> Option<Certificate> {
    let names = |certificate: &Certificate| match &answer.tbs_response_data.responder_id {
        ResponderId::ByName(name) => *name == certificate.tbs_certificate.subject,
        ResponderId::ByKey(hash) => {
            let key = &certificate.tbs_certificate.subject_public_key_info;
            let key = key.subject_public_key.raw_bytes();
            digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, key).as_ref() == hash.as_bytes()
        }
    };
    if names(issuer) {
        return Some(issuer.clone());
    }
    answer
        .certs
        .iter()
        .flatten()
        .take(8)
        .find(|certificate| {
            let validity = &certificate.tbs_certificate.validity;
            names(certificate)
                && has_purpose(certificate, OCSP_SIGNING)
                && moment(validity.not_before).is_some_and(|from| from <= at + CLOCKS)
                && moment(validity.not_after).is_some_and(|to| at <= to)
                && is_signed_by(certificate, issuer)
        })
        .cloned()
}

fn is_about(single: &SingleResponse, question: &Question<'_>, issuer: &Certificate) -> bool {
    let id = &single.cert_id;
    let by = if id.hash_algorithm.oid == SHA_1 {
        Some(&digest::SHA1_FOR_LEGACY_USE_ONLY)
    } else {
        digest_of(&id.hash_algorithm.oid)
    };
    let (Some(by), Ok(name)) = (by, issuer.tbs_certificate.subject.to_der()) else {
        return false;
    };
    let key = &issuer.tbs_certificate.subject_public_key_info;
    let key = key.subject_public_key.raw_bytes();
    id.serial_number == question.held.certificate.tbs_certificate.serial_number
        && digest::digest(by, &name).as_ref() == id.issuer_name_hash.as_bytes()
        && digest::digest(by, key).as_ref() == id.issuer_key_hash.as_bytes()
}

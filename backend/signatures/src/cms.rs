//! Signed data (RFC 5652) as PAdES and CAdES have it: who signed, and whether it is what was signed.

use chrono::{DateTime, Utc};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{ObjectIdentifier as Oid, OctetString};
use der::{Any, Decode, Encode, Sequence};
use ring::digest::{self, Digest};
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use rustls_pki_types::CertificateDer;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::ext::pkix::name::GeneralNames;
use x509_cert::serial_number::SerialNumber;
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::chain::{MOST_CERTIFICATES, key_identifier, moment};
use crate::report::Integrity;

/// The largest signature that is read, its certificates and proofs included.
pub const MOST_CMS: usize = 4 << 20;
/// How many members a set may have: sets are sorted as they are read.
const MOST_MEMBERS: usize = 256;
/// How deep its parts may lie in one another.
const DEEPEST: usize = 40;

pub const DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.1");
pub const SIGNED_DATA: Oid = Oid::new_unwrap("1.2.840.113549.1.7.2");
pub const CONTENT_TYPE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.3");
pub const MESSAGE_DIGEST: Oid = Oid::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_TIME: Oid = Oid::new_unwrap("1.2.840.113549.1.9.5");
const SIGNING_CERTIFICATE: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.12");
pub const SIGNING_CERTIFICATE_V2: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.47");
pub const TIME_STAMP: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.2.14");

pub const SHA_1: Oid = Oid::new_unwrap("1.3.14.3.2.26");
pub const SHA_256: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA_384: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA_512: Oid = Oid::new_unwrap("2.16.840.1.101.3.4.2.3");

const RSA: Oid = Oid::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: Oid = Oid::new_unwrap("1.2.840.113549.1.1.10");
pub const RSA_SHA_256: Oid = Oid::new_unwrap("1.2.840.113549.1.1.11");
const RSA_SHA_384: Oid = Oid::new_unwrap("1.2.840.113549.1.1.12");
const RSA_SHA_512: Oid = Oid::new_unwrap("1.2.840.113549.1.1.13");
const EC: Oid = Oid::new_unwrap("1.2.840.10045.2.1");
pub const ECDSA_SHA_256: Oid = Oid::new_unwrap("1.2.840.10045.4.3.2");
const ECDSA_SHA_384: Oid = Oid::new_unwrap("1.2.840.10045.4.3.3");
const P_256: Oid = Oid::new_unwrap("1.2.840.10045.3.1.7");
const P_384: Oid = Oid::new_unwrap("1.3.132.0.34");
const ED25519: Oid = Oid::new_unwrap("1.3.101.112");

/// `ESSCertIDv2`: by which digest a certificate is named.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct CertIdV2 {
    #[asn1(optional = "true")]
    pub hash_algorithm: Option<AlgorithmIdentifierOwned>,
    pub cert_hash: OctetString,
    #[asn1(optional = "true")]
    pub issuer_serial: Option<IssuerSerial>,
}

/// `ESSCertID`, the older form: always by SHA-1.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct CertIdV1 {
    cert_hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<IssuerSerial>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct IssuerSerial {
    pub issuer: GeneralNames,
    pub serial_number: SerialNumber,
}

/// `SigningCertificateV2`.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub struct SigningCertificateV2 {
    pub certs: Vec<CertIdV2>,
    #[asn1(optional = "true")]
    pub policies: Option<Any>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificateV1 {
    certs: Vec<CertIdV1>,
    #[asn1(optional = "true")]
    policies: Option<Any>,
}

/// `RSASSA-PSS-params`, as far as it is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct PssParameters {
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    hash: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "1", tag_mode = "EXPLICIT", optional = "true")]
    mask: Option<AlgorithmIdentifierOwned>,
    #[asn1(context_specific = "2", tag_mode = "EXPLICIT", optional = "true")]
    salt: Option<u32>,
    #[asn1(context_specific = "3", tag_mode = "EXPLICIT", optional = "true")]
    trailer: Option<u32>,
}

/// A certificate with its bytes.
#[derive(Clone, Debug)]
pub struct Held {
    pub certificate: Certificate,
    pub der: CertificateDer<'static>,
}

impl Held {
    pub fn read(der: &[u8]) -> Option<Self> {
        Some(Self {
            certificate: Certificate::from_der(der).ok()?,
            der: CertificateDer::from(der.to_vec()),
        })
    }
}

/// Signed data that was read.
pub struct Signed {
    pub data: SignedData,
    pub certificates: Vec<Held>,
    /// Lists of what was taken back that came along.
    pub crls: Vec<Vec<u8>>,
}

/// One signer's part, checked.
pub struct Checked {
    pub integrity: Integrity,
    pub algorithm_known: bool,
    pub signer: Option<Held>,
    pub claimed: Option<DateTime<Utc>>,
    /// Whether the signature says which certificate it was made with.
    pub bound: bool,
    pub signature: Vec<u8>,
    /// Time stamps over the signature.
    pub stamps: Vec<Vec<u8>>,
}

/// The first value of some bytes: its tag, what is in it, the whole of it, what follows.
type First<'b> = (u8, &'b [u8], &'b [u8], &'b [u8]);

fn first_value(bytes: &[u8]) -> Option<First<'_>> {
    let (tag, length) = (*bytes.first()?, *bytes.get(1)?);
    // Tags of more than one byte have no place in what is read here.
    if tag & 0x1F == 0x1F {
        return None;
    }
    let (head, length) = if length < 0x80 {
        (2, usize::from(length))
    } else {
        let count = usize::from(length & 0x7F);
        if count == 0 || count > 4 {
            return None;
        }
        let digits = bytes.get(2..2 + count)?;
        let length = digits
            .iter()
            .fold(0_usize, |n, byte| n << 8 | usize::from(*byte));
        (2 + count, length)
    };
    let end = head.checked_add(length)?;
    Some((
        tag,
        bytes.get(head..end)?,
        bytes.get(..end)?,
        bytes.get(end..)?,
    ))
}

/// Cuts off the zeros that a signature in a document is filled up with.
pub fn cut(contents: &[u8]) -> Option<&[u8]> {
    let (_, _, whole, rest) = first_value(contents)?;
    rest.iter().all(|byte| *byte == 0).then_some(whole)
}

/// Whether no set is so large that sorting it takes for ever, and nothing lies too deep.
fn is_bounded(bytes: &[u8], of_sequence: bool, depth: usize) -> bool {
    if depth > DEEPEST {
        return false;
    }
    let mut rest = bytes;
    let mut members = 0_usize;
    while !rest.is_empty() {
        let Some((tag, inner, _, after)) = first_value(rest) else {
            return false;
        };
        members += 1;
        if !of_sequence && members > MOST_MEMBERS {
            return false;
        }
        if tag & 0x20 != 0 && !is_bounded(inner, tag == 0x30, depth + 1) {
            return false;
        }
        rest = after;
    }
    true
}

/// Reads signed data.
pub fn open(bytes: &[u8]) -> Option<Signed> {
    if bytes.len() > MOST_CMS || !is_bounded(bytes, true, 0) {
        return None;
    }
    let outer = ContentInfo::from_der(bytes).ok()?;
    if outer.content_type != SIGNED_DATA {
        return None;
    }
    let data = SignedData::from_der(&outer.content.to_der().ok()?).ok()?;
    let mut certificates = Vec::new();
    for choice in data.certificates.iter().flat_map(|set| set.0.iter()) {
        if let CertificateChoices::Certificate(certificate) = choice {
            let der = CertificateDer::from(certificate.to_der().ok()?);
            certificates.push(Held {
                certificate: certificate.clone(),
                der,
            });
        }
    }
    if certificates.len() > MOST_CERTIFICATES {
        return None;
    }
    let crls = data
        .crls
        .iter()
        .flat_map(|set| set.0.iter())
        .filter_map(|choice| match choice {
            cms::revocation::RevocationInfoChoice::Crl(crl) => crl.to_der().ok(),
            cms::revocation::RevocationInfoChoice::Other(_) => None,
        })
        .collect();
    Some(Signed {
        data,
        certificates,
        crls,
    })
}

/// The algorithm of a digest; `None` for what is too weak or unknown.
pub fn digest_of(algorithm: &Oid) -> Option<&'static digest::Algorithm> {
    match *algorithm {
        SHA_256 => Some(&digest::SHA256),
        SHA_384 => Some(&digest::SHA384),
        SHA_512 => Some(&digest::SHA512),
        _ => None,
    }
}

pub fn digest_over(algorithm: &'static digest::Algorithm, pieces: &[&[u8]]) -> Digest {
    let mut context = digest::Context::new(algorithm);
    for piece in pieces {
        context.update(piece);
    }
    context.finish()
}

/// How a signature by this key and these algorithms is checked, and with which bytes as the key.
fn verifier<'c>(
    certificate: &'c Certificate,
    algorithm: &AlgorithmIdentifierOwned,
    digest: &Oid,
) -> Option<(&'static dyn VerificationAlgorithm, &'c [u8])> {
    let info = &certificate.tbs_certificate.subject_public_key_info;
    let key = info.subject_public_key.as_bytes()?;
    let of_key = info.algorithm.oid;
    let curve = info
        .algorithm
        .parameters
        .as_ref()
        .and_then(|p| p.decode_as::<Oid>().ok());
    let by: &'static dyn VerificationAlgorithm = match (algorithm.oid, *digest) {
        (RSA | RSA_SHA_256, SHA_256) if of_key == RSA => &signature::RSA_PKCS1_2048_8192_SHA256,
        (RSA | RSA_SHA_384, SHA_384) if of_key == RSA => &signature::RSA_PKCS1_2048_8192_SHA384,
        (RSA | RSA_SHA_512, SHA_512) if of_key == RSA => &signature::RSA_PKCS1_2048_8192_SHA512,
        (RSA_PSS, _) if of_key == RSA => pss(algorithm, digest)?,
        (ECDSA_SHA_256, SHA_256) if of_key == EC && curve == Some(P_256) => {
            &signature::ECDSA_P256_SHA256_ASN1
        }
        (ECDSA_SHA_384, SHA_384) if of_key == EC && curve == Some(P_256) => {
            &signature::ECDSA_P256_SHA384_ASN1
        }
        (ECDSA_SHA_256, SHA_256) if of_key == EC && curve == Some(P_384) => {
            &signature::ECDSA_P384_SHA256_ASN1
        }
        (ECDSA_SHA_384, SHA_384) if of_key == EC && curve == Some(P_384) => {
            &signature::ECDSA_P384_SHA384_ASN1
        }
        (ED25519, SHA_512) if of_key == ED25519 => &signature::ED25519,
        _ => return None,
    };
    // Keys below 2048 bits are no longer believed; the check would call such a signature a changed one.
    if of_key == RSA && key.len() < 256 {
        return None;
    }
    Some((by, key))
}

/// PSS as it is used: mask and digest alike, salt as long as the digest.
fn pss(
    algorithm: &AlgorithmIdentifierOwned,
    digest: &Oid,
) -> Option<&'static dyn VerificationAlgorithm> {
    let parameters = algorithm.parameters.as_ref()?.to_der().ok()?;
    let parameters = PssParameters::from_der(&parameters).ok()?;
    let mask = parameters.mask?.parameters?.to_der().ok()?;
    let mask = AlgorithmIdentifierOwned::from_der(&mask).ok()?;
    if parameters.hash?.oid != *digest || mask.oid != *digest {
        return None;
    }
    match (*digest, parameters.salt?) {
        (SHA_256, 32) => Some(&signature::RSA_PSS_2048_8192_SHA256),
        (SHA_384, 48) => Some(&signature::RSA_PSS_2048_8192_SHA384),
        (SHA_512, 64) => Some(&signature::RSA_PSS_2048_8192_SHA512),
        _ => None,
    }
}

/// Whether a certificate's key signed a message.
pub fn signed_by(
    certificate: &Certificate,
    algorithm: &AlgorithmIdentifierOwned,
    digest: &Oid,
    message: &[u8],
    value: &[u8],
) -> Option<bool> {
    let (by, key) = verifier(certificate, algorithm, digest)?;
    Some(
        UnparsedPublicKey::new(by, key)
            .verify(message, value)
            .is_ok(),
    )
}

/// The digest that goes with a signature's algorithm, where that says it by itself.
pub fn digest_with(algorithm: &Oid) -> Option<Oid> {
    match *algorithm {
        RSA_SHA_256 | ECDSA_SHA_256 => Some(SHA_256),
        RSA_SHA_384 | ECDSA_SHA_384 => Some(SHA_384),
        RSA_SHA_512 | ED25519 => Some(SHA_512),
        _ => None,
    }
}

fn attributes<'i>(info: &'i SignerInfo, kind: &Oid) -> Vec<&'i Attribute> {
    info.signed_attrs
        .iter()
        .flat_map(|set| set.iter())
        .filter(|attribute| attribute.oid == *kind)
        .collect()
}

/// The one value of the one attribute of a kind; `Err` if there are more.
fn single<'i>(info: &'i SignerInfo, kind: &Oid) -> Result<Option<&'i Any>, ()> {
    match attributes(info, kind).as_slice() {
        [] => Ok(None),
        [only] if only.values.len() == 1 => Ok(only.values.get(0)),
        _ => Err(()),
    }
}

/// Whom a signature names as its signer, among the certificates at hand.
fn signer(info: &SignerInfo, certificates: &[Held]) -> Option<Held> {
    certificates
        .iter()
        .find(|held| match &info.sid {
            SignerIdentifier::IssuerAndSerialNumber(named) => {
                let body = &held.certificate.tbs_certificate;
                body.issuer == named.issuer && body.serial_number == named.serial_number
            }
            SignerIdentifier::SubjectKeyIdentifier(named) => key_identifier(&held.certificate)
                .is_some_and(|id| id.as_slice() == named.0.as_bytes()),
        })
        .cloned()
}

/// Whether the certificate is the one that was signed along: `None` if nothing says.
fn bound(info: &SignerInfo, held: &Held) -> Result<Option<bool>, ()> {
    if let Some(value) = single(info, &SIGNING_CERTIFICATE_V2)? {
        let named = value.to_der().map_err(|_| ())?;
        let named = SigningCertificateV2::from_der(&named).map_err(|_| ())?;
        let first = named.certs.first().ok_or(())?;
        let by = first
            .hash_algorithm
            .as_ref()
            .map_or(SHA_256, |algorithm| algorithm.oid);
        let by = digest_of(&by).ok_or(())?;
        let is = digest::digest(by, &held.der);
        return Ok(Some(is.as_ref() == first.cert_hash.as_bytes()));
    }
    if let Some(value) = single(info, &SIGNING_CERTIFICATE)? {
        let named = value.to_der().map_err(|_| ())?;
        let named = SigningCertificateV1::from_der(&named).map_err(|_| ())?;
        let first = named.certs.first().ok_or(())?;
        let is = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, &held.der);
        return Ok(Some(is.as_ref() == first.cert_hash.as_bytes()));
    }
    Ok(None)
}

/// Checks one signer's part against what was signed.
pub fn check(
    signed: &Signed,
    info: &SignerInfo,
    others: &[Held],
    content: &[&[u8]],
    kind: &Oid,
) -> Checked {
    let held = signer(info, &signed.certificates).or_else(|| signer(info, others));
    let stamps = info
        .unsigned_attrs
        .iter()
        .flat_map(|set| set.iter())
        .filter(|attribute| attribute.oid == TIME_STAMP)
        .flat_map(|attribute| attribute.values.iter())
        .filter_map(|value| value.to_der().ok())
        .collect();
    let mut checked = Checked {
        integrity: Integrity::Unreadable,
        algorithm_known: true,
        signer: held,
        claimed: None,
        bound: false,
        signature: info.signature.as_bytes().to_vec(),
        stamps,
    };
    let Some(held) = checked.signer.clone() else {
        return checked;
    };
    let Some(by) = digest_of(&info.digest_alg.oid) else {
        checked.algorithm_known = false;
        return checked;
    };
    let message = match &info.signed_attrs {
        None => content.concat(),
        Some(attributes) => {
            let is = digest_over(by, content);
            let told = single(info, &MESSAGE_DIGEST)
                .ok()
                .flatten()
                .and_then(|value| value.decode_as::<OctetString>().ok());
            let of_kind = single(info, &CONTENT_TYPE)
                .ok()
                .flatten()
                .and_then(|value| value.decode_as::<Oid>().ok());
            if of_kind != Some(*kind) || told.is_none() {
                return checked;
            }
            if told.is_none_or(|told| told.as_bytes() != is.as_ref()) {
                checked.integrity = Integrity::Changed;
                return checked;
            }
            match bound(info, &held) {
                Ok(None) => {}
                Ok(Some(true)) => checked.bound = true,
                Ok(Some(false)) => {
                    checked.integrity = Integrity::Changed;
                    return checked;
                }
                Err(()) => return checked,
            }
            checked.claimed = single(info, &SIGNING_TIME)
                .ok()
                .flatten()
                .and_then(|value| value.to_der().ok())
                .and_then(|der| x509_cert::time::Time::from_der(&der).ok())
                .and_then(moment);
            let Ok(attributes) = attributes.to_der() else {
                return checked;
            };
            attributes
        }
    };
    match signed_by(
        &held.certificate,
        &info.signature_algorithm,
        &info.digest_alg.oid,
        &message,
        info.signature.as_bytes(),
    ) {
        None => checked.algorithm_known = false,
        Some(true) => checked.integrity = Integrity::Intact,
        Some(false) => checked.integrity = Integrity::Changed,
    }
    checked
}

//! Whom a certificate is vouched for by.

use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode, Tagged};
use rustls_pki_types::{CertificateDer, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, Error, ExtendedKeyUsageValidator, KeyPurposeIdIter};
use x509_cert::Certificate;
use x509_cert::ext::pkix::KeyUsage;

use crate::report::{Chain, SignerReport};

/// How many certificates are looked at beside a signature.
pub const MOST_CERTIFICATES: usize = 64;
/// How large a file of a root may be.
const MOST_ROOT: u64 = 1 << 20;

const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// `id-kp-timeStamping`, as its numbers.
const TIME_STAMPING: [usize; 9] = [1, 3, 6, 1, 5, 5, 7, 3, 8];

/// The certificates that are trusted by themselves: the government's specialised authority and public ones are
/// configuration.
#[derive(Clone, Default)]
pub struct Roots {
    certificates: Vec<CertificateDer<'static>>,
    anchors: Vec<TrustAnchor<'static>>,
}

impl std::fmt::Debug for Roots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Roots({})", self.certificates.len())
    }
}

impl Roots {
    /// Trusts nobody: every signer is then unknown.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.certificates.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.certificates.is_empty()
    }

    /// Trusts what a file holds: one certificate as DER, or any number as PEM.
    ///
    /// # Errors
    /// What the file holds is no certificate.
    pub fn add(&mut self, file: &[u8]) -> Result<(), String> {
        let found = if file.windows(11).any(|w| w == b"-----BEGIN ") {
            Certificate::load_pem_chain(file)
                .map_err(|fault| fault.to_string())?
                .iter()
                .map(Encode::to_der)
                .collect::<Result<Vec<_>, _>>()
                .map_err(|fault| fault.to_string())?
        } else {
            vec![file.to_vec()]
        };
        if found.is_empty() {
            return Err("no certificate".to_owned());
        }
        for der in found {
            let der = CertificateDer::from(der);
            let anchor =
                webpki::anchor_from_trusted_cert(&der).map_err(|fault| fault.to_string())?;
            self.anchors.push(anchor.to_owned());
            self.certificates.push(der);
        }
        Ok(())
    }

    /// Trusts every `.pem`, `.crt`, `.cer` and `.der` of a folder.
    ///
    /// # Errors
    /// The folder or one of those files cannot be read; says which and why.
    pub fn from_folder(folder: &Path) -> Result<Self, String> {
        let told = |path: &Path, why: &dyn std::fmt::Display| format!("{}: {why}", path.display());
        let mut roots = Self::default();
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(|why| told(folder, &why))? {
            let path = entry.map_err(|why| told(folder, &why))?.path();
            let named = path
                .extension()
                .and_then(|e| e.to_str())
                .map(str::to_ascii_lowercase);
            if matches!(named.as_deref(), Some("pem" | "crt" | "cer" | "der")) {
                paths.push(path);
            }
        }
        paths.sort();
        for path in paths {
            let size = std::fs::metadata(&path).map_err(|why| told(&path, &why))?;
            if size.len() > MOST_ROOT {
                return Err(told(&path, &"too large for a certificate"));
            }
            let file = std::fs::read(&path).map_err(|why| told(&path, &why))?;
            roots.add(&file).map_err(|why| told(&path, &why))?;
        }
        Ok(roots)
    }

    pub(crate) fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.certificates
    }

    pub(crate) fn anchors(&self) -> &[TrustAnchor<'static>] {
        &self.anchors
    }
}

/// What the certificate is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Signing,
    TimeStamping,
}

impl ExtendedKeyUsageValidator for Use {
    fn validate(&self, purposes: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        match self {
            // Authorities mark signers' certificates in many ways, or not at all: what they are for is in the usage
            // of the key.
            Self::Signing => {
                for purpose in purposes {
                    purpose?;
                }
                Ok(())
            }
            Self::TimeStamping => {
                // One that is limited to nothing, as issuers often are, is not limited.
                let mut limited = false;
                for purpose in purposes {
                    limited = true;
                    if purpose?.to_decoded_oid() == TIME_STAMPING {
                        return Ok(());
                    }
                }
                if limited {
                    Err(Error::UnsupportedCriticalExtension)
                } else {
                    Ok(())
                }
            }
        }
    }
}

pub fn unix(at: DateTime<Utc>) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(
        u64::try_from(at.timestamp()).unwrap_or(0),
    ))
}

pub fn moment(time: x509_cert::time::Time) -> Option<DateTime<Utc>> {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).ok()?;
    DateTime::from_timestamp(seconds, 0)
}

/// What a certificate says of its holder.
pub fn described(certificate: &Certificate, at: DateTime<Utc>) -> Option<SignerReport> {
    let body = &certificate.tbs_certificate;
    let not_before = moment(body.validity.not_before)?;
    let not_after = moment(body.validity.not_after)?;
    let serial = body.serial_number.as_bytes();
    let serial = serial
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    Some(SignerReport {
        name: common_name(certificate),
        subject: body.subject.to_string().chars().take(1024).collect(),
        issuer: body.issuer.to_string().chars().take(1024).collect(),
        serial,
        not_before,
        not_after,
        valid_at_time: not_before <= at && at <= not_after,
    })
}

fn common_name(certificate: &Certificate) -> Option<String> {
    let names = &certificate.tbs_certificate.subject.0;
    let found = names
        .iter()
        .flat_map(|set| set.0.iter())
        .find(|attribute| attribute.oid == COMMON_NAME)?;
    let bytes = found.value.value();
    // BMPString, which old authorities write; everything else is ASCII or UTF-8.
    let text = if found.value.tag() == der::Tag::BmpString {
        let units = bytes.chunks_exact(2).map(|pair| match pair {
            [high, low] => u16::from_be_bytes([*high, *low]),
            _ => 0,
        });
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect()
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    Some(text.chars().filter(|c| !c.is_control()).take(256).collect())
}

/// Whether the key may sign: an authority that limits it must allow signatures or what cannot be denied.
fn may_sign(certificate: &Certificate) -> bool {
    let extensions = certificate.tbs_certificate.extensions.as_deref();
    extensions
        .unwrap_or_default()
        .iter()
        .find(|extension| extension.extn_id == KEY_USAGE)
        .is_none_or(|extension| {
            KeyUsage::from_der(extension.extn_value.as_bytes())
                .is_ok_and(|usage| usage.digital_signature() || usage.non_repudiation())
        })
}

/// Whether a certificate names itself as its issuer: no other needs to be looked for.
fn is_self_signed(certificate: &Certificate) -> bool {
    certificate.tbs_certificate.subject == certificate.tbs_certificate.issuer
}

/// Walks from a certificate to a configured root.
pub fn walked(
    certificate: &Certificate,
    der: &CertificateDer<'_>,
    others: &[CertificateDer<'_>],
    roots: &Roots,
    at: DateTime<Utc>,
    used: Use,
) -> Chain {
    let body = &certificate.tbs_certificate;
    let (Some(not_before), Some(not_after)) = (
        moment(body.validity.not_before),
        moment(body.validity.not_after),
    ) else {
        return Chain::Unknown;
    };
    let of_time = |chain: Chain| match chain {
        Chain::Trusted if at > not_after => Chain::Expired,
        Chain::Trusted if at < not_before => Chain::NotYetValid,
        other => other,
    };
    // A signer who is configured by himself needs nobody else.
    if roots.certificates().iter().any(|root| root == der) {
        return of_time(if may_sign(certificate) {
            Chain::Trusted
        } else {
            Chain::Unsuitable
        });
    }
    let Ok(entity) = EndEntityCert::try_from(der) else {
        return if is_self_signed(certificate) {
            Chain::SelfSigned
        } else {
            Chain::Unknown
        };
    };
    let others = others.get(..MOST_CERTIFICATES.min(others.len()));
    let others = others.unwrap_or_default();
    let walk = |time: DateTime<Utc>| {
        entity
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                roots.anchors(),
                others,
                unix(time),
                used,
                None,
                None,
            )
            .map(|_| ())
    };
    let found = match walk(at) {
        Ok(()) => Chain::Trusted,
        // Is it the time alone? Then it holds when the certificate had begun, or just before it ran out.
        Err(_) if walk(not_before).is_ok() || walk(not_after).is_ok() => {
            if at < not_before {
                Chain::NotYetValid
            } else {
                Chain::Expired
            }
        }
        Err(Error::UnsupportedCriticalExtension) if used == Use::TimeStamping => Chain::Unsuitable,
        Err(_) if is_self_signed(certificate) => Chain::SelfSigned,
        Err(_) => Chain::Unknown,
    };
    if found == Chain::Trusted && !may_sign(certificate) {
        return Chain::Unsuitable;
    }
    if found == Chain::Trusted && used == Use::TimeStamping && !stamps_times(certificate) {
        return Chain::Unsuitable;
    }
    found
}

/// Whether a certificate says that it stamps times; one that says nothing does not.
fn stamps_times(certificate: &Certificate) -> bool {
    has_purpose(
        certificate,
        ObjectIdentifier::new_unwrap("1.3.6.1.5.5.7.3.8"),
    )
}

/// Whether a certificate says that it is for a purpose.
pub fn has_purpose(certificate: &Certificate, purpose: ObjectIdentifier) -> bool {
    const PURPOSES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");
    let extensions = certificate.tbs_certificate.extensions.as_deref();
    extensions
        .unwrap_or_default()
        .iter()
        .filter(|extension| extension.extn_id == PURPOSES)
        .any(|extension| {
            x509_cert::ext::pkix::ExtendedKeyUsage::from_der(extension.extn_value.as_bytes())
                .is_ok_and(|purposes| purposes.0.contains(&purpose))
        })
}

/// The certificate's key identifier, by which signatures may name it.
pub fn key_identifier(certificate: &Certificate) -> Option<Vec<u8>> {
    const KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
    let extensions = certificate.tbs_certificate.extensions.as_deref();
    let found = extensions
        .unwrap_or_default()
        .iter()
        .find(|extension| extension.extn_id == KEY_IDENTIFIER)?;
    der::asn1::OctetString::from_der(found.extn_value.as_bytes())
        .ok()
        .map(|id| id.as_bytes().to_vec())
}

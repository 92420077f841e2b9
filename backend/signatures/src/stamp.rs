//! Time stamps (RFC 3161): asked for, and checked.

use chrono::{DateTime, NaiveDateTime, Utc};
use der::asn1::{Int, ObjectIdentifier as Oid, OctetString};
use der::{Any, AnyRef, Decode, Encode, Reader, Sequence, SliceReader, Tag, Tagged};
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::chain::{Roots, Use, walked};
use crate::cms::{self, Held, SHA_256, digest_of, digest_over};
use crate::report::{Chain, Integrity, Time};

const TST_INFO: Oid = Oid::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// Asks an authority for a time stamp over a message; waits, and so belongs outside of any transaction.
pub trait TimeStamper: Send + Sync {
    /// The token over the SHA-256 of a message, as DER.
    ///
    /// # Errors
    /// Why there is none.
    fn stamp(&self, digest: &[u8]) -> Result<Vec<u8>, String>;
}

#[derive(Sequence)]
struct Imprint {
    hash_algorithm: AlgorithmIdentifierOwned,
    hashed_message: OctetString,
}

#[derive(Sequence)]
struct Request {
    version: u8,
    message_imprint: Imprint,
    #[asn1(optional = "true")]
    nonce: Option<Int>,
    certificate_wanted: bool,
}

/// What is sent to an authority (`application/timestamp-query`), for the SHA-256 of a message.
#[must_use]
pub fn time_stamp_request(digest: &[u8], nonce: u64) -> Vec<u8> {
    let mut number = vec![0];
    number.extend_from_slice(&nonce.to_be_bytes());
    let first = number
        .iter()
        .enumerate()
        .position(|(i, byte)| *byte != 0 || number.get(i + 1).is_none_or(|next| *next >= 0x80))
        .unwrap_or(0);
    let number = number.get(first..).unwrap_or_default();
    OctetString::new(digest)
        .and_then(|hashed_message| {
            Request {
                version: 1,
                message_imprint: Imprint {
                    hash_algorithm: AlgorithmIdentifierOwned {
                        oid: SHA_256,
                        parameters: None,
                    },
                    hashed_message,
                },
                nonce: Some(Int::new(number)?),
                certificate_wanted: true,
            }
            .to_der()
        })
        .unwrap_or_default()
}

/// The token in what an authority answers (`application/timestamp-reply`).
///
/// # Errors
/// It refused, or answered something else.
pub fn time_stamp_token(reply: &[u8]) -> Result<Vec<u8>, String> {
    let read = || -> der::Result<(u8, Option<Any>)> {
        let mut reader = SliceReader::new(reply)?;
        let whole = AnyRef::decode(&mut reader)?;
        reader.finish(())?;
        whole.sequence(|body| {
            let status: AnyRef<'_> = body.decode()?;
            let status = status.sequence(|status| {
                let granted = u8::decode(status)?;
                while !status.is_finished() {
                    AnyRef::decode(status)?;
                }
                Ok(granted)
            })?;
            let token = if body.is_finished() {
                None
            } else {
                Some(Any::decode(body)?)
            };
            Ok((status, token))
        })
    };
    match read() {
        Ok((0 | 1, Some(token))) => token.to_der().map_err(|fault| fault.to_string()),
        Ok((status, _)) => Err(format!("the authority refused (status {status})")),
        Err(fault) => Err(fault.to_string()),
    }
}

/// What is read of a token.
struct Told {
    algorithm: Oid,
    digest: Vec<u8>,
    at: DateTime<Utc>,
}

fn told(bytes: &[u8]) -> Option<Told> {
    let read = || -> der::Result<(Imprint, Any)> {
        let mut reader = SliceReader::new(bytes)?;
        let whole = AnyRef::decode(&mut reader)?;
        reader.finish(())?;
        whole.sequence(|body| {
            let _version = u8::decode(body)?;
            let _policy = Oid::decode(body)?;
            let imprint = Imprint::decode(body)?;
            let _serial = AnyRef::decode(body)?;
            let at = Any::decode(body)?;
            while !body.is_finished() {
                AnyRef::decode(body)?;
            }
            Ok((imprint, at))
        })
    };
    let (imprint, at) = read().ok()?;
    if at.tag() != Tag::GeneralizedTime {
        return None;
    }
    // Authorities write parts of a second too.
    let text = std::str::from_utf8(at.value()).ok()?.strip_suffix('Z')?;
    let at = NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S%.f").ok()?;
    Some(Told {
        algorithm: imprint.hash_algorithm.oid,
        digest: imprint.hashed_message.as_bytes().to_vec(),
        at: at.and_utc(),
    })
}

/// A time stamp, checked.
pub struct StampChecked {
    pub level: Time,
    pub at: Option<DateTime<Utc>>,
    /// Its authority's certificate has run out since.
    pub authority_expired: bool,
    pub authority: Option<Held>,
    pub chain: Chain,
}

/// Checks a time stamp over a message.
pub fn check(
    token: &[u8],
    message: &[&[u8]],
    others: &[Held],
    roots: &Roots,
    now: DateTime<Utc>,
) -> StampChecked {
    let mut checked = StampChecked {
        level: Time::StampBroken,
        at: None,
        authority_expired: false,
        authority: None,
        chain: Chain::Unknown,
    };
    let Some(signed) = cms::open(token) else {
        return checked;
    };
    let inner = &signed.data.encap_content_info;
    let (Some(content), [info]) = (&inner.econtent, signed.data.signer_infos.0.as_slice()) else {
        return checked;
    };
    let Ok(content) = content.decode_as::<OctetString>() else {
        return checked;
    };
    if inner.econtent_type != TST_INFO || info.signed_attrs.is_none() {
        return checked;
    }
    let signer = cms::check(&signed, info, others, &[content.as_bytes()], &TST_INFO);
    let Some(told) = told(content.as_bytes()) else {
        return checked;
    };
    let same = digest_of(&told.algorithm)
        .is_some_and(|by| digest_over(by, message).as_ref() == told.digest.as_slice());
    let Some(held) = signer.signer.clone() else {
        // Whoever stamped it did not come along.
        if same {
            checked.level = Time::StampUnknown;
        }
        return checked;
    };
    if !same || signer.integrity != Integrity::Intact {
        if same && !signer.algorithm_known {
            checked.level = Time::StampUnknown;
        }
        checked.authority = Some(held);
        return checked;
    }
    let path: Vec<_> = signed
        .certificates
        .iter()
        .chain(others)
        .map(|held| held.der.clone())
        .collect();
    let walk = |at| {
        walked(
            &held.certificate,
            &held.der,
            &path,
            roots,
            at,
            Use::TimeStamping,
        )
    };
    checked.chain = walk(now);
    if checked.chain == Chain::Expired && walk(told.at) == Chain::Trusted {
        checked.chain = Chain::Trusted;
        checked.authority_expired = true;
    }
    checked.level = if checked.chain == Chain::Trusted && told.at <= now {
        Time::Stamped
    } else {
        Time::StampUnknown
    };
    checked.at = Some(told.at);
    checked.authority = Some(held);
    checked
}

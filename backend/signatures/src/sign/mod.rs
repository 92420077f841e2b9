//! Signs the centre's own letters: an update is added behind the document, and nothing of it is touched.

pub mod appearance;
pub mod pkcs12;
mod update;

use chrono::{DateTime, FixedOffset, Utc};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedData, SignerIdentifier, SignerInfo, SignerInfos,
};
use der::asn1::{OctetString, SetOfVec};
use der::{Any, Decode, Encode};
use ring::digest;
use x509_cert::Certificate;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

use self::appearance::{Appearance, Drawn};
use self::update::Update;
use crate::cms::{
    CONTENT_TYPE, CertIdV2, DATA, ECDSA_SHA_256, Held, MESSAGE_DIGEST, RSA_SHA_256, SHA_256,
    SIGNED_DATA, SIGNING_CERTIFICATE_V2, SigningCertificateV2, TIME_STAMP, digest_over,
};
use crate::fields::{signature_fields, to_text};
use crate::reader::{Dict, Pdf, Value};
use crate::report::{Integrity, LaterChanges};
use crate::revocation::Evidence;
use crate::stamp::TimeStamper;
use crate::{Fault, Roots, verify_pdf};

/// By what a signature is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// RSA, PKCS#1 v1.5, SHA-256.
    RsaSha256,
    /// ECDSA on P-256, SHA-256.
    EcdsaP256Sha256,
}

impl Algorithm {
    fn identifier(self) -> AlgorithmIdentifierOwned {
        match self {
            Self::RsaSha256 => AlgorithmIdentifierOwned {
                oid: RSA_SHA_256,
                parameters: Some(Any::null()),
            },
            Self::EcdsaP256Sha256 => AlgorithmIdentifierOwned {
                oid: ECDSA_SHA_256,
                parameters: None,
            },
        }
    }
}

/// Why a key does not sign.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignerFault {
    /// The key cannot be opened: a wrong password, or no key store.
    #[error("the key cannot be opened: {0}")]
    Closed(String),
    /// There is no key with its certificate in the store, or more than one.
    #[error("the store must hold one key with its certificate")]
    NoKey,
    /// Neither RSA from 2048 bits nor P-256.
    #[error("a key of this kind is not used")]
    Kind,
    /// Key and certificate do not belong together.
    #[error("key and certificate do not belong together")]
    Mismatch,
    /// Whoever holds the key did not sign.
    #[error("the key did not sign: {0}")]
    Refused(String),
}

/// Whoever holds a key: a store on disk, a token, a service that signs from afar. May wait, and so belongs outside of
/// any transaction.
pub trait Signer: Send + Sync {
    /// The signer's certificate, then those of its issuers, as DER.
    fn certificates(&self) -> &[Vec<u8>];

    /// By what it signs.
    fn algorithm(&self) -> Algorithm;

    /// Signs a message of some hundred bytes (which is digested by the signer).
    ///
    /// # Errors
    /// Why not.
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignerFault>;
}

/// Who signs a letter: the person first, then the agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The person who may sign it.
    Person,
    /// The agency, whose signature stands for its seal.
    Agency,
}

impl Who {
    const fn field(self) -> &'static str {
        match self {
            Self::Person => "MotcuaPerson",
            Self::Agency => "MotcuaAgency",
        }
    }
}

/// What is to be signed, by whom and how it looks.
pub struct SigningRequest<'a> {
    /// Whose signature it is.
    pub who: Who,
    /// When, by the centre's clock.
    pub at: DateTime<Utc>,
    /// The signer's name, as readers show it.
    pub name: &'a str,
    /// Why, as readers show it.
    pub reason: &'a str,
    /// Where, as readers show it.
    pub location: &'a str,
    /// Its image on the page; none leaves it unseen.
    pub appearance: Option<Appearance<'a>>,
    /// Who stamps the time; none leaves it to the signer's clock.
    pub stamper: Option<&'a dyn TimeStamper>,
}

/// Why a document was not signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningFault {
    /// It cannot be read.
    #[error(transparent)]
    Document(#[from] Fault),
    /// The key did not sign.
    #[error(transparent)]
    Signer(#[from] SignerFault),
    /// The certificate is not good at that time.
    #[error("the certificate is not valid at that time")]
    CertificateNotValid,
    /// The agency signs after the person has.
    #[error("the person signs first, then the agency")]
    PersonFirst,
    /// Nobody signs after the agency.
    #[error("the agency has signed already: nobody signs after it")]
    AgencyHasSigned,
    /// A signature in it does not hold, or something was added after one.
    #[error("a signature in the document does not hold")]
    EarlierSignature,
    /// There is no such page.
    #[error("the document has no such page")]
    NoPage,
    /// The image is none, too large, or without a transparent ground.
    #[error("the image cannot be used: {0}")]
    Image(&'static str),
    /// No time stamp came.
    #[error("the time stamp did not come: {0}")]
    Stamp(String),
    /// The signature could not be put together.
    #[error("the signature could not be put together")]
    Encoding,
}

impl From<der::Error> for SigningFault {
    fn from(_: der::Error) -> Self {
        Self::Encoding
    }
}

/// What room a signature gets, beside its certificates.
const ROOM: usize = 4096;
/// What a time stamp gets.
const STAMP_ROOM: usize = 16 << 10;
/// How many digits a place in the file is given.
const DIGITS: usize = 10;

/// Signs a document.
///
/// # Errors
/// It is not signed, and why.
pub fn sign_pdf(
    bytes: &[u8],
    signer: &dyn Signer,
    request: &SigningRequest<'_>,
) -> Result<Vec<u8>, SigningFault> {
    let pdf = Pdf::open(bytes)?;
    let held = certificate(signer, request.at)?;
    let fields = signature_fields(&pdf)?;
    let signed_by = |who: Who| {
        fields
            .iter()
            .any(|field| field.value.is_some() && field.name.starts_with(who.field()))
    };
    if signed_by(Who::Agency) {
        return Err(SigningFault::AgencyHasSigned);
    }
    if request.who == Who::Agency && !signed_by(Who::Person) {
        return Err(SigningFault::PersonFirst);
    }
    // Whom earlier signers are vouched for by is no matter here, that they hold is.
    let earlier = verify_pdf(bytes, &Roots::none(), request.at)?;
    if earlier.iter().any(|report| {
        report.integrity != Integrity::Intact || report.later_changes == LaterChanges::Appended
    }) {
        return Err(SigningFault::EarlierSignature);
    }
    let taken = |name: &str| fields.iter().any(|field| field.name == name);
    let field = (1_usize..)
        .map(|n| format!("{}{n}", request.who.field()))
        .find(|name| !taken(name))
        .ok_or(SigningFault::Encoding)?;

    let mut update = Update::of(&pdf)?;
    let room = 2
        * (ROOM
            + signer.certificates().iter().map(Vec::len).sum::<usize>()
            + if request.stamper.is_some() {
                STAMP_ROOM
            } else {
                0
            });
    let value = update.new_id()?;
    let widget = update.new_id()?;
    let pages = pdf.pages()?;
    let number = request.appearance.as_ref().map_or(1, |a| a.page);
    let (page, _) = number
        .checked_sub(1)
        .and_then(|index| pages.get(index))
        .ok_or(SigningFault::NoPage)?;

    let mut dict = widget_of(&field, value, *page);
    match &request.appearance {
        None => {
            let nothing = vec![Value::Int(0); 4];
            dict.insert(b"Rect".to_vec(), Value::Array(nothing));
        }
        Some(appearance) => {
            let drawn = Drawn::of(appearance)?;
            dict.insert(b"Rect".to_vec(), appearance.area.rectangle());
            let form = drawn.into_update(&mut update, appearance)?;
            dict.insert(
                b"AP".to_vec(),
                Value::Dict(Dict::from([(b"N".to_vec(), Value::Ref(form, 0))])),
            );
        }
    }
    update.set(widget, Value::Dict(dict));
    update.on_page(*page, widget)?;
    update.in_form(widget)?;
    let (mut file, holes) = update.written(value, &signature_head(request), room)?;

    let (before, after) = (holes.contents.start, holes.contents.end);
    let length = file.len();
    let range = format!(
        "[0 {before:0>DIGITS$} {after:0>DIGITS$} {rest:0>DIGITS$}]",
        rest = length.saturating_sub(after),
    );
    file.get_mut(holes.range.clone())
        .filter(|hole| hole.len() == range.len())
        .ok_or(SigningFault::Encoding)?
        .copy_from_slice(range.as_bytes());
    let made = {
        let pieces = [
            file.get(..before).ok_or(SigningFault::Encoding)?,
            file.get(after..).ok_or(SigningFault::Encoding)?,
        ];
        signed_data(&pieces, signer, &held, request.stamper)?
    };
    let text: String = made.iter().map(|byte| format!("{byte:02x}")).collect();
    file.get_mut(before + 1..after - 1)
        .and_then(|hole| hole.get_mut(..text.len()))
        .ok_or(SigningFault::Encoding)?
        .copy_from_slice(text.as_bytes());
    Ok(file)
}

/// Signs a file beside it (CAdES, detached).
///
/// # Errors
/// It is not signed, and why.
pub fn sign_detached(
    content: &[u8],
    signer: &dyn Signer,
    at: DateTime<Utc>,
    stamper: Option<&dyn TimeStamper>,
) -> Result<Vec<u8>, SigningFault> {
    let held = certificate(signer, at)?;
    signed_data(&[content], signer, &held, stamper)
}

/// Keeps in a document what proves its signatures later: certificates, lists and answers about revocation.
///
/// # Errors
/// The document cannot be read.
pub fn keep_validation_data(bytes: &[u8], evidence: &Evidence) -> Result<Vec<u8>, SigningFault> {
    let pdf = Pdf::open(bytes)?;
    let mut update = Update::of(&pdf)?;
    update.proofs(evidence)?;
    Ok(update.finished()?)
}

/// The signer's certificate, good at that time.
fn certificate(signer: &dyn Signer, at: DateTime<Utc>) -> Result<Held, SigningFault> {
    let held = signer
        .certificates()
        .first()
        .and_then(|der| Held::read(der))
        .ok_or(SignerFault::NoKey)?;
    let told = crate::chain::described(&held.certificate, at);
    if told.is_some_and(|told| told.valid_at_time) {
        Ok(held)
    } else {
        Err(SigningFault::CertificateNotValid)
    }
}

/// A field with its place on the page, in one.
fn widget_of(field: &str, value: u32, page: u32) -> Dict {
    Dict::from([
        (b"Type".to_vec(), Value::Name(b"Annot".to_vec())),
        (b"Subtype".to_vec(), Value::Name(b"Widget".to_vec())),
        (b"FT".to_vec(), Value::Name(b"Sig".to_vec())),
        (b"T".to_vec(), Value::Text(field.as_bytes().to_vec())),
        (b"V".to_vec(), Value::Ref(value, 0)),
        // Printed, and not to be moved.
        (b"F".to_vec(), Value::Int(132)),
        (b"P".to_vec(), Value::Ref(page, 0)),
    ])
}

fn signature_head(request: &SigningRequest<'_>) -> Dict {
    let local = FixedOffset::east_opt(7 * 3600).map_or_else(String::new, |zone| {
        request
            .at
            .with_timezone(&zone)
            .format("D:%Y%m%d%H%M%S+07'00'")
            .to_string()
    });
    let mut dict = Dict::from([
        (b"Type".to_vec(), Value::Name(b"Sig".to_vec())),
        (b"Filter".to_vec(), Value::Name(b"Adobe.PPKLite".to_vec())),
        (
            b"SubFilter".to_vec(),
            Value::Name(b"ETSI.CAdES.detached".to_vec()),
        ),
        (b"M".to_vec(), Value::Text(local.into_bytes())),
    ]);
    for (key, text) in [
        (b"Name".as_slice(), request.name),
        (b"Reason".as_slice(), request.reason),
        (b"Location".as_slice(), request.location),
    ] {
        if !text.is_empty() {
            dict.insert(key.to_vec(), Value::Text(to_text(text)));
        }
    }
    dict
}

fn attribute(oid: der::asn1::ObjectIdentifier, value: &impl Encode) -> der::Result<Attribute> {
    let value = Any::from_der(&value.to_der()?)?;
    Ok(Attribute {
        oid,
        values: SetOfVec::try_from(vec![value])?,
    })
}

/// Signed data over a content that lies elsewhere. The time is in the document, not here, as PAdES wants; beside a
/// file it is in the time stamp.
fn signed_data(
    content: &[&[u8]],
    signer: &dyn Signer,
    held: &Held,
    stamper: Option<&dyn TimeStamper>,
) -> Result<Vec<u8>, SigningFault> {
    let digest_alg = AlgorithmIdentifierOwned {
        oid: SHA_256,
        parameters: None,
    };
    let named = SigningCertificateV2 {
        certs: vec![CertIdV2 {
            hash_algorithm: None,
            cert_hash: OctetString::new(digest::digest(&digest::SHA256, &held.der).as_ref())?,
            issuer_serial: None,
        }],
        policies: None,
    };
    let over = digest_over(&digest::SHA256, content);
    let attributes = SetOfVec::try_from(vec![
        attribute(CONTENT_TYPE, &DATA)?,
        attribute(MESSAGE_DIGEST, &OctetString::new(over.as_ref())?)?,
        attribute(SIGNING_CERTIFICATE_V2, &named)?,
    ])?;
    let value = signer.sign(&attributes.to_der()?)?;
    let unsigned_attrs = match stamper {
        None => None,
        Some(stamper) => {
            let digest = digest::digest(&digest::SHA256, &value);
            let token = stamper
                .stamp(digest.as_ref())
                .map_err(SigningFault::Stamp)?;
            let token =
                Any::from_der(&token).map_err(|_| SigningFault::Stamp("it is none".to_owned()))?;
            Some(SetOfVec::try_from(vec![attribute(TIME_STAMP, &token)?])?)
        }
    };
    let certificates = signer
        .certificates()
        .iter()
        .map(|der| Certificate::from_der(der).map(CertificateChoices::Certificate))
        .collect::<der::Result<Vec<_>>>()?;
    let body = &held.certificate.tbs_certificate;
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: body.issuer.clone(),
            serial_number: body.serial_number.clone(),
        }),
        digest_alg: digest_alg.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: signer.algorithm().identifier(),
        signature: OctetString::new(value)?,
        unsigned_attrs,
    };
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![digest_alg])?,
        encap_content_info: EncapsulatedContentInfo {
            econtent_type: DATA,
            econtent: None,
        },
        certificates: Some(CertificateSet(SetOfVec::try_from(certificates)?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
    };
    Ok(ContentInfo {
        content_type: SIGNED_DATA,
        content: Any::from_der(&data.to_der()?)?,
    }
    .to_der()?)
}

//! What is told of one signature, in words that stay as they are.

use chrono::{DateTime, Utc};
use serde::Serialize;

/// An enum whose words are fixed: as they stand in answers, and as an officer reads them.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal, $vi:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every one of them, in the order in which they are told.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The stable word.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// As an officer reads it.
            #[must_use]
            pub const fn vi(self) -> &'static str {
                match self { $(Self::$variant => $vi,)+ }
            }
        }
    };
}

words! {
    /// What kind of signature it is.
    Kind {
        /// Somebody's signature.
        Signature = "signature", "Chữ ký số";
        /// A time stamp over the whole document, which names no signer.
        DocumentTimeStamp = "document_time_stamp", "Dấu thời gian của tài liệu";
    }
}

words! {
    /// Whether what was signed is still what is there.
    Integrity {
        /// What is covered is unchanged.
        Intact = "intact", "Toàn vẹn";
        /// What is covered, or the signature itself, was changed.
        Changed = "changed", "Nội dung đã bị thay đổi sau khi ký";
        /// A part of the signed version is left out of the signature.
        NotCovered = "not_covered", "Chữ ký không phủ hết nội dung";
        /// The signature is of a form or an algorithm that is not read here.
        Unreadable = "unreadable", "Không đọc được chữ ký";
    }
}

words! {
    /// Whom the signer's certificate is vouched for by.
    Chain {
        /// A configured root, at the time that counts.
        Trusted = "trusted", "Chứng thư do tổ chức tin cậy cấp";
        /// Nobody who is configured.
        Unknown = "unknown", "Không rõ tổ chức cấp chứng thư";
        /// Itself only.
        SelfSigned = "self_signed", "Chứng thư tự ký, không có tổ chức nào bảo đảm";
        /// A configured root, but it had run out by the time that counts.
        Expired = "expired", "Chứng thư đã hết hạn tại thời điểm kiểm tra";
        /// A configured root, but it had not begun by the time that counts.
        NotYetValid = "not_yet_valid", "Chứng thư chưa có hiệu lực tại thời điểm kiểm tra";
        /// A configured root, but the certificate is not for signing.
        Unsuitable = "unsuitable", "Chứng thư không dùng để ký";
    }
}

words! {
    /// How the time of signing is known.
    Time {
        /// An authority that is vouched for says so.
        Stamped = "stamped", "Có dấu thời gian";
        /// An authority says so, but nobody configured vouches for it.
        StampUnknown = "stamp_unknown", "Có dấu thời gian nhưng không rõ tổ chức cấp";
        /// There is a time stamp, and it does not belong to this signature or was changed.
        StampBroken = "stamp_broken", "Dấu thời gian không hợp lệ";
        /// The signer says so.
        Claimed = "claimed", "Thời điểm ký do người ký tự khai";
        /// Nobody says so.
        None = "none", "Không có thời điểm ký";
    }
}

words! {
    /// Whether the certificate was taken back.
    Revocation {
        /// Its issuer says that it was not, at the time that counts.
        Good = "good", "Chứng thư không bị thu hồi";
        /// Its issuer says that it was.
        Revoked = "revoked", "Chứng thư đã bị thu hồi";
        /// Nothing that holds at that time was at hand.
        NotChecked = "not_checked", "Chưa kiểm tra được việc thu hồi chứng thư";
    }
}

words! {
    /// What was added to the file after this signature.
    LaterChanges {
        /// Nothing: the signature covers the whole file.
        None = "none", "Chữ ký phủ hết tệp";
        /// Further signatures and what proves them, nothing else.
        Signatures = "signatures", "Sau chữ ký này chỉ có thêm chữ ký khác và dữ liệu xác thực";
        /// Something else.
        Appended = "appended", "Tệp bị ghi thêm sau khi ký";
    }
}

words! {
    /// What was not checked, and why one should know.
    NotChecked {
        /// Whether the certificate was taken back: no answer was in the file or at hand.
        Revocation = "revocation", "Chưa kiểm tra việc thu hồi chứng thư";
        /// Whether the certificates between the signer and the root were taken back.
        IssuersRevocation = "issuers_revocation", "Chưa kiểm tra việc thu hồi chứng thư của tổ chức cấp";
        /// The time of signing: it is what the signer's own clock said.
        SigningTime = "signing_time", "Thời điểm ký chưa được bên thứ ba xác nhận";
        /// The signature does not say which certificate it was made with.
        CertificateBinding = "certificate_binding", "Chữ ký không ghi rõ chứng thư đã dùng";
        /// The certificate of the time stamp's authority has run out since.
        StampAuthorityExpired = "stamp_authority_expired", "Chứng thư của tổ chức cấp dấu thời gian đã hết hạn";
        /// The signature is made by an algorithm that is not read here.
        Algorithm = "algorithm", "Thuật toán ký không được hỗ trợ";
    }
}

/// Who signed, as the certificate says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignerReport {
    /// The name by itself, if the certificate has one.
    pub name: Option<String>,
    /// The whole name (RFC 4514).
    pub subject: String,
    /// The issuer's whole name.
    pub issuer: String,
    /// The certificate's number, in hexadecimal.
    pub serial: String,
    /// From when the certificate is good.
    pub not_before: DateTime<Utc>,
    /// Until when it is.
    pub not_after: DateTime<Utc>,
    /// Whether the time that counts lies between those.
    pub valid_at_time: bool,
}

/// When it was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TimeReport {
    /// How that is known.
    pub level: Time,
    /// When that was.
    pub at: Option<DateTime<Utc>>,
}

/// What is told of one signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureReport {
    /// The field it stands in; a signature beside a file has none.
    pub field: Option<String>,
    /// What kind of signature it is.
    pub kind: Kind,
    /// Whether what was signed is unchanged.
    pub integrity: Integrity,
    /// Who signed; unknown if that cannot be read.
    pub signer: Option<SignerReport>,
    /// Whom that name is vouched for by.
    pub chain: Chain,
    /// When it was signed.
    pub time: TimeReport,
    /// The time that all the above is held against: the stamped one, else the time of checking.
    pub checked_at: DateTime<Utc>,
    /// Whether the certificate was taken back.
    pub revocation: Revocation,
    /// What came after.
    pub later_changes: LaterChanges,
    /// Whether the signature covers the file to its last byte.
    pub whole_file: bool,
    /// What was not checked.
    pub not_checked: Vec<NotChecked>,
}

impl SignatureReport {
    /// Whether nothing is known against this signature: intact, vouched for, not taken back, followed by nothing but
    /// signatures. What was not checked is told apart.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.integrity == Integrity::Intact
            && self.chain == Chain::Trusted
            && self.revocation != Revocation::Revoked
            && self.time.level != Time::StampBroken
            && self.later_changes != LaterChanges::Appended
    }
}

/// Whether a file as a whole is accepted: it has signatures, each is, and the last covers all that is shown. Data that
/// prove a signature may follow the last one.
#[must_use]
pub fn accepted(reports: &[SignatureReport]) -> bool {
    !reports.is_empty() && reports.iter().all(SignatureReport::accepted)
}

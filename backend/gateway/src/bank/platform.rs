//! What the national payment platform tells of a payment that was made online, as far as its messages are
//! public: the names of their members, and a check value that is the SHA-256 of their values with `|`
//! between them and the partner's secret at the end, in hex.

use chrono::{DateTime, Utc};
use motcua_domain::fee::notice::{Online, Telling};
use motcua_domain::fee::request::references_in;
use motcua_domain::refusal::{FieldError, Refusal};
use motcua_domain::vietqr::LARGEST_AMOUNT_VND;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::{BankAdapter, Headers};
use crate::SettingError;

/// The code of a payment that was made.
const MADE: &str = "00";
/// A secret shorter than this can be guessed.
const SHORTEST_SECRET: usize = 16;
/// Longest value that is read.
const LONGEST_VALUE: usize = 500;

/// The adapter of one partner of the platform.
#[derive(Clone)]
pub struct Platform {
    partner: String,
    secret: String,
}

impl Platform {
    /// An adapter that takes what is for this partner and checked with its secret.
    ///
    /// # Errors
    /// When one of them is missing, the secret is shorter than 16 characters, or the partner's code has
    /// other marks than letters, digits, `.`, `-` and `_`.
    pub fn new(partner: &str, secret: &str) -> Result<Self, SettingError> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if partner.is_empty() || !partner.chars().all(plain) {
            return Err(SettingError(
                "a partner's code has letters, digits, ., - and _",
            ));
        }
        if secret.len() < SHORTEST_SECRET {
            return Err(SettingError(
                "the platform's secret has at least 16 characters",
            ));
        }
        Ok(Self {
            partner: partner.to_owned(),
            secret: secret.to_owned(),
        })
    }
}

/// A result message, by the names of its members. Members that are not named here are not read.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[allow(missing_docs, reason = "the platform's own names")]
pub struct PlatformMessage {
    pub loai_ban_tin: String,
    pub ma_loi: String,
    pub ma_doi_tac: String,
    pub ma_tham_chieu: String,
    /// A whole number of đồng, as a number or in digits.
    pub so_tien: Value,
    pub ma_tien_te: String,
    pub ma_giao_dich: String,
    pub ma_ngan_hang: String,
    #[serde(rename = "ThoiGianGD")]
    pub thoi_gian_gd: String,
    pub thong_tin_giao_dich: String,
    pub ma_xac_thuc: String,
}

impl PlatformMessage {
    /// Reads a message without believing it.
    ///
    /// # Errors
    /// `bank_message_unreadable`.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        serde_json::from_slice(body).map_err(|_| unreadable())
    }

    fn amount(&self) -> String {
        match &self.so_tien {
            Value::String(digits) => digits.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        }
    }

    /// The values that the check value is of, in the platform's order; none where a mark stands between
    /// them that could move what is one's to another.
    fn checked(&self) -> Option<[String; 10]> {
        let values = [
            self.loai_ban_tin.clone(),
            self.ma_loi.clone(),
            self.ma_doi_tac.clone(),
            self.ma_tham_chieu.clone(),
            self.amount(),
            self.ma_tien_te.clone(),
            self.ma_giao_dich.clone(),
            self.ma_ngan_hang.clone(),
            self.thoi_gian_gd.clone(),
            self.thong_tin_giao_dich.clone(),
        ];
        let [before @ .., text] = &values;
        let clear = before.iter().all(|v| !v.contains('|'));
        let short = before
            .iter()
            .chain([text])
            .all(|v| v.len() <= LONGEST_VALUE);
        (clear && short).then_some(values)
    }

    /// The check value that this message has to bear.
    #[must_use]
    pub fn check_value(&self, secret: &str) -> Option<String> {
        let values = self.checked()?;
        let hash = Sha256::digest(format!("{}|{secret}", values.join("|")));
        Some(hash.iter().map(|b| format!("{b:02x}")).collect())
    }
}

fn unreadable() -> Refusal {
    Refusal::new(
        "bank_message_unreadable",
        "Không đọc được nội dung thông báo của Nền tảng thanh toán.",
        "What the payment platform says cannot be read.",
    )
}

impl BankAdapter for Platform {
    fn name(&self) -> &'static str {
        "platform"
    }

    fn check(
        &self,
        _headers: &Headers<'_>,
        body: &[u8],
        _now: DateTime<Utc>,
    ) -> Result<String, Refusal> {
        let message = PlatformMessage::read(body)?;
        if message.ma_xac_thuc.is_empty() {
            return Err(Refusal::new(
                "bank_signature_missing",
                "Thông báo thiếu mã xác thực.",
                "The message lacks its check value.",
            ));
        }
        let wanted = message.check_value(&self.secret).ok_or_else(unreadable)?;
        // Hashed once more, so that how long the comparison takes says nothing of the value wanted.
        let again = |text: &str| Sha256::digest(text.to_ascii_lowercase());
        if again(&wanted) != again(&message.ma_xac_thuc) || message.ma_doi_tac != self.partner {
            return Err(Refusal::new(
                "bank_signature_wrong",
                "Mã xác thực của thông báo không đúng.",
                "The message's check value is not right.",
            ));
        }
        // The platform numbers no messages: the same outcome of the same transaction is the same message.
        // There is no time stamp to hold against the clock; what is told again changes nothing.
        let id = format!(
            "{}-{}-{}",
            message.ma_tham_chieu, message.ma_giao_dich, message.ma_loi
        );
        let plain = id.bytes().all(|c| c.is_ascii_graphic());
        if id.len() > 128 || !plain {
            return Err(unreadable());
        }
        Ok(id)
    }

    fn read(&self, body: &str) -> Result<Telling, Refusal> {
        let message = PlatformMessage::read(body.as_bytes())?;
        let paid = message.ma_loi == MADE;
        let mut faults = Vec::new();
        let amount = message.amount().parse::<i64>().ok();
        let amount = amount.filter(|a| (1..=LARGEST_AMOUNT_VND).contains(a));
        if paid && amount.is_none() {
            faults.push(FieldError::new(
                "/SoTien",
                "amount_out_of_range",
                "Số tiền là số nguyên đồng, từ 1 đến 9.999.999.999.999.",
                "The amount is a whole number of đồng, 1 to 9,999,999,999,999.",
            ));
        }
        if paid && message.ma_tien_te != "VND" {
            faults.push(FieldError::new(
                "/MaTienTe",
                "currency_not_vnd",
                "Chỉ nhận tiền Việt Nam (VND).",
                "Only Vietnamese đồng (VND) are taken.",
            ));
        }
        if message.ma_tham_chieu.is_empty() {
            faults.push(FieldError::new(
                "/MaThamChieu",
                "reference_unreadable",
                "Thông báo thiếu mã tham chiếu.",
                "The message lacks its reference.",
            ));
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        let known = references_in(&message.ma_tham_chieu).into_iter().next();
        Ok(Telling::Online(Online {
            reference: known.unwrap_or(message.ma_tham_chieu),
            amount_vnd: amount.unwrap_or(0),
            paid,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "bi-mat-cua-doi-tac";

    fn platform() -> Platform {
        Platform::new("MOTCUA-BD", SECRET).unwrap()
    }

    fn message(change: impl FnOnce(&mut PlatformMessage)) -> PlatformMessage {
        let mut m = PlatformMessage {
            loai_ban_tin: "PAYMENT_RESULT".into(),
            ma_loi: "00".into(),
            ma_doi_tac: "MOTCUA-BD".into(),
            ma_tham_chieu: "MC2611290000742".into(),
            so_tien: Value::from(8_000),
            ma_tien_te: "VND".into(),
            ma_giao_dich: "PG0001".into(),
            ma_ngan_hang: "VCB".into(),
            thoi_gian_gd: "20261129093000".into(),
            thong_tin_giao_dich: "THANH TOAN HO SO | 2 khoan".into(),
            ma_xac_thuc: String::new(),
        };
        change(&mut m);
        m
    }

    fn signed(m: &PlatformMessage) -> Vec<u8> {
        let value = m.check_value(SECRET).unwrap();
        serde_json::to_vec(&PlatformMessage {
            ma_xac_thuc: value,
            ..m.clone()
        })
        .unwrap()
    }

    fn checked(body: &[u8]) -> Result<String, &'static str> {
        platform()
            .check(&|_: &str| None, body, DateTime::UNIX_EPOCH)
            .map_err(|r| r.code)
    }

    #[test]
    fn the_check_value_is_of_the_values_in_their_order_and_the_secret() {
        // Worked out by another program: printf '%s' 'PAYMENT_RESULT|00|…|bi-mat-cua-doi-tac' | sha256sum
        let value = message(|_| {}).check_value(SECRET).unwrap();
        assert_eq!(
            value,
            "b58845671ad680b85c36e5859552834ef5866b5019829bc3a0fbaf45847ddc69"
        );
    }

    #[test]
    fn only_what_bears_its_check_value_and_is_for_this_partner_is_taken() {
        assert_eq!(
            checked(&signed(&message(|_| {}))).as_deref(),
            Ok("MC2611290000742-PG0001-00")
        );
        let text = String::from_utf8(signed(&message(|_| {}))).unwrap();
        for (from, to) in [("8000", "9000"), ("PG0001", "PG0002"), ("\"00\"", "\"01\"")] {
            let changed = text.replace(from, to);
            assert_eq!(
                checked(changed.as_bytes()),
                Err("bank_signature_wrong"),
                "{from}"
            );
        }
        let others = signed(&message(|m| m.ma_doi_tac = "KHAC".into()));
        assert_eq!(checked(&others), Err("bank_signature_wrong"));
        let none = serde_json::to_vec(&message(|_| {})).unwrap();
        assert_eq!(checked(&none), Err("bank_signature_missing"));
        assert_eq!(checked(b"[]x"), Err("bank_message_unreadable"));
    }

    #[test]
    fn nothing_is_moved_from_one_member_to_another_under_the_same_check_value() {
        let body = signed(&message(|_| {}));
        let text = String::from_utf8(body).unwrap();
        let moved = text
            .replace("\"MaLoi\":\"00\"", "\"MaLoi\":\"00|MOTCUA-BD\"")
            .replace("\"MaDoiTac\":\"MOTCUA-BD\"", "\"MaDoiTac\":\"\"");
        assert_eq!(checked(moved.as_bytes()), Err("bank_message_unreadable"));
    }

    #[test]
    fn what_was_paid_is_a_whole_number_of_dong_and_what_failed_needs_none() {
        let read = |m: &PlatformMessage| platform().read(std::str::from_utf8(&signed(m)).unwrap());
        let told = |amount_vnd, paid| {
            Telling::Online(Online {
                reference: "MC2611290000742".into(),
                amount_vnd,
                paid,
            })
        };
        assert_eq!(read(&message(|_| {})).unwrap(), told(8_000, true));
        let digits = message(|m| m.so_tien = Value::from("8000"));
        assert_eq!(read(&digits).unwrap(), told(8_000, true));
        let failed = message(|m| {
            m.ma_loi = "24".into();
            m.so_tien = Value::Null;
        });
        assert_eq!(read(&failed).unwrap(), told(0, false));
        for wrong in [
            Value::from(-1),
            Value::from(0),
            Value::from(8_000.5),
            Value::from("8.000"),
            Value::from(1_000_000_000_000_000_000_i64),
            Value::Null,
        ] {
            let faults = read(&message(|m| m.so_tien = wrong.clone())).unwrap_err();
            assert_eq!(faults.errors[0].pointer, "/SoTien", "{wrong}");
        }
        let dollars = message(|m| m.ma_tien_te = "USD".into());
        assert_eq!(read(&dollars).unwrap_err().errors[0].pointer, "/MaTienTe");
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_none() {
        assert!(Platform::new("A", "ngan").is_err());
        assert!(Platform::new("", SECRET).is_err());
        assert!(Platform::new("có dấu", SECRET).is_err());
    }
}

//! Money in words and figures, as receipts want it (Decree 254/2026; DOMAIN §7.5).

#[cfg(test)]
mod tests;

use crate::refusal::Refusal;

/// Largest amount that is put in words: one million billion đồng.
pub const LARGEST_AMOUNT_VND: i64 = 1_000_000_000_000_000;

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// An amount in Vietnamese words with its unit: `một triệu không trăm linh năm nghìn đồng`.
///
/// # Errors
/// `amount_out_of_range` below 0 or above 10^15.
pub fn in_words(amount_vnd: i64) -> Result<String, Refusal> {
    let amount = u64::try_from(amount_vnd)
        .ok()
        .filter(|_| amount_vnd <= LARGEST_AMOUNT_VND)
        .ok_or_else(|| {
            let most = grouped(LARGEST_AMOUNT_VND);
            let (vi, en) = (
                format!("Số tiền phải từ 0 đến {most} đồng."),
                format!("The amount must be 0 to {most} đồng."),
            );
            Refusal::new("amount_out_of_range", vi.clone(), en.clone()).field(
                "/amount_vnd",
                "amount_out_of_range",
                vi,
                en,
            )
        })?;
    if amount == 0 {
        return Ok("không đồng".to_owned());
    }
    let mut words = Vec::new();
    let billions = amount / 1_000_000_000;
    if billions > 0 {
        below_billion(billions, false, &mut words);
        words.push("tỷ");
    }
    below_billion(amount % 1_000_000_000, billions > 0, &mut words);
    words.push("đồng");
    Ok(words.join(" "))
}

/// Groups of three below a billion; zero groups are silent. `inside`: something was said before, so
/// that a group reads its empty hundreds and tens.
fn below_billion(n: u64, inside: bool, words: &mut Vec<&'static str>) {
    let mut said = inside;
    for (group, unit) in [
        (n / 1_000_000, Some("triệu")),
        (n / 1_000 % 1_000, Some("nghìn")),
        (n % 1_000, None),
    ] {
        if group == 0 {
            continue;
        }
        below_thousand(group, said, words);
        words.extend(unit);
        said = true;
    }
}

fn digit(n: u64) -> &'static str {
    usize::try_from(n)
        .ok()
        .and_then(|i| DIGITS.get(i))
        .copied()
        .unwrap_or_default()
}

fn below_thousand(n: u64, inside: bool, words: &mut Vec<&'static str>) {
    let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
    if hundreds > 0 || inside {
        words.push(digit(hundreds));
        words.push("trăm");
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || inside) => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => {
            words.push(digit(tens));
            words.push("mươi");
        }
    }
    match (tens, ones) {
        (_, 0) => {}
        (2.., 1) => words.push("mốt"),
        (2.., 4) => words.push("tư"),
        (1.., 5) => words.push("lăm"),
        _ => words.push(digit(ones)),
    }
}

/// An amount in figures with dots between groups of three: `1.005.000`.
#[must_use]
pub fn grouped(amount_vnd: i64) -> String {
    let digits = amount_vnd.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + 8);
    if amount_vnd < 0 {
        out.push('-');
    }
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    out
}

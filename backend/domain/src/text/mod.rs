//! Vietnamese text: one spelling, search without marks, order by given name, masks.

#[cfg(test)]
mod tests;

mod sheet;

pub use sheet::{csv_reader, plain_cell};

use crate::refusal::FieldError;
use crate::refusal::Text;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The same text in the composed form (NFC) that everything is stored in.
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// How a text is searched: lower case, no marks, đ→d, single spaces. `Nguyễn Đức` and `nguyen duc`
/// fold to the same, and so do both placements of a tone mark (`hòa`, `hoà`). Idempotent.
#[must_use]
pub fn fold_vi(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc().collect::<String>().to_lowercase().nfd() {
        match c {
            'đ' => out.push('d'),
            c if is_combining_mark(c) => {}
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    nfc(&out)
}

/// The marks that stand inside a word of a name: `K'Sor`, `H’Hen`, `Nay-Der`.
const INSIDE: [char; 6] = ['\'', '\u{2019}', '\u{2bc}', '`', '\u{b4}', '-'];

/// The folded words of a text as somebody types them: a mark inside a word does not part it.
#[must_use]
pub fn typed_words(text: &str) -> Vec<String> {
    words_of(&fold_vi(text), &INSIDE)
}

/// The folded words under which a name is found, each once, at most 16: `K'Sor Y Thúc` by `ksor`,
/// `k`, `sor`, `y` and `thuc`, for people type it joined and parted.
#[must_use]
pub fn name_words(name: &str) -> Vec<String> {
    let folded = fold_vi(name);
    let mut words: Vec<String> = Vec::new();
    for word in words_of(&folded, &INSIDE)
        .into_iter()
        .chain(words_of(&folded, &[]))
    {
        if words.len() < 16 && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn words_of(folded: &str, inside: &[char]) -> Vec<String> {
    folded
        .split(|c: char| !c.is_alphanumeric() && !inside.contains(&c))
        .map(|word| {
            word.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The same text in printable ASCII, case kept: marks dropped, đ→d, Đ→D, what has no ASCII form
/// left out, spaces single. For bank messages and file names.
#[must_use]
pub fn to_ascii(text: &str) -> String {
    let plain = text.nfd().filter_map(|c| match c {
        'đ' => Some('d'),
        'Đ' => Some('D'),
        c if c.is_whitespace() => Some(' '),
        c if c.is_ascii_graphic() => Some(c),
        _ => None,
    });
    let plain: String = plain.collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ")
}

/// A plain string that sorts bytewise as Vietnamese names are listed: by given name (the last
/// word), then the words before it from the left; letters in the order a ă â b c d đ e ê … o ô ơ …
/// u ư …, equal syllables by tone: level, huyền, hỏi, ngã, sắc, nặng. Case does not matter.
#[must_use]
pub fn sort_key_vi(full_name: &str) -> String {
    let lower = nfc(full_name).to_lowercase();
    let mut words: Vec<&str> = lower.split_whitespace().collect();
    if let Some(given) = words.pop() {
        words.insert(0, given);
    }
    let keys: Vec<String> = words.into_iter().map(syllable_key).collect();
    keys.join(" ")
}

/// Letters first, then a dot and the tone: the dot sorts below every letter.
fn syllable_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len() + 4);
    let mut tone = '0';
    for c in word.nfd() {
        // A mark that makes another letter follows its base letter, which was pushed with rank 0.
        let rank = match (c, key.strip_suffix('0').and_then(|k| k.chars().last())) {
            ('\u{306}', Some('a')) | ('\u{302}', Some('e' | 'o')) | ('\u{31b}', Some('u')) => '1',
            ('\u{302}', Some('a')) | ('\u{31b}', Some('o')) => '2',
            _ => '0',
        };
        if rank != '0' {
            key.pop();
            key.push(rank);
            continue;
        }
        match c {
            '\u{300}' => tone = '1',
            '\u{309}' => tone = '2',
            '\u{303}' => tone = '3',
            '\u{301}' => tone = '4',
            '\u{323}' => tone = '5',
            'a' | 'd' | 'e' | 'o' | 'u' => {
                key.push(c);
                key.push('0');
            }
            'đ' => key.push_str("d1"),
            c => key.push(c),
        }
    }
    key.push('.');
    key.push(tone);
    key
}

/// An identity number, or any number of a paper, with only its first three and last two characters:
/// `001*******45`. Up to six characters nothing is shown.
#[must_use]
pub fn mask_number(number: &str) -> String {
    let n = number.chars().count();
    let shown = |i: usize| n > 6 && (i < 3 || i >= n - 2);
    number
        .chars()
        .enumerate()
        .map(|(i, c)| if shown(i) { c } else { '*' })
        .collect()
}

/// A phone number with only its last two digits.
#[must_use]
pub fn mask_phone(phone: &str) -> String {
    let n = phone.chars().count();
    let shown = |i: usize| n > 4 && i >= n - 2;
    phone
        .chars()
        .enumerate()
        .map(|(i, c)| if shown(i) { c } else { '*' })
        .collect()
}

/// A name of which only the initials and a middle word of up to three letters can be read, for
/// public look-up: `Nguyễn Văn An` → `N***** Văn A*`. The given name is never shown whole.
#[must_use]
pub fn mask_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let last = words.len().saturating_sub(1);
    let mask = |(i, word): (usize, &&str)| {
        let length = word.chars().count();
        if i > 0 && i < last && length <= 3 {
            return (*word).to_owned();
        }
        word.chars()
            .take(1)
            .chain(std::iter::repeat_n('*', length.saturating_sub(1).max(1)))
            .collect()
    };
    let masked: Vec<String> = words.iter().enumerate().map(mask).collect();
    masked.join(" ")
}

/// An address with only its first letter and its domain: `a***@example.vn`.
#[must_use]
pub fn mask_email(email: &str) -> String {
    match email.split_once('@') {
        Some((user, domain)) => {
            let first: String = user.chars().take(1).collect();
            format!("{first}***@{domain}")
        }
        None => "***".to_owned(),
    }
}

/// What is wrong with a line of text: a code and its words, to be put under the field's pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// `required`, `control_character`, `too_long`.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub detail: Text,
}

impl TextFault {
    /// The fault with its place in the request.
    #[must_use]
    pub fn at(self, pointer: impl Into<String>) -> FieldError {
        FieldError {
            pointer: pointer.into(),
            code: self.code,
            detail: self.detail,
        }
    }
}

/// One line as it is stored: NFC, outer spaces cut, inner runs of spaces single. May be empty.
///
/// # Errors
/// `control_character` for NUL, line breaks and other control characters, and for the invisible
/// marks that turn the direction of writing; `too_long` over `max_chars` characters.
pub fn clean_line(text: &str, max_chars: usize) -> Result<String, TextFault> {
    if text
        .chars()
        .any(|c| is_forbidden(c) || matches!(c, '\n' | '\r' | '\t'))
    {
        return Err(control_fault());
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    check_length(nfc(&words.join(" ")), max_chars)
}

/// Several lines as they are stored: NFC, ends cut, line breaks `\n`. May be empty.
///
/// # Errors
/// As [`clean_line`], but line breaks and tabs are allowed.
pub fn clean_text(text: &str, max_chars: usize) -> Result<String, TextFault> {
    let text = text.replace("\r\n", "\n");
    if text.chars().any(is_forbidden) {
        return Err(control_fault());
    }
    check_length(nfc(text.trim()), max_chars)
}

/// As [`clean_line`], and refused when empty.
///
/// # Errors
/// `required`, and those of [`clean_line`].
pub fn required_line(text: &str, max_chars: usize) -> Result<String, TextFault> {
    let line = clean_line(text, max_chars)?;
    if line.is_empty() {
        return Err(TextFault {
            code: "required",
            detail: Text::new("Không được để trống.", "Must not be empty."),
        });
    }
    Ok(line)
}

fn check_length(text: String, max_chars: usize) -> Result<String, TextFault> {
    let n = text.chars().count();
    if n > max_chars {
        return Err(TextFault {
            code: "too_long",
            detail: Text::new(
                format!("Dài {n} ký tự, tối đa {max_chars} ký tự."),
                format!("{n} characters long, at most {max_chars}."),
            ),
        });
    }
    Ok(text)
}

fn control_fault() -> TextFault {
    TextFault {
        code: "control_character",
        detail: Text::new(
            "Có ký tự điều khiển hoặc ký tự ẩn không hợp lệ.",
            "Contains a control or invisible character.",
        ),
    }
}

/// Control characters other than line break and tab, direction marks, and what is no character.
fn is_forbidden(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

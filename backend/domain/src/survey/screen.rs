//! Free texts are cleared of what may tell who wrote them, or of whom, before anybody reads them.

/// What stands where something was taken out.
pub const TAKEN_OUT: &str = "▮▮▮";

/// Common family names of Vietnam, folded; a capitalised word after one of them is taken for a name.
const FAMILY_NAMES: [&str; 78] = [
    "nguyen", "tran", "le", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "do",
    "ho", "ngo", "duong", "ly", "an", "bach", "bang", "cao", "chau", "chu", "cu", "dam", "dao",
    "dau", "dinh", "doan", "dong", "ha", "han", "hua", "khuat", "kieu", "kim", "la", "lac", "lai",
    "lam", "lieu", "luc", "luong", "luu", "mac", "mach", "mai", "nghiem", "ninh", "nong", "on",
    "ong", "phi", "phung", "quach", "quan", "si", "ta", "tang", "thach", "thai", "than", "thieu",
    "tieu", "to", "ton", "tong", "trieu", "trinh", "truong", "tu", "tuong", "uong", "vi", "vuong",
    "y", "giang", "hong", "cam",
];

/// Words after which a name follows, folded.
const ADDRESSING: [&str; 15] = [
    "ong", "ba", "anh", "chi", "co", "chu", "bac", "em", "chau", "cau", "mo", "di", "thim", "ten",
    "mr",
];

/// Digits in one stretch, spaces and points between them left aside, from which they may be somebody's.
const DIGITS: usize = 4;

/// A text without numbers, addresses and what looks like names; each is replaced by a mark, so that
/// whoever reads it sees that something stood there. What a machine cannot see (a name in small
/// letters, a tale only one person can tell) is for the person who looks at it before the ward does.
pub fn cleared(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut i = 0;
    while i < words.len() {
        let rest = words.get(i..).unwrap_or_default();
        let taken = number(rest)
            .or_else(|| address(rest))
            .or_else(|| name(rest));
        match taken {
            Some(n) => {
                if out.last().is_none_or(|last| last != TAKEN_OUT) {
                    out.push(TAKEN_OUT.to_owned());
                }
                i += n;
            }
            None => {
                out.push(rest.first().map_or_else(String::new, |w| (*w).to_owned()));
                i += 1;
            }
        }
    }
    out.join(" ")
}

/// Whether [`cleared`] takes anything out.
pub fn tells(text: &str) -> bool {
    cleared(text) != text
}

/// How many words from here on are one stretch of digits.
fn number(words: &[&str]) -> Option<usize> {
    let mut digits = 0;
    let mut n = 0;
    for word in words {
        let count = word.chars().filter(char::is_ascii_digit).count();
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        // A word of digits and marks goes on the stretch; a word with letters is one by itself.
        if count == 0 || (letters > 0 && n > 0) {
            break;
        }
        digits += count;
        n += 1;
        if letters > 0 {
            break;
        }
    }
    (digits >= DIGITS).then_some(n)
}

fn address(words: &[&str]) -> Option<usize> {
    let word = words.first()?.to_lowercase();
    (word.contains('@') || word.contains("://") || word.starts_with("www.")).then_some(1)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_capitalised(word: &str) -> bool {
    bare(word).chars().next().is_some_and(char::is_uppercase)
}

/// How many words from here on look like a name, a form of address before it kept.
fn name(words: &[&str]) -> Option<usize> {
    let first = *words.first()?;
    if !is_capitalised(first) {
        return None;
    }
    let folded = crate::text::fold_vi(bare(first));
    let ended = |word: &str| word.ends_with(['.', '!', '?', ';', ':', ',', '\n']);
    let mut n = 1;
    if !ended(first) {
        for word in words.iter().skip(1) {
            if !is_capitalised(word) {
                break;
            }
            n += 1;
            if ended(word) {
                break;
            }
        }
    }
    let family = FAMILY_NAMES.contains(&folded.as_str()) && n >= 2;
    // Two capitals in a row name somebody or something; three and more, nearly always.
    (family || n >= 3).then_some(n)
}

/// A capitalised word after a form of address is a name too.
pub(super) fn addressed(text: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let mut after = false;
    for word in text.split(' ') {
        if after && is_capitalised(word) {
            if out.last().is_none_or(|last| *last != TAKEN_OUT) {
                out.push(TAKEN_OUT);
            }
        } else {
            out.push(word);
        }
        after = ADDRESSING.contains(&crate::text::fold_vi(bare(word)).as_str());
    }
    out.join(" ")
}

/// Both passes: what may be kept of a text.
pub fn screened(text: &str) -> String {
    text.split('\n')
        .map(|line| addressed(&cleared(line)))
        .collect::<Vec<_>>()
        .join("\n")
}

//! What stands on a document, as a reader who knows nothing of us finds it (poppler's `pdftotext`).

use std::process::Command;

/// How far words stay from the edges of a page, in points: what printers cannot reach.
const EDGE: f64 = 14.0;

/// The text of a document.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Page by page, without its number at the foot, every stretch of white space one space.
    pub pages: Vec<String>,
}

fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn run(path: &str, how: &[&str]) -> String {
    let done = Command::new("pdftotext")
        .args(how)
        .args([path, "-"])
        .output()
        .expect("pdftotext is installed (scripts/install-test-tools)");
    assert!(
        done.status.success() && done.stderr.is_empty(),
        "pdftotext {how:?}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).expect("UTF-8")
}

/// A page without the line at its foot that numbers it: text that goes on overleaf is one text.
fn without_foot(page: &str) -> &str {
    let Some((before, number)) = page.rsplit_once(' ') else {
        return page;
    };
    let Some(before) = before.strip_suffix(", trang") else {
        return page;
    };
    match before.rsplit_once(' ') {
        Some((text, _mark)) if number.bytes().all(|b| b.is_ascii_digit()) => text,
        _ => page,
    }
}

/// A number out of `name="…"`.
fn number(line: &str, name: &str) -> f64 {
    line.split_once(&format!("{name}=\""))
        .and_then(|(_, rest)| rest.split_once('"'))
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or_else(|| panic!("no {name} in {line}"))
}

impl Paper {
    /// Reads a document and holds that no word of it leaves its page.
    ///
    /// # Panics
    /// When it cannot be read, or a word does.
    #[track_caller]
    pub fn read(folder: &std::path::Path, bytes: &[u8]) -> Self {
        let path = folder.join(format!("{}.pdf", uuid::Uuid::now_v7()));
        std::fs::write(&path, bytes).expect("it is written");
        let file = path.to_str().expect("a plain path");
        // In the order in which it was set, which is the order in which it is read.
        let text = run(file, &["-raw", "-enc", "UTF-8"]);
        let places = run(file, &["-bbox", "-enc", "UTF-8"]);
        std::fs::remove_file(&path).expect("it is removed");
        let (mut width, mut height) = (0.0, 0.0);
        for line in places.lines().map(str::trim) {
            if line.starts_with("<page ") {
                (width, height) = (number(line, "width"), number(line, "height"));
            } else if line.starts_with("<word ") {
                let within = number(line, "xMin") >= EDGE
                    && number(line, "xMax") <= width - EDGE
                    && number(line, "yMin") >= EDGE
                    && number(line, "yMax") <= height - EDGE;
                assert!(within, "off the page of {width} × {height}: {line}");
            }
        }
        let pages: Vec<String> = text
            .split('\u{c}')
            .map(|page| without_foot(&one_spaced(page)).to_owned())
            .filter(|page| !page.is_empty())
            .collect();
        assert!(!pages.is_empty(), "no text");
        Self { pages }
    }

    /// All of it, pages one after the other.
    #[must_use]
    pub fn text(&self) -> String {
        self.pages.join(" ")
    }

    /// Holds that each of these stands on it, whole, one after the other: what is called what, and what it says.
    ///
    /// # Panics
    /// When one does not.
    #[track_caller]
    pub fn says(&self, all: &[(&str, &str)]) {
        let text = self.text();
        let mut rest = text.as_str();
        for (what, said) in all {
            let said = one_spaced(said);
            assert!(!said.is_empty(), "{what} says nothing");
            let Some((_, after)) = rest.split_once(&said) else {
                panic!("{what} is not on the paper, or not in its place: «{said}»\nin: {text}");
            };
            rest = after;
        }
    }
}

//! What a declaration's paper says is what it was given, however much that is.

use chrono::TimeZone as _;
use serde_json::{Value, json};
use typst::layout::{Frame, FrameItem};

use super::*;
use crate::marks::strokes_svg;

fn at() -> DateTime<FixedOffset> {
    FixedOffset::east_opt(7 * 3600)
        .expect("an offset")
        .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
        .single()
        .expect("an instant")
}

/// A declaration with these values, each in a field of its own.
fn declaration(values: &[&str], draft: bool, strokes: Option<String>) -> Value {
    let fields: Vec<Value> = values
        .iter()
        .enumerate()
        .map(|(i, value)| json!({ "name": format!("Mục {i}"), "value": value }))
        .chain([json!({ "name": "Chưa ghi", "value": null })])
        .collect();
    json!({
        "title": "Tờ khai đăng ký khai sinh", "heading": "TỜ KHAI ĐĂNG KÝ KHAI SINH",
        "addressed_to": "Ủy ban nhân dân phường Trần Hưng Đạo", "draft": draft, "mark": "KS.1",
        "sections": [{ "name": "Người yêu cầu", "fields": fields }],
        "pledge": "Tôi cam đoan những nội dung khai trên đây là đúng sự thật.",
        "place_date": "Trần Hưng Đạo, ngày 02 tháng 03 năm 2026",
        "signers": [{ "role": "NGƯỜI YÊU CẦU", "name": "Nguyễn Văn An", "strokes": strokes }],
        "others": ["Ý kiến của chủ hộ", "Ý kiến của cha, mẹ"],
    })
}

fn gather(frame: &Frame, text: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => gather(&group.frame, text),
            FrameItem::Text(run) => text.push_str(&run.text),
            _ => {}
        }
    }
}

/// The text of each page, without spaces: where a line ends is the page's business.
fn pages(data: &Value) -> Vec<String> {
    let desk = desk(Form::Declaration, data, at()).expect("a desk");
    let document = laid(&desk).expect("pages");
    document
        .pages()
        .iter()
        .map(|page| {
            let mut text = String::new();
            gather(&page.frame, &mut text);
            squeezed(&text)
        })
        .collect()
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_value_is_on_the_paper_whole_however_long() {
    let name = "Nguyễn Hoàng Phương Quỳnh Trâm Anh Tôn Nữ Công Tằng Huyền Mi";
    assert_eq!(name.chars().count(), 60);
    let markup = "#panic(\"x\") *a* $b$ @c [d] \\ <e> 'K’Sor' – 1/2 // không /* hết */";
    let address = "Số 125 ngõ 25/14 phố Trần Hưng Đạo, tổ dân phố số 7, ".repeat(9);
    let members = "Trần Thị Bình, sinh 02/03/1990, nữ, số định danh 001190000012, vợ\n".repeat(30);
    let values = [name, markup, address.trim(), members.trim()];
    let data = declaration(&values, false, None);
    let pages = pages(&data);
    assert!(pages.len() > 1, "it goes over to another page");
    let all = pages.concat();
    // The foot of a page may stand inside a value that goes over to the next.
    let feet: Vec<String> = (1..=pages.len())
        .map(|n| squeezed(&format!("KS.1 trang {n}/{}", pages.len())))
        .collect();
    let without = feet.iter().fold(all, |all, foot| all.replace(foot, ""));
    for (i, value) in values.iter().enumerate() {
        let line = squeezed(&format!("Mục {i}: {value}"));
        assert!(without.contains(&line), "{line}\n\n{without}");
    }
    let bytes = pdf(Form::Declaration, "x", &data, at()).expect("a document");
    assert!(bytes.starts_with(b"%PDF-1.7"));
}

#[test]
fn a_draft_says_so_and_what_is_whole_does_not() {
    let mark = squeezed("BẢN NHÁP");
    for page in pages(&declaration(&["x\n".repeat(80).as_str()], true, None)) {
        assert!(page.contains(&mark), "on every page");
    }
    let whole = pages(&declaration(&["x"], false, None)).concat();
    assert!(!whole.contains(&mark));
}

#[test]
fn strokes_are_drawn_and_the_same_strokes_are_the_same_file() {
    let svg = strokes_svg((1000, 400), &[vec![(10, 10), (500, 300)], vec![(7, 7)]]);
    let set = |strokes| {
        pdf(
            Form::Declaration,
            "x",
            &declaration(&["x"], false, strokes),
            at(),
        )
        .expect("a document")
    };
    let (with, without) = (set(Some(svg.clone())), set(None));
    assert_ne!(with, without);
    assert_eq!(with, set(Some(svg)));
}

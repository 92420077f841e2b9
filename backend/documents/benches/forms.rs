//! What a slip costs beside a bare page, in one process: 500 of each in turns, then memory after 10,000 slips.
//!
//! `make bench` runs it and prints; it refuses nothing.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a bench fails by panicking and speaks on the terminal"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, TimeZone as _};
use motcua_documents::marks::{code128_svg, qr_svg};
use motcua_documents::{Form, pdf};
use serde_json::{Value, json};

/// A slip may take so many times what a bare page takes.
const MOST: f64 = 4.0;
/// Slips and bare pages that are measured.
const EACH: usize = 500;
/// Slips after which memory is looked at.
const MANY: usize = 10_000;

fn at() -> DateTime<FixedOffset> {
    FixedOffset::east_opt(7 * 3600)
        .expect("an offset")
        .with_ymd_and_hms(2026, 3, 2, 9, 0, 0)
        .single()
        .expect("an instant")
}

/// A slip of five papers; no two are alike.
fn slip(nth: usize) -> Value {
    let code = format!("H26.14.101-260302-{nth:04}");
    let papers: Vec<Value> = (1..=5)
        .map(|n| {
            json!({
                "name": format!("Giấy tờ thứ {n} của hồ sơ số {nth}"),
                "originals": "1", "certified_copies": "", "photocopies": "2",
            })
        })
        .collect();
    json!({
        "copies": ["Giao khách hàng"], "above": "THÀNH PHỐ HÀ NỘI",
        "body": "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG TRẦN HƯNG ĐẠO",
        "centre_name": "Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo",
        "number": format!("{nth}/TNHS"), "place_date": "Trần Hưng Đạo, ngày 02 tháng 03 năm 2026",
        "mark_name": "Mã hồ sơ:", "mark": code,
        "qr_svg": qr_svg(&code).expect("a code"), "bar_svg": code128_svg(&code).expect("a code"),
        "filer_name": format!("Nguyễn Văn An {nth}"), "owner_name": null, "identity_number": "001085012345",
        "address": "Số 5 Nguyễn Trãi", "phone": "0912345678", "email": null,
        "procedure_name": "Cấp Giấy xác nhận tình trạng hôn nhân", "components": papers, "sets": "01",
        "limit": "3. Thời gian giải quyết hồ sơ theo quy định: 3 ngày làm việc",
        "accepted": "09 giờ 00 phút, ngày 02 tháng 03 năm 2026",
        "due": "17 giờ 00 phút, ngày 05 tháng 03 năm 2026", "others": [], "delivery": "Trung tâm",
        "book": "Vào Sổ theo dõi hồ sơ: Quyển số 2026, Số thứ tự 17", "receiver_name": "Lê Thị Tiếp",
    })
}

fn set(form: Form, nth: usize) -> Duration {
    let data = slip(nth);
    let from = Instant::now();
    black_box(pdf(form, "x", &data, at()).expect("a document"));
    from.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times
        .get(times.len() / 2)
        .map_or(0.0, |t| t.as_secs_f64() * 1000.0)
}

/// Resident memory, MiB.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmRSS:"));
    let kib = line.and_then(|l| l.split_whitespace().nth(1));
    kib.and_then(|k| k.parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

fn main() {
    // The first of each makes ready what all use.
    for form in [Form::Slip, Form::Bare] {
        set(form, 0);
    }
    let (mut slips, mut bare) = (Vec::new(), Vec::new());
    for nth in 1..=EACH {
        slips.push(set(Form::Slip, nth));
        bare.push(set(Form::Bare, nth));
    }
    let (slip_ms, bare_ms) = (median(slips), median(bare));
    let before = resident();
    for nth in EACH..MANY {
        set(Form::Slip, nth);
    }
    println!(
        "A reception slip: {slip_ms:.2} ms, a bare page: {bare_ms:.2} ms (medians of {EACH}), {:.1} times (aimed at: at most {MOST}). Resident: {before:.0} MiB after {EACH}, {:.0} MiB after {MANY}.",
        slip_ms / bare_ms,
        resident()
    );
}

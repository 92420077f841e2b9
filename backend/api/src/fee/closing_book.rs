//! A till that was closed, as a sheet to be signed.

use motcua_documents::book::{Book, Cell, Table, number, pointed, text};
use motcua_domain::fee::closing::Sum;
use motcua_domain::fee::ledger::PaymentMethod;
use motcua_services::fee::closing::{Closing, TillLine};

use super::paper::{kind_name, method_name};
use crate::dossier::view::vn;

/// A closing as a sheet, with the names of the centre and of the authorities.
pub(super) fn book(closing: &Closing, centre: &str, authority: &dyn Fn(&str) -> String) -> Book {
    let row = &closing.row;
    let who = closing.names.get(&row.user_id).map(ToString::to_string);
    let at = vn(row.closed_at);
    let mut lines = vec![
        format!(
            "Ngày thu: {}. Lần khóa sổ thứ {} của người thu, lúc {}.",
            row.day.format("%d/%m/%Y"),
            row.number,
            at.format("%H:%M ngày %d/%m/%Y"),
        ),
        format!("Người thu: {}", who.as_deref().unwrap_or("")),
    ];
    if let Some(counter) = &closing.counter_name {
        lines.push(format!("Quầy: {counter}"));
    }
    let sums = &closing.sums;
    let all = |f: &dyn Fn(&Sum) -> i64| Cell::Number(sums.iter().map(f).sum());
    let mut counted = Vec::new();
    for (method, vnd) in [
        (PaymentMethod::Card, closing.counted.card_vnd),
        (PaymentMethod::Cash, closing.counted.cash_vnd()),
    ] {
        if let Some(vnd) = vnd {
            let due: i64 = sums
                .iter()
                .filter(|s| s.method == method)
                .map(Sum::net_vnd)
                .sum();
            counted.push(vec![
                method_name(method).into(),
                due.into(),
                vnd.into(),
                (vnd - due).into(),
            ]);
        }
    }
    let mut tables = vec![Table {
        caption: "Tổng hợp",
        columns: vec![
            text("Cơ quan thu"),
            text("Hình thức nộp"),
            text("Khoản"),
            number("Lượt thu"),
            number("Đã thu (đồng)"),
            number("Lượt hủy"),
            number("Đã hủy (đồng)"),
            number("Còn lại (đồng)"),
        ],
        rows: sums
            .iter()
            .map(|s| {
                vec![
                    authority(&s.authority_id).into(),
                    method_name(s.method).into(),
                    kind_name(s.kind).into(),
                    s.payments.into(),
                    s.collected_vnd.into(),
                    s.voids.into(),
                    s.voided_vnd.into(),
                    s.net_vnd().into(),
                ]
            })
            .collect(),
        total: Some(vec![
            "Cộng".into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            all(&|s| s.collected_vnd),
            Cell::Empty,
            all(&|s| s.voided_vnd),
            all(&Sum::net_vnd),
        ]),
    }];
    if !counted.is_empty() {
        tables.push(Table {
            caption: "Kiểm đếm",
            columns: vec![
                text("Hình thức nộp"),
                number("Phải có (đồng)"),
                number("Đếm được (đồng)"),
                number("Chênh lệch (đồng)"),
            ],
            rows: counted,
            total: None,
        });
    }
    if let Some(notes) = &closing.counted.cash {
        tables.push(Table {
            caption: "Tiền mặt theo mệnh giá",
            columns: vec![
                number("Mệnh giá (đồng)"),
                number("Số tờ"),
                number("Thành tiền (đồng)"),
            ],
            rows: notes
                .iter()
                .filter(|n| n.count > 0)
                .map(|n| {
                    vec![
                        n.value_vnd.into(),
                        n.count.into(),
                        (n.value_vnd * n.count).into(),
                    ]
                })
                .collect(),
            total: None,
        });
    }
    tables.push(details(&closing.lines));
    let mut remarks = Vec::new();
    if row.difference_vnd != 0 {
        remarks.push(format!(
            "Chênh lệch {} đồng. Lý do: {}",
            pointed(row.difference_vnd),
            row.reason.as_deref().unwrap_or("")
        ));
    }
    Book {
        body: centre.to_owned(),
        title: "BẢNG KHÓA SỔ THU PHÍ, LỆ PHÍ",
        lines,
        tables,
        remarks,
        signers: vec![("Người thu", who), ("Người kiểm tra", None)],
    }
}

fn details(lines: &[TillLine]) -> Table {
    let all = |f: &dyn Fn(&TillLine) -> i64| Cell::Number(lines.iter().map(f).sum());
    Table {
        caption: "Chi tiết các khoản thu",
        columns: vec![
            number("TT"),
            text("Giờ"),
            text("Mã hồ sơ"),
            text("Biên lai"),
            text("Hình thức, tham chiếu"),
            number("Phí (đồng)"),
            number("Lệ phí (đồng)"),
        ],
        rows: (1_i64..)
            .zip(lines)
            .map(|(n, l)| {
                let how = match (&l.reference, l.taken_back) {
                    (_, true) => format!("Hủy khoản thu ({})", method_name(l.method)),
                    (Some(reference), false) => {
                        format!("{}: {reference}", method_name(l.method))
                    }
                    (None, false) => method_name(l.method).to_owned(),
                };
                vec![
                    n.into(),
                    vn(l.at).format("%H:%M").to_string().into(),
                    l.dossier_code.clone().unwrap_or_default().into(),
                    l.receipts.join(", ").into(),
                    how.into(),
                    l.phi_vnd.into(),
                    l.le_phi_vnd.into(),
                ]
            })
            .collect(),
        total: Some(vec![
            Cell::Empty,
            "Cộng".into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            all(&|l| l.phi_vnd),
            all(&|l| l.le_phi_vnd),
        ]),
    }
}

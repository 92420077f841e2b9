//! How a fee line was worked out, in words that can be followed with a pencil.

use super::{Stated, Waiver};
use crate::amount::grouped;
use crate::catalogue::{FeeData, FeeRuleData, Size};
use crate::refusal::Text;

fn vnd(amount: i64) -> String {
    format!("{} đồng", grouped(amount))
}

/// The steps of one line.
pub(super) fn steps(
    fee: &FeeData,
    size: Size,
    stated: Option<&Stated>,
    gross_vnd: Option<i64>,
    waiver: Option<&Waiver>,
    waived_vnd: i64,
) -> Vec<Text> {
    let mut told = Vec::new();
    let Some(gross) = gross_vnd else {
        return vec![Text::new(
            "Danh mục chưa ghi mức thu; cần nhập số tiền kèm văn bản quy định.",
            "The catalogue does not know the amount; it is to be stated with the instrument that sets it.",
        )];
    };
    match &fee.rule {
        Some(rule) => told.extend(by_rule(rule, size, gross)),
        None if fee.amount_vnd.is_some() => told.push(Text::new(
            format!("Mức thu cố định: {}.", vnd(gross)),
            format!("A fixed amount: {}.", vnd(gross)),
        )),
        None => {
            let source = stated.map_or("", |s| s.source.trim());
            told.push(Text::new(
                format!("Cán bộ nhập {} theo {source}.", vnd(gross)),
                format!("{} as stated by an officer, by {source}.", vnd(gross)),
            ));
        }
    }
    if let Some(w) = waiver {
        let (what, english) = if w.percent == 100 {
            ("Miễn toàn bộ".to_owned(), "Waived in full".to_owned())
        } else {
            (
                format!("Giảm {} %", w.percent),
                format!("Lowered by {} %", w.percent),
            )
        };
        told.push(Text::new(
            format!("{what} theo {}: trừ {}.", w.legal_basis, vnd(waived_vnd)),
            format!("{english} by {}: less {}.", w.legal_basis, vnd(waived_vnd)),
        ));
    }
    told
}

fn by_rule(rule: &FeeRuleData, size: Size, gross: i64) -> Vec<Text> {
    let mut told = Vec::new();
    match rule {
        FeeRuleData::PerPage {
            first_pages,
            first_amount_vnd,
            next_amount_vnd,
            cap_vnd,
        } => {
            let first = size.pages.min(*first_pages);
            let next = size.pages - first;
            let uncapped = rule.one_copy(size).unwrap_or(*cap_vnd);
            let one = uncapped.min(*cap_vnd);
            let (a, b) = (grouped(*first_amount_vnd), grouped(*next_amount_vnd));
            let (mut vi, mut en) = (
                format!("{first} trang đầu × {a}"),
                format!("first {first} pages × {a}"),
            );
            if next > 0 {
                vi.push_str(&format!(" + {next} trang tiếp theo × {b}"));
                en.push_str(&format!(" + next {next} pages × {b}"));
            }
            told.push(Text::new(
                format!("Một bản: {vi} = {}.", vnd(uncapped)),
                format!("One copy: {en} = {}.", vnd(uncapped)),
            ));
            if uncapped > one {
                told.push(Text::new(
                    format!("Mức thu tối đa một bản: {}.", vnd(one)),
                    format!("The most one copy costs: {}.", vnd(one)),
                ));
            }
            if size.copies > 1 {
                told.push(times(size.copies, "bản", "copies", one, gross));
            }
        }
        FeeRuleData::PerCopy { amount_vnd } => {
            told.push(times(size.copies, "bản", "copies", *amount_vnd, gross));
        }
        FeeRuleData::PerEvent { amount_vnd } => {
            told.push(times(
                size.events,
                "trường hợp",
                "cases",
                *amount_vnd,
                gross,
            ));
        }
        FeeRuleData::PerCase { .. } => told.push(Text::new(
            format!("Thu một lần cho cả hồ sơ: {}.", vnd(gross)),
            format!("Once for the case: {}.", vnd(gross)),
        )),
        FeeRuleData::Percentage {
            basis_points,
            least_vnd,
            most_vnd,
        } => {
            let value = size.value_vnd.unwrap_or(0);
            let rate = rate(*basis_points);
            told.push(Text::new(
                format!("{} × {rate} %.", vnd(value)),
                format!("{} × {} %.", vnd(value), rate.replace(',', ".")),
            ));
            if least_vnd.is_some_and(|least| least == gross) {
                told.push(Text::new(
                    format!("Mức thu tối thiểu: {}.", vnd(gross)),
                    format!("The least: {}.", vnd(gross)),
                ));
            } else if most_vnd.is_some_and(|most| most == gross) {
                told.push(Text::new(
                    format!("Mức thu tối đa: {}.", vnd(gross)),
                    format!("The most: {}.", vnd(gross)),
                ));
            } else {
                told.push(Text::new(
                    format!("Phải nộp {}.", vnd(gross)),
                    format!("That is {}.", vnd(gross)),
                ));
            }
        }
    }
    told
}

fn times(n: u32, vi: &str, en: &str, each: i64, sum: i64) -> Text {
    let (each, sum) = (grouped(each), vnd(sum));
    Text::new(
        format!("{n} {vi} × {each} = {sum}."),
        format!("{n} {en} × {each} = {sum}."),
    )
}

/// Hundredths of a per cent as a Vietnamese figure: 50 is `0,5`.
fn rate(basis_points: u32) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    match rest {
        0 => whole.to_string(),
        r if r.is_multiple_of(10) => format!("{whole},{}", r / 10),
        r => format!("{whole},{r:02}"),
    }
}

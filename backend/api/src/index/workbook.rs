//! A snapshot as a workbook.

use actix_web::{HttpResponse, get};
use motcua_documents::book::{Book, Cell, Table, number, text, workbook};
use motcua_domain::survey::quality::{self, Band};
use motcua_domain::survey::service as decision_766;
use motcua_domain::vn_time::format_date;
use motcua_services::index::{self as service, Outcome, Taken};
use motcua_store::RecordId;

use super::view::service_score;
use crate::auth::{ReadIndices, Reader};
use crate::dossier::view::vn;
use crate::fee::paper::{XLSX, file, unset};
use crate::manners::{Path, Problem};
use crate::survey::service::ServiceScore;

/// What each index is called.
const NAMES: [&str; 9] = [
    "1. Thời gian giải quyết",
    "2. Thời gian từng bước",
    "3. Số lần liên hệ",
    "4. Số cơ quan phải liên hệ",
    "5. Thực hiện tại Một cửa",
    "6. Công khai thủ tục",
    "7. Thái độ phục vụ",
    "8. Xử lý phản ánh",
    "9. Dịch vụ trực tuyến",
];

/// What stands for what nobody counted.
const NO_DATA: &str = "Không có dữ liệu";

pub(super) const fn band_name(band: Band) -> &'static str {
    match band {
        Band::Fulfilled => "Hoàn thành 100 % nhiệm vụ",
        Band::MostlyFulfilled => "Hoàn thành từ 70 % đến dưới 100 %",
        Band::NotFulfilled => "Hoàn thành dưới 70 %",
        Band::Excellent => "Xuất sắc",
        Band::Good => "Tốt",
        Band::Fair => "Khá",
        Band::Average => "Trung bình",
        Band::Weak => "Yếu",
    }
}

fn tenths(n: i32) -> Cell {
    format!("{},{}", n / 10, n % 10).into()
}

fn score(outcome: &Outcome, index: i32) -> Cell {
    let line = outcome.lines.iter().find(|l| l.index_number == index);
    match line.and_then(|l| l.tenths) {
        Some(n) => tenths(n),
        None => NO_DATA.into(),
    }
}

fn sum(outcome: &Outcome) -> [Cell; 3] {
    let band = outcome.row.band.as_deref().and_then(Band::parse);
    [
        tenths(outcome.row.total_tenths),
        i64::from(outcome.row.most).into(),
        band.map_or(NO_DATA, band_name).into(),
    ]
}

fn units(taken: &Taken) -> Table {
    let mut columns = vec![text("Đơn vị"), number("Hồ sơ đã giải quyết")];
    columns.extend(NAMES.iter().copied().map(text));
    columns.extend([text("Tổng điểm"), number("Tối đa"), text("Xếp loại")]);
    let rows = taken.whole.units.iter().map(|u| {
        let name = match &u.row.authority_id {
            Some(id) => taken.whole.authorities.get(id).cloned().unwrap_or_default(),
            None => taken.whole.centre.clone(),
        };
        let mut row = vec![name.into(), counted(u.tally.finished)];
        row.extend((1..=9).map(|n| score(u, n)));
        row.extend(sum(u));
        row
    });
    Table {
        caption: "Chỉ số của đơn vị",
        columns,
        rows: rows.collect(),
        total: None,
    }
}

fn counted(n: u64) -> Cell {
    i64::try_from(n).unwrap_or(i64::MAX).into()
}

fn officers(taken: &Taken) -> Table {
    let mut columns = vec![text("Công chức"), number("Hồ sơ đã giải quyết")];
    columns.extend(
        [0, 1, 2, 3, 6]
            .iter()
            .filter_map(|i| NAMES.get(*i))
            .copied()
            .map(text),
    );
    columns.extend([text("Tổng điểm"), number("Tối đa"), text("Mức hoàn thành")]);
    let rows = taken.officers.iter().map(|o| {
        let name = o.row.officer_id.as_ref().and_then(|id| taken.names.get(id));
        let mut row = vec![
            name.map(ToString::to_string).unwrap_or_default().into(),
            counted(o.tally.finished),
        ];
        row.extend([1, 2, 3, 4, 7].map(|n| score(o, n)));
        row.extend(sum(o));
        row
    });
    Table {
        caption: "Kết quả của công chức",
        columns,
        rows: rows.collect(),
        total: None,
    }
}

fn counts(taken: &Taken) -> Table {
    let rows = taken.whole.units.iter().map(|u| {
        let name = match &u.row.authority_id {
            Some(id) => taken.whole.authorities.get(id).cloned().unwrap_or_default(),
            None => taken.whole.centre.clone(),
        };
        let t = &u.tally;
        let figures = [
            t.early,
            t.on_time,
            t.overdue,
            t.reappointed,
            t.late_before_apology,
            t.steps_early,
            t.steps_on_time,
            t.steps_overdue,
            t.complete_at_once,
            t.contacts_known,
            t.filed,
            t.filed_online,
            t.online_late,
        ];
        std::iter::once(Cell::from(name))
            .chain(figures.map(counted))
            .collect()
    });
    Table {
        caption: "Số liệu gốc",
        columns: vec![
            text("Đơn vị"),
            number("Trước hạn"),
            number("Đúng hạn"),
            number("Quá hạn"),
            number("Đã hẹn lại"),
            number("Trễ so với hẹn đầu"),
            number("Bước trước hạn"),
            number("Bước đúng hạn"),
            number("Bước quá hạn"),
            number("Không phải bổ sung"),
            number("Rõ số lần liên hệ"),
            number("Tiếp nhận trong quý"),
            number("Nộp trực tuyến"),
            number("Trực tuyến trễ"),
        ],
        rows: rows.collect(),
        total: None,
    }
}

fn estimate(score: &ServiceScore) -> Table {
    let rows = score.groups.iter().flat_map(|g| &g.rows).map(|r| {
        let whole = |n: Option<u64>| n.map_or(Cell::Empty, counted);
        vec![
            r.code.into(),
            counted(r.most),
            whole(r.part),
            whole(r.whole),
            r.score.map_or(NO_DATA.into(), |s| {
                Cell::from(format!("{s:.2}").replace('.', ","))
            }),
        ]
    });
    Table {
        caption: "Ước tính theo Quyết định 766",
        columns: vec![
            text("Chỉ tiêu"),
            number("Điểm tối đa"),
            number("Đạt"),
            number("Tổng"),
            text("Điểm ước tính"),
        ],
        rows: rows.collect(),
        total: None,
    }
}

fn book(taken: &Taken) -> Book {
    let row = &taken.whole.row;
    let mut tables = vec![
        units(taken),
        counts(taken),
        estimate(&service_score(&taken.whole.service)),
    ];
    if taken.whole.officers_shown {
        tables.insert(1, officers(taken));
    }
    let state = if row.state == "frozen" {
        "đã chốt"
    } else {
        "dự thảo, chưa chốt"
    };
    Book {
        body: taken.whole.centre.to_uppercase(),
        title: "CHỈ SỐ ĐÁNH GIÁ VIỆC GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH",
        lines: vec![
            format!(
                "Quý {}, từ ngày {} đến ngày {}; bản số {} ({state})",
                row.quarter,
                format_date(row.first_day),
                format_date(row.last_day),
                row.number
            ),
            format!(
                "Căn cứ: {}; {} (số ước tính)",
                quality::SOURCE,
                decision_766::SOURCE
            ),
        ],
        tables,
        remarks: Vec::new(),
        signers: vec![("Người lập", None), ("Giám đốc Trung tâm", None)],
    }
}

/// A snapshot as a workbook.
#[utoipa::path(
    operation_id = "get_index_workbook", tag = "indices", summary = "A snapshot as XLSX",
    description = "A snapshot of the indices as a workbook: units, officers for whom they are, what was counted, and the estimate of Decision 766. That it was taken out is recorded.",
    params(("id" = String, Path, description = "Id.", format = Uuid)),
    responses((status = 200, description = "The workbook.", body = Vec<u8>, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")),
    security(("bearer" = []))
)]
#[get("/index-snapshots/{id}/workbook.xlsx")]
pub async fn get_index_workbook(
    reader: Reader<ReadIndices>,
    id: Path<RecordId>,
) -> Result<HttpResponse, Problem> {
    let (name, bytes) = reader
        .read_recorded_then(
            move |services, db, actor| {
                let taken = service::taken_out(services, db, actor, &id)?;
                Ok((taken, vn(services.now().into())))
            },
            |(taken, at)| {
                let row = &taken.whole.row;
                let name = format!(
                    "chi-so-{}-ban-{}.xlsx",
                    row.quarter.to_lowercase(),
                    row.number
                );
                Ok((name, workbook(&book(&taken), at).map_err(unset)?))
            },
        )
        .await?;
    Ok(file(XLSX, &name, bytes))
}

//! The demo centre (DESIGN §8): one centre for three wards, its people, and some weeks of dossiers
//! that went through the same services as real ones.

mod feedback;
mod history;
mod inspections;
mod names;
mod surveys;

use chrono::NaiveDate;
use motcua_domain::account::SecondFactor;
use motcua_domain::calendar::Calendar;
use motcua_domain::catalogue;
use motcua_domain::dossier::Role;
use motcua_domain::fee::MoneyKind;
use motcua_domain::fee::receipt::ReceiptMedium;
use motcua_store::account::UserRow;
use motcua_store::payment::{self, AccountRow, SeriesRow};
use motcua_store::{
    AuthorityId, CentreId, Db, RecordId, StoreError, Ts, UserId, centre as rows, outbox,
};

use crate::account::{NewRole, NewUser, add_user};
use crate::centre::{NewCentre, set_up};
use crate::context::Services;
use crate::error::Result;

/// The password of every demo account. A production start refuses a database that holds one.
pub const PASSWORD: &str = "Motcua@2026";

/// The bank at which the wards of the demo collect.
const BANK: &str = "970418";
/// The wards, as a bank writes them.
const WARDS: [&str; 3] = ["TRAN HUNG DAO", "CUA NAM", "HANG TRONG"];
/// The wards as their receipts name them, with tax codes that are nobody's.
const COLLECTORS: [(&str, &str); 3] = [
    ("Ủy ban nhân dân phường Trần Hưng Đạo", "9900000016"),
    ("Ủy ban nhân dân phường Cửa Nam", "9900000023"),
    ("Ủy ban nhân dân phường Hàng Trống", "9900000030"),
];

/// A demo account.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Sign-in name.
    pub username: &'static str,
    /// Full name.
    pub full_name: &'static str,
    /// Title.
    pub title: &'static str,
    /// Role.
    pub role: Role,
    /// Index of the ward, for those of one authority.
    pub ward: Option<usize>,
}

const fn person(
    username: &'static str,
    full_name: &'static str,
    title: &'static str,
    role: Role,
    ward: Option<usize>,
) -> Person {
    Person {
        username,
        full_name,
        title,
        role,
        ward,
    }
}

/// The people of the demo centre.
pub const PEOPLE: [Person; 12] = [
    person(
        "admin",
        "Vũ Quang Huy",
        "Quản trị hệ thống",
        Role::Admin,
        None,
    ),
    person(
        "giamdoc",
        "Trần Thị Minh Nguyệt",
        "Giám đốc Trung tâm",
        Role::Director,
        None,
    ),
    person(
        "tiepnhan",
        "Nguyễn Thị Thu Hà",
        "Cán bộ tiếp nhận",
        Role::Reception,
        None,
    ),
    person(
        "thuly.thd",
        "Lê Văn Đức",
        "Công chức thụ lý, phường Trần Hưng Đạo",
        Role::Handler,
        Some(0),
    ),
    person(
        "thuly.cn",
        "Phạm Thị Lan Anh",
        "Công chức thụ lý, phường Cửa Nam",
        Role::Handler,
        Some(1),
    ),
    person(
        "thuly.ht",
        "Hoàng Minh Tuấn",
        "Công chức thụ lý, phường Hàng Trống",
        Role::Handler,
        Some(2),
    ),
    person(
        "lanhdao.thd",
        "Đặng Quốc Khánh",
        "Phó Chủ tịch UBND phường Trần Hưng Đạo",
        Role::Leader,
        Some(0),
    ),
    person(
        "lanhdao.cn",
        "Bùi Thị Hồng Vân",
        "Phó Chủ tịch UBND phường Cửa Nam",
        Role::Leader,
        Some(1),
    ),
    person(
        "lanhdao.ht",
        "Ngô Xuân Trường",
        "Phó Chủ tịch UBND phường Hàng Trống",
        Role::Leader,
        Some(2),
    ),
    person(
        "thungan",
        "Đỗ Thị Kim Oanh",
        "Thu ngân",
        Role::Cashier,
        None,
    ),
    person(
        "traketqua",
        "Dương Thị Ngọc Ánh",
        "Cán bộ trả kết quả",
        Role::ResultsDesk,
        None,
    ),
    person(
        "thanhtra",
        "Lý Hoàng Nam",
        "Thanh tra viên",
        Role::Inspector,
        None,
    ),
];

/// Fills an empty database with the demo centre, and with `history_days` of dossiers up to now.
/// Does nothing when there is a centre already.
///
/// # Errors
/// Storage failures; faults of the data files.
pub fn fill(services: &Services, history_days: u32) -> Result<bool> {
    let empty = services.read(|db| Ok(rows::centres_page(db, None, 1)?.is_empty()))?;
    if !empty {
        return Ok(false);
    }
    let now = services.now();
    let mut people = Vec::new();
    for p in &PEOPLE {
        // One hash each, outside the transaction: argon2 is slow on purpose.
        let (row, _) = NewUser {
            username: p.username.into(),
            full_name: p.full_name.into(),
            title: Some(p.title.into()),
            password: Some(PASSWORD.into()),
            must_change_password: false,
            roles: Vec::new(),
            is_demo: true,
        }
        .prepare(now)?;
        people.push((p, row));
    }
    let (admin, director) = (
        id_of(&people, Role::Admin)?,
        id_of(&people, Role::Director)?,
    );
    services.write(|db| {
        let (centre, authorities) = centre(db, services)?;
        for (p, row) in &people {
            let role = NewRole {
                role: p.role,
                centre_id: centre.clone(),
                authority_id: p.ward.and_then(|i| authorities.get(i).cloned()),
            };
            // Roles hold since long before the first dossier of the history.
            let since = now - chrono::Duration::days(i64::from(history_days) + 30);
            add_user(db, since, None, row, &[role])?;
        }
        for (n, (authority, name)) in (1..).zip(authorities.iter().zip(WARDS)) {
            let account = AccountRow {
                id: RecordId::new(),
                centre_id: centre.clone(),
                authority_id: authority.clone(),
                bank_bin: BANK.into(),
                account_number: format!("99900001{n:02}"),
                holder: format!("UBND PHUONG {name}"),
                source: "Tài khoản trình diễn".into(),
                proposed_by: admin.clone(),
                proposed_at: Ts::new(now),
                confirmed_by: Some(director.clone()),
                confirmed_at: Some(Ts::new(now)),
                ended_by: None,
                ended_at: None,
                version: 2,
            };
            payment::insert_account(db, &account)?;
        }
        for (authority, (body, tax_code)) in authorities.iter().zip(COLLECTORS) {
            for (kind, form, serial) in [
                (MoneyKind::Fee, "01BLP2-001", "AA-26E"),
                (MoneyKind::Charge, "01BLP2-002", "AB-26E"),
            ] {
                let series = SeriesRow {
                    id: RecordId::new(),
                    centre_id: centre.clone(),
                    authority_id: authority.clone(),
                    money_kind: kind.as_str().into(),
                    medium: ReceiptMedium::Electronic.as_str().into(),
                    form_symbol: form.into(),
                    serial_symbol: serial.into(),
                    body_name: body.into(),
                    tax_code: tax_code.into(),
                    address: "Địa chỉ trình diễn, thành phố Hà Nội".into(),
                    source: "Ký hiệu trình diễn".into(),
                    opened_by: admin.clone(),
                    opened_at: Ts::new(now),
                    ended_by: None,
                    ended_at: None,
                    version: 1,
                };
                payment::insert_series(db, &series)?;
            }
        }
        let file =
            catalogue::national().map_err(|e| crate::error::Error::Internal(e.to_string()))?;
        crate::catalogue::import(db, &file, now)?;
        Ok(())
    })?;
    if history_days > 0 {
        history::fill(services, history_days)?;
        surveys::fill(services, history_days)?;
        tell_of_the_last_days(services)?;
        feedback::fill(services)?;
        inspections::fill(services)?;
    }
    Ok(true)
}

fn id_of(people: &[(&Person, UserRow)], role: Role) -> Result<UserId> {
    let found = people.iter().find(|(p, _)| p.role == role);
    found
        .map(|(_, row)| row.id.clone())
        .ok_or_else(|| StoreError::Corrupt("the demo lacks a person".into()).into())
}

/// Of the invented weeks only the last days are told: thousands of messages would say nothing more.
fn tell_of_the_last_days(services: &Services) -> Result<()> {
    let since = Ts::new(services.now() - chrono::Duration::days(2));
    services.write(|db| {
        for c in rows::centres_page(db, None, 10)? {
            let seq = match outbox::first_since(db, &c.id, since)? {
                Some(first) => first - 1,
                None => outbox::last_seq(db, &c.id)?,
            };
            motcua_store::message::move_cursor(db, &c.id, seq)?;
        }
        Ok(())
    })
}

fn centre(db: &mut Db, services: &Services) -> Result<(CentreId, Vec<AuthorityId>)> {
    let ward = |code: &str, name: &str, e_code: &str| {
        (
            code.to_owned(),
            format!("Ủy ban nhân dân phường {name}"),
            e_code.to_owned(),
        )
    };
    let since = NaiveDate::from_ymd_opt(2023, 1, 1)
        .ok_or_else(|| StoreError::Corrupt("an impossible date".into()))?;
    set_up(
        db,
        &NewCentre {
            code: "thd".into(),
            name: "Trung tâm Phục vụ hành chính công phường Trần Hưng Đạo".into(),
            e_code: "H26.14.100".into(),
            province: "Thành phố Hà Nội".into(),
            commune: "Phường Trần Hưng Đạo".into(),
            address: Some("Số 1 phố Phan Chu Trinh, Hà Nội".into()),
            phone: Some("02439330000".into()),
            second_factor: SecondFactor::Optional,
            authorities: vec![
                ward("thd", "Trần Hưng Đạo", "H26.14.101"),
                ward("cn", "Cửa Nam", "H26.14.102"),
                ward("ht", "Hàng Trống", "H26.14.103"),
            ],
            since,
        },
        &Calendar::national_data()?,
        services.now(),
    )
}

//! People on a sheet (CSV): one row for each role of a person.

use std::collections::BTreeMap;

use crate::dossier::Role;
use crate::refusal::FieldError;
use crate::text::{csv_reader, fold_vi, required_line};

/// More people than any one sheet may bring.
pub const MOST_PEOPLE: usize = 1_000;
/// Faults beyond this many are not listed.
const MOST_FAULTS: usize = 200;

/// A role on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleOnSheet {
    /// Which.
    pub role: Role,
    /// Short code of the authority it is for; none: the whole centre.
    pub authority: Option<String>,
    /// The row it stands in.
    pub line: u64,
}

/// A person on a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonOnSheet {
    /// Sign-in name, lower case.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// Title.
    pub title: Option<String>,
    /// Roles, at least one.
    pub roles: Vec<RoleOnSheet>,
    /// The first row that names the person.
    pub line: u64,
}

/// The columns: the name the program writes, and what an office may have written.
const COLUMNS: [(&str, &[&str]); 5] = [
    ("username", &["ten dang nhap"]),
    ("full_name", &["ho va ten", "ho ten"]),
    ("title", &["chuc vu", "chuc danh"]),
    ("role", &["vai tro"]),
    ("authority", &["co quan", "ma co quan"]),
];

/// A role by its word or by what an office calls it.
fn role(text: &str) -> Option<Role> {
    let folded = fold_vi(text.trim());
    let named = match folded.as_str() {
        "tiep nhan" | "can bo tiep nhan" => Role::Reception,
        "thu ly" | "chuyen vien" | "can bo thu ly" => Role::Handler,
        "lanh dao" => Role::Leader,
        "thu ngan" | "thu phi" => Role::Cashier,
        "tra ket qua" => Role::ResultsDesk,
        "giam doc" | "giam doc trung tam" => Role::Director,
        "thanh tra" | "kiem tra" => Role::Inspector,
        "quan tri" | "quan tri vien" => Role::Admin,
        _ => Role::parse(&folded)?,
    };
    (!matches!(named, Role::System | Role::Citizen)).then_some(named)
}

/// Whether a text can be a sign-in name: 2–64 of a–z, 0–9, dot, dash, underscore.
#[must_use]
pub fn is_username(name: &str) -> bool {
    (2..=64).contains(&name.len())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c))
}

struct Columns([Option<usize>; 5]);

impl Columns {
    fn read(header: &csv::StringRecord, faults: &mut Vec<FieldError>) -> Self {
        let mut at = [None; 5];
        for (i, cell) in header.iter().enumerate() {
            let folded = fold_vi(cell.trim());
            let known = COLUMNS
                .iter()
                .position(|(name, others)| *name == folded || others.contains(&folded.as_str()));
            match known.and_then(|k| at.get_mut(k)) {
                Some(slot @ None) => *slot = Some(i),
                Some(Some(_)) => faults.push(FieldError::new(
                    format!("/1/{}", i + 1),
                    "duplicate",
                    "Cột này đã có ở trước.",
                    "The column stands before already.",
                )),
                None if folded.is_empty() => {}
                None => faults.push(FieldError::new(
                    format!("/1/{}", i + 1),
                    "unknown",
                    format!("Không nhận ra cột «{}».", cell.trim()),
                    format!("No such column: «{}».", cell.trim()),
                )),
            }
        }
        for (k, (name, _)) in COLUMNS.iter().enumerate() {
            let needed = matches!(*name, "username" | "full_name" | "role");
            if needed && at.get(k).is_some_and(Option::is_none) {
                faults.push(FieldError::new(
                    format!("/1/{name}"),
                    "required",
                    format!("Thiếu cột «{name}»."),
                    format!("The column «{name}» is missing."),
                ));
            }
        }
        Self(at)
    }

    fn cell<'a>(&self, record: &'a csv::StringRecord, column: usize) -> &'a str {
        let at = self.0.get(column).copied().flatten();
        at.and_then(|i| record.get(i)).unwrap_or("").trim()
    }
}

/// Reads people from a sheet. Every fault is told with its row (`/3/role`), row 1 being the header.
///
/// # Errors
/// All faults, at most two hundred.
pub fn read_people(text: &str) -> Result<Vec<PersonOnSheet>, Vec<FieldError>> {
    let mut faults = Vec::new();
    let mut rows = csv_reader(text);
    let columns = match rows.headers() {
        Ok(header) => Columns::read(&header.clone(), &mut faults),
        Err(e) => return Err(vec![unreadable(1, &e)]),
    };
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut people: Vec<PersonOnSheet> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for record in rows.records() {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(e) => {
                faults.push(unreadable(e.position().map_or(0, csv::Position::line), &e));
                continue;
            }
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = record.position().map_or(0, csv::Position::line);
        one(
            &columns,
            &record,
            line,
            &mut people,
            &mut known,
            &mut faults,
        );
    }
    if people.is_empty() && faults.is_empty() {
        faults.push(FieldError::new(
            "/2",
            "required",
            "Danh sách không có người nào.",
            "The sheet names nobody.",
        ));
    }
    if people.len() > MOST_PEOPLE {
        faults.push(FieldError::out_of_range("", 1, MOST_PEOPLE as u64));
    }
    if faults.is_empty() {
        Ok(people)
    } else {
        Err(faults)
    }
}

fn unreadable(line: u64, e: &csv::Error) -> FieldError {
    FieldError::new(
        format!("/{line}"),
        "invalid_value",
        "Không đọc được dòng này như CSV, mã UTF-8.",
        format!("The row cannot be read as CSV: {e}."),
    )
}

fn one(
    columns: &Columns,
    record: &csv::StringRecord,
    line: u64,
    people: &mut Vec<PersonOnSheet>,
    known: &mut BTreeMap<String, usize>,
    faults: &mut Vec<FieldError>,
) {
    let before = faults.len();
    let username = columns.cell(record, 0).to_lowercase();
    if !is_username(&username) {
        faults.push(FieldError::new(
            format!("/{line}/username"),
            "username_format",
            "Tên đăng nhập gồm 2–64 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối.",
            "A user name has 2–64 characters: a–z, 0–9, dot, dash, underscore.",
        ));
    }
    let full_name = required_line(columns.cell(record, 1), 200)
        .map_err(|f| faults.push(f.at(format!("/{line}/full_name"))))
        .unwrap_or_default();
    let title = match columns.cell(record, 2) {
        "" => None,
        text => required_line(text, 200)
            .map_err(|f| faults.push(f.at(format!("/{line}/title"))))
            .ok(),
    };
    let Some(named) = role(columns.cell(record, 3)) else {
        faults.push(FieldError::new(
            format!("/{line}/role"),
            "unknown_value",
            "Không có vai trò này.",
            "No such role.",
        ));
        return;
    };
    if faults.len() > before {
        return;
    }
    let authority = Some(columns.cell(record, 4).to_lowercase()).filter(|a| !a.is_empty());
    let given = RoleOnSheet {
        role: named,
        authority,
        line,
    };
    match known.get(&username).and_then(|i| people.get_mut(*i)) {
        Some(person) if person.full_name != full_name || person.title != title => {
            faults.push(FieldError::new(
                format!("/{line}/full_name"),
                "contradiction",
                format!("Khác với dòng {} của cùng tên đăng nhập.", person.line),
                format!("Not as in row {}, of the same user name.", person.line),
            ));
        }
        Some(person) => {
            let same = |r: &RoleOnSheet| r.role == given.role && r.authority == given.authority;
            if person.roles.iter().any(same) {
                faults.push(FieldError::new(
                    format!("/{line}/role"),
                    "repeated",
                    "Vai trò này đã có ở dòng trên.",
                    "The role stands above already.",
                ));
            } else {
                person.roles.push(given);
            }
        }
        None => {
            known.insert(username.clone(), people.len());
            people.push(PersonOnSheet {
                username,
                full_name,
                title,
                roles: vec![given],
                line,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_of_an_office_is_read_with_its_own_words() {
        let text = "Tên đăng nhập;Họ và tên;Chức vụ;Vai trò;Cơ quan\r\n\
                    an.nv;Nguyễn Văn An;Công chức;Tiếp nhận;\r\n\
                    binh.tt;Trần Thị Bình;Phó Chủ tịch;Lãnh đạo;THD\r\n\
                    binh.tt;Trần Thị Bình;Phó Chủ tịch;leader;cn\r\n;;;;\r\n";
        let people = read_people(text).expect("a sheet");
        assert_eq!(people.len(), 2);
        let binh = people.get(1).expect("two");
        assert_eq!((binh.line, binh.roles.len()), (3, 2), "{people:?}");
        assert_eq!(
            binh.roles.first().and_then(|r| r.authority.as_deref()),
            Some("thd")
        );
        assert_eq!(
            people
                .first()
                .map(|p| p.roles.clone())
                .unwrap_or_default()
                .first()
                .map(|r| r.role),
            Some(Role::Reception)
        );
    }

    #[test]
    fn every_fault_is_told_with_its_row() {
        let text = "username,full_name,role\nA B,Nguyễn Văn An,leader\nan,,leader\nan2,An,king\nan3,An,citizen\nan4,An,leader\nan4,Bình,leader\nan4,An,leader\n";
        let faults = read_people(text).expect_err("faults");
        let told: Vec<(&str, &str)> = faults
            .iter()
            .map(|f| (f.pointer.as_str(), f.code))
            .collect();
        assert_eq!(
            told,
            [
                ("/2/username", "username_format"),
                ("/3/full_name", "required"),
                ("/4/role", "unknown_value"),
                ("/5/role", "unknown_value"),
                ("/7/full_name", "contradiction"),
                ("/8/role", "repeated"),
            ]
        );
    }

    #[test]
    fn a_sheet_without_its_columns_is_no_sheet_of_people() {
        let faults = read_people("name,phone\nAn,0912\n").expect_err("faults");
        assert!(
            faults
                .iter()
                .any(|f| f.pointer == "/1/username" && f.code == "required")
        );
        assert!(faults.iter().any(|f| f.code == "unknown"));
        assert_eq!(
            read_people("username,full_name,role\n")
                .expect_err("nobody")
                .len(),
            1
        );
    }
}

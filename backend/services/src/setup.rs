//! The first start: an empty production database becomes a centre with its authorities, its
//! calendar, the national catalogue and one administrator, in one transaction, once.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use motcua_domain::calendar::{Calendar, CalendarData, ShiftRule, WeekdayName};
use motcua_domain::dossier::Role;
use motcua_domain::refusal::{FieldError, Refusal, Text};
use motcua_domain::text::{TextFault, clean_line, required_line};
use motcua_domain::{catalogue, code};
use motcua_store::{CentreId, Db, Ts, centre as rows, counter};
use serde_json::json;

use crate::account::{NewRole, NewUser, add_user};
use crate::centre::{NewCentre, set_up};
use crate::context::Services;
use crate::error::{Error, Result};
use crate::{organisation, record};

/// The most authorities one centre receives for.
pub const MAX_AUTHORITIES: usize = 50;

/// The hours of a working day. A centre that works otherwise changes its calendar afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// The morning, from and to.
    pub morning: (NaiveTime, NaiveTime),
    /// The afternoon, from and to.
    pub afternoon: (NaiveTime, NaiveTime),
    /// Saturday morning serves; it never counts for a limit.
    pub saturday_morning: bool,
}

/// What a first start is told.
#[derive(Debug, Clone)]
pub struct FirstStart {
    /// The centre and the authorities it receives for.
    pub centre: NewCentre,
    /// Its hours; those of the national calendar when absent.
    pub hours: Option<Hours>,
    /// Its mark, a PNG or JPEG in base64.
    pub logo: Option<String>,
    /// The first administrator; its roles are given here.
    pub admin: NewUser,
}

/// `setup_done`: an installation is set up once.
pub fn done() -> Error {
    Refusal::new(
        "setup_done",
        "Hệ thống đã được thiết lập.",
        "This installation has been set up already.",
    )
    .into()
}

/// Whether nothing has been set up yet.
///
/// # Errors
/// Storage failures only.
pub fn needed(db: &mut Db) -> Result<bool> {
    Ok(rows::centres_page(db, None, 1)?.is_empty())
}

/// The national calendar, with these hours in place of its own from Monday to Friday.
///
/// # Errors
/// `shifts_overlap`, `shift_ends_before_start`.
fn calendar_with(hours: Option<Hours>) -> Result<CalendarData> {
    let mut data = Calendar::national_data()?;
    if let Some(h) = hours {
        use WeekdayName::{Fri, Mon, Sat, Thu, Tue, Wed};
        let shift = |weekdays: Vec<WeekdayName>, (from, to), counts| ShiftRule {
            weekdays,
            from,
            to,
            counts,
            valid_from: None,
            valid_to: None,
        };
        let week = || vec![Mon, Tue, Wed, Thu, Fri];
        data.shifts = vec![
            shift(week(), h.morning, true),
            shift(week(), h.afternoon, true),
        ];
        if h.saturday_morning {
            data.shifts.push(shift(vec![Sat], h.morning, false));
        }
    }
    Calendar::new(data.clone()).map_err(|r| {
        let (code, said) = (r.code, r.detail.clone());
        r.field("/hours", code, said.vi, said.en)
    })?;
    Ok(data)
}

struct Checks(Vec<FieldError>);

impl Checks {
    fn keep<T: Default>(&mut self, pointer: &str, found: std::result::Result<T, TextFault>) -> T {
        found.unwrap_or_else(|fault| {
            self.0.push(fault.at(pointer));
            T::default()
        })
    }

    fn short_code(&mut self, pointer: &str, text: &str) -> String {
        let code = text.trim().to_lowercase();
        let fine = (2..=32).contains(&code.len())
            && code
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !fine {
            self.0.push(FieldError {
                pointer: pointer.to_owned(),
                code: "short_code_format",
                detail: Text::new(
                    "Mã gồm 2–32 ký tự: chữ thường không dấu, chữ số, gạch nối.",
                    "A code has 2–32 characters: a–z, 0–9, dash.",
                ),
            });
        }
        code
    }

    fn e_code(&mut self, pointer: &str, text: &str) -> String {
        let e_code = text.trim().to_uppercase();
        self.keep(pointer, code::check_e_code(&e_code));
        e_code
    }

    fn optional(&mut self, pointer: &str, text: Option<&String>) -> Option<String> {
        let line = text.map(|t| self.keep(pointer, clean_line(t, 300)));
        line.filter(|l| !l.is_empty())
    }
}

impl FirstStart {
    /// Checks every field and cleans those of the centre; all faults are told at once.
    ///
    /// # Errors
    /// `validation_failed` naming the fields.
    pub fn checked(mut self) -> Result<Self> {
        let mut checks = Checks(Vec::new());
        let c = &mut self.centre;
        c.code = checks.short_code("/centre/code", &c.code);
        c.e_code = checks.e_code("/centre/e_code", &c.e_code);
        c.name = checks.keep("/centre/name", required_line(&c.name, 200));
        c.province = checks.keep("/centre/province", required_line(&c.province, 100));
        c.commune = checks.keep("/centre/commune", required_line(&c.commune, 100));
        c.address = checks.optional("/centre/address", c.address.as_ref());
        c.phone = checks.optional("/centre/phone", c.phone.as_ref());
        if !(1..=MAX_AUTHORITIES).contains(&c.authorities.len()) {
            checks.0.push(FieldError {
                pointer: "/authorities".into(),
                code: "out_of_range",
                detail: Text::new(
                    format!("Phải có từ 1 đến {MAX_AUTHORITIES} cơ quan."),
                    format!("1 to {MAX_AUTHORITIES} authorities."),
                ),
            });
        }
        let mut seen: Vec<(String, String)> = Vec::new();
        for (i, (short, name, e_code)) in c.authorities.iter_mut().enumerate() {
            let at = |field: &str| format!("/authorities/{i}/{field}");
            *short = checks.short_code(&at("code"), short);
            *name = checks.keep(&at("name"), required_line(name, 200));
            *e_code = checks.e_code(&at("e_code"), e_code);
            for (field, twice) in [
                ("code", seen.iter().any(|s| s.0 == *short)),
                ("e_code", seen.iter().any(|s| s.1 == *e_code)),
            ] {
                if twice {
                    checks.0.push(FieldError {
                        pointer: at(field),
                        code: "duplicate",
                        detail: Text::new("Mã này đã dùng ở dòng trên.", "Used above already."),
                    });
                }
            }
            seen.push((short.clone(), e_code.clone()));
        }
        for mut fault in self.admin.faults() {
            // The administrator's fields lie one level deeper than a user's own.
            fault.pointer = format!("/administrator{}", fault.pointer);
            checks.0.push(fault);
        }
        if checks.0.is_empty() {
            Ok(self)
        } else {
            Err(Refusal::invalid(checks.0).into())
        }
    }

    /// Sets everything up. Hashes the password: slow on purpose, call it off the async threads.
    ///
    /// # Errors
    /// `setup_done`; `validation_failed` naming the fields; `shifts_overlap`, `shift_ends_before_start`.
    pub fn run(self, services: &Services) -> Result<CentreId> {
        let now = services.now();
        let first = self.checked()?;
        let calendar = calendar_with(first.hours)?;
        if !services.read(needed)? {
            return Err(done());
        }
        let logo = match &first.logo {
            Some(sent) => Some(organisation::drawn(sent, "/logo")?),
            None => None,
        };
        let (admin, _) = first.admin.prepare(now)?;
        let file = catalogue::national().map_err(|e| Error::Internal(e.to_string()))?;
        services.write(|db| {
            // Two at once: the second waits here and then finds a centre.
            counter::next(db, "setup")?;
            if !needed(db)? {
                return Err(done());
            }
            let (centre, authorities) = set_up(db, &first.centre, &calendar, now)?;
            if let Some(image) = &logo {
                let logo = organisation::logo_row(&centre, image.clone(), None, Ts::new(now));
                rows::set_logo(db, &logo)?;
            }
            let role = NewRole {
                role: Role::Admin,
                centre_id: centre.clone(),
                authority_id: None,
            };
            add_user(db, now, None, &admin, &[role])?;
            let procedures = crate::catalogue::import(db, &file, now)?;
            record::audit(
                db,
                &centre,
                now,
                None,
                "centre.set_up",
                ("centre", centre.as_str()),
                json!({ "authorities": authorities.len(), "procedures": procedures }),
            )?;
            Ok(centre)
        })
    }
}

/// Since when the authorities are served, when nothing else is said: today.
pub fn since(now: DateTime<Utc>) -> NaiveDate {
    motcua_domain::vn_time::local_date(now)
}

//! One inspection of the demo centre that is over: with a sample, a finding that is put right and one that is
//! overdue, and a commendation that rests on it.

use chrono::{Days, Duration};
use motcua_domain::dossier::Role;
use motcua_domain::inspection::{
    CheckOutcome, ConductKind, EvidenceKind, FindingCommand, FindingKind, InspectionKind,
};
use motcua_domain::vn_time::local_date;

use super::history::staff;
use crate::clock::Clock;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::inspection::conduct::{NewConduct, keep};
use crate::inspection::finding::{FindingDoing, NewFinding, act, make};
use crate::inspection::sample::{Check, NewSample, check, draw, units};
use crate::inspection::{Conclusion, NewInspection, conclude, open};
use crate::token::Keyring;

/// How many dossiers the demo's team checks.
const SAMPLE: u64 = 5;

pub(super) fn fill(live: &Services) -> Result<()> {
    let now = live.now();
    // A clock of our own: what is late is late by itself.
    let services = Services::new(
        live.store.clone(),
        Clock::starting_at(now - Duration::days(11)),
        Keyring::ephemeral()?,
    );
    let staff = services.read(|db| staff(db, services.now()))?;
    let lost = || Error::Internal("a demo role is not filled".into());
    let ward = staff.authorities.first().ok_or_else(lost)?;
    let other = staff.authorities.get(1).ok_or_else(lost)?;
    let director = staff.of(Role::Director, ward)?;
    let inspector = staff.of(Role::Inspector, ward)?;
    let leader = staff.of(Role::Leader, ward)?;
    let handler = staff.of(Role::Handler, ward)?;
    let neighbour = staff.of(Role::Handler, other)?;
    let today = local_date(now);
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap_or(today);
    services.write(|db| {
        let at = |days: i64| services.clock.set(now - Duration::days(days));
        at(11);
        let opened = open(
            &services,
            db,
            director,
            &NewInspection {
                centre: None,
                kind: InspectionKind::Scheduled,
                subject: "Việc giải quyết và trả kết quả hồ sơ của phường".into(),
                decision_number: "2997/QĐ-UBND".into(),
                decision_on: ago(11),
                decided_by: "Chủ tịch Ủy ban nhân dân thành phố".into(),
                authorities: Some(vec![ward.clone()]),
                period_from: ago(60),
                period_to: ago(11),
                access_from: ago(11),
                access_to: ago(5),
                members: vec![
                    (inspector.user_id.clone(), true),
                    (neighbour.user_id.clone(), false),
                ],
            },
        )?
        .row;
        at(10);
        let drawn = draw(
            &services,
            db,
            inspector,
            &opened.id,
            &NewSample {
                finished_only: false,
                margin: 500,
                size: None,
                seed: Some("2997".into()),
            },
        );
        // A demo of a few days has nothing to draw from.
        let about = match drawn {
            Ok(drawn) => {
                let ids = (&opened.id, &drawn.row.id);
                let most = i64::try_from(SAMPLE).unwrap_or(i64::MAX);
                let seen = units(&services, db, inspector, ids, None, None, most)?;
                let mut about = None;
                for unit in seen.units {
                    let late = unit.place == 2;
                    let what = Check {
                        outcome: if late {
                            CheckOutcome::Finding
                        } else {
                            CheckOutcome::InOrder
                        },
                        note: late.then(|| "Phiếu kiểm soát ghi thiếu một bước bàn giao.".into()),
                    };
                    check(
                        &services,
                        db,
                        inspector,
                        (&opened.id, &drawn.row.id, unit.place),
                        &what,
                    )?;
                    if late {
                        about = Some(unit.dossier_id);
                    }
                }
                about
            }
            Err(Error::Refused(_)) => None,
            Err(error) => return Err(error),
        };
        at(9);
        let papers = make(
            &services,
            db,
            inspector,
            &opened.id,
            &NewFinding {
                authority: ward.clone(),
                dossier: about,
                officer: Some(handler.user_id.clone()),
                kind: FindingKind::Procedure,
                text: "Phiếu kiểm soát quá trình giải quyết ghi thiếu bước bàn giao.".into(),
                asked: "Ghi đủ các bước bàn giao; rà soát các hồ sơ cùng loại.".into(),
                due_on: ago(2),
            },
        )?;
        let posted = make(
            &services,
            db,
            inspector,
            &opened.id,
            &NewFinding {
                authority: ward.clone(),
                dossier: None,
                officer: None,
                kind: FindingKind::Publicity,
                text: "Bảng niêm yết chưa cập nhật mức lệ phí đang áp dụng.".into(),
                asked: "Thay bảng niêm yết theo mức lệ phí hiện hành.".into(),
                due_on: ago(6),
            },
        )?;
        let lost = || Error::Internal("a demo finding is gone".into());
        let posted = posted.all.rows.first().ok_or_else(lost)?.id.clone();
        at(8);
        act(
            &services,
            db,
            leader,
            &posted,
            1,
            &FindingDoing {
                command: FindingCommand::Report,
                note: Some("Đã thay bảng niêm yết tại cửa vào và trên màn hình.".into()),
                document_number: Some("45/BC-UBND".into()),
            },
        )?;
        at(7);
        act(
            &services,
            db,
            inspector,
            &posted,
            2,
            &FindingDoing {
                command: FindingCommand::Accept,
                note: Some("Đã kiểm tra tại chỗ.".into()),
                document_number: None,
            },
        )?;
        at(6);
        conclude(
            &services,
            db,
            inspector,
            &opened.id,
            1,
            &Conclusion {
                number: "15/KL-ĐKT".into(),
                on: ago(6),
                text: "Hồ sơ được tiếp nhận, giải quyết cơ bản đúng quy định; còn hai kiến nghị phải khắc phục.".into(),
            },
        )?;
        at(4);
        let papers = papers.all.rows.first().ok_or_else(lost)?;
        keep(
            &services,
            db,
            director,
            &NewConduct {
                centre: None,
                kind: ConductKind::Commendation,
                officer: Some(leader.user_id.clone()),
                authority: None,
                form: "Giấy khen".into(),
                decision_number: "88/QĐ-TT".into(),
                decision_on: ago(4),
                decided_by: "Giám đốc Trung tâm Phục vụ hành chính công".into(),
                reason: "Khắc phục ngay kiến nghị của đoàn kiểm tra về niêm yết lệ phí.".into(),
                public: false,
                evidence: vec![
                    (EvidenceKind::Finding, posted.to_string()),
                    (EvidenceKind::Inspection, papers.inspection_id.to_string()),
                ],
            },
        )?;
        Ok(())
    })
}

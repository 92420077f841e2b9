//! A handful of what people said of the demo centre in its last two weeks, in each stage once.

use chrono::{Days, Duration};
use motcua_domain::dossier::Role;
use motcua_domain::feedback::{FeedbackChannel, FeedbackKind, FeedbackSubject, ObstacleKind};
use motcua_domain::vn_time::local_date;
use motcua_store::{Db, RecordId};

use super::history::staff;
use crate::actor::Actor;
use crate::clock::Clock;
use crate::context::Services;
use crate::error::{Error, Result};
use crate::feedback::denunciation::{self, NewDenunciation};
use crate::feedback::obstacle::{self, NewObstacle};
use crate::feedback::{self as service, Doing, Filer, Filing, act, receive};
use crate::token::Keyring;

fn filer(full_name: &str, address: &str, phone: &str) -> Filer {
    Filer {
        full_name: full_name.into(),
        address: address.into(),
        phone: phone.into(),
    }
}

fn filing(
    kind: FeedbackKind,
    channel: FeedbackChannel,
    subject: FeedbackSubject,
    text: &str,
    filer: Filer,
) -> Filing {
    Filing {
        kind,
        centre: None,
        channel,
        subject,
        text: text.into(),
        filer,
        dossier_code: None,
        about: None,
        authority: None,
    }
}

struct Story<'a> {
    services: &'a Services,
    director: &'a Actor,
}

impl Story<'_> {
    /// Does something with an item at the version it stands at.
    fn go(&self, db: &mut Db, id: &RecordId, version: i64, doing: &Doing) -> Result<()> {
        act(self.services, db, self.director, id, version, doing)?;
        Ok(())
    }
}

pub(super) fn fill(live: &Services) -> Result<()> {
    let now = live.now();
    // A clock of our own: what is late is late by itself.
    let services = Services::new(
        live.store.clone(),
        Clock::starting_at(now - Duration::days(13)),
        Keyring::ephemeral()?,
    );
    let staff = services.read(|db| staff(db, services.now()))?;
    let lost = || Error::Internal("a demo role is not filled".into());
    let ward = staff.authorities.first().ok_or_else(lost)?;
    let director = staff.of(Role::Director, ward)?;
    let reception = staff.of(Role::Reception, ward)?;
    let handler = staff.of(Role::Handler, ward)?;
    let inspector = staff.of(Role::Inspector, ward)?;
    let story = Story {
        services: &services,
        director,
    };
    services.write(|db| {
        let at = |days: i64| services.clock.set(now - Duration::days(days));
        at(13);
        let seats = service::file(
            &services,
            db,
            &filing(
                FeedbackKind::Suggestion,
                FeedbackChannel::Qr,
                FeedbackSubject::Facility,
                "Khu vực chờ buổi sáng thiếu ghế ngồi cho người già, đề nghị trung tâm bổ sung.",
                filer("Trịnh Bá Cường", "Số 27 ngõ Hạ Hồi, Hà Nội", "0904111222"),
            ),
        )?
        .row;
        at(12);
        // Nobody looks at this one: its five working days are over.
        receive(
            &services,
            db,
            reception,
            &filing(
                FeedbackKind::Suggestion,
                FeedbackChannel::Phone,
                FeedbackSubject::Procedure,
                "Bảng niêm yết lệ phí chứng thực ở cửa vào ghi khác với trên trang của trung tâm.",
                filer("Lương Thị Hạnh", "Số 8 phố Quang Trung, Hà Nội", "0912333444"),
            ),
        )?;
        let complaint = receive(
            &services,
            db,
            reception,
            &filing(
                FeedbackKind::Complaint,
                FeedbackChannel::Counter,
                FeedbackSubject::Officer,
                "Tôi không đồng ý với việc từ chối hồ sơ cấp bản sao trích lục của tôi, đề nghị xem xét lại.",
                filer("Đoàn Quốc Việt", "Số 91 phố Lý Thường Kiệt, Hà Nội", "0988555666"),
            ),
        )?
        .row;
        at(11);
        story.go(
            db,
            &seats.id,
            1,
            &Doing::Answer {
                answer: "Trung tâm đã kê thêm mười hai ghế có tay vịn, dành hàng đầu cho người cao tuổi. Cảm ơn ông đã góp ý.".into(),
                upheld: None,
            },
        )?;
        story.go(
            db,
            &seats.id,
            2,
            &Doing::Publish {
                summary: "Công dân phản ánh khu vực chờ buổi sáng thiếu ghế ngồi cho người già.".into(),
                answer: "Trung tâm đã kê thêm mười hai ghế có tay vịn, dành hàng đầu cho người cao tuổi.".into(),
            },
        )?;
        at(9);
        story.go(
            db,
            &complaint.id,
            1,
            &Doing::Accept {
                accepted: true,
                remote: false,
                reason: None,
            },
        )?;
        let passed = service::file(
            &services,
            db,
            &filing(
                FeedbackKind::Suggestion,
                FeedbackChannel::Online,
                FeedbackSubject::Other,
                "Biển chỉ đường đến trung tâm mới bị cây che khuất, người ở nơi khác đến khó tìm.",
                filer("Hồ Thị Mai Lan", "Số 3 phố Nguyễn Du, Hà Nội", "0977888999"),
            ),
        )?
        .row;
        at(7);
        let answer_by = local_date(now).checked_add_days(Days::new(5));
        story.go(
            db,
            &passed.id,
            1,
            &Doing::Forward {
                to: None,
                authority: Some(ward.clone()),
                answer_by,
            },
        )?;
        at(5);
        let appointment = inspector.user_id.clone();
        denunciation::appoint(&services, db, director, None, &appointment)?;
        denunciation::file(
            &services,
            db,
            &NewDenunciation {
                centre: None,
                channel: FeedbackChannel::Online,
                about: "Một người tự xưng là cán bộ, chưa rõ tên".into(),
                text: "Người này hẹn gặp ngoài trụ sở và gợi ý đưa tiền để làm nhanh hồ sơ.".into(),
                filer: filer("Mạc Văn Thịnh", "Số 15 phố Hàm Long, Hà Nội", "0933222111"),
            },
        )?;
        at(3);
        let raised = obstacle::raise(
            &services,
            db,
            handler,
            &NewObstacle {
                centre: None,
                kind: ObstacleKind::System,
                procedure_code: None,
                text: "Phần mềm hộ tịch dùng chung không tra được dữ liệu của nơi cư trú cũ, phải gọi điện xác minh từng hồ sơ.".into(),
            },
        )?
        .row;
        obstacle::raise(
            &services,
            db,
            reception,
            &NewObstacle {
                centre: None,
                kind: ObstacleKind::Procedure,
                procedure_code: Some("1.004873".into()),
                text: "Người dân hay mang thiếu tờ khai mẫu mới, đề nghị in sẵn mẫu đặt ở quầy hướng dẫn.".into(),
            },
        )?;
        at(2);
        obstacle::forward(
            &services,
            db,
            director,
            &raised.id,
            1,
            "Sở Tư pháp thành phố Hà Nội",
        )?;
        at(1);
        service::file(
            &services,
            db,
            &filing(
                FeedbackKind::Suggestion,
                FeedbackChannel::Online,
                FeedbackSubject::Attitude,
                "Cán bộ ở quầy số 2 giải thích rất tận tình, đề nghị trung tâm biểu dương.",
                filer("Chu Thị Bích Ngọc", "Số 44 phố Bà Triệu, Hà Nội", "0965777333"),
            ),
        )?;
        Ok(())
    })
}

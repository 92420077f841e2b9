//! The steps of an internal workflow: who has a dossier for how long.

use super::*;
use crate::catalogue::StepData;

/// 2 + 3 + 2 + 1 hours, as Hà Nội divides eight (DOMAIN §2.3), the third with a second step of the handler's.
pub(super) fn plan() -> Vec<StepData> {
    [
        ("tiep_nhan", "reception", 120),
        ("tham_dinh", "handler", 180),
        ("trinh_ky", "handler", 60),
        ("ky_duyet", "leader", 120),
    ]
    .map(|(id, desk, minutes)| StepData {
        id: id.into(),
        name: id.into(),
        desk: desk.into(),
        minutes,
    })
    .to_vec()
}

/// A story with its walk.
struct Walked {
    story: Story,
    runs: Vec<StepRun>,
}

impl Walked {
    fn begin(rule: Rule, when: &str) -> Self {
        let draft = Story::begin(Channel::Counter, rule, when);
        let mut walked = Self {
            story: draft,
            runs: Vec::new(),
        };
        walked.does(RECEPTION, accept());
        walked
    }

    fn does(&mut self, role: &[Role], command: Command) -> &mut Self {
        let before = self.story.dossier.clone();
        self.story.dossier.next_step_here = next_step_here(&plan(), &self.runs, &before);
        let next = command == Command::Advance;
        self.story.ok(role, command);
        let (after, now) = (&self.story.dossier, self.story.now);
        follow(
            &plan(),
            &mut self.runs,
            &before,
            after,
            next,
            now,
            &NATIONAL,
        )
        .expect("within");
        self
    }

    fn when(&mut self, when: &str) -> &mut Self {
        self.story.when(when);
        self
    }

    /// Each step with its due time and its end, as `step due end`.
    fn told(&self) -> Vec<String> {
        let show = |t: DateTime<Utc>| crate::vn_time::local(t).format("%d/%m %H:%M").to_string();
        self.runs
            .iter()
            .map(|r| {
                let end = r.ended_at.map_or_else(|| "…".to_owned(), show);
                format!("{} {} {end}", r.step_id, show(r.due_at))
            })
            .collect()
    }
}

#[test]
fn a_step_ends_where_the_next_desk_begins_and_its_time_is_working_time() {
    let mut w = Walked::begin(days(5), "02/03/2026 16:30");
    // One hour of the day is left, and one of the next morning.
    assert_eq!(w.told(), ["tiep_nhan 03/03 08:30 …"]);
    w.does(RECEPTION, give(Desk::Handler));
    assert_eq!(
        w.told(),
        ["tiep_nhan 03/03 08:30 …"],
        "it is theirs once they acknowledge"
    );
    w.when("03/03/2026 08:00").does(HANDLER, take());
    w.when("03/03/2026 10:00").does(HANDLER, Command::Advance);
    w.when("03/03/2026 14:00")
        .does(HANDLER, give(Desk::Leader))
        .does(LEADER, take());
    assert_eq!(
        w.told(),
        [
            "tiep_nhan 03/03 08:30 03/03 08:00",
            "tham_dinh 03/03 11:00 03/03 10:00",
            "trinh_ky 03/03 11:00 03/03 14:00",
            "ky_duyet 03/03 16:00 …",
        ]
    );
    let late: Vec<bool> = w.runs.iter().map(|r| r.late(None, w.story.now)).collect();
    assert_eq!(late, [false, false, true, false]);
    // The leader gives it back: the handler's last step begins again, and then the leader's.
    w.when("03/03/2026 15:00")
        .does(LEADER, give(Desk::Handler))
        .does(HANDLER, take());
    assert_eq!(w.told()[4], "trinh_ky 03/03 16:00 …");
    w.does(HANDLER, give(Desk::Leader)).does(LEADER, take());
    assert_eq!(w.told()[5], "ky_duyet 03/03 17:00 …");
    w.does(LEADER, grant());
    w.when("03/03/2026 16:00").does(HANDLER, result());
    assert_eq!(w.told()[5], "ky_duyet 03/03 17:00 03/03 16:00");
    assert_eq!(w.runs.len(), 6, "nothing runs once the result is ready");
}

#[test]
fn the_next_step_is_asked_for_at_its_own_desk_only() {
    let mut w = Walked::begin(days(5), "02/03/2026 09:00");
    assert_eq!(w.story.code(RECEPTION, Command::Advance), "no_further_step");
    w.does(RECEPTION, give(Desk::Handler)).does(HANDLER, take());
    w.story.dossier.next_step_here = true;
    assert_eq!(w.story.code(LEADER, Command::Advance), "not_at_your_desk");
    assert_eq!(w.story.code(CASHIER, Command::Advance), "role_not_allowed");
    w.does(HANDLER, Command::Advance);
    assert!(!next_step_here(&plan(), &w.runs, &w.story.dossier));
}

#[test]
fn a_step_waits_while_the_clock_stands_still() {
    let resumed = Rule {
        supplement_mode: SupplementMode::Resume,
        ..days(5)
    };
    for (rule, expected) in [
        // Two of three hours were left; three begin anew where the limit starts over.
        (resumed, vec!["tham_dinh 10/03 11:00 …"]),
        (
            days(5),
            vec![
                "tham_dinh 10/03 11:00 10/03 09:00",
                "tham_dinh 10/03 14:00 …",
            ],
        ),
    ] {
        let mut w = Walked::begin(rule, "03/03/2026 08:00");
        w.does(RECEPTION, give(Desk::Handler)).does(HANDLER, take());
        assert_eq!(w.told()[1], "tham_dinh 03/03 11:00 …");
        w.when("03/03/2026 09:00").does(HANDLER, ask());
        let paused = Some(w.story.now);
        assert!(!w.runs[1].late(paused, at("09/03/2026 17:00")));
        w.when("10/03/2026 09:00")
            .does(RECEPTION, Command::Supplement);
        assert_eq!(w.told()[1..], expected);
    }
}

#[test]
fn what_is_taken_back_was_never_walked() {
    let mut w = Walked::begin(days(5), "02/03/2026 09:00");
    w.does(RECEPTION, give(Desk::Handler));
    let (before, walked) = (w.story.dossier.clone(), w.runs.clone());
    w.when("02/03/2026 10:00").does(HANDLER, take());
    assert_eq!(w.runs.len(), 2);
    unfollow(&plan(), &mut w.runs, &before, w.story.now, &NATIONAL).expect("within");
    assert_eq!(w.runs, walked);
}

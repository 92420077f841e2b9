use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use super::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn member(id: &str, head: bool) -> PlannedMember {
    PlannedMember {
        id: id.to_owned(),
        head,
        known: true,
        own_work: false,
    }
}

/// A plan that is sound on 2 March 2026.
fn plan() -> Plan {
    Plan {
        kind: InspectionKind::Scheduled,
        decision_on: day("2026-02-27"),
        period_from: day("2026-01-01"),
        period_to: day("2026-02-28"),
        access_from: day("2026-03-02"),
        access_to: day("2026-03-20"),
        authorities: 1,
        members: vec![member("a", true), member("b", false)],
    }
}

const TODAY: &str = "2026-03-02";

fn told(change: impl FnOnce(&mut Plan)) -> Vec<(String, String)> {
    let mut plan = plan();
    change(&mut plan);
    faults(&plan, &Limits::shipped().expect("sound data"), day(TODAY))
        .into_iter()
        .map(|f| (f.pointer, f.code.to_owned()))
        .collect()
}

#[test]
fn a_sound_plan_has_no_fault() {
    assert_eq!(told(|_| {}), []);
}

#[test]
fn each_fault_of_a_plan_is_told_where_it_stands() {
    type Change = fn(&mut Plan);
    let table: [(Change, &str, &str); 13] = [
        (
            |p| p.decision_on = day("2026-03-03"),
            "/decision_on",
            "date_in_future",
        ),
        (
            |p| p.period_from = day("2026-03-01"),
            "/period_to",
            "dates_reversed",
        ),
        (
            |p| p.period_to = day("2026-03-03"),
            "/period_to",
            "date_in_future",
        ),
        (
            |p| p.access_to = day("2026-03-01"),
            "/access_to",
            "dates_reversed",
        ),
        (
            |p| {
                p.access_from = day("2026-02-27");
                p.access_to = day("2026-03-01");
            },
            "/access_to",
            "date_in_past",
        ),
        (
            |p| p.access_to = day("2026-04-16"),
            "/access_to",
            "access_too_long",
        ),
        (
            |p| p.access_from = day("2026-02-26"),
            "/access_from",
            "before_decision",
        ),
        (|p| p.authorities = 0, "/authority_ids", "required"),
        (|p| p.members.clear(), "/members", "required"),
        (
            |p| p.members.iter_mut().for_each(|m| m.head = false),
            "/members",
            "no_head",
        ),
        (
            |p| p.members.iter_mut().for_each(|m| m.head = true),
            "/members",
            "several_heads",
        ),
        (
            |p| p.members.push(member("a", false)),
            "/members/2/user_id",
            "member_twice",
        ),
        (
            |p| {
                p.members.push(PlannedMember {
                    known: false,
                    ..member("c", false)
                })
            },
            "/members/2/user_id",
            "unknown_value",
        ),
    ];
    for (change, pointer, code) in table {
        let found = told(change);
        assert!(
            found.contains(&(pointer.to_owned(), code.to_owned())),
            "{pointer} {code}: {found:?}"
        );
    }
}

#[test]
fn a_team_of_45_days_is_the_longest_and_an_internal_check_of_31() {
    assert_eq!(told(|p| p.access_to = day("2026-04-15")), []);
    let internal = |to: &str| {
        told(|p| {
            p.kind = InspectionKind::InternalCheck;
            p.access_to = day(to);
        })
    };
    assert_eq!(internal("2026-04-01"), []);
    assert_eq!(internal("2026-04-02").len(), 1);
}

#[test]
fn nobody_inspects_their_own_work_but_in_an_internal_check() {
    let own = |kind| {
        told(|p| {
            p.kind = kind;
            p.members.push(PlannedMember {
                own_work: true,
                ..member("c", false)
            });
        })
    };
    assert_eq!(own(InspectionKind::InternalCheck), []);
    for kind in [InspectionKind::Scheduled, InspectionKind::Unannounced] {
        assert_eq!(
            own(kind),
            [("/members/2/user_id".to_owned(), "own_work".to_owned())]
        );
    }
}

fn any_state() -> impl Strategy<Value = FindingState> {
    proptest::sample::select(FindingState::ALL.to_vec())
}

fn any_command() -> impl Strategy<Value = FindingCommand> {
    prop_oneof![
        Just(FindingCommand::Report),
        Just(FindingCommand::Accept),
        Just(FindingCommand::SendBack),
        Just(FindingCommand::Withdraw),
        (0_u64..100).prop_map(|n| FindingCommand::Prolong {
            until: day("2026-02-01") + Days::new(n)
        }),
    ]
}

proptest! {
    /// A team looks on its days and on no other, and never once it is not open.
    #[test]
    fn a_team_looks_on_its_days_only(from in 0_u64..60, long in 0_u64..60, now in 0_u64..150, state in proptest::sample::select(InspectionState::ALL.to_vec())) {
        let first = day("2026-01-01") + Days::new(from);
        let last = first + Days::new(long);
        let today = day("2026-01-01") + Days::new(now);
        let within = state == InspectionState::Open && (from..=from + long).contains(&now);
        prop_assert_eq!(may_look(state, first, last, today), within);
    }

    /// Whatever is done, a finding ends accepted by somebody else, or withdrawn; and once it has, nothing
    /// moves it. Its day never comes nearer.
    #[test]
    fn a_finding_ends_once_and_its_day_never_comes_nearer(
        state in any_state(), own in any::<bool>(), commands in proptest::collection::vec(any_command(), 1..20),
    ) {
        let today = day("2026-03-02");
        let mut case = FindingCase { state, due_on: day("2026-03-10"), own_report: own };
        for command in commands {
            match decide(&case, &command, today) {
                Ok(after) => {
                    prop_assert!(!case.state.is_settled());
                    prop_assert!(case.allowed().contains(&command.action()));
                    prop_assert!(after.due_on >= case.due_on);
                    if after.state == FindingState::Closed {
                        prop_assert!(case.state == FindingState::Reported && !case.own_report);
                    }
                    prop_assert!(after.due_on == case.due_on || after.state == case.state);
                    case.state = after.state;
                    case.due_on = after.due_on;
                }
                Err(refusal) => {
                    let allowed = case.allowed().contains(&command.action());
                    prop_assert_eq!(refusal.code == "finding_step_not_allowed", !allowed);
                }
            }
        }
    }

    /// More time is given until a day that is later and not over, or not at all.
    #[test]
    fn more_time_is_later_time(due in 0_u64..60, until in 0_u64..60, now in 0_u64..60) {
        let at = |n| day("2026-03-01") + Days::new(n);
        let case = FindingCase { state: FindingState::Open, due_on: at(due), own_report: false };
        let found = decide(&case, &FindingCommand::Prolong { until: at(until) }, at(now));
        prop_assert_eq!(found.is_ok(), until > due && until >= now);
        prop_assert_eq!(due_fault(at(due), at(now)).is_some(), due < now);
    }
}

//! Random commands by random people at random times: whatever happens, the table holds.

use super::*;
use chrono::TimeDelta;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseError, TestRunner};
use std::collections::BTreeSet;

fn any_desk() -> impl Strategy<Value = Desk> {
    prop_oneof![
        3 => Just(Desk::Handler),
        1 => Just(Desk::Leader),
        1 => proptest::sample::select(Desk::ALL),
    ]
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![8 => Just("lý do".to_owned()), 1 => Just(String::new())]
}

fn any_law() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(Just("Luật".to_owned()))
}

fn any_command() -> impl Strategy<Value = Command> {
    prop_oneof![
        4 => Just(Command::Submit),
        16 => Just(accept()),
        4 => any_text().prop_map(|reason| Command::Refuse { reason_code: "other".into(), reason }),
        12 => (any_text(), any_law()).prop_map(|(reason, legal_exception)| Command::RequestSupplement {
            items: vec!["giấy".into()], reason, legal_exception,
        }),
        12 => Just(Command::Supplement),
        24 => (any_desk(), proptest::option::of(proptest::sample::select(&["u1", "u2"][..])))
            .prop_map(|(to, user)| Command::HandOver { to, to_user: user.map(str::to_owned) }),
        24 => proptest::bool::weighted(0.8).prop_map(|accepted| Command::Acknowledge { accepted, reason: Some("lý do".into()) }),
        4 => Just(Command::Claim),
        4 => any_text().prop_map(|body| Command::Consult { body, reply_due_on: None }),
        4 => Just(Command::AnswerConsultation),
        4 => Just(Command::Advance),
        4 => (-1_i64..3).prop_map(|amount_vnd| Command::RequirePayment { amount_vnd, reason: "phí".into() }),
        8 => any::<bool>().prop_map(|paid| Command::SettlePayment(if paid { Settlement::Paid } else { Settlement::Exempt })),
        5 => any::<bool>().prop_map(|yes| Command::Decide {
            outcome: if yes { DecisionOutcome::Grant } else { DecisionOutcome::Refuse },
            reason: Some("lý do".into()),
        }),
        12 => any_text().prop_map(|summary| Command::Results { number: None, issued_on: None, summary }),
        12 => (proptest::sample::select(Relation::ALL), proptest::sample::select(DeliveryMethod::ALL), any_law())
            .prop_map(|(relation, method, authorisation)| Command::Return {
                collector: Collector { full_name: "An".into(), relation, authorisation },
                method,
                tracking_number: None,
            }),
        2 => (any_text(), any::<bool>()).prop_map(|(reason, declined)| Command::Withdraw { reason, declined }),
        4 => (any_text(), any_law()).prop_map(|(reason, legal_ground)| Command::Stop { reason, legal_ground }),
        8 => (any_text(), any_law()).prop_map(|(reason, legal_ground)| Command::Hold { reason, legal_ground }),
        8 => any_text().prop_map(|reason| Command::Resume { reason }),
        2 => any_text().prop_map(|reason| Command::Transfer { to: "khác".into(), reason }),
        8 => (0_i64..400).prop_map(|d| Command::Extend {
            new_due_on: crate::deadline::tests::date("01/03/2026") + TimeDelta::days(d),
            reason: "lý do".into(),
        }),
        2 => (0_i64..400).prop_map(|d| Command::DraftApology {
            new_due_on: crate::deadline::tests::date("01/03/2026") + TimeDelta::days(d),
            reason: "lý do".into(),
        }),
        1 => any_text().prop_map(|reason| Command::ReturnApology { reason }),
        4 => any_text().prop_map(|reason| Command::Correct { reason }),
    ]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    let limit = proptest::option::of((1_u32..30, proptest::sample::select(Unit::ALL)).prop_map(
        |(amount, unit)| {
            let amount = match unit {
                Unit::SameDay => 1,
                Unit::Month => amount % 3 + 1,
                _ => amount,
            };
            Limit { amount, unit }
        },
    ));
    (limit, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
        |(limit, reset, boundary_free, pay)| Rule {
            limit,
            supplement_mode: if reset {
                SupplementMode::Reset
            } else {
                SupplementMode::Resume
            },
            boundary_free,
            on_the_spot: false,
            pay_on_collection: pay,
        },
    )
}

/// Mostly a person with the roles the action wants, so that stories get somewhere.
fn roles_for(command: &Command, dice: u8) -> Vec<Role> {
    let fitting = command.action().roles();
    match dice {
        0 => Vec::new(),
        1..=3 => Role::ALL.to_vec(),
        n => fitting
            .get(usize::from(n) % fitting.len())
            .map(|r| vec![*r])
            .unwrap_or_default(),
    }
}

/// What must hold of every dossier, however it came to be.
fn hold(d: &Dossier) {
    assert!((1..=10).contains(&d.national_status()));
    let open: Vec<_> = d.pauses.iter().filter(|p| p.to.is_none()).collect();
    assert_eq!(open.len(), usize::from(d.state.is_paused()), "{d:?}");
    assert!(d.pauses.iter().all(|p| p.to.is_none_or(|to| to >= p.from)));
    assert_eq!(d.due_at.is_some(), d.due_at_original.is_some());
    assert!(
        d.due_at >= d.due_at_original,
        "a promise never moves earlier than the first"
    );
    assert_eq!(
        d.due_at.is_some(),
        d.clock_started_at.is_some() && d.rule.limit.is_some()
    );
    let received = matches!(
        d.state,
        State::Draft | State::Submitted | State::IntakeSupplementRequested | State::RefusedAtIntake
    );
    assert_eq!(d.accepted_at.is_none(), received, "{d:?}");
    assert!(d.reappointments <= 1 && d.intake_supplements <= 1);
    assert_eq!(
        d.completed_at.is_some(),
        matches!(d.state, State::Completed | State::Returned)
    );
    assert_eq!(d.returned_at.is_some(), d.state == State::Returned);
    assert!(d.completed_at.is_none() || d.decision.is_some());
    assert!(
        d.open_handover.is_none()
            || matches!(
                d.state,
                State::Accepted | State::Processing | State::Completed
            )
    );
    if d.state.is_final() {
        assert!(d.open_handover.is_none() && !d.withdrawal_requested);
        assert_eq!(d.desk, Desk::Archive);
    }
}

/// What must hold of every walk: one step at a time, at the desk that has the dossier, while its clock
/// runs or stands still.
fn hold_steps(plan: &[crate::catalogue::StepData], runs: &[StepRun], d: &Dossier) {
    for (run, next) in runs.iter().zip(runs.iter().skip(1)) {
        assert!(
            run.ended_at
                .is_some_and(|end| run.started_at <= end && end <= next.started_at)
        );
    }
    let open = runs.last().filter(|r| r.ended_at.is_none());
    let desk = open.map(|r| {
        let step = plan
            .iter()
            .find(|s| s.id == r.step_id)
            .expect("a planned step");
        step.desk.as_str()
    });
    if d.state.clock_runs() {
        let known = plan.iter().any(|s| s.desk == d.desk.as_str());
        assert_eq!(desk, known.then_some(d.desk.as_str()), "{d:?}");
    } else if !d.state.is_paused() {
        assert_eq!(open, None, "{d:?}");
    }
}

/// What several people try at one time, and the minutes that have passed since the step before.
type Step = (Vec<(Command, u8)>, i64);

/// One step after another: of what is tried, the first that is not refused happens. Gives back the
/// rows of the table that were followed.
fn play(channel: Channel, rule: &Rule, steps: Vec<Step>) -> Result<Vec<Transition>, TestCaseError> {
    let mut d = Dossier::draft(channel, rule.clone());
    let mut now = at("02/03/2026 08:00");
    let mut rows = Vec::new();
    let plan = super::workflow::plan();
    let mut runs: Vec<StepRun> = Vec::new();
    for (tried, minutes) in steps {
        d.next_step_here = next_step_here(&plan, &runs, &d);
        now += TimeDelta::minutes(minutes);
        let outcome = tried.iter().find_map(|(command, dice)| {
            let roles = roles_for(command, *dice);
            let mut ctx =
                Context::new(&roles, now, &NATIONAL).by(if dice % 2 == 0 { "u1" } else { "u2" });
            ctx.supplement_reply_days = 2;
            decide(&d, command, &ctx)
                .ok()
                .map(|outcome| (command, outcome))
        });
        let Some((command, outcome)) = outcome else {
            continue;
        };
        let (t, next) = (outcome.transition, outcome.dossier);
        prop_assert!(
            t.permits(d.state, next.state),
            "{} {} → {}",
            t,
            d.state,
            next.state
        );
        if next.due_at != d.due_at {
            prop_assert!(t.moves_due_date(), "{t} moved the due date");
            prop_assert!(next.due_at > d.due_at, "{t} moved it earlier");
        }
        if d.due_at_original.is_some() {
            prop_assert_eq!(
                next.due_at_original,
                d.due_at_original,
                "the first promise is kept"
            );
        }
        if d.accepted_at.is_some() {
            prop_assert_eq!(next.accepted_at, d.accepted_at);
            prop_assert_eq!(&next.rule, rule, "the rule is frozen");
        }
        if let Some(decision) = &d.decision {
            prop_assert_eq!(
                next.decision.as_ref(),
                Some(decision),
                "what is signed stands"
            );
        }
        hold(&next);
        let walked = runs.clone();
        let further = *command == Command::Advance;
        follow(&plan, &mut runs, &d, &next, further, now, &NATIONAL).expect("within");
        hold_steps(&plan, &runs, &next);
        let mut back = runs.clone();
        unfollow(&plan, &mut back, &d, now, &NATIONAL).expect("within");
        if minutes > 0 {
            // What happened in one instant is taken back together.
            prop_assert_eq!(back, walked, "a step taken back was never walked");
        }
        d = next;
        rows.push(t);
    }
    Ok(rows)
}

fn any_story() -> impl Strategy<Value = (Channel, Rule, Vec<Step>)> {
    // Mostly minutes and hours, so that windows are met as well as missed.
    let minutes = prop_oneof![6 => 0_i64..240, 3 => 240_i64..2880, 2 => 2880_i64..12_000];
    let step = (
        proptest::collection::vec((any_command(), 0_u8..12), 1..8),
        minutes,
    );
    (
        proptest::sample::select(Channel::ALL),
        any_rule(),
        proptest::collection::vec(step, 1..30),
    )
}

#[test]
fn random_stories_reach_every_row_of_the_table() {
    let mut runner = TestRunner::deterministic();
    let mut seen = BTreeSet::new();
    for _ in 0..1_000 {
        let (channel, rule, steps) = any_story()
            .new_tree(&mut runner)
            .expect("a story")
            .current();
        seen.extend(play(channel, &rule, steps).expect("the table holds"));
    }
    // A draft is where stories begin, and undoing needs a history.
    let missing: Vec<&Transition> = Transition::ALL
        .iter()
        .filter(|t| !seen.contains(t) && !matches!(t, Transition::T1 | Transition::T26))
        .collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_sequence_of_commands_leaves_the_table((channel, rule, steps) in any_story()) {
        play(channel, &rule, steps)?;
    }

    #[test]
    fn what_is_said_to_be_allowed_is_allowed(
        steps in proptest::collection::vec((any_command(), 2_u8..12), 1..25),
        role in proptest::sample::select(Role::ALL),
    ) {
        let mut d = Dossier::draft(Channel::Counter, days(5));
        let now = at("02/03/2026 08:00");
        for (command, dice) in steps {
            let roles = roles_for(&command, dice);
            if let Ok(outcome) = decide(&d, &command, &Context::new(&roles, now, &NATIONAL)) {
                d = outcome.dossier;
            }
        }
        let roles = [role];
        let ctx = Context::new(&roles, now, &NATIONAL);
        for (action, result) in allowed(&d, &ctx) {
            let known = action.roles().contains(&role) && action.states().contains(&d.state);
            prop_assert!(result.is_err() || known, "{action} by {role} in {}", d.state);
            if !action.roles().contains(&role) {
                prop_assert_eq!(result.err().map(|r| r.code), Some("role_not_allowed"));
            }
        }
    }
}

//! What is told, how it is filled in, when it goes out.

use chrono::{DateTime, Duration, NaiveTime, Timelike as _, Utc};
use proptest::prelude::*;

use super::*;
use crate::vn_time::local;

fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

fn time(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
}

fn read(told: Told, channel: Channel, subject: &str, body: &str) -> Template {
    Template::read(told, channel, Language::Vi, subject, body).unwrap()
}

fn faults(told: Told, channel: Channel, subject: &str, body: &str) -> Vec<(String, &'static str)> {
    let refusal = Template::read(told, channel, Language::Vi, subject, body).unwrap_err();
    assert_eq!(refusal.code, "template_faulty");
    refusal
        .errors
        .into_iter()
        .map(|e| (e.pointer, e.code))
        .collect()
}

#[test]
fn every_first_version_is_sound_and_names_no_person() {
    for told in Told::ALL {
        for channel in Channel::ALL {
            for language in Language::ALL {
                let (subject, body) = first_version(*told, *channel, *language);
                let template = Template::read(*told, *channel, *language, &subject, &body).unwrap();
                // A hand-back asks by each channel how somebody was served.
                assert_eq!(body.contains("{survey}"), *told == Told::Returned, "{told}");
                for plain in [true, false] {
                    let shown = template.render(&sample(at("2026-03-02T02:00:00Z")), plain);
                    assert!(!shown.body.contains(['{', '}']), "{}", shown.body);
                    assert!(shown.body.contains("H26.14.101-260302-0001"), "{told}");
                    if *channel == Channel::Sms {
                        let size = sms_size(&shown.body);
                        assert!(size.segments <= MOST_SEGMENTS, "{told}: {size:?}");
                        assert!(
                            !plain || size.encoding == SmsEncoding::Gsm7,
                            "{}",
                            shown.body
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn steps_that_change_no_status_are_told_to_nobody() {
    for kind in [
        "handed_over",
        "claimed",
        "decided",
        "amended",
        "processing",
        "consultation_requested",
    ] {
        assert_eq!(Told::of(kind, "T10"), None, "{kind}");
    }
    assert_eq!(Told::of("acknowledged", "T9"), Some(Told::Processing));
    assert_eq!(Told::of("acknowledged", "T10"), None);
    assert_eq!(Told::of("due_date_rolled", ""), Some(Told::DueDateRolled));
    assert_eq!(Told::of("accepted", "T4"), Some(Told::Accepted));
}

#[test]
fn whoever_stands_at_the_counter_gets_no_short_message_about_it() {
    assert_eq!(Told::Accepted.channels_for(true), [Channel::Mail]);
    assert_eq!(
        Told::Accepted.channels_for(false),
        [Channel::Mail, Channel::Sms]
    );
    assert_eq!(
        Told::Stopped.channels_for(true),
        [Channel::Mail, Channel::Sms]
    );
}

#[test]
fn each_fault_of_a_template_is_named_where_it_is() {
    let of = |subject: &str, body: &str| faults(Told::Accepted, Channel::Mail, subject, body);
    assert_eq!(
        of("", " "),
        [
            ("/body".into(), "required"),
            ("/subject".into(), "required")
        ]
    );
    assert_eq!(
        of("{owner}", "x"),
        [("/subject".into(), "placeholder_unknown")]
    );
    assert_eq!(
        of("x", "{amount}"),
        [("/body".into(), "placeholder_unknown")]
    );
    assert_eq!(of("x", "{code"), [("/body".into(), "placeholder_unpaired")]);
    assert_eq!(of("x", "code}"), [("/body".into(), "placeholder_unpaired")]);
    assert_eq!(
        of("x", "{{code}}"),
        [
            ("/body".into(), "placeholder_unpaired"),
            ("/body".into(), "placeholder_unpaired"),
        ]
    );
    assert_eq!(
        of("x", &"a".repeat(MOST_BODY + 1)),
        [("/body".into(), "too_long")]
    );
    assert_eq!(
        of("dòng\nkhác", "x"),
        [("/subject".into(), "control_character")]
    );
    let sms = |subject: &str, body: &str| faults(Told::Accepted, Channel::Sms, subject, body);
    assert_eq!(sms("x", "y"), [("/subject".into(), "not_allowed")]);
    assert_eq!(sms("", &"ữ".repeat(400)), [("/body".into(), "too_long")]);
}

#[test]
fn a_value_is_never_read_as_a_template() {
    let facts = Facts {
        code: "{procedure}".into(),
        procedure: "{code} {look_up}".into(),
        ..Facts::default()
    };
    let shown = read(
        Told::Accepted,
        Channel::Mail,
        "{code}",
        "{procedure}|{code}",
    )
    .render(&facts, false);
    assert_eq!(shown.subject, "{procedure}");
    assert_eq!(shown.body, "{code} {look_up}|{procedure}");
}

#[test]
fn dates_and_money_are_written_as_people_read_them() {
    let facts = sample(at("2026-03-02T10:30:00Z"));
    let due = read(Told::Accepted, Channel::Mail, "x", "{due}").render(&facts, false);
    assert_eq!(due.body, "17:30 ngày 05/03/2026");
    let owed = read(Told::PaymentRequested, Channel::Sms, "", "{amount}");
    assert_eq!(owed.render(&facts, false).body, "1.005.000 đồng");
    assert_eq!(owed.render(&facts, true).body, "1.005.000 dong");
    for (amount, text) in [
        (0, "0"),
        (8000, "8.000"),
        (120_000, "120.000"),
        (999, "999"),
    ] {
        let facts = Facts {
            amount_vnd: Some(amount),
            ..Facts::default()
        };
        assert_eq!(owed.render(&facts, false).body, format!("{text} đồng"));
    }
}

#[test]
fn short_messages_are_counted_as_the_network_counts() {
    let size = |text: &str| {
        let s = sms_size(text);
        (s.encoding, s.units, s.segments)
    };
    use SmsEncoding::{Gsm7, Ucs2};
    assert_eq!(size(""), (Gsm7, 0, 0));
    assert_eq!(size(&"a".repeat(160)), (Gsm7, 160, 1));
    assert_eq!(size(&"a".repeat(161)), (Gsm7, 161, 2));
    assert_eq!(size(&"a".repeat(306)), (Gsm7, 306, 2));
    assert_eq!(size(&"a".repeat(307)), (Gsm7, 307, 3));
    // Two septets each, and none is cut in two.
    assert_eq!(size(&"€".repeat(80)), (Gsm7, 160, 1));
    assert_eq!(size(&"€".repeat(153)), (Gsm7, 306, 3));
    assert_eq!(size(&"ữ".repeat(70)), (Ucs2, 70, 1));
    assert_eq!(size(&"ữ".repeat(71)), (Ucs2, 71, 2));
    assert_eq!(size(&"😀".repeat(36)), (Ucs2, 72, 2));
    assert_eq!(
        plain_sms("Đã trả – “kết quả” `x`"),
        "Da tra - \"ket qua\" 'x'"
    );
}

#[test]
fn nobody_is_told_anything_at_night() {
    let quiet = QuietHours::default();
    let next = |text: &str| quiet.next_allowed(at(text)).to_rfc3339();
    assert_eq!(
        next("2026-03-02T20:59:59+07:00"),
        "2026-03-02T13:59:59+00:00"
    );
    assert_eq!(
        next("2026-03-02T21:00:00+07:00"),
        "2026-03-03T00:00:00+00:00"
    );
    assert_eq!(
        next("2026-03-03T06:59:00+07:00"),
        "2026-03-03T00:00:00+00:00"
    );
    assert_eq!(
        next("2026-03-03T07:00:00+07:00"),
        "2026-03-03T00:00:00+00:00"
    );
    let noon = QuietHours {
        from: time(11, 30),
        to: time(13, 0),
    };
    assert_eq!(
        noon.next_allowed(at("2026-03-02T12:00:00+07:00")),
        at("2026-03-02T13:00:00+07:00")
    );
    let none = QuietHours {
        from: time(8, 0),
        to: time(8, 0),
    };
    assert_eq!(
        none.next_allowed(at("2026-03-02T08:00:00+07:00")),
        at("2026-03-02T08:00:00+07:00")
    );
}

#[test]
fn an_attempt_leaves_a_message_in_one_state() {
    let now = at("2026-03-02T09:00:00+07:00");
    let quiet = QuietHours::default();
    let of = |handed, attempts| after(handed, attempts, now, quiet, 1_000);
    assert_eq!(of(Handed::Delivered, 1).state, MessageState::Delivered);
    assert_eq!(of(Handed::Accepted, 1).state, MessageState::Sent);
    assert_eq!(
        of(Handed::Permanent { code: "refused" }, 1).state,
        MessageState::Failed
    );
    assert_eq!(
        of(Handed::Unknown { code: "lost" }, 1).state,
        MessageState::Unknown
    );
    let later = Handed::Temporary {
        code: "busy",
        retry_after: None,
    };
    let again = of(later, 1);
    assert_eq!(
        (again.state, again.next_attempt_at),
        (MessageState::Queued, Some(now + Duration::seconds(30)))
    );
    assert_eq!(of(later, MOST_ATTEMPTS).state, MessageState::GivenUp);
    let asked = Handed::Temporary {
        code: "busy",
        retry_after: Some(120),
    };
    assert_eq!(
        of(asked, 1).next_attempt_at,
        Some(now + Duration::seconds(120))
    );
    let evening = after(later, 8, at("2026-03-02T20:30:00+07:00"), quiet, 1_000);
    assert_eq!(
        evening.next_attempt_at,
        Some(at("2026-03-03T07:00:00+07:00"))
    );
}

proptest! {
    #[test]
    fn quiet_hours_end_within_a_day_and_never_in_themselves(
        from in 0_u32..1440, to in 0_u32..1440, seconds in 0_i64..(400 * 86_400)
    ) {
        let quiet = QuietHours { from: time(from / 60, from % 60), to: time(to / 60, to % 60) };
        let start = at("2026-01-01T00:00:00Z") + Duration::seconds(seconds);
        let next = quiet.next_allowed(start);
        prop_assert!(next >= start && next - start <= Duration::days(1));
        prop_assert_eq!(quiet.next_allowed(next), next);
        let t = local(next).time();
        let inside = if from < to { quiet.from <= t && t < quiet.to } else if from > to { t >= quiet.from || t < quiet.to } else { false };
        prop_assert!(!inside);
        if next != start {
            prop_assert_eq!(t.num_seconds_from_midnight(), to * 60);
        }
    }

    #[test]
    fn waiting_grows_stays_in_its_bounds_and_obeys_the_jitter(attempts in 1_i32..200, jitter in 0_u32..=1_000) {
        let wait = back_off(attempts, jitter);
        prop_assert!(wait >= Duration::seconds(15) && wait <= Duration::hours(1));
        prop_assert!(back_off(attempts + 1, jitter) >= wait);
        prop_assert!(wait <= back_off(attempts, 1_000) && wait >= back_off(attempts, 0));
    }

    #[test]
    fn whatever_is_typed_is_refused_or_rendered_and_nothing_is_lost(body in "[a-zđữ{} ]{0,60}", code in ".{0,20}") {
        if let Ok(template) = Template::read(Told::Accepted, Channel::Mail, Language::Vi, "x", &body) {
            let facts = Facts { code: code.clone(), ..Facts::default() };
            let shown = template.render(&facts, false);
            let filled = body.contains('{');
            prop_assert!(filled || shown.body == template.body_text);
        } else {
            let why = body.trim().is_empty() || body.contains(['{', '}']);
            prop_assert!(why);
        }
    }

    #[test]
    fn a_plain_message_never_needs_sixteen_bits(text in "\\PC{0,200}") {
        let plain = plain_sms(&text);
        prop_assert_eq!(sms_size(&plain).encoding, SmsEncoding::Gsm7);
        let again = plain_sms(&plain);
        prop_assert_eq!(again.trim_end(), plain.trim_end());
    }

    #[test]
    fn parts_hold_what_there_is(text in "\\PC{1,400}") {
        let size = sms_size(&text);
        let most = if size.encoding == SmsEncoding::Gsm7 { 153 } else { 67 };
        prop_assert!(size.segments >= 1);
        prop_assert!(size.segments * most >= size.units || size.segments == 1);
        prop_assert!(size.segments <= size.units);
    }
}

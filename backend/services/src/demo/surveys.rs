//! What the invented weeks' people said of how they were served: most are satisfied, some are not, half do not
//! answer. Kept the way every answer is.

use chrono::Duration;
use motcua_domain::survey::cells::{Period, monday};
use motcua_domain::survey::questionnaire::{Channel, Given, Occasion};
use motcua_domain::vn_time::local_date;
use motcua_store::dossier::by_ids;
use motcua_store::survey::{self as rows, sample};
use motcua_store::{DossierId, Ts, centre};
use sha2::{Digest, Sha256};

use crate::context::Services;
use crate::error::Result;
use crate::survey::{Waiting, wait_in};

/// More finished dossiers than the demonstration has.
const MOST: i64 = 20_000;

/// A few bits that are always the same for a dossier.
fn chance(id: &DossierId) -> [u8; 32] {
    Sha256::digest(id.as_str().as_bytes()).into()
}

fn chosen(question: &str, choice: &str) -> Given {
    Given {
        question: question.to_owned(),
        choices: vec![choice.to_owned()],
        ..Given::default()
    }
}

/// A step of five, more often a good one.
fn step(bits: u8) -> &'static str {
    match bits {
        0..=7 => "1",
        8..=20 => "2",
        21..=45 => "3",
        46..=140 => "4",
        _ => "5",
    }
}

fn answers(bits: &[u8; 32]) -> Vec<Given> {
    let [_, time, attitude, overall, publicity, place, words, ..] = *bits;
    let mut given = vec![
        chosen(
            "result_time",
            match time {
                0..=20 => "later",
                21..=150 => "earlier",
                _ => "on_time",
            },
        ),
        chosen("attitude", step(attitude)),
        chosen("overall", step(overall)),
        chosen("publicity", step(publicity)),
        chosen("place", step(place)),
        chosen("unofficial", "no"),
    ];
    given.push(Given {
        question: "contacts".into(),
        number: Some(u32::from(time < 60)),
        ..Given::default()
    });
    let text = match words {
        0..=3 => "Nên có thêm ghế ngồi chờ và quạt mát.",
        4..=6 => "Cán bộ hướng dẫn tận tình, dễ hiểu.",
        7..=8 => "Phải chờ lâu vào sáng thứ Hai.",
        _ => return given,
    };
    given.push(Given {
        question: "other".into(),
        text: Some(text.into()),
        ..Given::default()
    });
    given
}

/// Asks the people of the invented weeks, and keeps what half of them answer.
pub(super) fn fill(services: &Services, days: u32) -> Result<()> {
    let now = services.now();
    let since = now - Duration::days(i64::from(days) + 30);
    services.write(|db| {
        for c in centre::centres_page(db, None, 10)? {
            let Some(questionnaire) = rows::published(db, &c.id, "c01")? else {
                continue;
            };
            let finished = sample::finished(db, &c.id, Ts::new(since), Ts::new(now), MOST)?;
            let ids: Vec<DossierId> = finished.into_iter().map(|(id, _, _)| id).collect();
            for some in ids.chunks(200) {
                for dossier in by_ids(db, some)? {
                    let Some(done) = dossier.returned_at else {
                        continue;
                    };
                    let day = local_date(done.0);
                    let field = services
                        .procedure(db, &dossier.procedure_version_id)?
                        .row
                        .field_code
                        .clone();
                    rows::count_asked(
                        db,
                        &c.id,
                        &questionnaire.id,
                        &Period::quarter_of_day(day),
                        (&dossier.authority_id, &field),
                        Occasion::Return.as_str(),
                    )?;
                    let bits = chance(&dossier.id);
                    if bits[0] < 128 {
                        continue;
                    }
                    let waiting = Waiting {
                        questionnaire: questionnaire.id.clone(),
                        authority: Some(dossier.authority_id.clone()),
                        field: Some(field),
                        channel: if bits[0] < 220 {
                            Channel::Link
                        } else {
                            Channel::Tablet
                        },
                        officer: dossier.handler_id.clone(),
                        answers: answers(&bits),
                    };
                    wait_in(services, db, &c.id, &waiting, monday(day))?;
                }
            }
        }
        Ok(())
    })?;
    services.keep_answers()?;
    Ok(())
}

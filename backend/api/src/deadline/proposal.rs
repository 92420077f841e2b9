//! What a year's days off would be by law, for a person to confirm from the notice.

use actix_web::{HttpResponse, get};
use chrono::NaiveDate;
use motcua_domain::calendar::proposal::ProposedDay;
use motcua_services::deadline::proposal::{self as service, Proposed, Standing};
use motcua_store::CentreId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::auth::{Reader, SimulateDeadlines};
use crate::manners::{Lang, Path, Problem, Query};

/// Whose calendar.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct ProposalQuery {
    /// Beside whose calendar; the caller's first centre's when absent.
    #[param(value_type = Option<String>, format = Uuid)]
    pub centre_id: Option<CentreId>,
}

/// The choice that a day depends on.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedChoice {
    /// Which choice.
    #[schema(example = "tet")]
    pub group: String,
    /// Under which of its options.
    #[schema(example = "one_before")]
    pub option: String,
}

/// A day off that the law gives, or would give if a choice falls so.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposedDayView {
    /// The date.
    pub date: NaiveDate,
    /// What it is called.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// Why it is off.
    pub why: String,
    /// The law and its article.
    pub source: String,
    /// The calendar has it off already: as a holiday, or as weekly rest.
    pub already_off: bool,
    /// The calendar has it off for the time being: confirm it when the notice is there.
    pub provisional: bool,
    /// It falls on the weekly rest: nothing is to be entered for it.
    pub weekly_rest: bool,
    /// Absent: it is off whatever is decided.
    pub choice: Option<ProposedChoice>,
}

/// One way to decide.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChoiceOption {
    /// Key, as in a day's `choice.option`.
    pub option: String,
    /// What it means.
    pub name: String,
}

/// Something that is decided anew each year.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChoiceView {
    /// Key, as in a day's `choice.group`.
    pub group: String,
    /// What is to be chosen, and who decides.
    pub name: String,
    /// The law and its article.
    pub source: String,
    /// One of these will hold.
    #[schema(max_items = 20)]
    pub options: Vec<ChoiceOption>,
}

/// Something to know about the year that proposes nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalNote {
    /// The date it speaks of.
    pub date: Option<NaiveDate>,
    /// What.
    pub text: String,
    /// Where it rests.
    pub source: String,
}

/// What a year's days off would be by law.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProposalView {
    /// The year.
    pub year: i32,
    /// Whether the whole year lies within the calendar.
    pub within_calendar: bool,
    /// What `change_calendar` must be given as `extends_to` to enter these days; absent when the year
    /// lies within, or when the years before it come first.
    pub extends_to: Option<NaiveDate>,
    /// The calendar's last day.
    pub calendar_last_day: NaiveDate,
    /// Days by date; a day that depends on a choice stands once for each option that has it.
    #[schema(max_items = 200)]
    pub items: Vec<ProposedDayView>,
    /// What is to be chosen.
    #[schema(max_items = 20)]
    pub choices: Vec<ChoiceView>,
    /// What else is to be known.
    #[schema(max_items = 50)]
    pub notes: Vec<ProposalNote>,
}

fn item(day: ProposedDay, standing: Standing, lang: Lang) -> ProposedDayView {
    ProposedDayView {
        date: day.date,
        why: lang.pick(&day.why).to_owned(),
        name: day.name.vi,
        name_en: day.name.en,
        source: day.source,
        already_off: standing.off,
        provisional: standing.provisional,
        weekly_rest: day.weekly_rest,
        choice: day
            .choice
            .map(|(group, option)| ProposedChoice { group, option }),
    }
}

fn view(found: Proposed, lang: Lang) -> ProposalView {
    let proposal = found.proposal;
    let days = proposal.days.into_iter().zip(found.standing);
    ProposalView {
        year: proposal.year,
        within_calendar: found.within,
        extends_to: found.extends_to,
        calendar_last_day: found.last_day,
        items: days.map(|(day, s)| item(day, s, lang)).collect(),
        choices: proposal
            .choices
            .into_iter()
            .map(|c| ChoiceView {
                group: c.group,
                name: lang.pick(&c.name).to_owned(),
                source: c.source,
                options: c
                    .options
                    .into_iter()
                    .map(|(option, name)| ChoiceOption {
                        option,
                        name: lang.pick(&name).to_owned(),
                    })
                    .collect(),
            })
            .collect(),
        notes: proposal
            .notes
            .into_iter()
            .map(|n| ProposalNote {
                date: n.date,
                text: lang.pick(&n.text).to_owned(),
                source: n.source,
            })
            .collect(),
    }
}

/// What a year's days off would be by law.
#[utoipa::path(
    operation_id = "propose_calendar", tag = "rules", summary = "Propose a year's days off",
    description = "What a year's days off would be by law alone (Labour Code Art 111, 112; lunar dates at UTC+7), beside what the calendar has already: holidays, their compensation when they fall on the weekly rest, and each way in which Tết and the day next to National Day may be decided. Nothing is entered: a person confirms the days of the notice with `change_calendar`.",
    params(("year" = i32, Path, description = "The year, from 2021 on.", minimum = 2021, maximum = 2199), ProposalQuery),
    responses((status = 200, description = "The proposal.", body = ProposalView)),
    security(("bearer" = []))
)]
#[get("/calendar/proposals/{year}")]
pub async fn propose_calendar(
    reader: Reader<SimulateDeadlines>,
    lang: Lang,
    year: Path<i32>,
    query: Query<ProposalQuery>,
) -> Result<HttpResponse, Problem> {
    let centre = query.into_inner().centre_id;
    let found = reader
        .read(move |services, db, actor| {
            service::proposal(services, db, actor, centre.as_ref(), *year)
        })
        .await?;
    Ok(HttpResponse::Ok().json(view(found, lang)))
}

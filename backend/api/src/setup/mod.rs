//! The first start in the browser: on an empty production database, with the code that the server
//! printed where only its operator looks.

use actix_web::{HttpResponse, get, post, web};
use chrono::{NaiveDate, NaiveTime};
use motcua_domain::account::SecondFactor;
use motcua_domain::refusal::Refusal;
use motcua_domain::text::required_line;
use motcua_services::account::NewUser;
use motcua_services::centre::NewCentre;
use motcua_services::setup::{self, FirstStart, Hours};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use crate::manners::{Large, Problem, ProblemBody};
use crate::state::{AppState, into_problem};
use crate::words;

/// Whether this installation waits for its first start.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupState {
    /// True on an empty database.
    pub needed: bool,
}

/// The centre to be set up.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupCentre {
    /// Short code.
    #[schema(min_length = 2, max_length = 32, example = "hoankiem")]
    pub code: String,
    /// Full name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Trung tâm Phục vụ hành chính công phường Hoàn Kiếm"
    )]
    pub name: String,
    /// Electronic identification code (Decision 20/2020/QĐ-TTg): the prefix of dossier codes.
    #[schema(min_length = 3, max_length = 35, example = "H26.14")]
    pub e_code: String,
    /// Province or city as printed on the forms.
    #[schema(min_length = 1, max_length = 100, example = "Thành phố Hà Nội")]
    pub province: String,
    /// Ward or commune as printed on the forms.
    #[schema(min_length = 1, max_length = 100, example = "Phường Hoàn Kiếm")]
    pub commune: String,
    /// Address.
    #[schema(max_length = 300)]
    pub address: Option<String>,
    /// Telephone.
    #[schema(max_length = 300)]
    pub phone: Option<String>,
}

/// An authority the centre receives for.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupAuthority {
    /// Short code.
    #[schema(min_length = 2, max_length = 32, example = "hk")]
    pub code: String,
    /// Full name.
    #[schema(
        min_length = 1,
        max_length = 200,
        example = "Ủy ban nhân dân phường Hoàn Kiếm"
    )]
    pub name: String,
    /// Electronic identification code.
    #[schema(min_length = 3, max_length = 35, example = "H26.14.1")]
    pub e_code: String,
}

/// The first administrator.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupAdministrator {
    /// Sign-in name: a–z, 0–9, dot, dash, underscore.
    #[schema(min_length = 2, max_length = 64, example = "quantri")]
    pub username: String,
    /// Full name.
    #[schema(min_length = 1, max_length = 200, example = "Vũ Quang Huy")]
    pub full_name: String,
    /// Password.
    #[schema(min_length = 10, max_length = 200, example = "MatKhau#Dau2026", format = Password)]
    pub password: String,
}

/// The hours of a working day, local clock.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupHours {
    /// The morning begins.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "07:30")]
    pub morning_from: String,
    /// The morning ends.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "11:30")]
    pub morning_to: String,
    /// The afternoon begins.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "13:30")]
    pub afternoon_from: String,
    /// The afternoon ends.
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", example = "17:30")]
    pub afternoon_to: String,
    /// Saturday morning serves; it never counts for a limit.
    #[serde(default)]
    pub saturday_morning: bool,
}

/// A first start.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupIn {
    /// The code that the server printed when it started.
    #[schema(min_length = 1, max_length = 64, example = "K3V9-7QXM-2HTD")]
    pub setup_code: String,
    /// The centre.
    pub centre: SetupCentre,
    /// The authorities it receives for.
    #[schema(min_items = 1, max_items = 50)]
    pub authorities: Vec<SetupAuthority>,
    /// Since when it receives for them; today when absent.
    pub since: Option<NaiveDate>,
    /// Its hours; 07:30–11:30 and 13:30–17:30 when absent.
    pub hours: Option<SetupHours>,
    /// Who must sign in with a second factor; whoever wants to when absent.
    #[serde(default = "optional")]
    #[schema(value_type = words::SecondFactor, default = "optional")]
    pub second_factor: SecondFactor,
    /// Its own mark, a PNG or JPEG in base64, at most 512 KiB.
    #[schema(max_length = 700000)]
    pub logo: Option<String>,
    /// The first administrator.
    pub administrator: SetupAdministrator,
}

const fn optional() -> SecondFactor {
    SecondFactor::Optional
}

/// What was set up.
#[derive(Debug, Serialize, ToSchema)]
pub struct SetupDone {
    /// The centre.
    pub centre_id: String,
}

/// Whether this installation waits for its first start.
#[utoipa::path(
    operation_id = "get_setup", tag = "setup", summary = "Is a first start needed?",
    description = "Whether this installation waits for its first start.",
    responses((status = 200, description = "Whether it is empty.", body = SetupState)),
    security(())
)]
#[get("/setup")]
pub async fn get_setup(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let needed = state.read(|_, db| setup::needed(db)).await?;
    Ok(HttpResponse::Ok().json(SetupState { needed }))
}

fn wrong_code() -> Problem {
    Refusal::new(
        "setup_code_wrong",
        "Mã thiết lập không đúng. Mã được in ra khi máy chủ khởi động.",
        "The set-up code is wrong. The server printed it when it started.",
    )
    .field(
        "/setup_code",
        "setup_code_wrong",
        "Mã thiết lập không đúng.",
        "The set-up code is wrong.",
    )
    .into()
}

/// The same whether letters are capitals and whether it is typed with dashes.
fn digest(code: &str) -> [u8; 32] {
    let plain: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    Sha256::digest(plain.as_bytes()).into()
}

/// A clock time of the body.
pub(crate) fn time(pointer: &str, text: &str) -> Result<NaiveTime, Problem> {
    NaiveTime::parse_from_str(text.trim(), "%H:%M").map_err(|_| {
        Refusal::invalid(Vec::new())
            .field(
                pointer,
                "time_format",
                "Giờ ghi dạng 07:30.",
                "A time is written 07:30.",
            )
            .into()
    })
}

impl SetupHours {
    fn read(&self) -> Result<Hours, Problem> {
        Ok(Hours {
            morning: (
                time("/hours/morning_from", &self.morning_from)?,
                time("/hours/morning_to", &self.morning_to)?,
            ),
            afternoon: (
                time("/hours/afternoon_from", &self.afternoon_from)?,
                time("/hours/afternoon_to", &self.afternoon_to)?,
            ),
            saturday_morning: self.saturday_morning,
        })
    }
}

/// Sets an empty installation up: the centre, its authorities, its calendar, the national catalogue
/// and the first administrator, at once or not at all.
#[utoipa::path(
    operation_id = "set_up", tag = "setup", summary = "First start",
    description = "Sets an empty installation up: the centre, its authorities, its calendar, the national catalogue and the first administrator, at once or not at all. Needs the code that the server printed when it started.",
    request_body = SetupIn,
    responses(
        (status = 201, description = "Set up: the administrator can sign in.", body = SetupDone),
        (status = 403, description = "`setup_code_wrong`.", body = ProblemBody, content_type = "application/problem+json"),
        (status = 409, description = "`setup_done`.", body = ProblemBody, content_type = "application/problem+json"),
    ),
    security(())
)]
#[post("/setup")]
pub async fn set_up(
    state: web::Data<AppState>,
    body: Large<SetupIn>,
) -> Result<HttpResponse, Problem> {
    let body = body.into_inner();
    let today = setup::since(state.services.now());
    // What is told is looked at first: it says nothing of this installation.
    required_line(&body.setup_code, 64)
        .map_err(|fault| Refusal::invalid(vec![fault.at("/setup_code")]))?;
    let first = first_start(
        body.centre,
        body.authorities,
        body.since.unwrap_or(today),
        body.hours.as_ref(),
        body.second_factor,
        body.logo,
        body.administrator,
    )?
    .checked()
    .map_err(into_problem)?;
    let expected = state.setup_code.as_deref().map(digest);
    if expected.is_none() || expected != Some(digest(&body.setup_code)) {
        // Whoever does not know the code learns nothing but whether there is something to set up.
        let needed = state.read(|_, db| setup::needed(db)).await?;
        return Err(if needed {
            wrong_code()
        } else {
            into_problem(setup::done())
        });
    }
    let centre = state.hash(move |services| first.run(services)).await?;
    Ok(HttpResponse::Created().json(SetupDone {
        centre_id: centre.to_string(),
    }))
}

/// A first start from what was told; the same for the browser and for the command line.
///
/// # Errors
/// 422 naming the hour that is none.
pub fn first_start(
    centre: SetupCentre,
    authorities: Vec<SetupAuthority>,
    since: NaiveDate,
    hours: Option<&SetupHours>,
    second_factor: SecondFactor,
    logo: Option<String>,
    admin: SetupAdministrator,
) -> Result<FirstStart, Problem> {
    Ok(FirstStart {
        hours: hours.map(SetupHours::read).transpose()?,
        logo,
        centre: NewCentre {
            code: centre.code,
            name: centre.name,
            e_code: centre.e_code,
            province: centre.province,
            commune: centre.commune,
            address: centre.address,
            phone: centre.phone,
            authorities: authorities
                .into_iter()
                .map(|a| (a.code, a.name, a.e_code))
                .collect(),
            since,
            second_factor,
        },
        admin: NewUser {
            username: admin.username,
            full_name: admin.full_name,
            title: None,
            password: Some(admin.password),
            must_change_password: false,
            roles: Vec::new(),
            is_demo: false,
        },
    })
}

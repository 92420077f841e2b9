//! Who may call: a handler gets the actor only through a type that names the permission.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use motcua_domain::account::Pending;
use motcua_domain::dossier::Action;
use motcua_domain::refusal::Refusal;
use motcua_services::idempotent::{Answer, Key};
use motcua_services::inspection::look::{self, Through};
use motcua_services::token::{Claims, unauthenticated};
use motcua_services::{Actor, Permission, Result as ServiceResult, Services};
use motcua_store::Db;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::manners::{IdempotencyKey, Problem};
use crate::state::{AppState, into_problem};

/// A permission as a type.
pub trait Permit: 'static {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! permits {
    ($($(#[$doc:meta])* $name:ident => $permission:expr),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name;
        impl Permit for $name {
            const PERMISSION: Permission = $permission;
        }
    )+};
}

permits! {
    /// One's own account.
    OwnAccount => Permission::OwnAccount,
    /// Being signed in.
    SignedIn => Permission::SignedIn,
    /// Reading dossiers.
    ReadDossiers => Permission::ReadDossiers,
    /// Reading personal data.
    ReadPersonalData => Permission::ReadPersonalData,
    /// Reading who looked at personal data.
    ReadPersonalDataViews => Permission::ReadPersonalDataViews,
    /// Reading the books of certification.
    ReadRegisters => Permission::ReadRegisters,
    /// Reading the record.
    ReadAudit => Permission::ReadAudit,
    /// Receiving what people ask about their own data.
    ReceiveDataRequests => Permission::ReceiveDataRequests,
    /// Answering it.
    AnswerDataRequests => Permission::AnswerDataRequests,
    /// Saying where a centre receives and for whom.
    ManageOrganisation => Permission::ManageOrganisation,
    /// Keeping dossiers whatever their time.
    HoldDossiers => Permission::HoldDossiers,
    /// Reading what is to be disposed of.
    ReadDisposals => Permission::ReadDisposals,
    /// Saying how long dossiers are kept.
    ManageRetention => Permission::ManageRetention,
    /// Approving what is to be disposed of.
    ApproveDisposals => Permission::ApproveDisposals,
    /// Taking dossiers in.
    TakeIn => Permission::TakeIn,
    /// Adding files to a dossier's papers, and withdrawing them.
    AddFiles => Permission::AddFiles,
    /// Working out what a dossier costs.
    AssessFees => Permission::AssessFees,
    /// Reading what is asked of payers and what came.
    ReadPayments => Permission::ReadPayments,
    /// Asking payers.
    CollectFees => Permission::CollectFees,
    /// Naming the accounts that authorities collect to.
    ManageAccounts => Permission::ManageAccounts,
    /// Confirming them.
    ConfirmAccounts => Permission::ConfirmAccounts,
    /// Approving that money goes back.
    ApproveRefunds => Permission::ApproveRefunds,
    /// Opening and ending series of receipts.
    ManageReceipts => Permission::ManageReceipts,
    /// Agreeing that a collection was none.
    ApproveVoids => Permission::ApproveVoids,
    /// Bringing in the statements of banks.
    ReconcilePayments => Permission::ReconcilePayments,
    /// Saying whether a centre takes cash.
    AllowCash => Permission::AllowCash,
    /// Reading what banks told.
    ReadNotifications => Permission::ReadNotifications,
    /// Keeping accounts.
    ManageUsers => Permission::ManageUsers,
    /// Keeping the catalogue.
    ManageCatalogue => Permission::ManageCatalogue,
    /// Reading the feed.
    ReadEvents => Permission::ReadEvents,
    /// Entering a change of a calendar.
    ManageCalendar => Permission::ManageCalendar,
    /// Reading a centre's roster.
    ReadRoster => Permission::ReadRoster,
    /// Planning it.
    PlanRoster => Permission::PlanRoster,
    /// Reading the indices of units.
    ReadIndices => Permission::ReadIndices,
    /// Reading those of officers.
    ReadOfficerIndices => Permission::ReadOfficerIndices,
    /// Working them out, and freezing them.
    MakeIndices => Permission::MakeIndices,
    /// Saying what people are told, and when.
    ManageMessages => Permission::ManageMessages,
    /// Having a message sent again.
    ResendMessages => Permission::ResendMessages,
    /// Keeping questionnaires and the devices that ask.
    ManageSurveys => Permission::ManageSurveys,
    /// Asking somebody at a counter.
    OfferSurveys => Permission::OfferSurveys,
    /// Looking at people's own words first.
    ScreenRemarks => Permission::ScreenRemarks,
    /// Reading them once they were looked at.
    ReadRemarks => Permission::ReadRemarks,
    /// Reading what was answered about each officer.
    ReadOfficerResults => Permission::ReadOfficerResults,
    /// Drawing samples.
    DrawSamples => Permission::DrawSamples,
    /// Entering what a sample's people answered.
    EnterSurveys => Permission::EnterSurveys,
    /// Entering what people say of the centre.
    ReceiveFeedback => Permission::ReceiveFeedback,
    /// Reading where it stands.
    ReadFeedback => Permission::ReadFeedback,
    /// Reading who filed it.
    ReadFeedbackPersonalData => Permission::ReadFeedbackPersonalData,
    /// Handling it.
    HandleFeedback => Permission::HandleFeedback,
    /// Handling denunciations.
    HandleDenunciations => Permission::HandleDenunciations,
    /// Appointing who handles them.
    AppointForDenunciations => Permission::AppointForDenunciations,
    /// Reporting obstacles.
    RaiseObstacles => Permission::RaiseObstacles,
    /// Reading obstacles.
    ReadObstacles => Permission::ReadObstacles,
    /// Passing them upward and saying how they were solved.
    HandleObstacles => Permission::HandleObstacles,
    /// Opening inspections.
    ManageInspections => Permission::ManageInspections,
    /// Doing the work of a team.
    WorkInspections => Permission::WorkInspections,
    /// Reading findings.
    ReadFindings => Permission::ReadFindings,
    /// Reporting that they are put right.
    AnswerFindings => Permission::AnswerFindings,
    /// Keeping commendation and discipline records.
    KeepConductRecords => Permission::KeepConductRecords,
    /// Asking what a changed calendar would do.
    SimulateDeadlines => Permission::SimulateDeadlines,
    /// Accepting.
    Accept => Permission::Act(Action::Accept),
    /// Refusing at intake.
    Refuse => Permission::Act(Action::Refuse),
    /// Asking for supplements.
    RequestSupplement => Permission::Act(Action::RequestSupplement),
    /// Recording supplements.
    Supplement => Permission::Act(Action::Supplement),
    /// Handing over.
    HandOver => Permission::Act(Action::HandOver),
    /// Acknowledging a hand-over.
    Acknowledge => Permission::Act(Action::Acknowledge),
    /// Taking a dossier upon oneself.
    Claim => Permission::Act(Action::Claim),
    /// Deciding.
    Decide => Permission::Act(Action::Decide),
    /// Recording a result.
    Results => Permission::Act(Action::Results),
    /// Handing back.
    Return => Permission::Act(Action::Return),
    /// Withdrawing.
    Withdraw => Permission::Act(Action::Withdraw),
    /// Asking another body's opinion.
    Consult => Permission::Act(Action::Consult),
    /// Recording an opinion.
    AnswerConsultation => Permission::Act(Action::AnswerConsultation),
    /// Going on to the next internal step.
    Advance => Permission::Act(Action::Advance),
    /// Asking for money.
    RequirePayment => Permission::Act(Action::RequirePayment),
    /// Settling what is owed.
    SettlePayment => Permission::Act(Action::SettlePayment),
    /// Stopping.
    Stop => Permission::Act(Action::Stop),
    /// Holding.
    Hold => Permission::Act(Action::Hold),
    /// Going on after a hold.
    Resume => Permission::Act(Action::Resume),
    /// Passing on to another authority.
    Transfer => Permission::Act(Action::Transfer),
    /// Drafting an apology.
    DraftApology => Permission::Act(Action::DraftApology),
    /// Sending a drafted apology back.
    ReturnApology => Permission::Act(Action::ReturnApology),
    /// Apologising with a new date.
    Extend => Permission::Act(Action::Extend),
    /// Putting a returned result right.
    Correct => Permission::Act(Action::Correct),
    /// Taking the last step back.
    Undo => Permission::Act(Action::Undo),
}

fn not_before(first: Pending) -> Refusal {
    match first {
        Pending::Password => Refusal::new(
            "password_change_required",
            "Hãy đổi mật khẩu lần đầu trước khi làm việc.",
            "Change your first password before anything else.",
        ),
        Pending::SecondFactor => Refusal::new(
            "second_factor_required",
            "Trung tâm yêu cầu xác thực hai lớp: hãy bật trước khi làm việc.",
            "The centre requires a second factor: set it up before anything else.",
        ),
    }
}

fn forbidden(permission: Permission, actor: &Actor) -> Refusal {
    if actor.scopes.is_some()
        && actor
            .grants
            .iter()
            .any(|g| permission.roles().contains(&g.role))
    {
        return Refusal::new(
            "scope_not_granted",
            "Hệ thống này chưa được cấp quyền thực hiện việc đó.",
            "This client was not given the scope for it.",
        )
        .with("required_scope", permission.name());
    }
    let roles: Vec<&str> = permission.roles().iter().map(|r| r.as_str()).collect();
    Refusal::new(
        "role_not_allowed",
        "Vai trò của bạn không được phép thực hiện việc này.",
        "None of your roles allows this.",
    )
    .with("required_roles", roles)
}

fn bearer(req: &HttpRequest) -> Option<&str> {
    let value = req.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn claims(req: &HttpRequest) -> Result<(web::Data<AppState>, Claims), Problem> {
    let state = req
        .app_data::<web::Data<AppState>>()
        .cloned()
        .ok_or_else(|| Problem::internal("the App has no state"))?;
    let token = bearer(req).ok_or_else(|| into_problem(unauthenticated()))?;
    let now = state.services.now();
    let claims = state
        .services
        .keys
        .check(token, now)
        .map_err(into_problem)?;
    if let Some(client) = &claims.client_id {
        let route = req.match_pattern().unwrap_or_default();
        let operation = format!("{} {route}", req.method());
        state.services.usage.count(client, operation, now);
    }
    Ok((state, claims))
}

fn permitted(
    services: &Services,
    db: &mut Db,
    claims: &Claims,
    permission: Permission,
) -> ServiceResult<Actor> {
    let actor = services.actor(db, claims)?;
    first_things_first(&actor, permission)?;
    let anyones = matches!(permission, Permission::OwnAccount | Permission::SignedIn);
    if !anyones && !actor.may(permission) {
        return Err(forbidden(permission, &actor).into());
    }
    Ok(actor)
}

/// As [`permitted`], for reading: what no role allows, the team of an inspection may.
fn permitted_to_read(
    services: &Services,
    db: &mut Db,
    claims: &Claims,
    permission: Permission,
) -> ServiceResult<Actor> {
    let actor = services.actor(db, claims)?;
    first_things_first(&actor, permission)?;
    let anyones = matches!(permission, Permission::OwnAccount | Permission::SignedIn);
    if !anyones
        && !actor.may(permission)
        && !look::looks_anywhere(services, db, &actor, permission)?
    {
        return Err(forbidden(permission, &actor).into());
    }
    Ok(actor)
}

fn first_things_first(actor: &Actor, permission: Permission) -> ServiceResult<()> {
    if let Some(first) = actor.pending
        && permission != Permission::OwnAccount
    {
        return Err(not_before(first).into());
    }
    Ok(())
}

/// A caller with a valid token, for reading. Who he is and whether he may is asked on the same
/// connection that then reads, so a page costs one trip to the database's thread, not two.
pub struct Reader<P> {
    state: web::Data<AppState>,
    claims: Claims,
    permit: PhantomData<P>,
}

impl<P: Permit> FromRequest for Reader<P> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(claims(req).map(|(state, claims)| Self {
            state,
            claims,
            permit: PhantomData,
        }))
    }
}

impl<P: Permit> Reader<P> {
    /// The server's state.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Reads as this caller.
    ///
    /// # Errors
    /// 401, 403, and what `f` refused.
    pub async fn read<R: Send + 'static>(
        self,
        f: impl FnOnce(&Services, &mut Db, &Actor) -> ServiceResult<R> + Send + 'static,
    ) -> Result<R, Problem> {
        let claims = self.claims;
        self.state
            .read(move |services, db| {
                let actor = permitted_to_read(services, db, &claims, P::PERMISSION)?;
                f(services, db, &actor)
            })
            .await
    }

    /// Reads as this caller, and makes something of what was read once the connection is given back.
    ///
    /// # Errors
    /// As [`Self::read`], and what `then` reports.
    pub async fn read_then<R, D: Send + 'static>(
        self,
        f: impl FnOnce(&Services, &mut Db, &Actor) -> ServiceResult<R> + Send + 'static,
        then: impl FnOnce(R) -> ServiceResult<D> + Send + 'static,
    ) -> Result<D, Problem> {
        let claims = self.claims;
        let services = self.state.services.clone();
        self.state
            .block(move || {
                let read = services.read(|db| {
                    let actor = permitted_to_read(&services, db, &claims, P::PERMISSION)?;
                    f(&services, db, &actor)
                })?;
                then(read)
            })
            .await
    }

    /// Reads as this caller what the team of an inspection may look at too: if nothing else allows it, the
    /// look at `what` is recorded before it is answered.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_inspected<R: Send + 'static>(
        self,
        what: &'static str,
        f: impl FnOnce(&Services, &mut Db, &Actor) -> ServiceResult<(R, Option<Through>)>
        + Send
        + 'static,
    ) -> Result<R, Problem> {
        self.read_inspected_then(what, f, Ok).await
    }

    /// As [`Self::read_inspected`], and makes something of what was read once the connection is given back.
    ///
    /// # Errors
    /// As [`Self::read_then`].
    pub async fn read_inspected_then<R, D: Send + 'static>(
        self,
        what: &'static str,
        f: impl FnOnce(&Services, &mut Db, &Actor) -> ServiceResult<(R, Option<Through>)>
        + Send
        + 'static,
        then: impl FnOnce(R) -> ServiceResult<D> + Send + 'static,
    ) -> Result<D, Problem> {
        let claims = self.claims;
        let services = self.state.services.clone();
        self.state
            .block(move || {
                let (read, through, actor) = services.read(|db| {
                    let actor = permitted_to_read(&services, db, &claims, P::PERMISSION)?;
                    let (read, through) = f(&services, db, &actor)?;
                    Ok((read, through, actor))
                })?;
                if let Some(through) = through {
                    let now = services.now();
                    services.write(|db| through.record(db, now, &actor, what))?;
                }
                then(read)
            })
            .await
    }

    /// Reads as this caller where the reading itself is recorded.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub async fn read_recorded<R: Send + 'static>(
        self,
        f: impl Fn(&Services, &mut Db, &Actor) -> ServiceResult<R> + Send + 'static,
    ) -> Result<R, Problem> {
        let claims = self.claims;
        let services = self.state.services.clone();
        self.state
            .block(move || {
                services.write(|db| {
                    let actor = permitted_to_read(&services, db, &claims, P::PERMISSION)?;
                    f(&services, db, &actor)
                })
            })
            .await
    }

    /// As [`Self::read_recorded`], and makes something of what was read once the transaction is over:
    /// nobody who writes waits for a document to be set.
    ///
    /// # Errors
    /// As [`Self::read`], and what `then` reports.
    pub async fn read_recorded_then<R, D: Send + 'static>(
        self,
        f: impl Fn(&Services, &mut Db, &Actor) -> ServiceResult<R> + Send + 'static,
        then: impl FnOnce(R) -> ServiceResult<D> + Send + 'static,
    ) -> Result<D, Problem> {
        let claims = self.claims;
        let services = self.state.services.clone();
        self.state
            .block(move || {
                let read = services.write(|db| {
                    let actor = permitted_to_read(&services, db, &claims, P::PERMISSION)?;
                    f(&services, db, &actor)
                })?;
                then(read)
            })
            .await
    }
}

/// A caller who may write. His permission is looked at before his body is, so that who may not is
/// told that and nothing else.
pub struct Writer<P> {
    state: web::Data<AppState>,
    /// Who he is.
    pub actor: Actor,
    key: Option<String>,
    route: String,
    permit: PhantomData<P>,
}

impl<P: Permit> FromRequest for Writer<P> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let found = claims(req);
        let key = IdempotencyKey::from_request(req, payload);
        let route = format!(
            "{} {} {}",
            req.method(),
            req.path(),
            req.headers()
                .get(actix_web::http::header::IF_MATCH)
                .and_then(|v| v.to_str().ok())
                .unwrap_or_default()
        );
        Box::pin(async move {
            let (state, claims) = found?;
            let actor = state
                .read(move |services, db| permitted(services, db, &claims, P::PERMISSION))
                .await?;
            let IdempotencyKey(key) = key.await?;
            Ok(Self {
                state,
                actor,
                key,
                route,
                permit: PhantomData,
            })
        })
    }
}

/// What an answer to a write says.
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Row version, for the `ETag`.
    pub version: Option<i64>,
    /// Address of what was made.
    pub location: Option<String>,
    /// The body.
    pub body: String,
}

impl Reply {
    /// 200 with a body.
    ///
    /// # Errors
    /// [`motcua_services::Error::Internal`] when the body cannot be written.
    pub fn ok(version: Option<i64>, body: &impl Serialize) -> ServiceResult<Self> {
        Ok(Self {
            status: 200,
            version,
            location: None,
            body: serde_json::to_string(body)
                .map_err(|e| motcua_services::Error::Internal(e.to_string()))?,
        })
    }

    /// 201 with a body.
    ///
    /// # Errors
    /// [`motcua_services::Error::Internal`] when the body cannot be written.
    pub fn created(
        location: String,
        version: Option<i64>,
        body: &impl Serialize,
    ) -> ServiceResult<Self> {
        Ok(Self {
            status: 201,
            version,
            location: Some(location),
            body: serde_json::to_string(body)
                .map_err(|e| motcua_services::Error::Internal(e.to_string()))?,
        })
    }
}

impl<P: Permit> Writer<P> {
    /// The server's state.
    pub fn state(&self) -> &AppState {
        &self.state
    }

    /// Writes as this caller where a repeated request does no harm: what names its version in
    /// `If-Match` is done once by itself.
    ///
    /// # Errors
    /// What `f` refused.
    pub async fn write<R: Send + 'static>(
        self,
        f: impl Fn(&Services, &mut Db, &Actor) -> ServiceResult<R> + Send + 'static,
    ) -> Result<R, Problem> {
        let services = self.state.services.clone();
        let actor = self.actor;
        self.state
            .block(move || services.write(|db| f(&services, db, &actor)))
            .await
    }

    /// Writes as this caller, once per `Idempotency-Key`: the answer is kept in the transaction of
    /// the work and given again, with `Idempotency-Replayed: true`.
    ///
    /// # Errors
    /// 422 `idempotency_key_reused`, and what `f` refused.
    pub async fn once(
        self,
        body: &impl Serialize,
        f: impl Fn(&Services, &mut Db, &Actor) -> ServiceResult<Reply> + Send + 'static,
    ) -> Result<HttpResponse, Problem> {
        let body = serde_json::to_vec(body).map_err(Problem::internal)?;
        let mut hash = Sha256::new();
        hash.update(self.route.as_bytes());
        hash.update([0]);
        hash.update(&body);
        let fingerprint = hex::encode(hash.finalize());
        let services = self.state.services.clone();
        let (actor, key) = (self.actor, self.key);
        let answer = self
            .state
            .block(move || {
                let owner = actor.user_id.to_string();
                let key = key.as_deref().map(|key| Key {
                    owner: &owner,
                    key,
                    fingerprint: &fingerprint,
                });
                services.once(key, |db| {
                    let reply = f(&services, db, &actor)?;
                    Ok(Answer {
                        status: reply.status,
                        headers: serde_json::json!({
                            "etag": reply.version.map(crate::manners::etag),
                            "location": reply.location,
                        })
                        .to_string(),
                        body: reply.body,
                        replayed: false,
                    })
                })
            })
            .await?;
        Ok(respond(answer))
    }
}

fn respond(answer: Answer) -> HttpResponse {
    let status = actix_web::http::StatusCode::from_u16(answer.status)
        .unwrap_or(actix_web::http::StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    if let Ok(serde_json::Value::Object(headers)) = serde_json::from_str(&answer.headers) {
        for (name, value) in headers {
            if let Some(value) = value.as_str() {
                response.insert_header((name.as_str(), value));
            }
        }
    }
    if answer.replayed {
        response.insert_header(("idempotency-replayed", "true"));
    }
    response.content_type("application/json").body(answer.body)
}

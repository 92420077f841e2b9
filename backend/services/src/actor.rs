//! Who is acting, in which roles, and what each role may do.

use motcua_domain::account::Pending;
use motcua_domain::dossier::{Action, Role};
use motcua_store::dossier::Scope;
use motcua_store::{AuthorityId, CentreId, SessionId, UserId};

/// A role held for a centre, or for one authority of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The centre it is held at.
    pub centre_id: CentreId,
    /// The authority it is limited to; none: the whole centre.
    pub authority_id: Option<AuthorityId>,
    /// For whom it is held, when that is somebody else.
    pub delegated_by: Option<UserId>,
}

/// Somebody who has signed in.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Account.
    pub user_id: UserId,
    /// Sign-in.
    pub session_id: SessionId,
    /// Sign-in name.
    pub username: String,
    /// Full name.
    pub full_name: String,
    /// Roles that hold now.
    pub grants: Vec<Grant>,
    /// What must be done before anything else.
    pub pending: Option<Pending>,
    /// Another system's permissions; none for people, who have all of their roles'.
    pub scopes: Option<Vec<String>>,
    /// The stamp of the reference rows when the actor was looked up: what is kept in memory for it
    /// holds for this request.
    pub stamp: i64,
}

/// Something a role may or may not do. Actions on dossiers carry the roles of the law's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// One's own account: also before a first password is changed.
    OwnAccount,
    /// Being signed in is enough.
    SignedIn,
    /// Read dossiers in scope, with personal numbers masked.
    ReadDossiers,
    /// Read personal data whole; each time is recorded.
    ReadPersonalData,
    /// Read who looked at personal data, when and in which role.
    ReadPersonalDataViews,
    /// Read the books of certification.
    ReadRegisters,
    /// Read the tamper-evident record of a centre.
    ReadAudit,
    /// Receive what people ask about their own data, and follow it.
    ReceiveDataRequests,
    /// Answer it, with all that is held about the person.
    AnswerDataRequests,
    /// Say where a centre receives, at which counters and for whom.
    ManageOrganisation,
    /// Keep a dossier whatever its time.
    HoldDossiers,
    /// Read how long dossiers are kept, and what is to be disposed of.
    ReadDisposals,
    /// Say how long dossiers are kept, and propose what is to be disposed of.
    ManageRetention,
    /// Approve what is to be disposed of.
    ApproveDisposals,
    /// Take a dossier in.
    TakeIn,
    /// Adding files to a dossier's papers, and withdrawing them.
    AddFiles,
    /// Work out what a dossier costs, and keep it.
    AssessFees,
    /// Read what is asked of payers and what came, and where authorities collect.
    ReadPayments,
    /// Ask payers for what dossiers owe.
    CollectFees,
    /// Name the accounts that authorities collect to.
    ManageAccounts,
    /// Confirm an account that somebody else named.
    ConfirmAccounts,
    /// Approve that money goes back, as somebody else proposed.
    ApproveRefunds,
    /// Open and end the series of receipts.
    ManageReceipts,
    /// Agree that a collection was none, as somebody else proposed.
    ApproveVoids,
    /// Bring in the statements of banks and hold them against what is known.
    ReconcilePayments,
    /// Say whether a centre takes cash.
    AllowCash,
    /// Read what banks told, as they told it.
    ReadNotifications,
    /// Do this to a dossier.
    Act(Action),
    /// Create and deactivate accounts.
    ManageUsers,
    /// Draft, publish, end, confirm and import procedures.
    ManageCatalogue,
    /// Read the feed of events.
    ReadEvents,
    /// Ask what a changed calendar would do to open promises.
    SimulateDeadlines,
    /// Enter a change of a centre's calendar.
    ManageCalendar,
    /// Read who is at which counter when, for the whole centre; one's own everybody reads.
    ReadRoster,
    /// Plan it, enter absences, confirm service shifts and keep the ledger of leave.
    PlanRoster,
    /// Read the nine indices of units.
    ReadIndices,
    /// Read those of officers; one's own everybody reads.
    ReadOfficerIndices,
    /// Work the indices of a quarter out, and freeze them.
    MakeIndices,
    /// Say what people are told, and when.
    ManageMessages,
    /// Have a message sent again, and say in which language somebody is told.
    ResendMessages,
    /// Draft and publish questionnaires, say what is asked with, and keep the devices that ask.
    ManageSurveys,
    /// Call somebody to a tablet, and show the code of a questionnaire.
    OfferSurveys,
    /// Look at people's own words before the ward does.
    ScreenRemarks,
    /// Read them once they were looked at.
    ReadRemarks,
    /// Read what was answered about each officer.
    ReadOfficerResults,
    /// Draw samples of finished dossiers, and follow how they are asked.
    DrawSamples,
    /// Enter what people of a sample answered.
    EnterSurveys,
    /// Enter what somebody says of the centre at the counter, by telephone or by post.
    ReceiveFeedback,
    /// Read where suggestions and complaints stand, names and telephones masked.
    ReadFeedback,
    /// Read of which officer and dossier they are, and in which words.
    ReadFeedbackParties,
    /// Read who filed one, whole; each time is recorded.
    ReadFeedbackPersonalData,
    /// Pass on, accept, take longer, answer and publish.
    HandleFeedback,
    /// Receive and handle denunciations; besides, the centre's director must have appointed the person.
    HandleDenunciations,
    /// Appoint who handles denunciations.
    AppointForDenunciations,
    /// Report what is in the way of one's work.
    RaiseObstacles,
    /// Read the obstacles one reported.
    ReadObstacles,
    /// Read those of others.
    ReadAllObstacles,
    /// Pass them upward, and say how they were solved.
    HandleObstacles,
    /// Open inspections, end and conclude them.
    ManageInspections,
    /// Read the inspections of a centre; those of whose team one is everybody reads.
    ReadInspections,
    /// Do the work of a team; besides, the person must be of it.
    WorkInspections,
    /// Read findings: those for which one is responsible.
    ReadFindings,
    /// Read those of others.
    ReadAllFindings,
    /// Report that findings are put right.
    AnswerFindings,
    /// Keep commendation and discipline records, and revoke them.
    KeepConductRecords,
    /// Read those of others that no decision made public.
    ReadConductRecords,
}

impl Permission {
    /// Whether only people have it, whatever another system's account was given: to decide, to sign, to
    /// end, and to approve what cannot be taken back. A program may support an officer, it never
    /// takes the officer's place (Decree 309/2026 Art 12.3).
    pub fn is_for_people(self) -> bool {
        matches!(
            self,
            Self::ApproveDisposals
                | Self::AnswerDataRequests
                | Self::ManageCalendar
                | Self::PlanRoster
                | Self::MakeIndices
                | Self::ManageUsers
                | Self::ManageAccounts
                | Self::ConfirmAccounts
                | Self::ApproveRefunds
                | Self::ManageReceipts
                | Self::ApproveVoids
                | Self::AllowCash
                | Self::ReadFeedbackPersonalData
                | Self::HandleFeedback
                | Self::HandleDenunciations
                | Self::AppointForDenunciations
                | Self::HandleObstacles
                | Self::ManageInspections
                | Self::WorkInspections
                | Self::AnswerFindings
                | Self::KeepConductRecords
                | Self::Act(
                    Action::Decide
                        | Action::Extend
                        | Action::ReturnApology
                        | Action::Refuse
                        | Action::Stop
                        | Action::Hold
                        | Action::Resume
                        | Action::Correct
                        | Action::Undo
                )
        )
    }

    /// Every permission, for the page that lists them.
    pub fn all() -> Vec<Self> {
        let mut all = vec![
            Self::ReadDossiers,
            Self::ReadPersonalData,
            Self::ReadPersonalDataViews,
            Self::ReadRegisters,
            Self::ReadAudit,
            Self::ReceiveDataRequests,
            Self::AnswerDataRequests,
            Self::ManageOrganisation,
            Self::HoldDossiers,
            Self::ReadDisposals,
            Self::ManageRetention,
            Self::ApproveDisposals,
            Self::TakeIn,
            Self::AddFiles,
            Self::AssessFees,
            Self::ReadPayments,
            Self::CollectFees,
            Self::ManageAccounts,
            Self::ConfirmAccounts,
            Self::ApproveRefunds,
            Self::ManageReceipts,
            Self::ApproveVoids,
            Self::ReconcilePayments,
            Self::AllowCash,
            Self::ReadNotifications,
            Self::ManageUsers,
            Self::ManageCatalogue,
            Self::ReadEvents,
            Self::SimulateDeadlines,
            Self::ManageCalendar,
            Self::ReadRoster,
            Self::PlanRoster,
            Self::ReadIndices,
            Self::ReadOfficerIndices,
            Self::MakeIndices,
            Self::ManageMessages,
            Self::ResendMessages,
            Self::ManageSurveys,
            Self::OfferSurveys,
            Self::ScreenRemarks,
            Self::ReadRemarks,
            Self::ReadOfficerResults,
            Self::DrawSamples,
            Self::EnterSurveys,
            Self::ReceiveFeedback,
            Self::ReadFeedback,
            Self::ReadFeedbackParties,
            Self::ReadFeedbackPersonalData,
            Self::HandleFeedback,
            Self::HandleDenunciations,
            Self::AppointForDenunciations,
            Self::RaiseObstacles,
            Self::ReadObstacles,
            Self::ReadAllObstacles,
            Self::HandleObstacles,
            Self::ManageInspections,
            Self::ReadInspections,
            Self::WorkInspections,
            Self::ReadFindings,
            Self::ReadAllFindings,
            Self::AnswerFindings,
            Self::KeepConductRecords,
            Self::ReadConductRecords,
        ];
        all.extend(Action::ALL.iter().copied().map(Self::Act));
        all
    }

    /// The stable name, such as `dossiers.read` or `dossiers.decisions`.
    pub fn name(self) -> String {
        match self {
            Self::OwnAccount => "own_account".into(),
            Self::SignedIn => "signed_in".into(),
            Self::ReadDossiers => "dossiers.read".into(),
            Self::ReadPersonalData => "dossiers.personal_data".into(),
            Self::ReadPersonalDataViews => "dossiers.personal_data_views".into(),
            Self::ReadRegisters => "registers.read".into(),
            Self::ReadAudit => "audit.read".into(),
            Self::ReceiveDataRequests => "personal_data.requests".into(),
            Self::AnswerDataRequests => "personal_data.answers".into(),
            Self::ManageOrganisation => "organisation.manage".into(),
            Self::HoldDossiers => "dossiers.legal_hold".into(),
            Self::ReadDisposals => "disposals.read".into(),
            Self::ManageRetention => "retention.manage".into(),
            Self::ApproveDisposals => "disposals.approve".into(),
            Self::TakeIn => "dossiers.create".into(),
            Self::AddFiles => "dossiers.files".into(),
            Self::AssessFees => "fees.assess".into(),
            Self::ReadPayments => "payments.read".into(),
            Self::CollectFees => "payments.collect".into(),
            Self::ManageAccounts => "payments.accounts".into(),
            Self::ConfirmAccounts => "payments.accounts_confirm".into(),
            Self::ApproveRefunds => "payments.refunds_approve".into(),
            Self::ManageReceipts => "payments.receipts".into(),
            Self::ApproveVoids => "payments.voids_approve".into(),
            Self::ReconcilePayments => "payments.reconcile".into(),
            Self::AllowCash => "payments.cash".into(),
            Self::ReadNotifications => "payments.notifications".into(),
            Self::Act(action) => format!("dossiers.{}", action.as_str()),
            Self::ManageUsers => "users.manage".into(),
            Self::ManageCatalogue => "catalogue.manage".into(),
            Self::ReadEvents => "events.read".into(),
            Self::SimulateDeadlines => "deadlines.simulate".into(),
            Self::ManageCalendar => "calendar.manage".into(),
            Self::ReadRoster => "roster.read".into(),
            Self::PlanRoster => "roster.plan".into(),
            Self::ReadIndices => "indices.read".into(),
            Self::ReadOfficerIndices => "indices.officers".into(),
            Self::MakeIndices => "indices.make".into(),
            Self::ManageMessages => "messages.manage".into(),
            Self::ResendMessages => "messages.resend".into(),
            Self::ManageSurveys => "surveys.manage".into(),
            Self::OfferSurveys => "surveys.offer".into(),
            Self::ScreenRemarks => "surveys.remarks_screen".into(),
            Self::ReadRemarks => "surveys.remarks".into(),
            Self::ReadOfficerResults => "surveys.officers".into(),
            Self::DrawSamples => "surveys.samples".into(),
            Self::EnterSurveys => "surveys.enter".into(),
            Self::ReceiveFeedback => "feedback.receive".into(),
            Self::ReadFeedback => "feedback.read".into(),
            Self::ReadFeedbackParties => "feedback.parties".into(),
            Self::ReadFeedbackPersonalData => "feedback.personal_data".into(),
            Self::HandleFeedback => "feedback.handle".into(),
            Self::HandleDenunciations => "denunciations.handle".into(),
            Self::AppointForDenunciations => "denunciations.appoint".into(),
            Self::RaiseObstacles => "obstacles.raise".into(),
            Self::ReadObstacles => "obstacles.read".into(),
            Self::ReadAllObstacles => "obstacles.read_all".into(),
            Self::HandleObstacles => "obstacles.handle".into(),
            Self::ManageInspections => "inspections.manage".into(),
            Self::ReadInspections => "inspections.read".into(),
            Self::WorkInspections => "inspections.work".into(),
            Self::ReadFindings => "findings.read".into(),
            Self::ReadAllFindings => "findings.read_all".into(),
            Self::AnswerFindings => "findings.answer".into(),
            Self::KeepConductRecords => "conduct_records.keep".into(),
            Self::ReadConductRecords => "conduct_records.read".into(),
        }
    }

    /// The roles that have it.
    pub fn roles(self) -> &'static [Role] {
        use Role::{Admin, Cashier, Director, Handler, Inspector, Leader, Reception, ResultsDesk};
        match self {
            Self::OwnAccount | Self::SignedIn | Self::ReadDossiers => &[
                Reception,
                Handler,
                Leader,
                Cashier,
                ResultsDesk,
                Director,
                Inspector,
                Admin,
            ],
            // Those who work on the dossier, and the inspector, who reads all in scope.
            Self::ReadPersonalData => &[Reception, Handler, Leader, ResultsDesk, Inspector],
            // Those who answer for the others, not those who look.
            Self::ReadPersonalDataViews => &[Leader, Director, Inspector],
            // Those who enter, those who sign, those who answer for it.
            Self::ReadRegisters => &[Reception, Leader, Director, Inspector],
            // Who answers for the centre, who inspects it, who keeps its accounts.
            Self::ReadAudit => &[Director, Inspector, Admin],
            Self::ReceiveDataRequests => &[Reception, Director, Inspector],
            // Who answers for the centre.
            Self::AnswerDataRequests | Self::AllowCash | Self::MakeIndices => &[Director],
            Self::HoldDossiers => &[Leader, Director, Inspector],
            Self::ReadDisposals => &[Leader, Director, Inspector, Admin],
            Self::ManageRetention | Self::ManageOrganisation => &[Admin],
            Self::ApproveDisposals => &[Leader, Director],
            Self::TakeIn => &[Reception],
            // Who takes papers in, and who works on them.
            Self::AddFiles => &[Reception, Handler],
            Self::AssessFees => &[Reception, Handler, Cashier],
            // Who collects, who answers for it, who inspects it, who keeps its accounts.
            Self::ReadPayments => &[Cashier, Leader, Director, Inspector, Admin],
            Self::CollectFees => &[Cashier],
            // Who collects, and who answers for the centre.
            Self::ReconcilePayments => &[Cashier, Director],
            Self::ManageAccounts | Self::ManageReceipts => &[Admin],
            // Who answers for the money; an administrator is neither (roles that do not go together).
            Self::ConfirmAccounts | Self::ApproveRefunds | Self::ApproveVoids => {
                &[Leader, Director]
            }
            Self::ReadNotifications => &[Cashier, Director, Inspector, Admin],
            Self::Act(action) => action.roles(),
            Self::ManageUsers | Self::ManageCatalogue => &[Admin],
            Self::ReadEvents => &[Admin, Director],
            Self::SimulateDeadlines => &[Leader, Director, Admin],
            // Who answers for the centre, who configures it.
            Self::ManageCalendar | Self::PlanRoster => &[Director, Admin],
            // Who stands there, who answers for it, who inspects it.
            Self::ReadRoster => &[Reception, Director, Inspector, Admin],
            // Who answers for the ward, for the centre, who inspects it.
            Self::ReadIndices => &[Leader, Director, Inspector],
            // A result is its officer's, and theirs who answer for the centre or inspect it.
            Self::ReadOfficerIndices => &[Director, Inspector],
            Self::ManageMessages => &[Admin],
            // Those whom people ask why they heard nothing.
            Self::ResendMessages => &[Reception, ResultsDesk, Leader],
            Self::ManageSurveys => &[Admin],
            // Who stands before the person asked; who sets the devices up.
            Self::OfferSurveys => &[Reception, ResultsDesk, Admin],
            // Not of the ward, and not of the one-stop (DOMAIN §6.4).
            Self::ScreenRemarks | Self::EnterSurveys => &[Inspector],
            Self::ReadRemarks => &[Leader, Director, Inspector],
            Self::ReadOfficerResults | Self::DrawSamples => &[Director, Inspector],
            // Who sits at the counter, and who answers for the centre.
            Self::ReceiveFeedback => &[Reception, Director],
            Self::ReadFeedback => &[Reception, Leader, Director, Inspector],
            // Who handles it, and who inspects.
            Self::ReadFeedbackParties | Self::ReadFeedbackPersonalData => {
                &[Leader, Director, Inspector]
            }
            Self::HandleFeedback | Self::HandleObstacles => &[Leader, Director],
            // Among these the director appoints; without that nobody has it.
            Self::HandleDenunciations => &[Reception, Handler, Leader, Director, Inspector],
            Self::AppointForDenunciations => &[Director],
            Self::RaiseObstacles => &[Reception, Handler, Leader, Cashier, ResultsDesk, Director],
            Self::ReadObstacles => &[
                Reception,
                Handler,
                Leader,
                Cashier,
                ResultsDesk,
                Director,
                Inspector,
            ],
            Self::ReadAllObstacles | Self::ReadAllFindings => &[Leader, Director, Inspector],
            // Who answers for the centre, and who gives people their roles for a time.
            Self::ManageInspections => &[Director, Admin],
            Self::ReadInspections => &[Director, Inspector, Admin],
            // Anybody may be called into a team; outside of one nobody has it.
            Self::WorkInspections | Self::ReadFindings => &[
                Reception,
                Handler,
                Leader,
                Cashier,
                ResultsDesk,
                Director,
                Inspector,
                Admin,
            ],
            Self::AnswerFindings | Self::ReadConductRecords => &[Leader, Director],
            Self::KeepConductRecords => &[Director],
        }
    }
}

impl Actor {
    /// Whether another system's account was given this permission; a person has all of the roles'.
    fn scoped(&self, permission: Permission) -> bool {
        self.scopes
            .as_ref()
            .is_none_or(|scopes| !permission.is_for_people() && scopes.contains(&permission.name()))
    }

    /// The grants that carry a permission.
    fn granting(&self, permission: Permission) -> impl Iterator<Item = &Grant> {
        let scoped = self.scoped(permission);
        self.grants
            .iter()
            .filter(move |g| scoped && permission.roles().contains(&g.role))
    }

    /// Whether any of the actor's roles has this permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.granting(permission).next().is_some()
    }

    /// What the actor may see with this permission.
    pub fn scope(&self, permission: Permission) -> Scope {
        let mut scope = Scope::default();
        for g in self.granting(permission) {
            match &g.authority_id {
                None if !scope.centres.contains(&g.centre_id) => {
                    scope.centres.push(g.centre_id.clone());
                }
                Some(a) if !scope.authorities.contains(a) => scope.authorities.push(a.clone()),
                _ => {}
            }
        }
        scope
    }

    /// The grants that hold over a dossier of this centre and authority.
    fn over<'a, 'b>(
        &'a self,
        centre: &'b CentreId,
        authority: &'b AuthorityId,
    ) -> impl Iterator<Item = &'a Grant> + use<'a, 'b> {
        self.grants.iter().filter(move |g| match &g.authority_id {
            None => &g.centre_id == centre,
            Some(a) => a == authority,
        })
    }

    /// The roles the actor holds over a dossier of this centre and authority.
    pub fn roles_on(&self, centre: &CentreId, authority: &AuthorityId) -> Vec<Role> {
        let mut roles = Vec::new();
        for g in self.over(centre, authority) {
            if !roles.contains(&g.role) {
                roles.push(g.role);
            }
        }
        roles
    }

    /// For whom the actor acts in a role over a dossier of this centre and authority, when only as a
    /// substitute.
    pub fn acting_for(
        &self,
        role: Role,
        centre: &CentreId,
        authority: &AuthorityId,
    ) -> Option<&UserId> {
        let mut held = self.over(centre, authority).filter(|g| g.role == role);
        let first = held.next()?;
        let own = first.delegated_by.is_none() || held.any(|g| g.delegated_by.is_none());
        first.delegated_by.as_ref().filter(|_| !own)
    }

    /// The centre asked for, or the first, at which the actor holds a role with this permission.
    pub fn centre_for(
        &self,
        permission: Permission,
        wanted: Option<&CentreId>,
    ) -> Option<CentreId> {
        self.centres(permission)
            .into_iter()
            .find(|id| wanted.is_none_or(|w| w == id))
    }

    /// The centres at which the actor holds a role with this permission.
    pub fn centres(&self, permission: Permission) -> Vec<CentreId> {
        let mut centres = Vec::new();
        for g in self.granting(permission) {
            if !centres.contains(&g.centre_id) {
                centres.push(g.centre_id.clone());
            }
        }
        centres
    }
}

//! The words of the domain as schemas of the contract: same members, same spelling, checked by a test.

use utoipa::ToSchema;

macro_rules! schemas {
    ($($(#[$doc:meta])* $name:ident { $($(#[$v:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(serde::Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the domain documents each word")]
        pub enum $name { $($(#[$v])* $variant),+ }

        impl $name {
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    )+};
}

schemas! {
    /// Business state of a dossier.
    State { Draft, Submitted, IntakeSupplementRequested, Accepted, RefusedAtIntake, Processing,
        SupplementRequested, PaymentRequired, OnHold, Withdrawn, Stopped, Transferred, Completed, Returned }
    /// Where inside its state a dossier is.
    SubState { AwaitingConsultation, AwaitingSignature, Decided, SupplementReceived,
        WithdrawalRequested, Correcting, Corrected }
    /// In whose hands a dossier is.
    Desk { Reception, Handler, Leader, ResultsDesk, Citizen, Archive }
    /// What a desk waits for.
    Awaiting { Answer, Acknowledgement, Handover, Opinion, Signature, Result, HandBack }
    /// How near the date of an open dossier is.
    DueWithin { Overdue, Today, Soon }
    /// What a dossier is watched for.
    Concern { Unanswered, NotHandedOver, NotAcknowledged, StepLate, OpinionLate, DueToday, DueSoon, Overdue,
        ApologyDue, ApologyMissing, PausedTooLong, SupplementLapsing, SupplementLapsed }
    /// Why a promise cannot be kept.
    LateReason { LackOfStaff, OtherAgency, DataFault, ApplicantAbsent, SystemDown }
    /// What became of a drafted apology.
    ApologyState { Drafted, Signed, SentBack, Replaced, Overtaken }
    /// How a dossier came.
    Channel { Counter, Online, Post, Home, Kiosk }
    /// What an owner is.
    OwnerKind { Citizen, Business, StateBody, Organisation, Other }
    /// Whether a file was looked at by a virus scanner.
    Scan { None, Clean, Unchecked }
    /// How a result goes to the citizen.
    DeliveryMethod { Counter, Post, Home, Electronic }
    /// Grant or refuse.
    DecisionOutcome { Grant, Refuse }
    /// How a result stands that somebody holds.
    ResultStanding { Valid, BeingCorrected, Replaced, TakenBack }
    /// What an authorisation covers.
    AuthorisationScope { Submit, Collect, Both }
    /// Who collects.
    Relation { Owner, Filer, Representative }
    /// Whether the promise is kept.
    Timing { WithinTime, Paused, Early, OnTime, Overdue }
    /// The unit of a limit.
    Unit { WorkingDay, HalfDay, WorkingHour, CalendarDay, Month, SameDay }
    /// Who must sign in with a second factor.
    SecondFactor { Optional, Leaders, Everyone }
    /// What must be done before anything else with a sign-in.
    Pending { Password, SecondFactor }
    /// What somebody asks about their own data.
    DataRequestKind { Access, Export, Rectification, Restriction, Erasure, Objection }
    /// How such a request was answered.
    DataRequestOutcome { Fulfilled, Refused }
    /// Where a list of what is to be disposed of stands.
    DisposalState { Proposed, ApprovedOnce, Executed, Rejected }
    /// Where a declaration stands.
    DeclarationState { Draft, ReadBack, Signed }
    /// Where a value of a declaration comes from.
    DeclarationSource { Card, Dossier, Officer, Citizen }
    /// Who changes a value.
    DeclarationChangedBy { Officer, Citizen }
    /// How a declaration was signed.
    DeclarationSignedHow { Paper, Screen }
    /// What somebody files.
    FilingKind { Suggestion, Complaint, Denunciation }
    /// Suggestion or complaint.
    FeedbackKind { Suggestion, Complaint }
    /// What kind of inspection.
    InspectionKind { InternalCheck, Scheduled, Unannounced }
    /// Where an inspection stands.
    InspectionState { Open, Ended, Concluded }
    /// What came of checking a dossier of a sample.
    CheckOutcome { InOrder, Finding, NotFound }
    /// What a finding is about.
    FindingKind { Deadline, Papers, Fees, Procedure, Conduct, Publicity, Digitisation, Other }
    /// Where a finding stands.
    FindingState { Open, Reported, Closed, Withdrawn }
    /// What can be done with a finding.
    FindingAction { Report, Accept, SendBack, Prolong, Withdraw }
    /// Commendation or discipline.
    ConductKind { Commendation, Discipline }
    /// What a commendation or a discipline record rests on.
    EvidenceKind { IndexLine, Feedback, Dossier, Finding, Inspection }
    /// How it came.
    FeedbackChannel { Counter, Phone, Online, Qr, Post }
    /// What it is about.
    FeedbackSubject { Procedure, Attitude, Officer, Facility, Other }
    /// Where a suggestion or a complaint stands.
    FeedbackState { Received, Forwarded, Accepted, Declined, Answered }
    /// What can be done with it.
    FeedbackAction { Forward, Accept, Decline, Extend, Answer, Publish }
    /// Where a denunciation stands.
    DenunciationState { Received, PassedOn, Accepted, Declined, Concluded }
    /// Where something stands that somebody filed, whatever its kind.
    FiledState { Received, Forwarded, PassedOn, Accepted, Declined, Answered, Concluded }
    /// What an obstacle lies in.
    ObstacleKind { Procedure, Law, System, Person, Other }
    /// Where an obstacle stands.
    ObstacleState { Raised, Forwarded, Solved }
    /// How sure a figure of the law is.
    Certainty { Law, ToCheck }
    /// What a place of a centre is.
    PointKind { Branch, Point }
    /// Whether the time of a duty counts for limits.
    DutyKind { Counted, Service }
    /// Why somebody is away.
    AbsenceKind { AnnualLeave, Compensatory, Sick, Maternity, Study, Mission, Other }
    /// What an entry of the ledger of compensatory leave is.
    LeaveEntryKind { Earned, Taken, Corrected }
    /// Why a counter stands empty.
    GapReason { NobodyPlanned, Absent, NotHere }
    /// A step that people are told of.
    Told { Submitted, Accepted, IntakeSupplementRequested, IntakeSupplemented, RefusedAtIntake, Processing,
        SupplementRequested, Supplemented, PaymentRequested, PaymentSettled, Withdrawn, WithdrawalDeclined,
        Stopped, Held, Resumed, Transferred, DueDateExtended, DueDateRolled, Completed, Returned,
        ResultCorrected, Undone }
    /// By what people are told.
    MessageChannel { Mail, Sms }
    /// In which language people are told.
    MessageLanguage { Vi, En }
    /// Where a message stands.
    MessageState { Queued, Held, Sending, Sent, Delivered, Unknown, Failed, GivenUp, Cancelled }
    /// What a template may name.
    Placeholder { Code, Procedure, Authority, Centre, Phone, LookUp, Due, DueBefore, SupplyBy, Amount, Collect, Survey }
    /// How a short message is written for the network.
    SmsEncoding { Gsm7, Ucs2 }
    /// A role.
    Role { Reception, Handler, Leader, Cashier, ResultsDesk, Director, Inspector, Admin }
    /// What sort of day.
    DayKind { Weekday, Weekend, DayOff, MakeUp }
    /// Account or card.
    Service { Account, Card }
    /// A day of the week.
    WeekdayName { Mon, Tue, Wed, Thu, Fri, Sat, Sun }
    /// What is certified.
    CertificationKind { Copy, Signature }
    /// Phí or lệ phí.
    MoneyKind { Phi, LePhi }
    /// By when a fee line is to be paid.
    FeeDue { BeforeHandling, BeforeResult, AtCollection }
    /// The money's side of a dossier.
    PaymentState { NotTracked, NotRequired, Due, Pending, Paid, Exempt, Refunded, Cancelled }
    /// How fees are paid.
    PaymentMethod { Transfer, Card, Cash, Online }
    /// What an entry of the ledger says.
    LedgerKind { Assessed, Reversed, Cancelled, Paid, Received, Refunded, Placed, HandedOver }
    /// An account of the ledger.
    LedgerAccount { Receivable, Waived, Assessed, Transfer, Card, Cash, Platform, Bank, Suspense, Treasury }
    /// Phí, lệ phí, or money of which that is not known yet.
    LedgerSort { Phi, LePhi, Unsorted }
    /// Where what is asked of a payer stands.
    PaymentRequestState { Waiting, PartlyPaid, Paid, Overpaid, Expired, Cancelled }
    /// What became of money that came.
    MoneyState { Matched, Held, ToRefund, Unmatched, Refunded, Placed }
    /// Whether a payment came whose terminal or bank did not answer.
    UnknownPaymentState { Unknown, Came, DidNotCome }
    /// Where a refund stands.
    RefundState { Proposed, Approved, Rejected, PaidOut }
    /// What the receipts of a series are.
    ReceiptMedium { Paper, Electronic }
    /// Whether a receipt holds.
    ReceiptState { Valid, Replaced, Voided }
    /// Where it stands that a collection was none.
    VoidState { Proposed, Approved, Rejected, Lapsed }
    /// How a bank's statement is written.
    StatementFormat { Csv, Camt053 }
    /// Where the import of a statement stands.
    StatementState { Stored, Done }
    /// What a line of a statement is, held against what is known.
    LineClass { Known, New, Differs, Refund, Treasury, Outgoing, Unreadable }
    /// In which order a sheet writes a day.
    DateOrder { Dmy, Mdy, Ymd }
    /// Where an account that an authority collects to stands.
    AccountState { Proposed, Collecting, Ended }
    /// Where what a bank told stands.
    NoticeState { Stored, Done, UnknownAccount, NotApplied, Refused }
    /// Whose nine indices.
    QualityScope { Officer, Unit }
    /// A time against its limit.
    QualityTime { Early, OnTime, Overdue }
    /// Bands of an officer (the first three) and of a unit.
    QualityBand { Fulfilled, MostlyFulfilled, NotFulfilled, Excellent, Good, Fair, Average, Weak }
    /// Where a quarter begins and ends.
    CutOff { Calendar, Reporting }
    /// What a comparison of two shares comes to.
    ComparisonVerdict { Higher, Lower, NoDifference, NotEnough }
    /// Groups of Decision 766.
    ServiceGroup { Publicity, Progress, Digitisation, Online, Payment, Satisfaction }
    /// Grades of Decision 766.
    ServiceGrade { Excellent, Good, Fair, Average, Weak }
    /// Sex as printed on a card.
    Sex { Male, Female }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled<T: serde::Serialize>(all: &[T]) -> Vec<String> {
        all.iter()
            .map(|w| {
                serde_json::to_value(w)
                    .unwrap()
                    .as_str()
                    .unwrap()
                    .to_owned()
            })
            .collect()
    }

    #[test]
    fn the_contract_spells_every_word_as_the_domain_does() {
        use motcua_domain::survey::{compare, quality, quarter, service};
        use motcua_domain::{
            account, calendar, certification, deadline, declaration, dossier, fee, feedback,
            inspection, message, organisation, person, personal_data, vietqr,
        };
        let filings = spelled(feedback::FilingKind::ALL);
        assert_eq!(spelled(FilingKind::ALL), filings);
        let kinds = spelled(feedback::FeedbackKind::ALL);
        assert_eq!(spelled(FeedbackKind::ALL), kinds);
        let channels = spelled(feedback::FeedbackChannel::ALL);
        assert_eq!(spelled(FeedbackChannel::ALL), channels);
        let subjects = spelled(feedback::FeedbackSubject::ALL);
        assert_eq!(spelled(FeedbackSubject::ALL), subjects);
        let states = spelled(feedback::FeedbackState::ALL);
        assert_eq!(spelled(FeedbackState::ALL), states);
        let actions = spelled(feedback::FeedbackAction::ALL);
        assert_eq!(spelled(FeedbackAction::ALL), actions);
        let others = spelled(feedback::DenunciationState::ALL);
        assert_eq!(spelled(DenunciationState::ALL), others);
        let filed = spelled(FiledState::ALL);
        assert!(states.iter().chain(&others).all(|s| filed.contains(s)));
        assert_eq!(filed.len(), 7);
        let kinds = spelled(feedback::ObstacleKind::ALL);
        assert_eq!(spelled(ObstacleKind::ALL), kinds);
        let states = spelled(feedback::ObstacleState::ALL);
        assert_eq!(spelled(ObstacleState::ALL), states);
        let kinds = spelled(inspection::InspectionKind::ALL);
        assert_eq!(spelled(InspectionKind::ALL), kinds);
        let states = spelled(inspection::InspectionState::ALL);
        assert_eq!(spelled(InspectionState::ALL), states);
        let outcomes = spelled(inspection::CheckOutcome::ALL);
        assert_eq!(spelled(CheckOutcome::ALL), outcomes);
        let kinds = spelled(inspection::FindingKind::ALL);
        assert_eq!(spelled(FindingKind::ALL), kinds);
        let states = spelled(inspection::FindingState::ALL);
        assert_eq!(spelled(FindingState::ALL), states);
        let actions = spelled(inspection::FindingAction::ALL);
        assert_eq!(spelled(FindingAction::ALL), actions);
        let kinds = spelled(inspection::ConductKind::ALL);
        assert_eq!(spelled(ConductKind::ALL), kinds);
        let kinds = spelled(inspection::EvidenceKind::ALL);
        assert_eq!(spelled(EvidenceKind::ALL), kinds);
        let sure = spelled(feedback::Certainty::ALL);
        assert_eq!(spelled(Certainty::ALL), sure);
        assert_eq!(
            spelled(SecondFactor::ALL),
            spelled(account::SecondFactor::ALL)
        );
        assert_eq!(spelled(Pending::ALL), spelled(account::Pending::ALL));
        let kinds = spelled(personal_data::DataRequestKind::ALL);
        assert_eq!(spelled(DataRequestKind::ALL), kinds);
        let outcomes = spelled(personal_data::DataRequestOutcome::ALL);
        assert_eq!(spelled(DataRequestOutcome::ALL), outcomes);
        let states = spelled(personal_data::DisposalState::ALL);
        assert_eq!(spelled(DisposalState::ALL), states);
        assert_eq!(
            spelled(PointKind::ALL),
            spelled(organisation::PointKind::ALL)
        );
        assert_eq!(spelled(Concern::ALL), spelled(deadline::Concern::ALL));
        assert_eq!(spelled(LateReason::ALL), spelled(deadline::LateReason::ALL));
        let fates = ["drafted", "signed", "sent_back", "replaced", "overtaken"];
        assert_eq!(spelled(ApologyState::ALL), fates);
        let duties = spelled(calendar::roster::DutyKind::ALL);
        assert_eq!(spelled(DutyKind::ALL), duties);
        let absences = spelled(calendar::roster::AbsenceKind::ALL);
        assert_eq!(spelled(AbsenceKind::ALL), absences);
        let entries = spelled(calendar::roster::LeaveEntryKind::ALL);
        assert_eq!(spelled(LeaveEntryKind::ALL), entries);
        let reasons = spelled(calendar::roster::GapReason::ALL);
        assert_eq!(spelled(GapReason::ALL), reasons);
        assert_eq!(spelled(State::ALL), spelled(dossier::State::ALL));
        assert_eq!(spelled(SubState::ALL), spelled(dossier::SubState::ALL));
        assert_eq!(spelled(Desk::ALL), spelled(dossier::Desk::ALL));
        assert_eq!(spelled(Awaiting::ALL), spelled(dossier::Awaiting::ALL));
        assert_eq!(spelled(DueWithin::ALL), spelled(dossier::DueWithin::ALL));
        assert_eq!(spelled(Channel::ALL), spelled(dossier::Channel::ALL));
        assert_eq!(spelled(OwnerKind::ALL), spelled(person::OwnerKind::ALL));
        assert_eq!(
            spelled(DeliveryMethod::ALL),
            spelled(dossier::DeliveryMethod::ALL)
        );
        let standings = motcua_services::dossier::Standing::ALL.map(|s| s.as_str());
        assert_eq!(spelled(ResultStanding::ALL), standings);
        assert_eq!(
            spelled(DecisionOutcome::ALL),
            spelled(dossier::DecisionOutcome::ALL)
        );
        let scopes = spelled(dossier::AuthorisationScope::ALL);
        assert_eq!(spelled(AuthorisationScope::ALL), scopes);
        assert_eq!(spelled(Told::ALL), spelled(message::Told::ALL));
        assert_eq!(spelled(MessageChannel::ALL), spelled(message::Channel::ALL));
        assert_eq!(
            spelled(MessageLanguage::ALL),
            spelled(message::Language::ALL)
        );
        assert_eq!(
            spelled(MessageState::ALL),
            spelled(message::MessageState::ALL)
        );
        assert_eq!(
            spelled(Placeholder::ALL),
            spelled(message::Placeholder::ALL)
        );
        assert_eq!(
            spelled(SmsEncoding::ALL),
            spelled(message::SmsEncoding::ALL)
        );
        assert_eq!(spelled(Relation::ALL), spelled(dossier::Relation::ALL));
        assert_eq!(spelled(Unit::ALL), spelled(deadline::Unit::ALL));
        assert_eq!(spelled(DayKind::ALL), spelled(calendar::DayKind::ALL));
        assert_eq!(
            spelled(WeekdayName::ALL),
            spelled(calendar::WeekdayName::ALL)
        );
        let kinds = spelled(certification::CertificationKind::ALL);
        assert_eq!(spelled(CertificationKind::ALL), kinds);
        assert_eq!(spelled(MoneyKind::ALL), spelled(fee::MoneyKind::ALL));
        assert_eq!(spelled(FeeDue::ALL), spelled(fee::FeeDue::ALL));
        assert_eq!(
            spelled(PaymentState::ALL),
            spelled(dossier::PaymentState::ALL)
        );
        assert_eq!(
            spelled(PaymentMethod::ALL),
            spelled(fee::ledger::PaymentMethod::ALL)
        );
        assert_eq!(
            spelled(LedgerKind::ALL),
            spelled(fee::ledger::EntryKind::ALL)
        );
        assert_eq!(
            spelled(LedgerAccount::ALL),
            spelled(fee::ledger::Account::ALL)
        );
        assert_eq!(spelled(LedgerSort::ALL), spelled(fee::ledger::Sort::ALL));
        assert_eq!(
            spelled(PaymentRequestState::ALL),
            spelled(fee::request::RequestState::ALL)
        );
        assert_eq!(
            spelled(MoneyState::ALL),
            spelled(fee::request::MoneyState::ALL)
        );
        assert_eq!(
            spelled(AccountState::ALL),
            spelled(fee::notice::AccountState::ALL)
        );
        assert_eq!(
            spelled(NoticeState::ALL),
            spelled(fee::notice::NoticeState::ALL)
        );
        assert_eq!(
            spelled(UnknownPaymentState::ALL),
            spelled(fee::request::UnknownState::ALL)
        );
        assert_eq!(
            spelled(RefundState::ALL),
            spelled(fee::request::RefundState::ALL)
        );
        assert_eq!(
            spelled(ReceiptMedium::ALL),
            spelled(fee::receipt::ReceiptMedium::ALL)
        );
        assert_eq!(
            spelled(ReceiptState::ALL),
            spelled(fee::receipt::ReceiptState::ALL)
        );
        assert_eq!(
            spelled(VoidState::ALL),
            spelled(fee::receipt::VoidState::ALL)
        );
        assert_eq!(
            spelled(StatementFormat::ALL),
            spelled(fee::statement::StatementFormat::ALL)
        );
        assert_eq!(
            spelled(StatementState::ALL),
            spelled(fee::statement::StatementState::ALL)
        );
        assert_eq!(
            spelled(LineClass::ALL),
            spelled(fee::statement::LineClass::ALL)
        );
        assert_eq!(
            spelled(DateOrder::ALL),
            spelled(fee::statement::DateOrder::ALL)
        );
        assert_eq!(spelled(QualityScope::ALL), spelled(quality::Scope::ALL));
        assert_eq!(spelled(QualityTime::ALL), spelled(quality::Time::ALL));
        assert_eq!(spelled(QualityBand::ALL), spelled(quality::Band::ALL));
        assert_eq!(spelled(CutOff::ALL), spelled(quarter::CutOff::ALL));
        let verdicts = spelled(compare::Verdict::ALL);
        assert_eq!(spelled(ComparisonVerdict::ALL), verdicts);
        assert_eq!(spelled(ServiceGroup::ALL), spelled(service::Group::ALL));
        assert_eq!(spelled(ServiceGrade::ALL), spelled(service::Grade::ALL));
        assert_eq!(spelled(Service::ALL), spelled(vietqr::Service::ALL));
        assert_eq!(spelled(Scan::ALL), spelled(motcua_domain::file::Scan::ALL));
        assert_eq!(
            spelled(DeclarationState::ALL),
            spelled(declaration::State::ALL)
        );
        let sources = spelled(declaration::Source::ALL);
        assert_eq!(spelled(DeclarationSource::ALL), sources);
        assert!(
            spelled(DeclarationChangedBy::ALL)
                .iter()
                .all(|by| sources.contains(by))
        );
        assert_eq!(
            spelled(DeclarationSignedHow::ALL),
            spelled(declaration::SignedHow::ALL)
        );
        assert_eq!(spelled(Sex::ALL), spelled(person::Sex::ALL));
        let timings: Vec<_> = spelled(deadline::Timing::ALL);
        assert!(spelled(Timing::ALL).iter().all(|t| timings.contains(t)));
        assert_eq!(timings.len(), Timing::ALL.len());
        let roles = spelled(dossier::Role::ALL);
        assert!(spelled(Role::ALL).iter().all(|r| roles.contains(r)));
    }
}

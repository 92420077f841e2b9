//! The words of the domain as schemas of the contract: same members, same spelling, checked by a
//! test (`tests/api/words.rs`).

use utoipa::ToSchema;

macro_rules! schemas {
    ($($(#[$doc:meta])* $name:ident { $($(#[$v:meta])* $variant:ident),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(serde::Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "the domain documents each word")]
        pub enum $name { $($(#[$v])* $variant),+ }

        impl $name {
            /// Every member, in the order of the contract.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
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
    /// What kind of digital signature it is.
    SignatureKind { Signature, DocumentTimeStamp }
    /// Whether what was signed is still what is there.
    SignatureIntegrity { Intact, Changed, NotCovered, Unreadable }
    /// Whom a signer's certificate is vouched for by.
    SignatureChain { Trusted, Unknown, SelfSigned, Expired, NotYetValid, Unsuitable }
    /// How the time of signing is known.
    SignatureTime { Stamped, StampUnknown, StampBroken, Claimed, None }
    /// Whether a signer's certificate was taken back.
    SignatureRevocation { Good, Revoked, NotChecked }
    /// What was added to a file after a signature.
    SignatureLaterChanges { None, Signatures, Appended }
    /// What was not checked of a signature.
    SignatureNotChecked { Revocation, IssuersRevocation, SigningTime, CertificateBinding, StampAuthorityExpired,
        Algorithm }
    /// Why the signatures of a file cannot be read.
    SignatureFault { TooLarge, Unreadable, Locked, TooMany }
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

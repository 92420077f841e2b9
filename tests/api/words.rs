//! The words of the contract against the words of the domain.

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
    use motcua_api::words::*;
    use motcua_domain::survey::{compare, quality, quarter, service};
    use motcua_domain::{
        account, calendar, certification, deadline, declaration, dossier, fee, feedback,
        inspection, message, organisation, person, personal_data, vietqr,
    };
    use motcua_signatures as signed;
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
    assert_eq!(spelled(SignatureKind::ALL), spelled(signed::Kind::ALL));
    let kept = spelled(signed::Integrity::ALL);
    assert_eq!(spelled(SignatureIntegrity::ALL), kept);
    assert_eq!(spelled(SignatureChain::ALL), spelled(signed::Chain::ALL));
    assert_eq!(spelled(SignatureTime::ALL), spelled(signed::Time::ALL));
    let taken_back = spelled(signed::Revocation::ALL);
    assert_eq!(spelled(SignatureRevocation::ALL), taken_back);
    let later = spelled(signed::LaterChanges::ALL);
    assert_eq!(spelled(SignatureLaterChanges::ALL), later);
    let unchecked = spelled(signed::NotChecked::ALL);
    assert_eq!(spelled(SignatureNotChecked::ALL), unchecked);
    let timings: Vec<_> = spelled(deadline::Timing::ALL);
    assert!(spelled(Timing::ALL).iter().all(|t| timings.contains(t)));
    assert_eq!(timings.len(), Timing::ALL.len());
    let roles = spelled(dossier::Role::ALL);
    assert!(spelled(Role::ALL).iter().all(|r| roles.contains(r)));
}

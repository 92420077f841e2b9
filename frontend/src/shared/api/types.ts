/**
 * Short names for the contract's shapes. Everything here is derived from the operations in `schema.d.ts`
 * (generated from openapi.yaml), so a change of the contract shows up as a type error where it matters.
 */
import type { paths } from './schema';

type Json<R, Code extends number> = R extends {
  responses: Record<Code, { content: { 'application/json': infer B } }>;
}
  ? B
  : never;
type Body<R> = R extends { requestBody?: infer Q }
  ? NonNullable<Q> extends { content: { 'application/json': infer B } }
    ? B
    : never
  : never;
type Item<L> = L extends { items: (infer I)[] } ? I : never;

type P<K extends keyof paths> = paths[K];

export type Token = Json<P<'/api/v1/auth/login'>['post'], 200>;
export type Me = Json<P<'/api/v1/me'>['get'], 200>;
export type Role = Me['roles'][number]['role'];

export type Simulation = Json<P<'/api/v1/deadlines/simulate'>['post'], 200>;
export type Authority = Item<Json<P<'/api/v1/authorities'>['get'], 200>>;
export type Centre = Item<Json<P<'/api/v1/centres'>['get'], 200>>;
export type Signer = Item<Json<P<'/api/v1/authorities/{id}/signers'>['get'], 200>>;

export type ProcedureItem = Item<Json<P<'/api/v1/procedures'>['get'], 200>>;
export type Procedure = Json<P<'/api/v1/procedures/{code}'>['get'], 200>;
export type FeeLine = Procedure['fees'][number];
export type ProcedureComponent = Procedure['components'][number];
export type Limit = NonNullable<Procedure['limits']['direct']>;
export type LimitUnit = Limit['unit'];
export type Certainty = Procedure['certainty'];

export type NewDossier = Body<P<'/api/v1/dossiers'>['post']>;
export type AuthorisationScope = NonNullable<NonNullable<NewDossier['filer']>['authorisation_scope']>;
export type Dossier = Json<P<'/api/v1/dossiers/{id}'>['get'], 200>;
export type DossierFiles = Json<P<'/api/v1/dossiers/{id}/files'>['get'], 200>;
export type DossierFile = Item<DossierFiles>;
export type IssuedLetter = Dossier['letters'][number];
export type DossierPage = Json<P<'/api/v1/dossiers'>['get'], 200>;
export type DossierItem = Item<DossierPage>;
export type DossierFilter = NonNullable<P<'/api/v1/dossiers'>['get']['parameters']['query']>;
export type CountFilter = NonNullable<P<'/api/v1/dossier-counts'>['get']['parameters']['query']>;
export type SavedFilter = Item<Json<P<'/api/v1/saved-filters'>['get'], 200>>;
export type NewSavedFilter = Body<P<'/api/v1/saved-filters'>['post']>;
export type DossierConditions = NewSavedFilter['filter'];
export type DossierState = Dossier['state'];
export type Timing = NonNullable<Dossier['timing']>;
export type Desk = Dossier['desk'];
export type Channel = Dossier['channel'];
export type PersonKind = Dossier['owner']['kind'];
export type DeliveryMethod = Dossier['result_delivery']['method'];
export type BlockedAction = Dossier['blocked_actions'][number];
export type NewAmendment = Body<P<'/api/v1/dossiers/{id}/amendments'>['post']>;
export type CalendarChange = Body<P<'/api/v1/calendar/changes'>['post']>;
export type CalendarVersion = Json<P<'/api/v1/calendar/versions'>['get'], 200>['items'][number];
export type AuditEntry = Json<P<'/api/v1/audit-entries'>['get'], 200>['items'][number];
export type PersonalData = Json<P<'/api/v1/dossiers/{id}/personal-data'>['get'], 200>;
export type TimelineEntry = Item<Json<P<'/api/v1/dossiers/{id}/timeline'>['get'], 200>>;
export type HandoverSheetItem = Json<P<'/api/v1/handover-sheet'>['get'], 200>['items'][number];
export type RegisterLine = Item<Json<P<'/api/v1/dossier-register'>['get'], 200>>;
export type ReceptionSlip = Json<P<'/api/v1/dossiers/{id}/reception-slip'>['get'], 200>;

export type IntakeDraft = Json<P<'/api/v1/intake-drafts/{id}'>['get'], 200>;
export type IntakeDraftItem = Item<Json<P<'/api/v1/intake-drafts'>['get'], 200>>;
export type NewIntakeDraft = Body<P<'/api/v1/intake-drafts'>['post']>;

export type ComponentIn = NewDossier['components'][number];
export type NewAcceptance = Body<P<'/api/v1/dossiers/{id}/acceptances'>['post']>;
export type NewSupplement = Body<P<'/api/v1/dossiers/{id}/supplements'>['post']>;
export type NewHandover = Body<P<'/api/v1/dossiers/{id}/handovers'>['post']>;
export type NewAcknowledgement = Body<P<'/api/v1/dossiers/{id}/handovers/{hid}/acknowledgements'>['post']>;
export type NewDecision = Body<P<'/api/v1/dossiers/{id}/decisions'>['post']>;
export type NewResult = Body<P<'/api/v1/dossiers/{id}/results'>['post']>;
export type NewReturn = Body<P<'/api/v1/dossiers/{id}/returns'>['post']>;
export type NewRefusal = Body<P<'/api/v1/dossiers/{id}/refusals'>['post']>;
export type NewSupplementRequest = Body<P<'/api/v1/dossiers/{id}/supplement-requests'>['post']>;
export type NewConsultation = Body<P<'/api/v1/dossiers/{id}/consultations'>['post']>;
export type NewConsultationReply = Body<P<'/api/v1/dossiers/{id}/consultation-replies'>['post']>;
export type NewStep = Body<P<'/api/v1/dossiers/{id}/steps'>['post']>;
export type NewPaymentRequest = Body<P<'/api/v1/dossiers/{id}/payment-requests'>['post']>;
export type NewAssessment = Body<P<'/api/v1/dossiers/{id}/assessments'>['post']>;
export type DossierFees = Json<P<'/api/v1/dossiers/{id}/fees'>['get'], 200>;
export type Assessment = Json<P<'/api/v1/fees/assess'>['post'], 200>;
export type AssessedLine = Assessment['lines'][number];
export type LedgerEntry = DossierFees['entries'][number];
export type NewPayment = Body<P<'/api/v1/dossiers/{id}/payments'>['post']>;
export type NewStop = Body<P<'/api/v1/dossiers/{id}/stops'>['post']>;
export type NewResumption = Body<P<'/api/v1/dossiers/{id}/resumptions'>['post']>;
export type NewClaim = NonNullable<Body<P<'/api/v1/dossiers/{id}/claims'>['post']>>;
export type NewTransfer = Body<P<'/api/v1/dossiers/{id}/transfers'>['post']>;
export type NewExtension = Body<P<'/api/v1/dossiers/{id}/extensions'>['post']>;
export type NewApology = Body<P<'/api/v1/dossiers/{id}/apologies'>['post']>;
export type NewApologyReturn = Body<P<'/api/v1/dossiers/{id}/apology-returns'>['post']>;
export type ApologyItem = Item<Json<P<'/api/v1/apologies'>['get'], 200>>;
export type Apology = ApologyItem['apology'];
export type LateReason = NewApology['reason_code'];
export type NewCorrection = Body<P<'/api/v1/dossiers/{id}/corrections'>['post']>;
/** Somebody's data, unmasked. */
export type PersonWhole = PersonalData['owner'];
export type NewEnding = Body<P<'/api/v1/procedures/{code}/endings'>['post']>;
export type NewUndo = Body<P<'/api/v1/dossiers/{id}/undos'>['post']>;

export type Board = Json<P<'/api/v1/deadlines/board'>['get'], 200>;
export type BoardPart = Board['authorities'][number];
export type ConcernCount = Board['total'][number];
export type Concern = ConcernCount['concern'];
export type Alarm = Item<Json<P<'/api/v1/alarms'>['get'], 200>>;
export type Digest = Item<Json<P<'/api/v1/deadlines/digests'>['get'], 200>>;
export type WatchRules = Json<P<'/api/v1/deadlines/watch-rules'>['get'], 200>;
export type NewWatchRules = Body<P<'/api/v1/deadlines/watch-rules'>['put']>;

export type Proposal = Json<P<'/api/v1/calendar/proposals/{year}'>['get'], 200>;
export type ProposedDay = Proposal['items'][number];

export type Duty = Item<Json<P<'/api/v1/roster/duties'>['get'], 200>>;
export type DutyKind = Duty['kind'];
export type NewDuties = Body<P<'/api/v1/roster/duties'>['post']>;
export type UncoveredShifts = Json<P<'/api/v1/roster/uncovered'>['get'], 200>;
export type UncoveredShift = UncoveredShifts['items'][number];
export type Absence = Item<Json<P<'/api/v1/roster/absences'>['get'], 200>>;
export type AbsenceKind = Absence['kind'];
export type NewAbsence = Body<P<'/api/v1/roster/absences'>['post']>;
export type LeaveBalance = Item<Json<P<'/api/v1/roster/leave-balances'>['get'], 200>>;
export type LeaveEntry = Item<Json<P<'/api/v1/roster/leave-entries'>['get'], 200>>;
export type RosterSettings = Json<P<'/api/v1/roster/settings'>['get'], 200>;
export type NewRosterSettings = Body<P<'/api/v1/roster/settings'>['put']>;
export type Colleague = Item<Json<P<'/api/v1/colleagues'>['get'], 200>>;
/** A person of the staff as named in a roster. */
export type PersonRef = Duty['user'];

export type DeadlineAnswer = Json<P<'/api/v1/deadlines/compute'>['post'], 200>;
export type CalendarDay = Item<Json<P<'/api/v1/calendar/days'>['get'], 200>>;
export type CitizenCard = Json<P<'/api/v1/citizen-cards/parse'>['post'], 200>;

export type NewCertification = Body<P<'/api/v1/certifications'>['post']>;
export type Certification = Json<P<'/api/v1/certifications'>['post'], 201>;
export type CertificationKind = NewCertification['kind'];
export type CertificationEntry = Item<Json<P<'/api/v1/certifications'>['get'], 200>>;

export type DataRequest = Item<Json<P<'/api/v1/data-requests'>['get'], 200>>;
export type NewDataRequest = Body<P<'/api/v1/data-requests'>['post']>;
export type DataAnswer = Body<P<'/api/v1/data-requests/{id}/answers'>['post']>;
export type RetentionRule = Item<Json<P<'/api/v1/retention-rules'>['get'], 200>>;
export type NewRetentionRule = Body<P<'/api/v1/retention-rules'>['put']>;
export type DisposalListItem = Item<Json<P<'/api/v1/disposal-lists'>['get'], 200>>;

export type Organisation = Json<P<'/api/v1/centres/{id}/organisation'>['get'], 200>;
export type CentreDetails = Body<P<'/api/v1/centres/{id}/details'>['put']>;
export type NewPoint = Body<P<'/api/v1/centres/{id}/reception-points'>['post']>;
export type NewCounter = Body<P<'/api/v1/centres/{id}/service-counters'>['post']>;
export type NewServed = Body<P<'/api/v1/centres/{id}/served-authorities'>['post']>;

export type SetUp = Body<P<'/api/v1/setup'>['post']>;

export type User = Json<P<'/api/v1/users/{id}'>['get'], 200>;
export type FirstPassword = Json<P<'/api/v1/users/{id}/first-passwords'>['post'], 201>;
export type UserImport = Json<P<'/api/v1/user-imports'>['post'], 200>;
export type SecondFactorPolicy = Centre['second_factor'];
export type Delegation = Item<Json<P<'/api/v1/delegations'>['get'], 200>>;
export type NewDelegation = Body<P<'/api/v1/delegations'>['post']>;
export type Client = Json<P<'/api/v1/clients/{id}'>['get'], 200>;
export type NewClient = Body<P<'/api/v1/clients'>['post']>;
export type ClientSecret = Json<P<'/api/v1/clients'>['post'], 201>;
export type HeldRole = User['roles'][number];
export type NewRole = Body<P<'/api/v1/users/{id}/roles'>['post']>;
export type NewUser = Body<P<'/api/v1/users'>['post']>;

export type FileFormat = Body<P<'/api/v1/catalogue-imports'>['post']>['format'];
export type ImportOutcome = Json<P<'/api/v1/catalogue-imports'>['post'], 200>;
export type ToCheckItem = Item<Json<P<'/api/v1/figures-to-check'>['get'], 200>>;
export type FigureToCheck = ToCheckItem['figures'][number];
export type NewConfirmation = Body<P<'/api/v1/procedures/{code}/confirmations'>['post']>;
export type ListingAudit = Json<P<'/api/v1/listing-audits'>['post'], 200>;

export type PublicLookup = Json<P<'/api/v1/public/dossier-lookups'>['post'], 200>;

export type Message = Item<Json<P<'/api/v1/dossiers/{id}/messages'>['get'], 200>>;
export type MessageLanguage = Json<P<'/api/v1/dossiers/{id}/message-language'>['get'], 200>['language'];
export type MessageTemplate = Item<Json<P<'/api/v1/message-templates'>['get'], 200>>;
export type MessageTemplateKey = Pick<MessageTemplate, 'told' | 'channel' | 'language'>;
export type NewMessageTemplate = Body<P<'/api/v1/message-templates'>['post']>;
export type MessageTrial = Body<P<'/api/v1/message-templates/previews'>['post']>;
export type MessagePreview = Json<P<'/api/v1/message-templates/previews'>['post'], 200>;
export type MessageSettings = Json<P<'/api/v1/message-settings'>['get'], 200>;
export type NewMessageSettings = Body<P<'/api/v1/message-settings'>['put']>;

export type PaymentRequest = Json<P<'/api/v1/payment-requests/{id}'>['get'], 200>;
export type FeeDueItem = Item<Json<P<'/api/v1/fees/due'>['get'], 200>>;
export type BankTransaction = Item<Json<P<'/api/v1/bank-transactions'>['get'], 200>>;
export type MoneyState = BankTransaction['state'];
export type BankNotification = Item<Json<P<'/api/v1/bank-notifications'>['get'], 200>>;
export type CollectionAccount = Item<Json<P<'/api/v1/collection-accounts'>['get'], 200>>;
export type NewCollectionAccount = Body<P<'/api/v1/collection-accounts'>['post']>;
export type Refund = Item<Json<P<'/api/v1/refunds'>['get'], 200>>;
export type NewRefund = Body<P<'/api/v1/bank-transactions/{id}/refunds'>['post']>;

export type UnknownPayment = Item<Json<P<'/api/v1/unknown-payments'>['get'], 200>>;
export type NewUnknownPayment = Body<P<'/api/v1/dossiers/{id}/unknown-payments'>['post']>;

export type UnbankedCollection = Item<Json<P<'/api/v1/unbanked-collections'>['get'], 200>>;
export type PlacementProposal = Json<
  P<'/api/v1/bank-transactions/{id}/placement-proposals'>['get'],
  200
>[number];
export type BankPlacement = Item<Json<P<'/api/v1/bank-placements'>['get'], 200>>;

export type CollectionSheet = Json<P<'/api/v1/collection-sheet'>['get'], 200>;
export type SheetPart = CollectionSheet['total'];
export type SheetSums = SheetPart['phi'];
export type CollectionShare = Json<P<'/api/v1/collection-shares'>['get'], 200>[number];
export type TreasuryMonth = Json<P<'/api/v1/treasury-months'>['get'], 200>[number];
export type TreasuryTransfer = Item<Json<P<'/api/v1/treasury-transfers'>['get'], 200>>;
export type NewTreasuryTransfer = Body<P<'/api/v1/treasury-transfers'>['post']>;

export type BankStatement = Item<Json<P<'/api/v1/bank-statements'>['get'], 200>>;
export type BankStatementDetails = Json<P<'/api/v1/bank-statements/{id}'>['get'], 200>;
export type StatementFormat = Body<P<'/api/v1/bank-statements'>['post']>['format'];
export type StatementLine = Item<Json<P<'/api/v1/bank-statements/{id}/lines'>['get'], 200>>;
export type LineClass = StatementLine['class'];
export type NewStatementColumns = Body<P<'/api/v1/statement-columns'>['post']>;
export type StatementColumns = NewStatementColumns['columns'];
export type StatementColumnsView = Json<P<'/api/v1/statement-columns/{bank_bin}'>['get'], 200>;
export type DateOrder = StatementColumns['dates'];

export type Receipt = Item<Json<P<'/api/v1/receipts'>['get'], 200>>;
export type NewReplacement = Body<P<'/api/v1/receipts/{id}/replacements'>['post']>;
/** What of a receipt is to go back, and to whom. */
export type NewReceiptRefund = Body<P<'/api/v1/receipts/{id}/refunds'>['post']>;
export type ReceiptOwed = Item<Json<P<'/api/v1/receipts-owed'>['get'], 200>>;
export type ReceiptSeries = Item<Json<P<'/api/v1/receipt-series'>['get'], 200>>;
export type NewReceiptSeries = Body<P<'/api/v1/receipt-series'>['post']>;
export type CollectionVoid = Item<Json<P<'/api/v1/collection-voids'>['get'], 200>>;

export type Till = Json<P<'/api/v1/till'>['get'], 200>;
export type OpenTill = NonNullable<Till['open']>;
export type TillSum = OpenTill['sums'][number];
export type TillLine = OpenTill['lines'][number];
export type NewTillClosing = Body<P<'/api/v1/till-closings'>['post']>;
/** How many notes of one value. */
export type CountedNotes = NonNullable<NewTillClosing['cash_notes']>[number];
export type TillClosing = Item<Json<P<'/api/v1/till-closings'>['get'], 200>>;
export type TillClosingDetails = Json<P<'/api/v1/till-closings/{id}'>['get'], 200>;
export type CashRule = Json<P<'/api/v1/cash-rule'>['get'], 200>;
export type NewCashRule = Body<P<'/api/v1/cash-rule'>['put']>;

export type FeedbackItem = Item<Json<P<'/api/v1/feedback'>['get'], 200>>;
export type Feedback = Json<P<'/api/v1/feedback/{id}'>['get'], 200>;
export type FeedbackFilter = NonNullable<P<'/api/v1/feedback'>['get']['parameters']['query']>;
export type NewFeedback = Body<P<'/api/v1/feedback'>['post']>;
export type FeedbackAction = Feedback['allowed_actions'][number];
export type NewForwarding = Body<P<'/api/v1/feedback/{id}/forwardings'>['post']>;
export type NewComplaintAcceptance = Body<P<'/api/v1/feedback/{id}/acceptances'>['post']>;
export type NewFeedbackExtension = Body<P<'/api/v1/feedback/{id}/extensions'>['post']>;
export type NewFeedbackAnswer = Body<P<'/api/v1/feedback/{id}/answers'>['post']>;
export type NewPublication = Body<P<'/api/v1/feedback/{id}/publications'>['post']>;
/** What somebody files without signing in, and what they are handed. */
export type NewFiling = Body<P<'/api/v1/public/feedback'>['post']>;
export type FilingReceipt = Json<P<'/api/v1/public/feedback'>['post'], 201>;
export type FiledLookup = Json<P<'/api/v1/public/feedback-lookups'>['post'], 200>;
export type Denunciation = Json<P<'/api/v1/denunciations/{id}'>['get'], 200>;
export type NewDenunciation = Body<P<'/api/v1/denunciations'>['post']>;
export type Obstacle = Json<P<'/api/v1/obstacles/{id}'>['get'], 200>;
export type ObstacleItem = Item<Json<P<'/api/v1/obstacles'>['get'], 200>>;
export type NewObstacle = Body<P<'/api/v1/obstacles'>['post']>;
export type IndexSnapshotItem = Item<Json<P<'/api/v1/index-snapshots'>['get'], 200>>;
export type NewIndexSnapshot = Body<P<'/api/v1/index-snapshots'>['post']>;
export type IndexSnapshot = Json<P<'/api/v1/index-snapshots/{id}'>['get'], 200>;
export type IndexResult = IndexSnapshot['units'][number];
export type IndexLine = IndexResult['lines'][number];
export type IndexUnitEntry = IndexSnapshot['entered_units'][number];
export type IndexComparison = Json<P<'/api/v1/index-snapshots/{id}/comparisons'>['get'], 200>;
export type IndexDossier = Item<Json<P<'/api/v1/index-snapshots/{id}/lines/{line_id}/dossiers'>['get'], 200>>;
export type OwnIndexResult = Item<Json<P<'/api/v1/me/index-results'>['get'], 200>>;
export type QuestionnaireView = Json<P<'/api/v1/questionnaires/{id}'>['get'], 200>;
export type Questionnaire = Body<P<'/api/v1/questionnaires'>['post']>;
export type SurveyQuestion = Questionnaire['questions'][number];
export type QuestionKind = SurveyQuestion['kind'];
export type SurveySettings = Json<P<'/api/v1/survey-settings'>['get'], 200>;
export type NewSurveySettings = Body<P<'/api/v1/survey-settings'>['put']>;
export type SurveyDevice = Item<Json<P<'/api/v1/survey-devices'>['get'], 200>>;
export type NewSurveyDevice = Body<P<'/api/v1/survey-devices'>['post']>;
export type SurveyDeviceAdded = Json<P<'/api/v1/survey-devices'>['post'], 201>;
export type SurveyAtDevice = Json<P<'/api/v1/public/survey-devices/questions'>['post'], 200>;
export type SurveyAnswer = Body<P<'/api/v1/public/survey-devices/answers'>['post']>['answers'][number];

export type SurveyResults = Json<P<'/api/v1/public/survey-results'>['get'], 200>;
export type SurveySlice = SurveyResults['slices'][number];
export type SurveyShare = NonNullable<SurveySlice['satisfied']>;
export type SurveyQuestionResult = SurveySlice['questions'][number];
export type SurveyQuarterShare = SurveyResults['course'][number];
export type SurveyAnswered = Json<P<'/api/v1/public/survey-quarters'>['get'], 200>['questionnaires'][number];
export type SurveyOfficerResult = Json<P<'/api/v1/me/survey-results'>['get'], 200>['results'][number];
export type SurveyRemark = Item<Json<P<'/api/v1/survey-remarks'>['get'], 200>>;
export type SurveyScreening = Body<P<'/api/v1/survey-remarks/{id}/screenings'>['post']>;
export type SurveySample = Json<P<'/api/v1/survey-samples/{id}'>['get'], 200>;
export type NewSurveySample = Body<P<'/api/v1/survey-samples'>['post']>;
export type SurveySampleUnit = Item<Json<P<'/api/v1/survey-samples/{id}/units'>['get'], 200>>;
export type NewSurveyOutcome = Body<P<'/api/v1/survey-samples/{id}/units/{place}/outcomes'>['post']>;
export type SurveyOutcome = NewSurveyOutcome['outcome'];
export type PublicCentre = Item<Json<P<'/api/v1/public/centres'>['get'], 200>>;

export type Inspection = Json<P<'/api/v1/inspections/{id}'>['get'], 200>;
export type InspectionFilter = NonNullable<P<'/api/v1/inspections'>['get']['parameters']['query']>;
export type NewInspection = Body<P<'/api/v1/inspections'>['post']>;
export type NewInspectionConclusion = Body<P<'/api/v1/inspections/{id}/conclusions'>['post']>;
export type InspectionSample = Item<Json<P<'/api/v1/inspections/{id}/samples'>['get'], 200>>;
export type NewInspectionSample = Body<P<'/api/v1/inspections/{id}/samples'>['post']>;
export type InspectionUnit = Item<Json<P<'/api/v1/inspections/{id}/samples/{sample_id}/units'>['get'], 200>>;
export type NewInspectionCheck = Body<
  P<'/api/v1/inspections/{id}/samples/{sample_id}/units/{place}/checks'>['post']
>;
export type InspectionRecord = Json<P<'/api/v1/inspections/{id}/record'>['get'], 200>;
export type FindingItem = Item<Json<P<'/api/v1/findings'>['get'], 200>>;
export type FindingFilter = NonNullable<P<'/api/v1/findings'>['get']['parameters']['query']>;
export type Finding = Json<P<'/api/v1/findings/{id}'>['get'], 200>;
export type FindingAction = Finding['allowed_actions'][number];
export type NewFinding = Body<P<'/api/v1/inspections/{id}/findings'>['post']>;
export type NewFindingReport = Body<P<'/api/v1/findings/{id}/reports'>['post']>;
export type NewFindingProlongation = Body<P<'/api/v1/findings/{id}/prolongations'>['post']>;
export type ConductRecord = Json<P<'/api/v1/conduct-records/{id}'>['get'], 200>;
export type ConductFilter = NonNullable<P<'/api/v1/conduct-records'>['get']['parameters']['query']>;
export type NewConductRecord = Body<P<'/api/v1/conduct-records'>['post']>;
export type NewConductRevocation = Body<P<'/api/v1/conduct-records/{id}/revocations'>['post']>;
export type Evidence = ConductRecord['evidence'][number];
export type EvidenceKind = Evidence['kind'];

export type DeclarationFormItem = Item<Json<P<'/api/v1/declaration-forms'>['get'], 200>>;
export type DeclarationForm = Json<P<'/api/v1/declaration-forms/{code}'>['get'], 200>['form'];
export type DeclarationSection = DeclarationForm['sections'][number];
export type DeclarationField = DeclarationSection['fields'][number];
export type DeclarationParty = DeclarationForm['parties'][number];
export type Declaration = Json<P<'/api/v1/declarations/{id}'>['get'], 200>;
export type DeclarationValue = Declaration['values'][number];
export type DeclarationItem = Item<Json<P<'/api/v1/declarations'>['get'], 200>>;
export type DeclarationState = DeclarationItem['state'];
export type NewDeclaration = Body<P<'/api/v1/declarations'>['post']>;
export type NewDeclarationValues = Body<P<'/api/v1/declarations/{id}'>['patch']>;
export type NewDeclarationSignature = Body<P<'/api/v1/declarations/{id}/signature'>['post']>;

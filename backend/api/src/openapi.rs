//! The contract, assembled from the routes themselves.

use std::sync::LazyLock;

use actix_web::web;
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, ServerBuilder};
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt as _, scope};

use crate::manners::{Documents, contract};
use crate::{
    account, catalogue, centre, certification, deadline, declaration, dossier, event, fee,
    feedback, file, health, index, inspection, message, personal_data, public, roster, setup,
    survey, tool,
};

/// Every operation under `/api/v1`, once for whoever asks.
macro_rules! operations {
    ($cfg:expr) => {
        $cfg.service(account::routes::sign_in)
            .service(account::routes::refresh_token)
            .service(account::routes::sign_out)
            .service(account::routes::get_me)
            .service(account::users::list_users)
            .service(account::users::create_user)
            .service(account::users::get_user)
            .service(account::users::update_user)
            .service(account::users::give_first_password)
            .service(account::users::give_role)
            .service(account::users::take_role)
            .service(account::users::import_users)
            .service(account::own::change_password)
            .service(account::own::begin_second_factor)
            .service(account::own::confirm_second_factor)
            .service(account::delegation::list_delegations)
            .service(account::delegation::create_delegation)
            .service(account::delegation::end_delegation)
            .service(account::delegation::list_roles)
            .service(account::delegation::list_colleagues)
            .service(account::client::list_clients)
            .service(account::client::create_client)
            .service(account::client::get_client)
            .service(account::client::update_client)
            .service(account::client::rotate_client_secret)
            .service(account::client::get_client_usage)
            .service(account::client::issue_client_token)
            .service(centre::set_sign_in_policy)
            .service(centre::list_centres)
            .service(centre::list_authorities)
            .service(centre::list_signers)
            .service(centre::organisation::get_organisation)
            .service(centre::organisation::add_reception_point)
            .service(centre::organisation::end_reception_point)
            .service(centre::organisation::add_service_counter)
            .service(centre::organisation::end_service_counter)
            .service(centre::organisation::serve_authority)
            .service(centre::organisation::end_serving)
            .service(centre::organisation::list_public_centres)
            .service(centre::organisation::get_centre_logo)
            .service(centre::organisation::set_centre_logo)
            .service(centre::organisation::drop_centre_logo)
            .service(centre::organisation::set_centre_details)
            .service(crate::audit::list_audit_entries)
            .service(catalogue::list_procedures)
            .service(catalogue::get_procedure)
            .service(catalogue::version::list_versions)
            .service(catalogue::version::get_version)
            .service(catalogue::version::compare_versions)
            .service(catalogue::version::end_procedure)
            .service(catalogue::version::confirm_figure)
            .service(catalogue::version::list_figures_to_check)
            .service(catalogue::draft::list_drafts)
            .service(catalogue::draft::create_draft)
            .service(catalogue::draft::get_draft)
            .service(catalogue::draft::replace_draft)
            .service(catalogue::draft::discard_draft)
            .service(catalogue::draft::publish_draft)
            .service(catalogue::file::import_catalogue)
            .service(catalogue::file::export_catalogue)
            .service(catalogue::file::audit_listing)
            .service(dossier::duplicate::check_duplicates)
            .service(dossier::draft::list_intake_drafts)
            .service(dossier::draft::keep_intake_draft)
            .service(dossier::draft::get_intake_draft)
            .service(dossier::draft::rewrite_intake_draft)
            .service(dossier::draft::drop_intake_draft)
            .service(dossier::routes::create_dossier)
            .service(dossier::list::list_dossiers)
            .service(dossier::list::count_dossiers)
            .service(dossier::saved::list_saved_filters)
            .service(dossier::saved::save_filter)
            .service(dossier::saved::drop_saved_filter)
            .service(dossier::routes::get_dossier)
            .service(dossier::routes::list_timeline)
            .service(dossier::personal::get_personal_data)
            .service(dossier::views::list_personal_data_views)
            .service(dossier::slip::get_reception_slip)
            .service(dossier::slip::get_reception_slip_document)
            .service(file::list_dossier_files)
            .service(file::find_component_file)
            .service(file::upload::add_component_file)
            .service(file::content::get_file_content)
            .service(file::signature::get_file_signatures)
            .service(file::withdraw_file)
            .service(declaration::list_declaration_forms)
            .service(declaration::get_declaration_form)
            .service(declaration::list_declarations)
            .service(declaration::begin_declaration)
            .service(declaration::get_declaration)
            .service(declaration::change_declaration)
            .service(declaration::drop_declaration)
            .service(declaration::fill::read_declaration_card)
            .service(declaration::fill::fill_declaration_from_earlier)
            .service(declaration::fill::read_declaration_back)
            .service(declaration::paper::sign_declaration)
            .service(declaration::paper::get_declaration_paper)
            .service(dossier::letter::get_letter)
            .service(dossier::letter::get_letter_document)
            .service(dossier::control::get_control_slip)
            .service(dossier::control::get_control_slip_document)
            .service(dossier::history::get_history_document)
            .service(dossier::handover_sheet::get_handover_sheet)
            .service(dossier::handover_sheet::get_handover_sheet_document)
            .service(dossier::result_mark::get_result_mark)
            .service(dossier::result_mark::get_result_mark_document)
            .service(dossier::result_mark::check_result)
            .service(dossier::return_receipt::get_return_receipt_document)
            .service(dossier::register::list_dossier_register)
            .service(dossier::register::get_dossier_register_document)
            .service(dossier::register::get_dossier_register_workbook)
            .service(dossier::actions::accept_dossier)
            .service(dossier::actions::refuse_dossier)
            .service(dossier::actions::request_supplement)
            .service(dossier::actions::record_supplement)
            .service(dossier::actions::hand_over_dossier)
            .service(dossier::actions::acknowledge_handover)
            .service(dossier::actions::claim_dossier)
            .service(dossier::actions::decide_dossier)
            .service(dossier::actions::record_result)
            .service(dossier::actions::return_result)
            .service(dossier::actions::withdraw_dossier)
            .service(dossier::actions::consult_on_dossier)
            .service(dossier::actions::answer_consultation)
            .service(dossier::actions::advance_dossier)
            .service(dossier::actions::require_payment)
            .service(dossier::actions::settle_payment)
            .service(dossier::actions::stop_dossier)
            .service(dossier::actions::hold_dossier)
            .service(dossier::actions::resume_dossier)
            .service(dossier::actions::transfer_dossier)
            .service(dossier::actions::draft_apology)
            .service(dossier::actions::return_apology)
            .service(dossier::actions::extend_dossier)
            .service(dossier::actions::correct_result)
            .service(dossier::actions::undo_step)
            .service(dossier::amend::amend_dossier)
            .service(deadline::compute_deadline)
            .service(deadline::list_calendar_days)
            .service(deadline::simulate::simulate_deadlines)
            .service(deadline::change::list_calendar_versions)
            .service(deadline::change::change_calendar)
            .service(deadline::watch::get_deadline_board)
            .service(deadline::watch::list_deadline_digests)
            .service(deadline::watch::get_watch_rules)
            .service(deadline::watch::set_watch_rules)
            .service(deadline::watch::list_alarms)
            .service(dossier::apology::list_apologies)
            .service(deadline::proposal::propose_calendar)
            .service(roster::get_roster_settings)
            .service(roster::set_roster_settings)
            .service(roster::duty::list_duties)
            .service(roster::duty::plan_duties)
            .service(roster::duty::set_stand_in)
            .service(roster::duty::cancel_duty)
            .service(roster::duty::list_uncovered_shifts)
            .service(roster::absence::list_absences)
            .service(roster::absence::enter_absence)
            .service(roster::absence::cancel_absence)
            .service(roster::leave::list_leave_balances)
            .service(roster::leave::list_leave_entries)
            .service(roster::leave::record_service)
            .service(roster::leave::correct_leave_entry)
            .service(index::list_index_snapshots)
            .service(index::make_index_snapshot)
            .service(index::get_index_snapshot)
            .service(index::freeze_index_snapshot)
            .service(index::officers::list_officer_index_results)
            .service(index::officers::list_own_index_results)
            .service(index::behind::list_index_line_dossiers)
            .service(index::comparison::compare_index_results)
            .service(index::workbook::get_index_workbook)
            .service(tool::parse_citizen_card)
            .service(tool::encode_vietqr)
            .service(tool::parse_vietqr)
            .service(tool::write_amount)
            .service(fee::assess_fees)
            .service(fee::dossier::get_dossier_fees)
            .service(fee::dossier::assess_dossier)
            .service(fee::account::list_collection_accounts)
            .service(fee::account::propose_collection_account)
            .service(fee::account::confirm_collection_account)
            .service(fee::account::end_collection_account)
            .service(fee::request::list_fees_due)
            .service(fee::request::list_payment_requests)
            .service(fee::request::create_payment_request)
            .service(fee::request::get_payment_request)
            .service(fee::request::get_payment_request_picture)
            .service(fee::request::cancel_payment_request)
            .service(fee::request::list_bank_transactions)
            .service(fee::refund::match_bank_transaction)
            .service(fee::refund::propose_refund)
            .service(fee::refund::propose_return)
            .service(fee::refund::list_refunds)
            .service(fee::refund::approve_refund)
            .service(fee::refund::reject_refund)
            .service(fee::refund::pay_refund_out)
            .service(fee::receipt::list_receipts)
            .service(fee::receipt::get_receipt)
            .service(fee::receipt::get_receipt_document)
            .service(fee::receipt::replace_receipt)
            .service(fee::receipt::issue_receipts)
            .service(fee::receipt::list_receipts_owed)
            .service(fee::receipt_series::list_receipt_series)
            .service(fee::receipt_series::open_receipt_series)
            .service(fee::receipt_series::end_receipt_series)
            .service(fee::receipt_series::list_collection_voids)
            .service(fee::receipt_series::propose_collection_void)
            .service(fee::receipt_series::approve_collection_void)
            .service(fee::receipt_series::reject_collection_void)
            .service(fee::statement::name_statement_columns)
            .service(fee::statement::get_statement_columns)
            .service(fee::statement::import_bank_statement)
            .service(fee::statement::list_bank_statements)
            .service(fee::statement::get_bank_statement)
            .service(fee::statement::list_bank_statement_lines)
            .service(fee::statement::list_bank_statement_missing)
            .service(fee::placement::list_unbanked_collections)
            .service(fee::placement::list_placement_proposals)
            .service(fee::placement::place_bank_transaction)
            .service(fee::placement::list_bank_placements)
            .service(fee::placement::undo_bank_placement)
            .service(fee::unknown::say_payment_unknown)
            .service(fee::unknown::deny_unknown_payment)
            .service(fee::unknown::list_unknown_payments)
            .service(fee::closing::get_till)
            .service(fee::closing::close_till)
            .service(fee::closing::list_till_closings)
            .service(fee::closing::get_till_closing)
            .service(fee::closing::get_till_closing_document)
            .service(fee::closing::get_till_closing_workbook)
            .service(fee::sheet::get_collection_sheet)
            .service(fee::sheet::get_collection_sheet_document)
            .service(fee::sheet::get_collection_sheet_workbook)
            .service(fee::sheet::list_collection_shares)
            .service(fee::treasury::list_treasury_months)
            .service(fee::treasury::list_treasury_transfers)
            .service(fee::treasury::enter_treasury_transfer)
            .service(fee::treasury::undo_treasury_transfer)
            .service(fee::cash::get_cash_rule)
            .service(fee::cash::set_cash_rule)
            .service(fee::bank::list_bank_notifications)
            .service(fee::bank::take_bank_notification)
            .service(fee::bank::take_platform_result)
            .service(fee::bank::simulate_bank_transfer)
            .service(certification::compute_certification_fee)
            .service(certification::book::create_certification)
            .service(certification::book::list_certifications)
            .service(certification::book::export_certifications)
            .service(survey::sample::compute_sample_size)
            .service(survey::indices::compute_indices)
            .service(survey::questionnaire::list_questionnaires)
            .service(survey::questionnaire::draft_questionnaire)
            .service(survey::questionnaire::get_questionnaire)
            .service(survey::questionnaire::replace_questionnaire)
            .service(survey::questionnaire::discard_questionnaire)
            .service(survey::questionnaire::publish_questionnaire)
            .service(survey::questionnaire::retire_questionnaire)
            .service(survey::questionnaire::get_survey_settings)
            .service(survey::questionnaire::set_survey_settings)
            .service(survey::device::list_survey_devices)
            .service(survey::device::add_survey_device)
            .service(survey::device::end_survey_device)
            .service(survey::device::call_survey_device)
            .service(survey::device::ask_at_survey_device)
            .service(survey::device::answer_at_survey_device)
            .service(survey::draw::list_survey_samples)
            .service(survey::draw::draw_survey_sample)
            .service(survey::draw::get_survey_sample)
            .service(survey::draw::list_survey_sample_units)
            .service(survey::draw::close_survey_sample_unit)
            .service(survey::result::list_survey_officer_results)
            .service(survey::result::list_own_survey_results)
            .service(survey::remark::list_survey_remarks)
            .service(survey::remark::screen_survey_remark)
            .service(survey::answer::get_survey)
            .service(survey::answer::answer_survey)
            .service(survey::result::get_survey_results)
            .service(survey::result::get_survey_quarter)
            .service(catalogue::list_public_procedures)
            .service(catalogue::get_public_procedure)
            .service(public::look_up_dossier)
            .service(event::list_events)
            .service(event::stream_live)
            .service(message::list_messages)
            .service(message::resend_message)
            .service(message::get_message_language)
            .service(message::set_message_language)
            .service(message::get_message_settings)
            .service(message::set_message_settings)
            .service(message::template::list_message_templates)
            .service(message::template::list_message_template_versions)
            .service(message::template::enter_message_template)
            .service(message::template::preview_message_template)
            .service(message::list_simulated_messages)
            .service(personal_data::request::list_data_requests)
            .service(personal_data::request::get_data_request)
            .service(personal_data::request::receive_data_request)
            .service(personal_data::request::answer_data_request)
            .service(personal_data::request::export_personal_data)
            .service(personal_data::disposal::list_retention_rules)
            .service(personal_data::disposal::set_retention_rule)
            .service(personal_data::disposal::get_legal_hold)
            .service(personal_data::disposal::place_legal_hold)
            .service(personal_data::disposal::lift_legal_hold)
            .service(personal_data::disposal::list_disposal_lists)
            .service(personal_data::disposal::get_disposal_list)
            .service(personal_data::disposal::propose_disposal)
            .service(personal_data::disposal::approve_disposal)
            .service(personal_data::disposal::reject_disposal)
            .service(feedback::desk::list_feedback)
            .service(feedback::desk::receive_feedback)
            .service(feedback::desk::get_feedback)
            .service(feedback::desk::get_feedback_personal_data)
            .service(feedback::desk::forward_feedback)
            .service(feedback::desk::accept_complaint)
            .service(feedback::desk::extend_feedback)
            .service(feedback::desk::answer_feedback)
            .service(feedback::desk::publish_feedback)
            .service(feedback::public::file_feedback)
            .service(feedback::public::list_published_feedback)
            .service(feedback::public::look_up_feedback)
            .service(feedback::public::rate_feedback_answer)
            .service(feedback::denunciation::list_denunciations)
            .service(feedback::denunciation::receive_denunciation)
            .service(feedback::denunciation::get_denunciation)
            .service(feedback::denunciation::forward_denunciation)
            .service(feedback::denunciation::accept_denunciation)
            .service(feedback::denunciation::conclude_denunciation)
            .service(feedback::denunciation::list_denunciation_appointments)
            .service(feedback::denunciation::appoint_for_denunciations)
            .service(feedback::denunciation::end_denunciation_appointment)
            .service(feedback::obstacle::list_obstacles)
            .service(feedback::obstacle::raise_obstacle)
            .service(feedback::obstacle::get_obstacle)
            .service(feedback::obstacle::forward_obstacle)
            .service(feedback::obstacle::solve_obstacle)
            .service(inspection::list_inspections)
            .service(inspection::open_inspection)
            .service(inspection::get_inspection)
            .service(inspection::end_inspection)
            .service(inspection::conclude_inspection)
            .service(inspection::list_inspection_dossiers)
            .service(inspection::export_inspection_record)
            .service(inspection::sample::list_inspection_samples)
            .service(inspection::sample::draw_inspection_sample)
            .service(inspection::sample::list_inspection_sample_units)
            .service(inspection::sample::check_inspection_sample_unit)
            .service(inspection::finding::make_finding)
            .service(inspection::finding::list_findings)
            .service(inspection::finding::count_findings)
            .service(inspection::finding::get_finding)
            .service(inspection::finding::report_finding_fixed)
            .service(inspection::finding::accept_finding_report)
            .service(inspection::finding::prolong_finding)
            .service(inspection::finding::withdraw_finding)
            .service(inspection::conduct::list_conduct_records)
            .service(inspection::conduct::keep_conduct_record)
            .service(inspection::conduct::get_conduct_record)
            .service(inspection::conduct::revoke_conduct_record)
            .service(inspection::conduct::list_own_conduct_records)
            .service(setup::get_setup)
            .service(setup::set_up)
            .service(health::list_demo_accounts)
            .service(health::set_test_clock)
    };
}

/// For the document: each operation brings its description along.
fn v1(cfg: &mut ServiceConfig<'_>) {
    operations!(cfg);
}

/// For an App that serves, of which there is one a worker: the descriptions would be made anew and
/// thrown away in each, some ten megabytes that the memory's manager keeps.
fn v1_served(cfg: &mut web::ServiceConfig) {
    operations!(cfg);
}

macro_rules! beside {
    ($cfg:expr) => {
        $cfg.service(account::routes::get_jwks)
            .service(health::get_liveness)
            .service(health::get_readiness)
    };
}

/// Every route of the contract, as the document tells it.
fn routes(cfg: &mut ServiceConfig<'_>) {
    beside!(cfg.service(scope::scope("/api/v1").configure(v1)));
}

const TAGS: [(&str, &str); 24] = [
    ("account", "Signing in, and keeping accounts."),
    ("centres", "Centres and the authorities they receive for."),
    ("catalogue", "Administrative procedures."),
    ("dossiers", "Dossiers: taken in, acted upon, found."),
    (
        "fees",
        "What dossiers cost, and what became of it: the ledger of phí and lệ phí.",
    ),
    (
        "payments",
        "What is asked of payers, what banks tell, and the money that came.",
    ),
    (
        "deadlines",
        "Deadlines watched: the board, alarms, letters of apology.",
    ),
    (
        "rules",
        "Rules anyone may ask: deadlines, calendar, cards, VietQR.",
    ),
    (
        "roster",
        "Who is at which counter when, who is away, compensatory leave.",
    ),
    (
        "indices",
        "The nine indices of officers and units, quarter by quarter.",
    ),
    (
        "personal-data",
        "The law on personal data: what people ask, how long things are kept.",
    ),
    (
        "surveys",
        "Were people served well: questionnaires, devices, samples, what was counted.",
    ),
    (
        "feedback",
        "Suggestions and complaints: received, passed on, answered, published.",
    ),
    (
        "denunciations",
        "Denunciations: apart, and only for whom the director appointed.",
    ),
    (
        "obstacles",
        "Obstacles that officers report upward, followed to a solution.",
    ),
    (
        "inspections",
        "Inspections: teams, samples, findings; commendation and discipline.",
    ),
    (
        "declarations",
        "Declarations that the officer fills in: from cards, read back, signed.",
    ),
    ("audit", "The tamper-evident record of what was done."),
    ("public", "What citizens may ask without signing in."),
    ("messages", "What people are told of their dossiers."),
    ("events", "What happened: a feed and a stream."),
    ("health", "Is it alive, is it ready?"),
    ("setup", "The first start of an empty installation."),
    ("demo", "Only in demo mode."),
];

/// The contract as a document. It is assembled once: nothing in it changes while the program runs.
pub fn document() -> &'static OpenApi {
    static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(assembled);
    &DOCUMENT
}

/// The contract's texts, as they are served; written once.
///
/// # Errors
/// When the document cannot be written as YAML or JSON.
pub fn documents() -> Result<Documents, &'static str> {
    static TEXTS: LazyLock<Result<Documents, String>> =
        LazyLock::new(|| Documents::new(document()).map_err(|e| e.to_string()));
    TEXTS.as_ref().cloned().map_err(String::as_str)
}

fn assembled() -> OpenApi {
    let (_, mut doc) = actix_web::App::new()
        .into_utoipa_app()
        .configure(routes)
        .split_for_parts();
    doc.info = InfoBuilder::new()
        .title("motcua")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The open-source software of a Vietnamese ward's one-stop public service centre. \
             Errors are `application/problem+json`; changing a dossier needs `If-Match`; a POST may \
             carry an `Idempotency-Key`. Sign in with `sign_in` and this page uses the token.",
        ))
        .contact(Some(ContactBuilder::new().name(Some("motcua")).url(Some("https://example.invalid/motcua")).build()))
        .license(Some(
            LicenseBuilder::new()
                .name("Apache-2.0")
                .identifier(Some("Apache-2.0"))
                .build(),
        ))
        .build();
    doc.servers = Some(vec![ServerBuilder::new().url("/").build()]);
    doc.tags = Some(
        TAGS.iter()
            .map(|(name, text)| {
                utoipa::openapi::tag::TagBuilder::new()
                    .name(*name)
                    .description(Some(*text))
                    .build()
            })
            .collect(),
    );
    contract::complete(&mut doc);
    doc
}

/// Adds the routes to an App that serves: the very operations of the document.
pub fn configure(cfg: &mut web::ServiceConfig) {
    beside!(cfg.service(web::scope("/api/v1").configure(v1_served)));
}

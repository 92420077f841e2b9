//! The tables as diesel sees them. Kept by hand beside the migrations; the parity test reads every
//! table of both databases through these definitions.

diesel::table! {
    centres (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        e_code -> Text,
        province_name -> Text,
        commune_name -> Text,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        version -> BigInt,
        second_factor -> Text,
    }
}

diesel::table! {
    authorities (id) {
        id -> Text,
        code -> Text,
        name -> Text,
        e_code -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    centre_authorities (centre_id, authority_id, valid_from) {
        centre_id -> Text,
        authority_id -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    users (id) {
        id -> Text,
        username -> Text,
        full_name -> Text,
        title -> Nullable<Text>,
        password_hash -> Text,
        active -> Bool,
        is_demo -> Bool,
        created_at -> Timestamp,
        version -> BigInt,
        first_password_until -> Nullable<Timestamp>,
        totp_secret -> Nullable<Text>,
        totp_since -> Nullable<Timestamp>,
        totp_last_step -> Nullable<BigInt>,
        scopes -> Nullable<Text>,
    }
}

diesel::table! {
    role_assignments (id) {
        id -> Text,
        user_id -> Text,
        role -> Text,
        centre_id -> Text,
        authority_id -> Nullable<Text>,
        valid_from -> Timestamp,
        valid_to -> Nullable<Timestamp>,
        delegated_by -> Nullable<Text>,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        user_id -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
        revoked_reason -> Nullable<Text>,
        pending -> Nullable<Text>,
    }
}

diesel::table! {
    refresh_tokens (token_hash) {
        token_hash -> Text,
        session_id -> Text,
        issued_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    throttles (subject) {
        subject -> Text,
        misses -> Integer,
        window_started_at -> Timestamp,
        locked_until -> Nullable<Timestamp>,
    }
}

diesel::table! {
    procedure_versions (id) {
        id -> Text,
        procedure_code -> Text,
        version -> Integer,
        name -> Text,
        search_text -> Text,
        field_code -> Text,
        field -> Text,
        in_force_from -> Date,
        in_force_to -> Nullable<Date>,
        online_level -> Text,
        on_the_spot -> Bool,
        data -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    procedure_drafts (id) {
        id -> Text,
        procedure_code -> Text,
        base_version -> Integer,
        data -> Text,
        version -> BigInt,
        created_by -> Text,
        created_at -> Timestamp,
        updated_by -> Text,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    calendar_versions (id) {
        id -> Text,
        centre_id -> Text,
        number -> Integer,
        data -> Text,
        source -> Text,
        entered_at -> Timestamp,
        entered_by -> Nullable<Text>,
    }
}

diesel::table! {
    calendar_recomputes (centre_id, number) {
        centre_id -> Text,
        number -> Integer,
        checked -> BigInt,
        moved -> BigInt,
        after_due -> Nullable<Timestamp>,
        after_id -> Nullable<Text>,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    counters (name) {
        name -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    dossiers (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        procedure_version_id -> Text,
        procedure_code -> Text,
        procedure_version -> Integer,
        procedure_name -> Text,
        code -> Nullable<Text>,
        code_scheme -> Nullable<Text>,
        submission_number -> Nullable<Text>,
        state -> Text,
        sub_state -> Nullable<Text>,
        desk -> Text,
        channel -> Text,
        owner_kind -> Text,
        owner_name -> Text,
        owner_identity -> Nullable<Text>,
        owner_birth -> Nullable<Text>,
        owner_phone -> Nullable<Text>,
        owner_email -> Nullable<Text>,
        owner_address -> Nullable<Text>,
        copies_count -> Integer,
        delivery_method -> Text,
        delivery_address -> Nullable<Text>,
        visit_id -> Nullable<Text>,
        note -> Nullable<Text>,
        received_at -> Timestamp,
        submitted_at -> Nullable<Timestamp>,
        accepted_at -> Nullable<Timestamp>,
        competent_received_at -> Nullable<Timestamp>,
        handover_due_at -> Nullable<Timestamp>,
        due_at_original -> Nullable<Timestamp>,
        due_at -> Nullable<Timestamp>,
        completed_at -> Nullable<Timestamp>,
        returned_at -> Nullable<Timestamp>,
        ended_at -> Nullable<Timestamp>,
        clock_started_at -> Nullable<Timestamp>,
        intake_reply_due_at -> Nullable<Timestamp>,
        supplement_due_on -> Nullable<Date>,
        limit_amount -> Nullable<Integer>,
        limit_unit -> Nullable<Text>,
        supplement_mode -> Text,
        calendar_version -> Nullable<Integer>,
        boundary_free -> Bool,
        on_the_spot -> Bool,
        pay_on_collection -> Bool,
        intake_supplements -> Integer,
        appraisal_supplements -> Integer,
        reappointments -> Integer,
        reappointed_at -> Nullable<Timestamp>,
        decision_outcome -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        open_handover_id -> Nullable<Text>,
        withdrawal_requested_at -> Nullable<Timestamp>,
        payment_state -> Text,
        delivery_state -> Text,
        paper_location -> Text,
        handler_id -> Nullable<Text>,
        created_by -> Nullable<Text>,
        timeline_seq -> Integer,
        version -> BigInt,
        claimed_until -> Nullable<Timestamp>,
        open_apology_id -> Nullable<Text>,
    }
}

diesel::table! {
    dossier_words (centre_id, word, dossier_id) {
        centre_id -> Text,
        authority_id -> Text,
        word -> Text,
        dossier_id -> Text,
    }
}

diesel::table! {
    dossier_filers (dossier_id) {
        dossier_id -> Text,
        full_name -> Text,
        identity_number -> Nullable<Text>,
        phone -> Nullable<Text>,
        email -> Nullable<Text>,
        address -> Nullable<Text>,
        relation -> Nullable<Text>,
        authorisation -> Nullable<Text>,
        authorisation_scope -> Nullable<Text>,
        authorisation_until -> Nullable<Date>,
    }
}

diesel::table! {
    dossier_components (dossier_id, ord) {
        dossier_id -> Text,
        ord -> Integer,
        component_id -> Text,
        name -> Text,
        required -> Bool,
        originals -> Integer,
        certified_copies -> Integer,
        photocopies -> Integer,
    }
}

diesel::table! {
    dossier_fees (dossier_id, ord) {
        dossier_id -> Text,
        ord -> Integer,
        line_id -> Text,
        kind -> Text,
        name -> Text,
        text -> Text,
        amount_vnd -> Nullable<BigInt>,
    }
}

diesel::table! {
    dossier_pauses (dossier_id, ord) {
        dossier_id -> Text,
        ord -> Integer,
        kind -> Text,
        reason -> Text,
        from_at -> Timestamp,
        to_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    dossier_steps (dossier_id, ord) {
        dossier_id -> Text,
        ord -> Integer,
        step_id -> Text,
        started_at -> Timestamp,
        due_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    fee_assessments (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        number -> Integer,
        assessed_at -> Timestamp,
        assessed_by -> Text,
        gross_vnd -> BigInt,
        waived_vnd -> BigInt,
        net_vnd -> BigInt,
        due -> Text,
        data -> Text,
    }
}

diesel::table! {
    ledger_entries (id) {
        id -> Text,
        centre_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        kind -> Text,
        authority_id -> Text,
        dossier_id -> Nullable<Text>,
        assessment_id -> Nullable<Text>,
        actor_id -> Nullable<Text>,
        method -> Nullable<Text>,
        reference -> Nullable<Text>,
        reverses_id -> Nullable<Text>,
        transaction_id -> Nullable<Text>,
        refund_id -> Nullable<Text>,
        placement_id -> Nullable<Text>,
        treasury_id -> Nullable<Text>,
    }
}

diesel::table! {
    collection_accounts (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        bank_bin -> Text,
        account_number -> Text,
        holder -> Text,
        source -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    payment_requests (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        assessment_id -> Text,
        account_id -> Text,
        reference -> Text,
        amount_vnd -> BigInt,
        received_vnd -> BigInt,
        state -> Text,
        payload -> Text,
        created_at -> Timestamp,
        created_by -> Text,
        expires_at -> Timestamp,
        closed_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        reason -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    bank_notifications (id) {
        id -> Text,
        adapter -> Text,
        message_id -> Text,
        received_at -> Timestamp,
        state -> Text,
        reason -> Nullable<Text>,
        body -> Text,
        attempts -> Integer,
        centre_id -> Nullable<Text>,
        transaction_id -> Nullable<Text>,
    }
}

diesel::table! {
    receipt_series (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        money_kind -> Text,
        medium -> Text,
        form_symbol -> Text,
        serial_symbol -> Text,
        body_name -> Text,
        tax_code -> Text,
        address -> Text,
        source -> Text,
        opened_by -> Text,
        opened_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    receipts (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        series_id -> Text,
        year -> Integer,
        number -> BigInt,
        money_kind -> Text,
        dossier_id -> Text,
        dossier_code -> Nullable<Text>,
        entry_id -> Text,
        payer_name -> Text,
        payer_number -> Nullable<Text>,
        payer_address -> Nullable<Text>,
        lines -> Text,
        amount_vnd -> BigInt,
        method -> Text,
        reference -> Nullable<Text>,
        issued_at -> Timestamp,
        issued_by -> Nullable<Text>,
        replaces_id -> Nullable<Text>,
        replaced_because -> Nullable<Text>,
        state -> Text,
        version -> BigInt,
        adjusts_id -> Nullable<Text>,
    }
}

diesel::table! {
    collection_voids (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        dossier_code -> Nullable<Text>,
        entry_id -> Text,
        amount_vnd -> BigInt,
        reason -> Text,
        state -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    receipts_owed (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        phi_vnd -> BigInt,
        le_phi_vnd -> BigInt,
        since -> Timestamp,
    }
}

diesel::table! {
    statement_columns (id) {
        id -> Text,
        centre_id -> Text,
        bank_bin -> Text,
        column_names -> Text,
        entered_by -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    bank_statements (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        account_id -> Text,
        format -> Text,
        file_name -> Text,
        digest -> Text,
        column_names -> Nullable<Text>,
        first_at -> Nullable<Timestamp>,
        last_at -> Nullable<Timestamp>,
        came_vnd -> BigInt,
        went_vnd -> BigInt,
        lines_total -> Integer,
        lines_done -> Integer,
        state -> Text,
        imported_by -> Text,
        imported_at -> Timestamp,
        done_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    bank_statement_files (statement_id) {
        statement_id -> Text,
        body -> Text,
    }
}

diesel::table! {
    bank_statement_lines (statement_id, ord) {
        statement_id -> Text,
        ord -> Integer,
        class -> Text,
        booked_at -> Nullable<Timestamp>,
        amount_vnd -> Nullable<BigInt>,
        bank_reference -> Nullable<Text>,
        description -> Text,
        payer_name -> Nullable<Text>,
        why -> Nullable<Text>,
        transaction_id -> Nullable<Text>,
        refund_id -> Nullable<Text>,
        treasury_id -> Nullable<Text>,
    }
}

diesel::table! {
    refunds (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        transaction_id -> Nullable<Text>,
        amount_vnd -> BigInt,
        to_name -> Text,
        to_bank -> Text,
        to_account -> Text,
        reason -> Text,
        state -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
        decision_reason -> Nullable<Text>,
        paid_by -> Nullable<Text>,
        paid_at -> Nullable<Timestamp>,
        bank_reference -> Nullable<Text>,
        version -> BigInt,
        receipt_id -> Nullable<Text>,
        receipt_name -> Nullable<Text>,
        dossier_code -> Nullable<Text>,
    }
}

diesel::table! {
    bank_transactions (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        account_id -> Text,
        bank_reference -> Text,
        amount_vnd -> BigInt,
        refund_vnd -> BigInt,
        description -> Text,
        payer_name -> Nullable<Text>,
        payer_account -> Nullable<Text>,
        booked_at -> Timestamp,
        received_at -> Timestamp,
        state -> Text,
        request_id -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    ledger_postings (entry_id, ord) {
        entry_id -> Text,
        ord -> Integer,
        account -> Text,
        money_kind -> Text,
        amount_vnd -> BigInt,
    }
}

diesel::table! {
    dossier_handovers (id) {
        id -> Text,
        dossier_id -> Text,
        from_desk -> Text,
        to_desk -> Text,
        given_by -> Text,
        given_at -> Timestamp,
        to_user_id -> Nullable<Text>,
        pages -> Nullable<Integer>,
        note -> Nullable<Text>,
        accepted -> Nullable<Bool>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        closing_reason -> Nullable<Text>,
    }
}

diesel::table! {
    dossier_supplements (id) {
        id -> Text,
        dossier_id -> Text,
        stage -> Text,
        items -> Text,
        reason -> Text,
        legal_exception -> Nullable<Text>,
        requested_by -> Text,
        requested_at -> Timestamp,
        fulfilled_by -> Nullable<Text>,
        fulfilled_at -> Nullable<Timestamp>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    dossier_decisions (id) {
        id -> Text,
        dossier_id -> Text,
        kind -> Text,
        outcome -> Nullable<Text>,
        reason -> Nullable<Text>,
        legal_basis -> Nullable<Text>,
        note -> Nullable<Text>,
        decided_by -> Nullable<Text>,
        decided_at -> Timestamp,
        detail -> Text,
        voided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    dossier_results (id) {
        id -> Text,
        dossier_id -> Text,
        kind -> Text,
        number -> Nullable<Text>,
        issued_on -> Nullable<Date>,
        summary -> Text,
        signer_id -> Nullable<Text>,
        recorded_by -> Text,
        recorded_at -> Timestamp,
        voided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    dossier_consultations (id) {
        id -> Text,
        dossier_id -> Text,
        body -> Text,
        question -> Text,
        reply_due_on -> Nullable<Date>,
        asked_by -> Text,
        asked_at -> Timestamp,
        reply -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        voided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    dossier_amendments (id) {
        id -> Text,
        dossier_id -> Text,
        amended_at -> Timestamp,
        amended_by -> Text,
        reason -> Text,
        before -> Text,
    }
}

diesel::table! {
    reception_points (id) {
        id -> Text,
        centre_id -> Text,
        kind -> Text,
        name -> Text,
        address -> Nullable<Text>,
        phone -> Nullable<Text>,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    service_counters (id) {
        id -> Text,
        centre_id -> Text,
        point_id -> Nullable<Text>,
        name -> Text,
        valid_from -> Date,
        valid_to -> Nullable<Date>,
    }
}

diesel::table! {
    stored_files (sha256) {
        sha256 -> Text,
        size_bytes -> BigInt,
        media_type -> Text,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    dossier_files (id) {
        id -> Text,
        centre_id -> Text,
        dossier_id -> Text,
        component_id -> Text,
        sha256 -> Text,
        round -> Integer,
        name -> Text,
        digitisation -> Integer,
        scan -> Text,
        added_by -> Text,
        added_at -> Timestamp,
        disposed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    dossier_file_withdrawals (file_id) {
        file_id -> Text,
        reason -> Text,
        withdrawn_by -> Text,
        withdrawn_at -> Timestamp,
    }
}

diesel::table! {
    declarations (id) {
        id -> Text,
        centre_id -> Text,
        dossier_id -> Nullable<Text>,
        form_code -> Text,
        form_number -> Text,
        state -> Text,
        entries -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        updated_at -> Timestamp,
        signed_by -> Nullable<Text>,
        signed_at -> Nullable<Timestamp>,
        signed_how -> Nullable<Text>,
        paper_sha256 -> Nullable<Text>,
        disposed_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    declaration_people (declaration_id, party) {
        declaration_id -> Text,
        party -> Text,
        centre_id -> Text,
        identity_number -> Text,
    }
}

diesel::table! {
    declaration_papers (declaration_id) {
        declaration_id -> Text,
        content -> Text,
    }
}

diesel::table! {
    roster_settings (centre_id) {
        centre_id -> Text,
        warn_working_days -> Integer,
        leave_percent -> Integer,
        leave_source -> Text,
        version -> BigInt,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    roster_duties (id) {
        id -> Text,
        centre_id -> Text,
        counter_id -> Text,
        on_date -> Date,
        from_minute -> Integer,
        to_minute -> Integer,
        kind -> Text,
        user_id -> Text,
        substitute_id -> Nullable<Text>,
        stand_in_id -> Nullable<Text>,
        source -> Nullable<Text>,
        version -> BigInt,
        planned_by -> Text,
        planned_at -> Timestamp,
        cancelled_by -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    roster_absences (id) {
        id -> Text,
        centre_id -> Text,
        user_id -> Text,
        kind -> Text,
        first_day -> Date,
        last_day -> Date,
        from_minute -> Nullable<Integer>,
        to_minute -> Nullable<Integer>,
        entered_by -> Text,
        entered_at -> Timestamp,
        cancelled_by -> Nullable<Text>,
        cancelled_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    leave_entries (id) {
        id -> Text,
        centre_id -> Text,
        user_id -> Text,
        kind -> Text,
        minutes -> Integer,
        duty_id -> Nullable<Text>,
        absence_id -> Nullable<Text>,
        corrects_id -> Nullable<Text>,
        reason -> Nullable<Text>,
        source -> Text,
        entered_by -> Text,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    dossier_legs (dossier_id) {
        dossier_id -> Text,
        origin_id -> Text,
    }
}

diesel::table! {
    centre_logos (centre_id) {
        centre_id -> Text,
        image -> Text,
        digest -> Text,
        set_by -> Nullable<Text>,
        set_at -> Timestamp,
    }
}

diesel::table! {
    intake_drafts (id) {
        id -> Text,
        centre_id -> Text,
        procedure_code -> Text,
        owner_name -> Nullable<Text>,
        form -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        updated_by -> Text,
        updated_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    dossier_lifted_holds (id) {
        id -> Text,
        dossier_id -> Text,
        reason -> Text,
        placed_by -> Text,
        placed_at -> Timestamp,
        lifted_because -> Text,
        lifted_by -> Text,
        lifted_at -> Timestamp,
    }
}

diesel::table! {
    dossier_slips (dossier_id) {
        dossier_id -> Text,
        letter_id -> Text,
    }
}

diesel::table! {
    data_requests (id) {
        id -> Text,
        centre_id -> Text,
        kind -> Text,
        requester_name -> Text,
        requester_identity -> Text,
        requester_phone -> Nullable<Text>,
        verified_by -> Text,
        details -> Nullable<Text>,
        received_at -> Timestamp,
        received_by -> Text,
        answer_due_on -> Date,
        outcome -> Nullable<Text>,
        answer -> Nullable<Text>,
        legal_basis -> Nullable<Text>,
        answered_at -> Nullable<Timestamp>,
        answered_by -> Nullable<Text>,
    }
}

diesel::table! {
    retention_rules (scope) {
        scope -> Text,
        years -> Nullable<Integer>,
        source -> Text,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    dossier_holds (dossier_id) {
        dossier_id -> Text,
        reason -> Text,
        placed_by -> Text,
        placed_at -> Timestamp,
    }
}

diesel::table! {
    disposal_lists (id) {
        id -> Text,
        centre_id -> Text,
        state -> Text,
        proposed_by -> Text,
        proposed_at -> Timestamp,
        first_approved_by -> Nullable<Text>,
        first_approved_at -> Nullable<Timestamp>,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        reason -> Nullable<Text>,
    }
}

diesel::table! {
    disposal_items (list_id, dossier_id) {
        list_id -> Text,
        dossier_id -> Text,
        rule_scope -> Text,
        kept_until -> Date,
        outcome -> Nullable<Text>,
    }
}

diesel::table! {
    delegations (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Nullable<Text>,
        role -> Text,
        from_user_id -> Text,
        to_user_id -> Text,
        role_assignment_id -> Text,
        valid_from -> Timestamp,
        valid_to -> Timestamp,
        reason -> Text,
        created_by -> Text,
        created_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        ended_by -> Nullable<Text>,
    }
}

diesel::table! {
    client_secrets (id) {
        id -> Text,
        user_id -> Text,
        secret_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        last_used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    client_usage (user_id, day, operation) {
        user_id -> Text,
        day -> Date,
        operation -> Text,
        requests -> BigInt,
    }
}

diesel::table! {
    saved_filters (id) {
        id -> Text,
        user_id -> Text,
        name -> Text,
        filter -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    certification_entries (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        kind -> Text,
        year -> Integer,
        number -> BigInt,
        dossier_id -> Text,
        ord -> Integer,
        certified_at -> Timestamp,
        requester_name -> Text,
        requester_identity -> Nullable<Text>,
        document_name -> Text,
        original_pages -> Integer,
        copies -> Integer,
        fee_vnd -> BigInt,
        signer_id -> Text,
        signer_name -> Text,
        signer_title -> Nullable<Text>,
        certified_by -> Text,
    }
}

diesel::table! {
    dossier_undos (dossier_id) {
        dossier_id -> Text,
        version -> BigInt,
        step -> Text,
        done_at -> Timestamp,
        before -> Text,
        handler_id -> Nullable<Text>,
        open_handover_id -> Nullable<Text>,
    }
}

diesel::table! {
    dossier_returns (id) {
        id -> Text,
        dossier_id -> Text,
        collector_name -> Text,
        identity_number -> Nullable<Text>,
        relation -> Text,
        authorisation -> Nullable<Text>,
        method -> Text,
        tracking_number -> Nullable<Text>,
        originals_returned -> Bool,
        returned_by -> Text,
        returned_at -> Timestamp,
    }
}

diesel::table! {
    dossier_letters (id) {
        id -> Text,
        dossier_id -> Text,
        authority_id -> Text,
        form -> Text,
        year -> Integer,
        number -> BigInt,
        issued_by -> Nullable<Text>,
        issued_at -> Timestamp,
    }
}

diesel::table! {
    letter_contents (letter_id) {
        letter_id -> Text,
        template -> Text,
        data -> Text,
    }
}

diesel::table! {
    letter_papers (letter_id) {
        letter_id -> Text,
        sha256 -> Text,
        content -> Text,
    }
}

diesel::table! {
    timeline (dossier_id, seq) {
        dossier_id -> Text,
        seq -> Integer,
        id -> Text,
        at -> Timestamp,
        kind -> Text,
        transition -> Text,
        actor_id -> Nullable<Text>,
        actor_name -> Text,
        actor_role -> Nullable<Text>,
        from_state -> Nullable<Text>,
        to_state -> Text,
        detail -> Text,
    }
}

diesel::table! {
    audit_entries (centre_id, seq) {
        centre_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        actor_id -> Nullable<Text>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Text,
        data -> Text,
        prev_hash -> Text,
        hash -> Text,
    }
}

diesel::table! {
    audit_heads (centre_id) {
        centre_id -> Text,
        seq -> BigInt,
        hash -> Text,
    }
}

diesel::table! {
    leases (name) {
        name -> Text,
        holder -> Text,
        until -> Timestamp,
    }
}

diesel::table! {
    dossier_concerns (dossier_id, concern) {
        dossier_id -> Text,
        concern -> Text,
        centre_id -> Text,
        authority_id -> Text,
        procedure_code -> Text,
        desk -> Text,
        handler_id -> Nullable<Text>,
        closed -> Bool,
        from_at -> Timestamp,
        until_at -> Nullable<Timestamp>,
        alarm_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    alarms (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        concern -> Text,
        from_at -> Timestamp,
        raised_at -> Timestamp,
        desk -> Text,
        handler_id -> Nullable<Text>,
    }
}

diesel::table! {
    watch_jobs (centre_id) {
        centre_id -> Text,
        checked -> BigInt,
        after_id -> Nullable<Text>,
        started_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    watch_rules (centre_id) {
        centre_id -> Text,
        data -> Text,
        version -> BigInt,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    watch_digests (centre_id, on_date) {
        centre_id -> Text,
        on_date -> Date,
        data -> Text,
        made_at -> Timestamp,
    }
}

diesel::table! {
    dossier_apologies (id) {
        id -> Text,
        dossier_id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        state -> Text,
        reason_code -> Text,
        reason -> Text,
        new_due_on -> Date,
        latest_on -> Date,
        drafted_by -> Text,
        drafted_at -> Timestamp,
        closed_by -> Nullable<Text>,
        closed_at -> Nullable<Timestamp>,
        closing_reason -> Nullable<Text>,
    }
}

diesel::table! {
    outbox (centre_id, seq) {
        centre_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        kind -> Text,
        subject_id -> Text,
        authority_id -> Nullable<Text>,
        data -> Text,
    }
}

diesel::table! {
    idempotency_keys (actor_id, idem_key) {
        actor_id -> Text,
        idem_key -> Text,
        fingerprint -> Text,
        status -> Integer,
        headers -> Text,
        body -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    message_templates (id) {
        id -> Text,
        centre_id -> Text,
        told -> Text,
        channel -> Text,
        language -> Text,
        number -> Integer,
        subject -> Text,
        body -> Text,
        entered_by -> Nullable<Text>,
        entered_at -> Timestamp,
    }
}

diesel::table! {
    message_settings (centre_id) {
        centre_id -> Text,
        quiet_from -> Integer,
        quiet_to -> Integer,
        plain_sms -> Bool,
        version -> BigInt,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    message_languages (dossier_id) {
        dossier_id -> Text,
        language -> Text,
        set_by -> Text,
        set_at -> Timestamp,
    }
}

diesel::table! {
    message_cursors (centre_id) {
        centre_id -> Text,
        seq -> BigInt,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        centre_id -> Text,
        dossier_id -> Text,
        event_seq -> BigInt,
        told -> Text,
        channel -> Text,
        recipient -> Text,
        recipient_role -> Text,
        language -> Text,
        template_number -> Integer,
        subject -> Text,
        body -> Text,
        state -> Text,
        attempts -> Integer,
        resends -> Integer,
        next_attempt_at -> Nullable<Timestamp>,
        locked_until -> Nullable<Timestamp>,
        last_error -> Nullable<Text>,
        created_at -> Timestamp,
        sent_at -> Nullable<Timestamp>,
        delivered_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    bank_placements (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        transaction_id -> Text,
        amount_vnd -> BigInt,
        placed_by -> Nullable<Text>,
        placed_at -> Timestamp,
        undone_by -> Nullable<Text>,
        undone_at -> Nullable<Timestamp>,
        undone_because -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    bank_placement_lines (placement_id, entry_id) {
        placement_id -> Text,
        entry_id -> Text,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    collections_unbanked (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        method -> Text,
        amount_vnd -> BigInt,
        reference -> Nullable<Text>,
        collected_by -> Nullable<Text>,
        collected_at -> Timestamp,
    }
}

diesel::table! {
    treasury_transfers (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        month -> Date,
        phi_vnd -> BigInt,
        le_phi_vnd -> BigInt,
        kept_phi_vnd -> BigInt,
        kept_source -> Nullable<Text>,
        bank_reference -> Text,
        transferred_on -> Date,
        entered_by -> Text,
        entered_at -> Timestamp,
        undone_by -> Nullable<Text>,
        undone_at -> Nullable<Timestamp>,
        undone_because -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    till_closings (id) {
        id -> Text,
        centre_id -> Text,
        user_id -> Text,
        counter_id -> Nullable<Text>,
        number -> BigInt,
        day -> Date,
        after_seq -> BigInt,
        to_seq -> BigInt,
        first_at -> Timestamp,
        last_at -> Timestamp,
        sums -> Text,
        counted -> Text,
        collected_vnd -> BigInt,
        difference_vnd -> BigInt,
        reason -> Nullable<Text>,
        closed_at -> Timestamp,
    }
}

diesel::table! {
    unknown_payments (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Text,
        dossier_id -> Text,
        dossier_code -> Nullable<Text>,
        amount_vnd -> BigInt,
        method -> Text,
        reference -> Nullable<Text>,
        note -> Text,
        state -> Text,
        said_by -> Text,
        said_at -> Timestamp,
        settled_by -> Nullable<Text>,
        settled_at -> Nullable<Timestamp>,
        settled_because -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    cash_rules (centre_id) {
        centre_id -> Text,
        allowed -> Bool,
        source -> Text,
        set_by -> Text,
        set_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    questionnaires (id) {
        id -> Text,
        centre_id -> Text,
        code -> Text,
        number -> Integer,
        state -> Text,
        body -> Text,
        created_by -> Nullable<Text>,
        created_at -> Timestamp,
        published_at -> Nullable<Timestamp>,
        retired_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    survey_settings (centre_id) {
        centre_id -> Text,
        slip_code -> Text,
        return_code -> Text,
        kiosk_code -> Text,
        valid_days -> Integer,
        version -> BigInt,
    }
}

diesel::table! {
    survey_invitations (token_hash) {
        token_hash -> Text,
        centre_id -> Text,
        questionnaire_id -> Text,
        authority_id -> Text,
        field -> Text,
        officer_id -> Nullable<Text>,
        occasion -> Text,
        expires_on -> Date,
        used -> Bool,
    }
}

diesel::table! {
    survey_asked (centre_id, questionnaire_id, quarter, authority_id, field, occasion) {
        centre_id -> Text,
        questionnaire_id -> Text,
        quarter -> Text,
        authority_id -> Text,
        field -> Text,
        occasion -> Text,
        n -> BigInt,
    }
}

diesel::table! {
    survey_pending (id) {
        id -> Text,
        centre_id -> Text,
        week -> Date,
        sealed -> Text,
    }
}

diesel::table! {
    survey_answers (id) {
        id -> Text,
        centre_id -> Text,
        questionnaire_id -> Text,
        authority_id -> Nullable<Text>,
        field -> Nullable<Text>,
        channel -> Nullable<Text>,
        period -> Text,
        quarter -> Text,
        answers -> Text,
    }
}

diesel::table! {
    survey_counts (centre_id, questionnaire_id, quarter, question, choice, authority_id, field, channel) {
        centre_id -> Text,
        questionnaire_id -> Text,
        quarter -> Text,
        question -> Text,
        choice -> Text,
        authority_id -> Text,
        field -> Text,
        channel -> Text,
        n -> BigInt,
    }
}

diesel::table! {
    survey_remarks (id) {
        id -> Text,
        centre_id -> Text,
        questionnaire_id -> Text,
        question -> Text,
        authority_id -> Nullable<Text>,
        quarter -> Text,
        text -> Text,
        state -> Text,
        screened_by -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    survey_officer_parts (id) {
        id -> Text,
        centre_id -> Text,
        quarter -> Text,
        sealed -> Text,
    }
}

diesel::table! {
    survey_officer_counts (centre_id, quarter, officer_id, authority_id, questionnaire_id, question, choice) {
        centre_id -> Text,
        quarter -> Text,
        officer_id -> Text,
        authority_id -> Text,
        questionnaire_id -> Text,
        question -> Text,
        choice -> Text,
        n -> BigInt,
    }
}

diesel::table! {
    survey_devices (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Nullable<Text>,
        name -> Text,
        kind -> Text,
        secret_hash -> Text,
        waiting -> Nullable<Text>,
        waiting_until -> Nullable<Timestamp>,
        added_by -> Text,
        added_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    survey_samples (id) {
        id -> Text,
        centre_id -> Text,
        questionnaire_id -> Text,
        first_day -> Date,
        last_day -> Date,
        margin_basis_points -> Integer,
        seed -> Text,
        population -> BigInt,
        size -> BigInt,
        strata -> Text,
        drawn_by -> Text,
        drawn_at -> Timestamp,
    }
}

diesel::table! {
    survey_sample_units (sample_id, place) {
        sample_id -> Text,
        place -> Integer,
        dossier_id -> Text,
        authority_id -> Text,
        field -> Text,
        reserve -> Bool,
        state -> Text,
        done_by -> Nullable<Text>,
    }
}

diesel::table! {
    feedback_items (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Nullable<Text>,
        code -> Text,
        kind -> Text,
        channel -> Text,
        subject -> Text,
        text -> Text,
        filer_name -> Text,
        filer_address -> Text,
        filer_phone -> Text,
        dossier_id -> Nullable<Text>,
        about_user_id -> Nullable<Text>,
        state -> Text,
        received_at -> Timestamp,
        received_by -> Nullable<Text>,
        received_on -> Date,
        first_due_on -> Date,
        first_done_on -> Nullable<Date>,
        forwarded_to -> Nullable<Text>,
        accepted_on -> Nullable<Date>,
        remote -> Bool,
        answer_due_on -> Nullable<Date>,
        due_on -> Nullable<Date>,
        last_due_on -> Date,
        prolonged -> Bool,
        answer -> Nullable<Text>,
        upheld -> Nullable<Bool>,
        answered_on -> Nullable<Date>,
        answered_by -> Nullable<Text>,
        published_summary -> Nullable<Text>,
        published_answer -> Nullable<Text>,
        published_at -> Nullable<Timestamp>,
        satisfaction -> Nullable<Integer>,
        secret_hash -> Text,
        version -> BigInt,
    }
}

diesel::table! {
    feedback_steps (item_id, seq) {
        item_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        kind -> Text,
        actor_id -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    denunciations (id) {
        id -> Text,
        centre_id -> Text,
        year -> Integer,
        number -> BigInt,
        code -> Text,
        secret_hash -> Text,
        channel -> Text,
        about -> Text,
        text -> Text,
        filer_name -> Text,
        filer_address -> Text,
        filer_phone -> Text,
        received_at -> Timestamp,
        received_by -> Nullable<Text>,
        state -> Text,
        due_on -> Nullable<Date>,
        passed_on_to -> Nullable<Text>,
        notice -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    denunciation_concerns (item_id, user_id) {
        item_id -> Text,
        user_id -> Text,
    }
}

diesel::table! {
    denunciation_steps (item_id, seq) {
        item_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        kind -> Text,
        actor_id -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    denunciation_appointments (id) {
        id -> Text,
        centre_id -> Text,
        user_id -> Text,
        appointed_by -> Text,
        appointed_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    obstacles (id) {
        id -> Text,
        centre_id -> Text,
        authority_id -> Nullable<Text>,
        kind -> Text,
        procedure_code -> Nullable<Text>,
        text -> Text,
        raised_by -> Text,
        raised_at -> Timestamp,
        state -> Text,
        forwarded_to -> Nullable<Text>,
        forwarded_at -> Nullable<Timestamp>,
        solution -> Nullable<Text>,
        solved_by -> Nullable<Text>,
        solved_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    obstacle_steps (item_id, seq) {
        item_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        kind -> Text,
        actor_id -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    index_snapshots (id) {
        id -> Text,
        centre_id -> Text,
        quarter -> Text,
        number -> Integer,
        cut_off -> Text,
        first_day -> Date,
        last_day -> Date,
        state -> Text,
        reason -> Nullable<Text>,
        dossiers -> BigInt,
        entered -> Text,
        service -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        frozen_by -> Nullable<Text>,
        frozen_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    index_results (id) {
        id -> Text,
        snapshot_id -> Text,
        kind -> Text,
        authority_id -> Nullable<Text>,
        officer_id -> Nullable<Text>,
        total_tenths -> Integer,
        most -> Integer,
        band -> Nullable<Text>,
        data -> Text,
    }
}

diesel::table! {
    index_lines (id) {
        id -> Text,
        result_id -> Text,
        index_number -> Integer,
        points -> BigInt,
        counted -> BigInt,
        left_out -> BigInt,
        tenths -> Nullable<Integer>,
    }
}

diesel::table! {
    index_dossiers (snapshot_id, dossier_id) {
        snapshot_id -> Text,
        dossier_id -> Text,
        authority_id -> Text,
        officer_id -> Nullable<Text>,
        finished -> Bool,
        timing -> Nullable<Text>,
        first_timing -> Nullable<Text>,
        contacts -> Nullable<Integer>,
        upheld -> Nullable<Bool>,
        filed_online -> Bool,
        online_late -> Bool,
        due_at -> Nullable<Timestamp>,
        completed_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    index_steps (snapshot_id, dossier_id, ord) {
        snapshot_id -> Text,
        dossier_id -> Text,
        ord -> Integer,
        authority_id -> Text,
        officer_id -> Nullable<Text>,
        name -> Text,
        timing -> Text,
        due_at -> Timestamp,
        ended_at -> Timestamp,
    }
}

diesel::allow_tables_to_appear_in_same_query!(message_cursors, outbox);
diesel::table! {
    inspections (id) {
        id -> Text,
        centre_id -> Text,
        kind -> Text,
        subject -> Text,
        decision_number -> Text,
        decision_on -> Date,
        decided_by -> Text,
        whole_centre -> Bool,
        period_from -> Date,
        period_to -> Date,
        access_from -> Date,
        access_to -> Date,
        state -> Text,
        opened_by -> Text,
        opened_at -> Timestamp,
        ended_by -> Nullable<Text>,
        ended_at -> Nullable<Timestamp>,
        end_reason -> Nullable<Text>,
        concluded_by -> Nullable<Text>,
        concluded_at -> Nullable<Timestamp>,
        conclusion_number -> Nullable<Text>,
        conclusion_on -> Nullable<Date>,
        conclusion -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    inspection_authorities (inspection_id, authority_id) {
        inspection_id -> Text,
        authority_id -> Text,
    }
}

diesel::table! {
    inspection_members (inspection_id, user_id) {
        inspection_id -> Text,
        user_id -> Text,
        head -> Bool,
    }
}

diesel::table! {
    inspection_samples (id) {
        id -> Text,
        inspection_id -> Text,
        finished_only -> Bool,
        margin_basis_points -> Integer,
        seed -> Text,
        population -> BigInt,
        size -> BigInt,
        drawn_by -> Text,
        drawn_at -> Timestamp,
    }
}

diesel::table! {
    inspection_sample_units (sample_id, place) {
        sample_id -> Text,
        place -> Integer,
        dossier_id -> Text,
        outcome -> Nullable<Text>,
        note -> Nullable<Text>,
        checked_by -> Nullable<Text>,
        checked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    inspection_findings (id) {
        id -> Text,
        centre_id -> Text,
        inspection_id -> Text,
        authority_id -> Text,
        dossier_id -> Nullable<Text>,
        officer_id -> Nullable<Text>,
        kind -> Text,
        text -> Text,
        asked -> Text,
        made_by -> Text,
        made_at -> Timestamp,
        due_on -> Date,
        state -> Text,
        settled -> Bool,
        reported_by -> Nullable<Text>,
        version -> BigInt,
    }
}

diesel::table! {
    inspection_finding_steps (finding_id, seq) {
        finding_id -> Text,
        seq -> BigInt,
        at -> Timestamp,
        kind -> Text,
        actor_id -> Text,
        note -> Nullable<Text>,
        document_number -> Nullable<Text>,
        due_on -> Nullable<Date>,
    }
}

diesel::table! {
    conduct_records (id) {
        id -> Text,
        centre_id -> Text,
        kind -> Text,
        officer_id -> Nullable<Text>,
        authority_id -> Nullable<Text>,
        form -> Text,
        decision_number -> Text,
        decision_on -> Date,
        decided_by -> Text,
        reason -> Text,
        public -> Bool,
        kept_by -> Text,
        kept_at -> Timestamp,
    }
}

diesel::table! {
    conduct_record_evidence (record_id, ord) {
        record_id -> Text,
        ord -> Integer,
        kind -> Text,
        reference_id -> Text,
        label -> Text,
    }
}

diesel::table! {
    conduct_record_revocations (record_id) {
        record_id -> Text,
        decision_number -> Text,
        decision_on -> Date,
        reason -> Text,
        revoked_by -> Text,
        revoked_at -> Timestamp,
    }
}

diesel::joinable!(certification_entries -> dossiers (dossier_id));
diesel::joinable!(disposal_items -> dossiers (dossier_id));
diesel::allow_tables_to_appear_in_same_query!(dossier_letters, dossier_slips, dossiers);
diesel::allow_tables_to_appear_in_same_query!(dossier_handovers, dossiers);
// What papers say goes with the dossiers they were issued for.
diesel::allow_tables_to_appear_in_same_query!(letter_contents, dossier_letters);
diesel::allow_tables_to_appear_in_same_query!(letter_papers, dossier_letters);
diesel::allow_tables_to_appear_in_same_query!(letter_papers, dossiers);
diesel::allow_tables_to_appear_in_same_query!(
    dossiers,
    dossier_words,
    certification_entries,
    dossier_filers,
    dossier_returns,
    dossier_holds,
    disposal_items,
    disposal_lists,
    dossier_concerns,
    dossier_apologies,
    alarms
);
diesel::joinable!(alarms -> dossiers (dossier_id));
diesel::joinable!(dossier_apologies -> dossiers (dossier_id));
diesel::allow_tables_to_appear_in_same_query!(
    dossiers,
    centres,
    authorities,
    dossier_legs,
    procedure_versions,
    procedure_drafts,
    users
);
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(role_assignments -> users (user_id));
diesel::allow_tables_to_appear_in_same_query!(sessions, users, role_assignments, counters);
diesel::allow_tables_to_appear_in_same_query!(authorities, centre_authorities);
diesel::joinable!(ledger_postings -> ledger_entries (entry_id));
diesel::allow_tables_to_appear_in_same_query!(ledger_entries, ledger_postings);
diesel::joinable!(refunds -> bank_transactions (transaction_id));
diesel::allow_tables_to_appear_in_same_query!(refunds, bank_transactions);
diesel::joinable!(payment_requests -> dossiers (dossier_id));
diesel::allow_tables_to_appear_in_same_query!(payment_requests, dossiers);
diesel::joinable!(receipts -> receipt_series (series_id));
diesel::allow_tables_to_appear_in_same_query!(receipts, receipt_series);
diesel::joinable!(receipts_owed -> dossiers (dossier_id));
diesel::allow_tables_to_appear_in_same_query!(receipts_owed, dossiers);
diesel::joinable!(bank_placements -> bank_transactions (transaction_id));
diesel::allow_tables_to_appear_in_same_query!(bank_placements, bank_transactions);
diesel::joinable!(collections_unbanked -> dossiers (dossier_id));
diesel::allow_tables_to_appear_in_same_query!(collections_unbanked, dossiers);
diesel::allow_tables_to_appear_in_same_query!(centres, questionnaires);
diesel::allow_tables_to_appear_in_same_query!(audit_entries, feedback_items);
diesel::allow_tables_to_appear_in_same_query!(audit_entries, denunciation_concerns);
diesel::allow_tables_to_appear_in_same_query!(denunciations, denunciation_concerns);
diesel::joinable!(index_results -> index_snapshots (snapshot_id));
diesel::joinable!(index_lines -> index_results (result_id));
diesel::allow_tables_to_appear_in_same_query!(index_snapshots, index_results, index_lines);
diesel::joinable!(index_dossiers -> dossiers (dossier_id));
diesel::allow_tables_to_appear_in_same_query!(index_dossiers, dossiers);
diesel::allow_tables_to_appear_in_same_query!(index_steps, dossiers);
diesel::allow_tables_to_appear_in_same_query!(inspections, inspection_members);
diesel::allow_tables_to_appear_in_same_query!(inspections, inspection_authorities);
diesel::allow_tables_to_appear_in_same_query!(inspection_members, inspection_authorities);
diesel::allow_tables_to_appear_in_same_query!(inspection_findings, inspection_members);
diesel::joinable!(dossier_files -> stored_files (sha256));
diesel::joinable!(dossier_file_withdrawals -> dossier_files (file_id));
diesel::allow_tables_to_appear_in_same_query!(
    stored_files,
    dossier_files,
    dossier_file_withdrawals
);
diesel::joinable!(declaration_people -> declarations (declaration_id));
diesel::allow_tables_to_appear_in_same_query!(declarations, declaration_people);

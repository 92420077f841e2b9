-- Dossiers and what belongs to them. Tables that grow carry centre_id so that they can be partitioned by it.
CREATE TABLE counters (
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    CONSTRAINT pk_counters PRIMARY KEY (name)
);

CREATE TABLE dossiers (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    procedure_version_id TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    procedure_version INTEGER NOT NULL,
    procedure_name TEXT NOT NULL,
    code TEXT COLLATE "C",
    code_scheme TEXT,
    submission_number TEXT COLLATE "C",
    state TEXT NOT NULL,
    sub_state TEXT,
    desk TEXT NOT NULL,
    channel TEXT NOT NULL,
    owner_kind TEXT NOT NULL,
    owner_name TEXT NOT NULL,
    owner_identity TEXT,
    owner_birth TEXT,
    owner_phone TEXT,
    owner_email TEXT,
    owner_address TEXT,
    copies_count INTEGER NOT NULL,
    delivery_method TEXT NOT NULL,
    delivery_address TEXT,
    visit_id TEXT,
    note TEXT,
    received_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP,
    accepted_at TIMESTAMP,
    competent_received_at TIMESTAMP,
    handover_due_at TIMESTAMP,
    due_at_original TIMESTAMP,
    due_at TIMESTAMP,
    completed_at TIMESTAMP,
    returned_at TIMESTAMP,
    ended_at TIMESTAMP,
    clock_started_at TIMESTAMP,
    intake_reply_due_at TIMESTAMP,
    supplement_due_on DATE,
    limit_amount INTEGER,
    limit_unit TEXT,
    supplement_mode TEXT NOT NULL,
    calendar_version INTEGER,
    boundary_free BOOLEAN NOT NULL,
    on_the_spot BOOLEAN NOT NULL,
    pay_on_collection BOOLEAN NOT NULL,
    intake_supplements INTEGER NOT NULL,
    appraisal_supplements INTEGER NOT NULL,
    reappointments INTEGER NOT NULL,
    reappointed_at TIMESTAMP,
    decision_outcome TEXT,
    decided_at TIMESTAMP,
    open_handover_id TEXT,
    withdrawal_requested_at TIMESTAMP,
    payment_state TEXT NOT NULL,
    delivery_state TEXT NOT NULL,
    paper_location TEXT NOT NULL,
    handler_id TEXT,
    created_by TEXT,
    timeline_seq INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_dossiers PRIMARY KEY (id),
    CONSTRAINT uq_dossiers_code UNIQUE (code),
    CONSTRAINT uq_dossiers_submission_number UNIQUE (submission_number),
    CONSTRAINT fk_dossiers_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_dossiers_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_dossiers_procedure FOREIGN KEY (procedure_version_id) REFERENCES procedure_versions (id),
    CONSTRAINT ck_dossiers_state CHECK (state IN ('draft', 'submitted', 'intake_supplement_requested', 'accepted', 'refused_at_intake', 'processing', 'supplement_requested', 'payment_required', 'on_hold', 'withdrawn', 'stopped', 'transferred', 'completed', 'returned')),
    CONSTRAINT ck_dossiers_channel CHECK (channel IN ('counter', 'online', 'post', 'home', 'kiosk')),
    CONSTRAINT ck_dossiers_owner_kind CHECK (owner_kind IN ('citizen', 'business', 'state_body', 'organisation', 'other')),
    CONSTRAINT ck_dossiers_accepted CHECK ((code IS NULL) = (accepted_at IS NULL))
);
-- Work lists and search, newest first or by due date, for a centre and for an authority.
CREATE INDEX ix_dossiers_centre_received ON dossiers (centre_id, received_at, id);
CREATE INDEX ix_dossiers_authority_received ON dossiers (authority_id, received_at, id);
CREATE INDEX ix_dossiers_centre_state_received ON dossiers (centre_id, state, received_at, id);
CREATE INDEX ix_dossiers_authority_state_received ON dossiers (authority_id, state, received_at, id);
CREATE INDEX ix_dossiers_centre_state_due ON dossiers (centre_id, state, due_at, id);
CREATE INDEX ix_dossiers_authority_state_due ON dossiers (authority_id, state, due_at, id);
CREATE INDEX ix_dossiers_owner_identity ON dossiers (owner_identity);
CREATE INDEX ix_dossiers_owner_phone ON dossiers (owner_phone);

-- Folded words of the owner's name: what is typed without accents is looked up here.
CREATE TABLE dossier_words (
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    dossier_id TEXT NOT NULL,
    CONSTRAINT pk_dossier_words PRIMARY KEY (centre_id, word, dossier_id),
    CONSTRAINT fk_dossier_words_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_words_authority ON dossier_words (authority_id, word, dossier_id);

CREATE TABLE dossier_filers (
    dossier_id TEXT NOT NULL,
    full_name TEXT NOT NULL,
    identity_number TEXT,
    phone TEXT,
    email TEXT,
    address TEXT,
    relation TEXT,
    authorisation TEXT,
    CONSTRAINT pk_dossier_filers PRIMARY KEY (dossier_id),
    CONSTRAINT fk_dossier_filers_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);

CREATE TABLE dossier_components (
    dossier_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    component_id TEXT NOT NULL,
    name TEXT NOT NULL,
    required BOOLEAN NOT NULL,
    originals INTEGER NOT NULL,
    certified_copies INTEGER NOT NULL,
    photocopies INTEGER NOT NULL,
    CONSTRAINT pk_dossier_components PRIMARY KEY (dossier_id, ord),
    CONSTRAINT fk_dossier_components_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);

-- The fee lines shown to the citizen at intake, as the catalogue had them that day.
CREATE TABLE dossier_fees (
    dossier_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    line_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    text TEXT NOT NULL,
    amount_vnd BIGINT,
    CONSTRAINT pk_dossier_fees PRIMARY KEY (dossier_id, ord),
    CONSTRAINT fk_dossier_fees_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_fees_kind CHECK (kind IN ('phi', 'le_phi'))
);

CREATE TABLE dossier_pauses (
    dossier_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reason TEXT NOT NULL,
    from_at TIMESTAMP NOT NULL,
    to_at TIMESTAMP,
    CONSTRAINT pk_dossier_pauses PRIMARY KEY (dossier_id, ord),
    CONSTRAINT fk_dossier_pauses_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);

CREATE TABLE dossier_handovers (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    from_desk TEXT NOT NULL,
    to_desk TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TIMESTAMP NOT NULL,
    to_user_id TEXT,
    pages INTEGER,
    note TEXT,
    accepted BOOLEAN,
    closed_by TEXT,
    closed_at TIMESTAMP,
    closing_reason TEXT,
    CONSTRAINT pk_dossier_handovers PRIMARY KEY (id),
    CONSTRAINT fk_dossier_handovers_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_handovers_dossier ON dossier_handovers (dossier_id, given_at);

CREATE TABLE dossier_supplements (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    stage TEXT NOT NULL,
    items TEXT NOT NULL,
    reason TEXT NOT NULL,
    legal_exception TEXT,
    requested_by TEXT NOT NULL,
    requested_at TIMESTAMP NOT NULL,
    fulfilled_by TEXT,
    fulfilled_at TIMESTAMP,
    note TEXT,
    CONSTRAINT pk_dossier_supplements PRIMARY KEY (id),
    CONSTRAINT fk_dossier_supplements_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_supplements_stage CHECK (stage IN ('intake', 'appraisal'))
);
CREATE INDEX ix_dossier_supplements_dossier ON dossier_supplements (dossier_id, requested_at);

-- Decisions, refusals at intake and withdrawals: who decided what, when, and why.
CREATE TABLE dossier_decisions (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT,
    reason TEXT,
    legal_basis TEXT,
    note TEXT,
    decided_by TEXT NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_decisions PRIMARY KEY (id),
    CONSTRAINT fk_dossier_decisions_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_decisions_kind CHECK (kind IN ('decision', 'refusal', 'withdrawal_request', 'withdrawal'))
);
CREATE INDEX ix_dossier_decisions_dossier ON dossier_decisions (dossier_id, decided_at);

CREATE TABLE dossier_results (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    number TEXT,
    issued_on DATE,
    summary TEXT NOT NULL,
    signer_id TEXT,
    recorded_by TEXT NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_results PRIMARY KEY (id),
    CONSTRAINT fk_dossier_results_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_dossier_results_kind CHECK (kind IN ('grant', 'refuse'))
);
CREATE INDEX ix_dossier_results_dossier ON dossier_results (dossier_id);

CREATE TABLE dossier_returns (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    collector_name TEXT NOT NULL,
    identity_number TEXT,
    relation TEXT NOT NULL,
    authorisation TEXT,
    method TEXT NOT NULL,
    tracking_number TEXT,
    originals_returned BOOLEAN NOT NULL,
    returned_by TEXT NOT NULL,
    returned_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_returns PRIMARY KEY (id),
    CONSTRAINT fk_dossier_returns_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_returns_dossier ON dossier_returns (dossier_id);

-- Numbers of the papers issued: one series per authority, form and year, without gap.
CREATE TABLE dossier_letters (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    form TEXT NOT NULL,
    year INTEGER NOT NULL,
    number BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_letters PRIMARY KEY (id),
    CONSTRAINT uq_dossier_letters_number UNIQUE (authority_id, form, year, number),
    CONSTRAINT fk_dossier_letters_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_letters_dossier ON dossier_letters (dossier_id);

CREATE TABLE timeline (
    dossier_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    kind TEXT NOT NULL,
    transition TEXT NOT NULL,
    actor_id TEXT,
    actor_name TEXT NOT NULL,
    actor_role TEXT,
    from_state TEXT,
    to_state TEXT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_timeline PRIMARY KEY (dossier_id, seq),
    CONSTRAINT fk_timeline_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);

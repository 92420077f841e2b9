-- What people are asked, as published; never edited once it is, only followed by a newer number.
CREATE TABLE questionnaires (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    code TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    created_by TEXT,
    created_at TIMESTAMP NOT NULL,
    published_at TIMESTAMP,
    retired_at TIMESTAMP,
    version BIGINT NOT NULL,
    CONSTRAINT pk_questionnaires PRIMARY KEY (id),
    CONSTRAINT fk_questionnaires_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT ck_questionnaires_state CHECK (state IN ('draft', 'published', 'retired'))
);
CREATE UNIQUE INDEX ux_questionnaires_number ON questionnaires (centre_id, code, number);
-- The list of a centre's, newest first.
CREATE INDEX ix_questionnaires_centre ON questionnaires (centre_id, id);

-- What a centre asks with, and for how long.
CREATE TABLE survey_settings (
    centre_id TEXT NOT NULL,
    slip_code TEXT NOT NULL,
    return_code TEXT NOT NULL,
    kiosk_code TEXT NOT NULL,
    valid_days INTEGER NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_survey_settings PRIMARY KEY (centre_id),
    CONSTRAINT fk_survey_settings_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
);

-- A right to answer once: by the digest of its token. No dossier, no person, no hour.
CREATE TABLE survey_invitations (
    token_hash TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    field TEXT NOT NULL,
    officer_id TEXT,
    occasion TEXT NOT NULL,
    expires_on DATE NOT NULL,
    used BOOLEAN NOT NULL,
    CONSTRAINT pk_survey_invitations PRIMARY KEY (token_hash),
    CONSTRAINT fk_survey_invitations_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaires (id)
);

-- How many were asked.
CREATE TABLE survey_asked (
    centre_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    quarter TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    field TEXT NOT NULL,
    occasion TEXT NOT NULL,
    n BIGINT NOT NULL,
    CONSTRAINT pk_survey_asked PRIMARY KEY (centre_id, questionnaire_id, quarter, authority_id, field, occasion)
);

-- Answers whose week is not over, and those that are still too few: sealed, in no order.
CREATE TABLE survey_pending (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    week DATE NOT NULL,
    sealed TEXT NOT NULL,
    CONSTRAINT pk_survey_pending PRIMARY KEY (id)
);
CREATE INDEX ix_survey_pending_week ON survey_pending (centre_id, week);

-- Answers, by a cell in which at least five stand. Ids are random, rows are written shuffled.
CREATE TABLE survey_answers (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    authority_id TEXT,
    field TEXT,
    channel TEXT,
    period TEXT NOT NULL,
    quarter TEXT NOT NULL,
    answers TEXT NOT NULL,
    CONSTRAINT pk_survey_answers PRIMARY KEY (id),
    CONSTRAINT fk_survey_answers_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaires (id)
);
-- To count them again.
CREATE INDEX ix_survey_answers_centre ON survey_answers (centre_id, id);

-- The same, counted; empty words stand for «any», an empty question for the answers themselves.
CREATE TABLE survey_counts (
    centre_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    quarter TEXT NOT NULL,
    question TEXT NOT NULL,
    choice TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    field TEXT NOT NULL,
    channel TEXT NOT NULL,
    n BIGINT NOT NULL,
    CONSTRAINT pk_survey_counts PRIMARY KEY (centre_id, questionnaire_id, quarter, question, choice, authority_id, field, channel)
);

-- Free texts, cleared of numbers and names, cut from the answers they came with.
CREATE TABLE survey_remarks (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    question TEXT NOT NULL,
    authority_id TEXT,
    quarter TEXT NOT NULL,
    text TEXT NOT NULL,
    state TEXT NOT NULL,
    screened_by TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_survey_remarks PRIMARY KEY (id),
    CONSTRAINT ck_survey_remarks_state CHECK (state IN ('held', 'open', 'dropped'))
);
CREATE INDEX ix_survey_remarks_state ON survey_remarks (centre_id, state, id);

-- What is counted for officers, sealed until its quarter is over.
CREATE TABLE survey_officer_parts (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    quarter TEXT NOT NULL,
    sealed TEXT NOT NULL,
    CONSTRAINT pk_survey_officer_parts PRIMARY KEY (id)
);
CREATE INDEX ix_survey_officer_parts_quarter ON survey_officer_parts (centre_id, quarter);

-- The same once it is: of officers whom at least five have answered about.
CREATE TABLE survey_officer_counts (
    centre_id TEXT NOT NULL,
    quarter TEXT NOT NULL,
    officer_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    question TEXT NOT NULL,
    choice TEXT NOT NULL,
    n BIGINT NOT NULL,
    CONSTRAINT pk_survey_officer_counts PRIMARY KEY (centre_id, quarter, officer_id, authority_id, questionnaire_id, question, choice)
);

-- Kiosks and tablets that ask.
CREATE TABLE survey_devices (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    waiting TEXT,
    waiting_until TIMESTAMP,
    added_by TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    CONSTRAINT pk_survey_devices PRIMARY KEY (id),
    CONSTRAINT fk_survey_devices_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT ck_survey_devices_kind CHECK (kind IN ('kiosk', 'tablet'))
);
CREATE UNIQUE INDEX ux_survey_devices_secret ON survey_devices (secret_hash);
CREATE INDEX ix_survey_devices_centre ON survey_devices (centre_id, id);

-- Samples of finished dossiers, each drawn by a seed on record.
CREATE TABLE survey_samples (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    questionnaire_id TEXT NOT NULL,
    first_day DATE NOT NULL,
    last_day DATE NOT NULL,
    margin_basis_points INTEGER NOT NULL,
    seed TEXT NOT NULL,
    population BIGINT NOT NULL,
    size BIGINT NOT NULL,
    strata TEXT NOT NULL,
    drawn_by TEXT NOT NULL,
    drawn_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_survey_samples PRIMARY KEY (id),
    CONSTRAINT fk_survey_samples_questionnaire FOREIGN KEY (questionnaire_id) REFERENCES questionnaires (id)
);
CREATE INDEX ix_survey_samples_centre ON survey_samples (centre_id, id);

-- Whom to ask, and what came of it; never what was answered.
CREATE TABLE survey_sample_units (
    sample_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    dossier_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    field TEXT NOT NULL,
    reserve BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    done_by TEXT,
    CONSTRAINT pk_survey_sample_units PRIMARY KEY (sample_id, place),
    CONSTRAINT fk_survey_sample_units_sample FOREIGN KEY (sample_id) REFERENCES survey_samples (id),
    CONSTRAINT fk_survey_sample_units_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT ck_survey_sample_units_state CHECK (state IN ('waiting', 'answered', 'refused', 'not_reached', 'wrong_contact'))
);

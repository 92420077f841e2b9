-- What people ask about their own data, with the day it must be answered by.
CREATE TABLE data_requests (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    requester_name TEXT NOT NULL,
    requester_identity TEXT NOT NULL,
    requester_phone TEXT,
    verified_by TEXT NOT NULL,
    details TEXT,
    received_at TIMESTAMP NOT NULL,
    received_by TEXT NOT NULL,
    answer_due_on DATE NOT NULL,
    outcome TEXT,
    answer TEXT,
    legal_basis TEXT,
    answered_at TIMESTAMP,
    answered_by TEXT,
    CONSTRAINT pk_data_requests PRIMARY KEY (id),
    CONSTRAINT fk_data_requests_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT ck_data_requests_kind CHECK (kind IN ('access', 'export', 'rectification', 'restriction', 'erasure', 'objection')),
    CONSTRAINT ck_data_requests_outcome CHECK (outcome IS NULL OR outcome IN ('fulfilled', 'refused'))
);
CREATE INDEX ix_data_requests_centre ON data_requests (centre_id, id);

-- How long dossiers of a kind are kept, as the office was told; nothing is assumed.
CREATE TABLE retention_rules (
    scope TEXT NOT NULL,
    years INTEGER,
    source TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_retention_rules PRIMARY KEY (scope)
);

-- Dossiers that must be kept whatever their time.
CREATE TABLE dossier_holds (
    dossier_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    placed_by TEXT NOT NULL,
    placed_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_holds PRIMARY KEY (dossier_id),
    CONSTRAINT fk_dossier_holds_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);

-- Lists of dossiers whose people's data is to be disposed of: proposed by one, approved by two others.
CREATE TABLE disposal_lists (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TIMESTAMP NOT NULL,
    first_approved_by TEXT,
    first_approved_at TIMESTAMP,
    closed_by TEXT,
    closed_at TIMESTAMP,
    reason TEXT,
    CONSTRAINT pk_disposal_lists PRIMARY KEY (id),
    CONSTRAINT fk_disposal_lists_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT ck_disposal_lists_state CHECK (state IN ('proposed', 'approved_once', 'executed', 'rejected'))
);
CREATE INDEX ix_disposal_lists_centre ON disposal_lists (centre_id, id);

CREATE TABLE disposal_items (
    list_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    rule_scope TEXT NOT NULL,
    kept_until DATE NOT NULL,
    outcome TEXT,
    CONSTRAINT pk_disposal_items PRIMARY KEY (list_id, dossier_id),
    CONSTRAINT fk_disposal_items_list FOREIGN KEY (list_id) REFERENCES disposal_lists (id),
    CONSTRAINT fk_disposal_items_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_disposal_items_dossier ON disposal_items (dossier_id);

-- Everything about one person is found by the number, in whatever part of a dossier it stands.
CREATE INDEX ix_dossier_filers_identity ON dossier_filers (identity_number) WHERE identity_number IS NOT NULL;
CREATE INDEX ix_dossier_returns_identity ON dossier_returns (identity_number) WHERE identity_number IS NOT NULL;
CREATE INDEX ix_certification_entries_identity ON certification_entries (requester_identity) WHERE requester_identity IS NOT NULL;

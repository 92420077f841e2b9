-- Inspections: a team that looks at the dossiers of some authorities while its days run.
CREATE TABLE inspections (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    decision_number TEXT NOT NULL,
    decision_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    whole_centre INTEGER NOT NULL,
    period_from TEXT NOT NULL,
    period_to TEXT NOT NULL,
    access_from TEXT NOT NULL,
    access_to TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT,
    end_reason TEXT,
    concluded_by TEXT,
    concluded_at TEXT,
    conclusion_number TEXT,
    conclusion_on TEXT,
    conclusion TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_inspections PRIMARY KEY (id),
    CONSTRAINT fk_inspections_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_inspections_opened FOREIGN KEY (opened_by) REFERENCES users (id),
    CONSTRAINT fk_inspections_ended FOREIGN KEY (ended_by) REFERENCES users (id),
    CONSTRAINT fk_inspections_concluded FOREIGN KEY (concluded_by) REFERENCES users (id),
    CONSTRAINT ck_inspections_kind CHECK (kind IN ('internal_check', 'scheduled', 'unannounced')),
    CONSTRAINT ck_inspections_state CHECK (state IN ('open', 'ended', 'concluded')),
    CONSTRAINT ck_inspections_days CHECK (period_from <= period_to AND access_from <= access_to),
    CONSTRAINT ck_inspections_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (end_reason IS NULL) AND (state <> 'ended' OR ended_at IS NOT NULL)),
    CONSTRAINT ck_inspections_concluded CHECK ((state = 'concluded') = (concluded_at IS NOT NULL) AND (concluded_at IS NULL) = (concluded_by IS NULL) AND (concluded_at IS NULL) = (conclusion_number IS NULL) AND (concluded_at IS NULL) = (conclusion_on IS NULL) AND (concluded_at IS NULL) = (conclusion IS NULL))
) STRICT;
-- Newest first, of a centre.
CREATE INDEX ix_inspections_centre ON inspections (centre_id, id);

-- What is looked at: always by name, so that an authority added later is not looked at by the way.
CREATE TABLE inspection_authorities (
    inspection_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    CONSTRAINT pk_inspection_authorities PRIMARY KEY (inspection_id, authority_id),
    CONSTRAINT fk_inspection_authorities_inspection FOREIGN KEY (inspection_id) REFERENCES inspections (id),
    CONSTRAINT fk_inspection_authorities_authority FOREIGN KEY (authority_id) REFERENCES authorities (id)
) STRICT;

-- Whoever asks whether they may look at a dossier asks by its authority.
CREATE INDEX ix_inspection_authorities_authority ON inspection_authorities (authority_id, inspection_id);

-- The team; by member, to know at each request what somebody may look at.
CREATE TABLE inspection_members (
    inspection_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    head INTEGER NOT NULL,
    CONSTRAINT pk_inspection_members PRIMARY KEY (inspection_id, user_id),
    CONSTRAINT fk_inspection_members_inspection FOREIGN KEY (inspection_id) REFERENCES inspections (id),
    CONSTRAINT fk_inspection_members_user FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX ix_inspection_members_user ON inspection_members (user_id, inspection_id);
CREATE UNIQUE INDEX uq_inspection_members_head ON inspection_members (inspection_id) WHERE head;

-- Samples by a seed on record, and what came of checking each dossier.
CREATE TABLE inspection_samples (
    id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    finished_only INTEGER NOT NULL,
    margin_basis_points INTEGER NOT NULL,
    seed TEXT NOT NULL,
    population INTEGER NOT NULL,
    size INTEGER NOT NULL,
    drawn_by TEXT NOT NULL,
    drawn_at TEXT NOT NULL,
    CONSTRAINT pk_inspection_samples PRIMARY KEY (id),
    CONSTRAINT fk_inspection_samples_inspection FOREIGN KEY (inspection_id) REFERENCES inspections (id),
    CONSTRAINT fk_inspection_samples_drawn FOREIGN KEY (drawn_by) REFERENCES users (id),
    CONSTRAINT ck_inspection_samples_size CHECK (size >= 1 AND size <= population)
) STRICT;
CREATE INDEX ix_inspection_samples_inspection ON inspection_samples (inspection_id, id);

CREATE TABLE inspection_sample_units (
    sample_id TEXT NOT NULL,
    place INTEGER NOT NULL,
    dossier_id TEXT NOT NULL,
    outcome TEXT,
    note TEXT,
    checked_by TEXT,
    checked_at TEXT,
    CONSTRAINT pk_inspection_sample_units PRIMARY KEY (sample_id, place),
    CONSTRAINT uq_inspection_sample_units_dossier UNIQUE (sample_id, dossier_id),
    CONSTRAINT fk_inspection_sample_units_sample FOREIGN KEY (sample_id) REFERENCES inspection_samples (id),
    CONSTRAINT fk_inspection_sample_units_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_inspection_sample_units_checked FOREIGN KEY (checked_by) REFERENCES users (id),
    CONSTRAINT ck_inspection_sample_units_outcome CHECK (outcome IS NULL OR outcome IN ('in_order', 'finding', 'not_found')),
    CONSTRAINT ck_inspection_sample_units_checked CHECK ((outcome IS NULL) = (checked_at IS NULL) AND (outcome IS NULL) = (checked_by IS NULL))
) STRICT;

-- Findings, followed until they are put right; `settled` puts what is waited for first.
CREATE TABLE inspection_findings (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    inspection_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT,
    officer_id TEXT,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    asked TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    settled INTEGER NOT NULL,
    reported_by TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_inspection_findings PRIMARY KEY (id),
    CONSTRAINT fk_inspection_findings_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_inspection_findings_inspection FOREIGN KEY (inspection_id) REFERENCES inspections (id),
    CONSTRAINT fk_inspection_findings_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_inspection_findings_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_inspection_findings_officer FOREIGN KEY (officer_id) REFERENCES users (id),
    CONSTRAINT fk_inspection_findings_made FOREIGN KEY (made_by) REFERENCES users (id),
    CONSTRAINT fk_inspection_findings_reported FOREIGN KEY (reported_by) REFERENCES users (id),
    CONSTRAINT ck_inspection_findings_kind CHECK (kind IN ('deadline', 'papers', 'fees', 'procedure', 'conduct', 'publicity', 'digitisation', 'other')),
    CONSTRAINT ck_inspection_findings_state CHECK (state IN ('open', 'reported', 'closed', 'withdrawn')),
    CONSTRAINT ck_inspection_findings_settled CHECK (settled = (state IN ('closed', 'withdrawn')))
) STRICT;
-- What waits longest first: of a centre, an authority, an inspection, an officer.
CREATE INDEX ix_inspection_findings_centre ON inspection_findings (centre_id, settled, due_on, id);
CREATE INDEX ix_inspection_findings_authority ON inspection_findings (authority_id, settled, due_on, id);
CREATE INDEX ix_inspection_findings_inspection ON inspection_findings (inspection_id, settled, due_on, id);
CREATE INDEX ix_inspection_findings_officer ON inspection_findings (officer_id, settled, due_on, id) WHERE officer_id IS NOT NULL;

-- Every step of it; none is changed.
CREATE TABLE inspection_finding_steps (
    finding_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    note TEXT,
    document_number TEXT,
    due_on TEXT,
    CONSTRAINT pk_inspection_finding_steps PRIMARY KEY (finding_id, seq),
    CONSTRAINT fk_inspection_finding_steps_finding FOREIGN KEY (finding_id) REFERENCES inspection_findings (id),
    CONSTRAINT fk_inspection_finding_steps_actor FOREIGN KEY (actor_id) REFERENCES users (id),
    CONSTRAINT ck_inspection_finding_steps_kind CHECK (kind IN ('made', 'reported', 'accepted', 'sent_back', 'prolonged', 'withdrawn'))
) STRICT;

-- Commendation and discipline: never changed, only revoked by a row of its own.
CREATE TABLE conduct_records (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    officer_id TEXT,
    authority_id TEXT,
    form TEXT NOT NULL,
    decision_number TEXT NOT NULL,
    decision_on TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    public INTEGER NOT NULL,
    kept_by TEXT NOT NULL,
    kept_at TEXT NOT NULL,
    CONSTRAINT pk_conduct_records PRIMARY KEY (id),
    CONSTRAINT fk_conduct_records_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_conduct_records_officer FOREIGN KEY (officer_id) REFERENCES users (id),
    CONSTRAINT fk_conduct_records_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_conduct_records_kept FOREIGN KEY (kept_by) REFERENCES users (id),
    CONSTRAINT ck_conduct_records_kind CHECK (kind IN ('commendation', 'discipline')),
    CONSTRAINT ck_conduct_records_about CHECK (officer_id IS NOT NULL OR authority_id IS NOT NULL)
) STRICT;
CREATE INDEX ix_conduct_records_centre ON conduct_records (centre_id, id);
CREATE INDEX ix_conduct_records_authority ON conduct_records (authority_id, id) WHERE authority_id IS NOT NULL;
CREATE INDEX ix_conduct_records_officer ON conduct_records (officer_id, id) WHERE officer_id IS NOT NULL;

CREATE TABLE conduct_record_evidence (
    record_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    kind TEXT NOT NULL,
    reference_id TEXT NOT NULL,
    label TEXT NOT NULL,
    CONSTRAINT pk_conduct_record_evidence PRIMARY KEY (record_id, ord),
    CONSTRAINT uq_conduct_record_evidence_reference UNIQUE (record_id, kind, reference_id),
    CONSTRAINT fk_conduct_record_evidence_record FOREIGN KEY (record_id) REFERENCES conduct_records (id),
    CONSTRAINT ck_conduct_record_evidence_kind CHECK (kind IN ('index_line', 'feedback', 'dossier', 'finding', 'inspection'))
) STRICT;

CREATE TABLE conduct_record_revocations (
    record_id TEXT NOT NULL,
    decision_number TEXT NOT NULL,
    decision_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    revoked_by TEXT NOT NULL,
    revoked_at TEXT NOT NULL,
    CONSTRAINT pk_conduct_record_revocations PRIMARY KEY (record_id),
    CONSTRAINT fk_conduct_record_revocations_record FOREIGN KEY (record_id) REFERENCES conduct_records (id),
    CONSTRAINT fk_conduct_record_revocations_revoked FOREIGN KEY (revoked_by) REFERENCES users (id)
) STRICT;

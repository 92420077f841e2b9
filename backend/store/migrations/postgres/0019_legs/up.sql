-- A dossier that went on at another authority of this centre (T24): which it was, which it is now.
CREATE TABLE dossier_legs (
    dossier_id TEXT NOT NULL,
    origin_id TEXT NOT NULL,
    CONSTRAINT pk_dossier_legs PRIMARY KEY (dossier_id),
    CONSTRAINT uq_dossier_legs_origin UNIQUE (origin_id),
    CONSTRAINT fk_dossier_legs_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_dossier_legs_origin FOREIGN KEY (origin_id) REFERENCES dossiers (id)
);

-- A centre's own mark: a PNG, in base64 so that both databases and the archive keep it alike.
CREATE TABLE centre_logos (
    centre_id TEXT NOT NULL,
    image TEXT NOT NULL,
    digest TEXT NOT NULL,
    set_by TEXT,
    set_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_centre_logos PRIMARY KEY (centre_id),
    CONSTRAINT fk_centre_logos_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
);

-- Holds that were lifted: why they had been placed, and why they were lifted.
CREATE TABLE dossier_lifted_holds (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    placed_by TEXT NOT NULL,
    placed_at TIMESTAMP NOT NULL,
    lifted_because TEXT NOT NULL,
    lifted_by TEXT NOT NULL,
    lifted_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_lifted_holds PRIMARY KEY (id),
    CONSTRAINT fk_dossier_lifted_holds_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_lifted_holds_dossier ON dossier_lifted_holds (dossier_id, id);

-- What somebody at the counter has begun to type and not sent yet (T1): no dossier, no number, no promise.
CREATE TABLE intake_drafts (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    owner_name TEXT,
    form TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_intake_drafts PRIMARY KEY (id),
    CONSTRAINT fk_intake_drafts_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
);
CREATE INDEX ix_intake_drafts_centre ON intake_drafts (centre_id, id);
CREATE INDEX ix_intake_drafts_updated ON intake_drafts (updated_at);

-- Sign-ins that are over are swept by it.
CREATE INDEX ix_sessions_expires ON sessions (expires_at);

-- Who entered a version of a calendar; none: the program, at set-up.
ALTER TABLE calendar_versions ADD COLUMN entered_by TEXT;

-- Carrying a version of a calendar to the open dossiers: where it has got to, so that it goes on after a stop.
CREATE TABLE calendar_recomputes (
    centre_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    checked BIGINT NOT NULL,
    moved BIGINT NOT NULL,
    after_due TIMESTAMP,
    after_id TEXT,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    CONSTRAINT pk_calendar_recomputes PRIMARY KEY (centre_id, number),
    CONSTRAINT fk_calendar_recomputes_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
);
CREATE INDEX ix_calendar_recomputes_open ON calendar_recomputes (started_at) WHERE finished_at IS NULL;

-- Who filed for another is found by telephone too.
CREATE INDEX ix_dossier_filers_phone ON dossier_filers (phone) WHERE phone IS NOT NULL;

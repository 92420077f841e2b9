-- The nine indices of a quarter: worked out, frozen, and worked out anew under the next number with a reason.
CREATE TABLE index_snapshots (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    quarter TEXT NOT NULL,
    number INTEGER NOT NULL,
    cut_off TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    dossiers INTEGER NOT NULL,
    entered TEXT NOT NULL,
    service TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    frozen_by TEXT,
    frozen_at TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_index_snapshots PRIMARY KEY (id),
    CONSTRAINT uq_index_snapshots_number UNIQUE (centre_id, quarter, number),
    CONSTRAINT ck_index_snapshots_state CHECK (state IN ('draft', 'frozen')),
    CONSTRAINT ck_index_snapshots_cut_off CHECK (cut_off IN ('calendar', 'reporting')),
    CONSTRAINT ck_index_snapshots_number CHECK (number >= 1 AND (number = 1 OR reason IS NOT NULL)),
    CONSTRAINT ck_index_snapshots_frozen CHECK ((state = 'frozen') = (frozen_at IS NOT NULL) AND (frozen_by IS NULL) = (frozen_at IS NULL)),
    CONSTRAINT fk_index_snapshots_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_index_snapshots_made FOREIGN KEY (made_by) REFERENCES users (id),
    CONSTRAINT fk_index_snapshots_frozen FOREIGN KEY (frozen_by) REFERENCES users (id)
) STRICT;
-- Newest first, of a centre.
CREATE INDEX ix_index_snapshots_centre ON index_snapshots (centre_id, id);
-- One draft of a quarter at a time: working it out anew takes its place.
CREATE UNIQUE INDEX uq_index_snapshots_draft ON index_snapshots (centre_id, quarter) WHERE state = 'draft';

-- Whose indices: the whole centre's, an authority's, an officer's.
CREATE TABLE index_results (
    id TEXT NOT NULL,
    snapshot_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    authority_id TEXT,
    officer_id TEXT,
    total_tenths INTEGER NOT NULL,
    most INTEGER NOT NULL,
    band TEXT,
    data TEXT NOT NULL,
    CONSTRAINT pk_index_results PRIMARY KEY (id),
    CONSTRAINT ck_index_results_kind CHECK ((kind = 'centre' AND authority_id IS NULL AND officer_id IS NULL) OR (kind = 'authority' AND authority_id IS NOT NULL AND officer_id IS NULL) OR (kind = 'officer' AND authority_id IS NULL AND officer_id IS NOT NULL)),
    CONSTRAINT fk_index_results_snapshot FOREIGN KEY (snapshot_id) REFERENCES index_snapshots (id),
    CONSTRAINT fk_index_results_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_index_results_officer FOREIGN KEY (officer_id) REFERENCES users (id)
) STRICT;
CREATE INDEX ix_index_results_snapshot ON index_results (snapshot_id, kind, id);
CREATE UNIQUE INDEX uq_index_results_authority ON index_results (snapshot_id, authority_id) WHERE authority_id IS NOT NULL;
CREATE UNIQUE INDEX uq_index_results_officer ON index_results (officer_id, snapshot_id) WHERE officer_id IS NOT NULL;

-- One index of one of them: points, of how many, and how many of which nothing is known.
CREATE TABLE index_lines (
    id TEXT NOT NULL,
    result_id TEXT NOT NULL,
    index_number INTEGER NOT NULL,
    points INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    left_out INTEGER NOT NULL,
    tenths INTEGER,
    CONSTRAINT pk_index_lines PRIMARY KEY (id),
    CONSTRAINT uq_index_lines_number UNIQUE (result_id, index_number),
    CONSTRAINT ck_index_lines_number CHECK (index_number BETWEEN 1 AND 9),
    CONSTRAINT ck_index_lines_points CHECK (points >= 0 AND points <= 2 * counted AND left_out >= 0),
    CONSTRAINT ck_index_lines_tenths CHECK ((tenths IS NULL) = (counted = 0)),
    CONSTRAINT fk_index_lines_result FOREIGN KEY (result_id) REFERENCES index_results (id)
) STRICT;

-- What the figures were worked out of, as it stood then: each dossier.
CREATE TABLE index_dossiers (
    snapshot_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    officer_id TEXT,
    finished INTEGER NOT NULL,
    timing TEXT,
    first_timing TEXT,
    contacts INTEGER,
    upheld INTEGER,
    filed_online INTEGER NOT NULL,
    online_late INTEGER NOT NULL,
    due_at TEXT,
    completed_at TEXT,
    CONSTRAINT pk_index_dossiers PRIMARY KEY (snapshot_id, dossier_id),
    CONSTRAINT ck_index_dossiers_timing CHECK (timing IN ('early', 'on_time', 'overdue')),
    CONSTRAINT ck_index_dossiers_first CHECK (first_timing IN ('early', 'on_time', 'overdue')),
    CONSTRAINT fk_index_dossiers_snapshot FOREIGN KEY (snapshot_id) REFERENCES index_snapshots (id),
    CONSTRAINT fk_index_dossiers_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_index_dossiers_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_index_dossiers_officer FOREIGN KEY (officer_id) REFERENCES users (id)
) STRICT;
CREATE INDEX ix_index_dossiers_authority ON index_dossiers (snapshot_id, authority_id, dossier_id);
CREATE INDEX ix_index_dossiers_officer ON index_dossiers (snapshot_id, officer_id, dossier_id) WHERE officer_id IS NOT NULL;

-- And each step of an internal workflow that was measured.
CREATE TABLE index_steps (
    snapshot_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    authority_id TEXT NOT NULL,
    officer_id TEXT,
    name TEXT NOT NULL,
    timing TEXT NOT NULL,
    due_at TEXT NOT NULL,
    ended_at TEXT NOT NULL,
    CONSTRAINT pk_index_steps PRIMARY KEY (snapshot_id, dossier_id, ord),
    CONSTRAINT ck_index_steps_timing CHECK (timing IN ('early', 'on_time', 'overdue')),
    CONSTRAINT fk_index_steps_dossier FOREIGN KEY (snapshot_id, dossier_id) REFERENCES index_dossiers (snapshot_id, dossier_id),
    CONSTRAINT fk_index_steps_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_index_steps_officer FOREIGN KEY (officer_id) REFERENCES users (id)
) STRICT;
CREATE INDEX ix_index_steps_authority ON index_steps (snapshot_id, authority_id, dossier_id, ord);
CREATE INDEX ix_index_steps_officer ON index_steps (snapshot_id, officer_id, dossier_id, ord) WHERE officer_id IS NOT NULL;

-- What a centre finished in a time.
CREATE INDEX ix_dossiers_centre_completed ON dossiers (centre_id, completed_at, id) WHERE completed_at IS NOT NULL;

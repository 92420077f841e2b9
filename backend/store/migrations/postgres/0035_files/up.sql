-- What is kept by its content: the bytes lie in the store of files under their SHA-256, once, whoever brought them.
CREATE TABLE stored_files (
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    media_type TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_stored_files PRIMARY KEY (sha256),
    CONSTRAINT ck_stored_files_size CHECK (size_bytes > 0)
);

-- Which file is which paper of which dossier: added, never changed. What is withdrawn says so in a row of its own;
-- the same bytes brought again after that are the next round. Only a disposal takes the name out and lets the
-- bytes go.
CREATE TABLE dossier_files (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    component_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    round INTEGER NOT NULL,
    name TEXT NOT NULL,
    digitisation INTEGER NOT NULL,
    scan TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TIMESTAMP NOT NULL,
    disposed_at TIMESTAMP,
    CONSTRAINT pk_dossier_files PRIMARY KEY (id),
    CONSTRAINT fk_dossier_files_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_dossier_files_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_dossier_files_stored FOREIGN KEY (sha256) REFERENCES stored_files (sha256),
    CONSTRAINT fk_dossier_files_user FOREIGN KEY (added_by) REFERENCES users (id),
    CONSTRAINT uq_dossier_files_round UNIQUE (dossier_id, component_id, sha256, round),
    CONSTRAINT ck_dossier_files_digitisation CHECK (digitisation IN (1, 2, 3)),
    CONSTRAINT ck_dossier_files_scan CHECK (scan IN ('none', 'clean', 'unchecked'))
);
-- The list of a dossier's files, and whether anybody still needs some bytes.
CREATE INDEX ix_dossier_files_dossier ON dossier_files (dossier_id, id);
CREATE INDEX ix_dossier_files_sha256 ON dossier_files (sha256, disposed_at);

CREATE TABLE dossier_file_withdrawals (
    file_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    withdrawn_by TEXT NOT NULL,
    withdrawn_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_dossier_file_withdrawals PRIMARY KEY (file_id),
    CONSTRAINT fk_dossier_file_withdrawals_file FOREIGN KEY (file_id) REFERENCES dossier_files (id),
    CONSTRAINT fk_dossier_file_withdrawals_user FOREIGN KEY (withdrawn_by) REFERENCES users (id)
);

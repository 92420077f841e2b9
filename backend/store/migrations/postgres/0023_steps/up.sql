-- The walk of a dossier through its procedure's internal workflow: which step from when until when.
CREATE TABLE dossier_steps (
    dossier_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    step_id TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    CONSTRAINT pk_dossier_steps PRIMARY KEY (dossier_id, ord),
    CONSTRAINT fk_dossier_steps_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_dossier_steps_user FOREIGN KEY (ended_by) REFERENCES users (id)
);

-- Typing mistakes put right after acceptance: what stood there before is kept, with the slip it was printed on.
CREATE TABLE dossier_amendments (
    id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    amended_at TIMESTAMP NOT NULL,
    amended_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    before TEXT NOT NULL,
    CONSTRAINT pk_dossier_amendments PRIMARY KEY (id),
    CONSTRAINT fk_dossier_amendments_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
);
CREATE INDEX ix_dossier_amendments_dossier ON dossier_amendments (dossier_id, amended_at);

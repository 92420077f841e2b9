-- Several dossiers of one visit stand on one slip: those after the first refer to its letter.
CREATE TABLE dossier_slips (
    dossier_id TEXT NOT NULL,
    letter_id TEXT NOT NULL,
    CONSTRAINT pk_dossier_slips PRIMARY KEY (dossier_id),
    CONSTRAINT fk_dossier_slips_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_dossier_slips_letter FOREIGN KEY (letter_id) REFERENCES dossier_letters (id)
);
CREATE INDEX ix_dossier_slips_letter ON dossier_slips (letter_id);
CREATE INDEX ix_dossiers_visit ON dossiers (visit_id) WHERE visit_id IS NOT NULL;

-- What somebody who files for another may do, and until when.
ALTER TABLE dossier_filers ADD COLUMN authorisation_scope TEXT;
ALTER TABLE dossier_filers ADD COLUMN authorisation_until DATE;

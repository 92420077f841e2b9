-- Declarations that the officer fills in. What stands in their fields, where it comes from and who typed it is one
-- JSON text: it is read and written whole. Once signed nothing of a row changes; only a disposal takes the values out.
CREATE TABLE declarations (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    dossier_id TEXT,
    form_code TEXT NOT NULL,
    form_number TEXT NOT NULL,
    state TEXT NOT NULL,
    entries TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    signed_by TEXT,
    signed_at TIMESTAMP,
    signed_how TEXT,
    paper_sha256 TEXT,
    disposed_at TIMESTAMP,
    version BIGINT NOT NULL,
    CONSTRAINT pk_declarations PRIMARY KEY (id),
    CONSTRAINT fk_declarations_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_declarations_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_declarations_creator FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT fk_declarations_signer FOREIGN KEY (signed_by) REFERENCES users (id),
    CONSTRAINT ck_declarations_state CHECK (state IN ('draft', 'read_back', 'signed')),
    CONSTRAINT ck_declarations_how CHECK (signed_how IN ('paper', 'screen')),
    CONSTRAINT ck_declarations_signed CHECK ((state = 'signed') = (signed_at IS NOT NULL AND signed_by IS NOT NULL AND signed_how IS NOT NULL AND paper_sha256 IS NOT NULL))
);
-- A centre's declarations, newest first; those of a dossier; what nobody touches any more.
CREATE INDEX ix_declarations_centre ON declarations (centre_id, id);
CREATE INDEX ix_declarations_dossier ON declarations (dossier_id, id);
CREATE INDEX ix_declarations_updated ON declarations (state, updated_at);

-- Who stands in a declaration, by number: what was declared earlier is found by it, and what is held about a person.
CREATE TABLE declaration_people (
    declaration_id TEXT NOT NULL,
    party TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    identity_number TEXT NOT NULL,
    CONSTRAINT pk_declaration_people PRIMARY KEY (declaration_id, party),
    CONSTRAINT fk_declaration_people_declaration FOREIGN KEY (declaration_id) REFERENCES declarations (id)
);
CREATE INDEX ix_declaration_people_number ON declaration_people (centre_id, identity_number, declaration_id);

-- The paper as it was signed, in base64: the same bytes for ever.
CREATE TABLE declaration_papers (
    declaration_id TEXT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_declaration_papers PRIMARY KEY (declaration_id),
    CONSTRAINT fk_declaration_papers_declaration FOREIGN KEY (declaration_id) REFERENCES declarations (id)
);

-- What an administrator prepares: one draft of a procedure at a time, until it is published or thrown away.
CREATE TABLE procedure_drafts (
    id TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    base_version INTEGER NOT NULL,
    data TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_by TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_procedure_drafts PRIMARY KEY (id),
    CONSTRAINT uq_procedure_drafts_code UNIQUE (procedure_code),
    CONSTRAINT fk_procedure_drafts_created_by FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT fk_procedure_drafts_updated_by FOREIGN KEY (updated_by) REFERENCES users (id)
);

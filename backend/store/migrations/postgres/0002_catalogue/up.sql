-- Procedures and their versions; a published version is never rewritten.
CREATE TABLE procedure_versions (
    id TEXT NOT NULL,
    procedure_code TEXT NOT NULL,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    search_text TEXT NOT NULL,
    field_code TEXT NOT NULL,
    field TEXT NOT NULL,
    in_force_from DATE NOT NULL,
    in_force_to DATE,
    online_level TEXT NOT NULL,
    on_the_spot BOOLEAN NOT NULL,
    data TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_procedure_versions PRIMARY KEY (id),
    CONSTRAINT uq_procedure_versions_number UNIQUE (procedure_code, version),
    CONSTRAINT ck_procedure_versions_level CHECK (online_level IN ('full', 'partial', 'none'))
);
CREATE INDEX ix_procedure_versions_field ON procedure_versions (field_code, procedure_code, version);

-- Calendars: days off, make-up days and shifts, as versions with the notice they come from.
CREATE TABLE calendar_versions (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    data TEXT NOT NULL,
    source TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_calendar_versions PRIMARY KEY (id),
    CONSTRAINT uq_calendar_versions_number UNIQUE (centre_id, number),
    CONSTRAINT fk_calendar_versions_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
);

-- What a dossier costs, as it was worked out: never changed, a mistake is answered by the next number.
CREATE TABLE fee_assessments (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    assessed_at TEXT NOT NULL,
    assessed_by TEXT NOT NULL,
    gross_vnd INTEGER NOT NULL,
    waived_vnd INTEGER NOT NULL,
    net_vnd INTEGER NOT NULL,
    due TEXT NOT NULL,
    data TEXT NOT NULL,
    CONSTRAINT pk_fee_assessments PRIMARY KEY (id),
    CONSTRAINT uq_fee_assessments_number UNIQUE (dossier_id, number),
    CONSTRAINT ck_fee_assessments_net CHECK (net_vnd >= 0 AND waived_vnd >= 0 AND net_vnd = gross_vnd - waived_vnd),
    CONSTRAINT ck_fee_assessments_due CHECK (due IN ('before_handling', 'before_result', 'at_collection')),
    CONSTRAINT fk_fee_assessments_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_fee_assessments_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_fee_assessments_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_fee_assessments_user FOREIGN KEY (assessed_by) REFERENCES users (id)
) STRICT;

-- The ledger of a centre: one entry for each thing that happened to money, from 1 without a gap, only ever added to.
CREATE TABLE ledger_entries (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    assessment_id TEXT NOT NULL,
    actor_id TEXT,
    method TEXT,
    reference TEXT,
    reverses_id TEXT,
    CONSTRAINT pk_ledger_entries PRIMARY KEY (id),
    CONSTRAINT uq_ledger_entries_seq UNIQUE (centre_id, seq),
    CONSTRAINT uq_ledger_entries_reverses UNIQUE (reverses_id),
    CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('assessed', 'reversed', 'cancelled', 'paid')),
    CONSTRAINT ck_ledger_entries_paid CHECK ((kind = 'paid') = (method IS NOT NULL)),
    CONSTRAINT ck_ledger_entries_reverses CHECK ((kind IN ('reversed', 'cancelled')) = (reverses_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_ledger_entries_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_ledger_entries_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_ledger_entries_assessment FOREIGN KEY (assessment_id) REFERENCES fee_assessments (id),
    CONSTRAINT fk_ledger_entries_user FOREIGN KEY (actor_id) REFERENCES users (id),
    CONSTRAINT fk_ledger_entries_reverses FOREIGN KEY (reverses_id) REFERENCES ledger_entries (id)
) STRICT;
CREATE INDEX ix_ledger_entries_dossier ON ledger_entries (dossier_id, seq);

-- What an entry moves: debits are positive, credits negative, and each entry's sum is nought.
CREATE TABLE ledger_postings (
    entry_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    account TEXT NOT NULL,
    money_kind TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    CONSTRAINT pk_ledger_postings PRIMARY KEY (entry_id, ord),
    CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card')),
    CONSTRAINT ck_ledger_postings_kind CHECK (money_kind IN ('phi', 'le_phi')),
    CONSTRAINT ck_ledger_postings_amount CHECK (amount_vnd <> 0),
    CONSTRAINT fk_ledger_postings_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id)
) STRICT;

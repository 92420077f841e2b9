-- Receipts run in series: one of each collecting body, sort of money, form and symbol; their numbers begin at 1 each year.
CREATE TABLE receipt_series (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    money_kind TEXT NOT NULL,
    medium TEXT NOT NULL,
    form_symbol TEXT NOT NULL,
    serial_symbol TEXT NOT NULL,
    body_name TEXT NOT NULL,
    tax_code TEXT NOT NULL,
    address TEXT NOT NULL,
    source TEXT NOT NULL,
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_receipt_series PRIMARY KEY (id),
    CONSTRAINT uq_receipt_series_symbol UNIQUE (authority_id, form_symbol, serial_symbol),
    CONSTRAINT ck_receipt_series_kind CHECK (money_kind IN ('phi', 'le_phi')),
    CONSTRAINT ck_receipt_series_medium CHECK (medium IN ('paper', 'electronic')),
    CONSTRAINT ck_receipt_series_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    CONSTRAINT fk_receipt_series_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_receipt_series_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_receipt_series_opened FOREIGN KEY (opened_by) REFERENCES users (id),
    CONSTRAINT fk_receipt_series_ended FOREIGN KEY (ended_by) REFERENCES users (id)
) STRICT;
-- An authority gives its receipts of one sort in one series at a time.
CREATE UNIQUE INDEX uq_receipt_series_open ON receipt_series (authority_id, money_kind) WHERE ended_at IS NULL;
CREATE INDEX ix_receipt_series_centre ON receipt_series (centre_id, id);

-- What was given for money, as it was given. Nothing of it is changed but whether it still holds.
CREATE TABLE receipts (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    series_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    money_kind TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    dossier_code TEXT,
    entry_id TEXT NOT NULL,
    payer_name TEXT NOT NULL,
    payer_number TEXT,
    payer_address TEXT,
    lines TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    method TEXT NOT NULL,
    reference TEXT,
    issued_at TEXT NOT NULL,
    issued_by TEXT,
    replaces_id TEXT,
    replaced_because TEXT,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_receipts PRIMARY KEY (id),
    CONSTRAINT uq_receipts_number UNIQUE (series_id, year, number),
    CONSTRAINT uq_receipts_replaces UNIQUE (replaces_id),
    CONSTRAINT ck_receipts_kind CHECK (money_kind IN ('phi', 'le_phi')),
    CONSTRAINT ck_receipts_state CHECK (state IN ('valid', 'replaced', 'voided')),
    CONSTRAINT ck_receipts_number CHECK (number BETWEEN 1 AND 99999999),
    CONSTRAINT ck_receipts_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_receipts_replaces CHECK ((replaces_id IS NULL) = (replaced_because IS NULL)),
    CONSTRAINT fk_receipts_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_receipts_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_receipts_series FOREIGN KEY (series_id) REFERENCES receipt_series (id),
    CONSTRAINT fk_receipts_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_receipts_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id),
    CONSTRAINT fk_receipts_issued FOREIGN KEY (issued_by) REFERENCES users (id),
    CONSTRAINT fk_receipts_replaces FOREIGN KEY (replaces_id) REFERENCES receipts (id)
) STRICT;
-- Of one payment and one sort of money one receipt holds.
CREATE UNIQUE INDEX uq_receipts_entry ON receipts (entry_id, money_kind) WHERE state = 'valid';
CREATE INDEX ix_receipts_entry ON receipts (entry_id);
CREATE INDEX ix_receipts_dossier ON receipts (dossier_id, id);
CREATE INDEX ix_receipts_centre ON receipts (centre_id, id);
CREATE INDEX ix_receipts_authority ON receipts (authority_id, id);

-- That a collection was none: asked for by the cashier, granted by somebody else, on the same day only.
CREATE TABLE collection_voids (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    dossier_code TEXT,
    entry_id TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    decision_reason TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_collection_voids PRIMARY KEY (id),
    CONSTRAINT ck_collection_voids_state CHECK (state IN ('proposed', 'approved', 'rejected')),
    CONSTRAINT ck_collection_voids_decided CHECK ((decided_by IS NULL) = (state = 'proposed') AND (decided_by IS NULL) = (decided_at IS NULL) AND decided_by <> proposed_by),
    CONSTRAINT fk_collection_voids_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_collection_voids_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_collection_voids_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_collection_voids_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id),
    CONSTRAINT fk_collection_voids_proposed FOREIGN KEY (proposed_by) REFERENCES users (id),
    CONSTRAINT fk_collection_voids_decided FOREIGN KEY (decided_by) REFERENCES users (id)
) STRICT;
-- Of one payment one is waited for, and one is granted.
CREATE UNIQUE INDEX uq_collection_voids_entry ON collection_voids (entry_id) WHERE state <> 'rejected';
CREATE INDEX ix_collection_voids_centre ON collection_voids (centre_id, id);
CREATE INDEX ix_collection_voids_authority ON collection_voids (authority_id, id);
CREATE INDEX ix_collection_voids_dossier ON collection_voids (dossier_id);

-- Money that was collected while its authority had no series: what of it is still to be receipted. The id is the payment's in the ledger.
CREATE TABLE receipts_owed (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    phi_vnd INTEGER NOT NULL,
    le_phi_vnd INTEGER NOT NULL,
    since TEXT NOT NULL,
    CONSTRAINT pk_receipts_owed PRIMARY KEY (id),
    CONSTRAINT ck_receipts_owed_amount CHECK (phi_vnd >= 0 AND le_phi_vnd >= 0 AND phi_vnd + le_phi_vnd > 0),
    CONSTRAINT fk_receipts_owed_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_receipts_owed_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_receipts_owed_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_receipts_owed_entry FOREIGN KEY (id) REFERENCES ledger_entries (id)
) STRICT;
CREATE INDEX ix_receipts_owed_dossier ON receipts_owed (dossier_id);
CREATE INDEX ix_receipts_owed_centre ON receipts_owed (centre_id, id);
CREATE INDEX ix_receipts_owed_authority ON receipts_owed (authority_id, id);

-- What was paid before there were receipts has none.
INSERT INTO receipts_owed (id, centre_id, authority_id, dossier_id, phi_vnd, le_phi_vnd, since)
    SELECT e.id, e.centre_id, e.authority_id, e.dossier_id,
        SUM(CASE p.money_kind WHEN 'phi' THEN -p.amount_vnd ELSE 0 END),
        SUM(CASE p.money_kind WHEN 'le_phi' THEN -p.amount_vnd ELSE 0 END),
        e.at
    FROM ledger_entries e INNER JOIN ledger_postings p ON p.entry_id = e.id
    WHERE e.kind = 'paid' AND p.account = 'receivable'
    GROUP BY e.id, e.centre_id, e.authority_id, e.dossier_id, e.at;

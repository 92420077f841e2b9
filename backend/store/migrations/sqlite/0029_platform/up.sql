-- Tables that others refer to are made anew with what they held: whether every reference holds is asked at the end.
PRAGMA defer_foreign_keys = ON;

-- The payment platform says what was paid online; the bank tells of it later.
CREATE TABLE collections_unbanked_before AS SELECT id, centre_id, authority_id, dossier_id, method, amount_vnd, reference, collected_by, collected_at FROM collections_unbanked;
DROP TABLE collections_unbanked;
CREATE TABLE collections_unbanked (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    method TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    reference TEXT,
    collected_by TEXT,
    collected_at TEXT NOT NULL,
    CONSTRAINT pk_collections_unbanked PRIMARY KEY (id),
    CONSTRAINT ck_collections_unbanked_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_collections_unbanked_method CHECK (method IN ('transfer', 'card', 'cash', 'online')),
    CONSTRAINT fk_collections_unbanked_entry FOREIGN KEY (id) REFERENCES ledger_entries (id),
    CONSTRAINT fk_collections_unbanked_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_collections_unbanked_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_collections_unbanked_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_collections_unbanked_user FOREIGN KEY (collected_by) REFERENCES users (id)
) STRICT;
INSERT INTO collections_unbanked (id, centre_id, authority_id, dossier_id, method, amount_vnd, reference, collected_by, collected_at) SELECT id, centre_id, authority_id, dossier_id, method, amount_vnd, reference, collected_by, collected_at FROM collections_unbanked_before;
DROP TABLE collections_unbanked_before;
CREATE INDEX ix_collections_unbanked_centre ON collections_unbanked (centre_id, id);
CREATE INDEX ix_collections_unbanked_authority ON collections_unbanked (authority_id, id);
CREATE INDEX ix_collections_unbanked_amount ON collections_unbanked (authority_id, amount_vnd, id);
CREATE TABLE ledger_postings_before AS SELECT entry_id, ord, account, money_kind, amount_vnd FROM ledger_postings;
DROP TABLE ledger_postings;
CREATE TABLE ledger_postings (
    entry_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    account TEXT NOT NULL,
    money_kind TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    CONSTRAINT pk_ledger_postings PRIMARY KEY (entry_id, ord),
    CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card', 'cash', 'platform', 'bank', 'suspense', 'treasury')),
    CONSTRAINT ck_ledger_postings_kind CHECK (money_kind IN ('phi', 'le_phi', 'unsorted')),
    CONSTRAINT ck_ledger_postings_amount CHECK (amount_vnd <> 0),
    CONSTRAINT fk_ledger_postings_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id)
) STRICT;
INSERT INTO ledger_postings (entry_id, ord, account, money_kind, amount_vnd) SELECT entry_id, ord, account, money_kind, amount_vnd FROM ledger_postings_before;
DROP TABLE ledger_postings_before;

-- What is told may be kept without anything being made of it.
CREATE TABLE bank_notifications_before AS SELECT id, adapter, message_id, received_at, state, reason, body, attempts, centre_id, transaction_id FROM bank_notifications;
DROP TABLE bank_notifications;
CREATE TABLE bank_notifications (
    id TEXT NOT NULL,
    adapter TEXT NOT NULL,
    message_id TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    centre_id TEXT,
    transaction_id TEXT,
    CONSTRAINT pk_bank_notifications PRIMARY KEY (id),
    CONSTRAINT ck_bank_notifications_state CHECK (state IN ('stored', 'done', 'unknown_account', 'not_applied', 'refused')),
    CONSTRAINT fk_bank_notifications_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;
INSERT INTO bank_notifications (id, adapter, message_id, received_at, state, reason, body, attempts, centre_id, transaction_id) SELECT id, adapter, message_id, received_at, state, reason, body, attempts, centre_id, transaction_id FROM bank_notifications_before;
DROP TABLE bank_notifications_before;
CREATE UNIQUE INDEX uq_bank_notifications_message ON bank_notifications (adapter, message_id) WHERE state <> 'refused';
CREATE INDEX ix_bank_notifications_stored ON bank_notifications (attempts, id) WHERE state = 'stored';
CREATE INDEX ix_bank_notifications_refused ON bank_notifications (received_at) WHERE state = 'refused';
CREATE INDEX ix_bank_notifications_centre ON bank_notifications (centre_id, id);

-- What of a collection goes back has a receipt of its own, less than nought.
CREATE TABLE receipts_before AS SELECT id, centre_id, authority_id, series_id, year, number, money_kind, dossier_id, dossier_code, entry_id, payer_name, payer_number, payer_address, lines, amount_vnd, method, reference, issued_at, issued_by, replaces_id, replaced_because, state, version FROM receipts;
DROP TABLE receipts;
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
    adjusts_id TEXT,
    CONSTRAINT pk_receipts PRIMARY KEY (id),
    CONSTRAINT uq_receipts_number UNIQUE (series_id, year, number),
    CONSTRAINT uq_receipts_replaces UNIQUE (replaces_id),
    CONSTRAINT ck_receipts_kind CHECK (money_kind IN ('phi', 'le_phi')),
    CONSTRAINT ck_receipts_state CHECK (state IN ('valid', 'replaced', 'voided')),
    CONSTRAINT ck_receipts_number CHECK (number BETWEEN 1 AND 99999999),
    CONSTRAINT ck_receipts_amount CHECK ((adjusts_id IS NULL) = (amount_vnd > 0) AND amount_vnd <> 0),
    CONSTRAINT uq_receipts_adjusts UNIQUE (adjusts_id),
    CONSTRAINT fk_receipts_adjusts FOREIGN KEY (adjusts_id) REFERENCES receipts (id),
    CONSTRAINT ck_receipts_replaces CHECK ((replaces_id IS NULL) = (replaced_because IS NULL)),
    CONSTRAINT fk_receipts_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_receipts_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_receipts_series FOREIGN KEY (series_id) REFERENCES receipt_series (id),
    CONSTRAINT fk_receipts_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_receipts_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id),
    CONSTRAINT fk_receipts_issued FOREIGN KEY (issued_by) REFERENCES users (id),
    CONSTRAINT fk_receipts_replaces FOREIGN KEY (replaces_id) REFERENCES receipts (id)
) STRICT;
INSERT INTO receipts (id, centre_id, authority_id, series_id, year, number, money_kind, dossier_id, dossier_code, entry_id, payer_name, payer_number, payer_address, lines, amount_vnd, method, reference, issued_at, issued_by, replaces_id, replaced_because, state, version) SELECT id, centre_id, authority_id, series_id, year, number, money_kind, dossier_id, dossier_code, entry_id, payer_name, payer_number, payer_address, lines, amount_vnd, method, reference, issued_at, issued_by, replaces_id, replaced_because, state, version FROM receipts_before;
DROP TABLE receipts_before;
CREATE UNIQUE INDEX uq_receipts_entry ON receipts (entry_id, money_kind) WHERE state = 'valid';
CREATE INDEX ix_receipts_entry ON receipts (entry_id);
CREATE INDEX ix_receipts_dossier ON receipts (dossier_id, id);
CREATE INDEX ix_receipts_centre ON receipts (centre_id, id);
CREATE INDEX ix_receipts_authority ON receipts (authority_id, id);
CREATE INDEX ix_receipts_payer ON receipts (payer_number, id) WHERE payer_number IS NOT NULL;

-- What goes back is money that came, or what a receipt was given for. That is named without a foreign key: its entry in the ledger
-- may be a refund's in turn, and tables that refer to each other in a ring cannot be restored one after the other.
CREATE TABLE refunds_before AS SELECT id, centre_id, authority_id, transaction_id, amount_vnd, to_name, to_bank, to_account, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision_reason, paid_by, paid_at, bank_reference, version FROM refunds;
DROP TABLE refunds;
CREATE TABLE refunds (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    transaction_id TEXT,
    amount_vnd INTEGER NOT NULL,
    to_name TEXT NOT NULL,
    to_bank TEXT NOT NULL,
    to_account TEXT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    decision_reason TEXT,
    paid_by TEXT,
    paid_at TEXT,
    bank_reference TEXT,
    version INTEGER NOT NULL,
    receipt_id TEXT,
    receipt_name TEXT,
    dossier_code TEXT,
    CONSTRAINT pk_refunds PRIMARY KEY (id),
    CONSTRAINT ck_refunds_state CHECK (state IN ('proposed', 'approved', 'rejected', 'paid_out')),
    CONSTRAINT ck_refunds_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_refunds_decided CHECK ((decided_by IS NULL) = (state = 'proposed') AND (decided_by IS NULL) = (decided_at IS NULL) AND decided_by <> proposed_by),
    CONSTRAINT ck_refunds_paid CHECK ((paid_by IS NULL) = (state <> 'paid_out') AND (paid_by IS NULL) = (paid_at IS NULL) AND (paid_by IS NULL) = (bank_reference IS NULL)),
    CONSTRAINT ck_refunds_subject CHECK ((transaction_id IS NULL) <> (receipt_id IS NULL) AND (receipt_id IS NULL) = (receipt_name IS NULL)),
    CONSTRAINT fk_refunds_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_refunds_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_refunds_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_refunds_proposed FOREIGN KEY (proposed_by) REFERENCES users (id),
    CONSTRAINT fk_refunds_decided FOREIGN KEY (decided_by) REFERENCES users (id),
    CONSTRAINT fk_refunds_paid FOREIGN KEY (paid_by) REFERENCES users (id)
) STRICT;
INSERT INTO refunds (id, centre_id, authority_id, transaction_id, amount_vnd, to_name, to_bank, to_account, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision_reason, paid_by, paid_at, bank_reference, version) SELECT id, centre_id, authority_id, transaction_id, amount_vnd, to_name, to_bank, to_account, reason, state, proposed_by, proposed_at, decided_by, decided_at, decision_reason, paid_by, paid_at, bank_reference, version FROM refunds_before;
DROP TABLE refunds_before;
CREATE UNIQUE INDEX uq_refunds_transaction ON refunds (transaction_id) WHERE state <> 'rejected';
CREATE INDEX ix_refunds_centre ON refunds (centre_id, id);
CREATE INDEX ix_refunds_authority ON refunds (authority_id, id);
CREATE INDEX ix_refunds_reference ON refunds (authority_id, bank_reference) WHERE bank_reference IS NOT NULL;
-- What a receipt was given for goes back once.
CREATE UNIQUE INDEX uq_refunds_receipt ON refunds (receipt_id) WHERE receipt_id IS NOT NULL AND state <> 'rejected';

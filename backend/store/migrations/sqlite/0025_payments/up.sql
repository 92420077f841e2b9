-- Where an authority collects: what a payer's money goes to. Named by one, confirmed by another, ended by the next.
CREATE TABLE collection_accounts (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    bank_bin TEXT NOT NULL,
    account_number TEXT NOT NULL,
    holder TEXT NOT NULL,
    source TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    confirmed_by TEXT,
    confirmed_at TEXT,
    ended_by TEXT,
    ended_at TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_collection_accounts PRIMARY KEY (id),
    CONSTRAINT ck_collection_accounts_confirmed CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL) AND confirmed_by <> proposed_by),
    CONSTRAINT ck_collection_accounts_ended CHECK ((ended_by IS NULL) = (ended_at IS NULL)),
    CONSTRAINT fk_collection_accounts_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_collection_accounts_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_collection_accounts_proposed FOREIGN KEY (proposed_by) REFERENCES users (id),
    CONSTRAINT fk_collection_accounts_confirmed FOREIGN KEY (confirmed_by) REFERENCES users (id),
    CONSTRAINT fk_collection_accounts_ended FOREIGN KEY (ended_by) REFERENCES users (id)
) STRICT;
-- One account collects for an authority at a time, and an account collects for one authority.
CREATE UNIQUE INDEX uq_collection_accounts_authority ON collection_accounts (authority_id) WHERE confirmed_at IS NOT NULL AND ended_at IS NULL;
CREATE UNIQUE INDEX uq_collection_accounts_number ON collection_accounts (bank_bin, account_number) WHERE ended_at IS NULL;
CREATE INDEX ix_collection_accounts_centre ON collection_accounts (centre_id, id);
CREATE INDEX ix_collection_accounts_number ON collection_accounts (bank_bin, account_number, id);

-- What is asked of a payer, under a reference that is never used again.
CREATE TABLE payment_requests (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    assessment_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    received_vnd INTEGER NOT NULL,
    state TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    closed_at TEXT,
    closed_by TEXT,
    reason TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_payment_requests PRIMARY KEY (id),
    CONSTRAINT uq_payment_requests_reference UNIQUE (reference),
    CONSTRAINT ck_payment_requests_state CHECK (state IN ('waiting', 'partly_paid', 'paid', 'overpaid', 'expired', 'cancelled')),
    CONSTRAINT ck_payment_requests_closed CHECK ((closed_at IS NULL) = (state IN ('waiting', 'partly_paid'))),
    CONSTRAINT ck_payment_requests_amount CHECK (amount_vnd > 0 AND received_vnd >= 0),
    CONSTRAINT fk_payment_requests_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_payment_requests_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_payment_requests_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_payment_requests_assessment FOREIGN KEY (assessment_id) REFERENCES fee_assessments (id),
    CONSTRAINT fk_payment_requests_account FOREIGN KEY (account_id) REFERENCES collection_accounts (id),
    CONSTRAINT fk_payment_requests_created FOREIGN KEY (created_by) REFERENCES users (id),
    CONSTRAINT fk_payment_requests_closed FOREIGN KEY (closed_by) REFERENCES users (id)
) STRICT;
-- Of one dossier one thing is asked at a time.
CREATE UNIQUE INDEX uq_payment_requests_open ON payment_requests (dossier_id) WHERE closed_at IS NULL;
CREATE INDEX ix_payment_requests_dossier ON payment_requests (dossier_id, id);
CREATE INDEX ix_payment_requests_centre ON payment_requests (centre_id, id);
CREATE INDEX ix_payment_requests_authority ON payment_requests (authority_id, id);

-- What a bank told, word for word, before anything is made of it; and what was refused, with why.
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
    CONSTRAINT ck_bank_notifications_state CHECK (state IN ('stored', 'done', 'unknown_account', 'refused')),
    CONSTRAINT fk_bank_notifications_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;
-- The same message twice is one; what was refused is nobody's message.
CREATE UNIQUE INDEX uq_bank_notifications_message ON bank_notifications (adapter, message_id) WHERE state <> 'refused';
CREATE INDEX ix_bank_notifications_stored ON bank_notifications (attempts, id) WHERE state = 'stored';
CREATE INDEX ix_bank_notifications_refused ON bank_notifications (received_at) WHERE state = 'refused';
CREATE INDEX ix_bank_notifications_centre ON bank_notifications (centre_id, id);

-- Money that came to an account that collects: each once, however often it is told.
CREATE TABLE bank_transactions (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    bank_reference TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    refund_vnd INTEGER NOT NULL,
    description TEXT NOT NULL,
    payer_name TEXT,
    payer_account TEXT,
    booked_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    state TEXT NOT NULL,
    request_id TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_bank_transactions PRIMARY KEY (id),
    CONSTRAINT uq_bank_transactions_reference UNIQUE (account_id, bank_reference),
    CONSTRAINT ck_bank_transactions_state CHECK (state IN ('matched', 'held', 'to_refund', 'unmatched', 'refunded')),
    CONSTRAINT ck_bank_transactions_request CHECK ((request_id IS NULL AND state IN ('unmatched', 'refunded')) OR (request_id IS NOT NULL AND state <> 'unmatched')),
    CONSTRAINT ck_bank_transactions_amount CHECK (amount_vnd > 0 AND refund_vnd >= 0 AND refund_vnd <= amount_vnd),
    CONSTRAINT fk_bank_transactions_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_bank_transactions_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_bank_transactions_account FOREIGN KEY (account_id) REFERENCES collection_accounts (id),
    CONSTRAINT fk_bank_transactions_request FOREIGN KEY (request_id) REFERENCES payment_requests (id)
) STRICT;
CREATE INDEX ix_bank_transactions_request ON bank_transactions (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX ix_bank_transactions_centre ON bank_transactions (centre_id, id);
CREATE INDEX ix_bank_transactions_authority ON bank_transactions (authority_id, id);

-- Money that goes back: proposed by one, approved by another, paid out by its bank's reference.
CREATE TABLE refunds (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
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
    CONSTRAINT pk_refunds PRIMARY KEY (id),
    CONSTRAINT ck_refunds_state CHECK (state IN ('proposed', 'approved', 'rejected', 'paid_out')),
    CONSTRAINT ck_refunds_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_refunds_decided CHECK ((decided_by IS NULL) = (state = 'proposed') AND (decided_by IS NULL) = (decided_at IS NULL) AND decided_by <> proposed_by),
    CONSTRAINT ck_refunds_paid CHECK ((paid_by IS NULL) = (state <> 'paid_out') AND (paid_by IS NULL) = (paid_at IS NULL) AND (paid_by IS NULL) = (bank_reference IS NULL)),
    CONSTRAINT fk_refunds_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_refunds_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_refunds_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_refunds_proposed FOREIGN KEY (proposed_by) REFERENCES users (id),
    CONSTRAINT fk_refunds_decided FOREIGN KEY (decided_by) REFERENCES users (id),
    CONSTRAINT fk_refunds_paid FOREIGN KEY (paid_by) REFERENCES users (id)
) STRICT;
-- What goes back goes back once.
CREATE UNIQUE INDEX uq_refunds_transaction ON refunds (transaction_id) WHERE state <> 'rejected';
CREATE INDEX ix_refunds_centre ON refunds (centre_id, id);
CREATE INDEX ix_refunds_authority ON refunds (authority_id, id);

-- What the cashier's list shows first: what is to be paid now.
CREATE INDEX ix_dossiers_centre_fee_due ON dossiers (centre_id, id) WHERE payment_state = 'due';
CREATE INDEX ix_dossiers_authority_fee_due ON dossiers (authority_id, id) WHERE payment_state = 'due';

-- The ledger takes money that came before it is known whose it is.
CREATE TABLE ledger_entries_new (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT,
    assessment_id TEXT,
    actor_id TEXT,
    method TEXT,
    reference TEXT,
    reverses_id TEXT,
    transaction_id TEXT,
    refund_id TEXT,
    CONSTRAINT pk_ledger_entries PRIMARY KEY (id),
    CONSTRAINT uq_ledger_entries_seq UNIQUE (centre_id, seq),
    CONSTRAINT uq_ledger_entries_reverses UNIQUE (reverses_id),
    CONSTRAINT uq_ledger_entries_transaction UNIQUE (transaction_id),
    CONSTRAINT uq_ledger_entries_refund UNIQUE (refund_id),
    CONSTRAINT ck_ledger_entries_subject CHECK ((dossier_id IS NULL) = (assessment_id IS NULL) AND (kind IN ('received', 'refunded')) = (dossier_id IS NULL) AND (kind = 'received') = (transaction_id IS NOT NULL) AND (kind = 'refunded') = (refund_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_ledger_entries_refund FOREIGN KEY (refund_id) REFERENCES refunds (id),
    CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('assessed', 'reversed', 'cancelled', 'paid', 'received', 'refunded')),
    CONSTRAINT ck_ledger_entries_paid CHECK ((kind = 'paid') = (method IS NOT NULL)),
    CONSTRAINT ck_ledger_entries_reverses CHECK ((kind IN ('reversed', 'cancelled')) = (reverses_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_ledger_entries_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_ledger_entries_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_ledger_entries_assessment FOREIGN KEY (assessment_id) REFERENCES fee_assessments (id),
    CONSTRAINT fk_ledger_entries_user FOREIGN KEY (actor_id) REFERENCES users (id),
    CONSTRAINT fk_ledger_entries_reverses FOREIGN KEY (reverses_id) REFERENCES ledger_entries_new (id)
) STRICT;
INSERT INTO ledger_entries_new (id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id)
    SELECT id, centre_id, seq, at, kind, authority_id, dossier_id, assessment_id, actor_id, method, reference, reverses_id FROM ledger_entries ORDER BY centre_id, seq;
CREATE TABLE ledger_postings_new (
    entry_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    account TEXT NOT NULL,
    money_kind TEXT NOT NULL,
    amount_vnd INTEGER NOT NULL,
    CONSTRAINT pk_ledger_postings PRIMARY KEY (entry_id, ord),
    CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card', 'bank', 'suspense')),
    CONSTRAINT ck_ledger_postings_kind CHECK (money_kind IN ('phi', 'le_phi', 'unsorted')),
    CONSTRAINT ck_ledger_postings_amount CHECK (amount_vnd <> 0),
    CONSTRAINT fk_ledger_postings_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries_new (id)
) STRICT;
INSERT INTO ledger_postings_new SELECT entry_id, ord, account, money_kind, amount_vnd FROM ledger_postings;
DROP TABLE ledger_postings;
DROP TABLE ledger_entries;
ALTER TABLE ledger_entries_new RENAME TO ledger_entries;
ALTER TABLE ledger_postings_new RENAME TO ledger_postings;
CREATE INDEX ix_ledger_entries_dossier ON ledger_entries (dossier_id, seq);

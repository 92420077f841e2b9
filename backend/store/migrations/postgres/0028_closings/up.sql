-- Money that came may have been collected before by a cashier's word.
ALTER TABLE bank_transactions DROP CONSTRAINT ck_bank_transactions_state;
ALTER TABLE bank_transactions ADD CONSTRAINT ck_bank_transactions_state CHECK (state IN ('matched', 'held', 'to_refund', 'unmatched', 'refunded', 'placed'));
ALTER TABLE bank_transactions DROP CONSTRAINT ck_bank_transactions_request;
ALTER TABLE bank_transactions ADD CONSTRAINT ck_bank_transactions_request CHECK ((request_id IS NULL AND state IN ('unmatched', 'refunded', 'placed')) OR (request_id IS NOT NULL AND state NOT IN ('unmatched', 'placed')));

-- Money that came, held against what cashiers said was transferred, paid by card or paid in: one movement, one or many collections.
CREATE TABLE bank_placements (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    amount_vnd BIGINT NOT NULL,
    placed_by TEXT,
    placed_at TIMESTAMP NOT NULL,
    undone_by TEXT,
    undone_at TIMESTAMP,
    undone_because TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_bank_placements PRIMARY KEY (id),
    CONSTRAINT ck_bank_placements_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_bank_placements_undone CHECK ((undone_by IS NULL) = (undone_at IS NULL) AND (undone_by IS NULL) = (undone_because IS NULL)),
    CONSTRAINT fk_bank_placements_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_bank_placements_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_bank_placements_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_bank_placements_placed FOREIGN KEY (placed_by) REFERENCES users (id),
    CONSTRAINT fk_bank_placements_undone FOREIGN KEY (undone_by) REFERENCES users (id)
);
-- A movement is placed once at a time.
CREATE UNIQUE INDEX uq_bank_placements_transaction ON bank_placements (transaction_id) WHERE undone_at IS NULL;
CREATE INDEX ix_bank_placements_centre ON bank_placements (centre_id, id);
CREATE INDEX ix_bank_placements_authority ON bank_placements (authority_id, id);

-- Which collections a movement was held against. The entry is the payment's in the ledger.
CREATE TABLE bank_placement_lines (
    placement_id TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    undone_at TIMESTAMP,
    CONSTRAINT pk_bank_placement_lines PRIMARY KEY (placement_id, entry_id),
    CONSTRAINT fk_bank_placement_lines_placement FOREIGN KEY (placement_id) REFERENCES bank_placements (id),
    CONSTRAINT fk_bank_placement_lines_entry FOREIGN KEY (entry_id) REFERENCES ledger_entries (id)
);
-- A collection is held against one movement at a time.
CREATE UNIQUE INDEX uq_bank_placement_lines_entry ON bank_placement_lines (entry_id) WHERE undone_at IS NULL;

-- What cashiers collected by their own word and no bank has told of yet. The id is the payment's in the ledger.
CREATE TABLE collections_unbanked (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    method TEXT NOT NULL,
    amount_vnd BIGINT NOT NULL,
    reference TEXT,
    collected_by TEXT,
    collected_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_collections_unbanked PRIMARY KEY (id),
    CONSTRAINT ck_collections_unbanked_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_collections_unbanked_method CHECK (method IN ('transfer', 'card', 'cash')),
    CONSTRAINT fk_collections_unbanked_entry FOREIGN KEY (id) REFERENCES ledger_entries (id),
    CONSTRAINT fk_collections_unbanked_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_collections_unbanked_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_collections_unbanked_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_collections_unbanked_user FOREIGN KEY (collected_by) REFERENCES users (id)
);
CREATE INDEX ix_collections_unbanked_centre ON collections_unbanked (centre_id, id);
CREATE INDEX ix_collections_unbanked_authority ON collections_unbanked (authority_id, id);
CREATE INDEX ix_collections_unbanked_amount ON collections_unbanked (authority_id, amount_vnd, id);

-- What of a month's money went on to the State Treasury, and what of the phí the body keeps by its instrument.
CREATE TABLE treasury_transfers (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    month DATE NOT NULL,
    phi_vnd BIGINT NOT NULL,
    le_phi_vnd BIGINT NOT NULL,
    kept_phi_vnd BIGINT NOT NULL,
    kept_source TEXT,
    bank_reference TEXT NOT NULL,
    transferred_on DATE NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    undone_by TEXT,
    undone_at TIMESTAMP,
    undone_because TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_treasury_transfers PRIMARY KEY (id),
    CONSTRAINT ck_treasury_transfers_amount CHECK (phi_vnd >= 0 AND le_phi_vnd >= 0 AND kept_phi_vnd >= 0 AND phi_vnd + le_phi_vnd > 0),
    CONSTRAINT ck_treasury_transfers_kept CHECK ((kept_phi_vnd = 0) = (kept_source IS NULL)),
    CONSTRAINT ck_treasury_transfers_undone CHECK ((undone_by IS NULL) = (undone_at IS NULL) AND (undone_by IS NULL) = (undone_because IS NULL) AND undone_by <> entered_by),
    CONSTRAINT fk_treasury_transfers_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_treasury_transfers_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_treasury_transfers_entered FOREIGN KEY (entered_by) REFERENCES users (id),
    CONSTRAINT fk_treasury_transfers_undone FOREIGN KEY (undone_by) REFERENCES users (id)
);
-- A bank's own name of a transfer is entered once.
CREATE UNIQUE INDEX uq_treasury_transfers_reference ON treasury_transfers (authority_id, bank_reference) WHERE undone_at IS NULL;
CREATE INDEX ix_treasury_transfers_month ON treasury_transfers (authority_id, month);
CREATE INDEX ix_treasury_transfers_centre ON treasury_transfers (centre_id, id);
CREATE INDEX ix_treasury_transfers_authority ON treasury_transfers (authority_id, id);

-- A cashier's till, closed: what was collected by her word since the closing before, of one day, and what she counted.
CREATE TABLE till_closings (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    counter_id TEXT,
    number BIGINT NOT NULL,
    day DATE NOT NULL,
    after_seq BIGINT NOT NULL,
    to_seq BIGINT NOT NULL,
    first_at TIMESTAMP NOT NULL,
    last_at TIMESTAMP NOT NULL,
    sums TEXT NOT NULL,
    counted TEXT NOT NULL,
    collected_vnd BIGINT NOT NULL,
    difference_vnd BIGINT NOT NULL,
    reason TEXT,
    closed_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_till_closings PRIMARY KEY (id),
    CONSTRAINT uq_till_closings_number UNIQUE (user_id, centre_id, number),
    CONSTRAINT ck_till_closings_range CHECK (after_seq >= 0 AND to_seq > after_seq AND number > 0),
    CONSTRAINT ck_till_closings_reason CHECK (difference_vnd = 0 OR reason IS NOT NULL),
    CONSTRAINT fk_till_closings_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_till_closings_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT fk_till_closings_counter FOREIGN KEY (counter_id) REFERENCES service_counters (id)
);
CREATE INDEX ix_till_closings_centre ON till_closings (centre_id, id);

-- A terminal or a bank that did not answer: whether money came is not known until the bank tells of it or somebody has asked.
CREATE TABLE unknown_payments (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    dossier_code TEXT,
    amount_vnd BIGINT NOT NULL,
    method TEXT NOT NULL,
    reference TEXT,
    note TEXT NOT NULL,
    state TEXT NOT NULL,
    said_by TEXT NOT NULL,
    said_at TIMESTAMP NOT NULL,
    settled_by TEXT,
    settled_at TIMESTAMP,
    settled_because TEXT,
    version BIGINT NOT NULL,
    CONSTRAINT pk_unknown_payments PRIMARY KEY (id),
    CONSTRAINT ck_unknown_payments_amount CHECK (amount_vnd > 0),
    CONSTRAINT ck_unknown_payments_method CHECK (method IN ('transfer', 'card')),
    CONSTRAINT ck_unknown_payments_state CHECK (state IN ('unknown', 'came', 'did_not_come') AND (state = 'unknown') = (settled_at IS NULL)),
    CONSTRAINT fk_unknown_payments_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_unknown_payments_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_unknown_payments_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_unknown_payments_said FOREIGN KEY (said_by) REFERENCES users (id),
    CONSTRAINT fk_unknown_payments_settled FOREIGN KEY (settled_by) REFERENCES users (id)
);
-- Of a dossier one thing is not known at a time.
CREATE UNIQUE INDEX uq_unknown_payments_open ON unknown_payments (dossier_id) WHERE state = 'unknown';
CREATE INDEX ix_unknown_payments_amount ON unknown_payments (authority_id, amount_vnd) WHERE state = 'unknown';
CREATE INDEX ix_unknown_payments_dossier ON unknown_payments (dossier_id);
CREATE INDEX ix_unknown_payments_centre ON unknown_payments (centre_id, id);
CREATE INDEX ix_unknown_payments_authority ON unknown_payments (authority_id, id);

-- Whether a centre takes cash, and by which decision: none without one.
CREATE TABLE cash_rules (
    centre_id TEXT NOT NULL,
    allowed BOOLEAN NOT NULL,
    source TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_cash_rules PRIMARY KEY (centre_id),
    CONSTRAINT fk_cash_rules_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_cash_rules_user FOREIGN KEY (set_by) REFERENCES users (id)
);

-- The ledger tells where a cashier's word was held against the bank's, and what went on to the State Treasury.
ALTER TABLE ledger_entries ADD COLUMN placement_id TEXT;
ALTER TABLE ledger_entries ADD COLUMN treasury_id TEXT;
ALTER TABLE ledger_entries DROP CONSTRAINT ck_ledger_entries_subject;
ALTER TABLE ledger_entries ADD CONSTRAINT ck_ledger_entries_subject CHECK ((dossier_id IS NULL) = (assessment_id IS NULL) AND (kind = 'reversed' OR (kind IN ('received', 'refunded', 'placed', 'handed_over')) = (dossier_id IS NULL)) AND (kind = 'received') = (transaction_id IS NOT NULL) AND (kind = 'refunded') = (refund_id IS NOT NULL) AND (kind = 'placed') = (placement_id IS NOT NULL) AND (kind = 'handed_over') = (treasury_id IS NOT NULL));
ALTER TABLE ledger_entries DROP CONSTRAINT ck_ledger_entries_kind;
ALTER TABLE ledger_entries ADD CONSTRAINT ck_ledger_entries_kind CHECK (kind IN ('assessed', 'reversed', 'cancelled', 'paid', 'received', 'refunded', 'placed', 'handed_over'));
ALTER TABLE ledger_entries ADD CONSTRAINT uq_ledger_entries_placement UNIQUE (placement_id);
ALTER TABLE ledger_entries ADD CONSTRAINT uq_ledger_entries_treasury UNIQUE (treasury_id);
ALTER TABLE ledger_entries ADD CONSTRAINT fk_ledger_entries_placement FOREIGN KEY (placement_id) REFERENCES bank_placements (id);
ALTER TABLE ledger_entries ADD CONSTRAINT fk_ledger_entries_treasury FOREIGN KEY (treasury_id) REFERENCES treasury_transfers (id);
ALTER TABLE ledger_postings DROP CONSTRAINT ck_ledger_postings_account;
ALTER TABLE ledger_postings ADD CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card', 'cash', 'bank', 'suspense', 'treasury'));

-- A line of a statement may be what went on to the State Treasury.
ALTER TABLE bank_statement_lines ADD COLUMN treasury_id TEXT;
ALTER TABLE bank_statement_lines DROP CONSTRAINT ck_bank_statement_lines_class;
ALTER TABLE bank_statement_lines ADD CONSTRAINT ck_bank_statement_lines_class CHECK (class IN ('known', 'new', 'differs', 'refund', 'treasury', 'outgoing', 'unreadable'));
ALTER TABLE bank_statement_lines ADD CONSTRAINT ck_bank_statement_lines_treasury CHECK ((class = 'treasury') = (treasury_id IS NOT NULL));
ALTER TABLE bank_statement_lines ADD CONSTRAINT fk_bank_statement_lines_treasury FOREIGN KEY (treasury_id) REFERENCES treasury_transfers (id);

-- What cashiers said before there was this list.
INSERT INTO collections_unbanked (id, centre_id, authority_id, dossier_id, method, amount_vnd, reference, collected_by, collected_at)
    SELECT e.id, e.centre_id, e.authority_id, e.dossier_id, e.method, SUM(p.amount_vnd), e.reference, e.actor_id, e.at
    FROM ledger_entries e INNER JOIN ledger_postings p ON p.entry_id = e.id
    WHERE e.kind = 'paid' AND p.account IN ('transfer', 'card')
        AND NOT EXISTS (SELECT 1 FROM ledger_entries b WHERE b.reverses_id = e.id)
    GROUP BY e.id, e.centre_id, e.authority_id, e.dossier_id, e.method, e.reference, e.actor_id, e.at;

-- What a till, a day's sheet and a month's are summed from.
CREATE INDEX ix_ledger_entries_collected ON ledger_entries (actor_id, centre_id, seq) WHERE kind = 'paid';
CREATE INDEX ix_ledger_entries_reversed ON ledger_entries (centre_id, seq) WHERE kind = 'reversed';
CREATE INDEX ix_ledger_entries_authority ON ledger_entries (authority_id, at);
-- What somebody paid over the years.
CREATE INDEX ix_receipts_payer ON receipts (payer_number, id) WHERE payer_number IS NOT NULL;

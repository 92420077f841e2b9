-- What the columns of a bank's sheet are called: the last entered of a centre and a bank holds.
CREATE TABLE statement_columns (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    bank_bin TEXT NOT NULL,
    column_names TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_statement_columns PRIMARY KEY (id),
    CONSTRAINT fk_statement_columns_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_statement_columns_entered FOREIGN KEY (entered_by) REFERENCES users (id)
);
CREATE INDEX ix_statement_columns_bank ON statement_columns (centre_id, bank_bin, id);

-- A bank's statement of an account that collects, as somebody brought it in: the same file once.
CREATE TABLE bank_statements (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    format TEXT NOT NULL,
    file_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    column_names TEXT,
    first_at TIMESTAMP,
    last_at TIMESTAMP,
    came_vnd BIGINT NOT NULL,
    went_vnd BIGINT NOT NULL,
    lines_total INTEGER NOT NULL,
    lines_done INTEGER NOT NULL,
    state TEXT NOT NULL,
    imported_by TEXT NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    done_at TIMESTAMP,
    CONSTRAINT pk_bank_statements PRIMARY KEY (id),
    CONSTRAINT uq_bank_statements_file UNIQUE (account_id, digest),
    CONSTRAINT ck_bank_statements_format CHECK (format IN ('csv', 'camt053')),
    CONSTRAINT ck_bank_statements_state CHECK (state IN ('stored', 'done') AND (state = 'done') = (done_at IS NOT NULL)),
    CONSTRAINT ck_bank_statements_lines CHECK (lines_done BETWEEN 0 AND lines_total),
    CONSTRAINT fk_bank_statements_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_bank_statements_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_bank_statements_account FOREIGN KEY (account_id) REFERENCES collection_accounts (id),
    CONSTRAINT fk_bank_statements_imported FOREIGN KEY (imported_by) REFERENCES users (id)
);
CREATE INDEX ix_bank_statements_centre ON bank_statements (centre_id, id);
CREATE INDEX ix_bank_statements_authority ON bank_statements (authority_id, id);
CREATE INDEX ix_bank_statements_stored ON bank_statements (id) WHERE state = 'stored';

-- The file itself, apart: lists never read it.
CREATE TABLE bank_statement_files (
    statement_id TEXT NOT NULL,
    body TEXT NOT NULL,
    CONSTRAINT pk_bank_statement_files PRIMARY KEY (statement_id),
    CONSTRAINT fk_bank_statement_files_statement FOREIGN KEY (statement_id) REFERENCES bank_statements (id)
);

-- Each line of it, held against what is known here.
CREATE TABLE bank_statement_lines (
    statement_id TEXT NOT NULL,
    ord INTEGER NOT NULL,
    class TEXT NOT NULL,
    booked_at TIMESTAMP,
    amount_vnd BIGINT,
    bank_reference TEXT,
    description TEXT NOT NULL,
    payer_name TEXT,
    why TEXT,
    transaction_id TEXT,
    refund_id TEXT,
    CONSTRAINT pk_bank_statement_lines PRIMARY KEY (statement_id, ord),
    CONSTRAINT ck_bank_statement_lines_class CHECK (class IN ('known', 'new', 'differs', 'refund', 'outgoing', 'unreadable')),
    CONSTRAINT ck_bank_statement_lines_transaction CHECK ((class IN ('known', 'new', 'differs')) = (transaction_id IS NOT NULL)),
    CONSTRAINT ck_bank_statement_lines_refund CHECK ((class = 'refund') = (refund_id IS NOT NULL)),
    CONSTRAINT ck_bank_statement_lines_why CHECK ((class = 'unreadable') = (why IS NOT NULL)),
    CONSTRAINT fk_bank_statement_lines_statement FOREIGN KEY (statement_id) REFERENCES bank_statements (id),
    CONSTRAINT fk_bank_statement_lines_transaction FOREIGN KEY (transaction_id) REFERENCES bank_transactions (id),
    CONSTRAINT fk_bank_statement_lines_refund FOREIGN KEY (refund_id) REFERENCES refunds (id)
);
CREATE INDEX ix_bank_statement_lines_class ON bank_statement_lines (statement_id, class, ord);
CREATE INDEX ix_bank_statement_lines_transaction ON bank_statement_lines (transaction_id) WHERE transaction_id IS NOT NULL;

-- What came to an account within some days, to be held against what its statements say.
CREATE INDEX ix_bank_transactions_booked ON bank_transactions (account_id, booked_at);
CREATE INDEX ix_refunds_reference ON refunds (authority_id, bank_reference) WHERE bank_reference IS NOT NULL;

-- The payment platform says what was paid online; the bank tells of it later.
ALTER TABLE collections_unbanked DROP CONSTRAINT ck_collections_unbanked_method;
ALTER TABLE collections_unbanked ADD CONSTRAINT ck_collections_unbanked_method CHECK (method IN ('transfer', 'card', 'cash', 'online'));
ALTER TABLE ledger_postings DROP CONSTRAINT ck_ledger_postings_account;
ALTER TABLE ledger_postings ADD CONSTRAINT ck_ledger_postings_account CHECK (account IN ('receivable', 'waived', 'assessed', 'transfer', 'card', 'cash', 'platform', 'bank', 'suspense', 'treasury'));

-- What is told may be kept without anything being made of it.
ALTER TABLE bank_notifications DROP CONSTRAINT ck_bank_notifications_state;
ALTER TABLE bank_notifications ADD CONSTRAINT ck_bank_notifications_state CHECK (state IN ('stored', 'done', 'unknown_account', 'not_applied', 'refused'));

-- What of a collection goes back has a receipt of its own, less than nought.
ALTER TABLE receipts ADD COLUMN adjusts_id TEXT;
ALTER TABLE receipts DROP CONSTRAINT ck_receipts_amount;
ALTER TABLE receipts ADD CONSTRAINT ck_receipts_amount CHECK ((adjusts_id IS NULL) = (amount_vnd > 0) AND amount_vnd <> 0);
ALTER TABLE receipts ADD CONSTRAINT uq_receipts_adjusts UNIQUE (adjusts_id);
ALTER TABLE receipts ADD CONSTRAINT fk_receipts_adjusts FOREIGN KEY (adjusts_id) REFERENCES receipts (id);

-- What goes back is money that came, or what a receipt was given for. That is named without a foreign key: its entry in the ledger
-- may be a refund's in turn, and tables that refer to each other in a ring cannot be restored one after the other.
ALTER TABLE refunds ALTER COLUMN transaction_id DROP NOT NULL;
ALTER TABLE refunds ADD COLUMN receipt_id TEXT;
ALTER TABLE refunds ADD COLUMN receipt_name TEXT;
ALTER TABLE refunds ADD COLUMN dossier_code TEXT;
ALTER TABLE refunds ADD CONSTRAINT ck_refunds_subject CHECK ((transaction_id IS NULL) <> (receipt_id IS NULL) AND (receipt_id IS NULL) = (receipt_name IS NULL));
-- What a receipt was given for goes back once.
CREATE UNIQUE INDEX uq_refunds_receipt ON refunds (receipt_id) WHERE receipt_id IS NOT NULL AND state <> 'rejected';

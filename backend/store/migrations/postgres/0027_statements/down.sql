DROP INDEX ix_refunds_reference;
DROP INDEX ix_bank_transactions_booked;
DROP TABLE bank_statement_lines;
DROP TABLE bank_statement_files;
DROP TABLE bank_statements;
DROP TABLE statement_columns;

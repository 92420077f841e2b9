-- A collection that was none goes with the entry that took it back: the ledger of before knows that as well.
DROP TABLE receipts_owed;
DROP TABLE collection_voids;
DROP TABLE receipts;
DROP TABLE receipt_series;

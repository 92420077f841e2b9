ALTER TABLE dossiers DROP COLUMN claimed_until;

-- Until when a handler has a dossier to themselves; nobody has when it is past or empty.
ALTER TABLE dossiers ADD COLUMN claimed_until TIMESTAMP;

-- Who looked at a person's data is read from the record by what was looked at.
CREATE INDEX ix_audit_entries_subject_action ON audit_entries (subject_id, action, seq);

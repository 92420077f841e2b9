-- Filters that people keep for themselves: conditions only, never a name or a number that was searched for.
CREATE TABLE saved_filters (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    filter TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    CONSTRAINT pk_saved_filters PRIMARY KEY (id),
    CONSTRAINT uq_saved_filters_name UNIQUE (user_id, name),
    CONSTRAINT fk_saved_filters_user FOREIGN KEY (user_id) REFERENCES users (id)
);

-- What waits for a leader, for a result, for an opinion; what somebody handles. Empty at intake, so that
-- taking in writes neither.
CREATE INDEX ix_dossiers_centre_sub_due ON dossiers (centre_id, sub_state, due_at, id) WHERE sub_state IS NOT NULL;
CREATE INDEX ix_dossiers_authority_sub_due ON dossiers (authority_id, sub_state, due_at, id) WHERE sub_state IS NOT NULL;
CREATE INDEX ix_dossiers_handler_due ON dossiers (handler_id, due_at, id) WHERE handler_id IS NOT NULL;

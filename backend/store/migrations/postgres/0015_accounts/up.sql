-- A first password, given out on a slip: it holds until this moment and must be changed at the first sign-in.
ALTER TABLE users ADD COLUMN first_password_until TIMESTAMP;
-- The second factor (RFC 6238): its secret, since when it is confirmed, and the last step of time that was used.
ALTER TABLE users ADD COLUMN totp_secret TEXT;
ALTER TABLE users ADD COLUMN totp_since TIMESTAMP;
ALTER TABLE users ADD COLUMN totp_last_step BIGINT;
-- Another system's account: what it may do, one word a permission. Empty for people.
ALTER TABLE users ADD COLUMN scopes TEXT;

-- What must be done before anything else with this sign-in: 'password', 'second_factor'.
ALTER TABLE sessions ADD COLUMN pending TEXT;

-- Who must sign in with a second factor: 'optional', 'leaders', 'everyone'.
ALTER TABLE centres ADD COLUMN second_factor TEXT NOT NULL DEFAULT 'optional';

-- A role held for somebody else, for a time.
ALTER TABLE role_assignments ADD COLUMN delegated_by TEXT;

-- Delegations and substitutes: who acts for whom, in which role, from when until when, and why.
CREATE TABLE delegations (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT,
    role TEXT NOT NULL,
    from_user_id TEXT NOT NULL,
    to_user_id TEXT NOT NULL,
    role_assignment_id TEXT NOT NULL,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP NOT NULL,
    reason TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    ended_by TEXT,
    CONSTRAINT pk_delegations PRIMARY KEY (id),
    CONSTRAINT fk_delegations_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_delegations_from FOREIGN KEY (from_user_id) REFERENCES users (id),
    CONSTRAINT fk_delegations_to FOREIGN KEY (to_user_id) REFERENCES users (id)
);
CREATE INDEX ix_delegations_centre ON delegations (centre_id, id);
CREATE INDEX ix_delegations_from ON delegations (from_user_id, id);
CREATE INDEX ix_delegations_to ON delegations (to_user_id, id);

-- Secrets of other systems' accounts, as digests; two hold at once while one is replaced by the next.
CREATE TABLE client_secrets (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP,
    last_used_at TIMESTAMP,
    CONSTRAINT pk_client_secrets PRIMARY KEY (id),
    CONSTRAINT uq_client_secrets_hash UNIQUE (secret_hash),
    CONSTRAINT fk_client_secrets_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX ix_client_secrets_user ON client_secrets (user_id, created_at);

-- How much another system asked, by day and operation.
CREATE TABLE client_usage (
    user_id TEXT NOT NULL,
    day DATE NOT NULL,
    operation TEXT NOT NULL,
    requests BIGINT NOT NULL,
    CONSTRAINT pk_client_usage PRIMARY KEY (user_id, day, operation),
    CONSTRAINT fk_client_usage_user FOREIGN KEY (user_id) REFERENCES users (id)
);

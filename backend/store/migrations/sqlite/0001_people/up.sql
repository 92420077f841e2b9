-- Centres, authorities and the people who work for them (DESIGN: centre, account).
CREATE TABLE centres (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    e_code TEXT NOT NULL,
    province_name TEXT NOT NULL,
    commune_name TEXT NOT NULL,
    address TEXT,
    phone TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_centres PRIMARY KEY (id),
    CONSTRAINT uq_centres_code UNIQUE (code),
    CONSTRAINT uq_centres_e_code UNIQUE (e_code)
) STRICT;

CREATE TABLE authorities (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    e_code TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_authorities PRIMARY KEY (id),
    CONSTRAINT uq_authorities_code UNIQUE (code),
    CONSTRAINT uq_authorities_e_code UNIQUE (e_code)
) STRICT;

-- Who receives for whom, and since when: one intake place may serve many authorities.
CREATE TABLE centre_authorities (
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    CONSTRAINT pk_centre_authorities PRIMARY KEY (centre_id, authority_id, valid_from),
    CONSTRAINT fk_centre_authorities_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_centre_authorities_authority FOREIGN KEY (authority_id) REFERENCES authorities (id)
) STRICT;

CREATE TABLE users (
    id TEXT NOT NULL,
    username TEXT NOT NULL,
    full_name TEXT NOT NULL,
    title TEXT,
    password_hash TEXT NOT NULL,
    active INTEGER NOT NULL,
    is_demo INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_username UNIQUE (username)
) STRICT;

CREATE TABLE role_assignments (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    CONSTRAINT pk_role_assignments PRIMARY KEY (id),
    CONSTRAINT fk_role_assignments_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT fk_role_assignments_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_role_assignments_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT ck_role_assignments_role CHECK (role IN ('reception', 'handler', 'leader', 'cashier', 'results_desk', 'director', 'inspector', 'admin'))
) STRICT;
CREATE INDEX ix_role_assignments_user ON role_assignments (user_id);
CREATE INDEX ix_role_assignments_authority ON role_assignments (authority_id, role);

-- A sign-in and the family of refresh tokens that continues it.
CREATE TABLE sessions (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    revoked_reason TEXT,
    CONSTRAINT pk_sessions PRIMARY KEY (id),
    CONSTRAINT fk_sessions_user FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX ix_sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL,
    session_id TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    CONSTRAINT pk_refresh_tokens PRIMARY KEY (token_hash),
    CONSTRAINT fk_refresh_tokens_session FOREIGN KEY (session_id) REFERENCES sessions (id)
) STRICT;
CREATE INDEX ix_refresh_tokens_session ON refresh_tokens (session_id);

-- Misses at a door that is guessed at: sign-in by account and by address, public look-up by code.
CREATE TABLE throttles (
    subject TEXT NOT NULL,
    misses INTEGER NOT NULL,
    window_started_at TEXT NOT NULL,
    locked_until TEXT,
    CONSTRAINT pk_throttles PRIMARY KEY (subject)
) STRICT;

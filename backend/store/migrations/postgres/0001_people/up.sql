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
    version BIGINT NOT NULL,
    CONSTRAINT pk_centres PRIMARY KEY (id),
    CONSTRAINT uq_centres_code UNIQUE (code),
    CONSTRAINT uq_centres_e_code UNIQUE (e_code)
);

CREATE TABLE authorities (
    id TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    e_code TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_authorities PRIMARY KEY (id),
    CONSTRAINT uq_authorities_code UNIQUE (code),
    CONSTRAINT uq_authorities_e_code UNIQUE (e_code)
);

-- Who receives for whom, and since when: one intake place may serve many authorities.
CREATE TABLE centre_authorities (
    centre_id TEXT NOT NULL,
    authority_id TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    CONSTRAINT pk_centre_authorities PRIMARY KEY (centre_id, authority_id, valid_from),
    CONSTRAINT fk_centre_authorities_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_centre_authorities_authority FOREIGN KEY (authority_id) REFERENCES authorities (id)
);

CREATE TABLE users (
    id TEXT NOT NULL,
    username TEXT NOT NULL,
    full_name TEXT NOT NULL,
    title TEXT,
    password_hash TEXT NOT NULL,
    active BOOLEAN NOT NULL,
    is_demo BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT uq_users_username UNIQUE (username)
);

CREATE TABLE role_assignments (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    role TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT,
    valid_from TIMESTAMP NOT NULL,
    valid_to TIMESTAMP,
    CONSTRAINT pk_role_assignments PRIMARY KEY (id),
    CONSTRAINT fk_role_assignments_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT fk_role_assignments_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_role_assignments_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT ck_role_assignments_role CHECK (role IN ('reception', 'handler', 'leader', 'cashier', 'results_desk', 'director', 'inspector', 'admin'))
);
CREATE INDEX ix_role_assignments_user ON role_assignments (user_id);
CREATE INDEX ix_role_assignments_authority ON role_assignments (authority_id, role);

-- A sign-in and the family of refresh tokens that continues it.
CREATE TABLE sessions (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    revoked_reason TEXT,
    CONSTRAINT pk_sessions PRIMARY KEY (id),
    CONSTRAINT fk_sessions_user FOREIGN KEY (user_id) REFERENCES users (id)
);
CREATE INDEX ix_sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    token_hash TEXT NOT NULL,
    session_id TEXT NOT NULL,
    issued_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    CONSTRAINT pk_refresh_tokens PRIMARY KEY (token_hash),
    CONSTRAINT fk_refresh_tokens_session FOREIGN KEY (session_id) REFERENCES sessions (id)
);
CREATE INDEX ix_refresh_tokens_session ON refresh_tokens (session_id);

-- Misses at a door that is guessed at: sign-in by account and by address, public look-up by code.
CREATE TABLE throttles (
    subject TEXT NOT NULL,
    misses INTEGER NOT NULL,
    window_started_at TIMESTAMP NOT NULL,
    locked_until TIMESTAMP,
    CONSTRAINT pk_throttles PRIMARY KEY (subject)
);

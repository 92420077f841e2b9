-- Suggestions and complaints. Denunciations are elsewhere: nothing that reads this table can find one.
CREATE TABLE feedback_items (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    channel TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    filer_name TEXT NOT NULL,
    filer_address TEXT NOT NULL,
    filer_phone TEXT NOT NULL,
    dossier_id TEXT,
    about_user_id TEXT,
    state TEXT NOT NULL,
    received_at TEXT NOT NULL,
    received_by TEXT,
    received_on TEXT NOT NULL,
    first_due_on TEXT NOT NULL,
    first_done_on TEXT,
    forwarded_to TEXT,
    accepted_on TEXT,
    remote INTEGER NOT NULL,
    answer_due_on TEXT,
    due_on TEXT,
    last_due_on TEXT NOT NULL,
    prolonged INTEGER NOT NULL,
    answer TEXT,
    upheld INTEGER,
    answered_on TEXT,
    answered_by TEXT,
    published_summary TEXT,
    published_answer TEXT,
    published_at TEXT,
    satisfaction INTEGER,
    secret_hash TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT pk_feedback_items PRIMARY KEY (id),
    CONSTRAINT uq_feedback_items_code UNIQUE (code),
    CONSTRAINT fk_feedback_items_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_feedback_items_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_feedback_items_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id),
    CONSTRAINT fk_feedback_items_about FOREIGN KEY (about_user_id) REFERENCES users (id),
    CONSTRAINT ck_feedback_items_kind CHECK (kind IN ('suggestion', 'complaint')),
    CONSTRAINT ck_feedback_items_channel CHECK (channel IN ('counter', 'phone', 'online', 'qr', 'post')),
    CONSTRAINT ck_feedback_items_subject CHECK (subject IN ('procedure', 'attitude', 'officer', 'facility', 'other')),
    CONSTRAINT ck_feedback_items_state CHECK (state IN ('received', 'forwarded', 'accepted', 'declined', 'answered')),
    CONSTRAINT ck_feedback_items_satisfaction CHECK (satisfaction IS NULL OR satisfaction BETWEEN 1 AND 5),
    CONSTRAINT ck_feedback_items_published CHECK ((published_at IS NULL) = (published_answer IS NULL) AND (published_at IS NULL) = (published_summary IS NULL))
) STRICT;
-- The desk's list, of a centre and of one authority; what is due; what is published; the indices.
CREATE INDEX ix_feedback_items_centre ON feedback_items (centre_id, id);
CREATE INDEX ix_feedback_items_authority ON feedback_items (authority_id, id);
CREATE INDEX ix_feedback_items_due ON feedback_items (centre_id, due_on);
CREATE INDEX ix_feedback_items_published ON feedback_items (centre_id, published_at, id) WHERE published_at IS NOT NULL;
CREATE INDEX ix_feedback_items_last_due ON feedback_items (centre_id, kind, last_due_on);
CREATE INDEX ix_feedback_items_about ON feedback_items (about_user_id) WHERE about_user_id IS NOT NULL;

-- What was done with each, without personal data.
CREATE TABLE feedback_steps (
    item_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    note TEXT,
    CONSTRAINT pk_feedback_steps PRIMARY KEY (item_id, seq),
    CONSTRAINT fk_feedback_steps_item FOREIGN KEY (item_id) REFERENCES feedback_items (id)
) STRICT;

-- Denunciations: read only by whom the centre's director appointed.
CREATE TABLE denunciations (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    channel TEXT NOT NULL,
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    filer_name TEXT NOT NULL,
    filer_address TEXT NOT NULL,
    filer_phone TEXT NOT NULL,
    received_at TEXT NOT NULL,
    received_by TEXT,
    state TEXT NOT NULL,
    due_on TEXT,
    passed_on_to TEXT,
    notice TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_denunciations PRIMARY KEY (id),
    CONSTRAINT uq_denunciations_code UNIQUE (code),
    CONSTRAINT uq_denunciations_number UNIQUE (centre_id, year, number),
    CONSTRAINT fk_denunciations_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT ck_denunciations_channel CHECK (channel IN ('counter', 'phone', 'online', 'qr', 'post')),
    CONSTRAINT ck_denunciations_state CHECK (state IN ('received', 'passed_on', 'accepted', 'declined', 'concluded'))
) STRICT;
CREATE INDEX ix_denunciations_centre ON denunciations (centre_id, id);

-- Whom a denunciation is about, of the centre's own people: it does not exist for them.
CREATE TABLE denunciation_concerns (
    item_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    CONSTRAINT pk_denunciation_concerns PRIMARY KEY (item_id, user_id),
    CONSTRAINT fk_denunciation_concerns_item FOREIGN KEY (item_id) REFERENCES denunciations (id),
    CONSTRAINT fk_denunciation_concerns_user FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE INDEX ix_denunciation_concerns_user ON denunciation_concerns (user_id);

CREATE TABLE denunciation_steps (
    item_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    note TEXT,
    CONSTRAINT pk_denunciation_steps PRIMARY KEY (item_id, seq),
    CONSTRAINT fk_denunciation_steps_item FOREIGN KEY (item_id) REFERENCES denunciations (id)
) STRICT;

-- Whom the director appointed to handle denunciations.
CREATE TABLE denunciation_appointments (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    appointed_by TEXT NOT NULL,
    appointed_at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT,
    CONSTRAINT pk_denunciation_appointments PRIMARY KEY (id),
    CONSTRAINT fk_denunciation_appointments_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_denunciation_appointments_user FOREIGN KEY (user_id) REFERENCES users (id)
) STRICT;
CREATE UNIQUE INDEX uq_denunciation_appointments_open ON denunciation_appointments (user_id, centre_id) WHERE ended_at IS NULL;
CREATE INDEX ix_denunciation_appointments_centre ON denunciation_appointments (centre_id, id);

-- Obstacles that officers report upward.
CREATE TABLE obstacles (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    authority_id TEXT,
    kind TEXT NOT NULL,
    procedure_code TEXT,
    text TEXT NOT NULL,
    raised_by TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    state TEXT NOT NULL,
    forwarded_to TEXT,
    forwarded_at TEXT,
    solution TEXT,
    solved_by TEXT,
    solved_at TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_obstacles PRIMARY KEY (id),
    CONSTRAINT fk_obstacles_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_obstacles_authority FOREIGN KEY (authority_id) REFERENCES authorities (id),
    CONSTRAINT fk_obstacles_raised_by FOREIGN KEY (raised_by) REFERENCES users (id),
    CONSTRAINT ck_obstacles_kind CHECK (kind IN ('procedure', 'law', 'system', 'person', 'other')),
    CONSTRAINT ck_obstacles_state CHECK (state IN ('raised', 'forwarded', 'solved'))
) STRICT;
CREATE INDEX ix_obstacles_centre ON obstacles (centre_id, id);
CREATE INDEX ix_obstacles_authority ON obstacles (authority_id, id);
CREATE INDEX ix_obstacles_raised_by ON obstacles (raised_by, id);

CREATE TABLE obstacle_steps (
    item_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor_id TEXT,
    note TEXT,
    CONSTRAINT pk_obstacle_steps PRIMARY KEY (item_id, seq),
    CONSTRAINT fk_obstacle_steps_item FOREIGN KEY (item_id) REFERENCES obstacles (id)
) STRICT;

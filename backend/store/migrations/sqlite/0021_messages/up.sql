-- What people are told of their dossiers: the templates' versions, never rewritten; version 1 is the program's.
CREATE TABLE message_templates (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    told TEXT NOT NULL,
    channel TEXT NOT NULL,
    language TEXT NOT NULL,
    number INTEGER NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    entered_by TEXT,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_message_templates PRIMARY KEY (id),
    CONSTRAINT uq_message_templates_number UNIQUE (centre_id, told, channel, language, number),
    CONSTRAINT fk_message_templates_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;

-- When a centre tells nobody anything, and whether short messages go without marks; no row: the defaults.
CREATE TABLE message_settings (
    centre_id TEXT NOT NULL,
    quiet_from INTEGER NOT NULL,
    quiet_to INTEGER NOT NULL,
    plain_sms INTEGER NOT NULL,
    version INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    CONSTRAINT pk_message_settings PRIMARY KEY (centre_id),
    CONSTRAINT fk_message_settings_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;

-- In which language the people of a dossier are told, when not in Vietnamese.
CREATE TABLE message_languages (
    dossier_id TEXT NOT NULL,
    language TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    CONSTRAINT pk_message_languages PRIMARY KEY (dossier_id),
    CONSTRAINT fk_message_languages_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;

-- How far the outbox of a centre has been read for messages.
CREATE TABLE message_cursors (
    centre_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    CONSTRAINT pk_message_cursors PRIMARY KEY (centre_id),
    CONSTRAINT fk_message_cursors_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;
-- What happened before there were messages is told to nobody.
INSERT INTO message_cursors (centre_id, seq)
SELECT c.id, COALESCE((SELECT MAX(o.seq) FROM outbox o WHERE o.centre_id = c.id), 0) FROM centres c;

-- One message: one step of one dossier, by one channel, to one address.
CREATE TABLE messages (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    dossier_id TEXT NOT NULL,
    event_seq INTEGER NOT NULL,
    told TEXT NOT NULL,
    channel TEXT NOT NULL,
    recipient TEXT NOT NULL,
    recipient_role TEXT NOT NULL,
    language TEXT NOT NULL,
    template_number INTEGER NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    resends INTEGER NOT NULL,
    next_attempt_at TEXT,
    locked_until TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    sent_at TEXT,
    delivered_at TEXT,
    version INTEGER NOT NULL,
    CONSTRAINT pk_messages PRIMARY KEY (id),
    CONSTRAINT uq_messages_event UNIQUE (dossier_id, event_seq, channel),
    CONSTRAINT fk_messages_dossier FOREIGN KEY (dossier_id) REFERENCES dossiers (id)
) STRICT;
-- A dossier's, newest first.
CREATE INDEX ix_messages_dossier ON messages (dossier_id, id);
-- What is to go out next; what is over or under way has no next attempt.
CREATE INDEX ix_messages_due ON messages (channel, next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
-- What a server has taken upon itself, and may have been stopped at.
CREATE INDEX ix_messages_locked ON messages (locked_until) WHERE locked_until IS NOT NULL;
-- How messages stand.
CREATE INDEX ix_messages_state ON messages (state, centre_id, created_at);

-- What a centre set about its roster; none: what the program ships.
CREATE TABLE roster_settings (
    centre_id TEXT NOT NULL,
    warn_working_days INTEGER NOT NULL,
    leave_percent INTEGER NOT NULL,
    leave_source TEXT NOT NULL,
    version INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    CONSTRAINT pk_roster_settings PRIMARY KEY (centre_id),
    CONSTRAINT fk_roster_settings_centre FOREIGN KEY (centre_id) REFERENCES centres (id)
) STRICT;

-- Who is at which counter in which time of which date; minutes are counted from midnight.
CREATE TABLE roster_duties (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    counter_id TEXT NOT NULL,
    on_date TEXT NOT NULL,
    from_minute INTEGER NOT NULL,
    to_minute INTEGER NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT NOT NULL,
    substitute_id TEXT,
    stand_in_id TEXT,
    source TEXT,
    version INTEGER NOT NULL,
    planned_by TEXT NOT NULL,
    planned_at TEXT NOT NULL,
    cancelled_by TEXT,
    cancelled_at TEXT,
    CONSTRAINT pk_roster_duties PRIMARY KEY (id),
    CONSTRAINT fk_roster_duties_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_roster_duties_counter FOREIGN KEY (counter_id) REFERENCES service_counters (id),
    CONSTRAINT fk_roster_duties_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT fk_roster_duties_substitute FOREIGN KEY (substitute_id) REFERENCES users (id),
    CONSTRAINT fk_roster_duties_stand_in FOREIGN KEY (stand_in_id) REFERENCES users (id),
    CONSTRAINT ck_roster_duties_kind CHECK (kind IN ('counted', 'service')),
    CONSTRAINT ck_roster_duties_time CHECK (0 <= from_minute AND from_minute < to_minute AND to_minute <= 1440)
) STRICT;
CREATE INDEX ix_roster_duties_centre ON roster_duties (centre_id, on_date, from_minute, id);
CREATE INDEX ix_roster_duties_user ON roster_duties (user_id, on_date);
CREATE INDEX ix_roster_duties_stand_in ON roster_duties (stand_in_id, on_date);

-- Who is away: by the office's reason, never the doctor's.
CREATE TABLE roster_absences (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    from_minute INTEGER,
    to_minute INTEGER,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    cancelled_by TEXT,
    cancelled_at TEXT,
    CONSTRAINT pk_roster_absences PRIMARY KEY (id),
    CONSTRAINT fk_roster_absences_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_roster_absences_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT ck_roster_absences_kind CHECK (kind IN ('annual_leave', 'compensatory', 'sick', 'maternity', 'study', 'mission', 'other')),
    CONSTRAINT ck_roster_absences_days CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX ix_roster_absences_centre ON roster_absences (centre_id, first_day, id);
CREATE INDEX ix_roster_absences_user ON roster_absences (user_id, last_day);

-- Compensatory leave: entries are added, never changed; a balance is their sum.
CREATE TABLE leave_entries (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    duty_id TEXT,
    absence_id TEXT,
    corrects_id TEXT,
    reason TEXT,
    source TEXT NOT NULL,
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    CONSTRAINT pk_leave_entries PRIMARY KEY (id),
    CONSTRAINT fk_leave_entries_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_leave_entries_user FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT fk_leave_entries_duty FOREIGN KEY (duty_id) REFERENCES roster_duties (id),
    CONSTRAINT fk_leave_entries_absence FOREIGN KEY (absence_id) REFERENCES roster_absences (id),
    CONSTRAINT uq_leave_entries_duty UNIQUE (duty_id),
    CONSTRAINT uq_leave_entries_absence UNIQUE (absence_id),
    CONSTRAINT uq_leave_entries_corrects UNIQUE (corrects_id),
    CONSTRAINT ck_leave_entries_kind CHECK (kind IN ('earned', 'taken', 'corrected')),
    CONSTRAINT ck_leave_entries_rests CHECK ((kind = 'earned') = (duty_id IS NOT NULL) AND (kind = 'taken') = (absence_id IS NOT NULL) AND (kind = 'corrected') = (corrects_id IS NOT NULL))
) STRICT;
CREATE INDEX ix_leave_entries_centre ON leave_entries (centre_id, user_id, id);

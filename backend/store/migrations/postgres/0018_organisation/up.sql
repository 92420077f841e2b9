-- Where a centre receives besides its own house: branches and reception points, each for a time.
CREATE TABLE reception_points (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT,
    phone TEXT,
    valid_from DATE NOT NULL,
    valid_to DATE,
    CONSTRAINT pk_reception_points PRIMARY KEY (id),
    CONSTRAINT fk_reception_points_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT ck_reception_points_kind CHECK (kind IN ('branch', 'point'))
);
CREATE INDEX ix_reception_points_centre ON reception_points (centre_id, id);

-- Its counters, in its own house or at a point.
CREATE TABLE service_counters (
    id TEXT NOT NULL,
    centre_id TEXT NOT NULL,
    point_id TEXT,
    name TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE,
    CONSTRAINT pk_service_counters PRIMARY KEY (id),
    CONSTRAINT fk_service_counters_centre FOREIGN KEY (centre_id) REFERENCES centres (id),
    CONSTRAINT fk_service_counters_point FOREIGN KEY (point_id) REFERENCES reception_points (id)
);
CREATE INDEX ix_service_counters_centre ON service_counters (centre_id, id);

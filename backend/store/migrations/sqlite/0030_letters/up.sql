-- What a numbered paper says, as it was issued, and by which template it is set; nothing of it is written anew.
CREATE TABLE letter_contents (
    letter_id TEXT NOT NULL,
    template TEXT NOT NULL,
    data TEXT NOT NULL,
    CONSTRAINT pk_letter_contents PRIMARY KEY (letter_id),
    CONSTRAINT fk_letter_contents_letter FOREIGN KEY (letter_id) REFERENCES dossier_letters (id)
) STRICT;

-- What somebody gave to other desks on a day, for the sheet that both sides sign.
CREATE INDEX ix_dossier_handovers_given ON dossier_handovers (given_by, given_at);

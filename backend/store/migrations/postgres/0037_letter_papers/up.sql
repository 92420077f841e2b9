-- A numbered paper as it was first set, in base64: the same bytes for ever, whatever sets papers later.
CREATE TABLE letter_papers (
    letter_id TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL,
    CONSTRAINT pk_letter_papers PRIMARY KEY (letter_id),
    CONSTRAINT fk_letter_papers_letter FOREIGN KEY (letter_id) REFERENCES dossier_letters (id)
);

DROP INDEX ix_dossier_handovers_given;
DROP TABLE letter_contents;

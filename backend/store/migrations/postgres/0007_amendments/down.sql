DROP TABLE dossier_amendments;

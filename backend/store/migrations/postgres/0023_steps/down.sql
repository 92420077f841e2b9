DROP TABLE dossier_steps;

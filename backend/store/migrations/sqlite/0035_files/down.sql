DROP TABLE dossier_file_withdrawals;
DROP TABLE dossier_files;
DROP TABLE stored_files;

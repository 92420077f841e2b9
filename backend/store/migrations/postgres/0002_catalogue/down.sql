DROP TABLE calendar_versions;
DROP TABLE procedure_versions;

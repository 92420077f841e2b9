DROP TABLE certification_entries;

DROP TABLE leave_entries;
DROP TABLE roster_absences;
DROP TABLE roster_duties;
DROP TABLE roster_settings;

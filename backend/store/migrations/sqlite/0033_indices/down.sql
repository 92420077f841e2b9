DROP INDEX ix_dossiers_centre_completed;
DROP TABLE index_steps;
DROP TABLE index_dossiers;
DROP TABLE index_lines;
DROP TABLE index_results;
DROP TABLE index_snapshots;

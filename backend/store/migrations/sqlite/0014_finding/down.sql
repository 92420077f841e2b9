DROP INDEX ix_dossiers_handler_due;
DROP INDEX ix_dossiers_authority_sub_due;
DROP INDEX ix_dossiers_centre_sub_due;
DROP TABLE saved_filters;

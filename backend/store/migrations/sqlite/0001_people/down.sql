DROP TABLE throttles;
DROP TABLE refresh_tokens;
DROP TABLE sessions;
DROP TABLE role_assignments;
DROP TABLE users;
DROP TABLE centre_authorities;
DROP TABLE authorities;
DROP TABLE centres;

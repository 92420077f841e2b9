DROP TABLE declaration_papers;
DROP TABLE declaration_people;
DROP TABLE declarations;

DROP TABLE letter_papers;

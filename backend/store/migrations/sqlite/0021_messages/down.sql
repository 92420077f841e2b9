DROP TABLE messages;
DROP TABLE message_cursors;
DROP TABLE message_languages;
DROP TABLE message_settings;
DROP TABLE message_templates;

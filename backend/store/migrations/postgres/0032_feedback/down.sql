DROP TABLE obstacle_steps;
DROP TABLE obstacles;
DROP TABLE denunciation_appointments;
DROP TABLE denunciation_steps;
DROP TABLE denunciation_concerns;
DROP TABLE denunciations;
DROP TABLE feedback_steps;
DROP TABLE feedback_items;

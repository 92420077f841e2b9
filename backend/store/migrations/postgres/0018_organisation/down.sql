DROP TABLE service_counters;
DROP TABLE reception_points;

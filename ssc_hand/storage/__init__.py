"""Records in and out of SQLite; the only room that speaks SQL."""

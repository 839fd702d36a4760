"""Django's SQLite, which never takes a missing file for an empty house."""

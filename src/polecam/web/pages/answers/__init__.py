"""A client's answers to a survey and a pulse: no login, no script."""

"""A client's own page: no login, no script."""

"""Pages: a seller's statements."""

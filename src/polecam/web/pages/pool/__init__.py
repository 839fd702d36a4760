"""Pages: the branch pool."""

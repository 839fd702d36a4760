"""Pages: writing, trying out and publishing bonus plans."""

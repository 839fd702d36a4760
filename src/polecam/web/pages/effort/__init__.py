"""Pages: a seller's own time and effort by source."""

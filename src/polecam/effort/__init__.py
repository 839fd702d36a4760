"""Time and effort a seller logs for themselves, by source of clients."""

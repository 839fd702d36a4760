"""One module per reader: `KINDS` (what it reads) and `handle(event, at)` (idempotent)."""

"""Pages: the ledger down to its events."""

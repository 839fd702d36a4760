"""Keeping the firm's data: copies, restoring, moving to another database."""

"""Reads the journal and does the manners: messages, imports, daily jobs."""

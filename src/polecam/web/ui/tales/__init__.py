"""Tellers of journal events, one module per room."""

"""The ground of every model: keys, sealed columns, public ids, append-only tables, locks."""

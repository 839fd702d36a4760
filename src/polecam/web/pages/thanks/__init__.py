"""Thanks owed and given."""

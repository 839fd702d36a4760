"""Everything a person may see, to take along."""

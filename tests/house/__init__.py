"""The law of the house, as tests: what import-linter cannot see."""

"""The courage meter: guessed and real, for one pair of eyes."""

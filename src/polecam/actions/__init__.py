"""Every write of the house: plain verbs, one transaction each."""

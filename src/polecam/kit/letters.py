"""What the standard library raises when it reads a damaged letter."""

STUMBLES = (AttributeError, IndexError, LookupError, RecursionError, TypeError, ValueError)
"""`email.policy.default` parses a header when it is looked at, and its parser has holes: an address
cut off in the middle, a group without an end, an unknown charset. Strangers send such letters."""

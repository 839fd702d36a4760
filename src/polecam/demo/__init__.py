"""A living branch to try Polecam on: made through the same actions as real life."""

"""How fast Polecam is, as ratios to the raw database and CPU per request in the same run."""

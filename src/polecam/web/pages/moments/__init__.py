"""The catalogue of moments and the rules on dates."""

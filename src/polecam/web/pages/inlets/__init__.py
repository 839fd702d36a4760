"""Where other systems of the firm tell of moments."""

"""Whether clients felt free to refuse, and what a human decided."""

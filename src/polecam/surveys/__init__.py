"""How satisfied clients are, and whether whoever was asked felt free to refuse."""

"""Thanks to clients, and what the firm gives with them."""

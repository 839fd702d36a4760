"""Messages: templates, what became of them."""

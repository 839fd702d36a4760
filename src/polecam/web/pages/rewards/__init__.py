"""What the firm gives with its thanks."""

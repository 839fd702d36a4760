"""Files that other systems leave every night."""

"""Pages of our own."""

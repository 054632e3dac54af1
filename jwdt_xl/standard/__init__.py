"""What the standard says: pure functions and tables, Python standard library only."""

"""Files in, one row for each out: read in guarded workers, evaluated, kept in a store."""

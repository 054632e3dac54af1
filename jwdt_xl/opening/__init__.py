"""How any foreign file is opened: what it may cost, what kind it is, read in guarded workers, refused with reasons."""

"""What stands in computed cells: their formulas, calls of cell functions, cached values and hints, a module a topic."""

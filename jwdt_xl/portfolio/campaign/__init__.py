"""Templates out to the enterprises of a register, results back to them."""

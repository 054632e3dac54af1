"""The survey of the drafting note's annex A: a form to fill in, many answers in, tallies and weights out."""

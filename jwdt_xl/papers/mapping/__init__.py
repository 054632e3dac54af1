"""Any other table by a map of the user's own: suggested by what is known, confirmed by the user, used every year."""

"""What is written from a portfolio, sheet by sheet, and read back from it."""

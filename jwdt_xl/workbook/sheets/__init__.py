"""The sheets of the workbook, a module for each kind, with what they say."""

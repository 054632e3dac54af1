"""A filled-in workbook back to its data: sheets and tables found through the layout and their headers."""

"""The report of a group, from the portfolio workbook that `jwdt collect` wrote. Begin at `report`."""

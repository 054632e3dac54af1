"""LibreOffice Calc: the cell functions as an add-in in Python, made from the catalogue and put into one extension."""

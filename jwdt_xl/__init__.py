"""Evaluate how well an industrial enterprise cuts pollution and carbon together (工业行业减污降碳协同增效评价 总则).

Rooms: ``standard`` says what the standard says, ``assessment`` evaluates one enterprise, ``functions`` holds the cell
functions ``JWDT_*``, ``workbook`` writes and reads the file, ``portfolio`` handles many enterprises, ``hosts`` brings
the functions into a spreadsheet program. This module imports nothing, so that a cell function starts in milliseconds.
"""

__version__ = "0.1.0"

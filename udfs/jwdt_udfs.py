"""The cell functions JWDT_* for Excel: name this module under "UDF Modules" of xlwings and press Import Functions."""

from xlwings import Book, arg, func, script

from jwdt_xl.hosts.excel import papers_into, registered, write_summary

globals().update(registered(func, arg))


@script
def generate_summary():  # type: ignore[no-untyped-def]  # xlwings takes a type hint for a converter
    """A macro: the results of the workbook that calls, on a new sheet."""
    write_summary(Book.caller())


@script
def import_papers():  # type: ignore[no-untyped-def]  # as above
    """A macro: papers that the user picks, into the blank cells of the workbook that calls."""
    return papers_into(Book.caller())

"""Form 205-1 pasted into the workbook as it is: its rows as rows of the bills, ready to be copied there."""

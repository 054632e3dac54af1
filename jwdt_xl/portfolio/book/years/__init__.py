"""The workbook of many enterprises over the years: overview and charts, guides, regions, enterprises, breaks."""

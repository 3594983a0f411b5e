"""The files beside a page: the workbook and the CSV of its tables."""

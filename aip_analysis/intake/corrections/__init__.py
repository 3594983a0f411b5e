"""Rows set aside as workbooks in their original layout, and the rows that correct them."""

"""Rows set aside as workbooks in the layout that they came in, to be corrected and handed back."""

from aip_analysis.intake.returning.folder import write_set_aside

__all__ = ["write_set_aside"]

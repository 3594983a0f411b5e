"""Blank workbooks for a council's fiscal year, generated from the reference tables."""

from aip_analysis.forms.blank_workbook import file_name, template_bytes

__all__ = ["file_name", "template_bytes"]

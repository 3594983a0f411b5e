"""Blank workbooks for a council's year, made from the reference tables."""

from aip_analysis.template.workbook import file_name, template_bytes

__all__ = ["file_name", "template_bytes"]

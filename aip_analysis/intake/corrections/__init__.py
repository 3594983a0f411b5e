"""Export rows set aside as workbooks in their original layout, to be corrected and returned."""

from aip_analysis.intake.corrections.export import write_set_aside

__all__ = ["write_set_aside"]

"""The account of an intake as a page that people read: what was read, and what to mend where."""

from aip_analysis.intake.page.page import intake_page

__all__ = ["intake_page"]

"""The account of an intake as an HTML page: what was read, and what to correct where."""

from aip_analysis.intake.review_page.build_page import intake_page

__all__ = ["intake_page"]

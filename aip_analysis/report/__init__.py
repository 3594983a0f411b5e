"""The interface of the report notebooks, which import nothing else.

``open_area``, ``open_block``, ``open_ward`` and ``open_place`` each return a page whose sections a
notebook shows one after the other, with charts and tables of its own between them.
"""

from aip_analysis.report.open_page import open_area, open_block, open_place, open_ward
from aip_analysis.report.page import Page
from aip_analysis.report.section import Section

__all__ = ["Page", "Section", "open_area", "open_block", "open_place", "open_ward"]

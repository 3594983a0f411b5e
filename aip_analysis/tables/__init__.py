"""Measures to tables that people read, and their HTML."""

from aip_analysis.tables.compensation import compensation_table
from aip_analysis.tables.html import table_html
from aip_analysis.tables.lists import activity_list, idea_list, meeting_list
from aip_analysis.tables.measures import beside_table, definitions_table, key_figures_table
from aip_analysis.tables.money import settlement_table
from aip_analysis.tables.plain import plain_table
from aip_analysis.tables.table import Cell, Table

__all__ = [
    "Cell",
    "Table",
    "activity_list",
    "beside_table",
    "compensation_table",
    "definitions_table",
    "idea_list",
    "key_figures_table",
    "meeting_list",
    "plain_table",
    "settlement_table",
    "table_html",
]

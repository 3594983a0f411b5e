"""Tables of measures and records for human readers, and their HTML."""

from aip_analysis.tables.council import coordinator_list, goal_list, profile_list
from aip_analysis.tables.measures import comparison_table, definitions_table, key_figures_table
from aip_analysis.tables.money import compensation_table, settlement_table
from aip_analysis.tables.record_lists import (
    activity_list,
    day_and_weekday,
    idea_list,
    ideas_of,
    meeting_list,
)
from aip_analysis.tables.table import Cell, Table, table_from_frame, table_html

__all__ = [
    "Cell",
    "Table",
    "activity_list",
    "comparison_table",
    "compensation_table",
    "coordinator_list",
    "day_and_weekday",
    "definitions_table",
    "goal_list",
    "idea_list",
    "ideas_of",
    "key_figures_table",
    "meeting_list",
    "profile_list",
    "settlement_table",
    "table_from_frame",
    "table_html",
]

"""Interactive charts of tables of measures: pure functions, with one style for all charts."""

from aip_analysis.charts.category_bars import activity_kinds_chart, ideas_chart, seats_chart
from aip_analysis.charts.compared_places import is_large, listed_places, mapped_places
from aip_analysis.charts.comparison import comparison_chart
from aip_analysis.charts.council_steps import council_timeline, steps_chart
from aip_analysis.charts.heatmap import field_matrix, topic_matrix
from aip_analysis.charts.maps import locator_map, measure_map
from aip_analysis.charts.month_bars import activities_chart, attendance_chart
from aip_analysis.charts.spending import spending_by_category_chart, spending_by_month_chart
from aip_analysis.charts.style.theme import CONFIG
from aip_analysis.charts.trend import trend_chart

__all__ = [
    "CONFIG",
    "activities_chart",
    "activity_kinds_chart",
    "attendance_chart",
    "comparison_chart",
    "council_timeline",
    "field_matrix",
    "ideas_chart",
    "is_large",
    "listed_places",
    "locator_map",
    "mapped_places",
    "measure_map",
    "seats_chart",
    "spending_by_category_chart",
    "spending_by_month_chart",
    "steps_chart",
    "topic_matrix",
    "trend_chart",
]

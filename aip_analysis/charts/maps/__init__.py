"""Maps: where places are, and figures drawn at the places that they belong to."""

from aip_analysis.charts.maps.activity_map import Background, Reach, place_map
from aip_analysis.charts.maps.change_map import change_map
from aip_analysis.charts.maps.field_map import field_map
from aip_analysis.charts.maps.locator_map import locator_map
from aip_analysis.charts.maps.map_sheets import View
from aip_analysis.charts.maps.measure_map import measure_map
from aip_analysis.charts.maps.step_map import step_map
from aip_analysis.charts.maps.years_map import years_map

__all__ = [
    "Background",
    "Reach",
    "View",
    "change_map",
    "field_map",
    "locator_map",
    "measure_map",
    "place_map",
    "step_map",
    "years_map",
]

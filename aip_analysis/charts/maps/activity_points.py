"""Activities as points on a map; clusters of them as one point with their number."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.maps.clusters import Cluster, clusters_of
from aip_analysis.charts.maps.map_sheet import Sheet
from aip_analysis.charts.palette import INK, PAPER
from aip_analysis.messages import Language, say
from aip_analysis.messages.isolation import isolate_direction
from aip_analysis.reference import Ward
from aip_analysis.reference.rows import iter_rows

# Most names in the hover text of a cluster; after these, an ellipsis.
MOST_NAMES = 8
# Filled, empty, and with a number: distinguishable on any background and without colour.
MARKERS: dict[str, dict[str, Any]] = {
    "gathering": {"size": 10, "color": INK, "line": {"color": PAPER, "width": 1.5}},
    "other": {"size": 9, "color": PAPER, "line": {"color": INK, "width": 1.5}},
    "crowd": {"size": 17, "color": INK, "line": {"color": PAPER, "width": 1.5}},
}
KEYS = {
    "gathering": "charts.gathering_place",
    "other": "charts.other_activity",
    "crowd": "charts.crowded_key",
}


def add_points(
    drawing: ChartBuilder,
    placed: pd.DataFrame,
    points: np.ndarray,
    sheet: Sheet,
    *,
    ward: Ward,
    language: Language,
) -> list[tuple[int, int]]:
    """Draw the activities within the map with a legend, and return the positions of the points.

    Parameters
    ----------
    placed
        Columns name, kind, gathering, area_code; one row per activity.
    points
        Position of each activity: a row of metres east and north.
    """
    west, south, east, north = sheet.extent.ground
    visible = ((points >= (west, south)) & (points <= (east, north))).all(axis=1)
    kinds = ward.vocabularies["activity_kind"].labels(language)
    crowds = clusters_of(points[visible], sheet.extent.metres_per_pixel)
    table = list(iter_rows(placed.take(np.flatnonzero(visible))))
    for kind, look in MARKERS.items():
        chosen = [crowd for crowd in crowds if _kind(crowd, table) == kind]
        if not chosen:
            continue
        drawing.scatter(
            x=[crowd.spot[0] for crowd in chosen],
            y=[crowd.spot[1] for crowd in chosen],
            mode="markers+text" if kind == "crowd" else "markers",
            text=[str(len(crowd.members)) if kind == "crowd" else "" for crowd in chosen],
            textfont={"size": 10, "color": PAPER},
            marker=look,
            hovertext=[_hover(crowd, table, kinds, ward, language) for crowd in chosen],
            hoverinfo="text",
            name=say(KEYS[kind], language),
            showlegend=True,
        )
    return [crowd.spot for crowd in crowds]


def _kind(crowd: Cluster, table: list[Any]) -> str:
    if len(crowd.members) > 1:
        return "crowd"
    return "gathering" if table[crowd.members[0]].gathering else "other"


def _hover(
    crowd: Cluster, table: list[Any], kinds: Mapping[str, str], ward: Ward, language: Language
) -> str:
    """Return the hover text of a point."""
    own = [table[at] for at in crowd.members]
    if len(own) > 1:
        names = [row.name for row in own[:MOST_NAMES]]
        names += ["…"] if len(own) > MOST_NAMES else []
        return say(
            "charts.places_crowded",
            language,
            count=len(own),
            names="\n".join(map(isolate_direction, names)),
        )
    area = ward.places[f"area-{own[0].area_code}"].name(language)
    kind = kinds.get(own[0].kind, "")
    return say("charts.place_hover", language, name=own[0].name, kind=kind, area=area)

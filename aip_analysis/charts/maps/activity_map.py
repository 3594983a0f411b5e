"""Map of where activities are held, and of what is within reach of a gathering place.

Activities are points; those too close together to be distinguished are one point with their number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import shapely

from aip_analysis.charts.chart_builder import ChartBuilder
from aip_analysis.charts.legend_entries import MISSING_PATTERN, add_legend_entry
from aip_analysis.charts.maps.layers import highlight_place
from aip_analysis.charts.maps.map_elements import (
    PlaceStyle,
    add_border,
    add_frame,
    add_shape,
    blank_map,
)
from aip_analysis.charts.maps.map_labels import NAME_SIZE, add_block_names, add_names, add_scale
from aip_analysis.charts.maps.map_sheets import Sheet, sheet_around
from aip_analysis.charts.maps.place_outlines import TOLERANCE, chome_outlines, corner_of, lines_of
from aip_analysis.charts.maps.value_classes import Classes, classes_of
from aip_analysis.charts.style.number_format import format_quantity, unit_suffix
from aip_analysis.charts.style.palette import BORDER, INK, PAPER, QUIET
from aip_analysis.messages import Language, say
from aip_analysis.messages.isolation import isolate_direction
from aip_analysis.reference import Measure, Place, Ward
from aip_analysis.reference.rows import iter_rows

# Distance in pixels on a narrow screen below which two points are merged.
CLOSE = 20
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
# Pixels on a narrow screen: the line around what is within reach is simplified to this precision.
FINE = 0.7
CORNERS = 6
REACH = {"mode": "lines", "line": {"color": INK, "width": 1.3, "dash": "dot"}}


@dataclass(frozen=True)
class Cluster:
    """A cluster of points near each other.

    Parameters
    ----------
    spot
        Their centre, in metres.
    members
        The positions of the points in the table.
    """

    spot: tuple[int, int]
    members: tuple[int, ...]


def clusters_of(points: np.ndarray, metres_per_pixel: float) -> Sequence[Cluster]:
    """Return clusters of points, merged closest pair first until none are too close.

    Parameters
    ----------
    points
        One row per point: metres east and north.
    metres_per_pixel
        The scale of the map on a narrow screen; on wider ones there is more room.
    """
    close = CLOSE * metres_per_pixel
    # By squares first: a ward may have too many activities to compare them pairwise.
    squares = np.floor(points / close).astype(int)
    _, square = np.unique(squares, axis=0, return_inverse=True)
    members = [
        np.flatnonzero(square == number).tolist() for number in range(square.max(initial=-1) + 1)
    ]
    middles = np.array([points[own].mean(axis=0) for own in members]).reshape(-1, 2)
    while len(members) > 1:
        apart = np.hypot(*(middles[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
        apart[np.tril_indices(len(members))] = np.inf
        one, other = (int(at) for at in np.unravel_index(np.argmin(apart), apart.shape))
        if apart[one, other] >= close:
            break
        members[one] += members.pop(other)
        middles[one] = points[members[one]].mean(axis=0)
        middles = np.delete(middles, other, axis=0)
    return [
        Cluster((round(east), round(north)), tuple(sorted(own)))
        for (east, north), own in zip(middles.tolist(), members, strict=True)
    ]


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
    for kind, style in MARKERS.items():
        chosen = [crowd for crowd in crowds if _kind(crowd, table) == kind]
        if not chosen:
            continue
        drawing.add_scatter(
            x=[crowd.spot[0] for crowd in chosen],
            y=[crowd.spot[1] for crowd in chosen],
            mode="markers+text" if kind == "crowd" else "markers",
            text=[str(len(crowd.members)) if kind == "crowd" else "" for crowd in chosen],
            textfont={"size": 10, "color": PAPER},
            marker=style,
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


@dataclass(frozen=True)
class Background:
    """The rate by which 町丁目 are shaded.

    Parameters
    ----------
    measure
        A rate of the codebook.
    shares
        Values by key_code; 町丁目 that are absent are hatched.
    """

    measure: Measure
    shares: pd.Series


@dataclass(frozen=True)
class Reach:
    """Within how many metres something is in reach, and of what.

    Parameters
    ----------
    metres
        The distance, in a straight line.
    kind
        What all activities are called if they are of one kind: they are then what is in reach; by
        default, only gathering places are.
    """

    metres: int
    kind: str = ""

    def label(self, language: Language) -> str:
        """Return the legend entry of the line around everything within reach."""
        if self.kind:
            return say("charts.within_of_kind", language, kind=self.kind, metres=self.metres)
        return say("charts.within", language, metres=self.metres)


def place_map(
    ward: Ward,
    activities: pd.DataFrame,
    background: Background,
    reach: Reach,
    *,
    language: Language,
    place: Place,
) -> go.Figure:
    """Return a map of the places of activities as points, with counts where they cluster.

    Parameters
    ----------
    activities
        Columns name, kind (a code of the vocabulary ``activity_kind``), gathering (whether it is a
        gathering place meeting monthly or more), area_code, x, y (plane metres); one row per
        activity. Activities without a place on record or outside the map are left out.
    background
        The rate by which the 町丁目 of the place are shaded; those around it stay quiet.
    reach
        What is outlined: everything within this distance of a gathering place, or of any activity.
    place
        The place of the page that it is for: the map shows it and its surroundings.
    """
    sheet = sheet_around(ward, place)
    drawing = blank_map(sheet)
    ground = _add_chome(drawing, ward, place, background, sheet, language)
    for drawn_place in sheet.places:
        add_border(drawing, sheet.outlines[drawn_place.code], line=BORDER, width=1)
    for outline in sheet.borders.values():
        add_border(drawing, outline)
    highlight_place(drawing, sheet, place)
    if sheet.extent.foot:
        add_frame(drawing, sheet.extent)
    placed = activities[activities["x"].notna()]
    points = placed[["x", "y"]].to_numpy(dtype=float) - corner_of(ward)
    reached = points if reach.kind else points[placed["gathering"].to_numpy(dtype=bool)]
    _add_reach(drawing, reached, reach.metres, sheet)
    marks = add_points(drawing, placed, points, sheet, ward=ward, language=language)
    texts = {drawn_place.code: drawn_place.name(language) for drawn_place in sheet.places}
    size = NAME_SIZE[language]
    strong = place.code if place.level == "area" else ""
    spots = sheet.spots.place(texts, size, 0, marks, strong)
    # A name without enough room is only in the hover text, except that of the place itself.
    crowded = sheet.spots.crowded(spots, texts, size, marks)
    texts = {code: text for code, text in texts.items() if code == strong or code not in crowded}
    spots = {code: spots[code] for code in texts}
    fills = dict.fromkeys(texts, PAPER)
    add_names(drawing, spots, texts, fills=fills, size=size, strong=strong)
    words = sheet.spots.boxes(spots, texts, size)
    add_block_names(drawing, sheet, words, ward=ward, language=language)
    _add_keys(drawing, background, ground, reach.label(language), ward, language)
    add_scale(drawing, sheet, language)
    return drawing.figure()


def _add_chome(
    drawing: ChartBuilder,
    ward: Ward,
    place: Place,
    background: Background,
    sheet: Sheet,
    language: Language,
) -> tuple[Classes, bool]:
    """Draw the shaded 町丁目 of the place and the quiet areas around it.

    Returns
    -------
    tuple
        The classes of the shades, and whether any 町丁目 has no value.
    """
    own = {area.code for area in ward.areas_of(place)}
    for drawn_place in sheet.places:
        if drawn_place.code not in own:
            hover = drawn_place.name(language)
            add_shape(
                drawing, sheet.outlines[drawn_place.code], PlaceStyle(QUIET, hover), line=QUIET
            )
    # Details finer than a pixel only make the page larger.
    tolerance = max(TOLERANCE, round(sheet.extent.metres_per_pixel))
    mine = chome_outlines(ward, own, tolerance)
    # Look up only those 町丁目 that are drawn, out of the thousands of a region.
    keys = list(dict.fromkeys(key for key, _area, _outline in mine))
    chome = ward.chome.take(np.flatnonzero(ward.chome["key_code"].isin(keys)))
    names = dict(zip(chome["key_code"], chome["chome"], strict=True))
    shares = background.shares.reindex(keys).dropna()
    values = {str(key): float(value) for key, value in shares.items()}
    known = [values[key] for key, _area, _outline in mine if key in values]
    classes = classes_of(known)
    for key, area, outline in mine:
        value = values.get(key)
        figure = (
            say("charts.no_figure", language)
            if value is None
            else format_quantity(value, background.measure, ward, language)
        )
        hover = say(
            "charts.chome_hover",
            language,
            chome=names[key],
            area=ward.places[f"area-{area}"].name(language),
            measure=background.measure.label(language),
            figure=figure,
        )
        style = (
            PlaceStyle(PAPER, hover, MISSING_PATTERN)
            if value is None
            else PlaceStyle(classes.shade(value), hover)
        )
        add_shape(drawing, outline, style, line=PAPER, width=0.7)
    return classes, len(known) < len(mine)


def _add_reach(drawing: ChartBuilder, places: np.ndarray, reach: int, sheet: Sheet) -> None:
    """Draw a line around everything within reach of a gathering place."""
    ground = shapely.box(*sheet.extent.ground)
    # Places whose reach is not visible must not affect the line: the page would change with them.
    spots = shapely.points(places)
    near = spots[shapely.dwithin(spots, ground, reach)]
    around = shapely.union_all(shapely.buffer(near, reach, quad_segs=CORNERS))
    edge = shapely.simplify(around, FINE * sheet.extent.metres_per_pixel).boundary
    line = lines_of(shapely.intersection(edge, ground))
    drawing.add_scatter(
        x=list(line[0]), y=list(line[1]), hoverinfo="skip", showlegend=False, **REACH
    )


def _add_keys(
    drawing: ChartBuilder,
    background: Background,
    ground: tuple[Classes, bool],
    within: str,
    ward: Ward,
    language: Language,
) -> None:
    classes, missing = ground
    drawing.add_scatter(
        x=[None],
        y=[None],
        name=within,
        hoverinfo="skip",
        showlegend=True,
        **REACH,
    )
    measure = background.measure
    unit = unit_suffix(measure.unit, ward, language)
    for name, shade in zip(classes.names(unit, language), classes.shades, strict=True):
        text = say("charts.shade_key", language, measure=measure.label(language), key=name)
        add_legend_entry(drawing, text, shade)
    if missing:
        add_legend_entry(drawing, say("charts.no_figure", language), PAPER, MISSING_PATTERN)

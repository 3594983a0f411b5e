"""Contents of published pages."""

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from bs4 import BeautifulSoup, Tag


@dataclass(frozen=True)
class Figure:
    """Key of a figure in a cell: measure, place and fiscal year."""

    measure: str
    place: str
    year: int


@cache
def read_page(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")


def attribute(tag: Tag, name: str) -> str:
    value = tag[name]
    assert isinstance(value, str)
    return value


@cache
def figures(file: Path) -> dict[Figure, float | None]:
    """Return the figures of a page, with None for figures without a value.

    A figure in several tables must be the same in all of them.
    """
    by_key: dict[Figure, float | None] = {}
    for cell in read_page(file).select("[data-measure]"):
        figure = Figure(
            attribute(cell, "data-measure"),
            attribute(cell, "data-place"),
            int(attribute(cell, "data-year")),
        )
        value = float(attribute(cell, "data-value")) if "data-value" in cell.attrs else None
        known = by_key.setdefault(figure, value)
        assert known == value, f"{file.name}: {figure}: {known} and {value}"
    return by_key


def charts(file: Path) -> dict[str, object]:
    """Return the data of a page's charts, without their layout, by name."""
    return {name: figure["data"] for name, figure in whole_charts(file).items()}


@cache
def whole_charts(file: Path) -> dict[str, dict[str, object]]:
    """Return a page's charts by name, with the shared parts put back into each."""
    page = read_page(file)
    stored = page.select_one("script#parts")
    assert stored is not None
    parts = json.loads(stored.get_text())
    paths = {attribute(path, "id"): attribute(path, "d") for path in page.select("path[id]")}

    def whole(value: object) -> object:
        if isinstance(value, list):
            return [whole(item) for item in value]
        if not isinstance(value, dict):
            return value
        named = {name: whole(item) for name, item in value.items() if name[:1] != "$"}
        part = whole(parts[value["$part"]]) if "$part" in value else {}
        if not isinstance(part, dict):
            return part
        path = paths.get(f"o{value['$path']}") if "$path" in value else None
        places = points(path) if path else {}
        return part | named | (corners(value["$rings"]) if "$rings" in value else places)

    by_name: dict[str, dict[str, object]] = {}
    for frame in page.select("figure.chart"):
        script = frame.select_one("script.plot-data")
        assert script is not None
        figure = whole(json.loads(script.get_text()))
        assert isinstance(figure, dict)
        by_name[attribute(frame, "id")] = figure
    return by_name


def points(path: str) -> dict[str, list[int | None]]:
    """Return a path of the page as plotly's lists of coordinates, None between lines."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for line in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        east = list(accumulate(numbers[::2]))
        north = [-south for south in accumulate(numbers[1::2])]
        closed = line.endswith("z")
        xs += [*([None] if xs else []), *east, *(east[:1] if closed else [])]
        ys += [*([None] if ys else []), *north, *(north[:1] if closed else [])]
    return {"x": xs, "y": ys}


def corners(numbers: list[int]) -> dict[str, list[int | None]]:
    """Return the corners of circles, each defined by centre and radius, None between circles."""
    xs: list[int | None] = []
    ys: list[int | None] = []
    for x, y, radius in zip(*[iter(numbers)] * 3, strict=True):
        turns = [2 * math.pi * (turn % 12) / 12 for turn in range(13)]
        xs += [*([None] if xs else []), *(round(x + radius * math.cos(turn)) for turn in turns)]
        ys += [*([None] if ys else []), *(round(y + radius * math.sin(turn)) for turn in turns)]
    return {"x": xs, "y": ys}


def text_of(file: Path) -> str:
    return read_page(file).get_text(" ")

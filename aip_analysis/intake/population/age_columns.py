"""Columns of sexes and ages in a table of residents by area, beside those that records have."""

from collections.abc import Mapping
from dataclasses import replace

from aip_analysis.intake.layout import Region
from aip_analysis.intake.population.columns import read_columns
from aip_analysis.intake.population.labels import ALL_AGES, Label, of_heading
from aip_analysis.intake.population.lanes import Lane
from aip_analysis.intake.reading import Sheet
from aip_analysis.reference import Ward

TABLE = "population"
# Name of such a column, followed by its place: ``residents+12``.
RESIDENTS = "residents+"


def with_age_columns(sheet: Sheet, region: Region, ward: Ward) -> Region:
    """Return a region of residents by area in which the columns of ages and sexes are matched.

    A heading such as 65歳以上（男） does not stand for all residents of that age, though it
    resembles the one that does. Other regions, and those without ages, are returned unchanged.
    """
    match = region.match
    if match is None or match.table != TABLE:
        return region
    labels, headings = _age_labels(sheet, region, ward)
    known = {place for places in match.columns.values() for place in places}
    taken = {
        place: label
        for place, label in labels.items()
        if place in match.unknown or (place in known and label.sex in {"men", "women"})
    }
    if all(label.ages in {None, ALL_AGES} for label in taken.values()):
        return region
    columns = {
        name: own
        for name, places in match.columns.items()
        if (own := [place for place in places if place not in taken])
    }
    matched = replace(
        match,
        columns=columns | {f"{RESIDENTS}{place}": [place] for place in taken},
        unknown={place: text for place, text in match.unknown.items() if place not in taken},
        missing=[*match.missing, *({TABLE} & match.columns.keys() - columns.keys())],
    )
    own_headings = {place: headings[place] for place in taken}
    return replace(region, match=matched, labels=region.labels | own_headings)


def _age_labels(
    sheet: Sheet, region: Region, ward: Ward
) -> tuple[Mapping[int, Label], Mapping[int, str]]:
    """Return the labels of columns with a sex or age, and the headings of all columns, by place."""
    area = region.matched.columns.get("area_code", [region.left])[0]
    lane = Lane(region.left, region.right, area)
    columns = read_columns(sheet, lane, region.heading_rows, region.body, ward)
    labels = {
        place: label
        for place, label in columns.figures.items()
        if not label.households
        and (label.ages or label.sex in {"men", "women"})
        and of_heading([columns.headings[place]]) == label
    }
    return labels, columns.headings

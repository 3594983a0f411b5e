"""Columns of sexes and ages in a table of residents by area, beside those that records have."""

from dataclasses import replace

from aip_analysis.intake.layout import Region
from aip_analysis.intake.population.columns import Lane, read_columns
from aip_analysis.intake.population.labels import ALL_AGES, of_heading
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
    area = match.columns.get("area_code", [region.left])[0]
    lane = Lane(region.left, region.right, area)
    own = read_columns(sheet, lane, region.heading_rows, region.body, ward)
    known = {place for places in match.columns.values() for place in places}
    taken = {
        place: label
        for place, label in own.figures.items()
        if not label.households
        and (label.sex in {"men", "women"} or (label.ages and place not in known))
        and place in known | match.unknown.keys()
        and of_heading([own.headings[place]]) == label
    }
    if all(label.ages in {None, ALL_AGES} for label in taken.values()):
        return region
    columns = {
        name: rest
        for name, places in match.columns.items()
        if (rest := [place for place in places if place not in taken])
    }
    matched = replace(
        match,
        columns=columns | {f"{RESIDENTS}{place}": [place] for place in taken},
        unknown={place: text for place, text in match.unknown.items() if place not in taken},
        missing=[*match.missing, *({TABLE} & match.columns.keys() - columns.keys())],
    )
    labels = region.labels | {place: own.headings[place] for place in taken}
    return replace(region, match=matched, labels=labels)

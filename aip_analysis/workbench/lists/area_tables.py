"""The areas of the ward as a table, and their shapes, with the keys that all tables have."""

import geopandas as gpd
import pandas as pd

from aip_analysis.geography import geography_of
from aip_analysis.measures import Figures
from aip_analysis.messages import Language, say
from aip_analysis.reference import Level, Place, Ward
from aip_analysis.reference.calendar import wareki
from aip_analysis.reference.rows import iter_rows
from aip_analysis.workbench.lists.frame_display import described
from aip_analysis.workbench.lists.record_columns import headings_of, units_of

DATES = ("seminar_on", "preparatory_on", "established_on", "suspended_on", "resumed_on")
RESIDENTS = ("population", "population_65plus", "population_75plus")
CHOME = "chome"


def area_table(figures: Figures, fiscal_year: int, language: Language) -> pd.DataFrame:
    """Return the areas with their council and residents, as a fiscal year's records have them.

    Returns
    -------
    DataFrame
        place_code, area_code, area, kana, romaji, block, step (of the council), the days of
        ``DATES``, the people of ``RESIDENTS``.
    """
    ward, records = figures.ward, figures.records
    steps = ward.vocabularies["council_step"].labels(language)
    about = {row.area_code: row for row in iter_rows(ward.areas)}
    rows = []
    for area in ward.places_of("area"):
        council = records.rows_of("councils", area.code, fiscal_year)
        days = council.iloc[-1][list(DATES)] if len(council) else [pd.NaT] * len(DATES)
        step = figures.steps_of(area, fiscal_year).get(area.code, "")
        known = about[area.code]
        rows.append(
            (area.key, area.code, area.name(language), known.kana, known.romaji,
             ward.block_of(area).name(language), steps.get(step, ""), *days,
             *(figures.value(area, fiscal_year, code) for code in RESIDENTS))
        )  # fmt: skip
    names = ["place_code", "area_code", "area", "kana", "romaji", "block", "step"]
    frame = pd.DataFrame(rows, columns=[*names, *DATES, *RESIDENTS])
    frame = frame.astype(dict.fromkeys(RESIDENTS, "Int64"))
    heads = {name: say(f"record_lists.area_{name}", language) for name in names}
    for table in ("councils", "population"):
        known_heads = headings_of(table, ward, language)
        heads |= {name: known_heads[name] for name in (*DATES, *RESIDENTS) if name in known_heads}
    last_day = records.as_of(fiscal_year)
    day = wareki(last_day) if language == "ja" else f"{last_day:%Y-%m-%d}"
    return described(
        frame,
        title=say("record_lists.areas", language, ward=ward.setting("name", language)),
        heads=heads,
        units=units_of("population", ward, language),
        note=say("record_lists.areas_note", language, day=day),
    )


def shapes_of(ward: Ward, level: Level | str, language: Language) -> gpd.GeoDataFrame:
    """Return the shapes of all places of a level, or of the 町丁目, in plane metres.

    Parameters
    ----------
    ward
        The ward.
    level
        A level, or ``CHOME``.
    language
        The language of names.

    Returns
    -------
    GeoDataFrame
        place_code, place, block, geometry; of 町丁目 also key_code, chome and share (of the 町丁目
        that belongs to the area). It may be changed. Its ``attrs`` say whether the shapes are
        ``official`` or a sketch.
    """
    geography = geography_of(ward)
    if level == "ward":
        whole = gpd.GeoDataFrame(geometry=[geography.areas.union_all()], crs=geography.areas.crs)
        frame = _placed(whole, [ward.whole], ward, language)
    elif level == CHOME:
        keys = [f"area-{code}" for code in geography.chome["area_code"]]
        frame = _placed(geography.chome, [ward.places[key] for key in keys], ward, language)
        names = dict(zip(ward.chome["key_code"], ward.chome["chome"], strict=True))
        frame.insert(0, "chome", geography.chome["key_code"].map(names).to_numpy())
        frame.insert(0, "key_code", geography.chome["key_code"].to_numpy())
        frame.insert(5, "share", geography.chome["share"].to_numpy())
    else:
        shapes = geography.areas if level == "area" else geography.blocks
        places = [ward.places[f"{level}-{code}"] for code in shapes[f"{level}_code"]]
        frame = _placed(shapes, places, ward, language)
    kind = "official" if geography.official else "sketch"
    described(
        frame,
        title=say(f"record_lists.shapes_{level}", language),
        heads={name: say(f"record_lists.shapes_column_{name}", language) for name in frame.columns},
        note=say(f"record_lists.shapes_{kind}", language),
    )
    frame.attrs["official"] = geography.official
    return frame


def _placed(
    shapes: gpd.GeoDataFrame, places: list[Place], ward: Ward, language: Language
) -> gpd.GeoDataFrame:
    blocks = [_block_name(place, ward, language) for place in places]
    return gpd.GeoDataFrame(
        {
            "place_code": [place.key for place in places],
            "place": [place.name(language) for place in places],
            "block": blocks,
        },
        geometry=shapes.geometry.to_numpy().copy(),
        crs=shapes.crs,
    )


def _block_name(place: Place, ward: Ward, language: Language) -> str:
    if place.level == "area":
        return ward.block_of(place).name(language)
    return place.name(language) if place.level == "block" else ""

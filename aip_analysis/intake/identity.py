"""Area and fiscal year of a table's rows, inferred from titles, sheet, file and folder names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aip_analysis.intake.values import folded, read_fiscal_year
from aip_analysis.reference import FiscalYear, Ward

_SEPARATORS = re.compile(r"[\s_＿・,，、：:/／【】\[\]（）()「」『』-]+")
_YEAR_FOLDER = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Identity:
    """The area and fiscal year of a table, or why they are unknown.

    Parameters
    ----------
    area_code
        Empty if no title, sheet or file name contains it; rows must then name their area.
    year
        The fiscal year; a placeholder that no record has, if none was found.
    area_problem, year_problem
        The code of the problem, or empty.
    areas, years
        All areas and years found, for the message.
    """

    area_code: str
    year: FiscalYear
    area_problem: str = ""
    year_problem: str = ""
    areas: str = ""
    years: str = ""


def identify(titles: Sequence[str], sheet: str, names: Sequence[str], ward: Ward) -> Identity:
    """Return the area and the fiscal year of a table.

    If sources contradict each other, neither counts: rows are set aside until somebody decides.

    Parameters
    ----------
    titles
        The texts above the table.
    sheet
        The sheet's name.
    names
        The file's name without its extension, and the folders that contain it, nearest first. A
        folder determines the area only if nothing nearer does.
    ward
        The ward that the areas belong to.
    """
    stem, *folders = names or [""]
    areas = _areas((*titles, sheet, stem), ward) or _areas(folders, ward)
    named_years = {year for text in (*titles, stem) if (year := read_fiscal_year(text))}
    years = named_years | _folder_years(folders)
    choices = "、".join(ward.places[f"area-{code}"].ja for code in sorted(areas))
    return Identity(
        next(iter(areas)) if len(areas) == 1 else "",
        min(years) if years else FiscalYear(1),
        "" if len(areas) == 1 else "area_disagrees" if areas else "no_area",
        "" if len(years) == 1 else "year_disagrees" if years else "no_year",
        choices,
        "、".join(str(year.year) for year in sorted(years)),
    )


def _areas(texts: Iterable[str], ward: Ward) -> set[str]:
    return {code for text in texts for code in _areas_in(text, ward)}


def _areas_in(text: str, ward: Ward) -> set[str]:
    parts = [part for part in _SEPARATORS.split(text) if part and not part.isdecimal()]
    areas = [area for part in (text, *parts) if (area := ward.find_place("area", part))]
    if not areas:
        areas = [
            area for name in _run_together(text, ward) if (area := ward.find_place("area", name))
        ]
    return {area.code for area in areas}


def _run_together(text: str, ward: Ward) -> list[str]:
    """Return the names followed by a word such as 地区 in a title written without blanks."""
    names = sorted((place.ja for place in ward.places_of("area")), key=len, reverse=True)
    configured = ward.settings.get("area_suffixes", [])
    suffixes = "|".join(
        re.escape(suffix)
        for suffix in ([configured] if isinstance(configured, str) else configured)
    )
    if not suffixes:
        return []
    pattern = "|".join(re.escape(name) for name in names)
    before = rf"(?:^|年度|{re.escape(ward.setting('name'))})"
    return re.findall(rf"{before}((?:{pattern})(?:{suffixes}))", folded(text))


def _folder_years(folders: Iterable[str]) -> set[FiscalYear]:
    """Return the year given by the nearest folder that has one: 2025, 令和7年度."""
    for name in folders:
        if _YEAR_FOLDER.fullmatch(name):
            return {FiscalYear(int(name))}
        year = read_fiscal_year(name)
        if year:
            return {year}
    return set()
